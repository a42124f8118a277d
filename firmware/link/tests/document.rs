//! `docs/link.md` says what the code does: its example, its tables and its list of messages are compared with it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

mod rig;

use std::fmt::Write;
use std::path::PathBuf;

use link::bus::BusTiming;
use link::message::*;
use link::session::Outcome;
use link::timing;
use link::{Instant, MAX_FRAME};
use rig::{BOOT, MS, Pair, UID};

fn text(path: &str) -> String {
    let path = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("run by cargo")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The document has this block, word for word.
fn assert_says(block: &str) {
    assert!(
        text("../../docs/link.md").contains(block),
        "docs/link.md should say:\n{block}"
    );
}

fn milliseconds(micros: u64) -> String {
    format!("{}.{:02}", micros / 1000, micros % 1000 / 10)
}

/// `250,000`
fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let split = digits.len() % 3;
    let mut groups: Vec<&str> = if split > 0 { vec![&digits[..split]] } else { Vec::new() };
    groups.extend((split..digits.len()).step_by(3).map(|from| &digits[from..from + 3]));
    groups.join(",")
}

const BAUDS: [u32; 4] = [115_200, 250_000, 500_000, 1_000_000];
/// A press with a count and a tag, encoded.
const PRESS: usize = 17;

#[test]
fn the_example_is_what_the_ends_say() {
    let mut pair = Pair::new();
    let mut said = String::new();
    let mut tell = |who: &str, frames: &[Vec<u8>]| {
        for frame in frames {
            let hex: Vec<_> = frame.iter().map(|byte| format!("{byte:02x}")).collect();
            writeln!(said, "{who:<6} {}", hex.join(" ")).unwrap();
        }
    };
    // One turn: the node speaks, then the master.
    let turn = |pair: &mut Pair, tell: &mut dyn FnMut(&str, &[Vec<u8>])| {
        let frames = pair.node_says();
        tell("node", &frames);
        pair.master_hears(&frames);
        let frames = pair.master_says();
        tell("master", &frames);
        pair.node_hears(&frames);
    };
    turn(&mut pair, &mut tell);
    turn(&mut pair, &mut tell);
    pair.master.committed(UID, BOOT, EventId(1));
    turn(&mut pair, &mut tell);
    pair.now = Instant(250 * MS);
    let press = EventBody::Key {
        position: 5,
        key: Key::Confirm,
        count: Some(3),
        tag: 9,
    };
    let id = pair.node.push(press, pair.now);
    let frames = pair.node_says();
    tell("node", &frames);
    pair.master_hears(&frames);
    pair.master.committed(UID, BOOT, id);
    pair.master
        .send(
            UID,
            1,
            Command::Verdict {
                event: id,
                verdict: Verdict::Right,
            },
        )
        .unwrap();
    let frames = pair.master_says();
    tell("master", &frames);
    pair.node_hears(&frames);
    let (request, _) = pair.node.next_command().unwrap();
    pair.node.answer(request, Outcome::Taken);
    turn(&mut pair, &mut tell);
    assert_says(&format!("```text\n{said}```\n"));
}

#[test]
fn the_table_of_the_bus_is_computed() {
    let mut table = String::from(
        "| baud | empty exchange | round of 32 | with pings | + 50 µs at each node | worst press → master |\n|---|---|---|---|---|---|\n",
    );
    for baud in BAUDS {
        let bus = BusTiming::bridge(baud);
        let cells = [
            timing::exchange_micros(baud, 0),
            timing::poll_cycle_micros(32, baud, 0),
            timing::poll_cycle_with_pings_micros(32, baud, 0),
            timing::poll_cycle_with_pings_micros(32, baud, 50),
            timing::worst_event_micros(32, bus, 50, PRESS),
        ];
        let cells: Vec<_> = cells.into_iter().map(milliseconds).collect();
        writeln!(table, "| {} | {} |", thousands(baud), cells.join(" | ")).unwrap();
    }
    assert_says(&table);
}

#[test]
fn the_table_of_frames_is_computed() {
    let mut table =
        String::from("| frame | bytes | 115,200 | 250,000 | 500,000 | 1,000,000 |\n|---|---|---|---|---|---|\n");
    let frames = [
        ("empty poll or reply", 0),
        ("press", PRESS),
        ("scan of 13 digits", 27),
        ("verdict", 8),
        ("24 lights", MAX_BODY),
    ];
    for (name, body) in frames {
        let times: Vec<_> = BAUDS
            .iter()
            .map(|baud| milliseconds(timing::frame_micros(body, *baud)))
            .collect();
        writeln!(
            table,
            "| {name} | {} | {} |",
            timing::frame_bytes(body),
            times.join(" | ")
        )
        .unwrap();
    }
    assert_says(&table);
    assert!(timing::frame_bytes(MAX_BODY) <= MAX_FRAME as u64);
}

#[test]
fn every_message_is_in_the_document() {
    let document = text("../../docs/link.md");
    let mut missing = Vec::new();
    for (file, enums) in [
        ("src/session.rs", &["Up", "Down", "Outcome", "Refusal"][..]),
        ("src/bus/mod.rs", &["Admin"]),
        ("src/frame.rs", &["Kind"]),
        (
            "src/message.rs",
            &[
                "NodeKind",
                "ResetReason",
                "EventBody",
                "PrintOutcome",
                "Fault",
                "Command",
                "Verdict",
            ],
        ),
    ] {
        let source = text(file);
        for name in enums {
            let (_, rest) = source
                .split_once(&format!("pub enum {name} {{\n"))
                .expect("an enum of that name");
            let (inside, _) = rest.split_once("\n}").unwrap();
            let variants = inside.lines().filter_map(|line| {
                let line = line.strip_prefix("    ")?;
                let end = line
                    .find(|letter: char| !letter.is_alphanumeric())
                    .unwrap_or(line.len());
                line.starts_with(char::is_uppercase).then(|| &line[..end])
            });
            for variant in variants {
                if !document.contains(&format!("`{variant}`")) {
                    missing.push(format!("{name}::{variant}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "not in docs/link.md: {missing:?}");
}
