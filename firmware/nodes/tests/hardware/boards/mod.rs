//! Boards with their logic, on a chip that is not there.

mod bridge;
mod printer;
mod scale;
mod scanner;
mod shelf;

use nodes::parts::face::Face;

use crate::kit::{Free, Journal, Noted};

/// Lamp and buzzer, written down in this journal.
fn face(journal: &Journal) -> Face<Noted<Free>, Noted<Free>> {
    Face::new(journal.free("lamp"), journal.free("buzzer"))
}
