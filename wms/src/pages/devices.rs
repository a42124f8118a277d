//! The technician's page: every device, and what to do first.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Display;

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Redirect, Response};
use rules::core::clock::Zone;
use rules::core::sentence::Sentence;
use rules::locale::Words;
use rules::outbound;
use serde::Deserialize;
use uplink::{DesireBody, DeviceId, DeviceState, Stage, Strange, UnixMillis};

use super::of_web::station_name;
use super::signals::signals;
use super::{Choice, Need, sheet};
use crate::floor::{ReachError, TestSeen};
use crate::http::form::Empty;
use crate::http::{Fault, Form, Frame, Path, Web};
use crate::pages::view;
use crate::store::{self, Complaint, Device};
use crate::{clock, panics};

/// One device.
#[derive(Clone, Debug, Default)]
pub struct DeviceRow {
    /// Its name.
    pub id: String,
    /// What it is.
    pub kind: String,
    /// Stations, its own chosen.
    pub stations: Vec<Choice>,
    /// Style of its state.
    pub state_class: &'static str,
    /// State.
    pub state: String,
    /// When it last answered.
    pub last: String,
    /// Firmware.
    pub firmware: String,
    /// Frames sent again.
    pub resent: u64,
    /// Events not yet committed.
    pub pending: u64,
    /// How far the last thing it was told has come.
    pub told: String,
    /// Whether it can test itself.
    pub tests: bool,
    /// Whether its lamps and tones can be set.
    pub signals: bool,
    /// Whether it can be calibrated.
    pub calibrates: bool,
    /// What hands do while it does; empty where it does not.
    pub testing: String,
    /// Whether its test goes on and can be stopped.
    pub stoppable: bool,
    /// Positions of a shelf, levels from the top; empty for others.
    pub shelf: Vec<Vec<Position>>,
}

/// One position of a shelf.
#[derive(Clone, Debug, Default)]
pub struct Position {
    /// Level and slot (`02-03`).
    pub label: String,
    /// Whether it is broken, or not known to be well.
    pub dead: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "devices.html")]
pub struct DevicesPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Now, by the server's clock.
    pub now: i64,
    /// How many gateways and devices.
    pub summary: String,
    /// All devices.
    pub rows: Vec<DeviceRow>,
    /// What to do first.
    pub todo: Vec<Need>,
    /// The key with which gateways enrol.
    pub key: String,
}

/// `GET /devices`
pub async fn page(frame: Frame, State(web): State<Web>) -> Result<Html<String>, Fault> {
    let w = frame.words();
    let db = web.app.db();
    let devices = web.floor.devices().await?;
    let stations = store::stations(db).await?;
    let gateways: BTreeSet<&str> = devices.iter().map(|device| device.gateway.as_str()).collect();
    let away = web.floor.gateways_away(&devices);
    let mut summary = w.fill(
        "devices.count",
        &[
            ("gateways", &gateways.len()),
            ("online", &gateways.len().saturating_sub(away.len())),
            ("devices", &devices.len()),
            (
                "answering",
                &devices
                    .iter()
                    .filter(|device| device.state == DeviceState::Online)
                    .count(),
            ),
        ],
    );
    let aside = store::set_aside(db).await?;
    if aside > 0 {
        summary.push_str(&w.with_one("devices.aside", "count", aside));
    }
    let complaints = complaints_of(&web).await?;
    let of = |device: &Device| complaints.get(&device.id).map(Vec::as_slice).unwrap_or_default();
    let row = |device: &Device| {
        let report = web.floor.report(&device.id);
        let (state_class, state) = state(device, of(device), w);
        DeviceRow {
            id: device.id.0.clone(),
            kind: kind(device, w),
            stations: stations
                .iter()
                .map(|station| Choice {
                    id: station.id,
                    name: station_name(station.id, w),
                    chosen: device.station == Some(station.id),
                })
                .collect(),
            state_class,
            state,
            last: last(device, &web, w, &frame.zone),
            firmware: device.firmware.clone(),
            resent: report.as_ref().map_or(0, |report| report.retransmissions),
            pending: report.as_ref().map_or(0, |report| report.pending),
            told: told(web.floor.stage(&device.id), w),
            tests: device.kind == "shelf",
            signals: signals(&device.kind),
            calibrates: device.kind == "scale",
            testing: testing(web.floor.test(&device.id), w),
            stoppable: web.floor.test(&device.id).is_some_and(|test| !test.given_up),
            shelf: positions(device, of(device)),
        }
    };
    let page = DevicesPage {
        now: clock::now(),
        summary,
        rows: devices.iter().map(row).collect(),
        todo: devices
            .iter()
            .flat_map(|device| todo(device, of(device), away.contains(&device.gateway), &web, w))
            .chain(doubled(&web, w))
            .chain(gateways_away(&away, w))
            .chain(clocks(&web, w))
            .chain(faults(w))
            .collect(),
        key: web.floor.key().to_owned(),
        w,
        frame,
    };
    Ok(Html(page.render()?))
}

