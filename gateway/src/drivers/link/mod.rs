//! Our own nodes: the master's end of the link, and for each node an agenda of what it is to be told.

pub mod agenda;
pub mod convert;
pub mod end;
mod picture;
pub mod raster;

use std::collections::{BTreeMap, VecDeque};

use ::link::{
    Instant, MAX_FRAME,
    master::{Line, Output, PortCounters, SendError, Trouble},
    message::{BootId, EventId, NodeKind, PROTOCOL, Protocol, Uid},
};
use uplink::{Moment, Progress, Stage, UnixMillis};

use self::{agenda::Agenda, end::MasterEnd};
use super::{Report, Tell};
use crate::words::{Lang, Text};

#[derive(Debug)]
struct Node {
    agenda: Agenda,
    retransmissions: u32,
}

/// One port's driver: bytes, time and [`Tell`] in, bytes and [`Report`] out.
pub struct LinkDriver {
    master: Box<dyn MasterEnd>,
    line: Line,
    seed: u64,
    /// Whether the master has room for a bridge's children.
    roomy: bool,
    nodes: BTreeMap<Uid, Node>,
    reports: VecDeque<Report>,
    /// The wall clock minus the port's clock, µs.
    wall: i64,
    /// The port's clock and the machine's own at one moment.
    steady: Option<(Instant, Moment)>,
    lang: Lang,
    token: u32,
    /// Frames last told of: whole, damaged.
    counted: (u64, u64),
    /// The trouble last told of, until it may be over.
    trouble: Option<Trouble>,
}

impl std::fmt::Debug for LinkDriver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LinkDriver")
            .field("nodes", &self.nodes.keys())
            .finish_non_exhaustive()
    }
}

impl LinkDriver {
    /// For a port just opened. `seed` differs from run to run.
    #[must_use]
    pub fn new(line: Line, seed: u64, lang: Lang) -> Self {
        Self {
            master: end::first(line, seed),
            line,
            seed,
            roomy: matches!(line, Line::Bus(_)),
            nodes: BTreeMap::new(),
            reports: VecDeque::new(),
            wall: 0,
            steady: None,
            lang,
            token: 0,
            counted: (0, 0),
            trouble: None,
        }
    }

    /// Takes bytes off the port. `unix` is the wall clock at `now`.
    pub fn receive(&mut self, mut bytes: &[u8], now: Instant, unix: UnixMillis) {
        self.wall(now, unix);
        while !bytes.is_empty() {
            let taken = self.master.receive(bytes, now);
            bytes = bytes.get(taken..).unwrap_or_default();
            let told = self.collect(now);
            if taken == 0 && !told {
                tracing::error!(left = bytes.len(), "the link's master takes nothing and tells nothing");
                break;
            }
        }
    }

    /// Sets the wall clock, by which events are told.
    pub fn wall(&mut self, now: Instant, unix: UnixMillis) {
        self.wall = unix.saturating_mul(1_000).saturating_sub(now.0 as i64);
    }

    /// Tells what the machine's clock that is never set shows at `now`; without it events bear no moment.
    pub fn steady(&mut self, now: Instant, moment: Moment) {
        self.steady = Some((now, moment));
    }

    /// The next frame for the port. Call until it gives none.
    pub fn transmit(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        self.feed(now);
        let length = self.master.transmit(now, out);
        if self.collect(now) {
            self.feed(now);
        }
        length
    }

