//! A passive buzzer.

use crate::chip::SquareWave;
use crate::scanner::Tone;

/// The deepest tone (Hz).
pub const DEEPEST: u16 = 30;

/// The buzzer.
pub struct Buzzer<W> {
    wave: W,
    sounding: Option<Tone>,
}

impl<W: SquareWave> Buzzer<W> {
    /// Silent, and `wave` with it.
    pub const fn new(wave: W) -> Self {
        Self { wave, sounding: None }
    }

    /// Sounds a tone; silent below [`DEEPEST`] and at loudness 0.
    pub fn sound(&mut self, tone: Tone) {
        let wanted = (tone.hz >= DEEPEST && tone.loudness > 0).then_some(tone);
        if wanted == self.sounding {
            return;
        }
        self.sounding = wanted;
        match wanted {
            None => self.wave.stop(),
            // Loudness by pulse width: half the period is loudest.
            Some(Tone { hz, loudness: 1 }) => self.wave.start(hz, 32),
            Some(Tone { hz, loudness: 2 }) => self.wave.start(hz, 8),
            Some(Tone { hz, .. }) => self.wave.start(hz, 2),
        }
    }
}
