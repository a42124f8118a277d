//! The node's end of a session: introductions until welcomed, events until committed, requests taken once and answered.

use heapless::{Deque, String};

use super::store::{Store, node_millis};
use super::{Counters, Identity, Line};
use crate::frame::Body;
use crate::message::{Command, EventBody, EventId, Hello, PROTOCOL, Protocol};
use crate::session::{Down, Outcome, REMEMBERED, Refusal, Request, SessionId, Up, WINDOW};
use crate::timing::Patience;
use crate::{Instant, earlier};

/// Time between introductions, at first and at most, in µs.
const HELLO: (u64, u64) = (100_000, 1_000_000);
/// Least time between two introductions, however often asked, in µs.
const HELLO_LEAST: u64 = 30_000;
/// Time between introductions to a master that can't speak with us, in µs.
const HELLO_INCOMPATIBLE: u64 = 5_000_000;

/// A request that was taken, and what became of it.
type Remembered = Option<(u8, Option<Outcome>)>;

pub struct NodeSession<const KEEP: usize> {
    identity: Identity,
    patience: Patience,
    store: Store<KEEP>,
    session: Option<SessionId>,
    master: Option<Protocol>,
    /// When something of this session came last.
    heard_at: Instant,
    /// When to introduce ourselves next; none while welcome.
    hello_at: Option<Instant>,
    hello_interval: u64,
    hello_sent: Option<Instant>,
    pong_due: bool,
    /// The master has all events up to here.
    received: EventId,
    /// All up to here are on their way.
    sent: EventId,
    /// The highest ever sent in this session: what is sent up to it is sent again.
    highest: EventId,
    /// When to send again what was not received.
    again_at: Option<Instant>,
    again_after: u64,
    /// Last request taken.
    taken: u8,
    inbox: Deque<(Request, Command), WINDOW>,
    remembered: [Remembered; REMEMBERED],
    /// Bit n: the answer to `remembered[n]` is to be sent.
    answers_due: u8,
    missing_due: bool,
    counters: Counters,
    messages: u32,
}

impl<const KEEP: usize> NodeSession<KEEP> {
    pub fn new(identity: Identity, line: Line, panic: &str) -> Self {
        let mut store = Store::new();
        let mut text = String::new();
        for letter in panic.chars() {
            if text.push(letter).is_err() {
                break;
            }
        }
        store.push(
            EventBody::Restarted {
                reason: identity.reset,
                panic: text,
            },
            Instant(0),
        );
        let patience = match line {
            Line::Duplex => Patience::DUPLEX,
            Line::Bus { .. } => Patience::BUS,
        };
        Self {
            identity,
            patience,
            store,
            session: None,
            master: None,
            heard_at: Instant(0),
            hello_at: Some(Instant(0)),
            hello_interval: HELLO.0,
            hello_sent: None,
            pong_due: false,
            received: EventId(0),
            sent: EventId(0),
            highest: EventId(0),
            again_at: None,
            again_after: patience.again,
            taken: 0,
            inbox: Deque::new(),
            remembered: [None; REMEMBERED],
            answers_due: 0,
            missing_due: false,
            counters: Counters::default(),
            messages: 0,
        }
    }

    /// A message from the master.
    pub const fn messages(&self) -> u32 {
        self.messages
    }

    pub fn heard(&mut self, body: &[u8], now: Instant) {
        self.messages = self.messages.wrapping_add(1);
        match Down::decode(body) {
            Some(down) => self.take(down, now),
            None => {
                self.counters.unreadable = self.counters.unreadable.wrapping_add(1);
                if let Some(request) = Down::decode_request(body)
                    && Some(request.session) == self.session
                    && self.is_next(request.number)
                {
                    self.remember(request.number, Some(Outcome::Refused(Refusal::Unsupported)));
                }
            }
        }
    }

