//! One lamp and a buzzer: what scanner, printer, scale and bridge show and sound.

use link::Instant;

use super::buzzer::Buzzer;
use super::lights::Lights;
use super::renewal::Renewal;
use crate::chip::{LightChain, SquareWave};
use crate::colour::Rgb;
use crate::scanner::Tone;

/// The lamp and the buzzer.
pub struct Face<C, W> {
    lamp: Lights<C, 1>,
    buzzer: Buzzer<W>,
    colour: Rgb,
    renewal: Renewal,
}

impl<C: LightChain<1>, W: SquareWave> Face<C, W> {
    /// Dark and silent.
    pub const fn new(lamp: C, wave: W) -> Self {
        Self {
            lamp: Lights::new(lamp),
            buzzer: Buzzer::new(wave),
            colour: Rgb::OFF,
            renewal: Renewal::new(),
        }
    }

    /// What it should show and sound. The tone is heard at once, the colour with [`Self::put_out`].
    pub fn set(&mut self, now: Instant, colour: Rgb, tone: Tone) {
        if self.renewal.due(now) {
            self.lamp.doubt();
        }
        self.colour = colour;
        self.buzzer.sound(tone);
    }

    /// Shows the colour.
    pub async fn put_out(&mut self) {
        self.lamp.show(&[self.colour]).await;
    }
}
