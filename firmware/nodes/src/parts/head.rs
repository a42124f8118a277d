//! A thermal head: a row shifted in by SPI, latched, and burnt by six strobes of 64 dots.

use embedded_hal::delay::DelayNs;
use embedded_hal::digital::{OutputPin, PinState};
use embedded_hal_async::spi::SpiBus;

use super::Failed;
use crate::chip::Strobes;
use crate::printer::{Dots, STROBES};

/// What heads of the LTP02 kind take at 3.3 V with room to spare (Hz).
pub const CLOCK_HZ: u32 = 4_000_000;
/// How long /LAT is low (µs): 0.4 at least.
pub const LATCH: u32 = 1;
/// No dot is ever hot for longer than this (µs), whoever asks.
pub const LONGEST: u16 = 3_000;

/// The head.
pub struct Head<S, O, B, D> {
    spi: S,
    latch: O,
    power: O,
    strobes: B,
    delay: D,
}

impl<S: SpiBus, O: OutputPin, B: Strobes, D: DelayNs> Head<S, O, B, D> {
    /// Cold: `power` (switch of its supply VH) is low, and so are the strobes; `latch` (/LAT) is high. `spi` has the clock
    /// [`CLOCK_HZ`] at most.
    pub const fn new(spi: S, latch: O, power: O, strobes: B, delay: D) -> Self {
        Self {
            spi,
            latch,
            power,
            strobes,
            delay,
        }
    }

    /// Switches the head's supply.
    ///
    /// # Errors
    /// When the pin does not obey.
    pub fn power(&mut self, on: bool) -> Result<(), Failed> {
        self.power.set_state(PinState::from(on)).map_err(Failed::of)
    }

    /// Takes a row over: bit 7 of the first byte is the first dot.
    ///
    /// # Errors
    /// When it could not be taken over; the head then holds another row, which must not be burnt.
    pub async fn load(&mut self, row: &Dots) -> Result<(), Failed> {
        self.spi.write(row).await.map_err(Failed::of)?;
        self.spi.flush().await.map_err(Failed::of)?;
        self.latch.set_low().map_err(Failed::of)?;
        self.delay.delay_us(LATCH);
        self.latch.set_high().map_err(Failed::of)
    }

    /// Heats the row's dots under these strobes (bit 0 = DST1) for `micros`, at most [`LONGEST`].
    pub async fn burn(&mut self, strobes: u8, micros: u16) {
        let strobes = strobes & ((1 << STROBES) - 1);
        if strobes != 0 && micros != 0 {
            self.strobes.pulse(strobes, micros.min(LONGEST)).await;
        }
    }
}
