//! From a run's state to what a page or paper shows. Pure: no database, no clock.

pub mod acts;
pub mod forms;
pub mod station;
pub mod task;
mod whole;

pub use whole::whole;

use rules::locale::Words;

/// A length of time in its largest unit, rounded down (`8 h`).
pub fn length(millis: i64, w: &Words) -> String {
    let seconds = millis / 1_000;
    let (key, count) = match seconds {
        0..120 => ("length.seconds", seconds),
        120..7_200 => ("length.minutes", seconds / 60),
        7_200..172_800 => ("length.hours", seconds / 3_600),
        _ => ("length.days", seconds / 86_400),
    };
    w.with_one(key, "count", count)
}

/// Slots of a level on a station's shelf.
pub const SHELF_SLOTS: u8 = 8;

/// Level and slot of a shelf's position (`02-03`), where no scenario says how its shelf is built.
pub fn shelf_place(position: u8) -> String {
    format!("{:02}-{:02}", position / SHELF_SLOTS + 1, position % SHELF_SLOTS + 1)
}

#[cfg(test)]
mod tests;
