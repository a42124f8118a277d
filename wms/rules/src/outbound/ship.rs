//! Weighing and handing over (称重, 交接).

use super::{Change, Decided, Order, Outbound, Step, demand};
use crate::area::{self, Decision, Desk};
use crate::core::ground;
use crate::core::label::LabelSpec;
use crate::core::paper::{PaperKind, PaperState};
use crate::core::sentence::Sentence;
use crate::core::stock::{CUSTOMER, Movement, PACKING};
use crate::core::words::Words;

/// A scale with less on it is empty, in grams.
pub const EMPTY_GRAMS: i64 = 20;
/// What a station's scale takes, in grams.
pub const MOST_GRAMS: i64 = 30_000;

/// What a parcel should weigh: its units and its carton, in grams.
pub fn computed_grams(desk: &Desk<'_, Outbound>, order: usize) -> i64 {
    let lines = desk
        .own
        .orders
        .get(order)
        .map(|order| order.lines.as_slice())
        .unwrap_or_default();
    let weight = |sku: &str| desk.ground.goods.sku(sku).map_or(0, |sku| sku.unit_weight_g);
    desk.ground.scenario.packing.carton_g + lines.iter().map(|line| line.picked() * weight(&line.sku)).sum::<i64>()
}

/// How much a parcel may weigh more or less: the wider of percent and grams.
fn tolerance(desk: &Desk<'_, Outbound>, computed: i64) -> i64 {
    let packing = &desk.ground.scenario.packing;
    packing.tolerance_g.max(computed * packing.tolerance_percent / 100)
}

/// The scale's reading settled, or left its settled value.
pub fn weigh(desk: &Desk<'_, Outbound>, grams: i32, stable: bool) -> Decided {
    let Some(Step::Weigh(index)) = desk.own.step() else {
        // Goods are put down and taken away at any time; that is nobody's mistake.
        return Decision::default();
    };
    let Some(order) = desk.own.orders.get(index) else {
        return Decision::default();
    };
    let grams = i64::from(grams);
    if !stable {
        return Decision::only(
            Words::waiting(Sentence::new("weigh.unstable")).then(Sentence::new("weigh.unstable_then")),
        );
    }
    if is_below_zero(grams) {
        // Something lay there when the scale began, and was taken away: no parcel weighs less than nothing.
        return Decision::only(
            Words::waiting(Sentence::new("weigh.below_zero").with("grams", grams))
                .then(Sentence::new("weigh.below_zero_then")),
        );
    }
    if grams < EMPTY_GRAMS {
        return Decision::default();
    }
    judged(desk, index, order, grams)
}

/// Whether a reading shows that the scale counts from a wrong zero: it has to be told to begin anew.
pub fn is_below_zero(grams: i64) -> bool {
    grams <= -EMPTY_GRAMS
}

/// The last unit was checked with the parcel on the scale already: its reading counts, and nobody has to lift it for that.
/// One that does not fit may be of a parcel that was not closed yet: it is told, and the parcel is weighed.
pub fn weigh_at_once(desk: &Desk<'_, Outbound>) -> Option<Decided> {
    let (Some(Step::Weigh(index)), Some(grams)) = (desk.own.step(), desk.hand.on_scale) else {
        return None;
    };
    let decision = judged(desk, index, desk.own.orders.get(index)?, grams);
    if decision
        .changes
        .iter()
        .any(|change| matches!(change, area::Change::Own(Change::Weighed { .. })))
    {
        return Some(decision);
    }
    decision.words.map(|words| {
        let words = Words::waiting(words.was).then(Sentence::new("weigh.again_then"));
        Decision::only(words)
    })
}

