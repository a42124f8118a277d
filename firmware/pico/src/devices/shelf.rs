//! The shelf's board.

use embassy_rp::Peri;
use embassy_rp::gpio::{AnyPin, Drive, Input, Level, Output, Pull};
use embassy_rp::spi::{self, Spi};
use nodes::parts::digits::{CLOCK_HZ, DigitChain};
use nodes::parts::keys::{KeyMatrix, SENSES, SLOTS};
use nodes::shelf::ShelfBoard;

use crate::board::chip::{Cycles, Rp2040};
use crate::board::irqs::Irqs;
use crate::board::lights::PioChain;
use crate::pins::Face;
use crate::pins::shelf::ShelfPins;

/// Lights, digits and keys; dark.
pub fn board(face: Face, pins: ShelfPins) -> ShelfBoard<Rp2040> {
    let lights = PioChain::new(face.pio, face.lights_dma, face.lights);

    let mut config = spi::Config::default();
    config.frequency = CLOCK_HZ;
    let spi = Spi::new_txonly(
        pins.digits_spi,
        pins.digits_clock,
        pins.digits_data,
        pins.digits_dma,
        Irqs,
        config,
    );
    let latch = Output::new(pins.digits_latch, Level::Low);
    let digits = DigitChain::new(spi, latch, Cycles);

    let slots: [Peri<'static, AnyPin>; SLOTS] = [
        pins.slot_1.into(),
        pins.slot_2.into(),
        pins.slot_3.into(),
        pins.slot_4.into(),
        pins.slot_5.into(),
        pins.slot_6.into(),
        pins.slot_7.into(),
        pins.slot_8.into(),
    ];
    let senses: [Peri<'static, AnyPin>; SENSES] = [
        pins.sense_1_confirm.into(),
        pins.sense_1_plus.into(),
        pins.sense_1_minus.into(),
        pins.sense_2_confirm.into(),
        pins.sense_2_plus.into(),
        pins.sense_2_minus.into(),
        pins.sense_3_confirm.into(),
        pins.sense_3_plus.into(),
        pins.sense_3_minus.into(),
    ];
    let slots = slots.map(|pin| {
        let mut slot = Output::new(pin, Level::Low);
        // Nine keys of a slot may be down at once, each over 4.7 kΩ; at the usual 4 mA their line would not be low enough for the sense
        // lines behind the diodes (RP2040 datasheet, 5.5.3.4, VOL).
        slot.set_drive_strength(Drive::_12mA);
        slot
    });
    let senses = senses.map(|pin| Input::new(pin, Pull::Up));
    ShelfBoard::new(lights, digits, KeyMatrix::new(slots, senses, Cycles))
}