    /// When [`transmit`](Self::transmit) should be called although nothing came.
    #[must_use]
    pub fn wake_at(&self) -> Option<Instant> {
        let agenda = self
            .nodes
            .values()
            .filter_map(|node| node.agenda.wake_at())
            .min()
            .map(Instant);
        match (self.master.wake_at(), agenda) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// What there is to tell.
    pub fn next_report(&mut self) -> Option<Report> {
        self.reports.pop_front()
    }

    /// Tells of frames and of messages sent again, where their number has changed.
    pub fn count(&mut self) {
        let PortCounters {
            frames,
            errors,
            unreadable,
        } = self.master.counters();
        let counted = (u64::from(frames), u64::from(errors.total()) + u64::from(unreadable));
        if self.counted != counted {
            self.counted = counted;
            let (whole, damaged) = counted;
            self.reports.push_back(Report::Frames { whole, damaged });
        }
        for info in self.master.nodes() {
            let Some(node) = self.nodes.get_mut(&info.hello.uid) else {
                continue;
            };
            // A bus repeats by polling again, long before a request is due again.
            let again = info.counters.retransmissions.wrapping_add(info.counters.lost_polls);
            if node.retransmissions != again {
                node.retransmissions = again;
                let device = convert::device(info.hello.uid);
                self.reports.push_back(Report::Counted {
                    device,
                    retransmissions: node.retransmissions.into(),
                });
            }
        }
    }

    /// Takes what the fleet wants.
    pub fn tell(&mut self, tell: Tell) {
        match tell {
            Tell::Desire(desire) => {
                let device = desire.device.clone();
                let Some(node) = convert::uid(&device).and_then(|uid| self.nodes.get_mut(&uid)) else {
                    return;
                };
                if let Some((number, stage)) = node.agenda.desire(desire, self.lang) {
                    self.reports
                        .push_back(Report::Progress(Progress { device, number, stage }));
                }
            }
            Tell::Verdict { key, verdict } => {
                let node = convert::uid(&key.device).and_then(|uid| self.nodes.get_mut(&uid));
                if let Some(node) = node.filter(|node| node.agenda.boot() == key.boot) {
                    node.agenda.verdict(EventId(key.event), verdict);
                }
            }
            Tell::Online { device, online } => {
                if let Some(node) = convert::uid(&device).and_then(|uid| self.nodes.get_mut(&uid)) {
                    node.agenda.online(online);
                }
            }
            Tell::Committed(key) => {
                if let Some(uid) = convert::uid(&key.device) {
                    self.master.committed(uid, BootId(key.boot), EventId(key.event));
                }
            }
        }
    }

    /// Gives the master what the agendas have ready.
    fn feed(&mut self, now: Instant) {
        for (uid, node) in &mut self.nodes {
            loop {
                self.token = self.token.wrapping_add(1);
                let Some(command) = node.agenda.next(self.token, now.0) else {
                    break;
                };
                if let Err(error) = self.master.send(*uid, self.token, command) {
                    // Full can't be: an agenda keeps fewer on their way than the master's queue holds.
                    let refused = match error {
                        SendError::TooLong => ::link::session::Refusal::OutOfRange,
                        SendError::Full => ::link::session::Refusal::Busy,
                        SendError::Unknown => break,
                    };
                    let answer = ::link::master::Answer::Refused(refused);
                    let step = node.agenda.answered(self.token, answer, now.0, self.lang);
                    progress(&mut self.reports, *uid, step);
                    break;
                }
            }
        }
    }

    /// Fetches the master's outputs; whether there were any.
    fn collect(&mut self, now: Instant) -> bool {
        let mut any = false;
        while let Some(output) = self.master.next_output() {
            any = true;
            match output {
                Output::Up { hello, .. } if hello.kind == NodeKind::Bridge && !self.roomy => {
                    // Begin anew with room for its children; it introduces itself to this end as well.
                    self.seed = self.seed.wrapping_add(1);
                    self.master = end::many(self.line, self.seed);
                    self.roomy = true;
                }
                Output::Up { hello, address } => {
                    self.may_be_over(hello.uid);
                    let node = Node {
                        agenda: Agenda::new(&hello),
                        retransmissions: 0,
                    };
                    self.nodes.insert(hello.uid, node);
                    self.reports
                        .push_back(Report::Up(convert::introduction(&hello, address)));
                }
                Output::Down { uid } => {
                    self.may_be_over(uid);
                    if self.trouble == Some(Trouble::Crowded) {
                        self.trouble = None;
                        self.reports.push_back(Report::TroubleOver);
                    }
                    self.nodes.remove(&uid);
                    self.reports.push_back(Report::Down(convert::device(uid)));
                }
                Output::Event {
                    uid,
                    boot,
                    event,
                    at,
                    received: _,
                } => {
                    let unix = (at.0 as i64).saturating_add(self.wall) / 1_000;
                    let moment = self.steady.map(|(now, moment)| Moment {
                        millis: moment
                            .millis
                            .saturating_add((at.0 as i64).saturating_sub(now.0 as i64) / 1_000),
                        ..moment
                    });
                    self.reports
                        .push_back(Report::Event(convert::event(uid, boot, event, unix, moment)));
                }
                Output::OnWire { uid, token } => {
                    let step = self.nodes.get(&uid).and_then(|node| node.agenda.on_wire(token));
                    progress(&mut self.reports, uid, step);
                }
                Output::Answered { uid, token, answer } => {
                    let lang = self.lang;
                    let node = self.nodes.get_mut(&uid);
                    let step = node.and_then(|node| node.agenda.answered(token, answer, now.0, lang));
                    progress(&mut self.reports, uid, step);
                }
                Output::Trouble(trouble) => {
                    if !matches!(trouble, Trouble::Incompatible { .. }) {
                        self.trouble = Some(trouble);
                    }
                    self.reports.push_back(told(trouble));
                }
            }
        }
        any
    }

    /// A node came or went: of two with its name, one may be the other's end. The master says so again if it is not.
    fn may_be_over(&mut self, uid: Uid) {
        if self.trouble == Some(Trouble::SameUid { uid }) {
            self.trouble = None;
            self.reports.push_back(Report::TroubleOver);
        }
    }
}

fn progress(reports: &mut VecDeque<Report>, uid: Uid, step: Option<(u64, Stage)>) {
    if let Some((number, stage)) = step {
        reports.push_back(Report::Progress(Progress {
            device: convert::device(uid),
            number,
            stage,
        }));
    }
}

fn told(trouble: Trouble) -> Report {
    match trouble {
        Trouble::Incompatible { hello, address } => {
            let version = |protocol: Protocol| format!("{}.{}", protocol.major, protocol.minor);
            let why = Text::new("node-incompatible")
                .with("node", version(hello.protocol))
                .with("gateway", version(PROTOCOL))
                .with("uid", format!("{:016x}", hello.uid.0));
            Report::Unusable {
                device: convert::introduction(&hello, address),
                why,
            }
        }
        Trouble::SameUid { uid } => Report::Trouble(Text::new("node-same-uid").with("uid", format!("{:016x}", uid.0))),
        Trouble::Crowded => Report::Trouble(Text::new("node-crowded").with("most", end::MOST)),
    }
}