/// `GET /devices.csv`, and the same as `.xlsx`
pub async fn export(frame: Frame, State(web): State<Web>) -> Result<Response, Fault> {
    let w = frame.words();
    let devices = web.floor.devices().await?;
    let complaints = complaints_of(&web).await?;
    let rows = devices.iter().map(|device| {
        let of = complaints.get(&device.id).map(Vec::as_slice).unwrap_or_default();
        let faults: Vec<String> = of.iter().map(|complaint| in_words(complaint, w)).collect();
        [
            kind(device, w),
            device.id.0.clone(),
            device
                .station
                .map(|station| station_name(station, w))
                .unwrap_or_default(),
            state(device, &[], w).1,
            faults.join("; "),
            match device.last_seen {
                0 => w.get("devices.never").to_owned(),
                at => frame.zone.date_time(at),
            },
            device.firmware.clone(),
            device.port.clone(),
        ]
    });
    let head = [
        "devices.device",
        "devices.id",
        "devices.station",
        "devices.state",
        "devices.faults",
        "devices.last",
        "devices.firmware",
        "devices.port",
    ]
    .map(|key| w.get(key));
    sheet::file(&frame.path, "devices", head, &[], rows).await
}

async fn complaints_of(web: &Web) -> Result<HashMap<DeviceId, Vec<Complaint>>, Fault> {
    let mut complaints: HashMap<DeviceId, Vec<Complaint>> = HashMap::new();
    for (device, complaint) in store::complaints(web.app.db()).await? {
        complaints.entry(device).or_default().push(complaint);
    }
    Ok(complaints)
}

/// What hands do in a self test.
fn testing(test: Option<TestSeen>, w: &Words) -> String {
    match test {
        None => String::new(),
        Some(TestSeen { given_up: true, .. }) => w.get("devices.test_given_up").to_owned(),
        Some(TestSeen { told, units, .. }) => w.fill("devices.testing", &[("told", &told), ("units", &units)]),
    }
}

/// When it last answered: what its gateway said last, or what was kept of it before this server started.
fn last(device: &Device, web: &Web, w: &Words, zone: &Zone) -> String {
    // A device that is online is asked again and again, and answers; its gateway tells only what changes.
    if device.state == DeviceState::Online {
        return w.get("devices.answers").to_owned();
    }
    let said = web.floor.report(&device.id).map(|report| report.last_seen);
    match said.unwrap_or(device.last_seen) {
        0 => w.get("devices.never").to_owned(),
        at => zone.time_on(at, clock::now()),
    }
}

/// A shelf's positions as it stands: those that broke, and all where it does not answer, are dead.
fn positions(device: &Device, complaints: &[Complaint]) -> Vec<Vec<Position>> {
    if device.kind != "shelf" {
        return Vec::new();
    }
    let units = u8::try_from(device.units).unwrap_or_default();
    let answers = device.state == DeviceState::Online;
    let all: Vec<u8> = (0..units).collect();
    let position = |position: &u8| Position {
        label: view::shelf_place(*position),
        dead: !answers || complaints.iter().any(|of| of.position == Some(*position)),
    };
    all.chunks(usize::from(view::SHELF_SLOTS))
        .rev()
        .map(|level| level.iter().map(position).collect())
        .collect()
}

/// A complaint for people.
fn in_words(complaint: &Complaint, w: &Words) -> String {
    let key = format!("fault_of.{}", complaint.fault);
    let place = complaint.position.map(view::shelf_place).unwrap_or_default();
    let key = if w.has(&key) { key.as_str() } else { "fault_of.other" };
    let text = w.fill(key, &[("place", &place), ("fault", &complaint.fault)]);
    text.trim().to_owned()
}

pub(super) fn kind(device: &Device, w: &Words) -> String {
    let key = format!("device.{}", device.kind);
    if w.has(&key) {
        w.get(&key).to_owned()
    } else {
        device.kind.clone()
    }
}

fn state(device: &Device, complaints: &[Complaint], w: &Words) -> (&'static str, String) {
    let dead: Vec<String> = complaints
        .iter()
        .filter_map(|complaint| complaint.position.map(view::shelf_place))
        .collect();
    match &device.state {
        DeviceState::Online if !dead.is_empty() => {
            let text = match dead.len() {
                1..=3 => w.with_one("devices.dead", "places", dead.join(w.get("list.comma"))),
                many => w.with_one("devices.many_dead", "count", many),
            };
            ("wrong", format!("✕ {text}"))
        }
        DeviceState::Online => ("right", format!("● {}", w.get("devices.online"))),
        DeviceState::Offline => ("wait", format!("… {}", w.get("devices.offline"))),
        DeviceState::Unusable { why } => ("wrong", format!("✕ {why}")),
    }
}

