//! A bipolar stepper behind two H bridges (DRV8833).

use embassy_rp::Peri;
use embassy_rp::gpio::{AnyPin, Level, Output};

/// The coils' levels A1, A2, B1, B2 in eight half steps.
const HALF_STEPS: [[bool; 4]; 8] = [
    [true, false, false, false],
    [true, false, true, false],
    [false, false, true, false],
    [false, true, true, false],
    [false, true, false, false],
    [false, true, false, true],
    [false, false, false, true],
    [true, false, false, true],
];

/// The motor.
pub struct Stepper {
    coils: [Output<'static>; 4],
    awake: Output<'static>,
    phase: usize,
}

impl Stepper {
    /// Let go.
    pub fn new(coils: [Peri<'static, AnyPin>; 4], awake: Peri<'static, AnyPin>) -> Self {
        Self {
            coils: coils.map(|pin| Output::new(pin, Level::Low)),
            awake: Output::new(awake, Level::Low),
            phase: 0,
        }
    }

    /// Half a step forward.
    pub fn step(&mut self) {
        self.phase = (self.phase + 1) % HALF_STEPS.len();
        for (coil, level) in self.coils.iter_mut().zip(HALF_STEPS[self.phase]) {
            coil.set_level(level.into());
        }
        self.awake.set_high();
    }

    /// Lets go of the paper; a motor held warm for hours would be of no use to anybody.
    pub fn release(&mut self) {
        self.awake.set_low();
        self.coils.iter_mut().for_each(Output::set_low);
    }
}
