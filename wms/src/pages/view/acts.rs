//! Acts in words.

use rules::core::codes;
use rules::locale::Words;
use rules::{Act, Mark};
use uplink::{EventBody, Key, PrintOutcome};

/// Style and mark of a judgement.
pub fn mark(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Right => ("right-text", "✓"),
        Mark::Wrong => ("wrong-text", "✕"),
        Mark::Waiting => ("neutral-text", "○"),
    }
}

/// What a device told that became no act, as the act it would have been.
pub fn aside(body: &EventBody, w: &Words) -> String {
    let act = match body {
        EventBody::Scan { aim, code } => Act::Scan {
            code: code.clone(),
            aim: aim.clone(),
            seen: None,
        },
        EventBody::Key {
            position,
            key,
            count,
            tag,
        } => Act::Key {
            position: *position,
            key: *key,
            count: *count,
            tag: *tag,
        },
        EventBody::Weight { grams, stable } => Act::Weight {
            grams: *grams,
            stable: *stable,
        },
        EventBody::Printed { job, outcome } => Act::Printed {
            job: *job,
            outcome: *outcome,
        },
        _ => return String::new(),
    };
    what(&act, w)
}

/// What was done.
pub fn what(act: &Act, w: &Words) -> String {
    match act {
        Act::Open => w.get("act.open").to_owned(),
        Act::Scan { code, .. } => w.with_one("act.scan", "code", codes::shown(code)),
        Act::Key {
            position, key, count, ..
        } => {
            let key = match key {
                Key::Confirm => w.get("act.confirm"),
                Key::Plus => "+",
                Key::Minus => "−",
            };
            let count = count.map(|count| count.to_string()).unwrap_or_default();
            w.fill(
                "act.key",
                &[
                    ("position", &(u16::from(*position) + 1)),
                    ("key", &key),
                    ("count", &count),
                ],
            )
        }
        Act::Weight { grams, stable } => {
            let key = if *stable { "act.weight" } else { "act.weight_unstable" };
            w.with_one(key, "grams", grams)
        }
        Act::Printed { outcome, .. } => match outcome {
            PrintOutcome::Done => w.get("act.printed"),
            PrintOutcome::PaperOut => w.get("act.paper_out"),
            PrintOutcome::CoverOpen => w.get("act.cover_open"),
            PrintOutcome::HeadHot => w.get("act.head_hot"),
            PrintOutcome::Damaged => w.get("act.damaged"),
        }
        .to_owned(),
        Act::RecordShort { sku, .. } => w.with_one("act.short", "sku", sku),
        Act::Reprint { barcode } => w.with_one("act.reprint", "code", barcode),
        Act::Sign { number, .. } => w.with_one("act.sign", "number", number),
        Act::Judge {
            number, accept: true, ..
        } => w.with_one("act.accept", "number", number),
        Act::Judge { number, .. } => w.with_one("act.return", "number", number),
        Act::HandIn { number } => w.with_one("act.hand_in", "number", number),
        Act::WriteLog { .. } => w.get("act.log").to_owned(),
        Act::Close => w.get("act.close").to_owned(),
    }
}
