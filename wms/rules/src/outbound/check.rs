//! Checking (复核): each unit of an order is scanned against its paper before the parcel is closed.

use super::{Change, Decided, Outbound};
use crate::area::{Decision, Desk};
use crate::core::sentence::Sentence;
use crate::core::words::Words;

/// An order's number was scanned to check that order next.
pub fn begin_by_number(desk: &Desk<'_, Outbound>, order: usize) -> Decided {
    let Some(wanted) = desk.own.orders.get(order) else {
        return Decision::default();
    };
    if wanted.grams.is_some() || wanted.picked() == 0 {
        return Decision::only(
            Words::wrong(Sentence::new("check.order_done").with("order", &wanted.number)).then_now(),
        );
    }
    let busy = desk
        .own
        .checking
        .filter(|busy| *busy != order)
        .and_then(|busy| desk.own.orders.get(busy));
    if let Some(busy) = busy.filter(|busy| busy.grams.is_none() && busy.lines.iter().any(|line| line.checked > 0)) {
        let was = Sentence::new("check.other_open")
            .with("order", &wanted.number)
            .with("open", &busy.number);
        return Decision::only(
            Words::wrong(was).then(Sentence::new("check.other_open_then").with("open", &busy.number)),
        );
    }
    let was = Sentence::new("check.begun")
        .with("order", &wanted.number)
        .with("units", wanted.picked());
    Decision {
        changes: vec![Change::CheckBegun { order }.into()],
        words: Some(Words::right(was).then(Sentence::new("check.begun_then"))),
    }
}

/// Units were scanned while an order is checked.
pub fn check_unit(desk: &Desk<'_, Outbound>, order: usize, sku: &str, units: i64) -> Decided {
    let Some(wanted) = desk.own.orders.get(order) else {
        return Decision::default();
    };
    let goods = desk.ground.goods.called(sku);
    let found = wanted
        .lines
        .iter()
        .enumerate()
        .find(|(_, line)| line.sku == sku && line.picked() > 0);
    let Some((index, line)) = found else {
        let missing = wanted.lines.iter().find(|line| line.checked < line.picked());
        let should = missing
            .map(|line| desk.ground.goods.called(&line.sku))
            .unwrap_or_default();
        let was = Sentence::new("check.not_of_order")
            .with("goods", goods)
            .with("order", &wanted.number)
            .with("should", should);
        return Decision::only(Words::wrong(was).then(Sentence::new("check.not_of_order_then")));
    };
    let (checked, picked) = (line.checked.saturating_add(units), line.picked());
    if checked > picked {
        let was = Sentence::new("check.over")
            .with("goods", goods)
            .with("picked", picked)
            .with("scanned", checked)
            .with("unit", desk.ground.goods.unit(sku));
        return Decision::only(Words::wrong(was).then(Sentence::new("check.over_then")));
    }
    let mut changes = Vec::new();
    if desk.own.checking != Some(order) {
        changes.push(Change::CheckBegun { order }.into());
    }
    changes.push(
        Change::Checked {
            order,
            line: index,
            units,
        }
        .into(),
    );
    let rest: i64 = wanted
        .lines
        .iter()
        .map(|line| line.picked() - line.checked)
        .sum::<i64>()
        - units;
    let was = Sentence::new("check.right")
        .with("goods", goods)
        .with("checked", checked)
        .with("picked", picked)
        .with("unit", desk.ground.goods.unit(sku));
    let then = if rest == 0 {
        Sentence::new("check.complete_then").with("grams", super::computed_grams(desk, order))
    } else {
        Sentence::new("check.rest").with("rest", rest)
    };
    Decision {
        changes,
        words: Some(Words::right(was).then(then)),
    }
}
