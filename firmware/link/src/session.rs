//! What a node and its master say to each other to keep messages whole: introductions, numbers, acknowledgements.
//!
//! A *session* lasts from a [`Down::Welcome`] to the next. Its number stands in every message, so that what
//! comes late, from before a reset or a restart, is known and dropped. See `docs/link.md`, "Session".

use postcard::{from_bytes, take_from_bytes, to_slice};
use serde::{Deserialize, Serialize};

use crate::frame::Body;
use crate::message::{BootId, Command, Event, EventId, Hello, MAX_BODY, NodeMillis, Protocol};

/// Requests a master may have unanswered at one node; events a node may have unreceived.
pub const WINDOW: usize = 4;
/// Requests whose outcome a node remembers, so that a repeat is answered, not done again.
pub const REMEMBERED: usize = 8;

/// Number of a session, drawn by the master.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionId(pub u16);

/// A request's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The session it was made in.
    pub session: SessionId,
    /// Its number within it; from 1, wrapping.
    pub number: u8,
}

/// What became of a request at the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Taken by the node: it will be shown, done or kept.
    Taken,
    /// Not taken.
    Refused(Refusal),
}

/// Why a node did not take a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Refusal {
    /// This kind of node knows no such command.
    Unsupported,
    /// A value is out of range: a position the node doesn't have, a row wider than the head.
    OutOfRange,
    /// Something else must end first.
    Busy,
    /// It belongs to a job that was not begun, or doesn't follow what came before.
    OutOfOrder,
    /// The data did not match its checksum or could not be unpacked.
    Damaged,
    /// A part that is needed has failed.
    Faulty,
}

/// From the node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Up {
    /// Asks for a session.
    Hello {
        /// Who.
        hello: Hello,
        /// The oldest event still kept, or the number the next one will get. None before it will ever come.
        oldest: EventId,
    },
    /// Something happened.
    Event {
        /// Session.
        session: SessionId,
        /// What.
        event: Event,
    },
    /// What became of a request.
    Answer {
        /// Which.
        request: Request,
        /// What.
        outcome: Outcome,
    },
    /// A request came that does not follow the last one: send again from here.
    Missing {
        /// The request waited for.
        request: Request,
    },
    /// Answer to [`Down::Welcome`] and [`Down::Ping`].
    Pong {
        /// Session.
        session: SessionId,
        /// The node's clock when it said this.
        now: NodeMillis,
    },
}

/// From the master.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Down {
    /// Introduce yourself: something came from you that belongs to no session known here.
    Who,
    /// The session stands.
    Welcome {
        /// The boot welcomed; another boot drops this.
        boot: BootId,
        /// Number of the session.
        session: SessionId,
        /// What the master speaks.
        protocol: Protocol,
    },
    /// No session: the protocols have no version in common.
    TooOld {
        /// The boot meant.
        boot: BootId,
        /// What the master speaks.
        protocol: Protocol,
    },
    /// How far events have come.
    Ack {
        /// Session.
        session: SessionId,
        /// All up to here are in the master's memory: no need to send them again in this session.
        received: EventId,
        /// All up to here are committed: the node may forget them.
        committed: EventId,
        /// One is missing after `received`: send again from there.
        again: bool,
    },
    /// Asks something.
    Request {
        /// Its name.
        request: Request,
        /// What.
        command: Command,
    },
    /// Still there? Says again what is committed, should the acknowledgement have been lost.
    Ping {
        /// Session.
        session: SessionId,
        /// As in [`Down::Ack`].
        committed: EventId,
    },
}

/// Encodes a message; none where it is too long for a frame, which no message is: see the assertions below.
fn encode(message: &impl Serialize) -> Option<Body> {
    let mut body = Body::new();
    body.resize_default(MAX_BODY).ok()?;
    let length = to_slice(message, &mut body).ok()?.len();
    body.truncate(length);
    Some(body)
}

impl Up {
    /// As bytes; none where that is longer than a frame holds.
    #[must_use]
    pub fn encode(&self) -> Option<Body> {
        encode(self)
    }

    /// From bytes; none where they are not a message known here. Bytes after it, which a later minor may add, are passed over.
    #[must_use]
    pub fn decode(body: &[u8]) -> Option<Self> {
        from_bytes(body).ok()
    }
}

/// Place of [`Down::Request`] among the variants.
const REQUEST: u8 = 4;

impl Down {
    /// As bytes; none where that is longer than a frame holds.
    #[must_use]
    pub fn encode(&self) -> Option<Body> {
        encode(self)
    }

    /// From bytes; none where they are not a message known here. Bytes after it, which a later minor may add, are passed over.
    #[must_use]
    pub fn decode(body: &[u8]) -> Option<Self> {
        from_bytes(body).ok()
    }

    /// The name of a request whose command is not known here, so that it can be refused.
    #[must_use]
    pub fn decode_request(body: &[u8]) -> Option<Request> {
        match take_from_bytes::<(u8, Request)>(body) {
            Ok(((REQUEST, request), _)) => Some(request),
            _ => None,
        }
    }
}

/// Longest encodings, counted by hand; `tests/golden.rs` builds each and counts again.
pub mod longest {
    use crate::message::{MAX_BODY, MAX_CODE, MAX_POSITIONS, MAX_PRINT_CHUNK};

    /// A variant's number.
    const VARIANT: usize = 1;
    const U16: usize = 3;
    const U32: usize = 5;
    const SESSION: usize = U16;
    const REQUEST: usize = SESSION + 1;
    /// [`MAX_COUNT`](crate::message::MAX_COUNT).
    const COUNT: usize = 2;
    /// [`MAX_TAG`](crate::message::MAX_TAG).
    const TAG: usize = 4;
    /// Colour, mode, count, adjustable, tag.
    const LIGHT: usize = 1 + 1 + (1 + COUNT) + 1 + TAG;

    /// [`Command::Lights`](crate::message::Command::Lights) on all positions.
    pub const LIGHTS: usize = VARIANT + REQUEST + VARIANT + 1 + 1 + MAX_POSITIONS * LIGHT;
    /// [`Command::PrintRows`](crate::message::Command::PrintRows) with a full chunk.
    pub const PRINT_ROWS: usize = VARIANT + REQUEST + VARIANT + U32 + U16 + 2 + MAX_PRINT_CHUNK;
    /// [`EventBody::Scan`](crate::message::EventBody::Scan) of the longest code.
    pub const SCAN: usize = VARIANT + SESSION + U32 + U32 + VARIANT + (1 + 3) + 1 + MAX_CODE;
    /// [`EventBody::Restarted`](crate::message::EventBody::Restarted) with the longest panic.
    pub const RESTARTED: usize = VARIANT + SESSION + U32 + U32 + VARIANT + VARIANT + 1 + 96;

    const _: () = assert!(LIGHTS <= MAX_BODY && PRINT_ROWS <= MAX_BODY && SCAN <= MAX_BODY && RESTARTED <= MAX_BODY);
}
