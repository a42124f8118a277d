//! Every message as bytes, written down: what is on the wire today must be on it tomorrow.
//!
//! A line that no longer matches means that nodes in the field would misread a new master. Append variants and fields; never
//! change a line here. Each encoding starts with the variant's place, so a variant moved shows at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

use std::fmt::Write;

use link::MAX_FRAME;
use link::bus::Admin;
use link::frame::{Control, Kind, Salt, encode};
use link::message::*;
use link::session::{Down, Outcome, Refusal, Request, SessionId, Up, longest};

const SESSION: SessionId = SessionId(0x1234);
const REQUEST: Request = Request {
    session: SESSION,
    number: 5,
};
const BOOT: BootId = BootId(0xC0FF_EE01);
const UID: Uid = Uid(0xE661_A4C3_1122_3344);

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn hello() -> Hello {
    Hello {
        protocol: Protocol {
            major: 1,
            minor: 0,
            oldest_minor: 0,
        },
        kind: NodeKind::Shelf,
        units: 24,
        uid: UID,
        firmware: Firmware {
            major: 1,
            minor: 2,
            patch: 3,
            git: [0x1A, 0x2B, 0x3C, 0x4D],
        },
        settings_crc: 0xDEAD_BEEF,
        boot: BOOT,
        reset: ResetReason::Watchdog,
        now: NodeMillis(1234),
    }
}

fn event(body: EventBody) -> Up {
    Up::Event {
        session: SESSION,
        event: Event {
            id: EventId(300),
            at: NodeMillis(70_000),
            body,
        },
    }
}

fn request(command: Command) -> Down {
    Down::Request {
        request: REQUEST,
        command,
    }
}

fn ups() -> Vec<(&'static str, Up)> {
    vec![
        (
            "000100000018c4e68889b198e9b0e6010102031a2b3c4deffdb6f50d81dcff870c02d20901",
            Up::Hello {
                hello: hello(),
                oldest: EventId(1),
            },
        ),
        (
            "02b4240500",
            Up::Answer {
                request: REQUEST,
                outcome: Outcome::Taken,
            },
        ),
        (
            "02b424050100",
            Up::Answer {
                request: REQUEST,
                outcome: Outcome::Refused(Refusal::Unsupported),
            },
        ),
        (
            "02b424050101",
            Up::Answer {
                request: REQUEST,
                outcome: Outcome::Refused(Refusal::OutOfRange),
            },
        ),
        (
            "02b424050102",
            Up::Answer {
                request: REQUEST,
                outcome: Outcome::Refused(Refusal::Busy),
            },
        ),
        (
            "02b424050103",
            Up::Answer {
                request: REQUEST,
                outcome: Outcome::Refused(Refusal::OutOfOrder),
            },
        ),
        (
            "02b424050104",
            Up::Answer {
                request: REQUEST,
                outcome: Outcome::Refused(Refusal::Damaged),
            },
        ),
        (
            "02b424050105",
            Up::Answer {
                request: REQUEST,
                outcome: Outcome::Refused(Refusal::Faulty),
            },
        ),
        ("03b42405", Up::Missing { request: REQUEST }),
        (
            "04b424f0a204",
            Up::Pong {
                session: SESSION,
                now: NodeMillis(70_000),
            },
        ),
        ("01b424ac02f0a2040007", event(EventBody::Lost { count: 7 })),
        (
            "01b424ac02f0a20401040b6174207368656c662e7273",
            event(EventBody::Restarted {
                reason: ResetReason::Panic,
                panic: "at shelf.rs".try_into().unwrap(),
            }),
        ),
        (
            "01b424ac02f0a20402170001e707cdd702",
            event(EventBody::Key {
                position: 23,
                key: Key::Confirm,
                count: Some(999),
                tag: 0xABCD,
            }),
        ),
        (
            "01b424ac02f0a20402170001e707ffffff7f",
            event(EventBody::Key {
                position: 23,
                key: Key::Confirm,
                count: Some(999),
                tag: MAX_TAG,
            }),
        ),
        (
            "01b424ac02f0a2040200020000",
            event(EventBody::Key {
                position: 0,
                key: Key::Minus,
                count: None,
                tag: 0,
            }),
        ),
        (
            "01b424ac02f0a20403015d4331055259303033",
            event(EventBody::Scan {
                aim: Some(*b"]C1"),
                code: b"RY003".iter().copied().collect(),
            }),
        ),
        (
            "01b424ac02f0a204030000",
            event(EventBody::Scan {
                aim: None,
                code: heapless::Vec::new(),
            }),
        ),
        (
            "01b424ac02f0a20404f30301",
            event(EventBody::Weight {
                grams: -250,
                stable: true,
            }),
        ),
        (
            "01b424ac02f0a204050901",
            event(EventBody::Printed {
                job: 9,
                outcome: PrintOutcome::PaperOut,
            }),
        ),
        (
            "01b424ac02f0a204060100fb",
            event(EventBody::Printer(PrinterCondition {
                paper: true,
                closed: false,
                head_celsius: -5,
            })),
        ),
        (
            "01b424ac02f0a204070401",
            event(EventBody::Tested {
                position: 4,
                pressed: true,
            }),
        ),
        (
            "01b424ac02f0a20408020111",
            event(EventBody::Fault {
                fault: Fault::KeyStuck,
                position: Some(17),
            }),
        ),
        (
            "01b424ac02f0a204080500",
            event(EventBody::Fault {
                fault: Fault::SafeMode,
                position: None,
            }),
        ),
    ]
}

