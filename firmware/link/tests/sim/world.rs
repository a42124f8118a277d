//! A floor in virtual time: nodes, bridge, lines, master and its user.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};

use link::bridge::Bridge;
use link::bus::{Admin, BusTiming};
use link::frame::{Control, Decoder, EVERYONE, Kind, Salt, encode};
use link::master::{Answer, Line as MasterLine, Master, Output, SendError};
use link::message::{BootId, Command, EventBody, EventId, Firmware, Key, NodeKind, ResetReason, Uid, Verdict};
use link::node::{Identity, Line, NodeLink};
use link::session::{Down, Outcome, Refusal, Request, Up};
use link::{Instant, MAX_FRAME};

use super::ledger::{self, Ledger, Life};
use super::noise::{Noise, Rates};
use super::random::Random;

const KEEP: usize = 12;
/// Bytes a receiver on the bus hands over at once.
const PIECE: u64 = 16;
const MS: u64 = 1_000;
const S: u64 = 1_000_000;

/// What hangs on what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One node on a line of its own.
    Duplex,
    /// Nodes on a bus, the master on an adapter.
    Bus,
    /// Nodes on a bus behind a bridge.
    Bridge,
}

/// What one run is.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub layout: Layout,
    pub nodes: usize,
    pub baud: u32,
    pub rates: Rates,
    /// How long things happen, in µs; after that the line stays noisy, but all must come to rest.
    pub active: u64,
    /// Mean time between an event of one node, in µs.
    pub event_every: u64,
    /// Mean time between two mishaps, in µs: resets, restarts, pulled plugs, doubled addresses. 0: none.
    pub mishap_every: u64,
    /// How long the user takes to make an event durable, in µs.
    pub commit_takes: u64,
    /// The bus's ends hear what they say themselves.
    pub echo: bool,
}

impl Scenario {
    pub fn of(seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0x5CE7_A210);
        let layout = match seed % 8 {
            0..=3 => Layout::Duplex,
            4 | 5 => Layout::Bus,
            _ => Layout::Bridge,
        };
        let nodes = match (layout, seed % 64) {
            (Layout::Duplex, _) => 1,
            (_, 4 | 7) => 32,
            (_, _) => random.between(1, 7) as usize,
        };
        let noisy = !random.chance(8);
        let p = if noisy { 1e-4 } else { 0.0 };
        Self {
            layout,
            nodes,
            baud: random.pick(&[115_200, 250_000, 250_000, 500_000, 1_000_000]),
            rates: Rates {
                bit: p,
                loss: p,
                repeat: p,
            },
            active: if nodes > 7 { S } else { random.between(S, 3 * S) },
            event_every: random.pick(&[20 * MS, 100 * MS, 500 * MS]) * (1 + nodes as u64 / 8),
            mishap_every: if random.chance(6) {
                0
            } else {
                random.between(200 * MS, 2 * S)
            },
            commit_takes: random.between(100, 40 * MS),
            echo: random.chance(4),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Master,
    Bridge,
    Node(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wire {
    /// Between the master and the node or bridge on its port.
    Port,
    Bus,
}

enum Happening {
    Wake(End),
    /// A point-to-point line delivers.
    Arrive {
        to: End,
        bytes: Vec<u8>,
    },
    /// Of the bus's transmission with this number, a piece has been heard.
    Spoken(u64),
    Push(usize),
    Send,
    Commit {
        run: u32,
        life: Life,
        event: link::message::Event,
    },
    Answer {
        node: usize,
        life: Life,
        request: Request,
    },
    Mishap,
    Plugged(usize),
}

struct Due {
    at: u64,
    order: u64,
    what: Happening,
}
impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.order) == (other.at, other.order)
    }
}
impl Eq for Due {}
impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Due {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.order).cmp(&(other.at, other.order))
    }
}

struct Node {
    uid: Uid,
    boot: BootId,
    /// The floor's time at its boot: the origin of its clock.
    born: u64,
    link: NodeLink<KEEP>,
    plugged: bool,
    /// Commands carried out in this boot: session and number.
    done: Vec<(Request, u32)>,
}

impl Node {
    fn life(&self) -> Life {
        (self.uid.0, self.boot.0)
    }
}

struct Spoken {
    number: u64,
    by: End,
    start: u64,
    end: u64,
    bytes: Vec<u8>,
    /// So many bytes have been heard.
    heard: usize,
}

