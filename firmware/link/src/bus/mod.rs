//! Who speaks when on RS-485, and under which address: the master's half. A bridge runs it, and a [`Master`](crate::master)
//! with a plain adapter.
//!
//! Only the master speaks unasked. It goes round the nodes it knows; one that has something to say, or for which there is
//! something, is asked again between two others. A node that fails three times is *suspect* and asked ever more rarely, so
//! that a dead one doesn't slow the living. Between rounds it calls for nodes without an address, which offer themselves in
//! a slot they draw.
//!
//! What a poll or reply carries is sent until the other's acknowledge bit shows it arrived (alternating bit), so noise costs
//! one exchange, not a time-out.

use serde::{Deserialize, Serialize};

use crate::Instant;
use crate::frame::Body;
use crate::message::{BootId, Uid};
use crate::timing::{RECEIVE_PIECE, bytes_micros};

mod master;
mod turns;

pub use master::BusMaster;

/// A node that was not polled for so long gives its address up, in µs.
pub const UNPOLLED: u64 = 1_000_000;
/// A round over all nodes takes at least this, in µs: a bus of two would else do nothing but poll.
pub const MIN_ROUND: u64 = 4_000;
/// Join slots, least and most.
pub(crate) const SLOTS: (u8, u8) = (2, 16);

/// Speed and patience of a bus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BusTiming {
    /// Speed in baud; 8N1.
    pub baud: u32,
    /// How late the next byte of a reply may be, in microseconds, beyond what a receiver's buffer holds back.
    pub patience: u32,
}

/// What a UART may hold back, in byte times: a piece that is not yet whole, and the silence after which it is handed over
/// all the same, a little more than three bytes long.
const HELD_BACK: u64 = RECEIVE_PIECE + 4;

impl BusTiming {
    /// For a master with its UART at hand: the bridge.
    #[must_use]
    pub const fn bridge(baud: u32) -> Self {
        Self { baud, patience: 2_000 }
    }

    /// For a host behind a USB adapter, whose latency timer may hold bytes for 16 ms.
    #[must_use]
    pub const fn adapter(baud: u32) -> Self {
        Self { baud, patience: 40_000 }
    }

    /// How long the line must be quiet before nothing more is expected, in µs.
    #[must_use]
    pub const fn quiet(self) -> u64 {
        self.patience as u64 + bytes_micros(HELD_BACK, self.baud)
    }
}

/// Finding nodes and giving addresses. Sent to and from [`EVERYONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Admin {
    /// Master: nodes without an address from this master, offer yourselves in one of so many slots.
    Join {
        /// Drawn at each start of the master: an address given in another epoch is void.
        epoch: u16,
        /// Slots.
        slots: u8,
    },
    /// Node: here I am.
    Offer {
        /// Who.
        uid: Uid,
        /// Its boot: two chips with one id, or a node before and after a reset, are told apart.
        boot: BootId,
    },
    /// Master: your address.
    Assign {
        /// As in the call.
        epoch: u16,
        /// Who.
        uid: Uid,
        /// Its boot.
        boot: BootId,
        /// From 1.
        address: u8,
    },
}

impl Admin {
    /// As bytes.
    #[must_use]
    pub fn encode(&self) -> Body {
        let mut bytes = [0; 32];
        // The longest, an assignment, has 20 bytes.
        let used = postcard::to_slice(self, &mut bytes).map_or(0, |used| used.len());
        Body::from_slice(&bytes[..used]).unwrap_or_default()
    }

    /// From bytes; none where they are nothing known here.
    #[must_use]
    pub fn decode(body: &[u8]) -> Option<Self> {
        postcard::from_bytes(body).ok()
    }
}

/// What stands above the bus: takes what nodes say, has what is for them.
pub trait Upper {
    /// Whether there is something to say to this address.
    fn has_for(&self, address: u8) -> bool;
    /// Takes it.
    fn take_for(&mut self, address: u8, now: Instant) -> Option<Body>;
    /// A node said something. False: no room now, let it say it again.
    fn heard(&mut self, address: u8, body: &[u8], now: Instant) -> bool;
    /// A node answers at this address.
    fn joined(&mut self, address: u8);
    /// The node at this address no longer answers.
    fn left(&mut self, address: u8);
    /// A poll had no whole reply.
    fn lost_poll(&mut self, address: u8);
}
