//! The rules, gathered: what an act means where the run stands. Pure: the same run and the same act always give the same.

use crate::areas::Change;
use crate::core::act::{Act, ActEnvelope};
use crate::core::codes::{self, Command, Unreadable};
use crate::core::crew::By;
use crate::core::goods::Scanned;
use crate::core::ground::{self, READ_TWICE};
use crate::core::paper::PaperKind;
use crate::core::scenario::OpeningStock;
use crate::core::sentence::Sentence;
use crate::core::stock::{Movement, OPENING};
use crate::core::words::{AFTER, Mark, NOW, Words};
use crate::run::{RunState, Step};
use crate::{area, inbound, outbound, papers, printing};

/// What all rules say to an act.
pub type Decision = area::Decision<Change>;

/// What comes of an act.
pub fn decide(run: &RunState, envelope: &ActEnvelope) -> Decision {
    let mut decision = ruled(run, envelope);
    say_what_is_next(run, &mut decision);
    weigh_what_lies_there(run, &mut decision);
    count_repeats(run, envelope, &mut decision);
    decision
}

/// Says what areas left open: what the run is at, now or after what was decided.
fn say_what_is_next(run: &RunState, decision: &mut Decision) {
    let Some(then) = decision.words.as_mut().and_then(|words| words.then.as_mut()) else {
        return;
    };
    if then.key == AFTER {
        *then = match run.after(&decision.changes) {
            Some(after) => then_now(&after),
            None => then_now(run),
        };
    } else if then.key == NOW && then.with.is_empty() {
        *then = now(run);
    }
}

/// The last unit of an order is checked, and its parcel lies on the scale already.
fn weigh_what_lies_there(run: &RunState, decision: &mut Decision) {
    if run.hand.on_scale.is_none() || decision.changes.is_empty() || !matches!(run.step(), Step::Check(_)) {
        return;
    }
    let Some(after) = run.after(&decision.changes) else {
        return;
    };
    if let Some(weighed) = outbound::weigh_at_once(&after.shipping()) {
        let mut weighed = weighed.lift(Change::from);
        say_what_is_next(&after, &mut weighed);
        decision.changes.extend(weighed.changes);
        decision.words = weighed.words;
    }
}

/// What is said again to the same scan or press says how often. Within a moment it is the same one, read twice: nobody is
/// blamed for it.
fn count_repeats(run: &RunState, envelope: &ActEnvelope, decision: &mut Decision) {
    let ActEnvelope { act, at, .. } = envelope;
    let Some(words) = decision.words.as_mut().filter(|_| decision.changes.is_empty()) else {
        return;
    };
    if words.mark == Mark::Wrong && run.hand.is_double(act, *at, READ_TWICE) {
        words.mark = Mark::Waiting;
    }
    let before = run.said.as_ref().filter(|said| said.words.was == words.was);
    if let Some(said) = before.filter(|_| run.hand.is_double(act, *at, i64::MAX)) {
        words.times = Some(said.words.times.unwrap_or(1).saturating_add(1));
    }
}

