//! HX711: a load cell's converter, read bit by bit.

use embassy_rp::Peri;
use embassy_rp::gpio::{Input, Level, Output, Pull};
use embassy_rp::peripherals::{PIN_4, PIN_5};

const BITS: u32 = 24;
/// Half a clock: the converter asks for 0.2 µs at least, and goes to sleep after 60 µs of high.
const HALF_CYCLES: u32 = 125;

/// The converter, channel A with a gain of 128.
pub struct Hx711 {
    data: Input<'static>,
    clock: Output<'static>,
}

impl Hx711 {
    /// Awake, at its own ten conversions a second.
    pub fn new(data: Peri<'static, PIN_4>, clock: Peri<'static, PIN_5>) -> Self {
        Self {
            data: Input::new(data, Pull::Up),
            clock: Output::new(clock, Level::Low),
        }
    }

    /// Waits until a conversion is ready; for ever where no converter is connected.
    pub async fn ready(&mut self) {
        self.data.wait_for_low().await;
    }

    /// Reads a conversion that is ready: counts, −2²³ to 2²³ − 1. None where there is none.
    pub fn read(&mut self) -> Option<i32> {
        if self.data.is_high() {
            return None;
        }
        // An interrupt while the clock is high could put the converter to sleep; all of it takes 50 µs.
        let raw = critical_section::with(|_| {
            let raw = (0..BITS).fold(0u32, |bits, _| bits << 1 | u32::from(self.pulse()));
            // One more asks for channel A, gain 128, again.
            self.pulse();
            raw
        });
        // The sign is bit 23.
        Some((raw << 8).cast_signed() >> 8)
    }

    fn pulse(&mut self) -> bool {
        self.clock.set_high();
        cortex_m::asm::delay(HALF_CYCLES);
        let bit = self.data.is_high();
        self.clock.set_low();
        cortex_m::asm::delay(HALF_CYCLES);
        bit
    }
}
