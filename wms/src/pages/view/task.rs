//! The one thing to do now at a station, and how to do it where there are no real goods.

use rules::locale::Words;
use rules::outbound::{Order, computed_grams};
use rules::{RunState, Step};
use uplink::PrintOutcome;

use super::station::step_words;
use crate::pages::station::Task;

/// What to do now.
pub fn task(run: &RunState, w: &Words) -> Task {
    let step = run.step();
    let verb = step_words(run, w);
    match step {
        Step::Notice => Task {
            verb,
            goods: run.ground.scenario.owner.clone(),
            detail: w.fill(
                "task.notice",
                &[
                    ("supplier", &run.ground.scenario.supplier),
                    ("contract", &run.ground.scenario.contract),
                ],
            ),
            quantity: run.inbound.lines.len().to_string(),
            unit: w.get("task.lines").to_owned(),
            hint: w.get("task.notice_hint").to_owned(),
            ..Task::default()
        },
        Step::Receive => receive(run, w, verb),
        Step::Label => Task {
            verb,
            goods: w.get("task.label").to_owned(),
            quantity: run
                .inbound
                .lines
                .iter()
                .filter(|line| line.units > 0)
                .count()
                .to_string(),
            unit: w.get("task.sheets").to_owned(),
            hint: w.get("task.label_hint").to_owned(),
            ..Task::default()
        },
        Step::PutAway => put_away(run, w, verb),
        Step::Receipt => Task {
            verb,
            goods: w.get("command.submit").to_owned(),
            quantity: run
                .inbound
                .lines
                .iter()
                .filter(|line| line.difference.is_some())
                .count()
                .to_string(),
            unit: w.get("task.differing").to_owned(),
            hint: w.get("task.receipt_hint").to_owned(),
            ..Task::default()
        },
        Step::Wave => Task {
            verb,
            goods: w.get("task.wave").to_owned(),
            quantity: run.outbound.orders.len().to_string(),
            unit: w.get("task.orders").to_owned(),
            hint: w.get("task.wave_hint").to_owned(),
            ..Task::default()
        },
        Step::Pick(order) => pick(run, w, verb, order),
        Step::Check(order) => check(run, w, verb, order),
        Step::Weigh(order) => Task {
            verb,
            goods: order_name(run, order),
            detail: w.get("task.weigh").to_owned(),
            quantity: kilograms(computed_grams(&run.shipping(), order)).replace(" kg", ""),
            unit: "kg".to_owned(),
            hint: w.get("task.weigh_hint").to_owned(),
            ..Task::default()
        },
        Step::HandOver => Task {
            verb,
            goods: w.get("task.hand_over").to_owned(),
            quantity: run
                .outbound
                .orders
                .iter()
                .filter(|order| order.grams.is_some() && !order.handed_over)
                .count()
                .to_string(),
            unit: w.get("task.parcels").to_owned(),
            hint: w.get("task.hand_over_hint").to_owned(),
            ..Task::default()
        },
        Step::Log => Task {
            verb,
            goods: w.get("station.write_log").to_owned(),
            hint: w.get("task.log_hint").to_owned(),
            ..Task::default()
        },
        Step::Done => Task {
            verb,
            goods: w.get("task.done").to_owned(),
            hint: w.get("task.done_hint").to_owned(),
            ..Task::default()
        },
    }
}

/// What the hands do; before it, where labels wait and no printer answers, that they do. `printer`: whether the
/// station's answers, none where it has none.
pub fn hint(run: &RunState, printer: Option<bool>, w: &Words) -> String {
    let hint = task(run, w).hint;
    let matters = matches!(
        run.step(),
        Step::PutAway | Step::Check(_) | Step::Weigh(_) | Step::HandOver
    );
    let waiting = run
        .ground
        .labels
        .iter()
        .filter(|label| label.outcome != Some(PrintOutcome::Done))
        .count();
    let key = match printer {
        _ if waiting == 0 || !matters => return hint,
        Some(true) => return hint,
        Some(false) => "station.printer_away",
        None => "station.no_printer",
    };
    format!("{} {hint}", w.with_one(key, "count", waiting))
}