/// What became of a command, as the user knows it.
#[derive(Clone, Copy)]
struct Asked {
    uid: Uid,
    answered: bool,
}

pub struct World {
    pub scenario: Scenario,
    random: Random,
    now: u64,
    order: u64,
    due: BinaryHeap<Reverse<Due>>,
    /// When each end wakes next: master, bridge, nodes.
    wakes: Vec<u64>,
    /// When each end's transmitter is free: port and bus.
    free: Vec<[u64; 2]>,
    spins: Vec<(u64, u32)>,
    noise: [Noise; 3],
    master: Box<Master<33>>,
    /// Number of the master's run.
    run: u32,
    bridge: Option<Box<Bridge<KEEP>>>,
    bridge_life: Life,
    bridge_born: u64,
    nodes: Vec<Node>,
    on_bus: VecDeque<Spoken>,
    sniffer: Decoder,
    epoch: Option<u16>,
    pub ledger: Ledger,
    /// By token, for this run of the master.
    asked: HashMap<u32, Asked>,
    next_token: u32,
    pub tally: Tally,
    /// Print every frame.
    pub trace: bool,
}

/// What happened, to see that a run was worth its time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub frames: u64,
    pub collisions: u64,
    pub resets: u64,
    pub master_restarts: u64,
    pub bridge_restarts: u64,
    pub doubled: u64,
    pub unplugged: u64,
    pub commands: u64,
    pub taken: u64,
    pub rest_after: u64,
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.frames += other.frames;
        self.collisions += other.collisions;
        self.resets += other.resets;
        self.master_restarts += other.master_restarts;
        self.bridge_restarts += other.bridge_restarts;
        self.doubled += other.doubled;
        self.unplugged += other.unplugged;
        self.commands += other.commands;
        self.taken += other.taken;
        self.rest_after = self.rest_after.max(other.rest_after);
    }
}

impl World {
    pub fn new(scenario: Scenario, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let ends = scenario.nodes + 2;
        let noise = [(); 3].map(|()| Noise::new(scenario.rates, &mut random));
        let mut world = Self {
            now: 0,
            order: 0,
            due: BinaryHeap::new(),
            wakes: vec![u64::MAX; ends],
            free: vec![[0; 2]; ends],
            spins: vec![(0, 0); ends],
            noise,
            master: Box::new(Master::new(MasterLine::Duplex, 0)),
            run: 0,
            bridge: None,
            bridge_life: (0xB00B, 0),
            bridge_born: 0,
            nodes: Vec::new(),
            on_bus: VecDeque::new(),
            sniffer: Decoder::new(),
            epoch: None,
            ledger: Ledger::default(),
            asked: HashMap::new(),
            next_token: 1,
            tally: Tally::default(),
            trace: false,
            random,
            scenario,
        };
        world.start_master();
        if world.scenario.layout == Layout::Bridge {
            world.start_bridge();
        }
        for index in 0..world.scenario.nodes {
            world.start_node(index);
            let at = world.random.below(world.scenario.event_every);
            world.at(at, Happening::Push(index));
        }
        world.at(10 * MS, Happening::Send);
        if world.scenario.mishap_every > 0 {
            let at = world.random.below(2 * world.scenario.mishap_every);
            world.at(at, Happening::Mishap);
        }
        world
    }

    /// Lets things happen, then waits for rest and looks whether all is as it should be.
    pub fn run(&mut self) {
        while self.now < self.scenario.active {
            self.step();
        }
        let limit = self.scenario.active + 60 * S;
        let mut look = self.now;
        loop {
            self.step();
            if self.now >= look {
                look = self.now + 20 * MS;
                if self.unrest().is_none() {
                    break;
                }
                assert!(self.now < limit, "no rest: {}", self.unrest().unwrap_or_default());
            }
        }
        self.tally.rest_after = self.now - self.scenario.active;
        for node in &self.nodes {
            let lost = self.ledger.lost_of(node.life());
            assert_eq!(
                lost,
                node.link.counters().events_lost,
                "events lost and events told lost"
            );
        }
    }

