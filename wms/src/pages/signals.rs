//! How bright a device's lamps shine and how loud its tones sound; the device keeps it.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Redirect};
use rules::core::sentence::Sentence;
use rules::locale::Words;
use serde::Deserialize;
use uplink::DesireBody;

use super::asked::{Step, hindered, step};
use super::devices::{away, kind, known};
use crate::clock;
use crate::http::{Fault, Form, Frame, Path, Query, Web};
use crate::store::Device;

/// What a new node has.
const USUAL_BRIGHTNESS: u8 = 96;
const USUAL_VOLUME: u8 = 2;
/// Brightness by name. The least is still seen by day.
const BRIGHTNESS: [(u8, &str); 4] = [
    (32, "signals.dim"),
    (USUAL_BRIGHTNESS, "signals.usual"),
    (160, "signals.bright"),
    (255, "signals.brightest"),
];
/// Loudness by name.
const VOLUME: [(u8, &str); 4] = [
    (0, "signals.silent"),
    (1, "signals.soft"),
    (USUAL_VOLUME, "signals.usual"),
    (3, "signals.loud"),
];

/// One level to choose.
#[derive(Debug)]
pub struct Level {
    /// Its value.
    pub value: u8,
    /// Its name.
    pub name: String,
    /// It was asked for last, or is the usual one.
    pub chosen: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "signals.html")]
pub struct SignalsPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Now, by the server's clock.
    pub now: i64,
    /// The device.
    pub device: String,
    /// Its kind in words.
    pub kind: String,
    /// Why nothing can be done; empty where it can.
    pub hindered: String,
    /// Levels of its lights.
    pub brightness: Vec<Level>,
    /// Levels of its tones; none where it has none.
    pub volume: Vec<Level>,
    /// What came of it.
    pub asked: Step,
}

/// What was asked so far.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    number: u64,
    #[serde(default)]
    brightness: Option<u8>,
    #[serde(default)]
    volume: Option<u8>,
}

/// The form.
#[derive(Deserialize)]
pub struct Wanted {
    brightness: u8,
    /// Of a device without tones it is not asked.
    #[serde(default)]
    volume: Option<u8>,
}

fn sounds(device: &Device) -> bool {
    device.kind != "shelf"
}

/// Whether it has lamps of its own that anybody works by.
pub fn signals(kind: &str) -> bool {
    kind != "bridge"
}

async fn signaller(web: &Web, id: &str) -> Result<Device, Fault> {
    let device = known(web, id).await?;
    if signals(&device.kind) {
        Ok(device)
    } else {
        Err(Fault::NotFound)
    }
}

fn levels(of: &[(u8, &str)], chosen: u8, w: &Words) -> Vec<Level> {
    let level = |(value, key): &(u8, &str)| Level {
        value: *value,
        name: w.get(key).to_owned(),
        chosen: *value == chosen,
    };
    of.iter().map(level).collect()
}

/// `GET /devices/{device}/signals`
pub async fn page(
    frame: Frame,
    State(web): State<Web>,
    Path(device): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let w = frame.words();
    let device = signaller(&web, &device).await?;
    let hindered = hindered(&device, w);
    let stage = (asked.number != 0).then(|| web.floor.stage_of(&device.id, asked.number));
    let page = SignalsPage {
        now: clock::now(),
        device: device.id.0.clone(),
        kind: kind(&device, w),
        brightness: levels(&BRIGHTNESS, asked.brightness.unwrap_or(USUAL_BRIGHTNESS), w),
        volume: if sounds(&device) {
            levels(&VOLUME, asked.volume.unwrap_or(USUAL_VOLUME), w)
        } else {
            Vec::new()
        },
        asked: step(stage, hindered.is_empty(), w),
        hindered,
        w,
        frame,
    };
    Ok(Html(page.render()?))
}

/// `POST /devices/{device}/signals`
pub async fn ask(
    State(web): State<Web>,
    Path(device): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Result<Redirect, Fault> {
    let device = signaller(&web, &device).await?;
    let brightness = wanted.brightness;
    let volume = wanted.volume.unwrap_or(USUAL_VOLUME);
    let known = |levels: &[(u8, &str)], value: u8| levels.iter().any(|(level, _)| *level == value);
    if !known(&BRIGHTNESS, brightness) || !known(&VOLUME, volume) {
        return Err(Fault::Bad(Sentence::new("signals.bounds")));
    }
    let body = DesireBody::Signals { brightness, volume };
    let number = web.floor.ask(&device.id, body).map_err(away)?;
    let at = format!("/devices/{}/signals", device.id.0);
    Ok(Redirect::to(&format!(
        "{at}?number={number}&brightness={brightness}&volume={volume}"
    )))
}
