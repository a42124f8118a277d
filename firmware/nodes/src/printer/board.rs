//! The printer's board: head, motor, sensors, lamp and buzzer.

use embedded_hal::digital::InputPin;
use embedded_hal_async::delay::DelayNs;
use link::Instant;

use super::{Act, Dots, Paper, Printer, Sensors, passes};
use crate::chip::{Analog, Chip};
use crate::parts::face::Face;
use crate::parts::head::Head;
use crate::parts::stepper::Stepper;
use crate::parts::thermistor::celsius;
use crate::time::millis;
use crate::{Board, Events};

/// Readings of the gap sensor from here on are the carrier between labels …
pub const GAP: u16 = 2_100;
/// … and from here on nothing at all.
pub const OUT: u16 = 3_500;
/// The motor's half steps for one row of dots.
pub const STEPS: u8 = 4;
/// Between two half steps (µs): 31 mm of paper a second.
pub const STEP: u32 = 1_000;
/// How often the sensors are read while nothing is printed (µs).
pub const IDLE: u64 = millis(200);
/// Looks at gap sensor and cover that must agree: a speck of dust and a bounce are none.
pub const AGREE: u8 = 3;
/// Rows that a change under the sensor is known too late for that.
pub const LAG: u16 = AGREE as u16 - 1;
/// Between two looks that don't agree, while nothing is printed (µs).
pub const DOUBT: u64 = millis(5);

/// What a printer on this chip is made of.
pub struct PrinterParts<C: Chip> {
    /// Lamp and buzzer.
    pub face: Face<C::Chain<1>, C::Wave>,
    /// The head, cold.
    pub head: Head<C::Spi, C::Output, C::Strobes, C::Delay>,
    /// The motor, let go.
    pub motor: Stepper<C::Output>,
    /// The cover's switch: low while it is shut.
    pub cover: C::Input,
    /// The gap and paper sensor.
    pub gap: C::Analog,
    /// The head's thermistor.
    pub thermistor: C::Analog,
    /// Times the steps.
    pub timer: C::Timer,
}

/// Head, motor, sensors, lamp and buzzer of a printer.
pub struct PrinterBoard<C: Chip> {
    parts: PrinterParts<C>,
    steady: Steady,
    act: Act,
}

/// What the last looks at paper and cover agreed on.
struct Steady {
    held: Option<(Paper, bool)>,
    last: (Paper, bool),
    equal: u8,
}

impl Steady {
    const fn new() -> Self {
        Self {
            held: None,
            last: (Paper::Out, false),
            equal: 0,
        }
    }

    /// Takes a look; the first counts at once.
    fn look(&mut self, look: (Paper, bool)) -> (Paper, bool) {
        let again = look == core::mem::replace(&mut self.last, look);
        self.equal = if again { self.equal.saturating_add(1) } else { 1 };
        if self.equal >= AGREE {
            self.held = Some(look);
        }
        *self.held.get_or_insert(look)
    }

    /// Whether the last look differs from what is held.
    fn doubts(&self) -> bool {
        self.held != Some(self.last)
    }
}

impl<C: Chip> PrinterBoard<C> {
    /// Joins the parts; cold, still and dark.
    pub const fn new(parts: PrinterParts<C>) -> Self {
        Self {
            parts,
            steady: Steady::new(),
            act: Act::Rest,
        }
    }

    /// What can't be read counts as what forbids printing: no paper, an open cover, a hot head.
    fn sensors(&mut self) -> Sensors {
        let paper = match self.parts.gap.read() {
            Ok(reading) if reading < GAP => Paper::Label,
            Ok(reading) if reading < OUT => Paper::Gap,
            _ => Paper::Out,
        };
        let (paper, closed) = self.steady.look((paper, self.parts.cover.is_low().unwrap_or(false)));
        Sensors {
            paper,
            closed,
            celsius: self.parts.thermistor.read().map_or(i8::MAX, celsius),
        }
    }

    async fn advance(&mut self) {
        for _ in 0..STEPS {
            // Nobody here could help a motor that does not obey; the gap that does not come is told.
            let _ = self.parts.motor.step();
            self.parts.timer.delay_us(STEP).await;
        }
    }

    async fn burn(&mut self, dots: &Dots, micros: u16) {
        let head = &mut self.parts.head;
        let _ = head.power(true);
        let mut loaded = None;
        for pass in passes(dots) {
            if loaded != Some(pass.share) {
                if head.load(&pass.share.of(dots)).await.is_err() {
                    // Better a gap in the row than dots that nobody asked for.
                    return;
                }
                loaded = Some(pass.share);
            }
            head.burn(pass.strobes, micros).await;
        }
    }
}

impl<C: Chip, S: AsRef<[u8]> + AsMut<[u8]>> Board<Printer<S>> for PrinterBoard<C> {
    fn exchange(&mut self, now: Instant, printer: &mut Printer<S>, events: &mut dyn Events) -> Option<Instant> {
        let sensors = self.sensors();
        printer.sense(now, sensors, events);
        self.act = printer.next(now, events);
        let tone = printer.tone(now);
        self.parts.face.set(printer.lamp(now), tone);
        Some(match self.act {
            Act::Rest if self.steady.doubts() => now.after(DOUBT),
            Act::Rest => now.after(IDLE),
            Act::Feed | Act::Burn { .. } => now,
        })
    }

    async fn put_out(&mut self) {
        self.parts.face.put_out().await;
        match self.act {
            Act::Rest => {
                // Tried again with each look at the sensors.
                let _ = self.parts.head.power(false);
                let _ = self.parts.motor.release();
            }
            Act::Feed => self.advance().await,
            Act::Burn { dots, micros } => {
                self.burn(&dots, micros).await;
                self.advance().await;
            }
        }
    }
}
