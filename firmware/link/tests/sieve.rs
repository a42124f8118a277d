//! A node behind a sieve does what a node does that hears everything.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

mod rig;

use link::bus::Admin;
use link::frame::{Control, EVERYONE, Kind, Salt, encode};
use link::node::{Line, NodeLink, Sieve};
use link::session::{Down, SessionId};
use link::timing::{RECEIVE_PIECE, bytes_micros, receive_micros, turnaround_micros};
use link::{Instant, MAX_FRAME};
use proptest::prelude::*;
use rig::{BOOT, UID, identity};

const BAUD: u32 = 250_000;
const ADDRESS: u8 = 5;
const EPOCH: u16 = 77;

/// What comes over the pair.
#[derive(Clone, Debug)]
enum Said {
    /// A frame, as the master or another node says it.
    Frame(Vec<u8>),
    /// A frame that lost this byte.
    Torn(Vec<u8>, prop::sample::Index),
    Noise(Vec<u8>),
    Quiet,
}

fn frame(address: u8, control: Control, body: &[u8], salt: Salt) -> Vec<u8> {
    let mut out = [0; MAX_FRAME];
    let length = encode(address, control, body, salt, &mut out);
    out[..length].to_vec()
}

fn admin(admin: Admin) -> Vec<u8> {
    frame(EVERYONE, Control::new(Kind::Admin), &admin.encode(), Salt::NONE)
}

fn poll(address: u8, number: u8, sequence: bool, body: &[u8]) -> Vec<u8> {
    let control = Control {
        number,
        sequence,
        ..Control::new(Kind::Poll)
    };
    frame(address, control, body, Salt::of(UID, BOOT))
}

fn welcome() -> Vec<u8> {
    let down = Down::Welcome {
        protocol: link::message::PROTOCOL,
        session: SessionId(3),
        boot: BOOT,
    };
    down.encode().unwrap().to_vec()
}

fn assign() -> Vec<u8> {
    admin(Admin::Assign {
        epoch: EPOCH,
        uid: UID,
        boot: BOOT,
        address: ADDRESS,
    })
}

fn frames() -> impl Strategy<Value = Vec<u8>> {
    let body = prop::collection::vec(any::<u8>(), 0..60);
    prop_oneof![
        2 => Just(assign()),
        1 => Just(admin(Admin::Join { epoch: EPOCH, slots: 4 })),
        1 => any::<u16>().prop_map(|epoch| admin(Admin::Join { epoch, slots: 4 })),
        4 => (0..4_u8, any::<bool>()).prop_map(|(number, sequence)| poll(ADDRESS, number, sequence, &[])),
        2 => (0..4_u8, any::<bool>()).prop_map(|(number, sequence)| poll(ADDRESS, number, sequence, &welcome())),
        6 => (1..33_u8, 0..4_u8, body).prop_map(|(address, number, body)| poll(address, number, true, &body)),
        2 => (1..33_u8).prop_map(|address| frame(address, Control::new(Kind::Reply), &[], Salt::NONE)),
    ]
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        8 => frames().prop_map(Said::Frame),
        2 => (frames(), any::<prop::sample::Index>()).prop_map(|(frame, lost)| Said::Torn(frame, lost)),
        1 => prop::collection::vec(any::<u8>(), 1..8).prop_map(Said::Noise),
        1 => prop::collection::vec(0..2_u8, 1..8).prop_map(Said::Noise),
        6 => Just(Said::Quiet),
    ]
}

/// One node that hears everything, and one behind a sieve.
struct Two {
    whole: NodeLink<4>,
    behind: NodeLink<4>,
    sieve: Sieve<512>,
    now: Instant,
    /// How often the second was woken.
    woken: u32,
}

impl Two {
    fn new() -> Self {
        let node = || NodeLink::new(identity(UID, BOOT), Line::Bus { baud: BAUD }, "");
        Self {
            whole: node(),
            behind: node(),
            sieve: Sieve::new(),
            now: Instant(1_000),
            woken: 0,
        }
    }

    /// Both get what a UART hands over at once, then say what they have to.
    fn take(&mut self, bytes: &[u8], quiet: bool) {
        self.now = self.now.after(bytes_micros(bytes.len() as u64, BAUD));
        if quiet {
            self.now = self.now.after(receive_micros(BAUD));
        }
        self.whole.receive(bytes, self.now);
        bytes.iter().for_each(|byte| self.sieve.take(*byte));
        if quiet {
            self.sieve.quiet();
        }
        if self.sieve.is_due() {
            self.woken += 1;
            // In small pieces, as a loop with a small buffer reads.
            let mut passed = Vec::new();
            let mut piece = [0; 128];
            while self.sieve.is_due() {
                let count = self.sieve.read(&mut piece);
                passed.extend_from_slice(&piece[..count]);
            }
            self.behind.receive(&passed, self.now);
        }
        for wait in [0, turnaround_micros(BAUD)] {
            let at = self.now.after(wait);
            let mut out = [[0; MAX_FRAME]; 2];
            let lengths = [
                self.whole.transmit(at, &mut out[0]),
                self.behind.transmit(at, &mut out[1]),
            ];
            assert_eq!(lengths[0], lengths[1]);
            assert_eq!(out[0], out[1]);
        }
        self.sieve.listen(self.behind.address());
        assert_eq!(self.whole.address(), self.behind.address());
        assert_eq!(self.whole.is_connected(self.now), self.behind.is_connected(self.now));
        assert_eq!(self.whole.next_command(), self.behind.next_command());
        assert_eq!(self.whole.messages(), self.behind.messages());
        assert_eq!(self.whole.counters().frames, self.behind.counters().frames);
    }

    /// What came without a pause, in the UART's pieces; then quiet.
    fn stretch(&mut self, bytes: &[u8]) {
        let mut pieces = bytes.chunks(RECEIVE_PIECE as usize).peekable();
        while let Some(piece) = pieces.next() {
            self.take(piece, pieces.peek().is_none());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn it_hears_no_less_than_it_has_to(said in prop::collection::vec(said(), 1..80)) {
        let mut two = Two::new();
        let mut bytes = Vec::new();
        for said in said {
            match said {
                Said::Frame(frame) => bytes.extend(frame),
                Said::Torn(mut frame, lost) => {
                    frame.remove(lost.index(frame.len()));
                    bytes.extend(frame);
                }
                Said::Noise(noise) => bytes.extend(noise),
                Said::Quiet => two.stretch(&std::mem::take(&mut bytes)),
            }
        }
        two.stretch(&bytes);
    }
}

#[test]
fn on_a_pair_of_32_it_wakes_for_its_own_poll_and_for_nothing_else() {
    let mut two = Two::new();
    two.stretch(&assign());
    two.woken = 0;
    for round in 0..100 {
        for address in 1..=32 {
            two.stretch(&poll(address, round % 4, false, &[]));
            // Its own reply it does not hear.
            if address != ADDRESS {
                two.stretch(&frame(address, Control::new(Kind::Reply), &[], Salt::NONE));
            }
        }
    }
    assert_eq!(two.woken, 100);
    assert_eq!(two.behind.counters().frames, two.whole.counters().frames);
}