    /// Why all is not yet at rest.
    fn unrest(&self) -> Option<String> {
        let mut addresses = HashMap::new();
        for node in &self.nodes {
            let name = format!("node {:x} boot {:x}", node.uid.0, node.boot.0);
            let now = Instant(self.now - node.born);
            if !node.plugged {
                return Some(format!("{name} is unplugged"));
            }
            if !node.link.is_connected(now) {
                return Some(format!("{name} has no session, address {:?}", node.link.address()));
            }
            if node.link.unacknowledged() > 0 {
                return Some(format!("{name} keeps {} events", node.link.unacknowledged()));
            }
            if !self.ledger.is_complete(node.life()) {
                return Some(format!("{name}: events are missing"));
            }
            let Some(address) = node.link.address() else {
                return Some(format!("{name} has no address"));
            };
            if let Some(other) = addresses.insert(address, node.uid) {
                return Some(format!("address {address} is {name}'s and {other:x?}'s"));
            }
            if !self
                .master
                .nodes()
                .any(|info| (info.hello.uid, info.hello.boot) == (node.uid, node.boot))
            {
                return Some(format!("{name} is not up at the master"));
            }
        }
        if let Some((token, asked)) = self.asked.iter().find(|(_, asked)| !asked.answered) {
            return Some(format!("command {token} to {:x?} has no answer", asked.uid));
        }
        if self.bridge.is_some() && !self.ledger.is_complete(self.bridge_life) {
            return Some("the bridge's events are missing".into());
        }
        None
    }

    fn is_active(&self) -> bool {
        self.now < self.scenario.active
    }

    fn at(&mut self, at: u64, what: Happening) {
        self.order += 1;
        self.due.push(Reverse(Due {
            at: at.max(self.now),
            order: self.order,
            what,
        }));
    }

    fn place(end: End) -> usize {
        match end {
            End::Master => 0,
            End::Bridge => 1,
            End::Node(index) => 2 + index,
        }
    }

    fn wake(&mut self, end: End, at: u64) {
        let at = at.max(self.now);
        let place = Self::place(end);
        if self.wakes[place] != at {
            self.wakes[place] = at;
            self.at(at, Happening::Wake(end));
        }
    }

    fn start_master(&mut self) {
        let line = match self.scenario.layout {
            Layout::Bus => MasterLine::Bus(BusTiming {
                baud: self.scenario.baud,
                patience: 3_000,
            }),
            Layout::Duplex | Layout::Bridge => MasterLine::Duplex,
        };
        *self.master = Master::new(line, self.random.next());
        self.run += 1;
        self.asked.clear();
        self.ledger.master_restarted();
        self.wake(End::Master, self.now);
    }

    fn identity(&mut self, kind: NodeKind, uid: Uid, reset: ResetReason) -> Identity {
        let boot = BootId(self.random.next() as u32);
        let firmware = Firmware {
            major: 1,
            minor: 0,
            patch: 0,
            git: [0; 4],
        };
        Identity {
            kind,
            units: 24,
            uid,
            firmware,
            settings_crc: 0,
            boot,
            reset,
        }
    }

    fn start_bridge(&mut self) {
        let uid = Uid(self.bridge_life.0);
        let identity = self.identity(NodeKind::Bridge, uid, ResetReason::Watchdog);
        self.bridge_life.1 = identity.boot.0;
        self.bridge_born = self.now;
        self.bridge = Some(Box::new(Bridge::new(
            identity,
            "",
            BusTiming::bridge(self.scenario.baud),
        )));
        self.ledger.pushed(
            self.bridge_life,
            EventId(1),
            EventBody::Restarted {
                reason: ResetReason::Watchdog,
                panic: heapless::String::new(),
            },
        );
        self.wake(End::Bridge, self.now);
    }

    fn start_node(&mut self, index: usize) {
        let uid = self
            .nodes
            .get(index)
            .map_or_else(|| Uid(self.random.next()), |node| node.uid);
        let identity = self.identity(NodeKind::Shelf, uid, ResetReason::PowerOn);
        let line = match self.scenario.layout {
            Layout::Duplex => Line::Duplex,
            Layout::Bus | Layout::Bridge => Line::Bus {
                baud: self.scenario.baud,
            },
        };
        let link = NodeLink::new(identity, line, "broke");
        let plugged = self.nodes.get(index).is_none_or(|node| node.plugged);
        let node = Node {
            uid,
            boot: identity.boot,
            born: self.now,
            link,
            plugged,
            done: Vec::new(),
        };
        let panic = "broke".try_into().unwrap_or_default();
        self.ledger.pushed(
            node.life(),
            EventId(1),
            EventBody::Restarted {
                reason: ResetReason::PowerOn,
                panic,
            },
        );
        if index < self.nodes.len() {
            self.nodes[index] = node;
        } else {
            self.nodes.push(node);
        }
        self.wake(End::Node(index), self.now);
    }

