//! The fleet's decisions, without ports and clocks: what happened goes in, effects come out.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::VecDeque;

use device_profiles::Profiles;
use gateway::{
    drivers::{Introduction, Report, Tell},
    fleet::{Effect, Fleet, Input, PortId},
    outbox::{queue::Queue, record::Record, writer},
    words::{Lang, Text},
};
use uplink::{
    Desire, DesireBody, DeviceEvent, DeviceId, DeviceKind, DeviceReport, DeviceState, EventBody, EventKey, FromGateway,
    FromWms, PrintOutcome, Progress, Stage, Verdict,
};

/// A fleet with so much room on its disk, and what it said last.
struct Floor {
    fleet: Fleet,
    now: i64,
}

impl Floor {
    fn new(most: usize) -> Self {
        let queue = Queue::new(Vec::new(), 1, most);
        let fleet = Fleet::new(queue, &[], Profiles::embedded().unwrap(), Lang::En);
        Self {
            fleet,
            now: 1_000_000_000_000,
        }
    }

    fn take(&mut self, input: Input) -> Vec<Effect> {
        let mut out = Vec::new();
        self.fleet.handle(input, self.now, &mut out);
        out
    }

    fn second(&mut self) -> Vec<Effect> {
        self.now += 1_000;
        self.take(Input::Tick)
    }

    fn says(&mut self, port: &PortId, report: Report) -> Vec<Effect> {
        self.take(Input::Port(port.clone(), report))
    }

    /// Opens the port and meets this boot of this device there.
    fn up(&mut self, port: &PortId, uid: u64, kind: DeviceKind, boot: u32) -> Vec<Effect> {
        self.take(Input::PortOpened(port.clone()));
        self.says(port, Report::Up(introduction(uid, kind, boot)))
    }

    fn scan(&mut self, port: &PortId, uid: u64, boot: u32, number: u32) -> Vec<Effect> {
        self.says(port, Report::Event(event(uid, boot, number)))
    }

    fn trouble(&self, port: &PortId) -> Option<String> {
        self.fleet.status().ports[&port.name].trouble.clone()
    }

    fn device(&self) -> DeviceReport {
        self.fleet.status().devices[0].clone()
    }
}

fn port(name: &str) -> PortId {
    PortId {
        name: name.into(),
        opening: 1,
    }
}

fn name(uid: u64) -> DeviceId {
    DeviceId(format!("{uid:016x}"))
}

fn introduction(uid: u64, kind: DeviceKind, boot: u32) -> Introduction {
    Introduction {
        device: name(uid),
        kind,
        units: 1,
        firmware: "1.0.0".into(),
        boot,
        address: 0,
    }
}

fn key(uid: u64, boot: u32, event: u32) -> EventKey {
    EventKey {
        device: name(uid),
        boot,
        event,
    }
}

fn event(uid: u64, boot: u32, number: u32) -> DeviceEvent {
    DeviceEvent {
        key: key(uid, boot, number),
        at: 1_000_000_000_000,
        age: None,
        moment: None,
        body: EventBody::Scan {
            aim: None,
            code: format!("code {number}"),
        },
    }
}

fn answer(uid: u64, boot: u32, event: u32) -> Input {
    Input::Uplink(FromWms::Answer {
        key: key(uid, boot, event),
        verdict: Some(Verdict::Right),
    })
}

fn stored(effects: &[Effect]) -> Input {
    let seq = |effect: &Effect| match effect {
        Effect::Keep(Record::Event(seq, _)) => Some(*seq),
        _ => None,
    };
    Input::Outbox(writer::Report::Stored(effects.iter().filter_map(seq).collect()))
}

#[test]
fn two_nodes_with_one_name_on_two_ports_lose_nothing_and_are_told_of() {
    let mut floor = Floor::new(100);
    let (a, b) = (port("a"), port("b"));
    floor.take(Input::UplinkUp);
    floor.up(&a, 7, DeviceKind::Scanner, 11);
    assert_eq!(floor.trouble(&a), None);
    floor.up(&b, 7, DeviceKind::Scanner, 22);
    for place in [&a, &b] {
        let trouble = floor.trouble(place).unwrap();
        assert!(trouble.contains("a, b") && trouble.contains("unplug one"), "{trouble}");
    }
    // Each hears what became of its own.
    for (place, boot) in [(&a, 11), (&b, 22), (&a, 11)] {
        let number = 1 + u32::from(floor.fleet.pending() as u8) + boot;
        floor.scan(place, 7, boot, number);
        let told = floor.take(answer(7, boot, number));
        let verdict = Tell::Verdict {
            key: key(7, boot, number),
            verdict: Verdict::Right,
        };
        for tell in [verdict, Tell::Committed(key(7, boot, number))] {
            assert!(told.contains(&Effect::Tell(place.clone(), tell)), "{place:?} {told:?}");
        }
        assert_eq!(
            told.iter().filter(|effect| matches!(effect, Effect::Tell(..))).count(),
            2
        );
    }
    // One is unplugged: the other is the device now, and all is well.
    let why = Text::new("port-ended").with("port", "b");
    let told = floor.take(Input::PortClosed { port: b, why });
    let shown = |effect: &Effect| matches!(effect, Effect::Say(FromGateway::Device(report)) if report.port == "a" && report.state == DeviceState::Online);
    assert!(told.iter().any(shown), "{told:?}");
    assert_eq!(floor.trouble(&a), None);
}

