//! The technician's page: every device, and what to do first.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use uplink::{DesireBody, DeviceId, DeviceState, Stage};

use super::{Choice, Need};
use crate::clock;
use crate::floor::{self, Device};
use crate::locale::{Sentence, Words};
use crate::web::form::Empty;
use crate::web::{Fault, Form, Frame, Web, station_name, view};

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
    let pool = &web.app.db().pool;
    let devices = floor::devices(pool).await?;
    let stations = floor::stations(pool).await?;
    let gateways: BTreeSet<&str> = devices.iter().map(|device| device.gateway.as_str()).collect();
    let summary = w.fill(
        "devices.count",
        &[("gateways", &gateways.len()), ("devices", &devices.len())],
    );
    let row = |device: &Device| {
        let report = web.floor.report(&device.id);
        let (state_class, state) = state(device, w);
        // What the gateway said last, or what was kept of it before this server started.
        let last_seen = report.as_ref().map_or(device.last_seen, |report| report.last_seen);
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
            last: if last_seen == 0 {
                w.get("devices.never").to_owned()
            } else {
                view::time(last_seen)
            },
            firmware: device.firmware.clone(),
            resent: report.as_ref().map_or(0, |report| report.retransmissions),
            pending: report.as_ref().map_or(0, |report| report.pending),
            told: told(web.floor.stage(&device.id), w),
            tests: device.kind == "shelf",
        }
    };
    let page = DevicesPage {
        now: clock::now(),
        summary,
        rows: devices.iter().map(row).collect(),
        todo: devices.iter().filter_map(|device| todo(device, &web, w)).collect(),
        key: web.floor.key().to_owned(),
        w,
        frame,
    };
    Ok(Html(page.render()?))
}

fn kind(device: &Device, w: &Words) -> String {
    let key = format!("device.{}", device.kind);
    if w.has(&key) {
        w.get(&key).to_owned()
    } else {
        device.kind.clone()
    }
}

fn state(device: &Device, w: &Words) -> (&'static str, String) {
    match &device.state {
        DeviceState::Online => ("right", format!("● {}", w.get("devices.online"))),
        DeviceState::Offline => ("wait", format!("… {}", w.get("devices.offline"))),
        DeviceState::Unusable { why } => ("wrong", format!("✕ {why}")),
    }
}

/// How far the last thing it was told has come: three different promises.
fn told(stage: Option<Stage>, w: &Words) -> String {
    match stage {
        None => String::new(),
        Some(Stage::OnWire) => w.get("devices.on_wire").to_owned(),
        Some(Stage::Taken) => w.get("devices.taken").to_owned(),
        Some(Stage::Failed { why }) => format!("✕ {why}"),
    }
}

/// What the technician should do about it.
fn todo(device: &Device, web: &Web, w: &Words) -> Option<Need> {
    let place = device
        .station
        .map(|station| format!(" · {}", station_name(station, w)))
        .unwrap_or_default();
    let who = format!("{}{place}", kind(device, w));
    let need = |class, mark, text: String| {
        Some(Need {
            class,
            mark,
            who: who.clone(),
            text,
            ..Need::default()
        })
    };
    let pending = web.floor.report(&device.id).map_or(0, |report| report.pending);
    match &device.state {
        DeviceState::Unusable { why } => need("wrong-text", "✕", why.clone()),
        DeviceState::Offline => need(
            "wait-text",
            "…",
            w.with_one("devices.offline_todo", "port", &device.port),
        ),
        DeviceState::Online if device.station.is_none() => {
            need("help-text", "?", w.get("devices.no_station").to_owned())
        }
        DeviceState::Online if pending > 100 => {
            need("wait-text", "…", w.with_one("devices.pending_todo", "count", pending))
        }
        DeviceState::Online => None,
    }
}

/// The station of a device.
#[derive(Deserialize)]
pub struct Assignment {
    station: String,
}

async fn known(web: &Web, id: &str) -> Result<DeviceId, Fault> {
    let devices = floor::devices(&web.app.db().pool).await?;
    devices
        .into_iter()
        .map(|device| device.id)
        .find(|device| device.0 == id)
        .ok_or(Fault::NotFound)
}

/// `POST /devices/{device}/station`
pub async fn assign(
    State(web): State<Web>,
    Path(device): Path<String>,
    Form(form): Form<Assignment>,
) -> Result<Redirect, Fault> {
    let device = known(&web, &device).await?;
    let pool = &web.app.db().pool;
    let station = match form.station.as_str() {
        "" => None,
        text => Some(
            text.parse::<i64>()
                .map_err(|_| Fault::Bad(Sentence::new("fault.form")))?,
        ),
    };
    if let Some(id) = station {
        let stations = floor::stations(pool).await?;
        stations
            .iter()
            .find(|station| station.id == id)
            .ok_or(Fault::NotFound)?;
    }
    web.floor.assign(&device, station).await?;
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
    ask(&web, &device, DesireBody::SelfTest).await
}

async fn ask(web: &Web, device: &str, body: DesireBody) -> Result<Redirect, Fault> {
    let device = known(web, device).await?;
    web.floor
        .ask(&device, body)
        .map_err(|_| Fault::Conflict(Sentence::new("devices.away")))?;
    Ok(Redirect::to("/devices"))
}
