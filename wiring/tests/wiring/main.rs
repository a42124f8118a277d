//! The drawings held against the parts' ranges, the firmware's pins and the pages; and the check itself, by planted faults.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

mod agree;
mod faults;
mod rows;

use wiring::circuit::Circuit;
use wiring::data::Library;

/// Circuits that are built; the others are blocks of these.
const BUILT: [&str; 6] = ["position", "shelf", "scanner", "printer", "scale", "bridge"];

fn library() -> Library {
    Library::read(&wiring::root().unwrap()).unwrap()
}

fn circuit(name: &str) -> Circuit {
    Circuit::of(&library(), name).unwrap()
}