    fn take(&mut self, down: Down, now: Instant) {
        match down {
            Down::Who => {
                if self.hello_sent.is_none_or(|sent| now.since(sent) >= HELLO_LEAST) {
                    self.hello_at = Some(now);
                }
            }
            Down::Welcome {
                boot,
                session,
                protocol,
            } if boot == self.identity.boot => {
                if self.session != Some(session) {
                    self.begin(session);
                }
                self.master = Some(protocol);
                self.hello_at = None;
                self.hello_interval = HELLO.0;
                self.pong_due = true;
                self.heard_at = now;
            }
            Down::TooOld { boot, protocol } if boot == self.identity.boot => {
                self.end();
                self.master = Some(protocol);
                self.hello_at = Some(now.after(HELLO_INCOMPATIBLE));
            }
            Down::Welcome { .. } | Down::TooOld { .. } => {}
            Down::Ack {
                session,
                received,
                committed,
                again,
            } if self.is_current(session, now) => {
                self.acknowledged(received, committed, again, now);
            }
            Down::Request { request, command } if self.is_current(request.session, now) => {
                self.requested(request, command);
            }
            Down::Ping { session, committed } if self.is_current(session, now) => {
                self.acknowledged(self.received.max(committed), committed, false, now);
                self.pong_due = true;
            }
            // Of a session that has ended.
            Down::Ack { .. } | Down::Request { .. } | Down::Ping { .. } => {}
        }
    }

    /// Whether this is the session that stands; if so, the master is there.
    fn is_current(&mut self, session: SessionId, now: Instant) -> bool {
        let current = self.session == Some(session);
        if current {
            self.heard_at = now;
        }
        current
    }

    fn begin(&mut self, session: SessionId) {
        self.session = Some(session);
        self.received = EventId(self.store.oldest().0 - 1);
        self.sent = self.received;
        self.highest = self.received;
        self.again_at = None;
        self.again_after = self.patience.again;
        self.taken = 0;
        self.inbox.clear();
        self.remembered = [None; REMEMBERED];
        self.answers_due = 0;
        self.missing_due = false;
    }

    /// The session ends: introductions begin at once.
    pub fn end(&mut self) {
        self.session = None;
        self.pong_due = false;
        self.hello_at = Some(Instant(0));
        self.hello_interval = HELLO.0;
    }

    fn acknowledged(&mut self, received: EventId, committed: EventId, again: bool, now: Instant) {
        if received >= self.store.next() || committed > received {
            // Nobody can have what was never sent.
            self.counters.unreadable = self.counters.unreadable.wrapping_add(1);
            return;
        }
        self.store.commit(committed);
        if received > self.received {
            self.received = received;
            self.sent = self.sent.max(received);
            self.highest = self.highest.max(received);
            self.again_after = self.patience.again;
            self.again_at = (self.sent > received).then(|| now.after(self.again_after));
        }
        if again {
            self.sent = self.received;
            self.again_at = None;
        }
    }

    /// Whether this request follows the last one; else says what to say of it.
    fn is_next(&mut self, number: u8) -> bool {
        let ahead = number.wrapping_sub(self.taken.wrapping_add(1));
        if ahead == 0 {
            return true;
        }
        let behind = ahead.wrapping_neg();
        if usize::from(behind) <= REMEMBERED {
            self.counters.requests_again = self.counters.requests_again.wrapping_add(1);
            let slot = usize::from(number) % REMEMBERED;
            if let Some((remembered, Some(_))) = self.remembered[slot]
                && remembered == number
            {
                self.answers_due |= 1 << slot;
            }
        } else if usize::from(ahead) < WINDOW {
            self.missing_due = true;
        }
        false
    }

    fn requested(&mut self, request: Request, command: Command) {
        // The inbox holds a whole window, so it is never full; were it, the request would come again.
        if self.is_next(request.number) && self.inbox.push_back((request, command)).is_ok() {
            self.remember(request.number, None);
        }
    }

    fn remember(&mut self, number: u8, outcome: Option<Outcome>) {
        let slot = usize::from(number) % REMEMBERED;
        self.taken = number;
        self.remembered[slot] = Some((number, outcome));
        self.answers_due &= !(1 << slot);
        if outcome.is_some() {
            self.answers_due |= 1 << slot;
        }
        self.missing_due = false;
    }

    pub fn next_command(&mut self) -> Option<(Request, Command)> {
        self.inbox.pop_front()
    }

