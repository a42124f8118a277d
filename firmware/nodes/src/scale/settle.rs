//! When a load has come to rest.

/// Samples that must agree: half a second at ten a second.
pub const WINDOW: usize = 5;
/// Within how many grams they must lie.
const AGREE: i32 = 3;
/// A load that differs by so many grams from where it rested has left.
const LEAVES: i32 = 5;

/// What a sample brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It rests.
    Settled {
        /// Mean of the samples that agree.
        counts: i32,
        /// The same in grams.
        grams: i32,
    },
    /// It no longer rests.
    Left {
        /// What it weighed just then.
        grams: i32,
    },
}

/// Watches a load.
pub struct Settling {
    window: [(i32, i32); WINDOW],
    filled: usize,
    rest: Option<i32>,
    moving: bool,
}

impl Settling {
    /// Before the first sample.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            window: [(0, 0); WINDOW],
            filled: 0,
            rest: None,
            moving: true,
        }
    }

    /// Takes a sample, as the converter's counts and as grams.
    pub fn sample(&mut self, counts: i32, grams: i32) -> Option<Change> {
        self.window.rotate_left(1);
        self.window[WINDOW - 1] = (counts, grams);
        self.filled = (self.filled + 1).min(WINDOW);
        if !self.moving {
            let left = self.rest.is_none_or(|rest| (grams - rest).abs() >= LEAVES);
            self.moving = left;
            return left.then_some(Change::Left { grams });
        }
        let (counts, grams) = self.agreed()?;
        self.moving = false;
        self.rest = Some(grams);
        Some(Change::Settled { counts, grams })
    }

    /// Takes the present rest as one of so many grams.
    pub fn rest_at(&mut self, grams: i32) {
        self.rest = Some(grams);
        self.moving = false;
        // Grams in the window were counted from another zero.
        self.filled = 0;
    }

    /// Grams it rests at.
    #[must_use]
    pub const fn resting(&self) -> Option<i32> {
        if self.moving { None } else { self.rest }
    }

    /// Mean counts while it rests and enough samples say so.
    #[must_use]
    pub fn resting_counts(&self) -> Option<i32> {
        if self.moving {
            None
        } else {
            self.agreed().map(|(counts, _)| counts)
        }
    }

    /// The mean of a full window whose samples agree.
    fn agreed(&self) -> Option<(i32, i32)> {
        if self.filled < WINDOW {
            return None;
        }
        let grams = self.window.map(|(_, grams)| grams);
        let (least, most) = grams
            .iter()
            .fold((i32::MAX, i32::MIN), |(a, b), &g| (a.min(g), b.max(g)));
        (most - least <= AGREE).then(|| {
            let mean = |values: [i32; WINDOW]| {
                let sum: i64 = values.iter().map(|&value| i64::from(value)).sum();
                let half = WINDOW as i64 / 2;
                ((sum + sum.signum() * half) / WINDOW as i64) as i32
            };
            (mean(self.window.map(|(counts, _)| counts)), mean(grams))
        })
    }
}

impl Default for Settling {
    fn default() -> Self {
        Self::new()
    }
}
