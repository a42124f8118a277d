//! What a board asks of a chip. A new chip implements [`Chip`] once, and every board of ours runs on it.
//!
//! Pins, buses, UARTs and delays are embedded-hal's and embedded-io's. What those have no trait for has a small one here.

use embedded_hal::delay::DelayNs;
use embedded_hal::digital::{InputPin, OutputPin};
use embedded_hal_async::delay::DelayNs as Timer;
use embedded_hal_async::digital::Wait;
use embedded_hal_async::spi::SpiBus;
use embedded_io_async::{Read, Write};

use crate::colour::Rgb;
use crate::parts::Failed;

/// A chip's own types for what hangs on its pins.
pub trait Chip {
    /// A driven pin; all of one type, as HALs give them.
    type Output: OutputPin;
    /// A sensed pin. Waiting for it costs nothing: an interrupt ends the wait.
    type Input: InputPin + Wait;
    /// An SPI bus that is only written to, mode 0.
    type Spi: SpiBus;
    /// A UART that keeps what comes while nobody reads.
    type Uart: Read + Write;
    /// Waits of some microseconds, interrupts disabled or not.
    type Delay: DelayNs;
    /// Waits during which others work.
    type Timer: Timer;
    /// `N` lights on one wire.
    type Chain<const N: usize>: LightChain<N>;
    /// What makes a buzzer sound.
    type Wave: SquareWave;
    /// What times a thermal head's strobes.
    type Strobes: Strobes;
    /// A pin whose voltage is read.
    type Analog: Analog;
    /// What outlives a reset.
    type Memory: Memory;
}

/// A number that outlives a reset of the chip, and not a cut of its supply.
pub trait Memory {
    /// What was remembered: none since the supply came on.
    fn recall(&self) -> Option<i32>;

    /// Remembers it, from −2²³ to 2²³ − 1.
    fn remember(&mut self, number: i32);
}

/// A chain of `N` WS2812 lights, or what takes colours likewise.
pub trait LightChain<const N: usize> {
    /// Sends a colour to each, the nearest first. It may return before the lights have taken them over; what is sent next waits
    /// until they have.
    async fn write(&mut self, colours: &[Rgb; N]);
}

/// A square wave on a pin.
pub trait SquareWave {
    /// Begins, or goes on with, `hertz` (30 and more); the pin is high for one part in `share` (2 and more) of each period.
    fn start(&mut self, hertz: u16, share: u16);

    /// Ends; the pin stays low.
    fn stop(&mut self);
}

/// Which level of a strobe makes a head's dots hot: its sheet says. A head taken for the other kind is hot with all its dots while it
/// should rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Burns {
    /// LTP02-245 and its like.
    High,
    /// LTPD247 and its like.
    Low,
}

/// The strobe lines of a thermal head, at rest but for the pulses asked for.
///
/// A dot that stays hot burns the head. So hardware must end each pulse, whatever the processor is doing or has stopped doing.
pub trait Strobes {
    /// Holds the lines whose bit is set (bit 0 is the first) at the level that burns for `micros`, at least 1; returns when they rest
    /// again.
    async fn pulse(&mut self, lines: u8, micros: u16);
}

/// The enable pin of a shared line's driver: high while the node speaks.
pub trait DriverEnable: OutputPin {
    /// The last bit that was given to the UART leaves in so many µs at the earliest. From then on the pin falls by itself as soon as the
    /// UART has nothing more to say; setting the pin either way puts an end to that.
    fn falls_after(&mut self, micros: u32);
}

/// A voltage.
pub trait Analog {
    /// 0 at ground to 4095 at the chip's supply.
    ///
    /// # Errors
    /// When the conversion failed.
    fn read(&mut self) -> Result<u16, Failed>;
}

/// A UART that knows when its last bit has left. embedded-io's `flush` may return when its buffer is empty.
pub trait Busy {
    /// Whether something of what was written is still on its way out.
    fn is_busy(&self) -> bool;
}
