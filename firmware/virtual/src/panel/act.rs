//! What hands do.

use std::time::Duration;

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use link::message::{Key, MAX_POSITIONS, ResetReason};
use serde::Deserialize;

use super::{At, Refused};
use crate::hardware::Part;
use crate::station::Station;

/// A finger stays on a key for so long unless said otherwise.
const HOLD: u64 = 30;
/// Nobody holds a key longer.
const LONGEST_HOLD: u64 = 60_000;
/// A decoder sends no more in one go.
const MOST_BYTES: usize = 4_096;

/// More than this breaks the cell.
const HEAVIEST: i32 = 60_000;

type Done = Result<StatusCode, Refused>;

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum KeyName {
    Confirm,
    Plus,
    Minus,
}

#[derive(Deserialize)]
pub(super) struct Press {
    position: u8,
    key: KeyName,
    hold_ms: Option<u64>,
}

/// Presses a key.
pub(super) async fn key(at: At, Json(press): Json<Press>) -> Done {
    if usize::from(press.position) >= MAX_POSITIONS {
        return Err(Refused::wrong(format!("positions are 0 to {}", MAX_POSITIONS - 1)));
    }
    let key = match press.key {
        KeyName::Confirm => Key::Confirm,
        KeyName::Plus => Key::Plus,
        KeyName::Minus => Key::Minus,
    };
    let hold = Duration::from_millis(press.hold_ms.unwrap_or(HOLD).min(LONGEST_HOLD));
    at.shelf.touch(|shelf| shelf.press(press.position, key, hold));
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(super) struct Scan {
    code: String,
    aim: Option<String>,
}

/// Holds a code before the scanner: the decoder sends it with the suffix it is set to.
pub(super) async fn scan(at: At, Json(scan): Json<Scan>) -> Done {
    if scan.code.is_empty() {
        return Err(Refused::wrong("an empty code can't be scanned"));
    }
    let line = format!("{}{}\r", scan.aim.unwrap_or_default(), scan.code);
    send(&at, line.as_bytes())
}

#[derive(Deserialize)]
pub(super) struct Bytes {
    hex: String,
}

/// Lets the decoder send any bytes.
pub(super) async fn bytes(at: At, Json(bytes): Json<Bytes>) -> Done {
    let digits: Option<Vec<u32>> = bytes
        .hex
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| sign.to_digit(16))
        .collect();
    let digits = digits
        .filter(|digits| digits.len() % 2 == 0)
        .ok_or_else(|| Refused::wrong("bytes are pairs of hexadecimal digits"))?;
    let bytes: Vec<u8> = digits
        .chunks_exact(2)
        .map(|pair| (pair[0] << 4 | pair[1]) as u8)
        .collect();
    send(&at, &bytes)
}

fn send(station: &Station, bytes: &[u8]) -> Done {
    if bytes.len() > MOST_BYTES {
        return Err(Refused::wrong(format!(
            "a decoder sends at most {MOST_BYTES} bytes in one go"
        )));
    }
    station.scanner.touch(|scanner| scanner.decoded(bytes));
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(super) struct Load {
    grams: Option<i32>,
    wobble: Option<bool>,
    cell: Option<bool>,
}

/// Lays something on the scale, lets it wobble, or breaks the cell's cable.
pub(super) async fn load(at: At, Json(load): Json<Load>) -> Done {
    if load.grams.is_some_and(|grams| !(0..=HEAVIEST).contains(&grams)) {
        return Err(Refused::wrong(format!("a load is 0 to {HEAVIEST} grams")));
    }
    at.scale.touch(|scale| {
        scale.grams = load.grams.unwrap_or(scale.grams);
        scale.wobble = load.wobble.unwrap_or(scale.wobble);
        scale.cell = load.cell.unwrap_or(scale.cell);
    });
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(super) struct Condition {
    paper: Option<bool>,
    closed: Option<bool>,
    celsius: Option<i8>,
}

/// Takes paper away or lays it in, opens or shuts the cover, heats or cools the head.
pub(super) async fn condition(at: At, Json(condition): Json<Condition>) -> Done {
    at.printer.touch(|printer| {
        let paper = condition.paper.unwrap_or(printer.paper);
        let closed = condition.closed.unwrap_or(printer.closed);
        printer.handle(paper, closed);
        printer.celsius = condition.celsius.unwrap_or(printer.celsius);
    });
    Ok(StatusCode::NO_CONTENT)
}

/// What can be done to any device from outside.
trait Body {
    fn plug(&self, plugged: bool);
    fn reset(&self, reason: ResetReason);
}

impl<S> Body for Part<S> {
    fn plug(&self, plugged: bool) {
        Self::plug(self, plugged);
    }

    fn reset(&self, reason: ResetReason) {
        Self::reset(self, reason);
    }
}

fn device<'a>(station: &'a Station, name: &str) -> Result<&'a dyn Body, Refused> {
    match name {
        "shelf" => Ok(&*station.shelf),
        "scanner" => Ok(&*station.scanner),
        "printer" => Ok(&*station.printer),
        "scale" => Ok(&*station.scale),
        _ => Err(Refused::missing(format!("a station has no {name}"))),
    }
}

#[derive(Deserialize)]
pub(super) struct Named {
    device: String,
}

#[derive(Deserialize)]
pub(super) struct Cable {
    plugged: bool,
}

/// Pulls or plugs a cable.
pub(super) async fn cable(at: At, Path(named): Path<Named>, Json(cable): Json<Cable>) -> Done {
    device(&at, &named.device)?.plug(cable.plugged);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Reason {
    #[default]
    Power,
    Watchdog,
}

#[derive(Deserialize)]
pub(super) struct Reset {
    #[serde(default)]
    reason: Reason,
}

/// Takes a node's power away for a moment, or lets its watchdog bite.
pub(super) async fn reset(at: At, Path(named): Path<Named>, Json(reset): Json<Reset>) -> Done {
    device(&at, &named.device)?.reset(match reset.reason {
        Reason::Power => ResetReason::PowerOn,
        Reason::Watchdog => ResetReason::Watchdog,
    });
    Ok(StatusCode::NO_CONTENT)
}
