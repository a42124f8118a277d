//! The pages: HTML from the server, kept alive by a stream of act numbers.

mod assets;
mod client;
mod fault;
mod form;
mod frame;
mod gate;
mod host;
mod leave;
pub mod live;
pub mod pages;
mod parts;
mod routes;
mod shield;
mod sign_in;
pub mod view;

use std::sync::Arc;

use axum::extract::FromRef;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::{Extension, Router};
use tokio::sync::watch;
use uplink::{DeviceId, DeviceState};

pub use fault::{Fault, FaultJson};
pub use form::Form;
pub use frame::{Frame, Site};
pub use gate::{Gate, SESSION_COOKIE, SignedIn, Visitor};
pub use host::{Hosts, NoHost};
pub use parts::{Json, Path, Query};
pub use routes::{Access, DEVICES, EVERYONE, FLOOR, INSTRUCTOR, Route, Routes};

use crate::api::may_see;
use crate::api::openapi::Document;
use crate::floor::{self, Complaint, Device, Floor};
use crate::identity::Account;
use crate::locale::{Lang, Words};
use crate::training::scenario::Text;
use crate::training::{Act, Answer, App, RunState, Step};
use crate::{api, identity};
use pages::station::Health;
use pages::{board, calibrate, codes, devices, events, home, ledger, papers, station};
use view::station::ShelfHealth;

/// What handlers take parts of.
#[derive(Clone)]
pub struct Web {
    /// Who may do what.
    pub gate: Gate,
    /// What is the same on every page.
    pub site: Site,
    /// The runs.
    pub app: App,
    /// The devices.
    pub floor: Floor,
    /// Beats when something about the devices changed.
    pub pulse: watch::Sender<live::Pulse>,
}

impl FromRef<Web> for Gate {
    fn from_ref(web: &Web) -> Self {
        web.gate.clone()
    }
}

impl FromRef<Web> for App {
    fn from_ref(web: &Web) -> Self {
        web.app.clone()
    }
}

impl FromRef<Web> for Site {
    fn from_ref(web: &Web) -> Self {
        web.site.clone()
    }
}

impl Web {
    /// Pages over these runs and devices.
    pub fn new(gate: Gate, site: Site, app: App, floor: Floor) -> Self {
        Self {
            gate,
            site,
            app,
            pulse: live::pulse(floor.clone()),
            floor,
        }
    }

    /// A run as its pages name it.
    async fn head(&self, run: &RunState, lang: Lang) -> Result<station::RunHead, Fault> {
        Ok(station::RunHead {
            id: run.id(),
            scenario: text(&run.scenario.title, lang).to_owned(),
            station_id: run.head.station,
            station: station_name(run.head.station, lang.words()),
            group: run.head.group_name.clone(),
            started_at: run.head.started_at,
            ended_at: run.ended_at(),
            day: self.site.zone.date(run.head.started_at),
            last_act: run.last_act,
            done: run.closed || run.step() == Step::Done,
        })
    }

    /// A run, where the reader may see it.
    async fn visible_run(
        &self,
        account: &Account,
        run: i64,
        lang: Lang,
    ) -> Result<(Arc<RunState>, station::RunHead), Fault> {
        let state = api::visible(&self.app, account, run).await?;
        let head = self.head(&state, lang).await?;
        Ok((state, head))
    }

    /// What a person does on a page.
    async fn act(&self, account: &Account, run: i64, act: Act) -> Result<Answer, Fault> {
        let id = identity::Token::random().map_err(|error| Fault::ours(&error))?;
        api::act_as(&self.app, account, run, &id.to_cookie(), act).await
    }

    /// The shelf of a station, as a device.
    async fn shelf_of(&self, station: i64) -> Result<ShelfHealth, Fault> {
        let pool = &self.app.db().pool;
        let (devices, complaints) = (self.floor.devices().await?, floor::complaints(pool).await?);
        Ok(shelf_of(station, &devices, &complaints, &self.floor))
    }

