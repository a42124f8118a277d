//! Three digits a position: a chain of 74HC595, three to a position, each driving the segments of one digit.

use embassy_rp::Peri;
use embassy_rp::gpio::{Level, Output};
use embassy_rp::peripherals::{DMA_CH1, PIN_17, PIN_18, PIN_19, SPI0};
use embassy_rp::spi::{self, Async, Spi};
use link::message::MAX_POSITIONS;
use nodes::shelf::digits::Digits;

use super::irqs::Irqs;

/// Slow enough for metres of ribbon cable.
const CLOCK_HZ: u32 = 500_000;
const BYTES: usize = MAX_POSITIONS * 3;

/// The chain. The first position is the one nearest to the board, its left digit nearest of the three.
pub struct DigitChain {
    spi: Spi<'static, SPI0, Async>,
    latch: Output<'static>,
    shown: Option<[Digits; MAX_POSITIONS]>,
}

impl DigitChain {
    /// The chain, not yet written to: what it shows is unknown.
    pub fn new(
        spi: Peri<'static, SPI0>,
        dma: Peri<'static, DMA_CH1>,
        clock: Peri<'static, PIN_18>,
        data: Peri<'static, PIN_19>,
        latch: Peri<'static, PIN_17>,
    ) -> Self {
        let mut config = spi::Config::default();
        config.frequency = CLOCK_HZ;
        let spi = Spi::new_txonly(spi, clock, data, dma, Irqs, config);
        Self {
            spi,
            latch: Output::new(latch, Level::Low),
            shown: None,
        }
    }

    /// Shows these digits, if they differ from what is shown.
    pub async fn show(&mut self, digits: &[Digits; MAX_POSITIONS]) {
        if self.shown.as_ref() == Some(digits) {
            return;
        }
        let mut bytes = [0; BYTES];
        // What is shifted first travels farthest.
        for (byte, segments) in bytes.iter_mut().zip(digits.iter().flatten().rev()) {
            *byte = *segments;
        }
        // A transfer to a wire can't fail; the driver's error type has no value for it.
        if self.spi.write(&bytes).await.is_ok() {
            self.latch.set_high();
            // 2 µs are a hundred times what a 74HC595 asks for.
            cortex_m::asm::delay(250);
            self.latch.set_low();
            self.shown = Some(*digits);
        }
    }
}
