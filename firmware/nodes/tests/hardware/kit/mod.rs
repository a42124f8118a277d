//! What stands in for a chip and what hangs on it.
//!
//! A driver's own pins are embedded-hal-mock's: they check each call. [`Noted`] around them writes down in which order calls of
//! different parts came. Boards are tried on [`Bench`], a chip whose pins are joined to small models of the parts.

mod bench;
mod line;
mod noted;
mod uart;

pub use bench::{Bench, Dial, Said, Slot, driven};
pub use line::Line;
pub use noted::{Deed, Free, Journal, Noted};
pub use uart::Uart;

use core::pin::pin;
use core::task::{Context, Waker};

/// Whether it is done after some looks at it, with nothing coming in between. What is not is given up.
pub fn done<F: Future>(work: F) -> bool {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    (0..4).any(|_| work.as_mut().poll(&mut context).is_ready())
}