#[test]
fn a_node_that_moves_to_another_port_is_one_device() {
    let mut floor = Floor::new(100);
    let (a, b) = (port("a"), port("b"));
    floor.up(&a, 7, DeviceKind::Scanner, 11);
    floor.up(&b, 7, DeviceKind::Scanner, 11);
    floor.says(&a, Report::Down(name(7)));
    assert_eq!((floor.trouble(&a), floor.trouble(&b)), (None, None));
    assert_eq!(
        (floor.device().state, floor.device().port),
        (DeviceState::Online, "b".into())
    );
    let effects = floor.scan(&b, 7, 11, 1);
    let told = floor.take(stored(&effects));
    assert!(told.contains(&Effect::Tell(b, Tell::Committed(key(7, 11, 1)))));
}

#[test]
fn a_port_forgotten_does_not_come_back() {
    let mut floor = Floor::new(100);
    let (old, young) = (
        port("a"),
        PortId {
            opening: 2,
            ..port("a")
        },
    );
    floor.take(Input::PortOpened(old.clone()));
    floor.take(Input::PortOpened(young.clone()));
    let why = Text::new("port-stopping");
    floor.take(Input::PortClosed {
        port: old.clone(),
        why: why.clone(),
    });
    floor.take(Input::PortForgotten(old));
    assert!(floor.fleet.status().ports["a"].open, "another device is there already");
    floor.take(Input::PortClosed {
        port: young.clone(),
        why,
    });
    floor.take(Input::PortForgotten(young));
    assert!(floor.fleet.status().ports.is_empty());
}

#[test]
fn ever_new_names_at_a_port_fill_nothing_and_are_told_of() {
    let mut floor = Floor::new(100);
    let bad = port("bad");
    floor.take(Input::UplinkUp);
    floor.take(Input::PortOpened(bad.clone()));
    let mut told = 0;
    for uid in 0..5_000 {
        let effects = floor.says(&bad, Report::Up(introduction(uid, DeviceKind::Scale, 1)));
        told += effects.len();
        floor.says(&bad, Report::Down(name(uid)));
        assert_eq!(floor.scan(&bad, 4_999, 1, uid as u32), []);
    }
    assert_eq!(floor.fleet.status().devices.len(), 128);
    assert!(told < 1_000 && floor.trouble(&bad).unwrap().contains("128"));
    // Others are not concerned.
    floor.up(&port("good"), 9_999, DeviceKind::Scale, 1);
    assert_eq!(floor.fleet.status().devices.len(), 129);
}

#[test]
fn a_device_that_never_waits_is_bounded_and_forgets_nothing_it_was_not_told_to() {
    let mut floor = Floor::new(10);
    let place = port("a");
    floor.up(&place, 7, DeviceKind::Scanner, 1);
    for number in 1..=1_000 {
        let effects = floor.scan(&place, 7, 1, number);
        assert_eq!(
            effects.len(),
            usize::from(number <= 10),
            "only what has room is written"
        );
        floor.take(stored(&effects));
    }
    floor.second();
    let events = floor.fleet.status().events;
    assert_eq!((events.pending, events.held), (266, 256));
    assert!(events.outbox_full.unwrap().contains("10 events"));
    assert!(floor.trouble(&place).unwrap().contains("without waiting"));
    // The WMS is back. What was turned away is never acknowledged.
    let (mut effects, mut newest) = (VecDeque::from(floor.take(Input::UplinkUp)), 0);
    while let Some(effect) = effects.pop_front() {
        match effect {
            Effect::Say(FromGateway::Event(event)) => effects.extend(floor.take(answer(7, 1, event.key.event))),
            Effect::Tell(_, Tell::Committed(key)) => newest = key.event,
            _ => {}
        }
    }
    assert_eq!((newest, floor.fleet.pending()), (266, 0));
    floor.second();
    assert_eq!(floor.fleet.status().events.outbox_full, None);
}

