//! Codes as the world brings them.

use super::*;

#[test]
fn s2_a_case_number_that_begins_with_zero_is_read() {
    let mut played = Played::with("12000152400036", "02000152499996");
    played.right("CMD-CONFIRM");
    for code in ["02000152499996", "2000152499996"] {
        played.right(code);
    }
    assert_eq!(played.run.inbound.lines[1].units, 144);
}

#[test]
fn s2_a_number_in_another_spelling_is_there_twice() {
    for (from, to, field) in [
        // The unit's own number with a 0 before it.
        (
            "case_gtin14 = \"12000152400036\"",
            "case_gtin14 = \"02000152400039\"",
            "sku[2].case_gtin14",
        ),
        // Another's.
        (
            "case_gtin14 = \"12000152400043\"",
            "case_gtin14 = \"02000152400039\"",
            "sku[3].case_gtin14",
        ),
    ] {
        let error = changed(&[(from, to)]).expect_err("refused");
        assert_eq!(error.field, field);
        assert!(error.line > 1, "{error}");
    }
}

#[test]
fn s2_an_upc_of_12_digits_is_known() {
    let mut played = Played::with("2000152400039", "0036000291452");
    played.right("CMD-CONFIRM");
    for code in ["036000291452", "0036000291452", "00036000291452"] {
        played.right(code);
    }
    assert_eq!(played.run.inbound.lines[1].units, 3);
}

#[test]
fn s3_element_strings_that_are_typed_count_goods() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    for code in ["]C1011200015240003610260821", "]C110260821\u{1d}0112000152400036"] {
        played.right(code);
    }
    assert_eq!(played.run.inbound.lines[1].units, 144);
    // Contents and their number: 72 units of the third case.
    played.right("(02)02000152400039(37)72");
    assert_eq!(played.run.inbound.lines[1].units, 216);
    assert_eq!(played.run.errors, 0);
}

#[test]
fn s4_what_an_input_method_makes_of_a_code_is_read() {
    let mut played = Played::begin();
    played.right("CMD\u{2011}CONFIRM");
    for code in [
        "２０００１５２４０００３９",
        "\u{feff}2000152400039",
        "2000152400039\u{200b}",
        "]E02000152400039",
    ] {
        played.right(code);
    }
    assert_eq!(played.run.inbound.lines[1].units, 4);
}

#[test]
fn r15_a_code_that_lost_a_character_is_not_the_rest_of_it() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    for code in ["2000152\u{0}400039", "20001524000\u{fffd}39"] {
        let said = played.wrong(code);
        assert!(said.contains("再扫一次") && !said.contains("不认识"), "{said}");
    }
}

#[test]
fn s3_the_symbology_that_a_scanner_tells_is_used() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    let element_string = "011200015240003610260821";
    assert_eq!(played.scan_as("]C1", element_string).mark, Mark::Right);
    assert_eq!(played.scan_as("]e0", "0112000152400036").mark, Mark::Right);
    assert_eq!(played.run.inbound.lines[1].units, 144);
    assert_eq!(played.run.errors, 0);
    // The same digits in another symbology are none: nothing is guessed.
    assert!(played.wrong(element_string).contains("不认识"));
}

#[test]
fn s3_what_is_not_used_is_kept_and_nobody_s_mistake() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    let lot_alone = "10260821\u{1d}15271231";
    let words = played.scan_as("]C1", lot_alone);
    assert_eq!(words.mark, Mark::Waiting, "{}", zh(&words));
    assert!(zh(&words).contains("10, 15"), "{}", zh(&words));
    assert_eq!(played.run.errors, 0);
    let event = played.events.last().expect("an event");
    let stored = serde_json::to_string(&event.act).expect("text");
    let read: Act = serde_json::from_str(&stored).expect("read");
    assert_eq!(
        read,
        Act::Scan {
            code: lot_alone.into(),
            aim: Some("]C1".into()),
            seen: None
        }
    );
}

#[test]
fn s3_element_strings_without_their_separator_are_refused() {
    let mut played = Played::begin();
    played.right("CMD-CONFIRM");
    // A count of 8 digits at most, then a lot, without FNC1 between.
    let words = played.scan_as("]C1", "02020001524000393772102608211");
    assert_eq!(words.mark, Mark::Wrong);
    assert!(zh(&words).contains("（37）太长"), "{}", zh(&words));
    assert_eq!(played.run.inbound.lines[1].units, 0);
}

#[test]
fn s4_an_order_s_number_is_one_however_it_is_written() {
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    played.right("ｃｋ—0002");
    assert_eq!(played.run.outbound.checking, Some(1));
}

#[test]
fn w7_codes_are_compared_as_scanners_bring_them() {
    for (from, to, field) in [
        ("number = \"CK-0002\"", "number = \"ck-0001\"", "order[1].number"),
        ("number = \"CK-0002\"", "number = \"LP-0007-001\"", "order[1].number"),
        (
            "number = \"CK-0002\"",
            "number = \"CK-20261123-0003-01\"",
            "order[1].number",
        ),
        (
            "number = \"CK-0002\"",
            "number = \"(01)12000152400036\"",
            "order[1].number",
        ),
        ("number = \"CK-0002\"", "number = \"a-01-01-01\"", "order[1].number"),
        ("number = \"CK-0002\"", "number = \"cmd-next\"", "order[1].number"),
        ("code = \"RY002\"", "code = \"ry001\"", "sku[1].code"),
        ("zone = \"S\"", "zone = \"s\"", "floor.pallet_rack"),
        ("zone = \"S\"", "zone = \"A\"", "floor.pallet_rack"),
        ("racks = 2,", "racks = 100,", "floor.pallet_rack"),
        (
            "location = \"A-01-01-02\"",
            "location = \"a-01-01-02\"",
            "stock[1].location",
        ),
    ] {
        let error = changed(&[(from, to)]).expect_err(to);
        assert_eq!(error.field, field, "{error}");
        assert!(error.line > 1, "{error}");
    }
}

