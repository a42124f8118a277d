//! Keys: debouncing and the watch for a stuck one.

use link::Instant;
use link::message::{Key, MAX_POSITIONS};

use crate::time::millis;

/// Keys at each position, in the order of their bits.
pub const KEYS: [Key; 3] = [Key::Confirm, Key::Plus, Key::Minus];
/// Microseconds between two samples; a change holds when two in a row show it.
pub const SAMPLE: u64 = millis(5);
/// A key pressed longer than this is stuck, in microseconds.
pub const STUCK: u64 = millis(10_000);
const COUNT: usize = MAX_POSITIONS * KEYS.len();

/// One sample of all keys: bit `position * 3 + key`, set while pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeySample(pub u128);

impl KeySample {
    /// With this key down as well.
    #[must_use]
    pub const fn with(self, position: u8, key: Key) -> Self {
        Self(self.0 | 1 << bit(position, key))
    }

    /// Whether this key is down.
    #[must_use]
    pub const fn down(self, position: u8, key: Key) -> bool {
        self.0 >> bit(position, key) & 1 == 1
    }
}

const fn bit(position: u8, key: Key) -> u32 {
    let key = match key {
        Key::Confirm => 0,
        Key::Plus => 1,
        Key::Minus => 2,
    };
    (position as u32 * KEYS.len() as u32 + key) % u128::BITS
}

/// What a sample brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyChange {
    /// Went down.
    Pressed(u8, Key),
    /// Has been down for [`STUCK`]; said once for each press.
    Stuck(u8, Key),
}

/// Debounces all keys of a shelf.
pub struct Keys {
    sampled: Option<Instant>,
    last: u128,
    settled: u128,
    stuck: u128,
    since: [Instant; COUNT],
}

impl Keys {
    /// With all keys up. A key that is down at start is taken as pressed: it may well be a person's finger.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            sampled: None,
            last: 0,
            settled: 0,
            stuck: 0,
            since: [Instant(0); COUNT],
        }
    }

    /// When the next sample is due.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        self.sampled.map(|at| at.after(SAMPLE))
    }

    /// Whether a finger is on a key: one is down and not stuck.
    #[must_use]
    pub const fn pressed(&self) -> bool {
        self.last & !self.stuck != 0
    }

    /// Takes a sample; one that comes sooner than [`SAMPLE`] after the last is left out, so that a caller may be early.
    pub fn sample(&mut self, now: Instant, sample: KeySample, mut change: impl FnMut(KeyChange)) {
        if self.due().is_some_and(|due| now < due) {
            return;
        }
        self.sampled = Some(now);
        let agree = !(sample.0 ^ self.last);
        self.last = sample.0;
        let settled = self.settled & !agree | sample.0 & agree;
        let pressed = settled & !self.settled;
        self.settled = settled;
        self.stuck &= settled;
        let mut watched = settled & !self.stuck;
        while watched != 0 {
            let index = watched.trailing_zeros() as usize;
            watched &= watched - 1;
            let (Some(since), Some(key)) = (self.since.get_mut(index), KEYS.get(index % KEYS.len())) else {
                break;
            };
            let position = (index / KEYS.len()) as u8;
            if pressed >> index & 1 == 1 {
                *since = now;
                change(KeyChange::Pressed(position, *key));
            } else if now.since(*since) >= STUCK {
                self.stuck |= 1 << index;
                change(KeyChange::Stuck(position, *key));
            }
        }
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    fn at(ms: u64) -> Instant {
        Instant(millis(ms))
    }

    fn run(samples: &[(u64, KeySample)]) -> Vec<KeyChange> {
        let mut keys = Keys::new();
        let mut changes = Vec::new();
        for (ms, sample) in samples {
            keys.sample(at(*ms), *sample, |change| changes.push(change));
        }
        changes
    }

    const UP: KeySample = KeySample(0);

    #[test]
    fn a_press_counts_at_the_second_equal_sample() {
        let down = UP.with(7, Key::Minus);
        assert_eq!(run(&[(0, UP), (5, down)]), []);
        assert_eq!(
            run(&[(0, UP), (5, down), (10, down)]),
            [KeyChange::Pressed(7, Key::Minus)]
        );
        assert_eq!(
            run(&[(0, UP), (5, down), (10, down), (15, down), (20, down)]),
            [KeyChange::Pressed(7, Key::Minus)]
        );
    }

    #[test]
    fn bouncing_and_samples_too_early_count_for_nothing() {
        let down = UP.with(0, Key::Confirm);
        assert_eq!(run(&[(0, UP), (5, down), (10, UP), (15, down), (20, UP)]), []);
        assert_eq!(run(&[(0, UP), (5, down), (6, down), (9, down)]), []);
    }

    #[test]
    fn a_key_held_ten_seconds_is_stuck_once_and_may_be_pressed_again() {
        let down = UP.with(23, Key::Plus);
        let mut samples: Vec<_> = (0..2_400).map(|n| (n * 5, down)).collect();
        samples.extend([(12_000, UP), (12_005, UP), (12_010, down), (12_015, down)]);
        assert_eq!(
            run(&samples),
            [
                KeyChange::Pressed(23, Key::Plus),
                KeyChange::Stuck(23, Key::Plus),
                KeyChange::Pressed(23, Key::Plus)
            ]
        );
    }

    proptest! {
        /// Whatever the contacts do, each key alternates: no second press without two equal samples of "up" between.
        #[test]
        fn presses_follow_two_equal_samples(levels in prop::collection::vec(any::<bool>(), 1..200)) {
            let down = UP.with(3, Key::Confirm);
            let samples: Vec<_> =
                levels.iter().enumerate().map(|(n, &level)| (n as u64 * 5, if level { down } else { UP })).collect();
            // The reference: runs of at least two equal samples, each "down" run one press. It starts as "up".
            let mut expected = 0;
            let mut state = false;
            let mut before = false;
            for &level in &levels {
                if level == before && level != state {
                    state = level;
                    expected += usize::from(level);
                }
                before = level;
            }
            prop_assert_eq!(run(&samples).len(), expected);
        }
    }
}
