//! Each sentence is tested against the state it speaks of.

use uplink::PrintOutcome;

use super::*;

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
    let jobs: Vec<u32> = played.run.ground.labels.iter().map(|label| label.job).collect();
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

#[test]
fn w11_a_paper_sent_back_is_no_green_tick() {
    let mut played = Played::begin();
    played.until_wave();
    let number = played
        .run
        .ground
        .paper(PaperKind::Receipt, None)
        .expect("made")
        .number
        .clone();
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
