//! The master's end of the wire: one for each port.

mod node;
mod sessions;

use sessions::Sessions;

use crate::bus::{BusMaster, BusTiming, Upper};
use crate::frame::{self, Control, Decoder, Errors, Kind, Salt};
use crate::message::{BootId, Command, Event, EventId, Hello, Uid};
use crate::session::Refusal;
use crate::{Instant, MAX_FRAME, earlier};

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
    /// A session with a node stands. Where it was up already, it started again: its boot is new and it shows nothing;
    /// waiting commands were answered [`Answer::Interrupted`] before this. Desire everything anew.
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
    /// Something happened. Of one boot, events come in order and without a gap, and each once from [`Output::Up`] to
    /// [`Output::Down`]; after that, and after a restart of the master, what was not [committed](Master::committed) comes
    /// again, with the same boot and number. Who keeps (uid, boot, number) of the last event durably has each exactly once.
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
    /// Damaged frames, by what was wrong.
    pub errors: Errors,
    /// Whole frames whose content can't be read here.
    pub unreadable: u32,
}

/// One port's master: bytes and time in, bytes and [`Output`] out. It serves addresses 0 to `NODES` - 1: 1 is enough for a node
/// on a port of its own, 33 for a bridge or a bus with 32 nodes. A node takes some 3 KB here.
pub struct Master<const NODES: usize> {
    sessions: Sessions<NODES>,
    port: Port<NODES>,
}

enum Port<const NODES: usize> {
    Duplex {
        decoder: Decoder,
        frames: u32,
        errors: Errors,
        /// The address that speaks next, if it has something to say.
        turn: usize,
    },
    Bus(BusMaster<NODES>),
}

impl<const NODES: usize> Master<NODES> {
    /// A master for a port just opened. `seed` must differ from run to run: it makes this run's sessions known.
    #[must_use]
    pub fn new(line: Line, seed: u64) -> Self {
        let port = match line {
            Line::Duplex => Port::Duplex {
                decoder: Decoder::new(),
                frames: 0,
                errors: Errors::default(),
                turn: 0,
            },
            Line::Bus(timing) => Port::Bus(BusMaster::new(timing, (seed >> 16) as u16).limited(NODES - 1)),
        };
        Self {
            sessions: Sessions::new(seed as u16, matches!(line, Line::Duplex)),
            port,
        }
    }

    /// Takes bytes off the line and gives how many it took; it stops early when outputs wait to be
    /// [fetched](Self::next_output). Call again with the rest.
    pub fn receive(&mut self, bytes: &[u8], now: Instant) -> usize {
        let mut rest = bytes;
        self.sessions.now = now;
        while !rest.is_empty() && self.sessions.has_room() {
            match &mut self.port {
                Port::Bus(bus) => {
                    bus.receive(&mut rest, now, &mut self.sessions);
                }
                Port::Duplex {
                    decoder,
                    frames,
                    errors,
                    ..
                } => {
                    let Some(found) = decoder.next(&mut rest) else { break };
                    match found.and_then(|frame| frame.open(Salt::NONE)) {
                        Err(error) => errors.count(error),
                        Ok(frame) => {
                            *frames = frames.wrapping_add(1);
                            match (frame.control.kind, frame.address) {
                                (Kind::Data, 1..) if frame.body.is_empty() => self.sessions.left(frame.address),
                                (Kind::Data, _) => {
                                    // There is room, so it is heard.
                                    self.sessions.heard(frame.address, frame.body, now);
                                }
                                _ => {}
                            }
                        }
                    }
                }
            }
        }
        bytes.len() - rest.len()
    }

    /// The next frame to put on the line, if it is time for one. Call until it gives none; also keeps the master's clock,
    /// so call it at [`wake_at`](Self::wake_at) and then fetch outputs. While outputs are not fetched it gives nothing.
    pub fn transmit(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        self.sessions.tick(now);
        if !self.sessions.has_room() {
            return None;
        }
        match &mut self.port {
            Port::Bus(bus) => {
                let length = bus.transmit(now, &mut self.sessions, out);
                if bus.take_crowded() {
                    self.sessions.crowded();
                }
                length
            }
            Port::Duplex { turn, .. } => {
                let ready = |address: &usize| self.sessions.has_for(*address as u8);
                let address = (*turn..NODES).chain(0..*turn).find(ready)?;
                *turn = (address + 1) % NODES;
                let body = self.sessions.take_for(address as u8, now)?;
                Some(frame::encode(
                    address as u8,
                    Control::new(Kind::Data),
                    &body,
                    Salt::NONE,
                    out,
                ))
            }
        }
    }

    /// When [`transmit`](Self::transmit) should be called although nothing came; a moment already past where there is
    /// something to say now.
    #[must_use]
    pub fn wake_at(&self) -> Option<Instant> {
        match &self.port {
            Port::Duplex { .. } => self.sessions.wake_at(),
            Port::Bus(bus) => earlier(bus.wake_at(&self.sessions), self.sessions.gone_at()),
        }
    }

    /// What there is to tell.
    pub fn next_output(&mut self) -> Option<Output> {
        self.sessions.outputs.pop_front()
    }

    /// All events of that boot up to `event` are committed: the node may forget them. Of another boot, or beyond what came:
    /// not heard. Call [`transmit`](Self::transmit) afterwards.
    pub fn committed(&mut self, uid: Uid, boot: BootId, event: EventId) {
        if let Some(node) = self.sessions.find_mut(uid).filter(|node| node.hello.boot == boot) {
            node.committed(event);
        }
    }

    /// Queues a command. Commands of one node reach it in order, each once within a session; when the session has to be
    /// begun anew, what was not answered is sent again. Ends in one [`Output::Answered`] with this token. Call
    /// [`transmit`](Self::transmit) afterwards.
    ///
    /// # Errors
    /// Nothing was queued.
    pub fn send(&mut self, uid: Uid, token: u32, command: Command) -> Result<(), SendError> {
        let node = self
            .sessions
            .find_mut(uid)
            .filter(|node| node.told)
            .ok_or(SendError::Unknown)?;
        if !sessions::fits(&command) {
            return Err(SendError::TooLong);
        }
        if node.send(token, command) {
            Ok(())
        } else {
            Err(SendError::Full)
        }
    }

    /// The nodes with which a session stands.
    pub fn nodes(&self) -> impl Iterator<Item = NodeInfo> + '_ {
        self.sessions.infos()
    }

    /// What happened on the port.
    #[must_use]
    pub fn counters(&self) -> PortCounters {
        let (frames, errors) = match &self.port {
            Port::Duplex { frames, errors, .. } => (*frames, *errors),
            Port::Bus(bus) => bus.counters(),
        };
        PortCounters {
            frames,
            errors,
            unreadable: self.sessions.unreadable,
        }
    }
}