    /// Whether the printer of a station answers; none where it has none.
    async fn printer_of(&self, station: i64) -> Result<Option<bool>, Fault> {
        let devices = floor::devices(&self.app.db().pool).await?;
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
    async fn health(&self, station: i64, w: &Words) -> Result<Health, Fault> {
        let devices = self.floor.devices().await?;
        Ok(health(
            devices.iter().filter(|device| device.station == Some(station)),
            w,
        ))
    }
}

/// The shelf of a station among all devices.
fn shelf_of(station: i64, devices: &[Device], complaints: &[(DeviceId, Complaint)], floor: &Floor) -> ShelfHealth {
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
fn health<'a>(devices: impl Iterator<Item = &'a Device>, w: &Words) -> Health {
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
fn station_name(station: i64, w: &Words) -> String {
    w.with_one("station.name", "number", station)
}

/// A text in a language.
fn text(text: &Text, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &text.zh,
        Lang::En => &text.en,
    }
}

/// Every route of pages and API.
pub fn routes() -> Routes<Web> {
    let pages = Routes::<Web>::default()
        .get("/assets/{version}/{*name}", Access::Public, assets::serve)
        .get("/sign-in", Access::Public, sign_in::page)
        .post("/sign-in", Access::Public, sign_in::sign_in)
        .post("/sign-in/demo", Access::Public, sign_in::sign_in_as)
        .post("/sign-out", Access::Public, sign_in::sign_out)
        .post("/sign-out/everywhere", EVERYONE, sign_in::sign_out_everywhere)
        .post("/language", Access::Public, sign_in::language)
        .get("/", EVERYONE, home::page)
        .get("/live/pages", EVERYONE, live::pages)
        .get("/papers", FLOOR, home::latest)
        .get("/ledger", FLOOR, home::latest)
        .get("/events", FLOOR, home::latest)
        .post("/runs", FLOOR, home::start)
        .get("/runs/{run}", FLOOR, station::page)
        .post("/runs/{run}/scans", FLOOR, station::scan)
        .get("/runs/{run}/papers", FLOOR, papers::list)
        .get("/runs/{run}/papers/{number}", FLOOR, papers::one)
        .post("/runs/{run}/papers/{number}/sign", FLOOR, papers::sign)
        .post("/runs/{run}/papers/{number}/judge", INSTRUCTOR, papers::judge)
        .post("/runs/{run}/papers/{number}/hand-in", FLOOR, papers::hand_in)
        .post("/runs/{run}/log", FLOOR, papers::write_log)
        .get("/runs/{run}/labels/{job}", FLOOR, papers::label)
        .post("/runs/{run}/labels/{job}/reprint", FLOOR, papers::reprint)
        .get("/runs/{run}/ledger", FLOOR, ledger::page)
        .get("/runs/{run}/ledger.csv", FLOOR, ledger::export)
        .get("/runs/{run}/ledger.xlsx", FLOOR, ledger::export)
        .get("/runs/{run}/balances.csv", FLOOR, ledger::export_balances)
        .get("/runs/{run}/balances.xlsx", FLOOR, ledger::export_balances)
        .get("/runs/{run}/papers.csv", FLOOR, papers::export)
        .get("/runs/{run}/papers.xlsx", FLOOR, papers::export)
        .get("/runs/{run}/events", FLOOR, events::page)
        .get("/runs/{run}/events.csv", FLOOR, events::export)
        .get("/runs/{run}/events.xlsx", FLOOR, events::export)
        .get("/scenarios/{scenario}/codes", EVERYONE, codes::page)
        .get("/scenarios/{scenario}/codes.pdf", EVERYONE, codes::pdf)
        .get("/board", INSTRUCTOR, board::page)
        .get("/devices", DEVICES, devices::page)
        .get("/devices.csv", DEVICES, devices::export)
        .get("/devices.xlsx", DEVICES, devices::export)
        .post("/devices/{device}/station", DEVICES, devices::assign)
        .post("/devices/{device}/identify", DEVICES, devices::identify)
        .post("/devices/{device}/test", DEVICES, devices::test)
        .post("/devices/{device}/test/stop", DEVICES, devices::stop_test)
        .get("/devices/{device}/calibrate", DEVICES, calibrate::page)
        .post("/devices/{device}/calibrate", DEVICES, calibrate::ask);
    api::routes(pages)
}

/// All of them behind the gate, and their table.
pub fn router(web: &Web) -> (Router, Vec<Route>) {
    let (router, table) = routes().behind(&web.gate);
    let document = Document(Arc::new(api::openapi::document(&table)));
    let router = router
        .fallback(async || Fault::NotFound.into_response())
        .method_not_allowed_fallback(async || Fault::Method.into_response())
        .layer(Extension(document))
        .layer(from_fn_with_state(web.gate.clone(), host::known))
        .layer(from_fn_with_state(web.app.clone(), fault::keep))
        .with_state(web.clone());
    (told(&web.site, router), table)
}

/// The same, where every refusal is told as our pages tell it, and every answer is shielded.
pub fn told(site: &Site, router: Router) -> Router {
    router
        .layer(from_fn_with_state(site.clone(), fault::tell))
        .layer(from_fn_with_state(site.clone(), shield::shield))
}
