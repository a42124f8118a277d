//! What the wire costs, computed: the limits that measurements are held against.
//!
//! All lines are 8N1: ten bit times a byte. Times are microseconds, rounded up.

use crate::bus::{Admin, BusTiming};
use crate::frame::Body;
use crate::message::{BootId, MAX_BODY, Uid};

/// Bytes a frame with a body of this length takes on the wire: two delimiters, one COBS byte, address, control, check.
#[must_use]
pub const fn frame_bytes(body: usize) -> u64 {
    assert!(body <= MAX_BODY, "no frame holds that");
    (if body == 0 { 7 } else { 9 + body }) as u64
}

/// Time of so many bytes at this speed.
#[must_use]
pub const fn bytes_micros(bytes: u64, baud: u32) -> u64 {
    (bytes * 10_000_000).div_ceil(baud as u64)
}

/// Time of a frame with a body of this length.
#[must_use]
pub const fn frame_micros(body: usize, baud: u32) -> u64 {
    bytes_micros(frame_bytes(body), baud)
}

/// Quiet kept on a bus before the direction turns: two byte times, and not less than 20 µs.
#[must_use]
pub const fn turnaround_micros(baud: u32) -> u64 {
    let two = bytes_micros(2, baud);
    if two < 20 { 20 } else { two }
}

/// Bytes that come before a receiver hands them over; fewer wait for [`receive_micros`]. The RP2040's UART with its threshold at
/// seven eighths.
pub const RECEIVE_PIECE: u64 = 28;

/// How long the line is quiet before a receiver hands over fewer bytes than a piece: 32 bit times. So late the end of a frame
/// is heard.
#[must_use]
pub const fn receive_micros(baud: u32) -> u64 {
    32_000_000_u64.div_ceil(baud as u64)
}

/// Width of one join slot: the longest offer, a turnaround, and 300 µs for a node's timer to be late.
#[must_use]
pub const fn slot_micros(baud: u32) -> u64 {
    frame_micros(OFFER_BODY, baud) + turnaround_micros(baud) + 300
}

/// Longest [`Admin::Offer`], encoded: variant, uid, boot.
const OFFER_BODY: usize = 1 + 10 + 5;

/// One poll and its reply, both empty, from the poll's first bit to the moment the next may begin. `latency` is what the node
/// takes to find the frame and turn its driver, beyond the turnaround and what both receivers take.
#[must_use]
pub const fn exchange_micros(baud: u32, latency: u64) -> u64 {
    2 * (frame_micros(0, baud) + receive_micros(baud) + turnaround_micros(baud)) + latency
}

/// One round over so many nodes that have nothing to say.
#[must_use]
pub const fn poll_cycle_micros(nodes: u64, baud: u32, latency: u64) -> u64 {
    let cycle = nodes * exchange_micros(baud, latency);
    if cycle < crate::bus::MIN_ROUND {
        crate::bus::MIN_ROUND
    } else {
        cycle
    }
}

/// The same with the sessions' pings: each is one exchange more, with a message both ways.
#[must_use]
pub const fn poll_cycle_with_pings_micros(nodes: u64, baud: u32, latency: u64) -> u64 {
    let ping = exchange_micros(baud, latency) + bytes_micros(2 * 8, baud);
    let cycle = poll_cycle_micros(nodes, baud, latency);
    let free = Patience::BUS.ping - nodes * ping;
    (cycle * Patience::BUS.ping).div_ceil(free)
}

/// The longest a new event waits until the master has heard its last byte, on a clean line where the other nodes have nothing to
/// say: it just missed its poll, and a join window stands in the way. `body` is the event's encoded length.
#[must_use]
pub const fn worst_event_micros(nodes: u64, bus: BusTiming, latency: u64, body: usize) -> u64 {
    poll_cycle_micros(nodes, bus.baud, latency)
        + join_micros(bus, crate::bus::SLOTS.0 as u64)
        + frame_micros(0, bus.baud)
        + turnaround_micros(bus.baud)
        + latency
        + frame_micros(body, bus.baud)
        + 2 * receive_micros(bus.baud)
}

/// One join window with so many slots: the call, the slots, and the master's patience.
#[must_use]
pub const fn join_micros(bus: BusTiming, slots: u64) -> u64 {
    frame_micros(5, bus.baud) + turnaround_micros(bus.baud) + slots * slot_micros(bus.baud) + bus.quiet()
}

/// The longest offer there is, to hold [`slot_micros`] against.
#[must_use]
pub fn longest_offer() -> Body {
    Admin::Offer {
        uid: Uid(u64::MAX),
        boot: BootId(u32::MAX),
    }
    .encode()
}

/// How long the ends of a session wait, in µs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Before what was not acknowledged is sent again, at first. It doubles.
    pub again: u64,
    /// And at most.
    pub again_most: u64,
    /// Between two pings.
    pub ping: u64,
    /// Without a word, before the other counts as gone.
    pub gone: u64,
}

impl Patience {
    /// On a line of one's own. Four full frames at 115,200 baud take 89 ms: an answer in time is never asked for again.
    pub const DUPLEX: Self = Self {
        again: 200_000,
        again_most: 1_000_000,
        ping: 300_000,
        gone: 1_000_000,
    };
    /// On a bus and behind a bridge. The bus itself repeats what was damaged; this is for what a restart swallowed.
    pub const BUS: Self = Self {
        again: 500_000,
        again_most: 2_000_000,
        ping: 1_000_000,
        gone: 3_200_000,
    };
}
