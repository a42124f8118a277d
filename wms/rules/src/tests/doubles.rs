//! The same again: within a moment it is one, later it is known as a repeat.

use super::*;

fn code(code: &str) -> Act {
    Act::Scan {
        code: code.into(),
        aim: None,
        seen: None,
    }
}

#[test]
fn s6_two_confirms_within_a_moment_hand_the_receipt_in_and_release_no_wave() {
    let mut played = Played::begin();
    played.receive();
    played.put_away();
    assert_eq!(played.run.step(), Step::Receipt);
    played.right("CMD-CONFIRM");
    // A second and a third at once, and one of them spelled otherwise: the same still.
    for again in ["CMD-CONFIRM", "cmd-confirm", "CMD\u{2011}CONFIRM"] {
        let words = played.act_after(code(again), 300);
        assert_eq!(words.mark, Mark::Waiting, "{}", zh(&words));
        assert!(zh(&words).contains("只算一次"), "{}", zh(&words));
        assert_eq!(played.run.step(), Step::Wave);
    }
    assert_eq!(played.run.errors, 0);
    // Meant as the next thing, a moment later.
    assert_eq!(played.act_after(code("CMD-CONFIRM"), 1_000).mark, Mark::Right);
    assert!(matches!(played.run.step(), Step::Pick(_)));
}

#[test]
fn s6_goods_of_one_kind_are_counted_however_quickly_they_come() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    let case = played.case("RY001");
    for _ in 0..4 {
        assert_eq!(played.act_after(code(&case), 50).mark, Mark::Right);
    }
    assert_eq!(played.run.inbound.lines[0].units, 24);
    // The last one read twice is one too many, and nobody's mistake; a moment later it is.
    assert_eq!(played.act_after(code(&case), 300).mark, Mark::Waiting);
    assert_eq!(played.act_after(code(&case), 3_000).mark, Mark::Wrong);
    assert_eq!((played.run.inbound.lines[0].units, played.run.errors), (24, 1));
}

#[test]
fn s6_a_repeat_says_how_often() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    let first = played.act_after(code("4711"), 5_000);
    assert_eq!((first.mark, first.times), (Mark::Wrong, None));
    let second = played.act_after(code("4711"), 5_000);
    assert_eq!((second.mark, second.times), (Mark::Wrong, Some(2)));
    let third = played.act_after(code("4711"), 5_000);
    assert_eq!(third.times, Some(3));
    assert_eq!(played.run.errors, 3);
    // The same read twice by the scanner: told as a repeat, and nobody's mistake.
    let double = played.act_after(code("4711"), 300);
    assert_eq!((double.mark, double.times), (Mark::Waiting, Some(4)));
    assert_eq!(played.run.errors, 3);
    // Something else between, and it is the first again.
    assert_eq!(played.act_after(code("4712"), 300).times, None);
    assert_eq!(played.act_after(code("4711"), 300).times, None);
}

#[test]
fn s6_a_second_press_of_the_same_key_is_the_first() {
    let mut played = Played::begin();
    played.until_wave();
    let press = |position, tag| Act::Key {
        position,
        key: Key::Confirm,
        count: None,
        tag,
    };
    // All lights of the drill: each pressed three times, where it is dark or already another order's.
    while let Some((position, light)) = played.lit().first().copied() {
        let words = played.act_after(press(position, light.tag), 60_000);
        assert_eq!(words.mark, Mark::Right, "{}", zh(&words));
        let stock = played.run.ground.stock.clone();
        for tag in [0, 0] {
            let words = played.act_after(press(position, tag), 700);
            assert_eq!(words.mark, Mark::Waiting, "{}", zh(&words));
            assert!(zh(&words).contains("只计一次"), "{}", zh(&words));
        }
        if let Some((_, new)) = played.lit().into_iter().find(|(lit, _)| *lit == position) {
            let words = played.act_after(press(position, new.tag), 300);
            assert_eq!(words.mark, Mark::Waiting, "{}", zh(&words));
        }
        assert_eq!(played.run.ground.stock, stock);
    }
    assert_eq!(played.run.errors, 0);
    // Later it is a mistake again.
    let words = played.act_after(press(5, 0), 60_000);
    assert_eq!(words.mark, Mark::Wrong);
}
