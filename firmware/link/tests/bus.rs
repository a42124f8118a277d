//! A bus without noise, where times can be held against the computed ones, and addresses looked at one by one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

mod rig;

use link::bus::{Admin, BusTiming};
use link::frame::{Control, EVERYONE, Kind, Salt, encode};
use link::master::{Line as MasterLine, Master, Output};
use link::message::*;
use link::node::{Line, NodeLink};
use link::timing;
use link::{Instant, MAX_FRAME};
use rig::{MS, identity};

/// A master and its nodes; only one speaks at a time, as long as nodes draw different join slots.
struct Row {
    master: Box<Master<33>>,
    nodes: Vec<NodeLink<4>>,
    baud: u32,
    now: Instant,
    outputs: Vec<(Instant, Output)>,
    /// When each address was polled.
    polls: Vec<(Instant, u8)>,
}

impl Row {
    fn new(baud: u32, names: &[(u64, u32)]) -> Self {
        let node = |(uid, boot): &(u64, u32)| NodeLink::new(identity(Uid(*uid), BootId(*boot)), Line::Bus { baud }, "");
        Self {
            master: Box::new(Master::new(MasterLine::Bus(BusTiming::bridge(baud)), 0x1234_5678)),
            nodes: names.iter().map(node).collect(),
            baud,
            now: Instant(0),
            outputs: Vec::new(),
            polls: Vec::new(),
        }
    }

    fn until(&mut self, end: Instant) {
        while self.now < end {
            self.step();
        }
    }

    /// When a frame that begins now has been heard.
    fn heard(&self, length: usize) -> Instant {
        let takes = timing::bytes_micros(length as u64, self.baud);
        self.now.after(takes + timing::receive_micros(self.baud))
    }

    fn step(&mut self) {
        let mut out = [0; MAX_FRAME];
        if let Some(length) = self.master.transmit(self.now, &mut out) {
            // Poll: control's kind is 1; the COBS byte stands before the address.
            if out[3] >> 6 == 1 {
                self.polls.push((self.now, out[2]));
            }
            self.now = self.heard(length);
            for node in &mut self.nodes {
                node.receive(&out[..length], self.now);
            }
            return;
        }
        let said = self.nodes.iter_mut().find_map(|node| node.transmit(self.now, &mut out));
        if let Some(length) = said {
            self.now = self.heard(length);
            assert_eq!(self.master.receive(&out[..length], self.now), length);
        } else {
            let nodes = self
                .nodes
                .iter()
                .filter_map(NodeLink::wake_at)
                .filter(|at| *at > self.now)
                .min();
            let master = self.master.wake_at().filter(|at| *at > self.now);
            self.now = nodes.into_iter().chain(master).min().unwrap();
        }
        while let Some(output) = self.master.next_output() {
            if let Output::Event { uid, boot, event, .. } = &output {
                self.master.committed(*uid, *boot, event.id);
            }
            self.outputs.push((self.now, output));
        }
    }

    fn up(baud: u32, nodes: u64) -> Self {
        let names: Vec<_> = (1..=nodes)
            .map(|uid| (uid.wrapping_mul(0x9E37_79B9_7F4A_7C15), uid as u32))
            .collect();
        let mut row = Self::new(baud, &names);
        row.until(Instant(3_000 * MS));
        assert_eq!(row.master.nodes().count(), names.len(), "all have joined");
        row
    }
}

#[test]
fn the_idle_cycle_of_32_nodes_is_the_computed_one() {
    for baud in [115_200, 250_000, 500_000, 1_000_000] {
        let mut row = Row::up(baud, 32);
        row.polls.clear();
        row.until(Instant(5_000 * MS));
        let mut last = [None; 34];
        let mut cycles = Vec::new();
        for (at, address) in &row.polls {
            if let Some(before) = last[usize::from(*address)].replace(*at) {
                cycles.push(at.since(before));
            }
        }
        cycles.sort_unstable();
        // A poll out of turn splits one cycle in two: few are short, and the others are as computed.
        let least = timing::poll_cycle_micros(32, baud, 0);
        let fifth = cycles[cycles.len() / 5];
        assert!(fifth >= least * 99 / 100, "{baud}: {fifth} µs, computed {least}");
        let most = timing::poll_cycle_with_pings_micros(32, baud, 0);
        let median = cycles[cycles.len() / 2];
        assert!(
            median <= most * 104 / 100,
            "{baud}: median {median} µs, computed {most}"
        );
    }
}

#[test]
fn a_press_reaches_the_master_within_the_computed_worst() {
    let baud = 250_000;
    let mut row = Row::up(baud, 32);
    let body = EventBody::Key {
        position: 23,
        key: Key::Confirm,
        count: Some(999),
        tag: 0xABCD,
    };
    // An event of this kind, encoded.
    let length = 17;
    let worst = timing::worst_event_micros(32, BusTiming::bridge(baud), 0, length);
    for turn in 0..300_u64 {
        row.until(row.now.after(7_919 + turn * 131 % 20_000));
        let node = (turn % 32) as usize;
        let pushed = row.now;
        let id = row.nodes[node].push(body.clone(), row.now);
        let uid = row.nodes[node].hello(row.now).uid;
        row.outputs.clear();
        let came = |(_, output): &(Instant, Output)| matches!(output, Output::Event { uid: u, event, .. } if *u == uid && event.id == id);
        while !row.outputs.iter().any(came) {
            row.step();
        }
        // Besides, a round may hold two pings, and what became of the press before.
        let more = 3 * (2 * timing::frame_micros(20, baud) + timing::exchange_micros(baud, 0));
        let took = row.now.since(pushed);
        assert!(took <= worst + more, "{took} µs, computed {worst}");
    }
}

