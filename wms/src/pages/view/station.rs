//! The station's screen of a run: what to do now, what the shelf shows, what follows and what is done.

use rules::core::goods::Command as Code;
use rules::locale::Words;
use rules::outbound::lights;
use rules::{Mark, RunState, Step};
use uplink::{Colour, Light, Mode};

use super::task::{kilograms, name, order_name};
use crate::pages::station::{Button, Line, Said, Shelf, Slot, Stage};

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

/// Buttons, each with the code that does the same.
pub fn commands(run: &RunState, w: &Words) -> Vec<Button> {
    let command = |key: &str, does: Code, primary| Button {
        label: w.get(key).to_owned(),
        code: does.code().to_owned(),
        primary,
    };
    match run.step() {
        _ if run.ground.closed => Vec::new(),
        Step::Notice => vec![command("command.open", Code::Confirm, true)],
        Step::Receive => {
            let line = run.inbound.counting().and_then(|index| run.inbound.lines.get(index));
            let complete = line.is_some_and(|line| {
                line.units == line.cases * run.ground.goods.sku(&line.sku).map_or(1, |sku| sku.units_per_case)
            });
            let mut buttons = vec![
                command("command.line_done", Code::Confirm, complete),
                command("command.short", Code::Short, false),
            ];
            if !run.inbound.counts.is_empty() {
                buttons.push(command("command.take_back", Code::Back, false));
            }
            buttons
        }
        Step::Label => vec![command("command.print", Code::Confirm, true)],
        Step::PutAway if run.inbound.aimed.is_some() => vec![command("command.back", Code::Back, false)],
        Step::Receipt => vec![command("command.submit", Code::Confirm, true)],
        Step::Wave => vec![command("command.release", Code::Confirm, true)],
        Step::Check(order) => {
            let mut buttons = vec![command("command.short", Code::Short, false)];
            if run
                .outbound
                .orders
                .get(order)
                .is_some_and(|order| !order.scans.is_empty())
            {
                buttons.push(command("command.take_back", Code::Back, false));
            }
            buttons
        }
        Step::Weigh(_) => vec![command("command.check_again", Code::Back, false)],
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
                let units = format!("{} {}", line.units, run.ground.goods.unit(&line.sku));
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
                let units = format!("{} {}", line.units, run.ground.goods.unit(&line.sku));
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
                next.push(plain(
                    text,
                    format!("{} {}", pick.wanted, run.ground.goods.unit(&line.sku)),
                ));
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
                            done.push(right(text, format!("{taken} {}", run.ground.goods.unit(&line.sku))));
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

/// What is known of a station's shelf as a device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShelfHealth {
    /// Whether it answers; false too where there is none.
    pub answers: bool,
    /// Whether its self test goes on.
    pub tested: bool,
    /// Positions whose light or key is broken, from 0.
    pub dead: Vec<u8>,
}

/// The shelf as it shines, highest level first. What can't be known to shine is not drawn as shining.
pub fn shelf(run: &RunState, health: &ShelfHealth, w: &Words) -> Shelf {
    let plan = &run.ground.scenario.floor.pick_shelf;
    let lights = lights(&run.shipping());
    let slots = usize::from(plan.slots.max(1));
    let label = |position: usize| format!("{:02}-{:02}", position / slots + 1, position % slots + 1);
    let is_dead = |position: usize| !health.answers || health.dead.iter().any(|dead| usize::from(*dead) == position);
    let level = |level: usize| {
        let of_level = lights.iter().enumerate().skip(level * slots).take(slots);
        of_level
            .map(|(position, light)| draw(light, label(position), is_dead(position)))
            .collect()
    };
    let dead = health.dead.iter().map(|position| usize::from(*position));
    let dead: Vec<String> = dead.filter(|position| *position < lights.len()).map(label).collect();
    let shines = lights.iter().any(|light| light.colour != Colour::Off);
    let class = match () {
        () if !health.answers => "away",
        () if !shines => "dark",
        () => "",
    };
    let (mark, word) = match () {
        () if !health.answers => ("✕", w.get("station.shelf_away").to_owned()),
        () if health.tested => ("…", w.get("devices.shelf_tested").to_owned()),
        () if !dead.is_empty() => (
            "✕",
            w.with_one("station.shelf_dead", "places", dead.join(w.get("list.comma"))),
        ),
        () if !shines => ("○", w.get("station.shelf_dark").to_owned()),
        () => ("", String::new()),
    };
    Shelf {
        levels: (0..usize::from(plan.levels)).rev().map(level).collect(),
        class,
        mark,
        word,
    }
}

fn draw(light: &Light, label: String, dead: bool) -> Slot {
    if dead {
        return Slot {
            label,
            dead,
            ..Slot::default()
        };
    }
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
        dead,
    }
}

/// Style and mark of a judgement.
pub fn mark(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Right => ("right", "✓"),
        Mark::Wrong => ("wrong", "✕"),
        Mark::Waiting => ("neutral", "○"),
    }
}

/// What was said about an act; the how manieth time, where it was said before.
pub fn headline(words: &rules::Words, w: &Words) -> String {
    let was = w.say(&words.was);
    match words.times {
        Some(times) => w.fill("station.times", &[("times", &times), ("was", &was)]),
        None => was,
    }
}

/// What was said last; before the first act, how to begin.
pub fn said(run: &RunState, w: &Words) -> Said {
    match &run.said {
        Some(rules::Said { no, words }) => {
            let (verdict, mark) = mark(words.mark);
            Said {
                act: *no,
                verdict,
                mark,
                headline: headline(words, w),
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
