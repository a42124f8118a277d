//! A platform on a load cell with its converter.

use std::sync::Arc;

use link::Instant;
use nodes::colour::Rgb;
use nodes::scale::{Scale, Sensitivity};
use nodes::{Board, Events};

use super::Part;

/// Between two conversions (µs).
const CONVERSION: u64 = 100_000;
/// Counts of the empty platform.
const PLATFORM: i64 = 84_000;
/// What the converter's last bits do, in counts.
const NOISE: [i64; 5] = [40, -40, 10, -25, 0];
/// How far a wobbling load swings, in grams.
const SWING: [i64; 4] = [60, -45, 30, -60];

/// The platform and what lies on it.
pub struct ScaleHardware {
    /// Grams on the platform.
    pub grams: i32,
    /// A hand moves it.
    pub wobble: bool,
    /// The cell's cable is whole.
    pub cell: bool,
    /// The weight the node holds for settled.
    pub resting: Option<i32>,
    /// The lamp.
    pub lamp: Rgb,
}

impl ScaleHardware {
    /// An empty platform.
    pub fn new() -> Self {
        Self {
            grams: 0,
            wobble: false,
            cell: true,
            resting: None,
            lamp: Rgb::OFF,
        }
    }

    fn counts(&self, conversion: usize) -> i32 {
        let swing = if self.wobble {
            SWING[conversion % SWING.len()]
        } else {
            0
        };
        let grams = i64::from(self.grams) + swing;
        let load = grams * i64::from(Sensitivity::CELL_30_KG.counts_per_kilogram) / 1_000;
        // The converter stops at its end values.
        (PLATFORM + load + NOISE[conversion % NOISE.len()]).clamp(-0x80_0000, 0x7f_ffff) as i32
    }
}

/// Joins them to the scale's logic.
pub struct ScaleBoard {
    part: Arc<Part<ScaleHardware>>,
    due: Instant,
    conversion: usize,
}

impl ScaleBoard {
    /// Before the first conversion.
    pub fn new(part: Arc<Part<ScaleHardware>>) -> Self {
        Self {
            part,
            due: Instant(0),
            conversion: 0,
        }
    }
}

impl Board<Scale> for ScaleBoard {
    fn exchange(&mut self, now: Instant, scale: &mut Scale, events: &mut dyn Events) -> Option<Instant> {
        let mut state = self.part.state();
        if now >= self.due {
            self.due = now.after(CONVERSION);
            self.conversion = self.conversion.wrapping_add(1);
            if state.cell {
                scale.sample(now, state.counts(self.conversion), events);
            }
        }
        let shows = (scale.resting(), scale.lamp(now));
        if shows != (state.resting, state.lamp) {
            (state.resting, state.lamp) = shows;
            self.part.shows();
        }
        Some(self.due)
    }
}
