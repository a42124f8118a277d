//! What a node and its master say to each other to keep messages whole: introductions, numbers, acknowledgements.
//!
//! A *session* lasts from a [`Down::Welcome`] to the next. Its number stands in every message, so that what
//! comes late, from before a reset or a restart, is known and dropped. See `docs/link.md`, "Session".

use serde::{Deserialize, Serialize};

use crate::message::{BootId, Command, Event, EventId, Hello, NodeMillis, Protocol};

/// Requests a master may have unanswered at one node; events a node may have unreceived.
pub const WINDOW: usize = 4;
/// Requests whose outcome a node remembers, so that a repeat is answered, not done again.
pub const REMEMBERED: usize = 8;

/// Number of a session, drawn by the master.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionId(pub u16);

/// Number of a request within its session; from 1, wrapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request(pub u8);

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
        /// Session.
        session: SessionId,
        /// Which.
        request: Request,
        /// What.
        outcome: Outcome,
    },
    /// A request came that does not follow the last one: send again from here.
    Missing {
        /// Session.
        session: SessionId,
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
        /// Session.
        session: SessionId,
        /// Number.
        request: Request,
        /// What.
        command: Command,
    },
    /// Still there?
    Ping {
        /// Session.
        session: SessionId,
    },
}