#[test]
fn w7_what_no_scale_can_weigh_is_no_order() {
    for (from, to, field) in [
        ("carton_g = 180", "carton_g = -5000", "packing.carton_g"),
        ("tolerance_g = 20", "tolerance_g = -1", "packing.tolerance_g"),
        ("unit_weight_g = 150", "unit_weight_g = 20000", "order[2].lines"),
    ] {
        let error = changed(&[(from, to)]).expect_err(to);
        assert_eq!(error.field, field, "{error}");
    }
    let error = changed(&[
        ("carton_g = 180", "carton_g = 0"),
        ("unit_weight_g = 150", "unit_weight_g = 3"),
    ]);
    assert_eq!(error.expect_err("too light").field, "order[0].lines");
}

#[test]
fn w7_a_day_that_is_none_is_no_date_of_production() {
    for (lot, field) in [("2026-09-08", "inbound.line[0].lot"), ("2026-04-20", "stock[2].lot")] {
        for none in ["2026-02-30", "2026-13-01", "2025-02-29", "2026-00-10"] {
            let error = changed(&[(lot, none)]).expect_err(none);
            assert_eq!(error.field, field, "{error}");
        }
        // A lot's own code is text.
        for text in ["0012", "1E5", "L2026-02-30", "20260230"] {
            changed(&[(lot, text)]).expect("loads");
        }
    }
}

/// The shipped drill with so many lines in its notice, each of goods of its own.
fn with_lines(lines: usize) -> Result<Scenario, crate::scenario::ScenarioError> {
    use std::fmt::Write;
    let mut more = String::new();
    for number in 1..=lines - 3 {
        let gtin = |digits: usize, body: String| {
            let whole = (0..10).map(|check| format!("{body}{check}"));
            let mut whole = whole.filter(|code| crate::core::codes::check_digit_holds(code));
            whole.next().filter(|code| code.len() == digits).expect("one")
        };
        let (unit, case) = (
            gtin(13, format!("2900000{number:05}")),
            gtin(14, format!("12900000{number:05}")),
        );
        let _ = write!(
            more,
            "[[sku]]\ncode = \"XX{number:03}\"\nname = \"货品\"\nunit = \"件\"\ngtin13 = \"{unit}\"\ncase_gtin14 = \"{case}\"\n\
             units_per_case = 6\nunit_weight_g = 100\nunit_size_mm = [1, 1, 1]\nshelf_life_days = 0\nabc = \"C\"\n\
             [[inbound.line]]\nsku = \"XX{number:03}\"\ncases = 1\narrives = {{ cases = 1 }}\n"
        );
    }
    changed(&[("# The book says 14", &format!("{more}# The book says 14"))])
}

#[test]
fn w7_a_delivery_finds_room_or_is_refused() {
    let error = with_lines(30).expect_err("refused");
    assert_eq!(error.field, "inbound.line[22].sku", "{error}");
    assert!(error.why.contains("22 pallet slots"), "{error}");
    // As many as there is room for can be put away, all of them.
    let mut played = Played::of(with_lines(22).expect("loads"));
    played.right("CMD-CONFIRM");
    for line in played.run.inbound.lines.clone() {
        let case = played.case(&line.sku);
        for _ in 0..line.cases {
            played.right(&case);
        }
        played.right("CMD-CONFIRM");
    }
    played.right("CMD-CONFIRM");
    for line in played.run.inbound.lines.clone() {
        let placed = line.placed.expect("placed");
        played.right(&placed.location);
        played.right(&placed.lpn);
    }
    played.right("CMD-CONFIRM");
}

/// Labels lie about after a run; whose they are is told, and it is nobody's mistake.
#[test]
fn a_label_of_another_run_is_named_as_such() {
    let mut played = Played::begin();
    played.receive();
    let errors = played.run.errors;
    for code in ["LP-0006-001", "RK-20261123-0006-01", "lp-0006-001"] {
        let words = played.scan(code).expect("said");
        assert_eq!(words.mark, Mark::Waiting, "{code}");
        assert!(zh(&words).contains("第 6 次实训"), "{}", zh(&words));
    }
    assert_eq!(played.run.errors, errors);
    // One that is built like ours and was never given is unknown.
    assert!(played.wrong("LP-0007-099").contains("LP-0007-099"));
}

/// However often labels are printed again, no number comes round: the work's own keep theirs.
#[test]
fn numbers_of_labels_never_come_round() {
    let mut played = Played::begin();
    played.receive();
    played.right("CMD-NEXT");
    let barcode = played.run.ground.labels[0].spec.barcode().to_owned();
    for _ in 0..700 {
        played.act(Act::Reprint {
            barcode: barcode.clone(),
        });
    }
    let words = played.act(Act::Reprint { barcode }).expect("said");
    assert_eq!(words.mark, Mark::Wrong);
    let jobs: std::collections::BTreeSet<u32> = played.run.ground.labels.iter().map(|label| label.job).collect();
    assert_eq!((jobs.len(), played.run.ground.labels.len()), (499, 499));
    assert!(jobs.iter().all(|job| crate::core::ground::run_of_job(*job) == 7));
}
