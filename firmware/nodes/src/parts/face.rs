//! One lamp and a buzzer: what scanner, printer, scale and bridge show and sound.

use super::buzzer::Buzzer;
use super::lights::Lights;
use crate::chip::{LightChain, SquareWave};
use crate::colour::Rgb;
use crate::scanner::Tone;

/// The lamp and the buzzer.
pub struct Face<C, W> {
    lamp: Lights<C, 1>,
    buzzer: Buzzer<W>,
    colour: Rgb,
}

impl<C: LightChain<1>, W: SquareWave> Face<C, W> {
    /// Dark and silent.
    pub const fn new(lamp: C, wave: W) -> Self {
        Self {
            lamp: Lights::new(lamp),
            buzzer: Buzzer::new(wave),
            colour: Rgb::OFF,
        }
    }

    /// What it should show and sound. The tone is heard at once, the colour with [`Self::put_out`].
    pub fn set(&mut self, colour: Rgb, tone: Tone) {
        self.colour = colour;
        self.buzzer.sound(tone);
    }

    /// Shows the colour.
    pub async fn put_out(&mut self) {
        self.lamp.show(&[self.colour]).await;
    }
}