#[test]
fn while_the_disk_refuses_nodes_keep_their_events() {
    let mut floor = Floor::new(100);
    let place = port("a");
    floor.up(&place, 7, DeviceKind::Scanner, 1);
    floor.take(Input::Outbox(writer::Report::Failing("no space".into())));
    assert_eq!(floor.scan(&place, 7, 1, 1), []);
    assert_eq!(floor.scan(&place, 7, 1, 2), []);
    let effects = floor.take(Input::Outbox(writer::Report::Recovered));
    let kept = |number, seq| Effect::Keep(Record::Event(seq, event(7, 1, number)));
    assert_eq!(effects, [kept(1, 1), kept(2, 2)]);
}

/// The verdicts that nodes are told.
fn verdicts(effects: &[Effect]) -> Vec<(u32, Verdict)> {
    let told = |effect: &Effect| match effect {
        Effect::Tell(_, Tell::Verdict { key, verdict }) => Some((key.event, *verdict)),
        _ => None,
    };
    effects.iter().filter_map(told).collect()
}

#[test]
fn a_verdict_is_fresh_by_when_its_event_was_heard_though_the_node_s_clock_runs_slow() {
    // The clocks' map takes what a slow clock lost lately for age.
    for lag in [0, 11_000, 30_000] {
        let mut floor = Floor::new(100);
        let place = port("a");
        floor.take(Input::UplinkUp);
        floor.up(&place, 7, DeviceKind::Scanner, 1);
        (0..lag / 1_000).for_each(|_| drop(floor.second()));
        let scan = |floor: &mut Floor, number| {
            let mut event = event(7, 1, number);
            event.at = floor.now - lag;
            let effects = floor.says(&place, Report::Event(event));
            floor.take(stored(&effects));
        };
        scan(&mut floor, 1);
        assert_eq!(verdicts(&floor.take(answer(7, 1, 1))), [(1, Verdict::Right)], "{lag}");
        // On its way when the WMS goes: amber at once.
        scan(&mut floor, 2);
        let gone = floor.take(Input::UplinkDown(Text::new("port-stopping")));
        assert_eq!(verdicts(&gone), [(2, Verdict::Stored)], "{lag}");
        // Heard while it is away: the person is told within ten seconds, or not at all. The wall's clock has no part in it.
        scan(&mut floor, 3);
        (0..5).for_each(|_| drop(floor.second()));
        floor.now -= 86_400_000;
        floor.take(Input::UplinkUp);
        assert_eq!(verdicts(&floor.take(answer(7, 1, 2))), [(2, Verdict::Right)], "{lag}");
        (0..6).for_each(|_| drop(floor.second()));
        assert_eq!(verdicts(&floor.take(answer(7, 1, 3))), [], "{lag}");
    }
}

#[test]
fn what_a_node_kept_from_before_its_session_is_as_old_as_it_says() {
    for (age, wait, fresh) in [
        (5_000, 0, true),
        (5_000, 6, false),
        (45_000, 0, false),
        (45_000, 60, false),
    ] {
        let mut floor = Floor::new(100);
        let place = port("a");
        floor.take(Input::UplinkUp);
        floor.up(&place, 7, DeviceKind::Scanner, 1);
        let mut kept = event(7, 1, 1);
        kept.at = floor.now - age;
        floor.says(&place, Report::Event(kept));
        (0..wait).for_each(|_| drop(floor.second()));
        let told = verdicts(&floor.take(answer(7, 1, 1)));
        assert_eq!(!told.is_empty(), fresh, "{age} ms, {wait} s");
    }
}

#[test]
fn of_what_an_earlier_gateway_heard_only_the_young_is_judged_and_only_at_the_start() {
    for (age, after, fresh) in [
        (2_000, 0, true),
        (60_000, 0, false),
        (2_000, 11, false),
        (-60_000, 0, false),
    ] {
        let queue = Queue::new(vec![(1, key(7, 1, 1))], 2, 100);
        let mut floor = Floor::new(100);
        floor.fleet = Fleet::new(queue, &[], Profiles::embedded().unwrap(), Lang::En);
        floor.up(&port("a"), 7, DeviceKind::Scanner, 1);
        let mut kept = event(7, 1, 1);
        (0..after).for_each(|_| drop(floor.second()));
        kept.at = floor.now - age;
        floor.take(Input::UplinkUp);
        floor.take(Input::Outbox(writer::Report::Fetched(vec![(1, kept)])));
        assert_eq!(
            !verdicts(&floor.take(answer(7, 1, 1))).is_empty(),
            fresh,
            "{age} ms, {after} s"
        );
    }
}

