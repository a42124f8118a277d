//! What people and devices do wrong, and what they are told.

use super::*;

#[test]
fn an_unknown_barcode() {
    let mut played = Played::begin();
    assert!(played.wrong("4711").contains("不认识的条码 4711"));
    assert!(played.wrong(&"長".repeat(500)).chars().count() < 120);
    played.wrong("");
}

#[test]
fn a_scan_when_no_task_is_open() {
    let mut played = Played::begin();
    let case = played.case("RY001");
    assert!(played.wrong(&case).contains("打开入库通知单"));
    assert!(played.wrong("A-01-01-01").contains("货位"));
    assert!(played.wrong("CMD-SHORT").contains("没有用"));
    assert!(played.wrong("CK-0001").contains("还没轮到"));
}

#[test]
fn b5_more_than_announced_and_what_was_not_announced() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    let case = played.case("RY001");
    for _ in 0..4 {
        played.right(&case);
    }
    assert!(played.wrong(&case).contains("多于通知"));
    let other = played.case("RY006");
    assert!(played.wrong(&other).contains("通知单上没有 RY006 洗洁精"));
    played.right("CMD-CONFIRM");
    assert!(played.wrong(&case).contains("已经点完"));
}

#[test]
fn b5_short_delivery_must_be_recorded_before_the_line_is_done() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    let case = played.case("RY003");
    played.right(&case);
    assert!(played.wrong("CMD-CONFIRM").contains("点到 1 箱，应收 3 箱"));
    let words = played
        .act(Act::RecordShort {
            sku: "RY003".into(),
            reason: "车上没有".into(),
        })
        .expect("said");
    assert!(zh(&words).contains("少 2 箱，车上没有"));
    let words = played
        .act(Act::RecordShort {
            sku: "RY003".into(),
            reason: String::new(),
        })
        .expect("said");
    assert_eq!(words.mark, Mark::Wrong);
}

#[test]
fn b6_right_goods_at_the_wrong_location() {
    let mut played = Played::begin();
    played.receive();
    played.right("CMD-CONFIRM");
    assert!(played.wrong("S-02-03-04").contains("应放 S-01-01-03"));
    let lpn = |played: &Played, line: usize| {
        played.run.inbound.lines[line]
            .placed
            .as_ref()
            .expect("placed")
            .lpn
            .clone()
    };
    let (first, second) = (lpn(&played, 0), lpn(&played, 1));
    assert_eq!(played.scan(&first).expect("said").mark, Mark::Waiting, "location first");
    played.right("S-01-01-03");
    assert!(played.wrong(&second).contains("应放 RY001 洗衣液 2kg"));
    assert_eq!(played.scan("CMD-BACK").expect("said").mark, Mark::Waiting);
    assert_eq!(
        played.scan(&first).expect("said").mark,
        Mark::Waiting,
        "location first, again"
    );
    played.right("S-01-01-03");
    played.right(&first);
    assert!(played.wrong(&first).contains("已经在 S-01-01-03"));
}

#[test]
fn d2_wrong_keys() {
    let mut played = Played::begin();
    played.until_wave();
    let stock = played.run.ground.stock.clone();
    let (position, light) = played.lit()[0];
    let dark = played.press(5, Key::Confirm, None, 0);
    assert!(zh(&dark).contains("A-01-01-06 没有亮灯"), "{}", zh(&dark));
    assert!(
        zh(&dark).contains("A-01-01-01，拣 RY001 洗衣液 2kg，2 瓶"),
        "{}",
        zh(&dark)
    );
    let stale = played.press(position, Key::Confirm, Some(2), light.tag.wrapping_add(999));
    assert!(zh(&stale).contains("刚换过"), "{}", zh(&stale));
    let more = played.press(position, Key::Plus, Some(3), light.tag);
    assert!(zh(&more).contains("按减号改到 2"), "{}", zh(&more));
    let fewer = played.press(position, Key::Minus, Some(1), light.tag);
    assert!(zh(&fewer).contains("实际就是这些"), "{}", zh(&fewer));
    let over = played.press(position, Key::Confirm, Some(3), light.tag);
    assert!(zh(&over).contains("多拣"), "{}", zh(&over));
    let nowhere = played.press(200, Key::Confirm, None, 0);
    for words in [dark, stale, over, nowhere] {
        assert_eq!(words.mark, Mark::Wrong);
    }
    assert_eq!(played.run.ground.stock, stock);
}

