//! The red, green and blue of each meaning.

use link::message::{Colour, Verdict};

/// A light's value as it goes to the LED, 0 to 255 each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rgb {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl Rgb {
    /// Dark.
    pub const OFF: Self = Self::new(0, 0, 0);

    /// From its parts.
    #[must_use]
    pub const fn new(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b }
    }

    /// Dimmed to `brightness` ÷ 255. A part that shines at all goes on shining, or a hue would change when it is dimmed far.
    #[must_use]
    pub const fn dimmed(self, brightness: u8) -> Self {
        const fn part(value: u8, brightness: u8) -> u8 {
            (value as u16 * brightness as u16).div_ceil(255) as u8
        }
        Self::new(
            part(self.r, brightness),
            part(self.g, brightness),
            part(self.b, brightness),
        )
    }
}

/// Full value of a colour. Blue, orange, magenta and white stay apart for protanopes and deuteranopes; amber is yellower
/// than picker B's orange and never shines steady beside it (see [`crate::shelf`]).
#[must_use]
pub const fn rgb(colour: Colour) -> Rgb {
    match colour {
        Colour::Off => Rgb::OFF,
        Colour::A => Rgb::new(0, 70, 255),
        Colour::B => Rgb::new(255, 80, 0),
        Colour::C => Rgb::new(255, 0, 120),
        Colour::D => Rgb::new(220, 220, 220),
        Colour::Done => Rgb::new(0, 255, 60),
        Colour::Wrong => Rgb::new(255, 0, 0),
        Colour::Wait => Rgb::new(255, 160, 0),
    }
}

/// What a verdict shines in.
#[must_use]
pub const fn of_verdict(verdict: Verdict) -> Colour {
    match verdict {
        Verdict::Right => Colour::Done,
        Verdict::Wrong => Colour::Wrong,
        Verdict::Stored => Colour::Wait,
        Verdict::Neutral => Colour::D,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimming_keeps_every_colour_apart() {
        let colours = [
            Colour::Off,
            Colour::A,
            Colour::B,
            Colour::C,
            Colour::D,
            Colour::Done,
            Colour::Wrong,
            Colour::Wait,
        ];
        for brightness in [8, 32, 96, 255] {
            for (i, a) in colours.iter().enumerate() {
                for b in &colours[i + 1..] {
                    assert_ne!(
                        rgb(*a).dimmed(brightness),
                        rgb(*b).dimmed(brightness),
                        "{a:?} {b:?} at {brightness}"
                    );
                }
            }
        }
    }

    #[test]
    fn full_brightness_changes_nothing_and_none_is_dark() {
        assert_eq!(rgb(Colour::B).dimmed(255), rgb(Colour::B));
        assert_eq!(rgb(Colour::D).dimmed(0), Rgb::OFF);
    }
}
