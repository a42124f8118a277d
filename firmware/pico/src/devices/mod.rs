//! Puts the parts of each kind of node together: which pin and which piece of the chip goes to which driver of [`nodes`].

pub mod bridge;
pub mod printer;
pub mod scale;
pub mod scanner;
pub mod shelf;

use nodes::parts::face::Face;

use crate::board::lights::PioChain;
use crate::board::wave::PwmWave;
use crate::pins;

/// Lamp and buzzer, dark and silent.
fn face(pins: pins::Face) -> Face<PioChain<1>, PwmWave> {
    Face::new(
        PioChain::new(pins.pio, pins.lights_dma, pins.lights),
        PwmWave::new(pins.buzzer_pwm, pins.buzzer),
    )
}
