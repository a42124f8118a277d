//! What stands in for a chip and what hangs on it.
//!
//! A driver's own pins are embedded-hal-mock's: they check each call. [`Noted`] around them writes down in which order calls of
//! different parts came.

mod line;
mod noted;
mod uart;

pub use line::Line;
pub use noted::{Deed, Free, Journal, Noted};
pub use uart::Uart;

use embassy_futures::poll_once;

/// Whether it is done when it is looked at once. What is not is given up.
pub fn done<F: Future>(work: F) -> bool {
    poll_once(work).is_ready()
}
