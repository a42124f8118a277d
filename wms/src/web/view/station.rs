//! The station's screen of a run: what to do now, what the shelf shows, what follows and what is done.

use uplink::{Colour, Light, Mode};

use crate::goods::Command as Code;
use crate::locale::Words;
use crate::outbound::{computed_grams, lights};
use crate::training::{Mark, RunState, Step};
use crate::web::pages::station::{Button, Line, Said, Slot, Stage, Task};

/// Stages as people name them.
const STAGES: [&str; 9] = [
    "stage.receive",
    "stage.label",
    "stage.put_away",
    "stage.receipt",
    "stage.wave",
    "stage.pick",
    "stage.check",
    "stage.hand_over",
    "stage.log",
];

/// Where a step stands among the stages; beyond the last when all is done.
fn stage_of(step: Step) -> usize {
    match step {
        Step::Notice | Step::Receive => 0,
        Step::Label => 1,
        Step::PutAway => 2,
        Step::Receipt => 3,
        Step::Wave => 4,
        Step::Pick(_) => 5,
        Step::Check(_) | Step::Weigh(_) => 6,
        Step::HandOver => 7,
        Step::Log => 8,
        Step::Done => 9,
    }
}

/// All stages.
pub fn stages(run: &RunState, w: &Words) -> Vec<Stage> {
    let now = stage_of(run.step());
    let state = |index: usize| match index.cmp(&now) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "now",
        std::cmp::Ordering::Greater => "later",
    };
    STAGES
        .iter()
        .enumerate()
        .map(|(index, key)| Stage {
            name: w.get(key).to_owned(),
            state: state(index),
        })
        .collect()
}

/// What is being done, in a few words (`拣货 4/9`).
pub fn step_words(run: &RunState, w: &Words) -> String {
    let name = STAGES
        .get(stage_of(run.step()))
        .map_or_else(|| w.get("run.done"), |key| w.get(key));
    let (done, all) = match run.step() {
        Step::Receive => count(run.inbound.lines.iter().map(|line| line.done)),
        Step::PutAway => count(
            run.inbound
                .lines
                .iter()
                .filter(|line| line.units > 0)
                .map(|line| line.put_away),
        ),
        Step::Pick(_) => count(picks(run).map(|picked| picked.is_some())),
        Step::Check(_) | Step::Weigh(_) => count(run.outbound.orders.iter().map(|order| order.grams.is_some())),
        _ => return name.to_owned(),
    };
    format!("{name} {done}/{all}")
}

/// How far it has come, from 0 to 100.
pub fn percent(run: &RunState) -> u8 {
    let (done, all) = run.progress();
    u8::try_from(done * 100 / all.max(1)).unwrap_or(100)
}

fn count(parts: impl Iterator<Item = bool>) -> (usize, usize) {
    parts.fold((0, 0), |(done, all), part| (done + usize::from(part), all + 1))
}

fn picks(run: &RunState) -> impl Iterator<Item = Option<i64>> + '_ {
    let lines = run.outbound.orders.iter().flat_map(|order| &order.lines);
    lines.flat_map(|line| &line.picks).map(|pick| pick.picked)
}

