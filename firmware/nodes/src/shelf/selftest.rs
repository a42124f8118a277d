//! The self test: every position lit in turn, each waiting for its confirm key.
//!
//! It needs hands. What did not answer is only told once a later key shows that somebody is there: a test that nobody does
//! ends without a word about any position. Plus or minus ends it too.

use link::Instant;
use link::message::{Colour, Key};

use crate::time::millis;

/// How long a position waits for its key (µs).
const WAIT: u64 = millis(5_000);
/// How long the last key is waited for, which shows that those at the end are broken and not left (µs).
const WAIT_LAST: u64 = millis(15_000);
/// So many positions in a row without a key: nobody is there. More than a level has, so that a broken line is still found.
const ALONE: u8 = 9;
/// All segments lit.
const ALL: u16 = 888;

/// A self test in progress.
pub(super) struct SelfTest {
    units: u8,
    position: u8,
    until: Instant,
    hit: bool,
    passed: u32,
    /// Positions just behind that did not answer, not yet told.
    silent: u8,
    /// Through all positions, this one is asked once more.
    last: Option<u8>,
}

impl SelfTest {
    pub(super) const fn new(units: u8, now: Instant) -> Self {
        Self {
            units,
            position: 0,
            until: now.after(WAIT),
            hit: false,
            passed: 0,
            silent: 0,
            last: None,
        }
    }

    /// A key; true where it ends the test.
    pub(super) fn pressed(&mut self, position: u8, key: Key) -> bool {
        self.hit |= position == self.asked() && key == Key::Confirm;
        key != Key::Confirm
    }

    /// The position whose key is waited for.
    const fn asked(&self) -> u8 {
        match self.last {
            Some(position) => position,
            None => self.position,
        }
    }

    /// Goes on where it is time to, tells what is sure; true when it is over.
    pub(super) fn poll(&mut self, now: Instant, mut tell: impl FnMut(u8, bool)) -> bool {
        if !self.hit && now < self.until {
            return self.position >= self.units && self.last.is_none();
        }
        if self.hit {
            for position in self.position.saturating_sub(self.silent)..self.position {
                tell(position, false);
            }
            self.silent = 0;
        }
        if self.last.is_some() {
            return true;
        }
        if self.hit {
            tell(self.position, true);
            self.passed |= 1 << self.position;
            self.hit = false;
        } else {
            self.silent += 1;
        }
        self.position += 1;
        self.until = now.after(WAIT);
        if self.position >= self.units {
            if self.silent == 0 || self.passed == 0 {
                return true;
            }
            self.last = Some(self.passed.trailing_zeros() as u8);
            self.until = now.after(WAIT_LAST);
        }
        self.silent >= ALONE
    }

    pub(super) const fn due(&self) -> Instant {
        if self.hit { Instant(0) } else { self.until }
    }

    /// White where the key is waited for; green and red behind it.
    pub(super) const fn colour(&self, position: u8) -> Colour {
        if position == self.asked() {
            Colour::D
        } else if position > self.position {
            Colour::Off
        } else if self.passed >> position & 1 == 1 {
            Colour::Done
        } else {
            Colour::Wrong
        }
    }

    pub(super) fn digits(&self, position: u8) -> Option<u16> {
        (position == self.asked()).then_some(ALL)
    }
}
