//! The messages as they stand on the wire. Committed examples guard them: what stands in `golden/` is what gateways and WMS
//! in schools speak, so a change that this test notices is a change of the protocol.

#![allow(clippy::unwrap_used)]

use std::{fs, path::PathBuf};

use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use uplink::*;

fn device() -> DeviceId {
    DeviceId("e6614103e7452d2f".into())
}

fn key() -> EventKey {
    EventKey {
        device: device(),
        boot: 0x9c3f_a210,
        event: 17,
    }
}

fn report(state: DeviceState) -> DeviceReport {
    DeviceReport {
        device: device(),
        kind: DeviceKind::Shelf,
        profile: "cangxun-shelf-24".into(),
        port: "/dev/serial/by-id/usb-Cangxun-if00".into(),
        firmware: "1.3.0+1a2b3c4d".into(),
        units: 24,
        state,
        last_seen: 1_790_000_000_123,
        retransmissions: 2,
        pending: 1,
    }
}

fn event(body: EventBody) -> FromGateway {
    FromGateway::Event(DeviceEvent {
        key: key(),
        at: 1_790_000_000_100,
        age: None,
        moment: None,
        body,
    })
}

fn aged(age: Age) -> FromGateway {
    FromGateway::Event(DeviceEvent {
        key: key(),
        at: 1_790_000_000_100,
        age: Some(age),
        moment: None,
        body: EventBody::Lost { count: 4 },
    })
}

fn progress(stage: Stage) -> FromGateway {
    FromGateway::Progress(Progress {
        device: device(),
        number: 8,
        stage,
    })
}

fn desire(body: DesireBody) -> FromWms {
    FromWms::Desire(Desire {
        device: device(),
        number: 8,
        body,
    })
}

/// One of each thing a gateway can say.
fn from_gateway() -> Vec<FromGateway> {
    let hello = GatewayHello {
        protocol: 1,
        oldest: 1,
        gateway: "gateway-0a1b2c3d".into(),
        version: "0.1.0".into(),
        key: "k-7f3a".into(),
        pending: 3,
        now: 1_795_500_000_000,
    };
    let why = "协议版本不通".to_owned();
    vec![
        FromGateway::Hello(hello),
        FromGateway::Fleet {
            devices: vec![report(DeviceState::Online), report(DeviceState::Offline)],
        },
        FromGateway::Device(report(DeviceState::Unusable { why: why.clone() })),
        event(EventBody::Key {
            position: 5,
            key: Key::Confirm,
            count: Some(12),
            tag: 301,
        }),
        event(EventBody::Key {
            position: 0,
            key: Key::Plus,
            count: None,
            tag: 0,
        }),
        event(EventBody::Key {
            position: 0,
            key: Key::Minus,
            count: Some(0),
            tag: 9,
        }),
        event(EventBody::Scan {
            aim: Some("]C1".into()),
            code: "0106901234567892\u{1d}10A1".into(),
        }),
        event(EventBody::Scan {
            aim: None,
            code: "RY003".into(),
        }),
        event(EventBody::Weight {
            grams: -5,
            stable: true,
        }),
        event(EventBody::Printed {
            job: 41,
            outcome: PrintOutcome::Done,
        }),
        event(EventBody::Printed {
            job: 41,
            outcome: PrintOutcome::PaperOut,
        }),
        event(EventBody::Printer {
            paper: true,
            closed: false,
            head_celsius: 41,
        }),
        event(EventBody::Restarted {
            reason: "watchdog".into(),
            panic: String::new(),
        }),
        event(EventBody::Lost { count: 3 }),
        event(EventBody::Fault {
            fault: "key_stuck".into(),
            position: Some(4),
        }),
        event(EventBody::Tested {
            position: 4,
            pressed: true,
        }),
        progress(Stage::OnWire),
        progress(Stage::Taken),
        progress(Stage::Failed { why }),
        aged(Age {
            millis: 120,
            sure: true,
        }),
        aged(Age {
            millis: 3_600_000,
            sure: false,
        }),
        FromGateway::Clock { now: 1_790_000_000_123 },
    ]
}

/// One of each thing a WMS can say.
fn from_wms() -> Vec<FromWms> {
    let light = Light {
        colour: Colour::B,
        mode: Mode::Blink,
        count: Some(12),
        adjustable: true,
        tag: 301,
    };
    vec![
        FromWms::Welcome {
            protocol: 1,
            now: 1_790_000_000_000,
        },
        FromWms::Refused(Refusal::Protocol {
            gateway: 1,
            gateway_oldest: 1,
            wms: 3,
            wms_oldest: 2,
        }),
        FromWms::Refused(Refusal::Key),
        FromWms::Refused(Refusal::Malformed {
            detail: "expected value at line 1".into(),
        }),
        FromWms::Answer {
            key: key(),
            verdict: Some(Verdict::Right),
        },
        FromWms::Answer {
            key: key(),
            verdict: Some(Verdict::Wrong),
        },
        FromWms::Answer {
            key: key(),
            verdict: Some(Verdict::Neutral),
        },
        FromWms::Answer {
            key: key(),
            verdict: None,
        },
        desire(DesireBody::Lights {
            lights: vec![light, Light::default()],
        }),
        desire(DesireBody::Print {
            job: 41,
            width: 16,
            height: 2,
            raster: "00ff8001".into(),
        }),
        desire(DesireBody::Tare),
        desire(DesireBody::SelfTest),
        desire(DesireBody::Identify { seconds: 10 }),
        desire(DesireBody::Calibrate { grams: 20_000 }),
        desire(DesireBody::Signals {
            brightness: 160,
            volume: 2,
        }),
    ]
}

