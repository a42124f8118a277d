//! What went wrong can be put right, and ledger, book and papers agree afterwards.

use super::*;
use crate::core::stock::{CUSTOMER, PACKING};

const SHORT_SLOT: &str = "A-01-03-01";

/// Picks as the lights say, the slot that holds one of two as well.
fn pick_as_told(played: &mut Played) {
    while let Some((position, light)) = played.lit().first().copied() {
        let words = played.press(position, Key::Confirm, light.count, light.tag);
        assert_eq!(words.mark, Mark::Right, "{}", zh(&words));
    }
}

fn parcel(played: &mut Played, order: usize) -> Words {
    let grams = crate::outbound::computed_grams(&played.run.shipping(), order) as i32;
    played.weigh(grams)
}

/// The drill up to the second order's check, where two tins are booked and one was taken.
fn one_tin_is_missing() -> Played {
    let mut played = Played::begin();
    played.until_wave();
    pick_as_told(&mut played);
    played.check(&[("RY001", 2), ("RY003", 1)]);
    assert_eq!(parcel(&mut played, 0).mark, Mark::Right);
    played.check(&[("RY002", 3), ("RY006", 1), ("RY010", 1)]);
    assert_eq!(played.run.step(), Step::Check(1));
    played
}

#[test]
fn d6_units_confirmed_but_not_taken_are_booked_back_at_the_check() {
    let mut played = one_tin_is_missing();
    assert_eq!(played.run.ground.stock.units(SHORT_SLOT, "RY010"), 12);
    played.right("CMD-SHORT");
    let words = &played.run.said.as_ref().expect("said").words;
    assert!(
        zh(words).contains("CK-0002 复核短少：RY010") && zh(words).contains("账退回 A-01-03-01"),
        "{}",
        zh(words)
    );
    assert_eq!(played.run.ground.stock.units(SHORT_SLOT, "RY010"), 13);
    assert_eq!(played.run.ground.stock.units(PACKING, "RY010"), 1);
    let line = &played.run.outbound.orders[1].lines[2];
    assert_eq!((line.ordered, line.picked(), line.checked), (2, 1, 1));
    assert!(
        played
            .run
            .ground
            .notes
            .iter()
            .any(|note| note.what.key == "check.short")
    );
    assert_eq!(played.run.step(), Step::Weigh(1));
    assert_eq!(parcel(&mut played, 1).mark, Mark::Right);
    played.check(&[("RY003", 4)]);
    assert_eq!(parcel(&mut played, 2).mark, Mark::Right);
    for number in ["CK-0001", "CK-0002", "CK-0003"] {
        played.right(number);
    }
    assert_eq!(played.run.ground.stock.units(CUSTOMER, "RY010"), 1);
    assert!(played.run.ground.stock.is_empty(PACKING));
    assert_eq!(played.write_log("缺一罐，已记录。").mark, Mark::Right);
    assert_eq!(played.run.step(), Step::Done);
}

#[test]
fn d6_an_order_of_which_nothing_is_there_ships_nothing() {
    let mut played = Played::begin();
    played.until_wave();
    pick_as_told(&mut played);
    assert_eq!(played.run.step(), Step::Check(0));
    played.right("CK-0001");
    let asked = played.scan("CMD-SHORT").expect("said");
    assert_eq!(asked.mark, Mark::Waiting, "nothing was scanned: it is asked first");
    assert_eq!(played.run.outbound.orders[0].picked(), 3);
    played.right("CMD-SHORT");
    assert_eq!(played.run.outbound.orders[0].picked(), 0);
    assert_eq!(played.run.step(), Step::Check(1), "the next order's turn");
    played.check(&[("RY002", 3), ("RY006", 1), ("RY010", 2)]);
    assert_eq!(parcel(&mut played, 1).mark, Mark::Right);
    played.check(&[("RY003", 4)]);
    assert_eq!(parcel(&mut played, 2).mark, Mark::Right);
    played.right("CK-0002");
    played.right("CK-0003");
    played.write_log("第一单没有货。");
    let open = |paper: &&Paper| paper.state == PaperState::Draft;
    assert_eq!(
        played.run.ground.papers.iter().find(open),
        None,
        "its paper is handed in as well"
    );
}