#[test]
fn a_double_press_counts_once() {
    let mut played = Played::begin();
    played.until_wave();
    let (position, light) = played.lit()[0];
    assert_eq!(
        played.press(position, Key::Confirm, Some(2), light.tag).mark,
        Mark::Right
    );
    let stock = played.run.ground.stock.clone();
    let again = played.press(position, Key::Confirm, Some(2), light.tag);
    assert_eq!(again.mark, Mark::Waiting);
    assert!(zh(&again).contains("只计一次"));
    assert_eq!(played.run.ground.stock, stock);
}

#[test]
fn d2_the_wrong_unit_is_told_by_name_with_where_to_go() {
    let mut played = Played::begin();
    played.until_wave();
    while played.lit()[0].0 != 1 {
        let (position, light) = played.lit()[0];
        played.press(position, Key::Confirm, light.count, light.tag);
    }
    let (position, light) = played.lit()[0];
    played.press(position, Key::Confirm, light.count, light.tag);
    let toothpaste = played.unit("RY003");
    let said = played.wrong(&toothpaste);
    assert!(
        said.starts_with("这是 RY003 牙膏 120g，应拣 RY006 洗洁精 1.1kg"),
        "{said}"
    );
    assert!(said.contains("放回 A-01-01-03，再到亮灯的 A-01-02-03"), "{said}");
    let soap = played.unit("RY006");
    played.right(&soap);
}

#[test]
fn d4_more_than_ordered_and_not_of_the_order() {
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    played.right("CK-0001");
    let (liquid, paste, tissue) = (played.unit("RY001"), played.unit("RY003"), played.unit("RY002"));
    played.right(&paste);
    assert!(played.wrong(&paste).contains("第 2 支，这张订单是 1 支"));
    assert!(played.wrong(&tissue).contains("不在订单 CK-0001 里"));
    assert!(played.wrong("CK-0003").contains("CK-0001 还没有复核完"));
    let case = played.case("RY001");
    played.wrong(&case);
    played.right(&liquid);
    played.right(&liquid);
}

#[test]
fn d4_a_parcel_that_weighs_wrong_or_swings() {
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    let weigh = |played: &mut Played, grams, stable| played.act(Act::Weight { grams, stable });
    assert_eq!(weigh(&mut played, 4000, true), None, "nothing is to be weighed yet");
    assert_eq!(weigh(&mut played, 3000, false), None);
    played.right("CK-0001");
    for sku in ["RY001", "RY001", "RY003"] {
        let unit = played.unit(sku);
        played.right(&unit);
    }
    // 2 × 2150 + 150 + 180 = 4630 g; 2 % are 92 g.
    assert_eq!(weigh(&mut played, 4630, false).expect("said").mark, Mark::Waiting);
    assert_eq!(weigh(&mut played, 0, true), None, "an empty scale is nobody's mistake");
    for grams in [4630 - 93, 4630 + 93, 2480, i32::MAX] {
        for mark in [Mark::Waiting, Mark::Wrong] {
            assert_eq!(weigh(&mut played, grams, true).expect("said").mark, mark, "{grams}");
        }
        assert_eq!(weigh(&mut played, 4630, true), None, "it is checked again first");
        assert_eq!(weigh(&mut played, 0, true), None);
        played.check(&[("RY001", 2), ("RY003", 1)]);
    }
    assert_eq!(weigh(&mut played, 4630 + 92, true).expect("said").mark, Mark::Right);
    assert!(played.wrong("CK-0001").contains("不用再复核"));
}

#[test]
fn after_the_end_nothing_is_booked() {
    let mut played = Played::begin();
    played.until_wave();
    let (position, light) = played.lit()[0];
    played.act(Act::Close);
    assert!(played.lit().is_empty());
    assert_eq!(
        played.press(position, Key::Confirm, Some(2), light.tag).mark,
        Mark::Wrong
    );
    assert!(played.wrong("CMD-CONFIRM").contains("已经结束"));
}

/// The server may be killed between making a run and opening it.
#[test]
fn a_run_that_was_never_opened_is_opened_by_its_first_act() {
    let mut opened = Played::begin();
    opened.right("CMD-CONFIRM");
    let mut cut_off = Played {
        run: RunState::new(opened.run.ground.head.clone(), (*opened.run.ground.scenario).clone()),
        events: Vec::new(),
    };
    cut_off.right("CMD-CONFIRM");
    assert_eq!(cut_off.run.ground.stock, opened.run.ground.stock);
    assert_eq!(cut_off.run.step(), opened.run.step());
    assert_eq!(cut_off.run.ground.papers.len(), 1);
    cut_off.act(Act::Open);
    assert_eq!(cut_off.run.ground.stock, opened.run.ground.stock, "opened once");
}
