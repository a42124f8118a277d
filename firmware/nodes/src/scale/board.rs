//! The scale's board: converter, tare key, lamp and buzzer.

use embassy_futures::select::select;
use link::Instant;

use super::Scale;
use crate::chip::{Chip, Memory};
use crate::parts::face::Face;
use crate::parts::hx711::Hx711;
use crate::parts::push_key::PushKey;
use crate::{Board, Events};

/// Converter, tare key, lamp and buzzer of a scale.
pub struct ScaleBoard<C: Chip> {
    face: Face<C::Chain<1>, C::Wave>,
    converter: Hx711<C::Input, C::Output, C::Delay>,
    tare: PushKey<C::Input>,
    memory: C::Memory,
    /// The zero of before a reset was looked for.
    resumed: bool,
}

impl<C: Chip> ScaleBoard<C> {
    /// Joins the parts; dark and silent. `tare` is the key's pin, `memory` holds the zero.
    pub const fn new(
        face: Face<C::Chain<1>, C::Wave>,
        converter: Hx711<C::Input, C::Output, C::Delay>,
        tare: C::Input,
        memory: C::Memory,
    ) -> Self {
        Self {
            face,
            converter,
            tare: PushKey::new(tare),
            memory,
            resumed: false,
        }
    }
}

impl<C: Chip> Board<Scale> for ScaleBoard<C> {
    fn exchange(&mut self, now: Instant, scale: &mut Scale, events: &mut dyn Events) -> Option<Instant> {
        if !core::mem::replace(&mut self.resumed, true)
            && let Some(zero) = self.memory.recall()
        {
            scale.resume(zero);
        }
        if let Some(counts) = self.converter.read() {
            scale.sample(now, counts, events);
        }
        if self.tare.pressed(now) {
            scale.tare_key(now, events);
        }
        if let Some(zero) = scale.zero() {
            self.memory.remember(zero);
        }
        let tone = scale.tone(now);
        self.face.set(now, scale.lamp(now), tone);
        None
    }

    async fn put_out(&mut self) {
        self.face.put_out().await;
    }

    async fn input(&mut self) {
        select(self.converter.ready(), self.tare.change()).await;
    }
}
