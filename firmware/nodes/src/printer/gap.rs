//! From the gap sensor's readings to what is under it.
//!
//! Rolls differ in how much light a label and its carrier let through or throw back. So the limit between them is learnt from what
//! passes: midway between the lowest and the highest reading of late. Until both have been seen all is taken for label, so that nothing
//! is printed at an edge that is none.

use super::Paper;

/// Readings from here on are no paper …
pub const OUT: u16 = 3_500;
/// … and below this (0.08 V) neither: no sensor's transistor comes so near to ground, a short does, and so does an empty path where the
/// sensor is wired the other way round.
pub const SHORT: u16 = 100;
/// Readings of label and carrier differ by at least this, or are taken as one.
pub const CONTRAST: u16 = 300;
/// Rows of the widest gap: 12.5 mm. What goes on for longer is no gap.
pub const WIDEST: u16 = 100;
/// Of the distance between the two levels, each comes nearer to the other by this part with each row (as a power of two), until it is
/// seen again.
const FADE: u32 = 10;

/// Fractions kept of a level.
const FINE: u32 = 8;

/// What is known of a roll.
#[derive(Default)]
pub struct Levels {
    /// Lowest and highest reading of late, in 1/256.
    range: Option<(u32, u32)>,
    /// Rows of gap in a row.
    run: u16,
    /// A gap that was too wide: whatever this is, it is no roll of labels.
    nonsense: bool,
}

impl Levels {
    /// Nothing known yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            range: None,
            run: 0,
            nonsense: false,
        }
    }

    /// The roll may be another one.
    pub const fn forget(&mut self) {
        *self = Self::new();
    }

    /// The limit, where it has been learnt.
    fn learnt(&self) -> Option<u16> {
        let (least, most) = self.range?;
        (most - least >= u32::from(CONTRAST) << FINE).then(|| ((least + most) >> (FINE + 1)) as u16)
    }

    /// What this reading means.
    pub fn paper(&mut self, reading: u16) -> Paper {
        if !(SHORT..OUT).contains(&reading) {
            self.forget();
            return Paper::Out;
        }
        if self.nonsense {
            Paper::Out
        } else if reading < self.learnt().unwrap_or(OUT) {
            Paper::Label
        } else {
            Paper::Gap
        }
    }

    /// The paper has moved by a row, and this is read now.
    pub fn moved(&mut self, reading: u16) {
        if !(SHORT..OUT).contains(&reading) {
            return;
        }
        let now = u32::from(reading) << FINE;
        let (least, most) = self.range.unwrap_or((now, now));
        let fade = (most - least) >> FADE;
        self.range = Some(((least + fade).min(now), (most - fade).max(now)));
        let gap = self.learnt().is_some_and(|limit| reading >= limit);
        self.run = if gap { self.run.saturating_add(1) } else { 0 };
        self.nonsense |= self.run > WIDEST;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABEL_ROWS: usize = 240;
    const PITCH: usize = 264;

    /// Moves so many labels past, each read as (label, gap); gives what each row of the last one was taken for.
    fn pass(levels: &mut Levels, labels: usize, label: u16, gap: u16) -> [Paper; PITCH] {
        let mut taken = [Paper::Out; PITCH];
        for row in 0..labels * PITCH {
            let place = row % PITCH;
            // Paper and sensor are never quite still.
            let noise = [0, 25, 10, 40][row % 4];
            let reading = if place < LABEL_ROWS { label } else { gap } + noise;
            levels.moved(reading);
            taken[place] = levels.paper(reading);
        }
        taken
    }

    fn is_right(taken: &[Paper; PITCH]) -> bool {
        let (label, gap) = taken.split_at(LABEL_ROWS);
        label.iter().all(|paper| *paper == Paper::Label) && gap.iter().all(|paper| *paper == Paper::Gap)
    }

    #[test]
    fn h6_the_limit_is_learnt_on_each_roll() {
        for (label, gap) in [
            (1_200, 3_000),
            (300, 1_500),
            (2_300, 3_200),
            (1_000, 1_400),
            (2_900, 3_300),
        ] {
            let mut levels = Levels::new();
            assert!(is_right(&pass(&mut levels, 2, label, gap)), "{label} and {gap}");
        }
    }

    #[test]
    fn a_roll_that_fades_is_followed() {
        let mut levels = Levels::new();
        for n in 0..20 {
            // A lamp that grows dim: both rise, in the end above where the limit was.
            let taken = pass(&mut levels, 1, 800 + 60 * n, 2_000 + 60 * n);
            assert!(n == 0 || is_right(&taken), "label {n}");
        }
    }

    #[test]
    fn h6_a_sensor_the_other_way_round_halts() {
        let mut levels = Levels::new();
        let first = pass(&mut levels, 1, 4_095 - 1_200, 4_095 - 3_000);
        assert!(!first.contains(&Paper::Gap), "no edge to print at");
        let next = pass(&mut levels, 1, 4_095 - 1_200, 4_095 - 3_000);
        assert_eq!(next[PITCH - 1], Paper::Out, "a gap of a whole label's length is none");
        assert_eq!(levels.paper(1_095), Paper::Out, "until the roll is changed");
        assert_eq!(levels.paper(95), Paper::Out, "an empty path");
        assert_eq!(levels.paper(1_095), Paper::Label, "another roll");
    }

    #[test]
    fn paper_without_gaps_is_label_all_along() {
        let mut levels = Levels::new();
        assert!(
            pass(&mut levels, 5, 1_200, 1_200)
                .iter()
                .all(|paper| *paper == Paper::Label)
        );
    }

    #[test]
    fn no_paper_is_none_whatever_was_learnt() {
        let mut levels = Levels::new();
        pass(&mut levels, 2, 1_200, 3_000);
        for reading in [OUT, 4_095, 0, SHORT - 1] {
            assert_eq!(levels.paper(reading), Paper::Out);
        }
    }
}
