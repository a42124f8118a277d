//! A thermal head: a row shifted in by SPI, latched, and burnt by six strobes of 64 dots.
//!
//! The strobes are timed by the PIO: whatever the processor is doing, or has stopped doing, a dot is hot for just so long.

use embassy_rp::Peri;
use embassy_rp::clocks::clk_sys_freq;
use embassy_rp::gpio::{AnyPin, Level, Output};
use embassy_rp::peripherals::{DMA_CH1, PIN_4, PIN_5, PIN_6, PIN_7, PIN_8, PIN_9, PIN_18, PIN_19, PIO1, SPI0};
use embassy_rp::pio::program::{Assembler, JmpCondition, MovDestination, MovOperation, MovSource, OutDestination};
use embassy_rp::pio::{Config, Direction, Pio, ShiftConfig, ShiftDirection, StateMachine};
use embassy_rp::spi::{self, Async, Spi};
use embassy_time::Timer;

use super::irqs::Irqs;

/// Strobes of the head.
pub const STROBES: u8 = 6;
/// What heads of the LTP02 kind take at 3.3 V with room to spare.
const CLOCK_HZ: u32 = 4_000_000;
/// /LAT low: 0.4 µs at least; this is 1 µs.
const LATCH_CYCLES: u32 = 125;
/// No dot is ever hotter than this, in µs, whoever asks.
const LONGEST: u16 = 3_000;
/// From the strobe's beginning to the first look whether it is over, beyond its own length (µs).
const MARGIN: u64 = 5;

/// DST1 to DST6, pins that follow each other: the PIO sets them at once.
pub struct StrobePins {
    /// Dots 1 to 64.
    pub dst_1: Peri<'static, PIN_4>,
    /// Dots 65 to 128.
    pub dst_2: Peri<'static, PIN_5>,
    /// Dots 129 to 192.
    pub dst_3: Peri<'static, PIN_6>,
    /// Dots 193 to 256.
    pub dst_4: Peri<'static, PIN_7>,
    /// Dots 257 to 320.
    pub dst_5: Peri<'static, PIN_8>,
    /// Dots 321 to 384.
    pub dst_6: Peri<'static, PIN_9>,
}

/// The head's pins and what drives them.
pub struct Parts {
    /// Shifts rows out.
    pub spi: Peri<'static, SPI0>,
    /// Feeds rows.
    pub dma: Peri<'static, DMA_CH1>,
    /// CLK.
    pub clock: Peri<'static, PIN_18>,
    /// DI.
    pub data: Peri<'static, PIN_19>,
    /// /LAT.
    pub latch: Peri<'static, AnyPin>,
    /// Switch of VH.
    pub power: Peri<'static, AnyPin>,
    /// DST1 to DST6.
    pub strobes: StrobePins,
    /// Times the strobes.
    pub pio: Peri<'static, PIO1>,
}

/// The head.
pub struct Head {
    spi: Spi<'static, SPI0, Async>,
    latch: Output<'static>,
    power: Output<'static>,
    strobes: StateMachine<'static, PIO1, 0>,
}

impl Head {
    /// Cold: no supply, no strobe.
    pub fn new(parts: Parts) -> Self {
        let mut config = spi::Config::default();
        config.frequency = CLOCK_HZ;
        Self {
            power: Output::new(parts.power, Level::Low),
            latch: Output::new(parts.latch, Level::High),
            strobes: strobes(parts.pio, parts.strobes),
            spi: Spi::new_txonly(parts.spi, parts.clock, parts.data, parts.dma, Irqs, config),
        }
    }

    /// Switches the head's supply.
    pub fn power(&mut self, on: bool) {
        self.power.set_level(on.into());
    }

    /// Takes a row over: bit 7 of the first byte is the first dot.
    pub async fn load(&mut self, row: &[u8]) {
        // A transfer to a wire can't fail.
        let _ = self.spi.write(row).await;
        self.latch.set_low();
        cortex_m::asm::delay(LATCH_CYCLES);
        self.latch.set_high();
    }

    /// Heats the row's dots under these strobes (bit 0 = DST1) for `micros`, at most 3 ms.
    pub async fn burn(&mut self, strobes: u8, micros: u16) {
        let micros = micros.min(LONGEST);
        if micros == 0 {
            return;
        }
        let strobes = u32::from(strobes & ((1 << STROBES) - 1));
        // The count first, in the low bits; the loop runs once more than it says.
        self.strobes.tx().wait_push(strobes << 16 | u32::from(micros - 1)).await;
        Timer::after_micros(u64::from(micros) + MARGIN).await;
    }
}

/// A state machine that takes a word (16 bits µs − 1, then 6 bits of strobes) and holds those strobes high for so long.
fn strobes(pio: Peri<'static, PIO1>, pins: StrobePins) -> StateMachine<'static, PIO1, 0> {
    let Pio {
        mut common, mut sm0, ..
    } = Pio::new(pio, Irqs);
    let mut code = Assembler::<32>::new();
    let (mut begin, mut hold, mut end) = (code.label(), code.label(), code.label());
    code.bind(&mut begin);
    code.pull(false, true);
    code.out(OutDestination::X, 16);
    code.out(OutDestination::PINS, STROBES);
    code.bind(&mut hold);
    code.jmp(JmpCondition::XDecNonZero, &mut hold);
    code.mov(MovDestination::PINS, MovOperation::None, MovSource::NULL);
    code.bind(&mut end);
    let program = common.load_program(&code.assemble_with_wrap(end, begin));

    let pins = [
        common.make_pio_pin(pins.dst_1),
        common.make_pio_pin(pins.dst_2),
        common.make_pio_pin(pins.dst_3),
        common.make_pio_pin(pins.dst_4),
        common.make_pio_pin(pins.dst_5),
        common.make_pio_pin(pins.dst_6),
    ];
    let pins = pins.each_ref();
    let mut config = Config::default();
    config.use_program(&program, &[]);
    config.set_out_pins(&pins);
    config.shift_out = ShiftConfig {
        auto_fill: false,
        threshold: 32,
        direction: ShiftDirection::Right,
    };
    // One instruction a microsecond.
    config.clock_divider = ((clk_sys_freq() / 1_000_000) as u16).into();
    sm0.set_config(&config);
    sm0.set_pins(Level::Low, &pins);
    sm0.set_pin_dirs(Direction::Out, &pins);
    sm0.set_enable(true);
    sm0
}
