//! What one run is, and what happened in it.

use super::super::noise::{Errors, Rates};
use super::super::random::Random;
use super::{MS, S};

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

/// Nodes on a full bus.
pub const FULL: usize = 32;
/// Of so many seeds in a row one is [varied](Scenario::varied), the others are [full](Scenario::full).
const VARIED: u64 = 5;

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
    /// The first two mishaps are a node's reset and a restart of the master.
    pub surely: bool,
    /// A pulled plug is back after this time, in µs, at most.
    pub unplugged: u64,
    /// How long the user takes to make an event durable, in µs.
    pub commit_takes: u64,
    /// The bus's ends hear what they say themselves.
    pub echo: bool,
}

impl Scenario {
    pub fn of(seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0x5CE7_A210);
        if seed % VARIED == VARIED - 1 {
            Self::varied(seed / VARIED, &mut random)
        } else {
            Self::full(&mut random)
        }
    }

    /// 32 nodes on a bad line, a short while in which at least one node and the master start again.
    fn full(random: &mut Random) -> Self {
        let active = random.between(500 * MS, 1_800 * MS);
        Self {
            layout: random.pick(&[Layout::Bus, Layout::Bridge]),
            nodes: FULL,
            baud: random.pick(&[115_200, 250_000, 250_000, 250_000, 500_000, 1_000_000]),
            rates: Rates::all(1e-4),
            active,
            event_every: random.pick(&[100 * MS, 300 * MS, 500 * MS]),
            // Two fall into the time in any case: the gaps are twice this at most.
            mishap_every: random.between(active / 12, active / 4),
            surely: true,
            unplugged: 300 * MS,
            commit_takes: random.between(100, 40 * MS),
            echo: random.chance(4),
        }
    }

    /// Any layout and number of nodes, for longer, with and without noise and mishaps.
    fn varied(number: u64, random: &mut Random) -> Self {
        let layout = match number % 8 {
            0..=3 => Layout::Duplex,
            4 | 5 => Layout::Bus,
            _ => Layout::Bridge,
        };
        let nodes = match (layout, number % 64) {
            (Layout::Duplex, _) => 1,
            (_, 4 | 7) => FULL,
            (_, _) => random.between(1, 7) as usize,
        };
        let noisy = !random.chance(8);
        Self {
            layout,
            nodes,
            baud: random.pick(&[115_200, 250_000, 250_000, 500_000, 1_000_000]),
            rates: Rates::all(if noisy { 1e-4 } else { 0.0 }),
            active: if nodes > 7 { S } else { random.between(S, 3 * S) },
            event_every: random.pick(&[20 * MS, 100 * MS, 500 * MS]) * (1 + nodes as u64 / 8),
            mishap_every: if random.chance(3) {
                0
            } else {
                random.between(200 * MS, 2 * S)
            },
            surely: false,
            unplugged: 2 * S,
            commit_takes: random.between(100, 40 * MS),
            echo: random.chance(4),
        }
    }
}

impl Scenario {
    /// Noise is all that may happen, and the bus has room for all that is said.
    pub fn is_calm(&self) -> bool {
        self.layout == Layout::Bus
            && self.nodes < FULL
            && self.mishap_every == 0
            && self.event_every >= 100 * MS
            && self.baud >= 500_000
    }
}

/// What happened, to see that a run was worth its time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Runs with a full bus, noise, a node's reset and a restart of the master.
    pub full: u64,
    /// Runs in which the line alone had to mend all.
    pub calm: u64,
    pub frames: u64,
    pub errors: Errors,
    /// Events, besides each boot's first.
    pub pushed: u64,
    pub collisions: u64,
    pub resets: u64,
    pub master_restarts: u64,
    pub bridge_restarts: u64,
    pub doubled: u64,
    pub unplugged: u64,
    pub commands: u64,
    pub taken: u64,
    pub rest_after: u64,
    /// Virtual time of all runs.
    pub time: u64,
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.full += other.full;
        self.calm += other.calm;
        self.frames += other.frames;
        self.errors.add(&other.errors);
        self.pushed += other.pushed;
        self.collisions += other.collisions;
        self.resets += other.resets;
        self.master_restarts += other.master_restarts;
        self.bridge_restarts += other.bridge_restarts;
        self.doubled += other.doubled;
        self.unplugged += other.unplugged;
        self.commands += other.commands;
        self.taken += other.taken;
        self.rest_after = self.rest_after.max(other.rest_after);
        self.time += other.time;
    }
}
