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

/// A finger on a key.
struct Finger {
    position: u8,
    key: Key,
    from: HostInstant,
    until: HostInstant,
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
    fingers: Vec<Finger>,
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
            seen: vec![dark; MAX_POSITIONS],
            testing: false,
        }
    }

    /// Puts a finger on a key for so long, after those already meant for it.
    pub fn press(&mut self, position: u8, key: Key, hold: Duration) {
        let now = HostInstant::now();
        let last = self.fingers.iter().filter(|finger| finger.position == position);
        let from = last.map(|finger| finger.until + BETWEEN).max().unwrap_or(now).max(now);
        self.fingers.push(Finger {
            position,
            key,
            from,
            until: from + hold,
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

    fn sample(&mut self) -> (KeySample, bool) {
        let now = HostInstant::now();
        self.fingers.retain(|finger| now < finger.until + BETWEEN);
        let down = self
            .fingers
            .iter()
            .filter(|finger| finger.from <= now && now < finger.until);
        let sample = down.fold(KeySample::default(), |sample, finger| {
            sample.with(finger.position, finger.key)
        });
        (sample, !self.fingers.is_empty())
    }
}

/// Joins the rack to the shelf's logic.
pub struct ShelfBoard(pub Arc<Part<ShelfHardware>>);

impl Board<Shelf> for ShelfBoard {
    fn exchange(&mut self, now: Instant, shelf: &mut Shelf, events: &mut dyn Events) -> Option<Instant> {
        let (sample, busy) = self.0.state().sample();
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
