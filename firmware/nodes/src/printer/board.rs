//! The printer's board: head, motor, sensors, lamp and buzzer.

use embedded_hal::digital::InputPin;
use embedded_hal_async::delay::DelayNs;
use link::Instant;

use super::gap::Levels;
use super::{Act, Dots, Paper, Printer, Sensors, Sheet, passes};
use crate::chip::{Analog, Chip};
use crate::parts::face::Face;
use crate::parts::head::Head;
use crate::parts::stepper::Stepper;
use crate::parts::thermistor::celsius;
use crate::time::millis;
use crate::{Board, Events};

/// The motor's half steps for one row of dots.
pub const STEPS: u8 = 4;
/// Between two half steps (µs): 12.5 mm of paper a second. Slow enough for the mechanisms' motors from standstill, where each row
/// begins while dots are burnt between rows; a ramp would gain nothing there.
pub const STEP: u32 = 2_500;
/// From the head's supply to the first strobe (µs): the switch is soft, and the head's capacitors and its logic settle.
pub const POWER_UP: u32 = 10_000;
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
    /// What the head wants.
    pub sheet: Sheet,
}

/// Head, motor, sensors, lamp and buzzer of a printer.
pub struct PrinterBoard<C: Chip> {
    parts: PrinterParts<C>,
    steady: Steady,
    levels: Levels,
    act: Act,
    /// The paper has moved since the sensors were looked at.
    moved: bool,
    /// The head has its supply.
    powered: bool,
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
            levels: Levels::new(),
            act: Act::Rest,
            moved: false,
            powered: false,
        }
    }

    /// What can't be read counts as what forbids printing: no paper, an open cover, a hot head.
    fn sensors(&mut self) -> Sensors {
        let moved = core::mem::take(&mut self.moved);
        let paper = self.parts.gap.read().map_or(Paper::Out, |reading| {
            if moved {
                self.levels.moved(reading);
            }
            self.levels.paper(reading)
        });
        let (paper, closed) = self.steady.look((paper, self.parts.cover.is_low().unwrap_or(false)));
        if !closed {
            self.levels.forget();
        }
        Sensors {
            paper,
            closed,
            celsius: self.parts.thermistor.read().map_or(i8::MAX, celsius),
        }
    }

    async fn advance(&mut self) {
        self.moved = true;
        for _ in 0..STEPS {
            // Nobody here could help a motor that does not obey; the gap that does not come is told.
            let _ = self.parts.motor.step();
            self.parts.timer.delay_us(STEP).await;
        }
    }

    async fn burn(&mut self, dots: &Dots, celsius: i8) {
        let head = &mut self.parts.head;
        if !self.powered {
            if head.power(true).is_err() {
                return;
            }
            self.powered = true;
            self.parts.timer.delay_us(POWER_UP).await;
        }
        let mut loaded = None;
        for pass in passes(dots) {
            if loaded != Some(pass.share) {
                if head.load(&pass.share.of(dots)).await.is_err() {
                    // Better a gap in the row than dots that nobody asked for.
                    return;
                }
                loaded = Some(pass.share);
            }
            head.burn(pass.strobes, self.parts.sheet.micros(celsius, pass.hot))
                .await;
        }
    }
}

impl<C: Chip, S: AsRef<[u8]> + AsMut<[u8]>> Board<Printer<S>> for PrinterBoard<C> {
    fn exchange(&mut self, now: Instant, printer: &mut Printer<S>, events: &mut dyn Events) -> Option<Instant> {
        let sensors = self.sensors();
        printer.sense(now, sensors, events);
        self.act = printer.next(now, events);
        let tone = printer.tone(now);
        self.parts.face.set(now, printer.lamp(now), tone);
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
                self.powered = false;
                let _ = self.parts.motor.release();
            }
            Act::Feed => self.advance().await,
            Act::Burn { dots, celsius } => {
                self.burn(&dots, celsius).await;
                self.advance().await;
            }
        }
    }
}
