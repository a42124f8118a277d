//! What a node says is checked against what is known of it: nothing that it can't be saying goes on to the WMS, and nothing
//! it says stops its port.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use device_profiles::Profiles;
use gateway::{
    drivers::{Tell, link::LinkDriver},
    fleet::{Effect, Fleet, Input, PortId},
    outbox::queue::Queue,
    words::Lang,
};
use link::{
    Instant, MAX_FRAME,
    master::Line,
    message::{BootId, EventBody, Fault, Firmware, Key, NodeKind, PrintOutcome, ResetReason, Uid},
    node::{Identity, Line as NodeLine, NodeLink},
};
use proptest::collection::vec;
use proptest::prelude::*;
use uplink::FromGateway;

/// A node of the link's own, its port's driver and the fleet, in a time of the test's own.
struct Floor {
    node: NodeLink<64>,
    driver: LinkDriver,
    fleet: Fleet,
    port: PortId,
    now: Instant,
    /// What went to the WMS.
    said: Vec<uplink::EventBody>,
    /// Up to which event the node may forget.
    committed: u32,
}

impl Floor {
    fn of(kind: NodeKind, units: u8) -> Self {
        let firmware = Firmware {
            major: 1,
            minor: 0,
            patch: 0,
            git: [0; 4],
        };
        let identity = Identity {
            kind,
            units,
            uid: Uid(7),
            firmware,
            settings_crc: 0,
            boot: BootId(3),
            reset: ResetReason::PowerOn,
        };
        let profiles = Profiles::embedded().unwrap();
        let mut floor = Self {
            node: NodeLink::new(identity, NodeLine::Duplex, ""),
            driver: LinkDriver::new(Line::Duplex, 1, Lang::En),
            fleet: Fleet::new(Queue::new(Vec::new(), 1, 1_000), &[], profiles, Lang::En),
            port: PortId {
                name: "port".into(),
                opening: 1,
            },
            now: Instant(1_000_000_000),
            said: Vec::new(),
            committed: 0,
        };
        floor.take(Input::PortOpened(floor.port.clone()));
        floor.take(Input::UplinkUp);
        floor.pass(200);
        floor
    }

    fn take(&mut self, input: Input) {
        let mut out = Vec::new();
        self.fleet.handle(input, 1_000_000_000_000, &mut out);
        for effect in out {
            match effect {
                Effect::Say(FromGateway::Event(event)) => {
                    self.said.push(event.body);
                    let answer = uplink::FromWms::Answer {
                        key: event.key,
                        verdict: None,
                    };
                    self.take(Input::Uplink(answer));
                }
                Effect::Tell(_, tell) => {
                    if let Tell::Committed(key) = &tell {
                        self.committed = key.event;
                    }
                    self.driver.tell(tell);
                }
                _ => {}
            }
        }
    }

    /// Lets so many milliseconds pass.
    fn pass(&mut self, millis: u32) {
        let mut frame = [0; MAX_FRAME];
        for _ in 0..millis {
            self.now = self.now.after(1_000);
            while let Some(length) = self.driver.transmit(self.now, &mut frame) {
                self.node.receive(&frame[..length], self.now);
            }
            while let Some(length) = self.node.transmit(self.now, &mut frame) {
                self.driver.receive(&frame[..length], self.now, i64::MAX);
            }
            while let Some(report) = self.driver.next_report() {
                self.take(Input::Port(self.port.clone(), report));
            }
        }
    }

    fn says(&mut self, body: EventBody) -> u32 {
        let id = self.node.push(body, self.now).0;
        self.pass(100);
        id
    }

    fn trouble(&self) -> Option<String> {
        self.fleet.status().ports["port"].trouble.clone()
    }
}

fn press(position: u8) -> EventBody {
    EventBody::Key {
        position,
        key: Key::Confirm,
        count: Some(1),
        tag: 9,
    }
}

#[test]
fn r7_a_position_that_the_shelf_has_not_goes_no_further_and_is_told() {
    let mut floor = Floor::of(NodeKind::Shelf, 24);
    let before = floor.said.len();
    for position in [24, 200, 255] {
        let event = floor.says(press(position));
        assert_eq!(floor.committed, event, "the node need not keep it");
    }
    assert_eq!(floor.said.len(), before, "{:?}", floor.said);
    let trouble = floor.trouble().expect("told");
    assert!(trouble.contains("position 25 and has 24"), "{trouble}");
    assert_eq!(floor.fleet.status().events.strange, 3);
    floor.says(press(23));
    assert_eq!(floor.said.len(), before + 1, "it is heard as ever");
}

fn bodies() -> impl Strategy<Value = EventBody> {
    let key = prop_oneof![Just(Key::Confirm), Just(Key::Plus), Just(Key::Minus)];
    let outcome = prop_oneof![Just(PrintOutcome::Done), Just(PrintOutcome::Damaged)];
    prop_oneof![
        (any::<u8>(), key, any::<Option<u16>>(), any::<u32>()).prop_map(|(position, key, count, tag)| EventBody::Key {
            position,
            key,
            count,
            tag
        }),
        (any::<Option<[u8; 3]>>(), vec(any::<u8>(), 0..80)).prop_map(|(aim, code)| EventBody::Scan {
            aim,
            code: code.into_iter().collect()
        }),
        (any::<i32>(), any::<bool>()).prop_map(|(grams, stable)| EventBody::Weight { grams, stable }),
        (any::<u32>(), outcome).prop_map(|(job, outcome)| EventBody::Printed { job, outcome }),
        (any::<u8>(), any::<bool>()).prop_map(|(position, pressed)| EventBody::Tested { position, pressed }),
        any::<Option<u8>>().prop_map(|position| EventBody::Fault {
            fault: Fault::KeyStuck,
            position
        }),
    ]
}

fn possible(kind: NodeKind, units: u8, body: &uplink::EventBody) -> bool {
    use uplink::EventBody as Said;
    match body {
        Said::Key { position, .. } | Said::Tested { position, .. } => kind == NodeKind::Shelf && *position < units,
        Said::Fault { position, .. } => position.is_none_or(|position| position < units),
        Said::Scan { .. } => kind == NodeKind::Scanner,
        Said::Weight { .. } => kind == NodeKind::Scale,
        Said::Printed { .. } | Said::Printer { .. } => kind == NodeKind::Printer,
        Said::Restarted { .. } | Said::Lost { .. } => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn r7_whatever_a_node_says_only_what_it_can_say_goes_on(
        shelf in any::<bool>(),
        words in vec(bodies(), 1..24),
    ) {
        let (kind, units) = if shelf { (NodeKind::Shelf, 24) } else { (NodeKind::Scanner, 1) };
        let mut floor = Floor::of(kind, units);
        let mut last = 0;
        for body in words {
            last = floor.says(body);
        }
        for body in &floor.said {
            prop_assert!(possible(kind, units, body), "{body:?} went on");
        }
        prop_assert_eq!(floor.committed, last, "the node may forget all of it");
    }
}