/// How far the last thing it was told has come: three different promises.
pub(super) fn told(stage: Option<Stage>, w: &Words) -> String {
    match stage {
        None => String::new(),
        Some(Stage::OnWire) => w.get("devices.on_wire").to_owned(),
        Some(Stage::Taken) => w.get("devices.taken").to_owned(),
        Some(Stage::Failed { why }) => format!("✕ {why}"),
    }
}

/// What the technician should do about it.
fn todo(device: &Device, complaints: &[Complaint], away: bool, web: &Web, w: &Words) -> Vec<Need> {
    let place = device
        .station
        .map(|station| format!(" · {}", station_name(station, w)))
        .unwrap_or_default();
    let who = format!("{}{place}", kind(device, w));
    let need = |class, mark, text: String| Need {
        class,
        mark,
        who: who.clone(),
        text,
        ..Need::default()
    };
    let pending = web.floor.report(&device.id).map_or(0, |report| report.pending);
    let state = match &device.state {
        DeviceState::Unusable { why } => Some(need("wrong-text", "✕", why.clone())),
        // Its gateway is, and that is said once.
        DeviceState::Offline if away => None,
        DeviceState::Offline => {
            let text = w.with_one("devices.offline_todo", "port", &device.port);
            Some(need("wait-text", "…", text))
        }
        DeviceState::Online if device.station.is_none() => {
            Some(need("help-text", "?", w.get("devices.no_station").to_owned()))
        }
        DeviceState::Online if pending > 100 => {
            let text = w.with_one("devices.pending_todo", "count", pending);
            Some(need("wait-text", "…", text))
        }
        DeviceState::Online => None,
    };
    // Positions that broke in the same way are one thing to do.
    let mut faults: Vec<(&str, UnixMillis, Vec<String>, &str)> = Vec::new();
    for complaint in complaints {
        let then = match complaint.position {
            Some(_) => "devices.position_then",
            None => "devices.device_then",
        };
        let place = complaint.position.map(view::shelf_place).unwrap_or_default();
        match faults.iter_mut().find(|(fault, ..)| *fault == complaint.fault) {
            Some((_, at, places, _)) => {
                *at = complaint.at.max(*at);
                places.push(place);
            }
            None => faults.push((&complaint.fault, complaint.at, vec![place], then)),
        }
    }
    let broken = faults.iter().map(|(fault, at, places, then)| {
        let key = format!("fault_of.{fault}");
        let key = if w.has(&key) { key.as_str() } else { "fault_of.other" };
        let words = w.fill(key, &[("place", &places.join(w.get("list.comma"))), ("fault", fault)]);
        let values: [(&str, &dyn Display); 3] = [
            ("time", &web.site.zone.time_on(*at, clock::now())),
            ("fault", &words.trim()),
            ("then", &w.get(then)),
        ];
        need("wrong-text", "✕", w.fill("devices.fault_todo", &values))
    });
    let strange = web.floor.strange(&device.id).map(|(count, strange)| {
        let what = match strange {
            Strange::Position { position, units } => w.fill(
                "devices.strange_position",
                &[("position", &position), ("units", &units)],
            ),
            Strange::Kind | Strange::Unknown => w.get("devices.strange_kind").to_owned(),
        };
        let values: [(&str, &dyn Display); 2] = [("what", &what), ("count", &count)];
        need("wrong-text", "✕", w.fill("devices.strange_todo", &values))
    });
    broken.chain(strange).chain(state).collect()
}

/// Faults of this program that were caught.
fn faults(w: &Words) -> Option<Need> {
    let count = panics::count();
    (count > 0).then(|| Need {
        class: "wrong-text",
        mark: "✕",
        who: w.get("devices.server").to_owned(),
        text: w.with_one("devices.faults_todo", "count", count),
        ..Need::default()
    })
}

/// Gateways that are away, each once for all that hangs on it.
pub(super) fn gateways_away(away: &BTreeSet<String>, w: &Words) -> Vec<Need> {
    let need = |gateway: &String| Need {
        class: "wait-text",
        mark: "…",
        who: gateway.clone(),
        text: w.get("devices.gateway_away").to_owned(),
        ..Need::default()
    };
    away.iter().map(need).collect()
}

