//! A rack with lights, digits and keys.

use std::sync::Arc;
use std::time::{Duration, Instant as HostInstant};

use link::Instant;
use link::message::{Colour, Key, MAX_POSITIONS, Mode, Verdict};
use nodes::colour::Rgb;
use nodes::shelf::Shelf;
use nodes::shelf::digits::{self, Digits};
use nodes::shelf::keys::{KeySample, SAMPLE};
use nodes::{Board, Events};

use super::Part;

/// A key needs to be up for so long between two presses to be seen up.
const BETWEEN: Duration = Duration::from_millis(20);

/// One look of the node at its keys counts for no more: on a machine that is busy with something else a finger stays until it
/// was felt.
const LOOK: Duration = Duration::from_micros(SAMPLE);

/// A finger on a key.
struct Finger {
    position: u8,
    key: Key,
    hold: Duration,
    /// How long it is there, as the node felt it; none while it waits for those before it.
    there: Option<Duration>,
}

/// One position as it is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// How it shines.
    pub colour: Colour,
    /// Steady or blinking.
    pub mode: Mode,
    /// The LED at this moment.
    pub rgb: Rgb,
    /// The segments.
    pub digits: Digits,
    /// The verdict that shines.
    pub verdict: Option<Verdict>,
}

/// The rack.
pub struct ShelfHardware {
    /// In the order in which they were meant.
    fingers: Vec<Finger>,
    looked: Option<HostInstant>,
    seen: Vec<Seen>,
    testing: bool,
}

impl ShelfHardware {
    /// Dark.
    pub fn new() -> Self {
        let dark = Seen {
            colour: Colour::Off,
            mode: Mode::On,
            rgb: Rgb::OFF,
            digits: digits::DARK,
            verdict: None,
        };
        Self {
            fingers: Vec::new(),
            looked: None,
            seen: vec![dark; MAX_POSITIONS],
            testing: false,
        }
    }

    /// Puts a finger on a key for so long, after those already meant for it.
    pub fn press(&mut self, position: u8, key: Key, hold: Duration) {
        self.fingers.push(Finger {
            position,
            key,
            hold,
            there: None,
        });
    }

    /// What is seen, by position.
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }

    /// Whether a self test goes on.
    pub const fn testing(&self) -> bool {
        self.testing
    }

    fn sample(&mut self, now: HostInstant) -> (KeySample, bool) {
        let since = self.looked.map_or(Duration::ZERO, |looked| now.duration_since(looked));
        self.looked = Some(now);
        self.fingers.retain_mut(|finger| {
            finger.there = finger.there.map(|there| there + since.min(LOOK));
            finger.there.is_none_or(|there| there < finger.hold + BETWEEN)
        });
        let mut sample = KeySample::default();
        let mut touched = 0_u64;
        for finger in &mut self.fingers {
            let alone = touched >> finger.position & 1 == 0;
            touched |= 1 << finger.position;
            if alone && *finger.there.get_or_insert(Duration::ZERO) < finger.hold {
                sample = sample.with(finger.position, finger.key);
            }
        }
        (sample, !self.fingers.is_empty())
    }
}

/// Joins the rack to the shelf's logic.
pub struct ShelfBoard(pub Arc<Part<ShelfHardware>>);

impl Board<Shelf> for ShelfBoard {
    fn exchange(&mut self, now: Instant, shelf: &mut Shelf, events: &mut dyn Events) -> Option<Instant> {
        let (sample, busy) = self.0.state().sample(HostInstant::now());
        shelf.sample(now, sample, events);
        let frame = shelf.frame(now);
        let digits = shelf.digits();
        let seen: Vec<_> = (0..MAX_POSITIONS as u8)
            .zip(frame.iter().zip(digits))
            .map(|(position, (rgb, digits))| {
                let (colour, mode) = shelf.shown(position);
                Seen {
                    colour,
                    mode,
                    rgb: *rgb,
                    digits,
                    verdict: shelf.verdict(position),
                }
            })
            .collect();
        let testing = shelf.testing();
        let changed = {
            let mut state = self.0.state();
            let changed = state.seen != seen || state.testing != testing;
            (state.seen, state.testing) = (seen, testing);
            changed
        };
        if changed {
            self.0.shows();
        }
        // Nobody's finger near: no need to look at the keys until one comes.
        busy.then(|| now.after(SAMPLE))
    }

    async fn input(&mut self) {
        self.0.touched().await;
    }
}

#[cfg(test)]
mod tests {
    use nodes::shelf::keys::KeySample;

    use super::*;

    /// What each look feels, one every `pace`.
    fn felt(shelf: &mut ShelfHardware, pace: Duration) -> Vec<KeySample> {
        let mut now = HostInstant::now();
        let mut felt = Vec::new();
        loop {
            let (sample, busy) = shelf.sample(now);
            if !busy {
                return felt;
            }
            felt.push(sample);
            now += pace;
        }
    }

    #[test]
    fn a_finger_stays_until_it_was_felt_however_seldom_the_node_looks() {
        for pace in [5, 7, 40, 3_000].map(Duration::from_millis) {
            let mut shelf = ShelfHardware::new();
            let hold = Duration::from_millis(30);
            shelf.press(3, Key::Confirm, hold);
            shelf.press(3, Key::Confirm, hold);
            shelf.press(9, Key::Plus, hold);
            let both = KeySample::default().with(3, Key::Confirm).with(9, Key::Plus);
            let one = KeySample::default().with(3, Key::Confirm);
            let none = KeySample::default();
            let expected = [vec![both; 6], vec![none; 4], vec![one; 6], vec![none; 4]].concat();
            assert_eq!(felt(&mut shelf, pace), expected, "{pace:?}");
        }
    }
}
