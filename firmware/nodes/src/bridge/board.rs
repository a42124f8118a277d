//! The bridge's board: a lamp. Its row is a port like any other.

use link::Instant;

use super::Beacon;
use crate::chip::Chip;
use crate::parts::face::Face;
use crate::scanner::Tone;
use crate::{Board, Events};

/// A bridge's lamp.
pub struct BridgeBoard<C: Chip> {
    face: Face<C::Chain<1>, C::Wave>,
}

impl<C: Chip> BridgeBoard<C> {
    /// Dark.
    pub const fn new(face: Face<C::Chain<1>, C::Wave>) -> Self {
        Self { face }
    }
}

impl<C: Chip> Board<Beacon> for BridgeBoard<C> {
    fn exchange(&mut self, now: Instant, beacon: &mut Beacon, _: &mut dyn Events) -> Option<Instant> {
        self.face.set(now, beacon.lamp(now), Tone::SILENCE);
        None
    }

    async fn put_out(&mut self) {
        self.face.put_out().await;
    }
}