fn downs() -> Vec<(&'static str, Down)> {
    let light = PositionLight {
        colour: Colour::B,
        mode: Mode::Blink,
        count: Some(12),
        adjustable: true,
        tag: 0x0102,
    };
    let lights = [light, PositionLight::default()].into_iter().collect();
    vec![
        ("00", Down::Who),
        (
            "0181dcff870cb424010000",
            Down::Welcome {
                boot: BOOT,
                session: SESSION,
                protocol: hello().protocol,
            },
        ),
        (
            "0281dcff870c020403",
            Down::TooOld {
                boot: BOOT,
                protocol: Protocol {
                    major: 2,
                    minor: 4,
                    oldest_minor: 3,
                },
            },
        ),
        (
            "03b424ac02ab0200",
            Down::Ack {
                session: SESSION,
                received: EventId(300),
                committed: EventId(299),
                again: false,
            },
        ),
        (
            "05b424ac02",
            Down::Ping {
                session: SESSION,
                committed: EventId(300),
            },
        ),
        (
            "04b424050006020201010c0182020000000000",
            request(Command::Lights { first: 6, lights }),
        ),
        (
            "04b4240501ac0201",
            request(Command::Verdict {
                event: EventId(300),
                verdict: Verdict::Wrong,
            }),
        ),
        (
            "04b4240501ac0203",
            request(Command::Verdict {
                event: EventId(300),
                verdict: Verdict::Neutral,
            }),
        ),
        ("04b424050200", request(Command::Online(false))),
        (
            "04b42405030930c002",
            request(Command::PrintStart {
                job: 9,
                row_bytes: 48,
                rows: 320,
            }),
        ),
        (
            "04b4240504091003d10001",
            request(Command::PrintRows {
                job: 9,
                first: 16,
                data: [0xD1, 0x00, 0x01].into_iter().collect(),
            }),
        ),
        (
            "04b424050509a6f2d0df0c",
            request(Command::PrintEnd {
                job: 9,
                crc: 0xCBF4_3926,
            }),
        ),
        ("04b4240506", request(Command::Tare)),
        ("04b4240507", request(Command::SelfTest)),
        ("04b42405080a", request(Command::Identify { seconds: 10 })),
        (
            "04b4240509600290a10f",
            request(Command::Settings(Settings {
                brightness: 96,
                volume: 2,
                bus_baud: 250_000,
            })),
        ),
        ("04b424050a", request(Command::Restart)),
        ("04b424050ba09c01", request(Command::Calibrate { grams: 20_000 })),
        (
            "04b424050ca002",
            request(Command::Signals {
                brightness: 160,
                volume: 2,
            }),
        ),
    ]
}

