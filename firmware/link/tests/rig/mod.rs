//! Ends joined by hand: what one says reaches the other when the test says so.
#![allow(dead_code, reason = "each test file uses its part")]

use link::frame::{Control, Decoder, Kind, Salt, encode};
use link::master::{Line as MasterLine, Master, Output};
use link::message::{BootId, Firmware, Hello, NodeKind, NodeMillis, PROTOCOL, ResetReason, Uid};
use link::node::{Identity, Line, NodeLink};
use link::session::{Down, Up};
use link::{Instant, MAX_FRAME};

pub const MS: u64 = 1_000;
pub const UID: Uid = Uid(0xE661_A4C3_1122_3344);
pub const BOOT: BootId = BootId(7);

pub fn identity(uid: Uid, boot: BootId) -> Identity {
    let firmware = Firmware {
        major: 1,
        minor: 2,
        patch: 3,
        git: [0; 4],
    };
    Identity {
        kind: NodeKind::Shelf,
        units: 24,
        uid,
        firmware,
        settings_crc: 0,
        boot,
        reset: ResetReason::PowerOn,
    }
}

pub fn hello(uid: Uid, boot: BootId) -> Hello {
    let Identity {
        kind,
        units,
        firmware,
        settings_crc,
        reset,
        ..
    } = identity(uid, boot);
    Hello {
        protocol: PROTOCOL,
        kind,
        units,
        uid,
        firmware,
        settings_crc,
        boot,
        reset,
        now: NodeMillis(0),
    }
}

/// All frames an end has to say now.
pub fn drain(mut transmit: impl FnMut(&mut [u8; MAX_FRAME]) -> Option<usize>) -> Vec<Vec<u8>> {
    let mut out = [0; MAX_FRAME];
    let mut frames = Vec::new();
    while let Some(length) = transmit(&mut out) {
        frames.push(out[..length].to_vec());
        assert!(frames.len() < 100, "it never stops");
    }
    frames
}

pub fn framed(address: u8, body: &[u8]) -> Vec<u8> {
    let mut out = [0; MAX_FRAME];
    let length = encode(address, Control::new(Kind::Data), body, Salt::NONE, &mut out);
    out[..length].to_vec()
}

fn bodies(frames: &[Vec<u8>]) -> Vec<(u8, Vec<u8>)> {
    let mut decoder = Decoder::new();
    frames
        .iter()
        .map(|frame| {
            let frame = decoder
                .next(&mut &frame[..])
                .unwrap()
                .unwrap()
                .open(Salt::NONE)
                .unwrap();
            (frame.address, frame.body.to_vec())
        })
        .collect()
}

pub fn downs(frames: &[Vec<u8>]) -> Vec<(u8, Down)> {
    bodies(frames)
        .iter()
        .map(|(address, body)| (*address, Down::decode(body).unwrap()))
        .collect()
}

pub fn ups(frames: &[Vec<u8>]) -> Vec<(u8, Up)> {
    bodies(frames)
        .iter()
        .map(|(address, body)| (*address, Up::decode(body).unwrap()))
        .collect()
}

/// A node and a master on one line.
pub struct Pair {
    pub node: NodeLink<4>,
    pub master: Box<Master<4>>,
    pub now: Instant,
}

impl Pair {
    pub fn new() -> Self {
        let node = NodeLink::new(identity(UID, BOOT), Line::Duplex, "");
        Self {
            node,
            master: Box::new(Master::new(MasterLine::Duplex, 1)),
            now: Instant(0),
        }
    }

    /// Introduced, with the first event committed.
    pub fn up() -> Self {
        let mut pair = Self::new();
        let outputs = pair.talk();
        let Some(Output::Event { event, .. }) = outputs.last() else {
            panic!("{outputs:?}")
        };
        pair.master.committed(UID, BOOT, event.id);
        assert_eq!(pair.talk(), []);
        assert_eq!(pair.node.unacknowledged(), 0);
        pair
    }

    pub fn node_says(&mut self) -> Vec<Vec<u8>> {
        drain(|out| self.node.transmit(self.now, out))
    }

    pub fn master_says(&mut self) -> Vec<Vec<u8>> {
        drain(|out| self.master.transmit(self.now, out))
    }

    pub fn node_hears(&mut self, frames: &[Vec<u8>]) {
        for frame in frames {
            self.node.receive(frame, self.now);
        }
    }

    pub fn master_hears(&mut self, frames: &[Vec<u8>]) -> Vec<Output> {
        let mut outputs = Vec::new();
        for frame in frames {
            assert_eq!(self.master.receive(frame, self.now), frame.len());
            outputs.extend(std::iter::from_fn(|| self.master.next_output()));
        }
        outputs
    }

    /// Both speak and hear until neither has more to say at this moment.
    pub fn talk(&mut self) -> Vec<Output> {
        let mut outputs = Vec::new();
        loop {
            let up = self.node_says();
            outputs.extend(self.master_hears(&up));
            let down = self.master_says();
            outputs.extend(std::iter::from_fn(|| self.master.next_output()));
            self.node_hears(&down);
            if up.is_empty() && down.is_empty() {
                return outputs;
            }
        }
    }
}
