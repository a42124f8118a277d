//! From a run's state to what a page or paper shows. Pure: no database, no clock.

pub mod acts;
pub mod forms;
pub mod station;
pub mod task;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uplink::UnixMillis;

/// Time of day where the server stands (`10:21:44`).
pub fn time(at: UnixMillis) -> String {
    format(at, "%H:%M:%S")
}

/// Date and time (`2026-11-23 10:21:44`).
pub fn date_time(at: UnixMillis) -> String {
    format(at, "%Y-%m-%d %H:%M:%S")
}

/// Date (`2026-11-23`).
pub fn date(at: UnixMillis) -> String {
    format(at, "%Y-%m-%d")
}

fn format(at: UnixMillis, pattern: &str) -> String {
    Timestamp::from_millisecond(at)
        .map(|at| at.to_zoned_datetime(TimeZone::system()).strftime(pattern).to_string())
        .unwrap_or_default()
}