#[test]
fn d4_after_a_wrong_weight_the_parcel_is_checked_anew() {
    let mut played = one_tin_is_missing();
    // The one tin is read twice: the check is complete, the parcel a tin too light.
    played.check(&[("RY010", 1)]);
    assert_eq!(played.run.step(), Step::Weigh(1));
    let real = crate::outbound::computed_grams(&played.run.shipping(), 1) as i32 - 430;
    let words = played.weigh(real);
    assert!(zh(&words).contains("再称一次"), "{}", zh(&words));
    let words = played.weigh(real + 1);
    assert_eq!(words.mark, Mark::Wrong);
    assert!(zh(&words).contains("从头复核"), "{}", zh(&words));
    assert_eq!(played.run.step(), Step::Check(1));
    assert!(played.run.outbound.orders[1].lines.iter().all(|line| line.checked == 0));
    played.check(&[("RY002", 3), ("RY006", 1), ("RY010", 1)]);
    played.right("CMD-SHORT");
    assert_eq!(played.weigh(real).mark, Mark::Right);
}

#[test]
fn d4_what_was_picked_too_much_is_found_and_put_back() {
    let mut played = Played::begin();
    played.until_wave();
    pick_as_told(&mut played);
    played.check(&[("RY001", 2), ("RY003", 1)]);
    // A third bottle lies in the parcel.
    let computed = crate::outbound::computed_grams(&played.run.shipping(), 0) as i32;
    assert_eq!(played.weigh(computed + 2150).mark, Mark::Waiting);
    assert_eq!(played.weigh(computed + 2151).mark, Mark::Wrong);
    played.check(&[("RY001", 2)]);
    let bottle = played.unit("RY001");
    assert!(played.wrong(&bottle).contains("放回拣货位"));
    played.check(&[("RY003", 1)]);
    assert_eq!(played.weigh(computed).mark, Mark::Right);
}

#[test]
fn d4_a_unit_read_twice_is_taken_back() {
    let mut played = one_tin_is_missing();
    let before = played.run.outbound.clone();
    assert_eq!(played.run.outbound.orders[1].scans.len(), 5);
    assert_eq!(played.scan("CMD-BACK").expect("said").mark, Mark::Waiting);
    assert_eq!(played.run.outbound.orders[1].lines[2].checked, 0);
    played.check(&[("RY010", 1)]);
    assert_eq!(played.run.outbound, before);
    for _ in 0..6 {
        assert_eq!(played.scan("CMD-BACK").expect("said").mark, Mark::Waiting);
    }
    assert!(played.run.outbound.orders[1].lines.iter().all(|line| line.checked == 0));
    played.check(&[("RY002", 3), ("RY006", 1), ("RY010", 2)]);
    assert_eq!(played.run.step(), Step::Weigh(1));
    assert_eq!(played.scan("CMD-BACK").expect("said").mark, Mark::Waiting);
    assert_eq!(played.run.step(), Step::Check(1), "checked again before it is weighed");
}

#[test]
fn b4_a_case_read_twice_is_taken_back() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    let (first, second) = (played.case("RY001"), played.case("RY003"));
    played.right(&first);
    played.right(&second);
    played.right(&second);
    for (units, said) in [(72, "点到 1 箱"), (0, "点到 0 箱")] {
        let words = played.scan("CMD-BACK").expect("said");
        assert!(zh(&words).contains(said), "{}", zh(&words));
        assert_eq!(played.run.inbound.lines[1].units, units);
    }
    played.scan("CMD-BACK");
    assert_eq!(played.run.inbound.lines[0].units, 0);
    let words = played.scan("CMD-BACK").expect("said");
    assert!(zh(&words).contains("没有可以撤销的扫描"), "{}", zh(&words));
    assert_eq!(played.run.errors, 0);
}

#[test]
fn b5_a_line_of_which_nothing_came_is_ended_only_when_asked() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    let asked = played.scan("CMD-SHORT").expect("said");
    assert!(zh(&asked).contains("RY001 洗衣液 2kg 一箱都没点到"), "{}", zh(&asked));
    assert!(!played.run.inbound.lines[0].done);
    // A case turns up: the question is over.
    let case = played.case("RY003");
    played.right(&case);
    assert_eq!(played.scan("CMD-BACK").expect("said").mark, Mark::Waiting);
    assert_eq!(played.scan("CMD-SHORT").expect("said").mark, Mark::Waiting);
    played.right("CMD-SHORT");
    assert!(played.run.inbound.lines[1].done);
    assert_eq!(played.run.inbound.lines[1].units, 0);
}
