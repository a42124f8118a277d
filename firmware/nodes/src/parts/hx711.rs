//! HX711: a load cell's converter, read bit by bit.

use core::future::pending;

use embedded_hal::delay::DelayNs;
use embedded_hal::digital::{InputPin, OutputPin};
use embedded_hal_async::digital::Wait;

/// Bits of a conversion; the pulses of a reading are one more.
pub const BITS: u32 = 24;
/// Half a clock (ns): the converter asks for 200 at least, which moving a pin takes as well, and goes to sleep after 60,000 of high.
pub const HALF: u32 = 200;

/// The converter, channel A with a gain of 128.
pub struct Hx711<I, O, D> {
    data: I,
    clock: O,
    delay: D,
    /// The data line stayed low after the last reading: a short, no converter.
    stuck: bool,
}

impl<I: InputPin + Wait, O: OutputPin, D: DelayNs> Hx711<I, O, D> {
    /// Awake, at its own ten conversions a second: `clock` is low. `data` has a pull-up, so that a broken wire reads as "none".
    pub const fn new(data: I, clock: O, delay: D) -> Self {
        Self {
            data,
            clock,
            delay,
            stuck: false,
        }
    }

    /// Waits until a conversion is ready; for ever where no converter is connected. Cancel safe.
    pub async fn ready(&mut self) {
        if self.fallen().await.is_err() {
            pending().await
        }
    }

    async fn fallen(&mut self) -> Result<(), I::Error> {
        if self.stuck {
            // It would be ready at once, again and again.
            self.data.wait_for_high().await?;
            self.stuck = false;
        }
        self.data.wait_for_low().await
    }

    /// Reads a conversion that is ready: counts, −2²³ to 2²³ − 1. None where there is none, the line is stuck or a pin failed.
    pub fn read(&mut self) -> Option<i32> {
        if !self.data.is_low().unwrap_or(false) {
            return None;
        }
        // An interrupt while the clock is high could put the converter to sleep; all of it takes some 80 µs.
        critical_section::with(|_| self.shift())
    }

    fn shift(&mut self) -> Option<i32> {
        let mut raw = 0u32;
        for _ in 0..BITS {
            raw = raw << 1 | u32::from(self.pulse()?);
        }
        // One more asks for channel A, gain 128, again, and the converter lets go of the line.
        self.stuck = !self.pulse()?;
        // The sign is bit 23.
        (!self.stuck).then_some((raw << 8).cast_signed() >> 8)
    }

    fn pulse(&mut self) -> Option<bool> {
        self.clock.set_high().ok()?;
        self.delay.delay_ns(HALF);
        let bit = self.data.is_high();
        self.clock.set_low().ok()?;
        self.delay.delay_ns(HALF);
        bit.ok()
    }
}
