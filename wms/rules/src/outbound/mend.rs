//! Shipping, where something was booked or scanned wrongly. What was booked is never changed: a movement the other way
//! puts it right.

use super::{Change, Decided, Order, OrderLine, Outbound, demand};
use crate::area::{self, Decision, Desk};
use crate::core::demand::Want;
use crate::core::ground;
use crate::core::sentence::Sentence;
use crate::core::stock::{Movement, PACKING};
use crate::core::words::Words;

/// Units that were confirmed at a light and are not there at the check: they go back to their slot's book, and the order
/// ships without them. `sku`: of these goods alone. Without it, and where nothing was scanned yet, the command has to come
/// twice.
pub fn record_short(desk: &Desk<'_, Outbound>, index: usize, sku: Option<&str>, reason: &str, at: i64) -> Decided {
    let Some(order) = desk.own.orders.get(index) else {
        return Decision::default();
    };
    let named = order.lines.iter().filter(|line| sku.is_none_or(|sku| line.sku == sku));
    let short: Vec<&OrderLine> = named.filter(|line| line.checked < line.picked()).collect();
    if short.is_empty() {
        let was = Sentence::new("check.not_short").with("order", &order.number);
        return Decision::only(Words::wrong(was).then_now());
    }
    if sku.is_none() && order.scans.is_empty() && !desk.ground.was_asked(at) {
        let was = Sentence::new("check.short_ask").with("order", &order.number);
        return desk.ask(was, Sentence::new("check.short_ask_then"), at);
    }
    let given = reason;
    let reason = match given.trim() {
        "" => Sentence::new("check.short_reason"),
        given => Sentence::new("receive.reason_given").with("text", given.chars().take(200).collect::<String>()),
    };
    let mut changes = Vec::new();
    let mut said = Vec::new();
    for line in &short {
        for (what, booked) in unpicked(desk, order, line, &reason) {
            changes.extend(booked);
            changes.push(ground::Change::Noted { what: what.clone(), at }.into());
            said.push(what);
        }
    }
    let missing: i64 = short.iter().map(|line| line.picked() - line.checked).sum();
    let was = match said.pop() {
        Some(only) if said.is_empty() => only,
        _ => Sentence::new("check.short_many")
            .with("order", &order.number)
            .with("missing", missing)
            .with("lines", short.len()),
    };
    let after = area::after(desk.own, &changes, Outbound::apply);
    let complete = after
        .orders
        .get(index)
        .is_some_and(|order| order.picked() > 0 && order.is_checked());
    let words = Words::right(was);
    let words = if complete {
        let grams = super::computed_grams(&Desk { own: &after, ..*desk }, index);
        words.then(Sentence::new("check.complete_then").with("grams", grams))
    } else {
        words.then_after()
    };
    Decision {
        changes,
        words: Some(words),
    }
}

/// What is missing of a line goes back to the slots it was booked from, the last first: what is said about each, and its
/// changes.
fn unpicked(
    desk: &Desk<'_, Outbound>,
    order: &Order,
    line: &OrderLine,
    reason: &Sentence,
) -> Vec<(Sentence, Vec<area::Change<Change>>)> {
    let mut missing = line.picked() - line.checked;
    let mut back = Vec::new();
    for pick in line.picks.iter().rev() {
        let units = pick.picked.unwrap_or_default().min(missing);
        if units <= 0 {
            continue;
        }
        missing -= units;
        let what = Sentence::new("check.short")
            .with("order", &order.number)
            .with("location", &pick.location)
            .with("goods", desk.ground.goods.called(&line.sku))
            .with("missing", units)
            .with("unit", desk.ground.goods.unit(&line.sku))
            .with_sentence("reason", reason.clone());
        let moved = ground::Change::Moved(Movement {
            sku: line.sku.clone(),
            lot: pick.lot.clone(),
            from: PACKING.into(),
            to: pick.location.as_str().into(),
            quantity: units,
        });
        let mut booked = vec![moved.into(), Change::Unpicked { tag: pick.tag, units }.into()];
        booked.extend(demand::more(Want::nowhere(&order.number, &line.sku), units));
        back.push((what, booked));
    }
    back
}

/// The last scan of a check is taken back: a unit was read twice.
pub fn take_back(desk: &Desk<'_, Outbound>, index: usize) -> Decided {
    let order = desk.own.orders.get(index);
    let last = order.and_then(|order| {
        let (line, units) = order.scans.last()?;
        Some((*line, *units, order.lines.get(*line)?))
    });
    let Some((line, units, of)) = last else {
        return Decision::only(Words::waiting(Sentence::new("check.nothing_to_take_back")).then_now());
    };
    let was = Sentence::new("check.taken_back")
        .with("goods", desk.ground.goods.called(&of.sku))
        .with("checked", of.checked - units)
        .with("picked", of.picked())
        .with("unit", desk.ground.goods.unit(&of.sku));
    Decision {
        changes: vec![
            Change::Checked {
                order: index,
                line,
                units: -units,
            }
            .into(),
        ],
        words: Some(Words::waiting(was).then(Sentence::new("check.begun_then"))),
    }
}

/// An order that should be weighed is checked once more.
pub fn check_again(desk: &Desk<'_, Outbound>, index: usize) -> Decided {
    let Some(order) = desk.own.orders.get(index) else {
        return Decision::default();
    };
    let was = Sentence::new("check.again").with("order", &order.number);
    Decision {
        changes: vec![Change::CheckReset { order: index }.into()],
        words: Some(Words::waiting(was).then(Sentence::new("check.begun_then"))),
    }
}
