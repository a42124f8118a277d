//! A bus of 32 nodes in virtual time: the poll cycle and the way of a press, against what `link::timing` computes.

use anyhow::{Result, ensure};
use link::bus::BusTiming;
use link::master::{Line as MasterLine, Master, Output};
use link::message::{BootId, EventBody, Key, Uid};
use link::node::{Line, NodeLink};
use link::timing::{bytes_micros, poll_cycle_micros, receive_micros};
use link::{Instant, MAX_FRAME};

use crate::node;
use crate::row::{Budget, Row, percentile};

const NODES: u64 = 32;
const PRESSES: usize = 2_000;
/// What a node takes to find the frame and turn its driver: as the images are told to.
const LATENCY: u64 = 0;

struct Bus {
    now: u64,
    baud: u32,
    master: Master<33>,
    nodes: Vec<NodeLink<8>>,
    frames: u64,
}

impl Bus {
    fn new(baud: u32) -> Self {
        let shelf = |number: u64| {
            let uid = Uid(0xe660_0000_0000_0000 + number);
            let boot = BootId((number as u32 + 1).wrapping_mul(0x9e37_79b1));
            NodeLink::new(node::shelf(uid, boot), Line::Bus { baud }, "")
        };
        Self {
            now: 0,
            baud,
            master: Master::new(MasterLine::Bus(BusTiming::bridge(baud)), 7),
            nodes: (0..NODES).map(shelf).collect(),
            frames: 0,
        }
    }

    /// The next thing on the line, or the next moment at which there may be one. Gives the events that came.
    fn step(&mut self) -> Vec<(Uid, EventBody)> {
        let mut events = Vec::new();
        let mut frame = [0; MAX_FRAME];
        let at = Instant(self.now);
        if let Some(length) = self.master.transmit(at, &mut frame) {
            self.frames += 1;
            self.now += bytes_micros(length as u64, self.baud) + receive_micros(self.baud);
            for node in &mut self.nodes {
                node.receive(&frame[..length], Instant(self.now));
            }
        } else if let Some((from, length)) = self
            .nodes
            .iter_mut()
            .enumerate()
            .find_map(|(from, node)| Some((from, node.transmit(at, &mut frame)?)))
        {
            self.now += bytes_micros(length as u64, self.baud) + receive_micros(self.baud);
            let at = Instant(self.now);
            let mut rest = &frame[..length];
            while !rest.is_empty() {
                let taken = self.master.receive(rest, at);
                rest = &rest[taken..];
                if !rest.is_empty() {
                    self.fetch(&mut events);
                }
            }
            for (other, node) in self.nodes.iter_mut().enumerate() {
                if other != from {
                    node.receive(&frame[..length], at);
                }
            }
        } else {
            let wakes = self
                .nodes
                .iter()
                .filter_map(NodeLink::wake_at)
                .chain(self.master.wake_at());
            self.now = wakes
                .map(|at| at.0)
                .filter(|at| *at > self.now)
                .min()
                .unwrap_or(self.now + 1);
        }
        self.fetch(&mut events);
        events
    }

    fn fetch(&mut self, events: &mut Vec<(Uid, EventBody)>) {
        while let Some(output) = self.master.next_output() {
            if let Output::Event { uid, boot, event, .. } = output {
                self.master.committed(uid, boot, event.id);
                events.push((uid, event.body));
            }
        }
    }

    fn run_for(&mut self, micros: u64) {
        let end = self.now + micros;
        while self.now < end {
            self.step();
        }
    }
}

/// The rows at one speed.
///
/// # Errors
/// When the nodes don't join.
pub fn rows(baud: u32) -> Result<Vec<Row>> {
    let mut bus = Bus::new(baud);
    bus.run_for(60_000_000);
    ensure!(
        bus.master.nodes().count() == NODES as usize,
        "{} nodes joined",
        bus.master.nodes().count()
    );
    let computed = poll_cycle_micros(NODES, baud, LATENCY) as f64 / 1_000.0;
    let (frames, begin) = (bus.frames, bus.now);
    bus.run_for(10_000_000);
    let cycle = (bus.now - begin) as f64 / 1_000.0 * NODES as f64 / (bus.frames - frames) as f64;

    // Presses at moments that fall evenly over the cycle, one at a time.
    let mut waits = Vec::with_capacity(PRESSES);
    for press in 0..PRESSES {
        bus.run_for(20_000 + (press as u64 * 7_919) % 9_973);
        let number = press % bus.nodes.len();
        let body = EventBody::Key {
            position: 3,
            key: Key::Confirm,
            count: Some(2),
            tag: 9,
        };
        let begin = bus.now;
        bus.nodes[number].push(body, Instant(begin));
        while bus.step().is_empty() {
            ensure!(
                bus.now < begin + 10_000_000,
                "a press did not arrive within ten seconds"
            );
        }
        waits.push((bus.now - begin) as f64 / 1_000.0);
    }
    let how = format!(
        "virtual time, {NODES} nodes, {} kbaud; limit: computed poll cycle",
        baud / 1_000
    );
    let row = |what: String, measured: f64, budget| Row {
        what,
        measured,
        limit: Some(computed),
        unit: "ms",
        budget,
        how: how.clone(),
    };
    Ok(vec![
        row(format!("idle poll cycle, 32 nodes, {baud} baud"), cycle, Budget::Shown),
        row(
            format!("key press → master p50, 32 nodes, {baud} baud"),
            percentile(&mut waits, 50),
            Budget::Shown,
        ),
        row(
            format!("key press → master p99, 32 nodes, {baud} baud"),
            percentile(&mut waits, 99),
            Budget::AtMost(1.2),
        ),
    ])
}
