//! What a hand did last.

use uplink::UnixMillis;

use super::act::Act;
use super::codes;

/// Milliseconds within which a press at a key that has just confirmed is the same press again.
pub const AGAIN: i64 = 1_500;

/// What a hand did last: a scan or a press, and whether some work came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// What.
    pub act: Act,
    /// When, by the clock of where it was done.
    pub at: UnixMillis,
    /// Whether something changed by it.
    pub worked: bool,
}

/// A hand, as far as rules look at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hand {
    /// The last scan or press.
    pub last: Option<Last>,
    /// Grams that came to rest on the scale and were not judged yet; none where it is empty or moves.
    pub on_scale: Option<i64>,
}

impl Hand {
    /// Whether a scan or press now, in the same hand's next moment, would be the last one over again: the same code, or the
    /// same key at the same position, within so many milliseconds. Clocks of two devices may differ, so the order of the
    /// two is not looked at.
    pub fn is_double(&self, act: &Act, at: UnixMillis, within: i64) -> bool {
        let Some(last) = &self.last else { return false };
        let alike = match (&last.act, act) {
            (Act::Scan { code: one, .. }, Act::Scan { code: other, .. }) => codes::same(one, other),
            (
                Act::Key {
                    position: one, key: a, ..
                },
                Act::Key {
                    position: other,
                    key: b,
                    ..
                },
            ) => one == other && a == b,
            _ => false,
        };
        alike && at.abs_diff(last.at) < within.unsigned_abs()
    }

    /// Whether its last scan or press did something.
    pub fn has_worked(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.worked)
    }
}
