//! All sessions of one port, by address.

use heapless::{Deque, Vec};

use super::node::{NodeEnd, answer};
use super::{NodeInfo, Output, QUEUE, Trouble};
use crate::Instant;
use crate::bus::Upper;
use crate::frame::Body;
use crate::message::{BootId, Command, EventId, Hello, PROTOCOL, Uid};
use crate::session::{Down, Request, SessionId, Up};
use crate::timing::Patience;

/// The most outputs one frame or one poll can make: two nodes with full queues give way to a third.
const ROOM: usize = 2 * (QUEUE + 1) + 3;
/// Outputs kept until fetched.
const OUTPUTS: usize = 2 * ROOM;
/// Addresses without a session that are owed a word.
const STRANGERS: usize = 8;

pub struct Sessions<const NODES: usize> {
    nodes: [Option<NodeEnd>; NODES],
    pub outputs: Deque<Output, OUTPUTS>,
    strangers: Vec<(u8, Down), STRANGERS>,
    next_session: u16,
    /// Address 0 is the node on the port itself.
    duplex: bool,
    /// Last told to be incompatible.
    incompatible: Option<(Uid, BootId)>,
    /// Last told to have a double: the one that is not served, and where it is.
    doubled: Option<(Uid, BootId, u8)>,
    crowded: bool,
    pub unreadable: u32,
    pub now: Instant,
}

/// Whether a command fits a frame.
pub fn fits(command: &Command) -> bool {
    let request = Request {
        session: SessionId(u16::MAX),
        number: u8::MAX,
    };
    // A clone on the stack, once for each command sent.
    Down::Request {
        request,
        command: command.clone(),
    }
    .encode()
    .is_some()
}

impl<const NODES: usize> Sessions<NODES> {
    const ADDRESSES: () = assert!(NODES >= 1 && NODES <= 255, "addresses are 0 to 254");

    pub fn new(first_session: u16, duplex: bool) -> Self {
        let () = Self::ADDRESSES;
        Self {
            nodes: [const { None }; NODES],
            outputs: Deque::new(),
            strangers: Vec::new(),
            next_session: first_session,
            duplex,
            incompatible: None,
            doubled: None,
            crowded: false,
            unreadable: 0,
            now: Instant(0),
        }
    }

    /// Whether whatever comes next can be told.
    pub fn has_room(&self) -> bool {
        OUTPUTS - self.outputs.len() >= ROOM
    }

    fn tell(&mut self, output: Output) {
        // Callers made sure of room.
        let told = self.outputs.push_back(output);
        debug_assert!(told.is_ok(), "ROOM is too small");
    }

    pub fn find_mut(&mut self, uid: Uid) -> Option<&mut NodeEnd> {
        self.nodes.iter_mut().flatten().find(|node| node.hello.uid == uid)
    }

