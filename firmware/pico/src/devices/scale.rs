//! The scale's board.

use embassy_futures::select::{Either, select};
use embassy_rp::gpio::{Input, Pull};
use link::Instant;
use nodes::scale::Scale;
use nodes::{Board, Events};

use super::face::Lamp;
use crate::board::hx711::Hx711;
use crate::pins::Face;
use crate::pins::scale::ScalePins;

/// A contact's bouncing, and a finger's trembling (µs).
const TREMBLING: u64 = 200_000;

/// Converter, tare key, lamp and buzzer of a scale.
pub struct ScaleBoard {
    lamp: Lamp,
    converter: Hx711,
    tare: Input<'static>,
    pressed: bool,
    pressed_at: Option<Instant>,
}

impl ScaleBoard {
    /// Brings the parts up; dark and silent.
    pub fn new(face: Face, pins: ScalePins) -> Self {
        Self {
            lamp: Lamp::new(face),
            converter: Hx711::new(pins.cell_data, pins.cell_clock),
            tare: Input::new(pins.tare, Pull::Up),
            pressed: false,
            pressed_at: None,
        }
    }
}

impl Board<Scale> for ScaleBoard {
    fn exchange(&mut self, now: Instant, scale: &mut Scale, events: &mut dyn Events) -> Option<Instant> {
        if let Some(counts) = self.converter.read() {
            scale.sample(now, counts, events);
        }
        if core::mem::take(&mut self.pressed) && self.pressed_at.is_none_or(|at| now.since(at) >= TREMBLING) {
            self.pressed_at = Some(now);
            scale.tare_key(now, events);
        }
        let tone = scale.tone(now);
        self.lamp.set(scale.lamp(now), tone);
        None
    }

    async fn put_out(&mut self) {
        self.lamp.put_out().await;
    }

    async fn input(&mut self) {
        if let Either::Second(()) = select(self.converter.ready(), self.tare.wait_for_falling_edge()).await {
            self.pressed = true;
        }
    }
}
