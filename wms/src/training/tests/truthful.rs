//! Each sentence is tested against the state it speaks of.

use uplink::PrintOutcome;

use super::*;
use crate::locale::Particular;

/// What a sentence says is to be done next is what the run is at: looked at after every act of every test.
pub(super) fn leads_on(run: &RunState, then: &Sentence) {
    let step = run.step();
    let fits = match then.key.as_str() {
        "receive.opened_then"
        | "receive.go_on"
        | "receive.full"
        | "receive.next_line"
        | "receive.line_done_then"
        | "receive.short_ask_then" => step == Step::Receive,
        "receive.all_done_then" => step == Step::Label,
        "receive.labels_then" | "put_away.next" | "put_away.aimed_then" => step == Step::PutAway,
        "put_away.all_done_then" => step == Step::Receipt,
        "receive.submitted_then" => step == Step::Wave,
        "pick.released_then" | "pick.next_light" | "pick.next_order" => matches!(step, Step::Pick(_)),
        "pick.all_done_then" | "check.rest" | "check.begun_then" => matches!(step, Step::Check(_)),
        "check.complete_then" => matches!(step, Step::Weigh(_)),
        "weigh.next_order" => matches!(step, Step::Check(_) | Step::Weigh(_)),
        "weigh.all_done_then" | "ship.rest" => step == Step::HandOver,
        "ship.all_done_then" => step == Step::Log,
        "drill.done_then" => step == Step::Done,
        "now.is" => matches!(then.with.get("step"), Some(Particular::Sentence(named)) if named.key == step.key()),
        _ => true,
    };
    assert!(fits, "\"{}\" is said at {step:?}", Lang::Zh.words().say(then));
}

#[test]
fn w11_where_nothing_came_nobody_is_sent_to_print_labels() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    for sku in ["RY001", "RY003", "RY004"] {
        let short = Act::RecordShort {
            sku: sku.into(),
            reason: String::new(),
        };
        played.act(short);
    }
    assert_eq!(played.run.step(), Step::Receipt);
    let words = zh(played.run.said.as_ref().map(|said| &said.words).expect("said"));
    assert!(words.contains("提交入库单") && !words.contains("标签"), "{words}");
}

#[test]
fn w11_where_nothing_was_picked_nobody_is_sent_to_check() {
    let mut played = Played::begin();
    played.until_wave();
    while let Some((position, light)) = played.lit().first().copied() {
        for _ in 0..light.count.unwrap_or_default() {
            played.press(position, Key::Minus, Some(0), light.tag);
        }
        played.press(position, Key::Confirm, Some(0), light.tag);
    }
    assert_eq!(played.run.step(), Step::Log);
}

/// "No paper … waits" stands until the label is out, and no longer.
#[test]
fn w11_a_label_that_waited_is_said_to_be_out() {
    let mut played = Played::begin();
    played.receive();
    played.right("CMD-NEXT");
    let jobs: Vec<u32> = played.run.labels.iter().map(|label| label.job).collect();
    let printed = |job, outcome| Act::Printed { job, outcome };
    assert!(
        played.act(printed(jobs[0], PrintOutcome::Done)).is_none(),
        "nothing to say"
    );
    for job in &jobs[1..] {
        let words = played.act(printed(*job, PrintOutcome::PaperOut)).expect("said");
        assert!(zh(&words).contains("没纸"));
    }
    let words = zh(&played.act(printed(jobs[1], PrintOutcome::Done)).expect("said"));
    assert!(words.contains("打印好了") && words.contains("还有 1 张在等"), "{words}");
    let words = zh(&played.act(printed(jobs[2], PrintOutcome::Done)).expect("said"));
    assert!(
        words.contains("打印好了") && words.contains("上架") && !words.contains("在等"),
        "{words}"
    );
}

/// What was queued is not called printed, neither on the screen nor on paper.
#[test]
fn w11_a_label_is_called_printed_when_it_is() {
    use crate::web::view::forms;
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    played.right("CK-0001");
    for line in played.run.outbound.orders[0].lines.clone() {
        for _ in 0..line.picked() {
            let unit = played.unit(&line.sku);
            played.right(&unit);
        }
    }
    let grams = crate::outbound::computed_grams(&played.run, 0) as i32;
    let words = zh(&played.weigh(grams));
    assert!(words.contains("标签印出来就贴上"), "{words}");
    let remarks = |run: &RunState| {
        let paper = run.paper(PaperKind::OutboundOrder, Some(0)).expect("made");
        forms::view(run, paper, Lang::Zh.words(), &crate::clock::Zone::default())
            .remarks
            .concat()
    };
    assert!(!remarks(&played.run).contains("标签已打印"), "{}", remarks(&played.run));
    let job = played.run.labels.last().expect("queued").job;
    played.act(Act::Printed {
        job,
        outcome: PrintOutcome::Done,
    });
    assert!(remarks(&played.run).contains("标签已打印"), "{}", remarks(&played.run));
}

#[test]
fn w11_a_paper_sent_back_is_no_green_tick() {
    let mut played = Played::begin();
    played.until_wave();
    let number = played.run.paper(PaperKind::Receipt, None).expect("made").number.clone();
    let judge = |accept: bool, remark: &str| Act::Judge {
        number: number.clone(),
        accept,
        remark: remark.into(),
    };
    let errors = played.run.errors;
    let returned = played
        .act_by(judge(false, "少签字"), person(Role::Instructor))
        .expect("said");
    assert_eq!(returned.mark, Mark::Waiting);
    assert_eq!(played.run.errors, errors, "and no error either");
    let accepted = played.act_by(judge(true, ""), person(Role::Instructor)).expect("said");
    assert_eq!(accepted.mark, Mark::Right);
}

/// What the task's hint promises is there: the receipt is made when it is handed in, the label names no location.
#[test]
fn w11_hints_promise_what_is_there() {
    use crate::web::view::task::task;
    let w = Lang::Zh.words();
    let mut played = Played::begin();
    played.receive();
    assert_eq!(played.run.step(), Step::Label);
    let hint = task(&played.run, w).hint;
    played.right("CMD-NEXT");
    let label = serde_json::to_string(&played.run.labels[0].spec).expect("json");
    let placed = played.run.inbound.lines[0].placed.clone().expect("placed");
    assert!(label.contains(&placed.location) || !hint.contains("标签会写"), "{hint}");
    for line in played.run.inbound.lines.clone() {
        let placed = line.placed.expect("placed");
        played.right(&placed.location);
        played.right(&placed.lpn);
    }
    assert_eq!(played.run.step(), Step::Receipt);
    let hint = task(&played.run, w).hint;
    assert!(
        played.run.paper(PaperKind::Receipt, None).is_some() || !hint.contains("已自动填好"),
        "{hint}"
    );
}
