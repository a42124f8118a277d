//! A node's end of the wire.

use crate::message::{BootId, Command, EventBody, EventId, Firmware, Hello, NodeKind, ResetReason, Uid};
use crate::session::{Outcome, Request};
use crate::{Instant, MAX_FRAME};

/// The line a node hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Point to point, full duplex: USB CDC or a UART of its own. The node may speak at any time.
    Duplex,
    /// RS-485 with others: the node speaks when asked.
    Bus {
        /// Speed in baud; 8N1.
        baud: u32,
    },
}

/// Who the node is, at this boot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its kind.
    pub kind: NodeKind,
    /// Positions (shelf), heads (others: 1).
    pub units: u8,
    /// The chip's unique id.
    pub uid: Uid,
    /// What it runs.
    pub firmware: Firmware,
    /// CRC-32 of the settings it holds.
    pub settings_crc: u32,
    /// Drawn at random at this boot; never twice the same at one node.
    pub boot: BootId,
    /// Why it booted.
    pub reset: ResetReason,
}

/// What a node's end has seen, for the technician.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Frames that came whole and were for this node.
    pub frames: u32,
    /// Frames whose checksum or COBS coding was wrong, or that were too long.
    pub damaged: u32,
    /// Whole frames whose content this node can't read.
    pub unreadable: u32,
    /// Events sent again.
    pub events_again: u32,
    /// Events lost for want of room.
    pub events_lost: u32,
    /// Requests that came again.
    pub requests_again: u32,
    /// Times another was heard to be asked under this node's address, which was then given up.
    pub address_conflicts: u32,
}

/// A node's end of the wire: bytes and time in, bytes and commands out. Keeps up to `KEEP` events until committed.
///
/// Call [`receive`](Self::receive) with what came, [`transmit`](Self::transmit) until it gives none, then wait for bytes or for
/// [`wake_at`](Self::wake_at). On a bus the reply must leave within a millisecond of the poll's last byte.
pub struct NodeLink<const KEEP: usize> {
    identity: Identity,
}

impl<const KEEP: usize> NodeLink<KEEP> {
    /// A node that has just booted. Its first event is [`EventBody::Restarted`] with `panic`, cut to what it can hold.
    #[must_use]
    pub fn new(identity: Identity, line: Line, panic: &str) -> Self {
        let _ = (line, panic);
        Self { identity }
    }

    /// Takes bytes off the line, in chunks of any size.
    pub fn receive(&mut self, bytes: &[u8], now: Instant) {
        let _ = (bytes, now);
        todo!()
    }

    /// The next frame to put on the line, if it is time for one. Call until it gives none.
    pub fn transmit(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        let _ = (now, out);
        todo!()
    }

    /// When [`transmit`](Self::transmit) should be called although nothing came; none: only when something does.
    #[must_use]
    pub fn wake_at(&self) -> Option<Instant> {
        todo!()
    }

    /// Records an event and gives its number. When there is no room it is dropped, and one [`EventBody::Lost`] record
    /// takes the place of all dropped in a row as soon as there is.
    pub fn push(&mut self, body: EventBody, now: Instant) -> EventId {
        let _ = (body, now);
        todo!()
    }

    /// The next command to carry out; each comes once, in the master's order, and must be [answered](Self::answer).
    pub fn next_command(&mut self) -> Option<(Request, Command)> {
        todo!()
    }

    /// Says what became of a command. It may be said later and in any order.
    pub fn answer(&mut self, request: Request, outcome: Outcome) {
        let _ = (request, outcome);
        todo!()
    }

    /// Whether a master is there. Without one, the node shows amber and keeps its events.
    #[must_use]
    pub fn is_connected(&self, now: Instant) -> bool {
        let _ = now;
        todo!()
    }

    /// Events kept here because the master has not yet said that they are committed.
    #[must_use]
    pub fn unacknowledged(&self) -> usize {
        todo!()
    }

    /// The settings changed: later introductions carry this CRC-32.
    pub fn set_settings_crc(&mut self, crc: u32) {
        self.identity.settings_crc = crc;
    }

    /// The address on the bus, once given; 0 on a duplex line.
    #[must_use]
    pub fn address(&self) -> Option<u8> {
        todo!()
    }

    /// The introduction this node gives.
    #[must_use]
    pub fn hello(&self, now: Instant) -> Hello {
        let _ = now;
        todo!()
    }

    /// What this end has seen.
    #[must_use]
    pub fn counters(&self) -> Counters {
        todo!()
    }
}