fn name(run: &RunState, sku: &str) -> String {
    run.goods
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

/// What to do now.
pub fn task(run: &RunState, w: &Words) -> Task {
    let step = run.step();
    let verb = step_words(run, w);
    match step {
        Step::Notice => Task {
            verb,
            goods: run.scenario.owner.clone(),
            detail: w.fill(
                "task.notice",
                &[
                    ("supplier", &run.scenario.supplier),
                    ("contract", &run.scenario.contract),
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
            goods: w.get("paper.receipt").to_owned(),
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
            detail: w.with_one("task.weigh", "grams", kilograms(computed_grams(run, order))),
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
            goods: w.get("paper.work_log").to_owned(),
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

fn receive(run: &RunState, w: &Words, verb: String) -> Task {
    let line = run.inbound.counting().and_then(|index| run.inbound.lines.get(index));
    let Some(line) = line else {
        return Task {
            verb,
            ..Task::default()
        };
    };
    let per_case = run.goods.sku(&line.sku).map_or(1, |sku| sku.units_per_case).max(1);
    let loose = line.units % per_case;
    let cases = line.units / per_case;
    let counted = if loose == 0 {
        cases.to_string()
    } else {
        format!("{cases}+")
    };
    let unit = run.goods.unit(&line.sku);
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
        unit: run.goods.unit(&line.sku).to_string(),
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
        unit: run.goods.unit(&line.sku).to_string(),
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
        unit: run.goods.unit(&line.sku).to_string(),
        hint: w.get("task.check_hint").to_owned(),
        ..Task::default()
    }
}

fn order_name(run: &RunState, order: usize) -> String {
    run.outbound
        .orders
        .get(order)
        .map(|order| format!("{} {}", order.number, order.customer))
        .unwrap_or_default()
}

fn kilograms(grams: i64) -> String {
    format!("{}.{:02} kg", grams / 1000, grams % 1000 / 10)
}

/// What to do at the virtual floor's front panel, where there are no real goods to see: which code to scan, how much to
/// put on the scale, how many really came. Empty where the page's own button is enough.
pub fn at_panel(run: &RunState, w: &Words) -> String {
    match run.step() {
        Step::Receive => {
            let index = run.inbound.counting();
            let line =
                index.and_then(|index| Some((run.inbound.lines.get(index)?, run.scenario.inbound.line.get(index)?)));
            let Some((line, notice)) = line else {
                return String::new();
            };
            let Some(sku) = run.goods.sku(&line.sku) else {
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
            let sku = open.and_then(|line| run.goods.sku(&line.sku));
            sku.map(|sku| w.with_one("panel.scan", "code", &sku.gtin13))
                .unwrap_or_default()
        }
        Step::Weigh(order) => w.with_one("panel.weigh", "grams", computed_grams(run, order)),
        _ => String::new(),
    }
}

/// Buttons, each with the code that does the same.
pub fn commands(run: &RunState, w: &Words) -> Vec<Button> {
    let command = |key: &str, does: Code, primary| Button {
        label: w.get(key).to_owned(),
        code: does.code().to_owned(),
        primary,
    };
    match run.step() {
        _ if run.closed => Vec::new(),
        Step::Notice => vec![command("command.open", Code::Confirm, true)],
        Step::Receive => {
            let line = run.inbound.counting().and_then(|index| run.inbound.lines.get(index));
            let complete = line.is_some_and(|line| {
                line.units == line.cases * run.goods.sku(&line.sku).map_or(1, |sku| sku.units_per_case)
            });
            vec![
                command("command.line_done", Code::Confirm, complete),
                command("command.short", Code::Short, false),
            ]
        }
        Step::Label => vec![command("command.print", Code::Confirm, true)],
        Step::PutAway if run.inbound.aimed.is_some() => vec![command("command.back", Code::Back, false)],
        Step::Receipt => vec![command("command.submit", Code::Confirm, true)],
        Step::Wave => vec![command("command.release", Code::Confirm, true)],
        Step::HandOver => {
            let parcels = run
                .outbound
                .orders
                .iter()
                .filter(|order| order.grams.is_some() && !order.handed_over);
            let parcel = |(index, number): (usize, &String)| Button {
                label: w.with_one("command.hand_over", "order", number),
                code: number.clone(),
                primary: index == 0,
            };
            parcels.map(|order| &order.number).enumerate().map(parcel).collect()
        }
        _ => Vec::new(),
    }
}

/// What follows, and what is done, newest first.
pub fn lists(run: &RunState, w: &Words) -> (Vec<Line>, Vec<Line>) {
    let (mut next, mut done) = (Vec::new(), Vec::new());
    let plain = |text: String, quantity: String| Line {
        mark: "→".into(),
        class: "",
        text,
        quantity,
    };
    let right = |text: String, quantity: String| Line {
        mark: "✓".into(),
        class: "right",
        text,
        quantity,
    };
    let short = |text: String, quantity: String| Line {
        mark: w.get("task.short").into(),
        class: "wait",
        text,
        quantity,
    };
    match run.step() {
        Step::Notice | Step::Receive | Step::Label => {
            let current = run.inbound.counting();
            for (index, line) in run.inbound.lines.iter().enumerate() {
                let units = format!("{} {}", line.units, run.goods.unit(&line.sku));
                if line.done && line.difference.is_some() {
                    done.push(short(name(run, &line.sku), units));
                } else if line.done {
                    done.push(right(name(run, &line.sku), units));
                } else if run.step() == Step::Notice || Some(index) != current {
                    next.push(plain(
                        name(run, &line.sku),
                        w.with_one("task.cases", "cases", line.cases),
                    ));
                }
            }
        }
        Step::PutAway | Step::Receipt => {
            let first = run.inbound.aimed.or_else(|| {
                run.inbound
                    .lines
                    .iter()
                    .position(|line| line.units > 0 && !line.put_away)
            });
            for (index, line) in run.inbound.lines.iter().enumerate().filter(|(_, line)| line.units > 0) {
                let place = line
                    .placed
                    .as_ref()
                    .map(|placed| placed.location.as_str())
                    .unwrap_or_default();
                let text = format!("{place} {}", name(run, &line.sku));
                let units = format!("{} {}", line.units, run.goods.unit(&line.sku));
                if line.put_away {
                    done.push(right(text, units));
                } else if Some(index) != first {
                    next.push(plain(text, units));
                }
            }
        }
        Step::Pick(order) => {
            for (line, pick) in run.outbound.open_picks(order).into_iter().skip(1) {
                let text = format!("{} {}", pick.location, name(run, &line.sku));
                next.push(plain(text, format!("{} {}", pick.wanted, run.goods.unit(&line.sku))));
            }
            for (index, later) in run.outbound.orders.iter().enumerate().skip(order + 1) {
                let lights = later.lines.iter().map(|line| line.picks.len()).sum::<usize>();
                next.push(plain(
                    order_name(run, index),
                    w.with_one("task.lights", "count", lights),
                ));
            }
            for order in run.outbound.orders.iter().take(order + 1) {
                for line in &order.lines {
                    for pick in &line.picks {
                        let Some(taken) = pick.picked else { continue };
                        let text = name(run, &line.sku);
                        if taken < pick.wanted {
                            done.push(short(text, format!("{taken}/{}", pick.wanted)));
                        } else {
                            done.push(right(text, format!("{taken} {}", run.goods.unit(&line.sku))));
                        }
                    }
                }
            }
        }
        _ => {
            let now = match run.step() {
                Step::Check(order) | Step::Weigh(order) => Some(order),
                _ => None,
            };
            for (index, order) in run.outbound.orders.iter().enumerate() {
                let weight = order.grams.map(kilograms).unwrap_or_default();
                if order.handed_over || (order.grams.is_some() && now.is_some()) {
                    done.push(right(order_name(run, index), weight));
                } else if now != Some(index) && order.picked() > 0 {
                    next.push(plain(order_name(run, index), weight));
                }
            }
            if let Some(order) = now.and_then(|order| run.outbound.orders.get(order)) {
                let lines = order.lines.iter().filter(|line| line.checked > 0);
                done.extend(
                    lines.map(|line| right(name(run, &line.sku), format!("{}/{}", line.checked, line.picked()))),
                );
            }
        }
    }
    done.reverse();
    (next, done)
}

/// The shelf as it shines, highest level first.
pub fn shelf(run: &RunState) -> Vec<Vec<Slot>> {
    let plan = &run.scenario.floor.pick_shelf;
    let lights = lights(run);
    let slots = usize::from(plan.slots.max(1));
    let level = |level: usize| {
        let of_level = lights.iter().skip(level * slots).take(slots).enumerate();
        of_level
            .map(|(slot, light)| draw(light, format!("{:02}-{:02}", level + 1, slot + 1)))
            .collect()
    };
    (0..usize::from(plan.levels)).rev().map(level).collect()
}

fn draw(light: &Light, label: String) -> Slot {
    let (style, letter) = match light.colour {
        Colour::Off => ("", ""),
        Colour::A => ("a", "A"),
        Colour::B => ("b", "B"),
        Colour::C => ("c", "C"),
        Colour::D => ("d", "D"),
        Colour::Done => ("done", "✓"),
        Colour::Wrong => ("wrong", "✕"),
        Colour::Wait => ("wait", "…"),
    };
    let mode = match light.mode {
        Mode::On => "",
        Mode::Blink => "blink",
        Mode::Fast => "fast",
    };
    Slot {
        label,
        light: style,
        letter: letter.to_owned(),
        mode,
        digits: light.count.map(|count| count.to_string()).unwrap_or_default(),
        dead: false,
    }
}

/// Style and mark of a judgement.
pub fn mark(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Right => ("right", "✓"),
        Mark::Wrong => ("wrong", "✕"),
        Mark::Waiting => ("stored", "…"),
    }
}

/// What was said last; before the first act, how to begin.
pub fn said(run: &RunState, w: &Words) -> Said {
    match &run.said {
        Some(crate::training::Said { no, words }) => {
            let (verdict, mark) = mark(words.mark);
            Said {
                act: *no,
                verdict,
                mark,
                headline: w.say(&words.was),
                advice: words.then.as_ref().map(|then| w.say(then)).unwrap_or_default(),
            }
        }
        None => Said {
            act: 0,
            verdict: "plain",
            mark: "→",
            headline: w.get("task.begin").to_owned(),
            advice: String::new(),
        },
    }
}