#[test]
fn an_event_spoiled_on_disk_is_told_and_counted() {
    let queue = Queue::new(vec![(1, key(7, 1, 1)), (2, key(7, 1, 2))], 3, 100);
    let mut floor = Floor::new(100);
    floor.fleet = Fleet::new(queue, &[], Profiles::embedded().unwrap(), Lang::En);
    assert!(floor.take(Input::UplinkUp).contains(&Effect::Fetch(vec![1, 2])));
    floor.take(Input::Outbox(writer::Report::Fetched(vec![(2, event(7, 1, 2))])));
    let effects = floor.take(Input::Outbox(writer::Report::Spoiled(vec![1])));
    assert!(
        effects.contains(&Effect::Keep(Record::Answered(1))),
        "it never comes back"
    );
    assert!(effects.contains(&Effect::Say(FromGateway::Event(event(7, 1, 2)))));
    let events = floor.fleet.status().events;
    assert_eq!((events.spoiled, events.pending), (1, 1));
}

#[test]
fn mere_counters_are_told_seldom() {
    let mut floor = Floor::new(100_000);
    let place = port("a");
    floor.take(Input::UplinkUp);
    floor.up(&place, 7, DeviceKind::Scanner, 1);
    let reports = |effects: Vec<Effect>| {
        let device = |effect: &Effect| matches!(effect, Effect::Say(FromGateway::Device(_)));
        effects.into_iter().filter(device).count()
    };
    // A press a second, answered at once: nothing the WMS does not know.
    let mut told = 0;
    for number in 1..=60 {
        floor.scan(&place, 7, 1, number);
        floor.take(answer(7, 1, number));
        told += reports(floor.second());
    }
    assert_eq!(told, 0);
    // A bad line: at most every ten seconds.
    for retransmissions in 1..=60 {
        let device = name(7);
        floor.says(
            &place,
            Report::Counted {
                device,
                retransmissions,
            },
        );
        told += reports(floor.second());
    }
    assert!((5..=7).contains(&told), "{told} reports in a minute");
    // That something waits now is told at the next second.
    floor.scan(&place, 7, 1, 61);
    assert_eq!(reports(floor.second()), 1);
}

fn label(number: u64, job: u32) -> Desire {
    let body = DesireBody::Print {
        job,
        width: 8,
        height: 1,
        raster: format!("{:02x}", job as u8),
    };
    Desire {
        device: name(0xc1),
        number,
        body,
    }
}

/// The jobs that the driver was given.
fn given(effects: &[Effect]) -> Vec<u64> {
    let number = |effect: &Effect| match effect {
        Effect::Tell(_, Tell::Desire(desire)) => Some(desire.number),
        _ => None,
    };
    effects.iter().filter_map(number).collect()
}

#[test]
fn a_printer_that_was_away_gets_all_its_labels_and_again_what_it_lost() {
    let mut floor = Floor::new(100);
    let place = port("a");
    floor.take(Input::UplinkUp);
    floor.up(&place, 0xc1, DeviceKind::Printer, 1);
    floor.says(&place, Report::Down(name(0xc1)));
    for job in 1..=40 {
        let said = floor.take(Input::Uplink(FromWms::Desire(label(job, job as u32))));
        assert_eq!(said, [], "kept, not failed");
    }
    let taken = |number| {
        Report::Progress(Progress {
            device: name(0xc1),
            number,
            stage: Stage::Taken,
        })
    };
    let mut next = given(&floor.up(&place, 0xc1, DeviceKind::Printer, 1));
    for job in 1..=38 {
        assert_eq!(next, [job], "one after the other");
        next = given(&floor.says(&place, taken(job)));
        if job <= 36 {
            let mut done = event(0xc1, 1, job as u32);
            done.body = EventBody::Printed {
                job: job as u32,
                outcome: PrintOutcome::Done,
            };
            let effects = floor.says(&place, Report::Event(done));
            assert!(
                effects
                    .iter()
                    .any(|effect| matches!(effect, Effect::Keep(Record::Printed(_))))
            );
        }
    }
    // It is switched off to change the roll: 37 and 38 are not on paper, 39 was on its way.
    floor.says(&place, Report::Down(name(0xc1)));
    let mut next = given(&floor.up(&place, 0xc1, DeviceKind::Printer, 2));
    for job in 37..=40 {
        assert_eq!(next, [job]);
        next = given(&floor.says(&place, taken(job)));
    }
    assert!(next.is_empty());
}
