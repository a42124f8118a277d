//! A bridge: a node on USB that is also the master of an RS-485 row, and passes the row's messages.

use crate::bus::BusTiming;
use crate::node::{Identity, NodeLink};
use crate::{Instant, MAX_FRAME};

/// Most children of one bridge.
pub const CHILDREN: usize = 32;

/// A bridge: its own node end on the line up, the bus's master on the line down, and what passes between.
pub struct Bridge<const KEEP: usize> {
    node: NodeLink<KEEP>,
}

impl<const KEEP: usize> Bridge<KEEP> {
    /// A bridge that has just booted; see [`NodeLink::new`].
    #[must_use]
    pub fn new(identity: Identity, panic: &str, bus: BusTiming) -> Self {
        let _ = bus;
        Self {
            node: NodeLink::new(identity, crate::node::Line::Duplex, panic),
        }
    }

    /// The bridge's own end: its commands and events. Don't call its `receive` and `transmit`.
    pub fn node(&mut self) -> &mut NodeLink<KEEP> {
        &mut self.node
    }

    /// Takes bytes that came from the gateway.
    pub fn receive_up(&mut self, bytes: &[u8], now: Instant) {
        let _ = (bytes, now);
        todo!()
    }

    /// The next frame for the gateway. Call until it gives none.
    pub fn transmit_up(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        let _ = (now, out);
        todo!()
    }

    /// Takes bytes that came from the bus.
    pub fn receive_bus(&mut self, bytes: &[u8], now: Instant) {
        let _ = (bytes, now);
        todo!()
    }

    /// The next frame for the bus. Call until it gives none.
    pub fn transmit_bus(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        let _ = (now, out);
        todo!()
    }

    /// When one of the two `transmit` should be called although nothing came.
    #[must_use]
    pub fn wake_at(&self) -> Option<Instant> {
        todo!()
    }

    /// Children that answer.
    #[must_use]
    pub fn children(&self) -> usize {
        todo!()
    }
}