/// After an addition: `UPDATE_GOLDEN=1 cargo test -p uplink`. Lines that were there before must not change.
fn golden<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(name: &str, messages: &[T]) {
    let path = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap())
        .join("tests/golden")
        .join(name);
    let lines: Vec<String> = messages
        .iter()
        .map(|message| serde_json::to_string(message).unwrap())
        .collect();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, lines.join("\n") + "\n").unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap();
    assert_eq!(lines, committed.lines().collect::<Vec<_>>());
    for (line, message) in committed.lines().zip(messages) {
        assert_eq!(&serde_json::from_str::<T>(line).unwrap(), message);
    }
}

#[test]
fn what_a_gateway_says_stands_as_committed() {
    golden("from-gateway.jsonl", &from_gateway());
}

#[test]
fn what_a_wms_says_stands_as_committed() {
    golden("from-wms.jsonl", &from_wms());
}

/// Fields may be added: an older peer passes over what it doesn't know, and does without what is not sent.
#[test]
fn fields_may_come_and_be_missing() {
    let text = r#"{"say":"device","device":"aa","kind":"scale","profile":"p","port":"q","firmware":"","units":1,
        "state":{"is":"online","charm":3},"last_seen":5,"mood":"good"}"#;
    let FromGateway::Device(report) = serde_json::from_str(text).unwrap() else {
        panic!()
    };
    assert_eq!(
        (report.retransmissions, report.pending, report.state),
        (0, 0, DeviceState::Online)
    );
    let text = r#"{"say":"welcome","protocol":1,"now":0,"weather":{"is":"fine"}}"#;
    assert_eq!(
        serde_json::from_str::<FromWms>(text).unwrap(),
        FromWms::Welcome { protocol: 1, now: 0 }
    );
}

#[test]
fn what_is_out_of_range_is_refused() {
    for text in [
        r#"{"say":"desire","device":"aa","number":-1,"what":"tare"}"#,
        r#"{"say":"desire","device":"aa","number":1,"body":{"what":"identify","seconds":256}}"#,
        r#"{"say":"answer","device":"aa","boot":4294967296,"event":1,"verdict":null}"#,
        r#"{"say":"answer","device":"aa","boot":1,"event":1,"verdict":"maybe"}"#,
        r#"{"say":"sing"}"#,
        r#"{}"#,
    ] {
        assert!(serde_json::from_str::<FromWms>(text).is_err(), "{text}");
    }
}

/// The largest things that are really said fit the limit.
#[test]
fn the_largest_messages_fit() {
    // 60 × 40 mm at 12 dots/mm, the finest head a profile describes for labels of that size.
    let raster = "ff".repeat(720 / 8 * 480);
    let print = desire(DesireBody::Print {
        job: u32::MAX,
        width: 720,
        height: 480,
        raster,
    });
    assert!(serde_json::to_string(&print).unwrap().len() < MAX_MESSAGE);
    // 256 devices at one gateway.
    let fleet = FromGateway::Fleet {
        devices: vec![report(DeviceState::Online); 256],
    };
    assert!(serde_json::to_string(&fleet).unwrap().len() < MAX_MESSAGE);
}

proptest! {
    #[test]
    fn events_come_back_whole(boot: u32, number: u32, at: i64, code in ".{0,120}", aim in proptest::option::of("][A-Za-z][0-9]")) {
        let key = EventKey { device: device(), boot, event: number };
        let event = FromGateway::Event(DeviceEvent { key, at, age: None, moment: None, body: EventBody::Scan { aim, code } });
        let text = serde_json::to_string(&event).unwrap();
        // At worst a control character takes six.
        prop_assert!(text.len() < 1_200);
        prop_assert_eq!(serde_json::from_str::<FromGateway>(&text).unwrap(), event);
    }

    #[test]
    fn desires_come_back_whole(number: u64, counts in prop::collection::vec(proptest::option::of(any::<u16>()), 0..24), tag: u32) {
        let light = |count| Light { colour: Colour::Wait, mode: Mode::Fast, count, adjustable: tag % 2 == 0, tag };
        let lights = counts.into_iter().map(light).collect();
        let message = FromWms::Desire(Desire { device: device(), number, body: DesireBody::Lights { lights } });
        let text = serde_json::to_string(&message).unwrap();
        prop_assert_eq!(serde_json::from_str::<FromWms>(&text).unwrap(), message);
    }

    #[test]
    fn no_text_confounds_the_reader(text in ".{0,300}") {
        let _ = serde_json::from_str::<FromWms>(&text);
        let _ = serde_json::from_str::<FromGateway>(&text);
    }
}
