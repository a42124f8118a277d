//! From a run's state to what a page or paper shows. Pure: no database, no clock.

pub mod acts;
pub mod forms;
pub mod station;
pub mod task;

/// Slots of a level on a station's shelf.
pub const SHELF_SLOTS: u8 = 8;

/// Level and slot of a shelf's position (`02-03`), where no scenario says how its shelf is built.
pub fn shelf_place(position: u8) -> String {
    format!("{:02}-{:02}", position / SHELF_SLOTS + 1, position % SHELF_SLOTS + 1)
}
