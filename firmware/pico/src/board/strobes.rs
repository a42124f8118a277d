//! The printer's strobes, timed by the PIO: whatever the processor is doing, or has stopped doing, a dot is hot for just so long.

use embassy_rp::Peri;
use embassy_rp::clocks::clk_sys_freq;
use embassy_rp::gpio::Level;
use embassy_rp::pac;
use embassy_rp::pac::io::vals::Outover;
use embassy_rp::peripherals::{PIN_4, PIN_5, PIN_6, PIN_7, PIN_8, PIN_9, PIO1};
use embassy_rp::pio::program::{Assembler, JmpCondition, MovDestination, MovOperation, MovSource, OutDestination};
use embassy_rp::pio::{Config, Direction, Pio, ShiftConfig, ShiftDirection, StateMachine};
use embassy_time::Timer;
use nodes::chip::{Burns, Strobes};

use super::irqs::Irqs;

/// Lines; those of a head.
const LINES: u8 = nodes::printer::STROBES as u8;
/// The pin of the first line: DST1 is GP4.
const FIRST: u8 = 4;
/// From a pulse's beginning to the look whether it is over, beyond its own length (µs).
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

/// A state machine that takes a word (16 bits µs − 1, then 6 bits of strobes) and holds those strobes at the level that burns for so long.
pub struct PioStrobes(StateMachine<'static, PIO1, 0>);

impl PioStrobes {
    /// All at rest.
    pub fn new(pio: Peri<'static, PIO1>, pins: StrobePins, burns: Burns) -> Self {
        let Pio {
            mut common, mut sm0, ..
        } = Pio::new(pio, Irqs);
        let mut code = Assembler::<32>::new();
        let (mut begin, mut hold, mut end) = (code.label(), code.label(), code.label());
        code.bind(&mut begin);
        code.pull(false, true);
        code.out(OutDestination::X, 16);
        code.out(OutDestination::PINS, LINES);
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
        if burns == Burns::Low {
            // Behind the state machine, and before the pads are driven: at no time is a dot hot that should rest.
            for line in 0..LINES {
                let pin = pac::IO_BANK0.gpio(usize::from(FIRST + line));
                pin.ctrl().modify(|ctrl| ctrl.set_outover(Outover::INVERT));
            }
        }
        sm0.set_pin_dirs(Direction::Out, &pins);
        sm0.set_enable(true);
        Self(sm0)
    }
}

impl Strobes for PioStrobes {
    async fn pulse(&mut self, lines: u8, micros: u16) {
        // The count first, in the low bits; the loop runs once more than it says.
        let word = u32::from(lines) << 16 | u32::from(micros.saturating_sub(1));
        self.0.tx().wait_push(word).await;
        Timer::after_micros(u64::from(micros) + MARGIN).await;
    }
}
