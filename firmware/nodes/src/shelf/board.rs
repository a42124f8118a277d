//! The shelf's board: lights, digits and keys.

use core::future::pending;

use link::Instant;
use link::message::MAX_POSITIONS;

use super::Shelf;
use super::digits::{DARK, Digits};
use super::keys::KeySample;
use crate::chip::Chip;
use crate::colour::Rgb;
use crate::parts::digits::DigitChain;
use crate::parts::keys::KeyMatrix;
use crate::parts::lights::Lights;
use crate::parts::renewal::Renewal;
use crate::{Board, Events};

/// Equal samples of "no key down" after which the keys are left alone until a line falls.
const QUIET: u8 = 2;

/// Lights, digits and keys of a shelf.
pub struct ShelfBoard<C: Chip> {
    lights: Lights<C::Chain<MAX_POSITIONS>, MAX_POSITIONS>,
    digits: DigitChain<C::Spi, C::Output, C::Delay>,
    keys: KeyMatrix<C::Output, C::Input, C::Delay>,
    frame: [Rgb; MAX_POSITIONS],
    numbers: [Digits; MAX_POSITIONS],
    quiet: u8,
    renewal: Renewal,
}

impl<C: Chip> ShelfBoard<C> {
    /// Joins the parts; dark.
    pub const fn new(
        lights: C::Chain<MAX_POSITIONS>,
        digits: DigitChain<C::Spi, C::Output, C::Delay>,
        keys: KeyMatrix<C::Output, C::Input, C::Delay>,
    ) -> Self {
        Self {
            lights: Lights::new(lights),
            digits,
            keys,
            frame: [Rgb::OFF; MAX_POSITIONS],
            numbers: [DARK; MAX_POSITIONS],
            quiet: 0,
            renewal: Renewal::new(),
        }
    }

    /// When the keys are to be looked at next; none while they are left alone.
    fn sample(&mut self, now: Instant, shelf: &mut Shelf, events: &mut dyn Events) -> Option<Instant> {
        if shelf.keys_due().is_none_or(|due| now >= due) {
            let sample = self.keys.sample();
            self.quiet = if sample == KeySample::default() {
                self.quiet.saturating_add(1)
            } else {
                0
            };
            shelf.sample(now, sample, events);
        }
        shelf.keys_due().filter(|_| self.quiet < QUIET)
    }
}

impl<C: Chip> Board<Shelf> for ShelfBoard<C> {
    fn exchange(&mut self, now: Instant, shelf: &mut Shelf, events: &mut dyn Events) -> Option<Instant> {
        let due = if self.quiet < QUIET || !self.keys.idle() {
            self.sample(now, shelf, events)
        } else {
            None
        };
        if self.renewal.due(now) {
            self.lights.doubt();
            self.digits.doubt();
        }
        self.frame = shelf.frame(now);
        self.numbers = shelf.digits();
        due
    }

    async fn put_out(&mut self) {
        self.lights.show(&self.frame).await;
        // What could not be put out is tried again the next time.
        let _ = self.digits.show(&self.numbers).await;
    }

    async fn input(&mut self) {
        if self.quiet < QUIET {
            // The next sample comes by the clock.
            pending().await
        }
        self.keys.pressed().await;
    }
}