#[test]
fn a_node_made_to_take_anothers_address_gives_it_up_and_gets_its_own() {
    let mut row = Row::up(250_000, 3);
    let address = row.nodes[0].address().unwrap();
    let victim = row.nodes[1].hello(row.now);
    // The epoch is the upper half of the seed's lower half.
    let assign = Admin::Assign {
        epoch: 0x1234,
        uid: victim.uid,
        boot: victim.boot,
        address,
    }
    .encode();
    let mut out = [0; MAX_FRAME];
    let length = encode(EVERYONE, Control::new(Kind::Admin), &assign, Salt::NONE, &mut out);
    row.nodes[1].receive(&out[..length], row.now);
    assert_eq!(row.nodes[1].address(), Some(address), "two at one address");
    row.outputs.clear();
    row.until(row.now.after(100 * MS));
    assert_eq!(row.nodes[1].counters().address_conflicts, 1, "noticed");
    assert_ne!(row.nodes[1].address(), Some(address));
    assert!(row.nodes[0].is_connected(row.now), "the other is not disturbed");
    row.until(row.now.after(3_000 * MS));
    let mut addresses: Vec<_> = row.nodes.iter().map(|node| node.address().unwrap()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), 3);
    let down = |(_, output): &(Instant, Output)| matches!(output, Output::Down { uid } if *uid != victim.uid);
    assert!(!row.outputs.iter().any(down), "{:?}", row.outputs);
}

#[test]
fn a_poll_that_only_the_next_frame_ends_is_not_answered() {
    let mut row = Row::up(250_000, 2);
    let (own, other) = (row.nodes[0].address().unwrap(), row.nodes[1].address().unwrap());
    let Hello { uid, boot, .. } = row.nodes[0].hello(row.now);
    let poll = |address| {
        let mut out = [0; MAX_FRAME];
        let length = encode(address, Control::new(Kind::Poll), &[], Salt::of(uid, boot), &mut out);
        out[..length].to_vec()
    };
    let (poll, next) = (poll(own), poll(other));
    let ended = &poll[..poll.len() - 1];
    let mut out = [0; MAX_FRAME];
    for (heard, answers) in [
        (&[&poll[..]][..], true),
        // A delimiter that came twice is no frame.
        (&[&poll, &[0]], true),
        (&[ended, &next], false),
        // The next is long, and its first piece has no end.
        (&[ended, &next[..6]], false),
        (&[&poll, &next], false),
    ] {
        for together in [false, true] {
            row.now = row.now.after(MS);
            if together {
                row.nodes[0].receive(&heard.concat(), row.now);
            } else {
                for bytes in heard {
                    row.nodes[0].receive(bytes, row.now);
                }
            }
            row.now = row.now.after(MS);
            let said = row.nodes[0].transmit(row.now, &mut out);
            assert_eq!(said.is_some(), answers, "{heard:02x?}, together: {together}");
            // What was left unfinished ends here.
            row.nodes[0].receive(&[0], row.now);
        }
    }
}

#[test]
fn two_chips_with_one_id_get_two_addresses_and_are_told() {
    let mut row = Row::new(250_000, &[(42, 1), (42, 2)]);
    row.until(Instant(5_000 * MS));
    let addresses: Vec<_> = row.nodes.iter().map(|node| node.address().unwrap()).collect();
    assert_ne!(addresses[0], addresses[1]);
    let told = |(_, output): &(Instant, Output)| {
        matches!(output, Output::Trouble(link::master::Trouble::SameUid { uid: Uid(42) }))
    };
    assert!(row.outputs.iter().any(told), "{:?}", row.outputs);
}

#[test]
fn a_dead_node_is_told_and_hardly_slows_the_others() {
    let mut row = Row::up(250_000, 8);
    let dead = row.nodes.pop().unwrap();
    let uid = dead.hello(row.now).uid;
    let died = row.now;
    row.outputs.clear();
    row.polls.clear();
    row.until(died.after(2_000 * MS));
    let down = row
        .outputs
        .iter()
        .find(|(_, output)| matches!(output, Output::Down { uid: u } if *u == uid));
    let (at, _) = down.expect("told");
    assert!(at.since(died) < 2_000 * MS, "after {} µs", at.since(died));
    let to_dead = row
        .polls
        .iter()
        .filter(|(_, address)| Some(*address) == dead.address())
        .count();
    assert!(to_dead <= 10, "{to_dead} polls of a dead node");
}

#[test]
fn offers_are_as_long_as_slots_allow_for() {
    assert_eq!(timing::longest_offer().len(), 16);
    assert_eq!(timing::frame_bytes(16), 25);
}
