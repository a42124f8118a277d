//! Which run it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uplink::UnixMillis;

use super::act::RunId;

/// Which run it is: a scenario × a group × a station × a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunHead {
    /// Number of the run.
    pub id: RunId,
    /// Name of the scenario.
    pub scenario: String,
    /// Group's number.
    pub group: i64,
    /// Group's name, as it was when the run began.
    pub group_name: String,
    /// Station's number.
    pub station: i64,
    /// The day on which it began, in the school's zone, as YYYYMMDD.
    pub day: i64,
    /// The group's how-manieth run of that day, from 1.
    pub day_run: i64,
    /// When it began, in milliseconds since 1970-01-01 UTC.
    pub started_at: UnixMillis,
    /// When it ended; null while it goes on.
    pub closed_at: Option<UnixMillis>,
}
