//! The printer's board.

use embassy_rp::adc::{self, Adc, Blocking, Channel};
use embassy_rp::gpio::{Input, Pull};
use embassy_time::{Duration, Timer};
use link::Instant;
use nodes::printer::{Act, Paper, Printer, Sensors, passes};
use nodes::{Board, Events};

use super::face::Lamp;
use crate::board::head::{Head, Parts, StrobePins};
use crate::board::stepper::Stepper;
use crate::board::thermistor::celsius;
use crate::pins::Face;
use crate::pins::printer::PrinterPins;

/// Readings of the gap sensor from here on are the carrier between labels …
const GAP: u16 = 2_100;
/// … and from here on nothing at all.
const OUT: u16 = 3_500;
/// The motor's half steps for one row of dots.
const STEPS: u8 = 4;
/// Between two half steps: 31 mm of paper a second.
const STEP: Duration = Duration::from_millis(1);
/// How often the sensors are read while nothing is printed (µs).
const IDLE: u64 = 200_000;

/// Head, motor, sensors, lamp and buzzer of a printer.
pub struct PrinterBoard {
    lamp: Lamp,
    head: Head,
    motor: Stepper,
    cover: Input<'static>,
    adc: Adc<'static, Blocking>,
    gap: Channel<'static>,
    thermistor: Channel<'static>,
    act: Act,
}

impl PrinterBoard {
    /// Brings the parts up; cold, still and dark.
    pub fn new(face: Face, pins: PrinterPins) -> Self {
        let head = Head::new(Parts {
            spi: pins.head_spi,
            dma: pins.head_dma,
            clock: pins.head_clock,
            data: pins.head_data,
            latch: pins.head_latch.into(),
            power: pins.head_power.into(),
            strobes: StrobePins {
                dst_1: pins.strobe_1,
                dst_2: pins.strobe_2,
                dst_3: pins.strobe_3,
                dst_4: pins.strobe_4,
                dst_5: pins.strobe_5,
                dst_6: pins.strobe_6,
            },
            pio: pins.head_pio,
        });
        let coils = [
            pins.motor_a1.into(),
            pins.motor_a2.into(),
            pins.motor_b1.into(),
            pins.motor_b2.into(),
        ];
        Self {
            lamp: Lamp::new(face),
            head,
            motor: Stepper::new(coils, pins.motor_sleep.into()),
            cover: Input::new(pins.cover, Pull::Up),
            adc: Adc::new_blocking(pins.adc, adc::Config::default()),
            gap: Channel::new_pin(pins.gap, Pull::None),
            thermistor: Channel::new_pin(pins.thermistor, Pull::None),
            act: Act::Rest,
        }
    }

    /// A conversion takes 2 µs. One that fails counts as a sensor that is not there: no paper, a hot head.
    fn sensors(&mut self) -> Sensors {
        let paper = match self.adc.blocking_read(&mut self.gap) {
            Ok(reading) if reading < GAP => Paper::Label,
            Ok(reading) if reading < OUT => Paper::Gap,
            _ => Paper::Out,
        };
        let celsius = self.adc.blocking_read(&mut self.thermistor).map_or(i8::MAX, celsius);
        Sensors {
            paper,
            closed: self.cover.is_low(),
            celsius,
        }
    }

    async fn advance(&mut self) {
        for _ in 0..STEPS {
            self.motor.step();
            Timer::after(STEP).await;
        }
    }
}

impl<S: AsRef<[u8]> + AsMut<[u8]>> Board<Printer<S>> for PrinterBoard {
    fn exchange(&mut self, now: Instant, printer: &mut Printer<S>, events: &mut dyn Events) -> Option<Instant> {
        let sensors = self.sensors();
        printer.sense(now, sensors, events);
        self.act = printer.next(now, events);
        let tone = printer.tone(now);
        self.lamp.set(printer.lamp(now), tone);
        Some(if self.act == Act::Rest { now.after(IDLE) } else { now })
    }

    async fn put_out(&mut self) {
        self.lamp.put_out().await;
        match self.act {
            Act::Rest => {
                self.head.power(false);
                self.motor.release();
            }
            Act::Feed => self.advance().await,
            Act::Burn { dots, micros } => {
                self.head.power(true);
                let mut loaded = None;
                for pass in passes(&dots) {
                    if loaded != Some(pass.share) {
                        self.head.load(&pass.share.of(&dots)).await;
                        loaded = Some(pass.share);
                    }
                    self.head.burn(pass.strobes, micros).await;
                }
                self.advance().await;
            }
        }
    }
}
