//! End-to-end tests of the whole floor: the real binaries as processes, on free ports and in folders of their own.

mod clock;
mod floor;
mod panel;
pub mod pico;
mod process;
mod random;
mod student;
pub mod wire;
mod wms;

pub use clock::WallClock;
pub use floor::{Database, Floor, KEY, wms_words};
pub use panel::Panel;
pub use process::{Process, binary, free_port, until};
pub use random::Random;
pub use student::{Deed, REALLY_THERE, Student, whole_drill};
pub use wms::Person;
