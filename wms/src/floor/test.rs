//! Self tests that are being done: what the pages say while hands are led through one.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// A shelf that told nothing for so long has given the test up: it waits for some nine keys, 5 s each.
const GIVEN_UP: Duration = Duration::from_secs(60);

/// A self test that was begun here.
#[derive(Clone, Debug)]
pub(super) struct Test {
    /// Number of the desire that began it.
    pub number: u64,
    units: u8,
    told: BTreeSet<u8>,
    last: Instant,
}

/// How far a self test has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TestSeen {
    /// Positions that have been judged.
    pub told: usize,
    /// Of so many.
    pub units: u8,
    /// Whether it was given up because nobody pressed; else it goes on.
    pub given_up: bool,
}

impl Test {
    pub fn begin(number: u64, units: u8) -> Self {
        Self {
            number,
            units,
            told: BTreeSet::new(),
            last: Instant::now(),
        }
    }

    /// A position was judged; true when all have been.
    pub fn told(&mut self, position: u8) -> bool {
        self.told.insert(position);
        self.last = Instant::now();
        self.told.len() >= usize::from(self.units)
    }

    pub fn seen(&self, now: Instant) -> TestSeen {
        TestSeen {
            told: self.told.len(),
            units: self.units,
            given_up: now.saturating_duration_since(self.last) >= GIVEN_UP,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w9_a_test_is_over_when_all_are_judged_or_nobody_presses() {
        let mut test = Test::begin(1, 2);
        assert!(!test.told(0));
        assert!(!test.told(0), "the same again is one");
        let seen = test.seen(test.last);
        assert_eq!((seen.told, seen.units, seen.given_up), (1, 2, false));
        assert!(test.seen(test.last + GIVEN_UP).given_up);
        assert!(test.told(1));
    }
}
