//! What the scale says: below zero, too early, and wrong.

use super::*;

/// The drill up to the first order's check.
fn picked() -> Played {
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    played
}

fn weight(grams: i32, stable: bool) -> Act {
    Act::Weight { grams, stable }
}

#[test]
fn w2_below_zero_is_no_parcel() {
    let mut played = picked();
    played.check(&[("RY001", 2), ("RY003", 1)]);
    for grams in [-800, -20, i32::MIN] {
        let words = played.weigh(grams);
        assert_eq!(words.mark, Mark::Waiting, "{}", zh(&words));
        assert!(zh(&words).contains("去皮"), "{}", zh(&words));
    }
    assert_eq!(played.act(weight(-19, true)), None, "empty");
    assert_eq!(played.run.step(), Step::Weigh(0), "its check stands");
    assert_eq!(played.run.errors, 0);
    assert_eq!(played.weigh(4630).mark, Mark::Right);
}

#[test]
fn w2_a_parcel_that_lies_there_already_is_weighed() {
    let mut played = picked();
    played.check(&[("RY001", 2)]);
    assert_eq!(played.act(weight(4630, true)), None, "not its turn yet");
    played.check(&[("RY003", 1)]);
    assert_eq!(played.run.outbound.orders[0].grams, Some(4630));
    assert_eq!(played.run.ground.labels.len(), 4, "its label is printed");
    // The first parcel lies there still: it is not the second's.
    played.check(&[("RY002", 3), ("RY006", 1), ("RY010", 1)]);
    assert_eq!(played.run.step(), Step::Weigh(1));
    assert_eq!(played.run.outbound.orders[1].off, None);
}

#[test]
fn w2_what_was_taken_off_again_is_not_weighed() {
    let mut played = picked();
    played.check(&[("RY001", 2)]);
    played.act(weight(4630, true));
    played.act(weight(2000, false));
    played.check(&[("RY003", 1)]);
    assert_eq!(played.run.step(), Step::Weigh(0));
}

#[test]
fn w2_a_parcel_that_is_not_closed_yet_is_told_and_waited_for() {
    let mut played = picked();
    played.check(&[("RY001", 2)]);
    played.act(weight(4480, true));
    played.act(weight(300, true));
    let unit = played.unit("RY003");
    let words = played.scan(&unit).expect("said");
    assert_eq!(words.mark, Mark::Waiting);
    assert!(zh(&words).contains("称重 300 克"), "{}", zh(&words));
    assert_eq!(played.run.outbound.orders[0].off, None);
    assert_eq!(played.weigh(4630).mark, Mark::Right);
}

#[test]
fn w2_a_wrong_weight_asks_for_another_weighing_first() {
    let mut played = picked();
    played.check(&[("RY001", 2), ("RY003", 1)]);
    let words = played.weigh(5200);
    assert_eq!(words.mark, Mark::Waiting, "{}", zh(&words));
    assert!(zh(&words).contains("再称一次"), "{}", zh(&words));
    assert_eq!((played.run.step(), played.run.errors), (Step::Weigh(0), 0));
    assert_eq!(played.weigh(4630).mark, Mark::Right, "the hand was off");

    played.check(&[("RY002", 3), ("RY006", 1), ("RY010", 1)]);
    assert_eq!(played.weigh(9000).mark, Mark::Waiting);
    let words = played.weigh(9001);
    assert_eq!(words.mark, Mark::Wrong);
    assert!(zh(&words).contains("从头复核"), "{}", zh(&words));
    assert_eq!((played.run.step(), played.run.errors), (Step::Check(1), 1));
}