    pub fn infos(&self) -> impl Iterator<Item = NodeInfo> + '_ {
        self.nodes.iter().enumerate().filter_map(|(address, node)| {
            let node = node.as_ref().filter(|node| node.told)?;
            let waiting = node.waiting();
            Some(NodeInfo {
                hello: node.hello,
                address: address as u8,
                waiting,
                counters: node.counters,
            })
        })
    }

    /// Lets time pass.
    pub fn tick(&mut self, now: Instant) {
        self.now = now;
        for address in 0..NODES {
            if self.has_room() && self.nodes[address].as_mut().is_some_and(|node| node.tick(now)) {
                self.take_down(address);
            }
        }
    }

    /// A node was turned away for want of an address.
    pub fn crowded(&mut self) {
        if !core::mem::replace(&mut self.crowded, true) {
            self.tell(Output::Trouble(Trouble::Crowded));
        }
    }

    /// What waits for a node won't be answered.
    fn interrupt(&mut self, address: usize) {
        while let Some(output) = self.nodes[address].as_mut().and_then(NodeEnd::give_up) {
            self.tell(output);
        }
    }

    fn take_down(&mut self, address: usize) {
        self.interrupt(address);
        if let Some(node) = self.nodes[address].take() {
            self.crowded = false;
            // One of a pair is gone: should it return, they are two again.
            self.doubled = self.doubled.filter(|(uid, ..)| *uid != node.hello.uid);
            if node.up {
                self.tell(Output::Down { uid: node.hello.uid });
            }
        }
    }

    fn stranger(&mut self, address: u8, word: Down) {
        if usize::from(address) < NODES && !self.strangers.iter().any(|(known, _)| *known == address) {
            // Where there is no room it comes again, and is asked again.
            let _ = self.strangers.push((address, word));
        }
    }

    fn hello(&mut self, address: u8, hello: Hello, oldest: EventId, now: Instant) {
        let Hello { uid, boot, .. } = hello;
        if !PROTOCOL.shares_a_version_with(hello.protocol) {
            self.stranger(
                address,
                Down::TooOld {
                    boot,
                    protocol: PROTOCOL,
                },
            );
            if self.incompatible.replace((uid, boot)) != Some((uid, boot)) {
                self.tell(Output::Trouble(Trouble::Incompatible { hello, address }));
            }
            return;
        }
        let index = usize::from(address);
        if index >= NODES {
            self.crowded();
            return;
        }
        let known = self
            .nodes
            .iter()
            .position(|node| node.as_ref().is_some_and(|node| node.hello.uid == uid));
        let Some(from) = known else {
            self.take_down(index);
            self.nodes[index] = Some(self.begin(address, hello, oldest, now));
            return;
        };
        let Some((known_boot, replaced, up)) = self.nodes[from]
            .as_ref()
            .map(|node| (node.hello.boot, node.replaced, node.up))
        else {
            return;
        };
        if replaced == Some(boot) {
            // A boot that has ended does not come back: these are two chips with one name. The later keeps it.
            let told = self.doubled.replace((uid, boot, address));
            if told.map(|(uid, boot, _)| (uid, boot)) != Some((uid, boot)) {
                self.tell(Output::Trouble(Trouble::SameUid { uid }));
            }
            return;
        }
        if from != index {
            self.take_down(index);
            self.nodes.swap(from, index);
        }
        if known_boot == boot {
            let session = &mut self.next_session;
            if let Some(node) = &mut self.nodes[index] {
                node.greeted(hello, oldest, || draw(session), now);
            }
        } else {
            self.interrupt(index);
            let mut fresh = self.begin(address, hello, oldest, now);
            fresh.replaced = Some(known_boot);
            fresh.up = up;
            self.nodes[index] = Some(fresh);
        }
    }

    fn begin(&mut self, address: u8, hello: Hello, oldest: EventId, now: Instant) -> NodeEnd {
        let patience = if self.duplex && address == 0 {
            Patience::DUPLEX
        } else {
            Patience::BUS
        };
        // One after the other, not all at once: a burst would make one round much longer than the others.
        let share = (usize::from(address) * 256 / NODES) as u8;
        NodeEnd::new(hello, oldest, draw(&mut self.next_session), patience, share, now)
    }

    /// The node at this address, if this is its session. A stranger is asked who it is.
    fn current(&mut self, address: u8, session: SessionId, now: Instant) -> Option<&mut NodeEnd> {
        let index = usize::from(address);
        let Some(node) = self.nodes.get_mut(index).and_then(Option::as_mut) else {
            self.stranger(address, Down::Who);
            return None;
        };
        if !node.is_current(session, now) {
            return None;
        }
        if !core::mem::replace(&mut node.told, true) {
            node.up = true;
            let hello = node.hello;
            self.tell(Output::Up { hello, address });
        }
        self.nodes[index].as_mut()
    }

    fn said(&mut self, address: u8, up: Up, now: Instant) {
        match up {
            Up::Hello { hello, oldest } => self.hello(address, hello, oldest, now),
            Up::Pong { session, now: node_now } => {
                if let Some(node) = self.current(address, session, now) {
                    node.ponged(node_now, now);
                }
            }
            Up::Event { session, event } => {
                let Some(node) = self.current(address, session, now) else {
                    return;
                };
                if let Some(event) = node.event(event, now) {
                    let Hello { uid, boot, .. } = node.hello;
                    let at = node.clock.map(event.at, now);
                    self.tell(Output::Event {
                        uid,
                        boot,
                        event,
                        at,
                        received: now,
                    });
                }
            }
            Up::Answer { request, outcome } => {
                let Some(node) = self.current(address, request.session, now) else {
                    return;
                };
                let uid = node.hello.uid;
                if let Some(token) = node.answered(request, now) {
                    self.tell(Output::Answered {
                        uid,
                        token,
                        answer: answer(outcome),
                    });
                }
            }
            Up::Missing { request } => {
                if let Some(node) = self.current(address, request.session, now) {
                    node.missing(request);
                }
            }
        }
    }

    /// When time matters next.
    pub fn wake_at(&self) -> Option<Instant> {
        if !self.strangers.is_empty() {
            return Some(Instant(0));
        }
        self.nodes.iter().flatten().map(NodeEnd::wake_at).min()
    }

    /// When the next node counts as gone, or may be spoken to again; on a bus all else waits for a poll.
    pub fn gone_at(&self) -> Option<Instant> {
        self.nodes
            .iter()
            .flatten()
            .map(NodeEnd::wake_at)
            .filter(|at| *at > self.now)
            .min()
    }
}

/// The next session's number.
const fn draw(next: &mut u16) -> SessionId {
    *next = next.wrapping_add(1);
    SessionId(*next)
}

impl<const NODES: usize> Upper for Sessions<NODES> {
    fn has_for(&self, address: u8) -> bool {
        self.nodes
            .get(usize::from(address))
            .and_then(Option::as_ref)
            .is_some_and(|node| node.is_due(self.now))
            || self.strangers.iter().any(|(stranger, _)| *stranger == address)
    }

    fn take_for(&mut self, address: u8, now: Instant) -> Option<Body> {
        if let Some(place) = self.strangers.iter().position(|(stranger, _)| *stranger == address) {
            return self.strangers.swap_remove(place).1.encode();
        }
        let node = self.nodes.get_mut(usize::from(address))?.as_mut()?;
        let (down, on_wire) = node.next_down(now)?;
        let uid = node.hello.uid;
        if let Some(token) = on_wire {
            self.tell(Output::OnWire { uid, token });
        }
        down.encode()
    }

    fn heard(&mut self, address: u8, body: &[u8], now: Instant) -> bool {
        if !self.has_room() {
            return false;
        }
        match Up::decode(body) {
            Some(up) => self.said(address, up, now),
            None => self.unreadable = self.unreadable.wrapping_add(1),
        }
        true
    }

    fn joined(&mut self, _: u8) {
        // The node introduces itself.
    }

    fn left(&mut self, address: u8) {
        if usize::from(address) < NODES {
            self.take_down(usize::from(address));
        }
        self.doubled = self.doubled.filter(|(.., place)| *place != address);
    }

    fn lost_poll(&mut self, address: u8) {
        if let Some(node) = self.nodes.get_mut(usize::from(address)).and_then(Option::as_mut) {
            node.counters.lost_polls = node.counters.lost_polls.wrapping_add(1);
        }
    }
}