/// Devices that two gateways name.
fn doubled(web: &Web, w: &Words) -> Vec<Need> {
    let need = |(device, gateway, other): (DeviceId, String, String)| Need {
        class: "wrong-text",
        mark: "✕",
        who: device.0,
        text: w.fill("devices.doubled", &[("gateway", &gateway), ("other", &other)]),
        ..Need::default()
    };
    web.floor.doubled().into_iter().map(need).collect()
}

/// Clocks that are wrong, or were set. Nothing hangs on them; the times that people read do.
fn clocks(web: &Web, w: &Words) -> Vec<Need> {
    let need = |who: String, text| Need {
        class: "wait-text",
        mark: "…",
        who,
        text,
        ..Need::default()
    };
    let by = |millis: i64| view::length(millis.saturating_abs(), w);
    let apart = web.floor.clocks_apart().into_iter().map(|(gateway, ahead)| {
        let key = if ahead > 0 {
            "devices.clock_ahead"
        } else {
            "devices.clock_behind"
        };
        need(gateway, w.with_one(key, "by", by(ahead)))
    });
    let ours = web.floor.clock_set().map(|step| {
        let key = if step.by > 0 {
            "devices.clock_forward"
        } else {
            "devices.clock_back"
        };
        let text = w.fill(
            key,
            &[
                ("time", &web.site.zone.time_on(step.at, clock::now())),
                ("by", &by(step.by)),
            ],
        );
        need(w.get("devices.server").to_owned(), text)
    });
    apart.chain(ours).collect()
}

/// The station of a device.
#[derive(Deserialize)]
pub struct Assignment {
    station: String,
}

/// The device of this name.
pub(super) async fn known(web: &Web, id: &str) -> Result<Device, Fault> {
    let devices = web.floor.devices().await?;
    devices
        .into_iter()
        .find(|device| device.id.0 == id)
        .ok_or(Fault::NotFound)
}

/// Its gateway is away: nothing was sent.
pub(super) fn away(_: ReachError) -> Fault {
    Fault::Conflict(Sentence::new("devices.away"))
}

/// `POST /devices/{device}/station`
pub async fn assign(
    State(web): State<Web>,
    Path(device): Path<String>,
    Form(form): Form<Assignment>,
) -> Result<Redirect, Fault> {
    let device = known(&web, &device).await?;
    let db = web.app.db();
    let station = match form.station.as_str() {
        "" => None,
        text => Some(
            text.parse::<i64>()
                .map_err(|_| Fault::Bad(Sentence::new("fault.form")))?,
        ),
    };
    if let Some(id) = station {
        let stations = store::stations(db).await?;
        stations
            .iter()
            .find(|station| station.id == id)
            .ok_or(Fault::NotFound)?;
    }
    web.floor.assign(&device.id, station).await?;
    Ok(Redirect::to("/devices"))
}

/// `POST /devices/{device}/identify`
pub async fn identify(
    State(web): State<Web>,
    Path(device): Path<String>,
    Form(Empty {}): Form<Empty>,
) -> Result<Redirect, Fault> {
    ask(&web, &device, DesireBody::Identify { seconds: 10 }).await
}

/// `POST /devices/{device}/test`
pub async fn test(
    State(web): State<Web>,
    Path(device): Path<String>,
    Form(Empty {}): Form<Empty>,
) -> Result<Redirect, Fault> {
    let device = known(&web, &device).await?;
    if device.kind != "shelf" {
        return Err(Fault::NotFound);
    }
    // Who picks by its lights is not to be disturbed, and would be asked for keys without knowing why.
    if let Some(station) = device.station
        && let Some(run) = store::stations(web.app.db())
            .await?
            .iter()
            .find(|known| known.id == station)
            .and_then(|station| station.run)
    {
        let state = web.app.run_state(run).await?;
        if outbound::lights(&state.shipping()).iter().any(|light| light.tag != 0) {
            let group = state.ground.head.group_name.clone();
            return Err(Fault::Conflict(Sentence::new("devices.at_work").with("group", group)));
        }
    }
    let units = u8::try_from(device.units).unwrap_or(u8::MAX);
    web.floor.begin_test(&device.id, units).map_err(away)?;
    Ok(Redirect::to("/devices"))
}

/// `POST /devices/{device}/test/stop`
pub async fn stop_test(
    State(web): State<Web>,
    Path(device): Path<String>,
    Form(Empty {}): Form<Empty>,
) -> Result<Redirect, Fault> {
    let device = known(&web, &device).await?;
    web.floor.end_test(&device.id).map_err(away)?;
    Ok(Redirect::to("/devices"))
}

async fn ask(web: &Web, device: &str, body: DesireBody) -> Result<Redirect, Fault> {
    let device = known(web, device).await?;
    web.floor.ask(&device.id, body).map_err(away)?;
    Ok(Redirect::to("/devices"))
}
