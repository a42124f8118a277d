//! What eyes see.

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt};
use link::message::{Colour, Mode, Verdict};
use nodes::colour::Rgb;
use nodes::printer::{Dots, HEAD_BYTES};
use nodes::shelf::digits;
use serde_json::{Value, json};
use tokio_stream::wrappers::WatchStream;

use super::{At, Panel, Refused};
use crate::hardware::Part;
use crate::hardware::printer::Label;
use crate::station::Station;

/// Changes closer together than this are shown as one.
const TOGETHER: Duration = Duration::from_millis(15);

pub(super) async fn stations(seen: Panel) -> Json<Value> {
    let numbers: Vec<_> = seen.stations.iter().map(|station| station.number).collect();
    Json(json!({ "stations": numbers }))
}

pub(super) async fn codes(seen: Panel) -> Json<Value> {
    Json(json!(seen.codes))
}

pub(super) async fn station(at: At) -> Json<Value> {
    Json(seen(&at))
}

/// Each change as an event, beginning with what is seen now.
pub(super) async fn watch(at: At) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = WatchStream::new(at.changes.watch());
    let events = changes.then(move |_| {
        let event = Event::default().data(seen(&at).to_string());
        async move {
            tokio::time::sleep(TOGETHER).await;
            Ok(event)
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

fn seen(station: &Station) -> Value {
    json!({
        "station": station.number,
        "shelf": shelf(station),
        "scanner": scanner(station),
        "printer": printer(station),
        "scale": scale(station),
    })
}

/// What every device shows, and its own.
fn device<S>(part: &Part<S>, own: Value) -> Value {
    let mut all = json!(part.about());
    if let (Value::Object(all), Value::Object(own)) = (&mut all, own) {
        all.extend(own);
    }
    all
}

fn shelf(station: &Station) -> Value {
    let positions: Vec<_> = station
        .shelf
        .state()
        .seen()
        .iter()
        .enumerate()
        .map(|(position, seen)| {
            json!({
                "position": position,
                "colour": colour(seen.colour),
                "mode": mode(seen.mode),
                "rgb": rgb(seen.rgb),
                "segments": seen.digits,
                "count": digits::read(seen.digits),
                "verdict": seen.verdict.map(verdict),
            })
        })
        .collect();
    let testing = station.shelf.state().testing();
    device(&station.shelf, json!({ "positions": positions, "testing": testing }))
}

fn scanner(station: &Station) -> Value {
    let state = station.scanner.state();
    let own = json!({
        "lamp": rgb(state.lamp),
        "tone": { "hz": state.tone.hz, "loudness": state.tone.loudness },
        "tones": state.tones,
        "verdict": state.last.map(|(_, last)| verdict(last)),
        "event": state.last.map(|(event, _)| event.0),
        "verdicts": state.verdicts,
    });
    drop(state);
    device(&station.scanner, own)
}

fn printer(station: &Station) -> Value {
    let state = station.printer.state();
    let own = json!({
        "lamp": rgb(state.lamp),
        "paper": state.paper,
        "closed": state.closed,
        "celsius": state.celsius,
        "printing": state.printing,
        "labels": state.labels().iter().map(label).collect::<Vec<_>>(),
    });
    drop(state);
    device(&station.printer, own)
}

fn label(label: &Label) -> Value {
    json!({
        "number": label.number,
        "width": HEAD_BYTES * 8,
        "height": label.rows.len(),
        "spoilt": label.spoilt,
    })
}

fn scale(station: &Station) -> Value {
    let state = station.scale.state();
    let own = json!({
        "lamp": rgb(state.lamp),
        "load": state.grams,
        "wobble": state.wobble,
        "cell": state.cell,
        "grams": state.resting,
        "stable": state.resting.is_some(),
    });
    drop(state);
    device(&station.scale, own)
}

/// Labels that came out.
pub(super) async fn labels(at: At) -> Json<Value> {
    let labels: Vec<_> = at.printer.state().labels().iter().map(label).collect();
    Json(json!({ "labels": labels }))
}

#[derive(serde::Deserialize)]
pub(super) struct Picture {
    picture: String,
}

/// The dots of a label as a picture, one bit each.
pub(super) async fn picture(at: At, Path(named): Path<Picture>) -> Result<impl IntoResponse, Refused> {
    let number: Option<usize> = named
        .picture
        .strip_suffix(".png")
        .and_then(|number| number.parse().ok());
    let missing = || Refused::missing(format!("there is no label {}", named.picture));
    let number = number.ok_or_else(missing)?;
    let rows = {
        let state = at.printer.state();
        let label = state.labels().iter().find(|label| label.number == number);
        label.ok_or_else(missing)?.rows.clone()
    };
    let png = png(&rows).map_err(|error| Refused::broken(format!("the picture can't be made: {error}")))?;
    Ok(([(CONTENT_TYPE, "image/png")], png))
}

fn png(rows: &[Dots]) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, (HEAD_BYTES * 8) as u32, rows.len() as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header()?;
    // A dot is black, which is 0 in a picture.
    let light: Vec<u8> = rows.iter().flatten().map(|byte| !byte).collect();
    writer.write_image_data(&light)?;
    writer.finish()?;
    Ok(bytes)
}

fn rgb(rgb: Rgb) -> String {
    format!("#{:02x}{:02x}{:02x}", rgb.r, rgb.g, rgb.b)
}

const fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Off => "off",
        Colour::A => "a",
        Colour::B => "b",
        Colour::C => "c",
        Colour::D => "d",
        Colour::Done => "done",
        Colour::Wrong => "wrong",
        Colour::Wait => "wait",
    }
}

const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::On => "on",
        Mode::Blink => "blink",
        Mode::Fast => "fast",
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Right => "right",
        Verdict::Wrong => "wrong",
        Verdict::Stored => "stored",
        Verdict::Neutral => "neutral",
    }
}
