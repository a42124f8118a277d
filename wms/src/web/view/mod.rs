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

/// Slots of a level on a station's shelf.
pub const SHELF_SLOTS: u8 = 8;

/// Level and slot of a shelf's position (`02-03`), where no scenario says how its shelf is built.
pub fn shelf_place(position: u8) -> String {
    format!("{:02}-{:02}", position / SHELF_SLOTS + 1, position % SHELF_SLOTS + 1)
}

fn format(at: UnixMillis, pattern: &str) -> String {
    Timestamp::from_millisecond(at)
        .map(|at| at.to_zoned_datetime(TimeZone::system()).strftime(pattern).to_string())
        .unwrap_or_default()
}
