//! The RP2040, as the boards of [`nodes`] see it.

use cortex_m::asm;
use embassy_rp::gpio::{Input, Output};
use embassy_rp::peripherals::SPI0;
use embassy_rp::spi::{Async, Spi};
use embassy_time::Delay;
use embedded_hal::delay::DelayNs;
use nodes::chip::Chip;

use super::analog::AnalogPin;
use super::lights::PioChain;
use super::memory::Scratch;
use super::strobes::PioStrobes;
use super::uart::Uart;
use super::wave::PwmWave;

/// One cycle of the processor at 125 MHz (ns), as `embassy_rp::init` sets it.
const CYCLE: u32 = 8;
const CYCLES_PER_MICRO: u32 = 1_000 / CYCLE;

/// The chip.
pub struct Rp2040;

impl Chip for Rp2040 {
    type Output = Output<'static>;
    type Input = Input<'static>;
    type Spi = Spi<'static, SPI0, Async>;
    type Uart = Uart;
    type Delay = Cycles;
    type Timer = Delay;
    type Chain<const N: usize> = PioChain<N>;
    type Wave = PwmWave;
    type Strobes = PioStrobes;
    type Analog = AnalogPin;
    type Memory = Scratch;
}

/// Waits by counting cycles; the clock's microseconds would be too coarse.
pub struct Cycles;

/// Waits so many cycles, and some four more. `asm::delay` counts two for each turn of its loop; here a turn takes three (Cortex-M0+
/// Technical Reference Manual, table 3-1: `SUBS` one, a branch that is taken two).
fn wait(cycles: u32) {
    asm::delay(cycles - cycles / 3);
}

impl DelayNs for Cycles {
    fn delay_ns(&mut self, ns: u32) {
        wait(ns.div_ceil(CYCLE));
    }

    fn delay_us(&mut self, us: u32) {
        wait(us.saturating_mul(CYCLES_PER_MICRO));
    }
}
