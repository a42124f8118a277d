//! Formats on disk, and how what earlier formats say is read: a run of this year is replayed in ten.
//!
//! An act's row names its format; so does a scenario. What is read passes the upcasts of each format between its own and
//! today's, on its JSON, before it becomes a type. Rows are never rewritten, and no upcast is ever taken away.

pub mod free;
mod upcast;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::areas::Change;
use crate::core::act::{Act, Actor};
use crate::core::scenario::Scenario;

/// How this program writes an act's row, and the newest it can read.
///
/// 1: as the first house wrote it. 2: tells whether its time is certain. 3: a change names its area, a movement's sides are
/// spots, people stand by number,
/// their own words apart, rows are chained.
pub const ACT_FORMAT: i64 = 3;
/// How this program writes a scenario, and the newest it can read.
pub const SCENARIO_FORMAT: i64 = 1;

/// An act's changes.
///
/// # Errors
/// Where the text is none of this format.
pub fn changes(format: i64, json: &str) -> Result<Vec<Change>, serde_json::Error> {
    if format >= ACT_FORMAT {
        return serde_json::from_str(json);
    }
    let changes: Vec<Value> = serde_json::from_str(json)?;
    changes
        .into_iter()
        .map(|change| serde_json::from_value(upcast::change(format, change)))
        .collect()
}

/// What happened.
///
/// # Errors
/// Where the text is none of this format.
pub fn act(_format: i64, json: &str) -> Result<Act, serde_json::Error> {
    read(json)
}

/// Who did it.
///
/// # Errors
/// Where the text is none of this format.
pub fn actor(_format: i64, json: &str) -> Result<Actor, serde_json::Error> {
    read(json)
}

/// A scenario, as it was when its run began.
///
/// # Errors
/// Where the text is none of this format.
pub fn scenario(_format: i64, json: &str) -> Result<Scenario, serde_json::Error> {
    read(json)
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(json)
}
