//! When outputs are written anew although nothing about them has changed.
//!
//! A spark at a key or a dip of the supply may flip a bit in a light or a digit. It would show a wrong count until the next change,
//! while confirm books the right one.

use link::Instant;

use crate::time::millis;

/// Between two writings (µs). Boards are looked after at least this often, so that a flipped bit is right again within twice this.
pub const RENEW: u64 = millis(500);

/// Watches over outputs that keep what they were given.
#[derive(Default)]
pub struct Renewal(Instant);

impl Renewal {
    /// Nothing written yet: due after [`RENEW`] from the node's start.
    #[must_use]
    pub const fn new() -> Self {
        Self(Instant(0))
    }

    /// Whether it is time to write them again, which then counts as done.
    pub fn due(&mut self, now: Instant) -> bool {
        let due = now.since(self.0) >= RENEW;
        if due {
            self.0 = now;
        }
        due
    }
}
