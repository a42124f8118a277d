//! One lamp and a buzzer: what scanner, printer and scale show and sound.

use nodes::colour::Rgb;
use nodes::scanner::Tone;

use crate::board::buzzer::Buzzer;
use crate::board::lights::Lights;
use crate::pins::Face;

/// The lamp and the buzzer.
pub struct Lamp {
    lights: Lights<1>,
    buzzer: Buzzer,
    colour: Rgb,
}

impl Lamp {
    /// Dark and silent.
    pub fn new(face: Face) -> Self {
        Self {
            lights: Lights::new(face.pio, face.lights_dma, face.lights),
            buzzer: Buzzer::new(face.buzzer_pwm, face.buzzer),
            colour: Rgb::OFF,
        }
    }

    /// What it should show and sound. The tone is heard at once, the colour with [`Self::put_out`].
    pub fn set(&mut self, colour: Rgb, tone: Tone) {
        self.colour = colour;
        self.buzzer.sound(tone.hz, tone.loudness);
    }

    /// Shows the colour.
    pub async fn put_out(&mut self) {
        self.lights.show(&[self.colour]).await;
    }
}
