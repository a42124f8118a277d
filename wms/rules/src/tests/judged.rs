//! Papers: handed in, signed, accepted, sent back and handed in again; while the run goes on and after it.

use super::*;

fn receipt(played: &Played) -> Paper {
    played.run.ground.paper(PaperKind::Receipt, None).expect("made").clone()
}

fn judge(played: &mut Played, number: &str, accept: bool, remark: &str) -> Words {
    let act = Act::Judge {
        number: number.to_owned(),
        accept,
        remark: remark.into(),
    };
    played.act_by(act, person(Role::Instructor)).expect("said")
}

fn hand_in(played: &mut Played, number: &str, role: Role) -> Mark {
    let act = Act::HandIn {
        number: number.to_owned(),
    };
    played.act_by(act, person(role)).expect("said").mark
}

#[test]
fn e3_the_teacher_accepts_or_sends_back_and_nobody_else_does() {
    let mut played = Played::begin();
    played.until_wave();
    let number = played
        .run
        .ground
        .paper(PaperKind::Receipt, None)
        .expect("made")
        .number
        .clone();
    let judge = |accept, remark: &str| Act::Judge {
        number: number.clone(),
        accept,
        remark: remark.into(),
    };
    let mark = |words: Option<Words>| words.expect("said").mark;
    assert_eq!(mark(played.act_by(judge(true, ""), person(Role::Student))), Mark::Wrong);
    assert_eq!(
        mark(played.act_by(judge(false, " "), person(Role::Instructor))),
        Mark::Wrong
    );
    assert_eq!(
        mark(played.act_by(judge(false, "少一行"), person(Role::Instructor))),
        Mark::Waiting
    );
    assert_eq!(
        played.run.ground.paper(PaperKind::Receipt, None).expect("made").state,
        PaperState::Returned
    );
    assert_eq!(
        mark(played.act_by(judge(true, ""), person(Role::Instructor))),
        Mark::Right
    );
    let sign = |as_whom: &str| Act::Sign {
        number: number.clone(),
        as_whom: as_whom.into(),
    };
    assert_eq!(mark(played.act_by(sign("driver"), person(Role::Student))), Mark::Right);
    assert_eq!(mark(played.act_by(sign("driver"), person(Role::Student))), Mark::Wrong);
    assert_eq!(mark(played.act_by(sign("guard"), person(Role::Student))), Mark::Wrong);
    assert_eq!(mark(played.act(sign("supervisor"))), Mark::Wrong);
}

#[test]
fn e3_a_reason_with_an_acceptance_accepts_nothing() {
    let mut played = Played::begin();
    played.until_wave();
    let number = receipt(&played).number;
    let words = judge(&mut played, &number, true, "少一行");
    assert_eq!(words.mark, Mark::Wrong);
    assert!(zh(&words).contains("没有验收"), "{}", zh(&words));
    assert_eq!(receipt(&played).state, PaperState::Submitted);
}

#[test]
fn e3_a_returned_paper_is_handed_in_again_and_judged_again() {
    let mut played = Played::begin();
    played.until_wave();
    let number = receipt(&played).number;
    assert_eq!(
        hand_in(&mut played, &number, Role::Student),
        Mark::Wrong,
        "not sent back"
    );
    judge(&mut played, &number, false, "少签字");
    assert_eq!(
        hand_in(&mut played, &number, Role::Instructor),
        Mark::Wrong,
        "not the teacher's"
    );
    assert_eq!(hand_in(&mut played, &number, Role::Student), Mark::Right);
    let paper = receipt(&played);
    assert_eq!((paper.state, paper.remark.as_str()), (PaperState::Submitted, "少签字"));
    assert_eq!(judge(&mut played, &number, true, "").mark, Mark::Right);
    let paper = receipt(&played);
    assert_eq!((paper.state, paper.remark.as_str()), (PaperState::Accepted, ""));
}