    fn step(&mut self) {
        let Some(Reverse(Due { at, what, .. })) = self.due.pop() else {
            panic!("nothing will ever happen again")
        };
        assert!(at >= self.now, "time goes on");
        self.now = at;
        match what {
            Happening::Wake(end) => {
                if self.wakes[Self::place(end)] == at {
                    self.wakes[Self::place(end)] = u64::MAX;
                    self.serve(end);
                }
            }
            Happening::Arrive { to, bytes } => self.deliver(to, Wire::Port, &bytes),
            Happening::Spoken(number) => self.spoken(number),
            Happening::Push(index) => self.push(index),
            Happening::Send => self.send(),
            Happening::Commit { run, life, event } if run == self.run => {
                let id = event.id;
                self.ledger.commit(life, event);
                self.master.committed(Uid(life.0), BootId(life.1), id);
                self.serve(End::Master);
            }
            Happening::Commit { .. } => {}
            Happening::Answer { node, life, request } => {
                if self.nodes[node].life() == life {
                    let outcome = if request.number.is_multiple_of(7) {
                        Outcome::Refused(Refusal::Busy)
                    } else {
                        Outcome::Taken
                    };
                    self.nodes[node].link.answer(request, outcome);
                    self.serve(End::Node(node));
                }
            }
            Happening::Mishap => self.mishap(),
            Happening::Plugged(index) => self.nodes[index].plugged = true,
        }
    }

    // ---- what nodes and the user do ----

    fn push(&mut self, index: usize) {
        if !self.is_active() {
            return;
        }
        let burst = if self.random.chance(10) {
            self.random.between(2, 20)
        } else {
            1
        };
        for _ in 0..burst {
            let body = if self.random.chance(3) {
                let length = self.random.below(121) as usize;
                let mut code = heapless::Vec::new();
                code.resize(length, self.random.next() as u8).expect("a code has room");
                EventBody::Scan {
                    aim: Some(*b"]C1"),
                    code,
                }
            } else {
                let tag = self.random.next() as u16;
                EventBody::Key {
                    position: self.random.below(24) as u8,
                    key: Key::Confirm,
                    count: Some(tag),
                    tag,
                }
            };
            let node = &mut self.nodes[index];
            let id = node.link.push(body.clone(), Instant(self.now - node.born));
            let life = node.life();
            self.ledger.pushed(life, id, body);
        }
        self.serve(End::Node(index));
        let next = self.now + self.random.below(2 * self.scenario.event_every) + 1;
        self.at(next, Happening::Push(index));
    }

    fn send(&mut self) {
        if !self.is_active() {
            return;
        }
        let index = self.random.below(self.nodes.len() as u64) as usize;
        let uid = self.nodes[index].uid;
        for _ in 0..self.random.between(1, 6) {
            let token = self.next_token;
            let command = match self.random.below(4) {
                0 => Command::PrintRows {
                    job: token,
                    first: 0,
                    data: [0x5A; 192].into_iter().collect(),
                },
                1 => Command::PrintEnd { job: token, crc: 0 },
                _ => Command::Verdict {
                    event: EventId(token),
                    verdict: Verdict::Right,
                },
            };
            match self.master.send(uid, token, command) {
                Ok(()) => {
                    self.next_token += 1;
                    self.tally.commands += 1;
                    self.asked.insert(token, Asked { uid, answered: false });
                }
                Err(SendError::Full | SendError::Unknown) => break,
                Err(SendError::TooLong) => panic!("every command fits"),
            }
        }
        self.serve(End::Master);
        let next = self.now + self.random.below(60 * MS);
        self.at(next, Happening::Send);
    }

    fn mishap(&mut self) {
        if !self.is_active() {
            return;
        }
        let index = self.random.below(self.nodes.len() as u64) as usize;
        match self.random.below(8) {
            0..=2 => {
                self.tally.resets += 1;
                self.start_node(index);
            }
            3 | 4 => {
                self.tally.master_restarts += 1;
                self.start_master();
            }
            5 if self.bridge.is_some() => {
                self.tally.bridge_restarts += 1;
                self.start_bridge();
            }
            6 => {
                self.tally.unplugged += 1;
                self.nodes[index].plugged = false;
                let until = self.now + self.random.between(50 * MS, 2 * S);
                self.at(until, Happening::Plugged(index));
            }
            _ => self.double(index),
        }
        let next = self.now + self.random.below(2 * self.scenario.mishap_every);
        self.at(next, Happening::Mishap);
    }

