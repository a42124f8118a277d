//! The shelf's keys: a matrix of 8 slot lines, driven, and 9 sense lines with pull-ups, three for each level.
//!
//! A diode at each key lets any number be pressed at once. While none is pressed all slot lines are low and the chip sleeps
//! until a sense line falls: nothing is polled.

use core::future::pending;

use embassy_futures::select::select_array;
use embedded_hal::delay::DelayNs;
use embedded_hal::digital::{InputPin, OutputPin};
use embedded_hal_async::digital::Wait;

use crate::shelf::keys::{KEYS, KeySample};

/// Slots of each level.
pub const SLOTS: usize = 8;
/// Sense lines: three for each level, in the order of [`KEYS`].
pub const SENSES: usize = 9;
/// Time for a line of some metres to take its level over its 4.7 kΩ pull-up (µs).
pub const SETTLE: u32 = 5;

/// The matrix.
pub struct KeyMatrix<O, I, D> {
    slots: [O; SLOTS],
    senses: [I; SENSES],
    delay: D,
}

impl<O: OutputPin, I: InputPin + Wait, D: DelayNs> KeyMatrix<O, I, D> {
    /// The matrix at rest: slot lines are low.
    pub const fn new(slots: [O; SLOTS], senses: [I; SENSES], delay: D) -> Self {
        Self { slots, senses, delay }
    }

    /// Waits until some key is down; for ever where a line can't be waited for. Cancel safe.
    pub async fn pressed(&mut self) {
        let (fallen, _) = select_array(self.senses.each_mut().map(|sense| sense.wait_for_low())).await;
        if fallen.is_err() {
            pending().await
        }
    }

    /// Whether no key is down; the lines must be at rest. A line that can't be read counts as high.
    pub fn idle(&mut self) -> bool {
        !self.senses.iter_mut().any(|sense| sense.is_low().unwrap_or(false))
    }

    /// Looks at every key once; takes some 110 µs while a key is down, and less than one while none is. Keys that can't be told
    /// apart, because a slot line does not obey, count as up: a press that is not seen is repeated, a wrong one booked.
    pub fn sample(&mut self) -> KeySample {
        if self.idle() {
            return KeySample::default();
        }
        let sample = self.scan();
        for slot in &mut self.slots {
            let _ = slot.set_low();
        }
        sample.unwrap_or_default()
    }

    fn scan(&mut self) -> Result<KeySample, O::Error> {
        let mut sample = KeySample::default();
        for slot in &mut self.slots {
            slot.set_high()?;
        }
        for (slot, line) in self.slots.iter_mut().enumerate() {
            line.set_low()?;
            self.delay.delay_us(SETTLE);
            for (index, sense) in self.senses.iter_mut().enumerate() {
                if sense.is_low().unwrap_or(false) {
                    let position = (index / KEYS.len() * SLOTS + slot) as u8;
                    sample = sample.with(position, KEYS[index % KEYS.len()]);
                }
            }
            line.set_high()?;
        }
        Ok(sample)
    }
}
