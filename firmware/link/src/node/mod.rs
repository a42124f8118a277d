//! A node's end of the wire.

mod bus;
mod session;
mod sieve;
mod store;

use bus::BusEnd;
use session::NodeSession;
pub use sieve::Sieve;

use crate::frame::{self, Body, Control, Decoder, Errors, Kind, Salt};
use crate::message::{BootId, Command, EventBody, EventId, Firmware, Hello, NodeKind, Protocol, ResetReason, Uid};
use crate::session::{Outcome, Request};
use crate::{Instant, MAX_FRAME, earlier};

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
    /// Frames that came damaged. On a bus also those of other nodes, where no [`Sieve`] keeps them away.
    pub errors: Errors,
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
/// [`wake_at`](Self::wake_at); after [`push`](Self::push) and [`answer`](Self::answer) call `transmit` too.
/// On a bus the reply must leave within a millisecond of the poll's last byte.
pub struct NodeLink<const KEEP: usize> {
    session: NodeSession<KEEP>,
    decoder: Decoder,
    bus: Option<BusEnd>,
    frames: u32,
    errors: Errors,
}

impl<const KEEP: usize> NodeLink<KEEP> {
    /// A node that has just booted. Its first event is [`EventBody::Restarted`] with `panic`, cut to what it can hold.
    #[must_use]
    pub fn new(identity: Identity, line: Line, panic: &str) -> Self {
        Self {
            session: NodeSession::new(identity, line, panic),
            decoder: Decoder::new(),
            bus: match line {
                Line::Duplex => None,
                Line::Bus { baud } => Some(BusEnd::new(identity.uid, identity.boot, baud)),
            },
            frames: 0,
            errors: Errors::default(),
        }
    }

    /// Takes bytes off the line, in chunks of any size.
    pub fn receive(&mut self, mut bytes: &[u8], now: Instant) {
        if let Some(bus) = &mut self.bus {
            bus.more_comes(bytes);
        }
        while let Some(found) = self.decoder.next(&mut bytes) {
            let taken = match (found, &mut self.bus) {
                (Err(error), _) => Err(error),
                (Ok(frame), Some(bus)) => bus.heard(frame, now, &mut self.session),
                (Ok(frame), None) => frame.open(Salt::NONE).map(|frame| {
                    let ours = frame.address == 0 && frame.control.kind == Kind::Data;
                    if ours {
                        self.session.heard(frame.body, now);
                    }
                    ours
                }),
            };
            match taken {
                Ok(true) => self.frames = self.frames.wrapping_add(1),
                Ok(false) => {}
                Err(error) => self.errors.count(error),
            }
            if let Some(bus) = &mut self.bus {
                bus.more_comes(bytes);
            }
        }
    }

    /// The next frame to put on the line, if it is time for one. Call until it gives none.
    pub fn transmit(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        self.session.tick(now);
        match &mut self.bus {
            Some(bus) => bus.transmit(now, &mut self.session, out),
            None => {
                let body = self.session.next_body(now)?;
                Some(frame::encode(0, Control::new(Kind::Data), &body, Salt::NONE, out))
            }
        }
    }

    /// When [`transmit`](Self::transmit) should be called although nothing came; a moment already past where it has something
    /// to say now. None: only when something comes.
    #[must_use]
    pub fn wake_at(&self) -> Option<Instant> {
        match &self.bus {
            // On a bus only timers of the line matter: the session speaks when the line lets it.
            Some(bus) => earlier(bus.wake_at(), self.session.timeout()),
            None if self.session.is_due() => Some(Instant(0)),
            None => self.session.wake_at(),
        }
    }

    /// Records an event and gives its number. When there is no room it is dropped, and one [`EventBody::Lost`] record
    /// takes the place of all dropped in a row as soon as there is.
    pub fn push(&mut self, body: EventBody, now: Instant) -> EventId {
        self.session.push(body, now)
    }

    /// The next command to carry out; each comes once within a session, in the master's order, and must be
    /// [answered](Self::answer).
    pub fn next_command(&mut self) -> Option<(Request, Command)> {
        self.session.next_command()
    }

    /// Says what became of a command. It may be said later and in any order; of an ended session it is not heard.
    pub fn answer(&mut self, request: Request, outcome: Outcome) {
        self.session.answer(request, outcome);
    }

    /// Whether a master is there. Without one, the node shows amber and keeps its events.
    #[must_use]
    pub fn is_connected(&self, now: Instant) -> bool {
        self.session.is_connected(now)
    }

    /// Messages heard, of any kind. While neither this nor [`is_connected`](Self::is_connected) changes, the device has nothing to do that the
    /// line brought.
    #[must_use]
    pub const fn messages(&self) -> u32 {
        self.session.messages()
    }

    /// Events kept here because the master has not yet said that they are committed.
    #[must_use]
    pub fn unacknowledged(&self) -> usize {
        self.session.unacknowledged()
    }

    /// The settings changed: later introductions carry this CRC-32.
    pub fn set_settings_crc(&mut self, crc: u32) {
        self.session.set_settings_crc(crc);
    }

    /// The address on the bus, once given; 0 on a duplex line.
    #[must_use]
    pub fn address(&self) -> Option<u8> {
        match &self.bus {
            Some(bus) => bus.address(),
            None => Some(0),
        }
    }

    /// The introduction this node gives.
    #[must_use]
    pub fn hello(&self, now: Instant) -> Hello {
        self.session.hello(now)
    }

    /// What the master speaks; none before its first welcome.
    #[must_use]
    pub fn master_protocol(&self) -> Option<Protocol> {
        self.session.master_protocol()
    }

    /// What this end has seen.
    #[must_use]
    pub fn counters(&self) -> Counters {
        Counters {
            frames: self.frames,
            errors: self.errors,
            address_conflicts: self.bus.as_ref().map_or(0, BusEnd::conflicts),
            ..self.session.counters()
        }
    }

    /// For a bridge, which has the line itself: a message for this node.
    pub(crate) fn heard(&mut self, body: &[u8], now: Instant) {
        self.frames = self.frames.wrapping_add(1);
        self.session.heard(body, now);
    }

    /// For a bridge: what this node has to say.
    pub(crate) fn next_body(&mut self, now: Instant) -> Option<Body> {
        self.session.tick(now);
        self.session.next_body(now)
    }

    /// For a bridge: a damaged frame came.
    pub(crate) fn count(&mut self, error: frame::FrameError) {
        self.errors.count(error);
    }
}
