//! A bipolar stepper behind two H bridges (DRV8833).

use embedded_hal::digital::{OutputPin, PinState};

use super::Failed;

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
pub struct Stepper<O> {
    coils: [O; 4],
    awake: O,
    phase: usize,
}

impl<O: OutputPin> Stepper<O> {
    /// Let go: `coils` (A1, A2, B1, B2) and `awake` (nSLEEP) are low.
    pub const fn new(coils: [O; 4], awake: O) -> Self {
        Self { coils, awake, phase: 0 }
    }

    /// Half a step forward.
    ///
    /// # Errors
    /// When a pin does not obey; the motor may have stayed where it was.
    pub fn step(&mut self) -> Result<(), Failed> {
        self.phase = (self.phase + 1) % HALF_STEPS.len();
        for (coil, level) in self.coils.iter_mut().zip(HALF_STEPS[self.phase]) {
            coil.set_state(PinState::from(level)).map_err(Failed::of)?;
        }
        self.awake.set_high().map_err(Failed::of)
    }

    /// Lets go of the paper; a motor held warm for hours would be of no use to anybody.
    ///
    /// # Errors
    /// When a pin does not obey; the others are let go all the same.
    pub fn release(&mut self) -> Result<(), Failed> {
        let mut released = Ok(());
        for pin in core::iter::once(&mut self.awake).chain(&mut self.coils) {
            released = released.and(pin.set_low().map_err(Failed::of));
        }
        released
    }
}
