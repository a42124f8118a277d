//! The self test: every position lit in turn, each waiting for its confirm key.

use link::Instant;
use link::message::{Colour, Key};

use crate::time::millis;

/// How long a position waits for its key (µs).
const WAIT: u64 = millis(5_000);
/// All segments lit.
const ALL: u16 = 888;

/// A self test in progress.
pub(super) struct SelfTest {
    units: u8,
    position: u8,
    until: Instant,
    hit: bool,
    passed: u32,
}

impl SelfTest {
    pub(super) const fn new(units: u8, now: Instant) -> Self {
        Self {
            units,
            position: 0,
            until: now.after(WAIT),
            hit: false,
            passed: 0,
        }
    }

    pub(super) fn pressed(&mut self, position: u8, key: Key) {
        self.hit |= position == self.position && key == Key::Confirm;
    }

    /// Goes on where it is time to, tells each result; true when all are through.
    pub(super) fn poll(&mut self, now: Instant, mut tell: impl FnMut(u8, bool)) -> bool {
        if self.position < self.units && (self.hit || now >= self.until) {
            tell(self.position, self.hit);
            self.passed |= u32::from(self.hit) << self.position;
            self.position += 1;
            self.hit = false;
            self.until = now.after(WAIT);
        }
        self.position >= self.units
    }

    pub(super) const fn due(&self) -> Instant {
        if self.hit { Instant(0) } else { self.until }
    }

    /// White where the key is waited for; green and red behind it.
    pub(super) const fn colour(&self, position: u8) -> Colour {
        if position > self.position {
            Colour::Off
        } else if position == self.position {
            Colour::D
        } else if self.passed >> position & 1 == 1 {
            Colour::Done
        } else {
            Colour::Wrong
        }
    }

    pub(super) fn digits(&self, position: u8) -> Option<u16> {
        (position == self.position).then_some(ALL)
    }
}
