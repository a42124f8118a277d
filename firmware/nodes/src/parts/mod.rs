//! Drivers of the parts that hang on a chip, each in its own file, over embedded-hal's traits and those of [`crate::chip`].
//!
//! A driver is given its pins at rest, outputs at the level it names. It could not see to that itself: by the time its first line
//! runs, a dot may have burnt.

pub mod buzzer;
pub mod digits;
pub mod duplex;
pub mod face;
pub mod head;
pub mod hx711;
pub mod keys;
pub mod lights;
pub mod push_key;
pub mod renewal;
pub mod rs485;
pub mod stepper;
pub mod thermistor;
pub mod uart;

/// A pin, a bus or a converter has not done what it was asked. Those inside a chip never fail; those behind an expander may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

impl Failed {
    /// What exactly it was, no driver of ours can make use of.
    fn of<E>(_: E) -> Self {
        Self
    }
}
