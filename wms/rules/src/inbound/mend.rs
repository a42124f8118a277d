//! Receiving, where it does not go as announced: less came, or a case was scanned twice.

use super::rules::{announced, called, end_line, in_cases, now};
use crate::act::{Decision, Words};
use crate::change::Change;
use crate::core::sentence::Sentence;
use crate::run::{RunState, Step};

/// Less came than was announced, and that is recorded. Without goods named it is about the line being counted; where
/// nothing of it was counted, the command has to come twice, for a line that is ended stays ended.
pub fn record_short(run: &RunState, sku: Option<&str>, reason: &str, at: i64) -> Decision {
    if run.step() != Step::Receive {
        return Decision::only(Words::wrong(Sentence::new("receive.no_line")).then(now(run)));
    }
    let index = match sku {
        Some(sku) => run.inbound.lines.iter().position(|line| line.sku == sku && !line.done),
        None => run.inbound.counting(),
    };
    let Some((index, line)) = index.and_then(|index| Some((index, run.inbound.lines.get(index)?))) else {
        return Decision::only(Words::wrong(Sentence::new("receive.no_line")).then(now(run)));
    };
    if line.units == announced(run, line) {
        return Decision::only(
            Words::wrong(Sentence::new("receive.not_short").with("goods", called(run, line)))
                .then(Sentence::new("receive.full")),
        );
    }
    if sku.is_none() && line.units == 0 && !run.was_asked(at) {
        let was = Sentence::new("receive.short_ask").with("goods", called(run, line));
        return run.ask(was, Sentence::new("receive.short_ask_then"), at);
    }
    let given = reason;
    let reason = match given.trim() {
        "" => Sentence::new("receive.short_reason"),
        given => Sentence::new("receive.reason_given").with("text", given.chars().take(200).collect::<String>()),
    };
    let mut decision = end_line(run, index, line, Some(reason));
    if let Some(words) = &decision.words {
        decision.changes.push(Change::Noted {
            what: words.was.clone(),
            at,
        });
    }
    decision
}

/// The last scan is taken back: a case was read twice, or is none of this delivery.
pub fn take_back(run: &RunState) -> Decision {
    let last = run.inbound.counts.last();
    let Some((index, units, line)) =
        last.and_then(|(index, units)| Some((*index, *units, run.inbound.lines.get(*index)?)))
    else {
        return Decision::only(Words::waiting(Sentence::new("receive.nothing_to_take_back")).then(now(run)));
    };
    let was = Sentence::new("receive.taken_back")
        .with("goods", called(run, line))
        .with("counted", in_cases(run, line, line.units - units))
        .with("cases", line.cases);
    Decision {
        changes: vec![Change::Counted {
            line: index,
            units: -units,
        }],
        words: Some(Words::waiting(was).then(Sentence::new("receive.go_on"))),
    }
}
