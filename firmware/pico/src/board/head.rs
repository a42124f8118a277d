//! A thermal head: a row shifted in by SPI, latched, and burnt by six strobes of 64 dots.

use embassy_rp::Peri;
use embassy_rp::gpio::{AnyPin, Level, Output};
use embassy_rp::peripherals::{DMA_CH1, PIN_18, PIN_19, SPI0};
use embassy_rp::spi::{self, Async, Spi};

use super::irqs::Irqs;

/// Strobes of the head.
pub const STROBES: usize = 6;
/// What heads of the LTP02 kind take at 3.3 V with room to spare.
const CLOCK_HZ: u32 = 4_000_000;
/// /LAT low: 0.4 µs at least; this is 1 µs.
const LATCH_CYCLES: u32 = 125;

/// The head.
pub struct Head {
    spi: Spi<'static, SPI0, Async>,
    latch: Output<'static>,
    strobes: [Output<'static>; STROBES],
    power: Output<'static>,
}

impl Head {
    /// Cold: no supply, no strobe.
    pub fn new(
        spi: Peri<'static, SPI0>,
        dma: Peri<'static, DMA_CH1>,
        clock: Peri<'static, PIN_18>,
        data: Peri<'static, PIN_19>,
        latch: Peri<'static, AnyPin>,
        strobes: [Peri<'static, AnyPin>; STROBES],
        power: Peri<'static, AnyPin>,
    ) -> Self {
        let mut config = spi::Config::default();
        config.frequency = CLOCK_HZ;
        Self {
            strobes: strobes.map(|pin| Output::new(pin, Level::Low)),
            power: Output::new(power, Level::Low),
            latch: Output::new(latch, Level::High),
            spi: Spi::new_txonly(spi, clock, data, dma, Irqs, config),
        }
    }
}