    /// Another node is made to believe that it has this node's address.
    fn double(&mut self, index: usize) {
        let other = self.random.below(self.nodes.len() as u64) as usize;
        let (Some(epoch), Some(address)) = (self.epoch, self.nodes[index].link.address()) else {
            return;
        };
        if other == index || self.scenario.layout == Layout::Duplex {
            return;
        }
        let Node { uid, boot, born, .. } = self.nodes[other];
        let assign = Admin::Assign {
            epoch,
            uid,
            boot,
            address,
        }
        .encode();
        let mut out = [0; MAX_FRAME];
        let length = encode(EVERYONE, Control::new(Kind::Admin), &assign, Salt::NONE, &mut out);
        self.nodes[other].link.receive(&out[..length], Instant(self.now - born));
        self.tally.doubled += 1;
        self.serve(End::Node(other));
    }

    // ---- ends ----

    fn serve(&mut self, end: End) {
        self.fetch(end);
        self.transmit(end, Wire::Port);
        self.transmit(end, Wire::Bus);
        self.fetch(end);
        let place = Self::place(end);
        let wake = match end {
            End::Master => self.master.wake_at().map(|at| at.0),
            End::Bridge => self
                .bridge
                .as_ref()
                .and_then(|b| b.wake_at())
                .map(|at| at.0 + self.bridge_born),
            End::Node(index) => {
                let node = &self.nodes[index];
                node.link.wake_at().map(|at| at.0 + node.born)
            }
        };
        let Some(wake) = wake else { return };
        // A transmitter that is busy is served when it is free.
        let free = self.free[place].iter().copied().filter(|free| *free > self.now).min();
        let at = if wake > self.now {
            // Timers are late: tasks wait for each other, hosts schedule.
            wake + if end == End::Master {
                self.random.below(300)
            } else {
                self.random.below(50)
            }
        } else if let Some(free) = free {
            free
        } else {
            let spins = &mut self.spins[place];
            *spins = if spins.0 == self.now {
                (self.now, spins.1 + 1)
            } else {
                (self.now, 1)
            };
            assert!(spins.1 < 50, "{end:?} says it has something to say, and says nothing");
            self.now
        };
        // Never wake later than a transmitter frees itself.
        self.wake(end, free.map_or(at, |free| at.min(free)));
    }

    fn transmit(&mut self, end: End, wire: Wire) {
        let place = Self::place(end);
        let line = wire as usize;
        if self.free[place][line] > self.now {
            return;
        }
        let mut out = [0; MAX_FRAME];
        let length = match (end, wire, self.scenario.layout) {
            (End::Master, Wire::Port, Layout::Duplex | Layout::Bridge) | (End::Master, Wire::Bus, Layout::Bus) => {
                self.master.transmit(Instant(self.now), &mut out)
            }
            (End::Bridge, _, Layout::Bridge) => {
                let now = Instant(self.now - self.bridge_born);
                let Some(bridge) = &mut self.bridge else { return };
                if wire == Wire::Port {
                    bridge.transmit_up(now, &mut out)
                } else {
                    bridge.transmit_bus(now, &mut out)
                }
            }
            (End::Node(index), Wire::Port, Layout::Duplex)
            | (End::Node(index), Wire::Bus, Layout::Bus | Layout::Bridge) => {
                let node = &mut self.nodes[index];
                node.link.transmit(Instant(self.now - node.born), &mut out)
            }
            _ => None,
        };
        let Some(length) = length else { return };
        self.tally.frames += 1;
        let bytes = out[..length].to_vec();
        if self.trace {
            self.tell_frame(end, &bytes);
        }
        let baud = if wire == Wire::Port && self.bridge.is_some() {
            4_000_000
        } else {
            self.scenario.baud
        };
        let end_at = self.now + link::timing::bytes_micros(length as u64, baud);
        self.free[place][line] = end_at;
        match wire {
            Wire::Port => self.send_on_port(end, bytes, end_at),
            Wire::Bus => self.send_on_bus(end, bytes, end_at),
        }
    }

