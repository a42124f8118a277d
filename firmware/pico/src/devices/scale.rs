//! The scale's board.

use embassy_rp::gpio::{Input, Level, Output, Pull};
use nodes::parts::hx711::Hx711;
use nodes::scale::ScaleBoard;

use crate::board::chip::{Cycles, Rp2040};
use crate::board::memory::Scratch;
use crate::pins::Face;
use crate::pins::scale::ScalePins;

/// Converter, tare key, lamp and buzzer; dark and silent.
pub fn board(face: Face, pins: ScalePins) -> ScaleBoard<Rp2040> {
    let data = Input::new(pins.cell_data, Pull::Up);
    let clock = Output::new(pins.cell_clock, Level::Low);
    let tare = Input::new(pins.tare, Pull::Up);
    // As long as the node runs.
    core::mem::forget(Output::new(pins.regulator, Level::High));
    ScaleBoard::new(super::face(face), Hx711::new(data, clock, Cycles), tare, Scratch)
}
