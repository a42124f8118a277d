//! The shelf's keys: a matrix of 8 slot lines, driven, and 9 sense lines, three for each level.
//!
//! A diode at each key lets any number be pressed at once. While none is pressed all slot lines are low and the chip sleeps
//! until a sense line falls: nothing is polled.

use embassy_futures::select::select_array;
use embassy_rp::Peri;
use embassy_rp::gpio::{AnyPin, Input, Level, Output, Pull};
use nodes::shelf::keys::{KEYS, KeySample};

const SLOTS: usize = 8;
/// Three for each level, in the order of [`KEYS`].
const SENSES: usize = 9;
/// Time for a line of some metres to take its level over its 4.7 kΩ pull-up: 5 µs at 125 MHz.
const SETTLE_CYCLES: u32 = 625;

/// The matrix.
pub struct KeyMatrix {
    slots: [Output<'static>; SLOTS],
    senses: [Input<'static>; SENSES],
}

impl KeyMatrix {
    /// The matrix at rest.
    pub fn new(slots: [Peri<'static, AnyPin>; SLOTS], senses: [Peri<'static, AnyPin>; SENSES]) -> Self {
        Self {
            slots: slots.map(|pin| Output::new(pin, Level::Low)),
            senses: senses.map(|pin| Input::new(pin, Pull::Up)),
        }
    }

    /// Waits until some key is down.
    pub async fn pressed(&mut self) {
        select_array(self.senses.each_mut().map(Input::wait_for_low)).await;
    }

    /// Whether no key is down; the lines must be at rest.
    pub fn idle(&self) -> bool {
        self.senses.iter().all(Input::is_high)
    }

    /// Looks at every key once; takes 50 µs while a key is down, and less than one while none is.
    pub fn sample(&mut self) -> KeySample {
        let mut sample = KeySample::default();
        if self.idle() {
            return sample;
        }
        self.slots.iter_mut().for_each(Output::set_high);
        for (slot, line) in self.slots.iter_mut().enumerate() {
            line.set_low();
            cortex_m::asm::delay(SETTLE_CYCLES);
            for (index, sense) in self.senses.iter().enumerate() {
                if sense.is_low() {
                    let position = (index / KEYS.len() * SLOTS + slot) as u8;
                    sample = sample.with(position, KEYS[index % KEYS.len()]);
                }
            }
            line.set_high();
        }
        self.slots.iter_mut().for_each(Output::set_low);
        sample
    }
}