fn receive(run: &RunState, w: &Words, verb: String) -> Task {
    let line = run.inbound.counting().and_then(|index| run.inbound.lines.get(index));
    let Some(line) = line else {
        return Task {
            verb,
            ..Task::default()
        };
    };
    let per_case = run
        .ground
        .goods
        .sku(&line.sku)
        .map_or(1, |sku| sku.units_per_case)
        .max(1);
    let loose = line.units % per_case;
    let cases = line.units / per_case;
    let counted = if loose == 0 {
        cases.to_string()
    } else {
        format!("{cases}+")
    };
    let unit = run.ground.goods.unit(&line.sku);
    let complete = cases == line.cases && loose == 0;
    Task {
        verb,
        goods: name(run, &line.sku),
        detail: format!(
            "{}{} · {}",
            line.sku,
            lot(&line.lot, w),
            w.fill("task.per_case", &[("units", &per_case), ("unit", &unit)])
        ),
        quantity: counted,
        unit: w.with_one("task.of_cases", "cases", line.cases),
        hint: w
            .get(if complete {
                "task.receive_full_hint"
            } else {
                "task.receive_hint"
            })
            .to_owned(),
        ..Task::default()
    }
}

fn put_away(run: &RunState, w: &Words, verb: String) -> Task {
    let waiting = |index: &usize| {
        run.inbound
            .lines
            .get(*index)
            .is_some_and(|line| line.units > 0 && !line.put_away)
    };
    let aimed = run.inbound.aimed.filter(waiting);
    let index = aimed.or_else(|| (0..run.inbound.lines.len()).find(waiting));
    let line = index.and_then(|index| run.inbound.lines.get(index));
    let Some((line, placed)) = line.and_then(|line| Some((line, line.placed.as_ref()?))) else {
        return Task {
            verb,
            ..Task::default()
        };
    };
    Task {
        verb,
        place: placed.location.clone(),
        goods: name(run, &line.sku),
        detail: format!("{}{} · {}", line.sku, lot(&line.lot, w), w.say(&placed.reason)),
        quantity: line.units.to_string(),
        unit: run.ground.goods.unit(&line.sku).to_string(),
        hint: if aimed.is_some() {
            w.with_one("task.put_away_goods_hint", "lpn", &placed.lpn)
        } else {
            w.with_one("task.put_away_hint", "location", &placed.location)
        },
    }
}

fn pick(run: &RunState, w: &Words, verb: String, order: usize) -> Task {
    let open = run.outbound.open_picks(order);
    let Some((line, pick)) = open.first() else {
        return Task {
            verb,
            ..Task::default()
        };
    };
    Task {
        verb: format!("{verb} · {}", order_name(run, order)),
        place: pick.location.clone(),
        goods: name(run, &line.sku),
        detail: format!("{}{} · {}", line.sku, lot(&pick.lot, w), w.get("task.oldest_first")),
        quantity: pick.shown.unwrap_or(pick.wanted).to_string(),
        unit: run.ground.goods.unit(&line.sku).to_string(),
        hint: w.get("task.pick_hint").to_owned(),
    }
}

fn check(run: &RunState, w: &Words, verb: String, order: usize) -> Task {
    let lines = run
        .outbound
        .orders
        .get(order)
        .map(|order| order.lines.as_slice())
        .unwrap_or_default();
    let Some(line) = lines.iter().find(|line| line.checked < line.picked()) else {
        return Task {
            verb,
            ..Task::default()
        };
    };
    Task {
        verb: format!("{verb} · {}", order_name(run, order)),
        goods: name(run, &line.sku),
        detail: line.sku.clone(),
        quantity: (line.picked() - line.checked).to_string(),
        unit: run.ground.goods.unit(&line.sku).to_string(),
        hint: w.get("task.check_hint").to_owned(),
        ..Task::default()
    }
}

