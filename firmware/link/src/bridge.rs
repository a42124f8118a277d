//! A bridge: a node on USB that is also the master of an RS-485 row, and passes the row's messages.
//!
//! It reads none of them. A child's messages bear its bus address on the line up; address 0 is the bridge itself.

use heapless::{Deque, Vec};

use crate::bus::{BusMaster, BusTiming, Upper};
use crate::frame::{self, Body, Control, Decoder, Errors, Kind, Salt};
use crate::node::{Identity, Line, NodeLink};
use crate::{Instant, MAX_FRAME, earlier};

/// Most children of one bridge.
pub const CHILDREN: usize = 32;
/// Messages waiting for one child at most: a window of requests, an acknowledgement, a ping.
const DOWN: usize = 6;
/// Messages waiting for all children together. Room for each one's most would take half of what a bridge may take of RAM.
const DOWN_TOGETHER: usize = 96;
/// Messages of children waiting for the gateway. When they are full the bus holds what its nodes say.
const UP: usize = 16;

/// A bridge: its own node end on the line up, the bus's master on the line down, and what passes between.
pub struct Bridge<const KEEP: usize> {
    node: NodeLink<KEEP>,
    decoder: Decoder,
    bus: BusMaster<CHILDREN>,
    queues: Queues,
    /// The bridge itself spoke last.
    spoke: bool,
}

/// What passes, with the child's address.
struct Queues {
    /// Oldest first.
    down: Vec<(u8, Body), DOWN_TOGETHER>,
    up: Deque<(u8, Body), UP>,
    /// Bit n: the child at address n + 1 left, and the gateway hasn't been told.
    left: u32,
    /// Messages for children dropped for want of room; the session's ends send them again.
    dropped: u32,
}

const _: () = assert!(CHILDREN <= 32, "`left` has a bit for each");

impl Queues {
    fn queue(&mut self, address: u8, body: &[u8]) {
        let waiting = self.down.iter().filter(|(to, _)| *to == address).count();
        let queued = (1..=CHILDREN as u8).contains(&address)
            && waiting < DOWN
            && Body::from_slice(body).is_ok_and(|body| self.down.push((address, body)).is_ok());
        self.dropped += u32::from(!queued);
    }
}

impl Upper for Queues {
    fn has_for(&self, address: u8) -> bool {
        self.down.iter().any(|(to, _)| *to == address)
    }

    fn take_for(&mut self, address: u8, _: Instant) -> Option<Body> {
        let first = self.down.iter().position(|(to, _)| *to == address)?;
        Some(self.down.remove(first).1)
    }

    fn heard(&mut self, address: u8, body: &[u8], _: Instant) -> bool {
        Body::from_slice(body).is_ok_and(|body| self.up.push_back((address, body)).is_ok())
    }

    fn joined(&mut self, address: u8) {
        self.down.retain(|(to, _)| *to != address);
        self.left &= !(1 << (address - 1));
    }

    fn left(&mut self, address: u8) {
        self.joined(address);
        self.left |= 1 << (address - 1);
    }

    fn lost_poll(&mut self, _: u8) {}
}

impl<const KEEP: usize> Bridge<KEEP> {
    /// A bridge that has just booted; see [`NodeLink::new`].
    #[must_use]
    pub fn new(identity: Identity, panic: &str, bus: BusTiming) -> Self {
        Self {
            node: NodeLink::new(identity, Line::Duplex, panic),
            decoder: Decoder::new(),
            bus: BusMaster::new(bus, (identity.boot.0 ^ identity.boot.0 >> 16) as u16),
            queues: Queues {
                down: Vec::new(),
                up: Deque::new(),
                left: 0,
                dropped: 0,
            },
            spoke: false,
        }
    }

    /// The bridge's own end: its commands and events. Its line is the bridge's: use
    /// [`receive_up`](Self::receive_up) and [`transmit_up`](Self::transmit_up).
    pub fn node(&mut self) -> &mut NodeLink<KEEP> {
        &mut self.node
    }

    /// The bridge's own end, to look at.
    #[must_use]
    pub const fn link(&self) -> &NodeLink<KEEP> {
        &self.node
    }

    /// Takes bytes that came from the gateway.
    pub fn receive_up(&mut self, mut bytes: &[u8], now: Instant) {
        while let Some(found) = self.decoder.next(&mut bytes) {
            match found.and_then(|frame| frame.open(Salt::NONE)) {
                Err(error) => self.node.count(error),
                Ok(frame) if frame.control.kind != Kind::Data => {}
                Ok(frame) if frame.address == 0 => self.node.heard(frame.body, now),
                Ok(frame) => self.queues.queue(frame.address, frame.body),
            }
        }
    }

    /// The next frame for the gateway. Call until it gives none.
    pub fn transmit_up(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        let data = Control::new(Kind::Data);
        if self.queues.left != 0 {
            let bit = self.queues.left.trailing_zeros();
            self.queues.left &= !(1 << bit);
            return Some(frame::encode(bit as u8 + 1, data, &[], Salt::NONE, out));
        }
        // By turns, so that neither waits for the other.
        let own_first = !core::mem::replace(&mut self.spoke, false);
        let own = if own_first { self.node.next_body(now) } else { None };
        let (address, body) = match own {
            Some(body) => {
                self.spoke = true;
                (0, body)
            }
            None => match self.queues.up.pop_front() {
                Some(passed) => passed,
                None => (0, self.node.next_body(now)?),
            },
        };
        Some(frame::encode(address, data, &body, Salt::NONE, out))
    }

    /// Takes bytes that came from the bus.
    pub fn receive_bus(&mut self, mut bytes: &[u8], now: Instant) {
        while self.bus.receive(&mut bytes, now, &mut self.queues) {}
    }

    /// The next frame for the bus. Call until it gives none.
    pub fn transmit_bus(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        self.bus.transmit(now, &mut self.queues, out)
    }

    /// When one of the two `transmit` should be called although nothing came; a moment already past where there is something
    /// to say now.
    #[must_use]
    pub fn wake_at(&self) -> Option<Instant> {
        earlier(self.up_wake_at(), self.bus_wake_at())
    }

    /// When [`transmit_up`](Self::transmit_up) should be called although nothing came.
    #[must_use]
    pub fn up_wake_at(&self) -> Option<Instant> {
        if !self.queues.up.is_empty() || self.queues.left != 0 {
            return Some(Instant(0));
        }
        self.node.wake_at()
    }

    /// When [`transmit_bus`](Self::transmit_bus) should be called although nothing came.
    #[must_use]
    pub fn bus_wake_at(&self) -> Option<Instant> {
        self.bus.wake_at(&self.queues)
    }

    /// Children that answer.
    #[must_use]
    pub fn children(&self) -> usize {
        self.bus.nodes()
    }

    /// Whole and damaged frames heard on the bus.
    #[must_use]
    pub const fn bus_counters(&self) -> (u32, Errors) {
        self.bus.counters()
    }

    /// Messages for children dropped for want of room; they come again.
    #[must_use]
    pub const fn dropped(&self) -> u32 {
        self.queues.dropped
    }
}