    /// Prints a frame as it leaves its sender.
    fn tell_frame(&self, by: End, bytes: &[u8]) {
        let mut content = bytes[1..bytes.len() - 1].to_vec();
        let Ok(length) = cobs::decode_in_place(&mut content) else {
            return;
        };
        let control = Control::from_byte(content[1]);
        let body = if length > 6 { &content[2..length - 4] } else { &[][..] };
        let from_master = by == End::Master || by == End::Bridge && control.kind != Kind::Data;
        let said = match (control.kind, from_master) {
            (Kind::Admin, _) => format!("{:?}", Admin::decode(body)),
            _ if body.is_empty() => String::new(),
            (_, true) => format!("{:?}", Down::decode(body)),
            (_, false) => format!("{:?}", Up::decode(body)),
        };
        let said: String = said.chars().take(160).collect();
        let bit = |bit, letter| if bit { letter } else { '-' };
        let (s, a, f) = (
            bit(control.sequence, 's'),
            bit(control.acknowledge, 'a'),
            bit(control.flag, 'f'),
        );
        println!(
            "{:>12} {by:?} @{} {:?}{}{s}{a}{f} {said}",
            self.now, content[0], control.kind, control.number
        );
    }

    fn send_on_port(&mut self, by: End, bytes: Vec<u8>, end_at: u64) {
        let to = match (by, self.bridge.is_some()) {
            (End::Master, true) => End::Bridge,
            (End::Master, false) => End::Node(0),
            _ => End::Master,
        };
        let cut = matches!((by, to), (End::Node(index), _) | (_, End::Node(index)) if !self.nodes[index].plugged);
        // A USB line is clean: its packets have checks and are repeated. Bytes may still be lost when an end restarts.
        let bytes = if cut {
            Vec::new()
        } else if self.bridge.is_some() {
            bytes
        } else {
            let direction = usize::from(by == End::Master);
            self.noise[direction].pass(bytes, &mut self.random)
        };
        // In one piece, or in two with a pause between.
        let split = self.random.below(bytes.len() as u64 * 2 + 1) as usize;
        if split < bytes.len() {
            let (a, b) = bytes.split_at(split);
            self.at(end_at.saturating_sub(100), Happening::Arrive { to, bytes: a.to_vec() });
            self.at(end_at, Happening::Arrive { to, bytes: b.to_vec() });
        } else {
            self.at(end_at, Happening::Arrive { to, bytes });
        }
    }

    fn send_on_bus(&mut self, by: End, bytes: Vec<u8>, end_at: u64) {
        if matches!(by, End::Node(index) if !self.nodes[index].plugged) {
            return;
        }
        let mut bytes = bytes;
        let (start, length) = (self.now, bytes.len() as u64);
        for other in &mut self.on_bus {
            if other.end <= start {
                continue;
            }
            // Two drivers against each other: what both say is garbage.
            self.tally.collisions += 1;
            let per_byte = (other.end - other.start).div_ceil(other.bytes.len() as u64).max(1);
            let from = ((start - other.start) / per_byte) as usize;
            let overlap = (((other.end.min(end_at)) - start) / per_byte + 1) as usize;
            let end = other.bytes.len().min(from + overlap);
            for byte in &mut other.bytes[from.min(end)..end] {
                *byte = self.random.next() as u8;
            }
            for byte in &mut bytes[..overlap.min(length as usize)] {
                *byte = self.random.next() as u8;
            }
        }
        self.order += 1;
        let number = self.order;
        let pieces = length.div_ceil(PIECE);
        for piece in 1..=pieces {
            // The last piece at the very end, the others as far before it as their bytes are.
            let at = end_at - (end_at - start) * (pieces - piece) * PIECE / length.max(PIECE * pieces);
            self.at(at, Happening::Spoken(number));
        }
        self.on_bus.push_back(Spoken {
            number,
            by,
            start,
            end: end_at,
            bytes,
            heard: 0,
        });
    }

