//! The wire between a node and its master: frames, messages and both ends' state machines.
//!
//! Nothing here does I/O, reads a clock or allocates: bytes and time go in, bytes and events come out.
//! `docs/link.md` tells every message, state and time; its examples are checked against this code.
//!
//! | module | what |
//! |---|---|
//! | [`message`] | what a node and its master may say |
//! | [`frame`] | how a message becomes bytes: COBS, checksums, resynchronising |
//! | [`session`] | what keeps messages whole: numbers, acknowledgements, sessions |
//! | [`bus`] | who speaks when on RS-485, and under which address: the master's half |
//! | [`node`] | a node's end, [`node::NodeLink`] |
//! | [`master`] | the master's end, [`master::Master`] |
//! | [`bridge`] | USB up, RS-485 down, [`bridge::Bridge`] |
//! | [`timing`] | what the wire costs, computed |
#![no_std]
#![allow(
    clippy::large_enum_variant,
    reason = "there is no allocator to box a large variant with"
)]

pub mod bridge;
pub mod bus;
pub mod clock;
pub mod frame;
pub mod master;
pub mod message;
pub mod node;
pub mod session;
pub mod timing;

pub use frame::MAX_FRAME;

/// A moment on the caller's own monotonic clock, in microseconds from an origin of its choice.
/// A node's origin is its boot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub u64);

impl Instant {
    /// The moment `micros` later.
    #[must_use]
    pub const fn after(self, micros: u64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// Microseconds from `earlier` to here; 0 where `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// The earlier of two moments that may be absent.
pub(crate) fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
