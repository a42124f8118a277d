//! Leads a technician through the calibration of a scale: the empty platform, then a known weight.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Redirect};
use rules::core::sentence::Sentence;
use rules::locale::Words;
use rules::outbound::MOST_GRAMS;
use serde::Deserialize;
use uplink::{DesireBody, Stage};

use super::asked::{Step, hindered, step};
use super::devices::{away, known};
use crate::clock;
use crate::http::{Fault, Form, Frame, Path, Query, Web};
use crate::store::Device;

/// The least that calibrates a scale (g), as its firmware has it; the most is what it takes.
const LEAST: i64 = 2_000;
/// What most schools have (g).
const USUAL: u32 = 20_000;

/// The page.
#[derive(Template)]
#[template(path = "calibrate.html")]
pub struct CalibratePage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Now, by the server's clock.
    pub now: i64,
    /// The scale.
    pub device: String,
    /// Why nothing can be done; empty where it can.
    pub hindered: String,
    /// The empty platform.
    pub empty: Step,
    /// The known weight.
    pub weight: Step,
    /// Grams of it.
    pub grams: u32,
    /// The number of the request for the empty platform, once that was taken.
    pub zeroed: u64,
    /// Least and most grams.
    pub bounds: (i64, i64),
    /// It is calibrated.
    pub done: bool,
}

/// What was asked so far: numbers of desires, 0 where not yet.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    empty: u64,
    #[serde(default)]
    weight: u64,
    #[serde(default)]
    grams: u32,
}

/// A step's form.
#[derive(Deserialize)]
pub struct Load {
    /// Grams on the platform; 0 for none.
    grams: u32,
    /// The number of the request for the empty platform; 0 before.
    empty: u64,
}

async fn scale(web: &Web, id: &str) -> Result<Device, Fault> {
    let device = known(web, id).await?;
    if device.kind == "scale" {
        Ok(device)
    } else {
        Err(Fault::NotFound)
    }
}

/// `GET /devices/{device}/calibrate`
pub async fn page(
    frame: Frame,
    State(web): State<Web>,
    Path(device): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let w = frame.words();
    let device = scale(&web, &device).await?;
    // Of two desires that follow each other only the newest has a stage; the one before it was taken, or there were none after it.
    let stage = |number: u64| web.floor.stage_of(&device.id, number);
    let empty = match (asked.empty, asked.weight) {
        (0, _) => None,
        (_, 0) => Some(stage(asked.empty)),
        _ => Some(Some(Stage::Taken)),
    };
    let weight = (asked.weight != 0).then(|| stage(asked.weight));
    let zeroed = empty == Some(Some(Stage::Taken));
    let hindered = hindered(&device, w);
    let page = CalibratePage {
        now: clock::now(),
        device: device.id.0.clone(),
        done: weight == Some(Some(Stage::Taken)),
        empty: step(empty, hindered.is_empty(), w),
        weight: step(weight, hindered.is_empty() && zeroed, w),
        grams: if asked.grams == 0 { USUAL } else { asked.grams },
        zeroed: if zeroed { asked.empty } else { 0 },
        bounds: (LEAST, MOST_GRAMS),
        hindered,
        w,
        frame,
    };
    Ok(Html(page.render()?))
}

/// `POST /devices/{device}/calibrate`
pub async fn ask(
    State(web): State<Web>,
    Path(device): Path<String>,
    Form(load): Form<Load>,
) -> Result<Redirect, Fault> {
    let Load { grams, empty } = load;
    let device = scale(&web, &device).await?;
    if grams != 0 && !(LEAST..=MOST_GRAMS).contains(&i64::from(grams)) {
        let sentence = Sentence::new("calibrate.bounds")
            .with("least", LEAST)
            .with("most", MOST_GRAMS);
        return Err(Fault::Bad(sentence));
    }
    let number = web
        .floor
        .ask(&device.id, DesireBody::Calibrate { grams })
        .map_err(away)?;
    let at = format!("/devices/{}/calibrate", device.id.0);
    Ok(Redirect::to(&if grams == 0 {
        format!("{at}?empty={number}")
    } else {
        format!("{at}?empty={empty}&weight={number}&grams={grams}")
    }))
}