/// What to do at the virtual floor's front panel, where there are no real goods to see: which code to scan, how much to
/// put on the scale, how many really came; what the panel is where the page's own button is enough. Empty at the end.
pub fn at_panel(run: &RunState, w: &Words) -> String {
    let own = || w.get("panel.own").to_owned();
    match run.step() {
        Step::Receive => {
            let index = run.inbound.counting();
            let line = index.and_then(|index| {
                Some((
                    run.inbound.lines.get(index)?,
                    run.ground.scenario.inbound.line.get(index)?,
                ))
            });
            let Some((line, notice)) = line else {
                return own();
            };
            let Some(sku) = run.ground.goods.sku(&line.sku) else {
                return String::new();
            };
            let rest = notice.arrives.cases - line.units / sku.units_per_case.max(1);
            if rest > 0 {
                w.fill(
                    "panel.case",
                    &[("code", &sku.case_gtin14), ("name", &sku.name), ("rest", &rest)],
                )
            } else {
                w.get("panel.no_more").to_owned()
            }
        }
        Step::PutAway => {
            let aimed = run
                .inbound
                .aimed
                .and_then(|index| run.inbound.lines.get(index))
                .filter(|line| !line.put_away);
            let next = || run.inbound.lines.iter().find(|line| line.units > 0 && !line.put_away);
            match (aimed, next()) {
                (Some(line), _) => w.with_one(
                    "panel.scan",
                    "code",
                    line.placed.as_ref().map_or("", |placed| &placed.lpn),
                ),
                (None, Some(line)) => w.with_one(
                    "panel.scan",
                    "code",
                    line.placed.as_ref().map_or("", |placed| &placed.location),
                ),
                (None, None) => String::new(),
            }
        }
        Step::Pick(order) => {
            let open = run.outbound.open_picks(order);
            let Some((line, pick)) = open.first() else {
                return String::new();
            };
            let really = run
                .ground
                .scenario
                .physical
                .iter()
                .find(|physical| physical.location == pick.location && physical.sku == line.sku)
                .map(|physical| physical.units);
            let slot = pick
                .location
                .get(pick.location.len().saturating_sub(5)..)
                .unwrap_or(&pick.location);
            match really.filter(|units| *units < pick.wanted) {
                Some(units) => w.fill("panel.short", &[("slot", &slot), ("units", &units)]),
                None => w.with_one("panel.confirm", "slot", slot),
            }
        }
        Step::Check(order) => {
            let lines = run
                .outbound
                .orders
                .get(order)
                .map(|order| order.lines.as_slice())
                .unwrap_or_default();
            let open = lines.iter().find(|line| line.checked < line.picked());
            let Some((line, sku)) = open.and_then(|line| Some((line, run.ground.goods.sku(&line.sku)?))) else {
                return String::new();
            };
            // Confirmed at the light as if the slot had held them all.
            let really = run.ground.scenario.physical.iter().find(|physical| {
                let from_there = |pick: &rules::outbound::Pick| pick.location == physical.location;
                physical.sku == line.sku && line.picks.iter().all(from_there)
            });
            match really.filter(|physical| line.checked >= physical.units) {
                Some(physical) => w.fill("panel.missing", &[("name", &sku.name), ("units", &physical.units)]),
                None => w.with_one("panel.scan", "code", &sku.gtin13),
            }
        }
        Step::Weigh(order) => w.with_one("panel.weigh", "grams", computed_grams(&run.shipping(), order)),
        Step::HandOver => {
            let parcel = |order: &&Order| order.grams.is_some() && !order.handed_over;
            let next = run.outbound.orders.iter().find(parcel);
            next.map(|order| w.with_one("panel.scan", "code", &order.number))
                .unwrap_or_default()
        }
        Step::Log | Step::Done => String::new(),
        _ => own(),
    }
}

pub(super) fn name(run: &RunState, sku: &str) -> String {
    run.ground
        .goods
        .sku(sku)
        .map_or_else(|| sku.to_owned(), |sku| sku.name.clone())
}

fn lot(lot: &str, w: &Words) -> String {
    if lot.is_empty() {
        String::new()
    } else {
        format!(" · {} {lot}", w.get("ledger.lot"))
    }
}

pub(super) fn order_name(run: &RunState, order: usize) -> String {
    run.outbound
        .orders
        .get(order)
        .map(|order| format!("{} {}", order.number, order.customer))
        .unwrap_or_default()
}

pub(super) fn kilograms(grams: i64) -> String {
    format!("{}.{:02} kg", grams / 1000, grams % 1000 / 10)
}