fn judged(desk: &Desk<'_, Outbound>, index: usize, order: &Order, grams: i64) -> Decided {
    let computed = computed_grams(desk, index);
    let tolerance = tolerance(desk, computed);
    let difference = grams - computed;
    if difference.abs() > tolerance {
        let was = Sentence::new("weigh.off")
            .with("order", &order.number)
            .with("grams", grams)
            .with("computed", computed)
            .with("difference", format!("{difference:+}"))
            .with("tolerance", tolerance);
        if order.off.is_none() {
            // A hand on it, a tool beside it: it is weighed once more before anybody opens it.
            return Decision {
                changes: vec![Change::WeighedOff { order: index, grams }.into()],
                words: Some(Words::waiting(was).then(Sentence::new("weigh.again_then"))),
            };
        }
        // What is in the parcel is not what was scanned: its check begins anew.
        return Decision {
            changes: vec![Change::CheckReset { order: index }.into()],
            words: Some(Words::wrong(was).then(Sentence::new("weigh.off_then"))),
        };
    }
    let label = LabelSpec::Parcel {
        order: order.number.clone(),
        customer: order.customer.clone(),
        weight: format!("{}.{:02} kg", grams / 1000, grams % 1000 / 10),
        parcel: "1/1".into(),
    };
    let was = Sentence::new("weigh.right")
        .with("order", &order.number)
        .with("grams", grams)
        .with("computed", computed);
    let more = desk
        .own
        .orders
        .iter()
        .enumerate()
        .any(|(other, order)| other != index && order.picked() > 0 && order.grams.is_none());
    let then = if more {
        Sentence::new("weigh.next_order")
    } else {
        Sentence::new("weigh.all_done_then")
    };
    Decision {
        changes: vec![
            Change::Weighed { order: index, grams }.into(),
            ground::Change::LabelQueued {
                job: desk.ground.next_job(0),
                label,
            }
            .into(),
        ],
        words: Some(Words::right(was).then(then)),
    }
}

/// A parcel's label or its order's paper was scanned at the handover.
pub fn hand_over(desk: &Desk<'_, Outbound>, index: usize) -> Decided {
    let Some(order) = desk.own.orders.get(index) else {
        return Decision::default();
    };
    if order.handed_over || order.picked() == 0 {
        let was = if order.handed_over {
            Sentence::new("ship.already")
        } else {
            Sentence::new("ship.nothing")
        };
        return Decision::only(Words::wrong(was.with("order", &order.number)).then_now());
    }
    let mut changes = Vec::new();
    for line in &order.lines {
        for pick in &line.picks {
            if let Some(quantity) = pick.picked.filter(|quantity| *quantity > 0) {
                changes.push(
                    ground::Change::Moved(Movement {
                        sku: line.sku.clone(),
                        lot: pick.lot.clone(),
                        from: PACKING.into(),
                        to: CUSTOMER.into(),
                        quantity,
                    })
                    .into(),
                );
            }
        }
    }
    changes.extend(demand::given_up(&desk.ground.demand, order));
    changes.push(Change::HandedOver { order: index }.into());
    if let Some(paper) = desk.ground.paper(PaperKind::OutboundOrder, Some(index)) {
        changes.push(
            ground::Change::PaperMoved {
                number: paper.number.clone(),
                state: PaperState::Submitted,
                remark: String::new(),
            }
            .into(),
        );
    }
    let rest = desk
        .own
        .orders
        .iter()
        .filter(|order| order.picked() > 0 && !order.handed_over)
        .count()
        - 1;
    if let Some(list) = desk.ground.paper(PaperKind::PickList, None).filter(|_| rest == 0) {
        changes.push(
            ground::Change::PaperMoved {
                number: list.number.clone(),
                state: PaperState::Submitted,
                remark: String::new(),
            }
            .into(),
        );
    }
    let was = Sentence::new("ship.right")
        .with("order", &order.number)
        .with("courier", &order.courier);
    let then = if rest == 0 {
        Sentence::new("ship.all_done_then")
    } else {
        Sentence::new("ship.rest").with("rest", rest)
    };
    Decision {
        changes,
        words: Some(Words::right(was).then(then)),
    }
}
