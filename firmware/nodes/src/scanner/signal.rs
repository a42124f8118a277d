//! What a verdict looks and sounds like. Tone and light say the same, so that either is enough.

use link::Instant;
use link::message::{Colour, Verdict};

use crate::colour::of_verdict;
use crate::time::{earlier, millis};

/// How long the lamp shows a verdict (µs).
pub const LAMP: u64 = millis(2_000);
/// A tone or, at 0 Hz, a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tone {
    /// Pitch in Hz.
    pub hz: u16,
    /// Loudness, 0 (silent) to 3.
    pub loudness: u8,
}

impl Tone {
    /// Nothing sounds.
    pub const SILENCE: Self = Self { hz: 0, loudness: 0 };
}

/// Parts of a sound: Hz, ms.
type Sound = &'static [(u16, u16)];

const RIGHT: Sound = &[(2_700, 80)];
const WRONG: Sound = &[(440, 180), (0, 80), (440, 180)];
const STORED: Sound = &[(900, 60)];
const NEUTRAL: Sound = &[(1_400, 60)];

const fn sound(verdict: Verdict) -> Sound {
    match verdict {
        Verdict::Right => RIGHT,
        Verdict::Wrong => WRONG,
        Verdict::Stored => STORED,
        Verdict::Neutral => NEUTRAL,
    }
}

/// Plays one verdict at a time; a newer one cuts the older off.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signal {
    playing: Option<(Verdict, Instant)>,
}

impl Signal {
    /// Begins.
    pub const fn play(&mut self, verdict: Verdict, now: Instant) {
        self.playing = Some((verdict, now));
    }

    /// The lamp's colour; off when nothing is played.
    #[must_use]
    pub fn lamp(&self, now: Instant) -> Colour {
        match self.playing {
            Some((verdict, since)) if now.since(since) < LAMP => of_verdict(verdict),
            _ => Colour::Off,
        }
    }

    /// What sounds now at this volume (0 to 3). What is no judgement sounds one step softer, but not silent.
    #[must_use]
    pub fn tone(&self, now: Instant, volume: u8) -> Tone {
        let Some((verdict, since)) = self.playing else {
            return Tone::SILENCE;
        };
        let judges = matches!(verdict, Verdict::Right | Verdict::Wrong);
        let loudness = if !judges && volume > 1 { volume - 1 } else { volume };
        match self.part(verdict, since, now) {
            Some((hz, _)) if hz > 0 && loudness > 0 => Tone { hz, loudness },
            _ => Tone::SILENCE,
        }
    }

    /// When lamp or tone changes next.
    #[must_use]
    pub fn due(&self, now: Instant) -> Option<Instant> {
        let (verdict, since) = self.playing?;
        let lamp = since.after(LAMP);
        earlier(
            self.part(verdict, since, now).map(|(_, end)| end),
            (now < lamp).then_some(lamp),
        )
    }

    /// Pitch and end of the part that plays.
    fn part(&self, verdict: Verdict, since: Instant, now: Instant) -> Option<(u16, Instant)> {
        let mut end = since;
        sound(verdict).iter().find_map(|&(hz, ms)| {
            end = end.after(millis(u64::from(ms)));
            (now < end).then_some((hz, end))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    /// Pitches in order with their lengths in ms, followed from edge to edge as a board does.
    fn heard(verdict: Verdict, volume: u8) -> Vec<(u16, u8, u64)> {
        let mut signal = Signal::default();
        let mut now = Instant(7_000);
        signal.play(verdict, now);
        let mut heard = Vec::new();
        while let Some(next) = signal.due(now) {
            let tone = signal.tone(now, volume);
            heard.push((tone.hz, tone.loudness, next.since(now) / 1_000));
            now = next;
        }
        assert_eq!(signal.lamp(now), Colour::Off);
        heard.pop();
        heard
    }

    #[test]
    fn right_is_high_and_short_wrong_low_and_double_stored_and_neutral_soft() {
        assert_eq!(heard(Verdict::Right, 2), [(2_700, 2, 80)]);
        assert_eq!(heard(Verdict::Wrong, 2), [(440, 2, 180), (0, 0, 80), (440, 2, 180)]);
        assert_eq!(heard(Verdict::Stored, 2), [(900, 1, 60)]);
        assert_eq!(heard(Verdict::Stored, 1), [(900, 1, 60)]);
        assert_eq!(heard(Verdict::Neutral, 2), [(1_400, 1, 60)]);
    }

    #[test]
    fn at_volume_none_all_is_silent_and_the_lamp_still_speaks() {
        assert!(heard(Verdict::Wrong, 0).iter().all(|(hz, ..)| *hz == 0));
        let mut signal = Signal::default();
        signal.play(Verdict::Wrong, Instant(0));
        assert_eq!(signal.lamp(Instant(LAMP - 1)), Colour::Wrong);
        signal.play(Verdict::Right, Instant(10));
        assert_eq!(signal.lamp(Instant(11)), Colour::Done);
        signal.play(Verdict::Neutral, Instant(20));
        assert_eq!(signal.lamp(Instant(21)), Colour::D);
    }
}
