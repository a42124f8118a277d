//! The master's end of one session: events taken in order, requests sent until answered.

use heapless::Deque;

use super::{Answer, Counters, Output, QUEUE};
use crate::clock::ClockMap;
use crate::message::{BootId, Command, Event, EventBody, EventId, Hello, NodeMillis, PROTOCOL};
use crate::session::{Down, Outcome, Request, SessionId, WINDOW};
use crate::timing::Patience;
use crate::{Instant, earlier};

/// How long an event may wait for its receipt where its commit does not come first, in µs.
const RECEIPT: u64 = 50_000;
/// Least time between two welcomes or questions to one node, in µs.
const PERSIST: u64 = 100_000;

/// A command that waits, or is on the wire, or was answered out of turn.
struct Pending {
    token: u32,
    command: Command,
    on_wire: bool,
    answered: bool,
}

/// What the node is to hear before all else.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Nothing,
    Who,
    Welcome,
}

pub struct NodeEnd {
    pub hello: Hello,
    patience: Patience,
    session: SessionId,
    /// The node has said something in this session.
    pub confirmed: bool,
    /// The user has been told of this boot.
    pub told: bool,
    /// The user believes that the node is up, be it for an earlier boot.
    pub up: bool,
    /// The boot that this one replaced.
    pub replaced: Option<BootId>,
    first: First,
    first_sent: Instant,
    heard_at: Instant,
    ping_at: Instant,
    ping_due: bool,
    received: EventId,
    committed: EventId,
    ack_at: Option<Instant>,
    /// Send again from after `received`; and for which `received` that was last said.
    again: bool,
    again_said: Option<EventId>,
    queue: Deque<Pending, QUEUE>,
    /// Number of the request at the queue's front.
    front: u8,
    /// From the front on, so many are on the wire.
    sent: usize,
    retry_at: Option<Instant>,
    retry_after: u64,
    /// Where a node said it misses something, and it was sent again.
    missed: Option<u8>,
    pub clock: ClockMap,
    pub counters: Counters,
}

impl NodeEnd {
    /// `share` of 256 of a period after the full periods of the master's clock, the node is pinged.
    pub fn new(hello: Hello, oldest: EventId, session: SessionId, patience: Patience, share: u8, now: Instant) -> Self {
        let step = patience.ping * u64::from(share) / 256;
        let since_step = (now.0 + patience.ping - step) % patience.ping;
        let before = EventId(oldest.0.saturating_sub(1));
        let mut clock = ClockMap::default();
        clock.sample(hello.now, now);
        Self {
            hello,
            patience,
            session,
            confirmed: false,
            told: false,
            up: false,
            replaced: None,
            first: First::Welcome,
            first_sent: Instant(0),
            heard_at: now,
            ping_at: now.after(patience.ping - since_step),
            ping_due: false,
            received: before,
            committed: before,
            ack_at: None,
            again: false,
            again_said: None,
            queue: Deque::new(),
            front: 1,
            sent: 0,
            retry_at: None,
            retry_after: patience.again,
            missed: None,
            clock,
            counters: Counters::default(),
        }
    }

    /// The node introduced itself again, in the same boot.
    pub fn greeted(&mut self, hello: Hello, oldest: EventId, next_session: impl FnOnce() -> SessionId, now: Instant) {
        self.clock.sample(hello.now, now);
        self.hello = hello;
        self.first = First::Welcome;
        if !self.confirmed {
            // It hasn't heard our welcome, or this was sent before it did: the session is still unused.
            return;
        }
        self.session = next_session();
        self.confirmed = false;
        self.heard_at = now;
        self.received = self.received.max(EventId(oldest.0.saturating_sub(1)));
        self.ack_at = Some(now);
        self.again = false;
        self.again_said = None;
        // What was not answered is asked anew, under new numbers; what was must not take one.
        for _ in 0..self.queue.len() {
            if let Some(pending) = self.queue.pop_front()
                && !pending.answered
            {
                // There is room: it was just taken from there.
                let _ = self.queue.push_back(pending);
            }
        }
        self.front = 1;
        self.sent = 0;
        self.retry_at = None;
        self.retry_after = self.patience.again;
        self.missed = None;
    }

    /// Whether this is the session that stands; a stale one is counted, and the node asked who it is.
    pub fn is_current(&mut self, session: SessionId, now: Instant) -> bool {
        if session == self.session {
            self.confirmed = true;
            self.heard_at = now;
            if self.first == First::Who {
                self.first = First::Nothing;
            }
            return true;
        }
        self.counters.stale = self.counters.stale.wrapping_add(1);
        if self.first == First::Nothing && now.since(self.first_sent) >= PERSIST {
            self.first = First::Who;
        }
        false
    }

    pub fn ponged(&mut self, node: NodeMillis, now: Instant) {
        self.clock.sample(node, now);
    }

    /// An event came; gives it back where it is the next.
    pub fn event(&mut self, event: Event, now: Instant) -> Option<Event> {
        // A record of loss stands for the numbers before its own too.
        let first = match event.body {
            EventBody::Lost { count } => event.id.0.saturating_sub(count),
            _ => event.id.0,
        };
        if event.id <= self.received {
            self.counters.events_again = self.counters.events_again.wrapping_add(1);
            self.ack_at = Some(now);
            return None;
        }
        if first > self.received.0 + 1 {
            self.counters.gaps = self.counters.gaps.wrapping_add(1);
            if self.again_said != Some(self.received) {
                self.again_said = Some(self.received);
                self.again = true;
                self.ack_at = Some(now);
            }
            return None;
        }
        self.received = event.id;
        self.ack_at.get_or_insert(now.after(RECEIPT));
        Some(event)
    }

