//! Buttons do what the screen said when they were pressed, or nothing.

use super::*;
use crate::core::act::ActEnvelope;
use crate::core::ground;

/// Two clicks on what the screen shows now: the first does it, the second nothing.
fn double_click(played: &mut Played, code: &str) {
    let seen = played.run.last_act;
    let first = played.click(code, seen);
    assert_eq!(first.mark, Mark::Right, "{code}: {}", zh(&first));
    let second = played.click(code, seen);
    assert_eq!(second.mark, Mark::Waiting, "{code}: {}", zh(&second));
    assert!(zh(&second).contains("没有算"), "{}", zh(&second));
    assert!(played.events.last().expect("event").changes.is_empty(), "{code} twice");
}

#[test]
fn a_double_click_does_one_thing() {
    let mut played = Played::begin();
    double_click(&mut played, "CMD-CONFIRM");
    let (liquid, paste, shampoo) = (played.case("RY001"), played.case("RY003"), played.case("RY004"));
    for _ in 0..4 {
        played.right(&liquid);
    }
    double_click(&mut played, "CMD-CONFIRM");
    played.right(&paste);
    played.right(&paste);
    double_click(&mut played, "CMD-SHORT");
    assert!(!played.run.inbound.lines[2].done, "the next line is untouched");
    for _ in 0..3 {
        played.right(&shampoo);
    }
    double_click(&mut played, "CMD-CONFIRM");
    assert_eq!(played.run.step(), Step::Label);
    played.put_away();
    double_click(&mut played, "CMD-CONFIRM");
    assert_eq!(
        played.run.step(),
        Step::Wave,
        "the receipt is in, the wave not released"
    );
    double_click(&mut played, "CMD-CONFIRM");
    assert!(matches!(played.run.step(), Step::Pick(_)));
    assert_eq!(played.run.errors, 0);
}

#[test]
fn a_question_is_not_answered_by_the_click_that_asked_it() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    let seen = played.run.last_act;
    for _ in 0..3 {
        assert_eq!(played.click("CMD-SHORT", seen).mark, Mark::Waiting);
    }
    assert!(!played.run.inbound.lines[0].done);
    let seen = played.run.last_act;
    assert_eq!(played.click("CMD-SHORT", seen).mark, Mark::Right);
    assert!(played.run.inbound.lines[0].done);
}

#[test]
fn a_barcode_read_twice_at_once_is_no_answer() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    let scan = |at| ActEnvelope {
        source: format!("s:{at}"),
        at,
        certain: true,
        actor: Actor::Device { device: "d".into() },
        act: Act::Scan {
            code: "CMD-SHORT".into(),
            aim: None,
            seen: None,
        },
    };
    let asked = decide(&played.run, &scan(10_000));
    assert_eq!(
        asked.changes,
        [Change::Ground(ground::Change::ShortAsked { at: 10_000 })]
    );
    played.run.apply(&asked.changes[0]).expect("applied");
    assert_eq!(decide(&played.run, &scan(10_300)).changes, []);
    assert!(!decide(&played.run, &scan(12_000)).changes.is_empty());
}

#[test]
fn more_scans_of_the_line_do_not_make_a_button_stale() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    let case = played.case("RY001");
    played.right(&case);
    let seen = played.run.last_act;
    for _ in 0..3 {
        played.right(&case);
    }
    assert_eq!(played.click("CMD-BACK", seen).mark, Mark::Waiting);
    assert_eq!(
        played.run.inbound.lines[0].units, 24,
        "not the scan that was on the screen"
    );
    assert_eq!(played.click("CMD-CONFIRM", seen).mark, Mark::Right);
    assert!(played.run.inbound.lines[0].done);
}

#[test]
fn a_parcel_handed_over_with_a_double_click_is_no_mistake() {
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    played.check_and_weigh();
    let seen = played.run.last_act;
    assert_eq!(played.click("CK-0001", seen).mark, Mark::Right);
    assert_eq!(played.click("CK-0001", seen).mark, Mark::Waiting);
    assert_eq!(
        played.click("CK-0002", seen).mark,
        Mark::Right,
        "the page need not be drawn between"
    );
    assert_eq!(played.run.errors, 0);
}

#[test]
fn a_log_without_words_is_not_handed_in() {
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    played.check_and_weigh();
    for number in ["CK-0001", "CK-0002", "CK-0003"] {
        played.right(number);
    }
    let words = played.scan("CMD-CONFIRM").expect("said");
    assert_eq!(words.mark, Mark::Waiting);
    assert_eq!(played.write_log(" \n").mark, Mark::Wrong);
    assert_eq!(played.run.ground.log, None);
    assert_eq!(played.write_log("一行短少。").mark, Mark::Right);
    assert_eq!(played.run.ground.log.as_deref(), Some("一行短少。"));
}

#[test]
fn a_scan_written_before_buttons_said_what_they_saw_is_read() {
    let old: Act = serde_json::from_str(r#"{"do":"scan","code":"CMD-NEXT"}"#).expect("read");
    let plain = Act::Scan {
        code: "CMD-NEXT".into(),
        aim: None,
        seen: None,
    };
    assert_eq!(old, plain);
    assert_eq!(
        serde_json::to_string(&plain).expect("text"),
        r#"{"do":"scan","code":"CMD-NEXT"}"#
    );
}
