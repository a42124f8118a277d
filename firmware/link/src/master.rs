//! The master's end of the wire: one for each port.

use crate::bus::BusTiming;
use crate::message::{BootId, Command, Event, EventId, Hello, Uid};
use crate::session::Refusal;
use crate::{Instant, MAX_FRAME};

/// Commands one node may have waiting or unanswered.
pub const QUEUE: usize = 8;

/// The line a master speaks on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// USB CDC or a UART: one node, or a bridge with its children.
    Duplex,
    /// A plain RS-485 adapter: the master polls.
    Bus(BusTiming),
}

/// What a master has to tell its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// A session with a node stands. What it showed before is unknown if its boot is new: desire everything anew.
    Up {
        /// The node.
        hello: Hello,
        /// 0: on the port itself; else behind a bridge or on a bus.
        address: u8,
    },
    /// A node no longer answers. Its waiting commands are answered [`Answer::Interrupted`] before this.
    Down {
        /// The node.
        uid: Uid,
    },
    /// Something happened. In order and each once for one [`Master`]; after a restart of the master the node tells again
    /// what was not [committed](Master::committed), with the same boot and number.
    Event {
        /// The node.
        uid: Uid,
        /// Its boot.
        boot: BootId,
        /// What.
        event: Event,
        /// When it happened, on the master's clock; never later than `received`.
        at: Instant,
        /// When it came.
        received: Instant,
    },
    /// A command has been put on the wire for the first time.
    OnWire {
        /// The node.
        uid: Uid,
        /// As given to [`Master::send`].
        token: u32,
    },
    /// What became of a command.
    Answered {
        /// The node.
        uid: Uid,
        /// As given to [`Master::send`].
        token: u32,
        /// What.
        answer: Answer,
    },
    /// Something a technician should know.
    Trouble(Trouble),
}

/// What became of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Taken by the node.
    Taken,
    /// Refused by the node.
    Refused(Refusal),
    /// The node went away or started again before it answered: it may or may not have taken it.
    Interrupted,
}

/// Something a technician should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A node speaks a protocol that has no version in common with ours. Update the older side.
    Incompatible {
        /// The node.
        hello: Hello,
        /// Where.
        address: u8,
    },
    /// Two nodes on this port give the same unique id.
    SameUid {
        /// The id.
        uid: Uid,
    },
    /// More nodes than this master has room for.
    Crowded,
}

/// Why a command was not accepted for sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendError {
    /// [`QUEUE`] commands wait already: try again after the next [`Output::Answered`].
    Full,
    /// No session with that node.
    Unknown,
    /// The command is longer than a frame holds.
    TooLong,
}

/// What a master knows of one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeInfo {
    /// Its introduction.
    pub hello: Hello,
    /// Its address.
    pub address: u8,
    /// Commands waiting or unanswered.
    pub waiting: usize,
    /// What happened with it.
    pub counters: Counters,
}

/// What happened with one node since its session began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Requests sent again.
    pub retransmissions: u32,
    /// Events that came again.
    pub events_again: u32,
    /// Events that came before an earlier one, which was asked for again.
    pub gaps: u32,
    /// Late messages of an ended session, dropped.
    pub stale: u32,
    /// Polls without a whole reply (bus only).
    pub lost_polls: u32,
}

/// What happened on the port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PortCounters {
    /// Whole frames.
    pub frames: u32,
    /// Frames whose checksum or COBS coding was wrong, or that were too long.
    pub damaged: u32,
    /// Whole frames whose content can't be read here.
    pub unreadable: u32,
}

/// One port's master: bytes and time in, bytes and [`Output`] out. `NODES` bounds the nodes it can serve; 33 for a bridge
/// with 32 children.
pub struct Master<const NODES: usize> {}

impl<const NODES: usize> Master<NODES> {
    /// A master for a port just opened. `seed` must differ from run to run: it makes this run's sessions known.
    #[must_use]
    pub fn new(line: Line, seed: u64) -> Self {
        let _ = (line, seed);
        Self {}
    }

    /// Takes bytes off the line and gives how many it took; it stops early when outputs wait to be
    /// [fetched](Self::next_output). Call again with the rest.
    pub fn receive(&mut self, bytes: &[u8], now: Instant) -> usize {
        let _ = (bytes, now);
        todo!()
    }

    /// The next frame to put on the line, if it is time for one. Call until it gives none; also keeps the master's clock,
    /// so call it at [`wake_at`](Self::wake_at) and then fetch outputs.
    pub fn transmit(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        let _ = (now, out);
        todo!()
    }

    /// When [`transmit`](Self::transmit) should be called although nothing came.
    #[must_use]
    pub fn wake_at(&self) -> Option<Instant> {
        todo!()
    }

    /// What there is to tell.
    pub fn next_output(&mut self) -> Option<Output> {
        todo!()
    }

    /// All events of that boot up to `event` are committed: the node may forget them. Of another boot: ignored.
    pub fn committed(&mut self, uid: Uid, boot: BootId, event: EventId) {
        let _ = (uid, boot, event);
        todo!()
    }

    /// Queues a command. Commands of one node reach it in order, each once within a session; when the session has to be
    /// begun anew, what was not answered is sent again. Ends in one [`Output::Answered`] with this token.
    ///
    /// # Errors
    /// Nothing was queued.
    pub fn send(&mut self, uid: Uid, token: u32, command: Command) -> Result<(), SendError> {
        let _ = (uid, token, command);
        todo!()
    }

    /// The nodes with which a session stands.
    pub fn nodes(&self) -> impl Iterator<Item = NodeInfo> + '_ {
        core::iter::empty()
    }

    /// What happened on the port.
    #[must_use]
    pub fn counters(&self) -> PortCounters {
        todo!()
    }
}