fn ruled(run: &RunState, envelope: &ActEnvelope) -> Decision {
    if run.ground.closed {
        // The work is over; its papers may be handed in again, signed and judged whenever there is time.
        return match &envelope.act {
            Act::Printed { job, outcome } => printing::printed(&run.ground, *job, *outcome).lift(Change::Ground),
            Act::Close => Decision::default(),
            Act::Sign { .. } | Act::Judge { .. } | Act::HandIn { .. } => on_paper(run, envelope),
            Act::WriteLog { text } if papers::returned_log(&run.ground).is_some() => {
                papers::write_log(&run.ground, false, text, &By::Group, envelope.at).lift(Change::Ground)
            }
            _ => Decision::only(Words::wrong(Sentence::new("drill.over")).then(Sentence::new("drill.over_then"))),
        };
    }
    // The server was cut off between making the run and opening it: whatever comes first opens it too.
    if run.last_act == 0 && !matches!(envelope.act, Act::Open | Act::Close) {
        return opened_by(run, envelope);
    }
    let at = envelope.at;
    let by = &envelope.actor.person().map_or(By::Group, |id| By::Person { id });
    match &envelope.act {
        Act::Open => open(run, by, at),
        Act::Scan { code, aim, seen } => {
            let read = run.ground.read(code, aim.as_deref());
            if let Scanned::Command(command) = read
                && read_twice(run, envelope)
            {
                let was = Sentence::new("scan.again").with("code", command.code());
                return Decision::only(Words::waiting(was).then(then_now(run)));
            }
            pressed(run, &read, code, *seen, by, at)
        }
        Act::Key {
            position,
            key,
            count,
            tag,
        } => outbound::key(&run.shipping(), *position, *key, *count, *tag, at).lift(Change::from),
        Act::Weight { grams, stable } => outbound::weigh(&run.shipping(), *grams, *stable).lift(Change::from),
        Act::Printed { job, outcome } => printing::printed(&run.ground, *job, *outcome).lift(Change::Ground),
        Act::RecordShort { sku, reason } => match run.step() {
            Step::Check(order) => {
                outbound::record_short(&run.shipping(), order, Some(sku), reason, at).lift(Change::from)
            }
            _ => inbound::record_short(&run.receiving(), Some(sku), reason, at).lift(Change::from),
        },
        Act::Reprint { barcode } => printing::reprint(&run.ground, barcode).lift(Change::Ground),
        Act::Sign { .. } | Act::Judge { .. } | Act::HandIn { .. } => on_paper(run, envelope),
        Act::WriteLog { text } => {
            papers::write_log(&run.ground, run.step() == Step::Log, text, by, at).lift(Change::Ground)
        }
        Act::Close => Decision {
            changes: vec![ground::Change::Closed.into()],
            words: None,
        },
    }
}

/// Whether a command is the barcode that did something a moment ago, read twice: it must not do the next thing as well. A
/// button knows by its screen, and a question that stands by when it was asked.
fn read_twice(run: &RunState, envelope: &ActEnvelope) -> bool {
    let from_a_button = matches!(envelope.act, Act::Scan { seen: Some(_), .. });
    run.hand.has_worked()
        && !from_a_button
        && run.ground.asked.is_none()
        && run.hand.is_double(&envelope.act, envelope.at, READ_TWICE)
}

/// What people do with a paper, while the run goes on or after it.
fn on_paper(run: &RunState, envelope: &ActEnvelope) -> Decision {
    let ActEnvelope { actor, at, .. } = envelope;
    match &envelope.act {
        Act::Sign { number, as_whom } => papers::sign(&run.ground, number, as_whom, actor, *at).lift(Change::Ground),
        Act::Judge { number, accept, remark } => {
            papers::judge(&run.ground, number, *accept, remark, actor).lift(Change::Ground)
        }
        Act::HandIn { number } => papers::hand_in(&run.ground, number, actor).lift(Change::Ground),
        _ => Decision::default(),
    }
}

fn opened_by(run: &RunState, envelope: &ActEnvelope) -> Decision {
    let mut changes = open(run, &By::Group, envelope.at).changes;
    let Some(mut opened) = run.after(&changes) else {
        return Decision::default();
    };
    opened.last_act = 1;
    let decision = decide(&opened, envelope);
    changes.extend(decision.changes);
    Decision {
        changes,
        words: decision.words,
    }
}

/// The run begins: its stock is set out, and the inbound notice is at hand.
fn open(run: &RunState, by: &By, at: i64) -> Decision {
    if run.last_act > 0 || !run.ground.papers.is_empty() {
        return Decision::default();
    }
    let movement = |stock: &OpeningStock| {
        Change::Ground(ground::Change::Moved(Movement {
            sku: stock.sku.clone(),
            lot: stock.lot.clone(),
            from: OPENING.into(),
            to: stock.location.as_str().into(),
            quantity: stock.units,
        }))
    };
    let mut changes: Vec<Change> = run.ground.scenario.stock.iter().map(movement).collect();
    changes.push(
        ground::Change::PaperMade {
            number: run.ground.next_number(PaperKind::InboundNotice, 0),
            kind: PaperKind::InboundNotice,
            order: None,
            by: by.clone(),
            at,
        }
        .into(),
    );
    let words = Words::right(Sentence::new("drill.begun")).then(Sentence::new("drill.begun_then"));
    Decision {
        changes,
        words: Some(words),
    }
}

