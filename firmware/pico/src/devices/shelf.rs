//! The shelf's board.

use core::future::pending;

use link::Instant;
use link::message::MAX_POSITIONS;
use nodes::colour::Rgb;
use nodes::shelf::Shelf;
use nodes::shelf::digits::{DARK, Digits};
use nodes::shelf::keys::KeySample;
use nodes::{Board, Events};

use crate::board::digits::DigitChain;
use crate::board::keys::KeyMatrix;
use crate::board::lights::Lights;
use crate::pins::Face;
use crate::pins::shelf::ShelfPins;

/// Equal samples of "no key down" after which the keys are left alone until a line falls.
const QUIET: u8 = 2;

/// Lights, digits and keys of a shelf.
pub struct ShelfBoard {
    lights: Lights<MAX_POSITIONS>,
    digits: DigitChain,
    keys: KeyMatrix,
    frame: [Rgb; MAX_POSITIONS],
    numbers: [Digits; MAX_POSITIONS],
    quiet: u8,
}

impl ShelfBoard {
    /// Brings the parts up; dark.
    pub fn new(face: Face, pins: ShelfPins) -> Self {
        let slots = [
            pins.slot_1.into(),
            pins.slot_2.into(),
            pins.slot_3.into(),
            pins.slot_4.into(),
            pins.slot_5.into(),
            pins.slot_6.into(),
            pins.slot_7.into(),
            pins.slot_8.into(),
        ];
        let senses = [
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
        Self {
            lights: Lights::new(face.pio, face.lights_dma, face.lights),
            digits: DigitChain::new(
                pins.digits_spi,
                pins.digits_dma,
                pins.digits_clock,
                pins.digits_data,
                pins.digits_latch,
            ),
            keys: KeyMatrix::new(slots, senses),
            frame: [Rgb::OFF; MAX_POSITIONS],
            numbers: [DARK; MAX_POSITIONS],
            quiet: 0,
        }
    }

    /// When the keys are to be looked at next; none while they are left alone.
    fn sample(&mut self, now: Instant, shelf: &mut Shelf, events: &mut dyn Events) -> Option<Instant> {
        if shelf.keys_due().is_none_or(|due| now >= due) {
            let sample = self.keys.sample();
            self.quiet = if sample == KeySample::default() {
                self.quiet.saturating_add(1)
            } else {
                0
            };
            shelf.sample(now, sample, events);
        }
        shelf.keys_due().filter(|_| self.quiet < QUIET)
    }
}

impl Board<Shelf> for ShelfBoard {
    fn exchange(&mut self, now: Instant, shelf: &mut Shelf, events: &mut dyn Events) -> Option<Instant> {
        let due = if self.quiet < QUIET || !self.keys.idle() {
            self.sample(now, shelf, events)
        } else {
            None
        };
        self.frame = shelf.frame(now);
        self.numbers = shelf.digits();
        due
    }

    async fn put_out(&mut self) {
        self.lights.show(&self.frame).await;
        self.digits.show(&self.numbers).await;
    }

    async fn input(&mut self) {
        if self.quiet < QUIET {
            // The next sample comes by the clock.
            pending().await
        }
        self.keys.pressed().await;
    }
}
