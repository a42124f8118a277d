//! The wire's words in the uplink's, and back.

// What a node says may be anything.
#![warn(clippy::arithmetic_side_effects)]

use ::link::message as wire;
use ::link::session::Refusal;
use uplink::{DeviceEvent, DeviceId, EventBody, EventKey, Moment, UnixMillis, Verdict};

use crate::{drivers::Introduction, words::Text};

/// A chip's unique id as a device's name.
#[must_use]
pub fn device(uid: wire::Uid) -> DeviceId {
    DeviceId(format!("{:016x}", uid.0))
}

/// A device's name as a chip's unique id, if it is one.
#[must_use]
pub fn uid(device: &DeviceId) -> Option<wire::Uid> {
    if device.0.len() != 16 {
        return None;
    }
    u64::from_str_radix(&device.0, 16).ok().map(wire::Uid)
}

/// A hello as an introduction.
#[must_use]
pub fn introduction(hello: &wire::Hello, address: u8) -> Introduction {
    Introduction {
        device: device(hello.uid),
        kind: kind(hello.kind),
        units: hello.units,
        firmware: firmware(hello.firmware),
        boot: hello.boot.0,
        address,
    }
}

fn kind(kind: wire::NodeKind) -> uplink::DeviceKind {
    match kind {
        wire::NodeKind::Shelf => uplink::DeviceKind::Shelf,
        wire::NodeKind::Scanner => uplink::DeviceKind::Scanner,
        wire::NodeKind::Printer => uplink::DeviceKind::Printer,
        wire::NodeKind::Scale => uplink::DeviceKind::Scale,
        wire::NodeKind::Bridge => uplink::DeviceKind::Bridge,
    }
}

fn firmware(version: wire::Firmware) -> String {
    let wire::Firmware {
        major,
        minor,
        patch,
        git,
    } = version;
    if git == [0; 4] {
        return format!("{major}.{minor}.{patch}");
    }
    format!("{major}.{minor}.{patch}+{:08x}", u32::from_be_bytes(git))
}

/// An event of the wire as one of the uplink.
#[must_use]
pub fn event(
    uid: wire::Uid,
    boot: wire::BootId,
    event: wire::Event,
    at: UnixMillis,
    moment: Option<Moment>,
) -> DeviceEvent {
    let key = EventKey {
        device: device(uid),
        boot: boot.0,
        event: event.id.0,
    };
    let body = match event.body {
        wire::EventBody::Lost { count } => EventBody::Lost { count },
        wire::EventBody::Restarted { reason, panic } => EventBody::Restarted {
            reason: reset(reason).to_owned(),
            panic: panic.as_str().to_owned(),
        },
        wire::EventBody::Key {
            position,
            key,
            count,
            tag,
        } => {
            let key = match key {
                wire::Key::Confirm => uplink::Key::Confirm,
                wire::Key::Plus => uplink::Key::Plus,
                wire::Key::Minus => uplink::Key::Minus,
            };
            EventBody::Key {
                position,
                key,
                count,
                tag,
            }
        }
        wire::EventBody::Scan { aim, code } => EventBody::Scan {
            aim: aim.map(|aim| String::from_utf8_lossy(&aim).into_owned()),
            code: String::from_utf8_lossy(&code).into_owned(),
        },
        wire::EventBody::Weight { grams, stable } => EventBody::Weight { grams, stable },
        wire::EventBody::Printed { job, outcome } => {
            let outcome = match outcome {
                wire::PrintOutcome::Done => uplink::PrintOutcome::Done,
                wire::PrintOutcome::PaperOut => uplink::PrintOutcome::PaperOut,
                wire::PrintOutcome::CoverOpen => uplink::PrintOutcome::CoverOpen,
                wire::PrintOutcome::HeadHot => uplink::PrintOutcome::HeadHot,
                wire::PrintOutcome::Damaged => uplink::PrintOutcome::Damaged,
            };
            EventBody::Printed { job, outcome }
        }
        wire::EventBody::Printer(wire::PrinterCondition {
            paper,
            closed,
            head_celsius,
        }) => EventBody::Printer {
            paper,
            closed,
            head_celsius,
        },
        wire::EventBody::Tested { position, pressed } => EventBody::Tested { position, pressed },
        wire::EventBody::Fault { fault, position } => {
            let fault = match fault {
                wire::Fault::Decoder => "decoder",
                wire::Fault::LoadCell => "load_cell",
                wire::Fault::KeyStuck => "key_stuck",
                wire::Fault::Settings => "settings",
                wire::Fault::LabelGap => "label_gap",
                wire::Fault::SafeMode => "safe_mode",
            };
            EventBody::Fault {
                fault: fault.to_owned(),
                position,
            }
        }
    };
    DeviceEvent {
        key,
        at,
        age: None,
        moment,
        body,
    }
}

fn reset(reason: wire::ResetReason) -> &'static str {
    match reason {
        wire::ResetReason::PowerOn => "power_on",
        wire::ResetReason::Pin => "pin",
        wire::ResetReason::Watchdog => "watchdog",
        wire::ResetReason::Commanded => "commanded",
        wire::ResetReason::Panic => "panic",
        wire::ResetReason::Unknown => "unknown",
    }
}

/// A verdict for the wire.
#[must_use]
pub fn verdict(verdict: Verdict) -> wire::Verdict {
    match verdict {
        Verdict::Right => wire::Verdict::Right,
        Verdict::Wrong => wire::Verdict::Wrong,
        Verdict::Stored => wire::Verdict::Stored,
        Verdict::Neutral => wire::Verdict::Neutral,
    }
}

// What the WMS may name a light by is what a node has room for.
const _: () = assert!(uplink::MAX_TAG == wire::MAX_TAG);

/// A light for the wire. Counts beyond three digits are shown as 999.
#[must_use]
pub fn light(light: uplink::Light) -> wire::PositionLight {
    let colour = match light.colour {
        uplink::Colour::Off => wire::Colour::Off,
        uplink::Colour::A => wire::Colour::A,
        uplink::Colour::B => wire::Colour::B,
        uplink::Colour::C => wire::Colour::C,
        uplink::Colour::D => wire::Colour::D,
        uplink::Colour::Done => wire::Colour::Done,
        uplink::Colour::Wrong => wire::Colour::Wrong,
        uplink::Colour::Wait => wire::Colour::Wait,
    };
    let mode = match light.mode {
        uplink::Mode::On => wire::Mode::On,
        uplink::Mode::Blink => wire::Mode::Blink,
        uplink::Mode::Fast => wire::Mode::Fast,
    };
    wire::PositionLight {
        colour,
        mode,
        count: light.count.map(|count| count.min(wire::MAX_COUNT)),
        adjustable: light.adjustable,
        tag: light.tag,
    }
}

/// Why a node refused, in words.
#[must_use]
pub fn refusal(refusal: Refusal) -> Text {
    match refusal {
        Refusal::Unsupported => Text::new("refused-unsupported"),
        Refusal::OutOfRange => Text::new("refused-out-of-range"),
        Refusal::Busy => Text::new("refused-busy"),
        Refusal::OutOfOrder => Text::new("refused-out-of-order"),
        Refusal::Damaged => Text::new("refused-damaged"),
        Refusal::Faulty => Text::new("refused-faulty"),
    }
}