/// A code came: from a scanner, or from a button on a screen that showed the run as it was after act `seen`. A button
/// that is pressed when the run has moved on was pressed twice, or late: it does nothing, and nobody is blamed.
fn pressed(run: &RunState, read: &Scanned, code: &str, seen: Option<i64>, by: &By, at: i64) -> Decision {
    let Some(seen) = seen.filter(|seen| *seen < run.last_act) else {
        return scan(run, read, by, at);
    };
    let is_over = match read {
        // Only the scan that was on the screen is taken back. To all else more scans of the same line make no difference.
        Scanned::Command(Command::Back) => seen < run.worked,
        Scanned::Command(_) => seen < run.since,
        _ => false,
    };
    if is_over {
        let was = Sentence::new("scan.moved_on").with("code", codes::fold(code));
        return Decision::only(Words::waiting(was).then(then_now(run)));
    }
    let mut decision = scan(run, read, by, at);
    if let Some(words) = decision.words.as_mut().filter(|words| words.mark == Mark::Wrong) {
        words.mark = Mark::Waiting;
    }
    decision
}

/// A code was read: what it means depends on where the run stands.
fn scan(run: &RunState, read: &Scanned, by: &By, at: i64) -> Decision {
    let step = run.step();
    match read {
        Scanned::Command(command) => commanded(run, *command, step, by, at),
        Scanned::Goods { sku, units, .. } => goods(run, step, sku, *units),
        Scanned::Location(location) => match step {
            Step::PutAway => inbound::aim(&run.receiving(), location).lift(Change::from),
            _ => out_of_turn(run, Sentence::new("scan.location").with("location", location)),
        },
        // Read and understood, and nobody's mistake: the goods' own code stands beside it.
        Scanned::NoGoods(read) => {
            let fields: Vec<&str> = read.fields().iter().map(|field| field.ai.as_str()).collect();
            let was = Sentence::new("scan.no_goods").with("fields", fields.join(", "));
            Decision::only(Words::waiting(was).then(Sentence::new("scan.no_goods_then")))
        }
        Scanned::Other(text) => other(run, step, text, by, at),
        Scanned::Unreadable(Unreadable::Empty) => unknown(""),
        Scanned::Unreadable(Unreadable::Torn) => {
            Decision::only(Words::wrong(Sentence::new("scan.torn")).then(Sentence::new("scan.torn_then")))
        }
        Scanned::Unreadable(Unreadable::Gs1(error)) => {
            let ai: String = error.ai.chars().take(4).collect();
            let was = Sentence::new("scan.gs1_broken")
                .with("field", ai)
                .with_sentence("why", Sentence::new(error.why.key()));
            Decision::only(Words::wrong(was).then(Sentence::new("scan.gs1_broken_then")))
        }
    }
}

fn unknown(code: &str) -> Decision {
    let shown: String = codes::shown(code).chars().take(40).collect();
    let was = Sentence::new("scan.unknown").with("code", shown);
    Decision::only(Words::wrong(was).then(Sentence::new("scan.unknown_then")))
}

fn goods(run: &RunState, step: Step, sku: &str, units: i64) -> Decision {
    match step {
        Step::Receive => inbound::count(&run.receiving(), sku, units).lift(Change::from),
        Step::PutAway => match run
            .inbound
            .lines
            .iter()
            .position(|line| line.sku == sku && line.units > 0)
        {
            Some(line) => inbound::scan_label(&run.receiving(), line).lift(Change::from),
            None => {
                let was = Sentence::new("put_away.not_received").with("goods", run.ground.goods.called(sku));
                Decision::only(Words::wrong(was).then(now(run)))
            }
        },
        Step::Pick(order) => outbound::scan_while_picking(&run.shipping(), order, sku).lift(Change::from),
        Step::Check(order) => outbound::check_unit(&run.shipping(), order, sku, units).lift(Change::from),
        _ => out_of_turn(
            run,
            Sentence::new("scan.goods").with("goods", run.ground.goods.called(sku)),
        ),
    }
}