    fn spoken(&mut self, number: u64) {
        let Some(place) = self.on_bus.iter().position(|spoken| spoken.number == number) else {
            return;
        };
        let spoken = &mut self.on_bus[place];
        let (by, from) = (spoken.by, spoken.heard);
        let to = if self.now >= spoken.end {
            spoken.bytes.len()
        } else {
            spoken.bytes.len().min(from + PIECE as usize)
        };
        spoken.heard = to;
        let bytes = spoken.bytes[from..to].to_vec();
        if to == spoken.bytes.len() {
            self.on_bus.remove(place);
        }
        let bytes = self.noise[2].pass(bytes, &mut self.random);
        let mut rest = &bytes[..];
        while let Some(found) = self.sniffer.next(&mut rest) {
            if let Ok(frame) = found.and_then(|frame| frame.open(Salt::NONE))
                && let Some(Admin::Join { epoch, .. }) = Admin::decode(frame.body)
            {
                self.epoch = Some(epoch);
            }
        }
        let top = if self.bridge.is_some() {
            End::Bridge
        } else {
            End::Master
        };
        if top != by || self.scenario.echo {
            self.deliver(top, Wire::Bus, &bytes);
        }
        for index in 0..self.nodes.len() {
            if self.nodes[index].plugged && (by != End::Node(index) || self.scenario.echo) {
                self.deliver(End::Node(index), Wire::Bus, &bytes);
            }
        }
    }

    fn deliver(&mut self, to: End, wire: Wire, bytes: &[u8]) {
        match to {
            End::Master => {
                let mut rest = bytes;
                while !rest.is_empty() {
                    let taken = self.master.receive(rest, Instant(self.now));
                    rest = &rest[taken..];
                    self.fetch(End::Master);
                }
            }
            End::Bridge => {
                let now = Instant(self.now - self.bridge_born);
                let Some(bridge) = &mut self.bridge else { return };
                if wire == Wire::Port {
                    bridge.receive_up(bytes, now)
                } else {
                    bridge.receive_bus(bytes, now)
                }
            }
            End::Node(index) => {
                let node = &mut self.nodes[index];
                node.link.receive(bytes, Instant(self.now - node.born));
            }
        }
        self.serve(to);
    }

    fn fetch(&mut self, end: End) {
        match end {
            End::Master => {
                while let Some(output) = self.master.next_output() {
                    self.take(output);
                }
            }
            End::Bridge => {}
            End::Node(index) => {
                while let Some((request, command)) = self.nodes[index].link.next_command() {
                    let token = match command {
                        Command::Verdict { event, .. } => event.0,
                        Command::PrintRows { job, .. } | Command::PrintEnd { job, .. } => job,
                        other => panic!("{other:?} was never sent"),
                    };
                    let node = &mut self.nodes[index];
                    if let Some((last_request, last)) = node.done.last() {
                        assert!(
                            token > *last || last_request.session != request.session,
                            "command {token} after {last} in one session"
                        );
                    }
                    node.done.push((request, token));
                    let life = node.life();
                    let at = self.now + self.random.below(3 * MS);
                    self.at(
                        at,
                        Happening::Answer {
                            node: index,
                            life,
                            request,
                        },
                    );
                }
            }
        }
    }

    fn take(&mut self, output: Output) {
        match output {
            Output::Up { hello, .. } => self.ledger.up((hello.uid.0, hello.boot.0)),
            Output::Down { .. } | Output::Trouble(_) => {}
            Output::OnWire { token, .. } => {
                assert!(
                    self.asked.contains_key(&token),
                    "command {token} was not sent in this run"
                );
            }
            Output::Answered { uid, token, answer } => {
                let asked = self.asked.get_mut(&token).expect("an answer has a question");
                assert_eq!(asked.uid, uid);
                assert!(
                    !core::mem::replace(&mut asked.answered, true),
                    "command {token} answered twice"
                );
                if answer == Answer::Taken {
                    self.tally.taken += 1;
                    let node = self.nodes.iter().find(|node| node.uid == uid).expect("a known node");
                    let before = self.tally.resets > 0;
                    assert!(
                        before || node.done.iter().any(|(_, done)| *done == token),
                        "command {token} was never taken"
                    );
                }
            }
            Output::Event {
                uid,
                boot,
                event,
                at,
                received,
            } => {
                let life = (uid.0, boot.0);
                assert!(at <= received, "an event after it came");
                match self.ledger.told(life, &event) {
                    ledger::Verdict::New => {
                        let at = self.now + self.scenario.commit_takes;
                        self.at(
                            at,
                            Happening::Commit {
                                run: self.run,
                                life,
                                event,
                            },
                        );
                    }
                    ledger::Verdict::Known => self.master.committed(uid, boot, event.id),
                    ledger::Verdict::OnItsWay => {}
                }
            }
        }
    }
}
