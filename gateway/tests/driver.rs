//! The link's driver against nodes of the link's own node end, in a time of the test's own.

#![allow(clippy::unwrap_used)]

use gateway::{
    drivers::{Report, link::LinkDriver},
    words::Lang,
};
use link::{
    Instant, MAX_FRAME,
    master::Line,
    message::{BootId, Firmware, NodeKind, ResetReason, Uid},
    node::{Identity, Line as NodeLine, NodeLink},
};

fn node(boot: u32) -> NodeLink<8> {
    let firmware = Firmware {
        major: 1,
        minor: 0,
        patch: 0,
        git: [0; 4],
    };
    let identity = Identity {
        kind: NodeKind::Scanner,
        units: 1,
        uid: Uid(7),
        firmware,
        settings_crc: 0,
        boot: BootId(boot),
        reset: ResetReason::PowerOn,
    };
    NodeLink::new(identity, NodeLine::Duplex, "")
}

/// A port on which both nodes speak and hear, as two that are wired to one adapter.
struct Wire {
    driver: LinkDriver,
    now: Instant,
    reports: Vec<Report>,
}

impl Wire {
    fn new() -> Self {
        Self {
            driver: LinkDriver::new(Line::Duplex, 1, Lang::En),
            now: Instant(1_000_000_000),
            reports: Vec::new(),
        }
    }

    /// Lets so many milliseconds pass.
    fn pass(&mut self, millis: u32, nodes: &mut [&mut NodeLink<8>]) {
        let mut frame = [0; MAX_FRAME];
        for _ in 0..millis {
            self.now = self.now.after(1_000);
            while let Some(length) = self.driver.transmit(self.now, &mut frame) {
                nodes
                    .iter_mut()
                    .for_each(|node| node.receive(&frame[..length], self.now));
            }
            for node in nodes.iter_mut() {
                while let Some(length) = node.transmit(self.now, &mut frame) {
                    self.driver.receive(&frame[..length], self.now, 0);
                }
            }
            while let Some(report) = self.driver.next_report() {
                self.reports.push(report);
            }
        }
    }

    /// Where in what was told the last report of a kind stands.
    fn last(&self, kind: fn(&Report) -> bool) -> Option<usize> {
        self.reports.iter().rposition(kind)
    }
}

#[test]
fn trouble_with_two_of_one_name_is_over_when_one_is_gone() {
    let (mut wire, mut one, mut two) = (Wire::new(), node(1), node(2));
    wire.pass(200, &mut [&mut one]);
    wire.pass(5_000, &mut [&mut one, &mut two]);
    let trouble = wire.last(|report| matches!(report, Report::Trouble(text) if text.id() == "node-same-uid"));
    let over = |report: &Report| matches!(report, Report::TroubleOver);
    assert!(trouble.is_some() && trouble > wire.last(over), "{:?}", wire.reports);
    wire.pass(5_000, &mut [&mut one]);
    assert!(wire.last(over) > trouble, "{:?}", wire.reports);
}

#[test]
fn damaged_frames_are_counted() {
    let (mut wire, mut node) = (Wire::new(), node(1));
    wire.pass(200, &mut [&mut node]);
    wire.driver.count();
    wire.driver
        .receive(&[0, 3, 9, 9, 9, 9, 0, 5, 1, 1, 1, 1, 0], wire.now, 0);
    wire.driver.count();
    wire.pass(1, &mut [&mut node]);
    let frames = wire.reports.iter().filter_map(|report| match report {
        Report::Frames { whole, damaged } => Some((*whole > 0, *damaged)),
        _ => None,
    });
    assert_eq!(frames.collect::<Vec<_>>(), [(true, 0), (true, 2)]);
}