/// A label, a paper, or nothing known.
fn other(run: &RunState, step: Step, text: &str, by: &By, at: i64) -> Decision {
    let is_label = |line: &inbound::Line| {
        line.placed
            .as_ref()
            .is_some_and(|placed| codes::same(&placed.lpn, text))
    };
    if let Some(line) = run.inbound.lines.iter().position(is_label) {
        return match step {
            Step::PutAway => inbound::scan_label(&run.receiving(), line).lift(Change::from),
            _ => out_of_turn(run, Sentence::new("scan.label").with("code", text)),
        };
    }
    let paper = run.ground.papers.iter().find(|paper| codes::same(&paper.number, text));
    let order = paper.and_then(|paper| paper.order).or_else(|| {
        run.outbound
            .orders
            .iter()
            .position(|order| codes::same(&order.number, text))
    });
    if let Some(order) = order {
        return match step {
            Step::Check(_) => outbound::begin_by_number(&run.shipping(), order).lift(Change::from),
            Step::HandOver => outbound::hand_over(&run.shipping(), order).lift(Change::from),
            _ => out_of_turn(run, Sentence::new("scan.order").with("code", text)),
        };
    }
    match paper {
        // Scanning the paper that a step is about begins it.
        Some(paper) if (paper.kind, step) == (PaperKind::InboundNotice, Step::Notice) => {
            commanded(run, Command::Confirm, step, by, at)
        }
        Some(paper) => {
            let was = Sentence::new("scan.paper")
                .with_sentence("paper", Sentence::new(paper.kind.key()))
                .with("code", text);
            out_of_turn(run, was)
        }
        None => match codes::run_of(text).filter(|other| *other != run.id()) {
            // Left over from another group, or brought from its shelf: whose it is is said, and nobody is blamed.
            Some(other) => {
                let was = Sentence::new("scan.other_run").with("code", text).with("run", other);
                Decision::only(Words::waiting(was).then(Sentence::new("scan.other_run_then")))
            }
            None => unknown(text),
        },
    }
}

fn commanded(run: &RunState, command: Command, step: Step, by: &By, at: i64) -> Decision {
    match (command, step) {
        (Command::Confirm | Command::Next, Step::Notice | Step::Receive | Step::Label | Step::PutAway) => {
            inbound::confirm(&run.receiving()).lift(Change::from)
        }
        (Command::Confirm | Command::Next, Step::Receipt) => {
            papers::submit_receipt(&run.ground, run.outbound.step() == Some(outbound::Step::Wave), by, at)
                .lift(Change::Ground)
        }
        (Command::Confirm | Command::Next, Step::Wave) => outbound::release(&run.shipping(), by, at).lift(Change::from),
        // The log wants words: a barcode has none.
        (Command::Confirm | Command::Next, Step::Log) => {
            Decision::only(Words::waiting(Sentence::new("log.needs_words")).then(Sentence::new("log.needs_words_then")))
        }
        (Command::Next, Step::Check(order)) => outbound::begin_by_number(&run.shipping(), order).lift(Change::from),
        (Command::Short, Step::Receive) => inbound::record_short(&run.receiving(), None, "", at).lift(Change::from),
        (Command::Short, Step::Check(order)) => {
            outbound::record_short(&run.shipping(), order, None, "", at).lift(Change::from)
        }
        (Command::Back, Step::Receive) => inbound::take_back(&run.receiving()).lift(Change::from),
        (Command::Back, Step::PutAway) => inbound::back(&run.receiving()).lift(Change::from),
        (Command::Back, Step::Check(order)) => outbound::take_back(&run.shipping(), order).lift(Change::from),
        (Command::Back, Step::Weigh(order)) => outbound::check_again(&run.shipping(), order).lift(Change::from),
        _ => out_of_turn(run, Sentence::new("scan.command").with("code", command.code())),
    }
}

/// Known, but not what this step is about.
fn out_of_turn(run: &RunState, was: Sentence) -> Decision {
    Decision::only(Words::wrong(was).then(then_now(run)))
}

fn then_now(run: &RunState) -> Sentence {
    match run.step() {
        Step::Done => Sentence::new("drill.done_then"),
        _ => now(run),
    }
}

/// What to do now.
fn now(run: &RunState) -> Sentence {
    Sentence::new("now.is").with_sentence("step", Sentence::new(run.step().key()))
}