fn admins() -> Vec<(&'static str, Admin)> {
    vec![
        (
            "00effd0204",
            Admin::Join {
                epoch: 0xBEEF,
                slots: 4,
            },
        ),
        (
            "01c4e68889b198e9b0e60181dcff870c",
            Admin::Offer { uid: UID, boot: BOOT },
        ),
        (
            "02effd02c4e68889b198e9b0e60181dcff870c07",
            Admin::Assign {
                epoch: 0xBEEF,
                uid: UID,
                boot: BOOT,
                address: 7,
            },
        ),
    ]
}

/// Whole frames: what stands around a body.
fn frames() -> Vec<(&'static str, Vec<u8>)> {
    let frame = |address, control, body: &[u8], salt| {
        let mut out = [0; MAX_FRAME];
        let length = encode(address, control, body, salt, &mut out);
        out[..length].to_vec()
    };
    let ping = Down::Ping {
        session: SESSION,
        committed: EventId(300),
    }
    .encode()
    .unwrap();
    let poll = Control {
        number: 2,
        acknowledge: true,
        ..Control::new(Kind::Poll)
    };
    let reply = Control {
        number: 2,
        sequence: true,
        flag: true,
        ..Control::new(Kind::Reply)
    };
    let salt = Salt::of(UID, BOOT);
    vec![
        (
            "0001010a05b424ac0236f5641400",
            frame(0, Control::new(Kind::Data), &ping, Salt::NONE),
        ),
        ("000203032f2500", frame(3, Control::new(Kind::Data), &[], Salt::NONE)),
        ("00050764497f00", frame(7, poll, &[], salt)),
        ("000c076405b424ac02f298fc7b00", frame(7, poll, &ping, salt)),
        ("000507aa3b5000", frame(7, reply, &[], salt)),
        (
            "0003ffc009effd02048c9ce91800",
            frame(0xFF, Control::new(Kind::Admin), &admins()[0].1.encode(), Salt::NONE),
        ),
    ]
}

/// Compares, and prints the whole column where a line differs, for the reviewer of an appended line.
fn check(what: &str, lines: &[(&str, Vec<u8>)]) {
    let differ: Vec<_> = lines.iter().filter(|(golden, now)| bytes(golden) != *now).collect();
    for (golden, now) in &differ {
        println!("{what}: written down {golden}, now {}", hex(now));
    }
    assert!(differ.is_empty(), "{} of {what} differ", differ.len());
}

#[test]
fn messages_up() {
    let lines: Vec<_> = ups()
        .into_iter()
        .map(|(golden, up)| (golden, up.encode().unwrap().to_vec()))
        .collect();
    check("up", &lines);
    for (golden, up) in ups() {
        assert_eq!(Up::decode(&bytes(golden)), Some(up));
    }
}

#[test]
fn messages_down() {
    let lines: Vec<_> = downs()
        .into_iter()
        .map(|(golden, down)| (golden, down.encode().unwrap().to_vec()))
        .collect();
    check("down", &lines);
    for (golden, down) in downs() {
        assert_eq!(Down::decode(&bytes(golden)), Some(down));
    }
}

#[test]
fn messages_of_the_bus() {
    let lines: Vec<_> = admins()
        .into_iter()
        .map(|(golden, admin)| (golden, admin.encode().to_vec()))
        .collect();
    check("admin", &lines);
    for (golden, admin) in admins() {
        assert_eq!(Admin::decode(&bytes(golden)), Some(admin));
    }
}

#[test]
fn whole_frames() {
    check("frame", &frames());
}