#[test]
fn e3_a_returned_log_is_written_anew() {
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    played.check_and_weigh();
    for number in ["CK-0001", "CK-0002", "CK-0003"] {
        played.right(number);
    }
    played.write_log("做完了。");
    let number = played
        .run
        .ground
        .paper(PaperKind::WorkLog, None)
        .expect("made")
        .number
        .clone();
    assert_eq!(played.write_log("再写一次。").mark, Mark::Wrong, "it is handed in");
    judge(&mut played, &number, false, "写异常");
    assert_eq!(played.write_log("一箱短少，已记录。").mark, Mark::Right);
    assert_eq!(played.run.ground.log.as_deref(), Some("一箱短少，已记录。"));
    let logs = played
        .run
        .ground
        .papers
        .iter()
        .filter(|paper| paper.kind == PaperKind::WorkLog);
    assert_eq!(logs.count(), 1);
    assert_eq!(
        played.run.ground.paper(PaperKind::WorkLog, None).expect("made").state,
        PaperState::Submitted
    );
}

#[test]
fn e3_papers_are_judged_and_signed_after_the_run_is_over() {
    let mut played = Played::begin();
    played.until_wave();
    let number = receipt(&played).number;
    let stock = played.run.ground.stock.clone();
    played.act(Act::Close);
    assert_eq!(judge(&mut played, &number, false, "少签字").mark, Mark::Waiting);
    assert_eq!(hand_in(&mut played, &number, Role::Student), Mark::Right);
    let sign = Act::Sign {
        number: number.clone(),
        as_whom: "supervisor".into(),
    };
    let signed = played.act_by(sign, person(Role::Student)).expect("said");
    assert_eq!(signed.mark, Mark::Right);
    assert_eq!(judge(&mut played, &number, true, "").mark, Mark::Right);
    assert_eq!(receipt(&played).state, PaperState::Accepted);
    assert_eq!(
        played.write_log("太晚了。").mark,
        Mark::Wrong,
        "only one that was sent back"
    );
    assert_eq!((played.run.errors, &played.run.ground.stock), (0, &stock));
}

#[test]
fn only_what_the_group_does_while_the_run_goes_on_counts_as_its_error() {
    let mut played = Played::begin();
    let words = judge(&mut played, "RK-0", true, "");
    assert_eq!((words.mark, played.run.errors), (Mark::Wrong, 0), "the teacher's");
    played.wrong("4711");
    assert_eq!(played.run.errors, 1, "at a device");
    let act = Act::Scan {
        code: "4711".into(),
        aim: None,
        seen: None,
    };
    played.act_by(act, person(Role::Student));
    assert_eq!(played.run.errors, 2, "a student's");
    played.act(Act::Close);
    played.wrong("4711");
    assert_eq!(played.run.errors, 2, "after the end");
}

/// What is handed in is what stands: neither errors nor the clock go on after the log.
#[test]
fn w4_after_the_log_nothing_counts_any_more() {
    let mut played = Played::begin();
    played.until_wave();
    played.wrong("4711");
    played.pick();
    played.check_and_weigh();
    for number in ["CK-0001", "CK-0002", "CK-0003"] {
        played.right(number);
    }
    assert_eq!((played.run.errors, played.run.ended_at()), (1, None));
    played.write_log("做完了。");
    let handed_in = played.run.last_act * 1000;
    let before = (
        played.run.errors,
        played.run.ground.notes.clone(),
        played.run.ended_at(),
    );
    assert_eq!((before.0, before.2), (1, Some(handed_in)));
    for code in ["4711", "CMD-CONFIRM", "CK-0001"] {
        played.scan(code);
        played.act_by(
            Act::Scan {
                code: code.into(),
                aim: None,
                seen: None,
            },
            person(Role::Student),
        );
    }
    let after = (
        played.run.errors,
        played.run.ground.notes.clone(),
        played.run.ended_at(),
    );
    assert_eq!(before, after);
    // Sent back and handed in anew it has other words, and the same work behind it.
    let number = played
        .run
        .ground
        .paper(PaperKind::WorkLog, None)
        .expect("made")
        .number
        .clone();
    judge(&mut played, &number, false, "写异常");
    played.wrong("4711");
    played.write_log("一箱短少，已记录。");
    let again = (
        played.run.errors,
        played.run.ground.notes.clone(),
        played.run.ended_at(),
    );
    assert_eq!(before, again);
}

/// A run that was ended without a log: its clock stops there.
#[test]
fn w4_a_run_that_was_closed_is_over() {
    let mut played = Played::begin();
    played.wrong("4711");
    assert_eq!(played.run.ended_at(), None);
    std::sync::Arc::make_mut(&mut played.run.ground).head.closed_at = Some(9_000);
    played.act(Act::Close);
    played.wrong("4711");
    assert_eq!((played.run.errors, played.run.ended_at()), (1, Some(9_000)));
}
