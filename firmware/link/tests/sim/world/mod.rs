//! A floor in virtual time: nodes, bridge, lines, master and its user.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};

use link::bridge::Bridge;
use link::bus::{Admin, BusTiming};
use link::frame::{Control, Decoder, EVERYONE, Kind, Salt, encode};
use link::master::{Answer, Line as MasterLine, Master, Output, SendError};
use link::message::{BootId, Command, EventBody, EventId, Firmware, Key, MAX_TAG, NodeKind, ResetReason, Uid, Verdict};
use link::node::{Identity, Line, NodeLink};
use link::session::{Down, Outcome, Refusal, Request, Up};
use link::timing::{RECEIVE_PIECE, bytes_micros, receive_micros};
use link::{Instant, MAX_FRAME};

use super::ledger::{self, Ledger, Life};
use super::noise::Noise;
use super::random::Random;

const KEEP: usize = 12;
mod acts;
mod lines;
mod proof;
mod scenario;

pub use scenario::{FULL, Layout, Scenario, Tally};

const MS: u64 = 1_000;
const S: u64 = 1_000_000;

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
        /// Boxed: the queue moves its entries about.
        event: Box<link::message::Event>,
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
    /// A node's answer to a poll.
    is_reply: bool,
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
    /// What each end last asked for: the same again needs no other timer.
    asked_wakes: Vec<u64>,
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
    /// What is being heard on the bus.
    piece: Vec<u8>,
    sniffer: Decoder,
    epoch: Option<u16>,
    pub ledger: Ledger,
    /// By token, for this run of the master.
    asked: HashMap<u32, Asked>,
    /// Commands carried out in each boot: name and token.
    done: HashMap<Life, Vec<(Request, u32)>>,
    /// The boot of each node with which a session stands at this run of the master, as the user was told.
    standing: HashMap<u64, u32>,
    next_token: u32,
    pub tally: Tally,
    /// Print every frame.
    pub trace: bool,
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
            asked_wakes: vec![u64::MAX; ends],
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
            piece: Vec::new(),
            sniffer: Decoder::new(),
            epoch: None,
            ledger: Ledger::default(),
            asked: HashMap::new(),
            done: HashMap::new(),
            standing: HashMap::new(),
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
        self.standing.clear();
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
                self.ledger.commit(life, *event);
                self.master.committed(Uid(life.0), BootId(life.1), id);
                self.serve(End::Master);
            }
            Happening::Commit { .. } => {}
            Happening::Answer { node, life, request } => {
                if self.nodes[node].life() == life {
                    let outcome = match acts::outcome(request) {
                        Answer::Refused(refusal) => Outcome::Refused(refusal),
                        _ => Outcome::Taken,
                    };
                    self.nodes[node].link.answer(request, outcome);
                    self.serve(End::Node(node));
                }
            }
            Happening::Mishap => self.mishap(),
            Happening::Plugged(index) => self.nodes[index].plugged = true,
        }
    }
}