    pub fn answer(&mut self, request: Request, outcome: Outcome) {
        let slot = usize::from(request.number) % REMEMBERED;
        if Some(request.session) == self.session
            && let Some((number, none @ None)) = &mut self.remembered[slot]
            && *number == request.number
        {
            *none = Some(outcome);
            self.answers_due |= 1 << slot;
        }
    }

    pub fn push(&mut self, body: EventBody, now: Instant) -> EventId {
        self.store.push(body, now)
    }

    /// Lets time pass.
    pub fn tick(&mut self, now: Instant) {
        if self.session.is_some() && !self.is_connected(now) {
            self.end();
        }
        if self.again_at.is_some_and(|at| now >= at) {
            self.again_at = None;
            self.again_after = (self.again_after * 2).min(self.patience.again_most);
            self.sent = self.received;
        }
    }

    /// The next thing to say, if there is one.
    pub fn next_body(&mut self, now: Instant) -> Option<Body> {
        self.next_up(now)?.encode()
    }

    fn next_up(&mut self, now: Instant) -> Option<Up> {
        if self.hello_at.is_some_and(|at| now >= at) {
            // While a session stands, one introduction answers one question.
            self.hello_at = self.session.is_none().then(|| now.after(self.hello_interval));
            self.hello_interval = (self.hello_interval * 2).min(HELLO.1);
            self.hello_sent = Some(now);
            return Some(Up::Hello {
                hello: self.hello(now),
                oldest: self.store.oldest(),
            });
        }
        let session = self.session?;
        if core::mem::take(&mut self.pong_due) {
            return Some(Up::Pong {
                session,
                now: node_millis(now),
            });
        }
        if let Some(event) = self.sendable() {
            let event = event.clone();
            self.sent = event.id;
            if event.id <= self.highest {
                self.counters.events_again = self.counters.events_again.wrapping_add(1);
            }
            self.highest = self.highest.max(event.id);
            self.again_at.get_or_insert(now.after(self.again_after));
            return Some(Up::Event { session, event });
        }
        if self.answers_due != 0 {
            let slot = self.answers_due.trailing_zeros();
            self.answers_due &= !(1 << slot);
            if let Some((number, Some(outcome))) = self.remembered[slot as usize] {
                return Some(Up::Answer {
                    request: Request { session, number },
                    outcome,
                });
            }
        }
        core::mem::take(&mut self.missing_due).then(|| Up::Missing {
            request: Request {
                session,
                number: self.taken.wrapping_add(1),
            },
        })
    }

    /// The next event to send, unless too many are on their way.
    fn sendable(&self) -> Option<&crate::message::Event> {
        if self.store.between(self.received, self.sent) >= WINDOW {
            return None;
        }
        self.store.first_after(self.sent)
    }

    /// Whether there is something to say now, timers aside.
    pub fn is_due(&self) -> bool {
        self.hello_at == Some(Instant(0))
            || self.session.is_some()
                && (self.pong_due || self.missing_due || self.answers_due != 0 || self.sendable().is_some())
    }

    /// When time matters next.
    pub fn wake_at(&self) -> Option<Instant> {
        earlier(self.timeout(), earlier(self.hello_at, self.again_at))
    }

    /// When the master counts as gone.
    pub fn timeout(&self) -> Option<Instant> {
        self.session.map(|_| self.heard_at.after(self.patience.gone))
    }

    pub fn is_connected(&self, now: Instant) -> bool {
        self.session.is_some() && now.since(self.heard_at) < self.patience.gone
    }

    pub fn unacknowledged(&self) -> usize {
        self.store.len()
    }

    pub const fn set_settings_crc(&mut self, crc: u32) {
        self.identity.settings_crc = crc;
    }

    pub const fn master_protocol(&self) -> Option<Protocol> {
        self.master
    }

    pub fn hello(&self, now: Instant) -> Hello {
        let Identity {
            kind,
            units,
            uid,
            firmware,
            settings_crc,
            boot,
            reset,
        } = self.identity;
        Hello {
            protocol: PROTOCOL,
            kind,
            units,
            uid,
            firmware,
            settings_crc,
            boot,
            reset,
            now: node_millis(now),
        }
    }

    pub fn counters(&self) -> Counters {
        Counters {
            events_lost: self.store.lost(),
            ..self.counters
        }
    }
}