    /// The user has all up to here safe.
    pub fn committed(&mut self, upto: EventId) {
        let upto = upto.min(self.received);
        if upto > self.committed {
            self.committed = upto;
            self.ack_at = Some(Instant(0));
        }
    }

    /// A request was answered; gives its token the first time.
    pub fn answered(&mut self, request: Request, now: Instant) -> Option<u32> {
        let index = usize::from(request.number.wrapping_sub(self.front));
        if index >= self.sent {
            return None;
        }
        let pending = self.queue.iter_mut().nth(index)?;
        if core::mem::replace(&mut pending.answered, true) {
            return None;
        }
        let token = pending.token;
        self.missed = None;
        while self.queue.front().is_some_and(|pending| pending.answered) {
            self.queue.pop_front();
            self.front = self.front.wrapping_add(1);
            self.sent = self.sent.saturating_sub(1);
        }
        self.retry_after = self.patience.again;
        self.retry_at = (self.sent > 0).then(|| now.after(self.retry_after));
        Some(token)
    }

    /// The node waits for this request though a later one came.
    pub fn missing(&mut self, request: Request) {
        let index = usize::from(request.number.wrapping_sub(self.front));
        if index < self.sent && self.missed != Some(request.number) {
            self.missed = Some(request.number);
            self.sent = index;
            self.retry_at = None;
        }
    }

    /// Queues a command; false where there is no room.
    pub fn send(&mut self, token: u32, command: Command) -> bool {
        self.queue
            .push_back(Pending {
                token,
                command,
                on_wire: false,
                answered: false,
            })
            .is_ok()
    }

    pub fn waiting(&self) -> usize {
        self.queue.iter().filter(|pending| !pending.answered).count()
    }

    /// The session ends for good: gives up one command after the other.
    pub fn give_up(&mut self) -> Option<Output> {
        while let Some(pending) = self.queue.pop_front() {
            if !pending.answered {
                let (uid, token) = (self.hello.uid, pending.token);
                return Some(Output::Answered {
                    uid,
                    token,
                    answer: Answer::Interrupted,
                });
            }
        }
        None
    }

    /// Lets time pass; whether the node counts as gone.
    pub fn tick(&mut self, now: Instant) -> bool {
        if now.since(self.heard_at) >= self.patience.gone {
            return true;
        }
        if now >= self.ping_at {
            // In step, so that nodes that came up together stay apart.
            let late = now.since(self.ping_at) % self.patience.ping;
            self.ping_at = now.after(self.patience.ping - late);
            self.ping_due = true;
        }
        if self.retry_at.is_some_and(|at| now >= at) {
            self.retry_at = None;
            self.retry_after = (self.retry_after * 2).min(self.patience.again_most);
            self.sent = 0;
            self.missed = None;
        }
        false
    }

    /// Whether there is something to say now.
    pub fn is_due(&self, now: Instant) -> bool {
        self.first != First::Nothing
            || self.confirmed
                && (self.ping_due || self.ack_at.is_some_and(|at| now >= at) || self.next_request().is_some())
    }

    fn next_request(&self) -> Option<usize> {
        // The window bounds numbers, not waiting commands: the node remembers only so many.
        let end = self.queue.len().min(WINDOW);
        (self.sent < end).then_some(self.sent)
    }

    /// The next thing to say, and the token of a command that is put on the wire for the first time.
    pub fn next_down(&mut self, now: Instant) -> Option<(Down, Option<u32>)> {
        match core::mem::replace(&mut self.first, First::Nothing) {
            First::Nothing => {}
            First::Who => {
                self.first_sent = now;
                return Some((Down::Who, None));
            }
            First::Welcome => {
                self.first_sent = now;
                let Hello { boot, .. } = self.hello;
                return Some((
                    Down::Welcome {
                        boot,
                        session: self.session,
                        protocol: PROTOCOL,
                    },
                    None,
                ));
            }
        }
        if !self.confirmed {
            return None;
        }
        let session = self.session;
        if self.ack_at.is_some_and(|at| now >= at) {
            self.ack_at = None;
            let again = core::mem::take(&mut self.again);
            return Some((
                Down::Ack {
                    session,
                    received: self.received,
                    committed: self.committed,
                    again,
                },
                None,
            ));
        }
        if let Some(index) = self.next_request() {
            let number = self.front.wrapping_add(index as u8);
            let pending = self.queue.iter_mut().nth(index)?;
            let first_time = !core::mem::replace(&mut pending.on_wire, true);
            if !first_time {
                self.counters.retransmissions = self.counters.retransmissions.wrapping_add(1);
            }
            let token = first_time.then_some(pending.token);
            let command = pending.command.clone();
            self.sent = index + 1;
            self.retry_at.get_or_insert(now.after(self.retry_after));
            return Some((
                Down::Request {
                    request: Request { session, number },
                    command,
                },
                token,
            ));
        }
        core::mem::take(&mut self.ping_due).then_some((
            Down::Ping {
                session,
                committed: self.committed,
            },
            None,
        ))
    }

    /// When time matters next.
    pub fn wake_at(&self) -> Instant {
        if self.first != First::Nothing || self.confirmed && (self.ping_due || self.next_request().is_some()) {
            return Instant(0);
        }
        let gone = self.heard_at.after(self.patience.gone);
        let timers = earlier(self.retry_at, self.ack_at.filter(|_| self.confirmed));
        earlier(timers, Some(self.ping_at)).map_or(gone, |at| at.min(gone))
    }
}

/// How an outcome reads to the master's user.
pub const fn answer(outcome: Outcome) -> Answer {
    match outcome {
        Outcome::Taken => Answer::Taken,
        Outcome::Refused(refusal) => Answer::Refused(refusal),
    }
}
