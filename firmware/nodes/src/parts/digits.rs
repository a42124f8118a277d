//! Three digits a position: a chain of 74HC595, three to a position, each driving the segments of one digit.

use embedded_hal::delay::DelayNs;
use embedded_hal::digital::OutputPin;
use embedded_hal_async::spi::SpiBus;
use link::message::MAX_POSITIONS;

use super::Failed;
use crate::shelf::digits::Digits;

/// The fastest clock that metres of ribbon cable carry (Hz).
pub const CLOCK_HZ: u32 = 500_000;
/// How long the latch is high (µs): a hundred times what a 74HC595 asks for.
pub const LATCH: u32 = 2;
const BYTES: usize = MAX_POSITIONS * 3;

/// The chain. The first position is the one nearest to the board, its left digit nearest of the three.
pub struct DigitChain<S, O, D> {
    spi: S,
    latch: O,
    delay: D,
    shown: Option<[Digits; MAX_POSITIONS]>,
}

impl<S: SpiBus, O: OutputPin, D: DelayNs> DigitChain<S, O, D> {
    /// The chain, not yet written to: what it shows is unknown. `spi` has the clock [`CLOCK_HZ`] at most, `latch` is low.
    pub const fn new(spi: S, latch: O, delay: D) -> Self {
        Self {
            spi,
            latch,
            delay,
            shown: None,
        }
    }

    /// What is shown may have changed by itself: the next call of [`Self::show`] writes it.
    pub const fn doubt(&mut self) {
        self.shown = None;
    }

    /// Shows these digits, if they differ from what is shown.
    ///
    /// # Errors
    /// When they could not be put out; what is shown is then unknown, and the next call tries again.
    pub async fn show(&mut self, digits: &[Digits; MAX_POSITIONS]) -> Result<(), Failed> {
        if self.shown.as_ref() == Some(digits) {
            return Ok(());
        }
        self.shown = None;
        let mut bytes = [0; BYTES];
        // What is shifted first travels farthest.
        for (byte, segments) in bytes.iter_mut().zip(digits.iter().flatten().rev()) {
            *byte = *segments;
        }
        self.spi.write(&bytes).await.map_err(Failed::of)?;
        self.spi.flush().await.map_err(Failed::of)?;
        self.latch.set_high().map_err(Failed::of)?;
        self.delay.delay_us(LATCH);
        self.latch.set_low().map_err(Failed::of)?;
        self.shown = Some(*digits);
        Ok(())
    }
}
