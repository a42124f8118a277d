//! Receiving, where it does not go as announced: less came, or a case was scanned twice.

use super::rules::{announced, called, end_line, in_cases};
use super::{Change, Decided, Inbound, Step};
use crate::area::{Decision, Desk};
use crate::core::ground;
use crate::core::sentence::Sentence;
use crate::core::words::Words;

/// Less came than was announced, and that is recorded. Without goods named it is about the line being counted; where
/// nothing of it was counted, the command has to come twice, for a line that is ended stays ended.
pub fn record_short(desk: &Desk<'_, Inbound>, sku: Option<&str>, reason: &str, at: i64) -> Decided {
    if desk.own.step() != Some(Step::Receive) {
        return Decision::only(Words::wrong(Sentence::new("receive.no_line")).then_now());
    }
    let index = match sku {
        Some(sku) => desk.own.lines.iter().position(|line| line.sku == sku && !line.done),
        None => desk.own.counting(),
    };
    let Some((index, line)) = index.and_then(|index| Some((index, desk.own.lines.get(index)?))) else {
        return Decision::only(Words::wrong(Sentence::new("receive.no_line")).then_now());
    };
    if line.units == announced(desk, line) {
        return Decision::only(
            Words::wrong(Sentence::new("receive.not_short").with("goods", called(desk, line)))
                .then(Sentence::new("receive.full")),
        );
    }
    if sku.is_none() && line.units == 0 && !desk.ground.was_asked(at) {
        let was = Sentence::new("receive.short_ask").with("goods", called(desk, line));
        return desk.ask(was, Sentence::new("receive.short_ask_then"), at);
    }
    let given = reason;
    let reason = match given.trim() {
        "" => Sentence::new("receive.short_reason"),
        given => Sentence::new("receive.reason_given").with("text", given.chars().take(200).collect::<String>()),
    };
    let mut decision = end_line(desk, index, line, Some(reason));
    if let Some(words) = &decision.words {
        decision.changes.push(
            ground::Change::Noted {
                what: words.was.clone(),
                at,
            }
            .into(),
        );
    }
    decision
}

/// The last scan is taken back: a case was read twice, or is none of this delivery.
pub fn take_back(desk: &Desk<'_, Inbound>) -> Decided {
    let last = desk.own.counts.last();
    let Some((index, units, line)) =
        last.and_then(|(index, units)| Some((*index, *units, desk.own.lines.get(*index)?)))
    else {
        return Decision::only(Words::waiting(Sentence::new("receive.nothing_to_take_back")).then_now());
    };
    let was = Sentence::new("receive.taken_back")
        .with("goods", called(desk, line))
        .with("counted", in_cases(desk, line, line.units - units))
        .with("cases", line.cases);
    Decision {
        changes: vec![
            Change::Counted {
                line: index,
                units: -units,
            }
            .into(),
        ],
        words: Some(Words::waiting(was).then(Sentence::new("receive.go_on"))),
    }
}