/// A variant that is added must be added here, and the compiler says so.
#[test]
fn every_variant_is_written_down() {
    let mut events = [false; 9];
    let mut kinds = [false; 5];
    for (_, up) in ups() {
        let kind = match up {
            Up::Hello { .. } => 0,
            Up::Event { ref event, .. } => {
                events[match event.body {
                    EventBody::Lost { .. } => 0,
                    EventBody::Restarted { .. } => 1,
                    EventBody::Key { .. } => 2,
                    EventBody::Scan { .. } => 3,
                    EventBody::Weight { .. } => 4,
                    EventBody::Printed { .. } => 5,
                    EventBody::Printer(_) => 6,
                    EventBody::Tested { .. } => 7,
                    EventBody::Fault { .. } => 8,
                }] = true;
                1
            }
            Up::Answer { .. } => 2,
            Up::Missing { .. } => 3,
            Up::Pong { .. } => 4,
        };
        assert_eq!(usize::from(up.encode().unwrap()[0]), kind);
        kinds[kind] = true;
    }
    assert!(
        events.iter().chain(&kinds).all(|seen| *seen),
        "up: {kinds:?} {events:?}"
    );

    let mut commands = [false; 13];
    let mut kinds = [false; 6];
    for (_, down) in downs() {
        let kind = match down {
            Down::Who => 0,
            Down::Welcome { .. } => 1,
            Down::TooOld { .. } => 2,
            Down::Ack { .. } => 3,
            Down::Request { ref command, .. } => {
                commands[match command {
                    Command::Lights { .. } => 0,
                    Command::Verdict { .. } => 1,
                    Command::Online(_) => 2,
                    Command::PrintStart { .. } => 3,
                    Command::PrintRows { .. } => 4,
                    Command::PrintEnd { .. } => 5,
                    Command::Tare => 6,
                    Command::SelfTest => 7,
                    Command::Identify { .. } => 8,
                    Command::Settings(_) => 9,
                    Command::Restart => 10,
                    Command::Calibrate { .. } => 11,
                    Command::Signals { .. } => 12,
                }] = true;
                4
            }
            Down::Ping { .. } => 5,
        };
        assert_eq!(usize::from(down.encode().unwrap()[0]), kind);
        kinds[kind] = true;
    }
    assert!(
        commands.iter().chain(&kinds).all(|seen| *seen),
        "down: {kinds:?} {commands:?}"
    );
}

#[test]
fn the_longest_of_each_kind_fits() {
    let session = SessionId(u16::MAX);
    let widest = PositionLight {
        colour: Colour::Wait,
        mode: Mode::Fast,
        count: Some(MAX_COUNT),
        adjustable: true,
        tag: MAX_TAG,
    };
    let ask = |command| {
        Down::Request {
            request: Request { session, number: 255 },
            command,
        }
        .encode()
        .unwrap()
        .len()
    };
    let lights = core::iter::repeat_n(widest, MAX_POSITIONS).collect();
    assert_eq!(ask(Command::Lights { first: 255, lights }), longest::LIGHTS);
    let data = core::iter::repeat_n(0xFF, MAX_PRINT_CHUNK).collect();
    assert_eq!(
        ask(Command::PrintRows {
            job: u32::MAX,
            first: u16::MAX,
            data
        }),
        longest::PRINT_ROWS
    );
    let tell = |body| {
        let event = Event {
            id: EventId(u32::MAX),
            at: NodeMillis(u32::MAX),
            body,
        };
        Up::Event { session, event }.encode().unwrap().len()
    };
    let code = core::iter::repeat_n(0xFF, MAX_CODE).collect();
    assert_eq!(
        tell(EventBody::Scan {
            aim: Some([0xFF; 3]),
            code
        }),
        longest::SCAN
    );
    let panic = core::iter::repeat_n('!', 96).collect();
    assert_eq!(
        tell(EventBody::Restarted {
            reason: ResetReason::Unknown,
            panic
        }),
        longest::RESTARTED
    );
    assert_eq!(
        longest::LIGHTS,
        MAX_BODY,
        "the frame is as long as the longest message needs"
    );
}

#[test]
fn a_later_minor_may_append_and_an_unknown_command_is_named() {
    let mut longer = Down::Ping {
        session: SESSION,
        committed: EventId(300),
    }
    .encode()
    .unwrap()
    .to_vec();
    longer.push(1);
    assert_eq!(
        Down::decode(&longer),
        Some(Down::Ping {
            session: SESSION,
            committed: EventId(300)
        })
    );
    // Request, session, number, and a command far beyond those known.
    let unknown = bytes("04 b424 05 7f");
    assert_eq!(Down::decode(&unknown), None);
    assert_eq!(Down::decode_request(&unknown), Some(REQUEST));
    assert_eq!(Down::decode_request(&bytes("05 b424 05")), None);
}
