//! What pages ask of the runs and devices, each in one place.

use std::sync::Arc;

use rules::core::crew::Account;
use rules::core::scenario::Text;
use rules::locale::{Lang, Words};
use rules::{Act, Answer, RunState, Step};
use uplink::{DeviceId, DeviceState};

use super::station::{self, Health};
use super::view::station::ShelfHealth;
use crate::access;
use crate::floor::Floor;
use crate::http::{Fault, Web};
use crate::identity::Token;
use crate::store::{self, Complaint, Device};

impl Web {
    /// A run as its pages name it.
    pub(super) async fn head(&self, run: &RunState, lang: Lang) -> Result<station::RunHead, Fault> {
        Ok(station::RunHead {
            id: run.id(),
            scenario: text(&run.ground.scenario.title, lang).to_owned(),
            station_id: run.ground.head.station,
            station: station_name(run.ground.head.station, lang.words()),
            group: run.ground.head.group_name.clone(),
            started_at: run.ground.head.started_at,
            ended_at: run.ended_at(),
            day: self.site.zone.date(run.ground.head.started_at),
            last_act: run.last_act,
            done: run.ground.closed || run.step() == Step::Done,
        })
    }

    /// A run, where the reader may see it.
    pub(super) async fn visible_run(
        &self,
        account: &Account,
        run: i64,
        lang: Lang,
    ) -> Result<(Arc<RunState>, station::RunHead), Fault> {
        let state = access::visible(&self.app, account, run).await?;
        let head = self.head(&state, lang).await?;
        Ok((state, head))
    }

    /// What a person does on a page.
    pub(super) async fn act(&self, account: &Account, run: i64, act: Act) -> Result<Answer, Fault> {
        let id = Token::random().map_err(|error| Fault::ours(&error))?;
        access::act_as(&self.app, account, run, &id.to_cookie(), act).await
    }

    /// The shelf of a station, as a device.
    pub(super) async fn shelf_of(&self, station: i64) -> Result<ShelfHealth, Fault> {
        let devices = self.floor.devices().await?;
        let complaints = store::complaints(self.app.db()).await?;
        Ok(shelf_of(station, &devices, &complaints, &self.floor))
    }

    /// Whether the printer of a station answers; none where it has none.
    pub(super) async fn printer_of(&self, station: i64) -> Result<Option<bool>, Fault> {
        let devices = store::devices(self.app.db()).await?;
        let mut printers = devices
            .iter()
            .filter(|device| device.station == Some(station) && device.kind == "printer")
            .peekable();
        Ok(printers
            .peek()
            .is_some()
            .then(|| printers.any(|printer| printer.state == DeviceState::Online)))
    }

    /// The devices of a station, in a few words.
    pub(super) async fn health(&self, station: i64, w: &Words) -> Result<Health, Fault> {
        let devices = self.floor.devices().await?;
        Ok(health(
            devices.iter().filter(|device| device.station == Some(station)),
            w,
        ))
    }
}

/// The shelf of a station among all devices.
pub(super) fn shelf_of(
    station: i64,
    devices: &[Device],
    complaints: &[(DeviceId, Complaint)],
    floor: &Floor,
) -> ShelfHealth {
    let shelf = devices
        .iter()
        .find(|device| device.station == Some(station) && device.kind == "shelf");
    let Some(shelf) = shelf else {
        return ShelfHealth::default();
    };
    let own = complaints.iter().filter(|(device, _)| *device == shelf.id);
    ShelfHealth {
        answers: shelf.state == DeviceState::Online,
        tested: floor.test(&shelf.id).is_some_and(|test| !test.given_up),
        dead: own.filter_map(|(_, complaint)| complaint.position).collect(),
    }
}

/// How devices are, in a few words.
pub(super) fn health<'a>(devices: impl Iterator<Item = &'a Device>, w: &Words) -> Health {
    let (online, all) = devices.fold((0, 0), |(online, all), device| {
        (online + usize::from(device.state == DeviceState::Online), all + 1)
    });
    if all == 0 {
        return Health {
            text: w.get("station.no_devices").to_owned(),
            short: "–".to_owned(),
            ..Health::default()
        };
    }
    let (class, mark) = match online {
        0 => ("wrong", "✕"),
        _ if online == all => ("right", "●"),
        _ => ("wait", "…"),
    };
    let text = w.fill("station.devices", &[("online", &online), ("all", &all)]);
    Health {
        class,
        text: format!("{mark} {text}"),
        short: format!("{mark} {online}/{all}"),
    }
}

/// Name of a station.
pub(super) fn station_name(station: i64, w: &Words) -> String {
    w.with_one("station.name", "number", station)
}

/// A text in a language.
pub(super) fn text(text: &Text, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &text.zh,
        Lang::En => &text.en,
    }
}
