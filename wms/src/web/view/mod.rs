//! From a run's state to what a page or paper shows. Pure: no database, no clock.

pub mod acts;
pub mod forms;
pub mod station;
pub mod task;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use uplink::UnixMillis;

/// Time of day where the server stands (`10:21:44`).
pub fn time(at: UnixMillis) -> String {
    format(at, "%H:%M:%S")
}

/// Date and time (`2026-11-23 10:21:44`).
pub fn date_time(at: UnixMillis) -> String {
    format(at, "%Y-%m-%d %H:%M:%S")
}

/// The date so many days later; empty beyond the calendar.
pub fn date_after(at: UnixMillis, days: i64) -> String {
    let then = || {
        let date = Timestamp::from_millisecond(at)
            .ok()?
            .to_zoned_datetime(TimeZone::system())
            .date();
        date.checked_add(Span::new().try_days(days).ok()?).ok()
    };
    then().map(|date| date.to_string()).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_so_many_days_later() {
        // Noon at the end of a month, wherever the server stands.
        let at = 1_795_910_400_000;
        assert_eq!(date_after(at, 0), date(at));
        assert_eq!(date_after(at, 30), date(at + 30 * 86_400_000));
        assert_eq!(date_after(at, i64::from(i32::MAX)), "");
    }
}
