//! One test for each row of the review that arithmetic or the drawings can show.

use wiring::check::{Broken, check, rails};
use wiring::circuit::Circuit;
use wiring::copper::{self, Show};
use wiring::data::Through;
use wiring::shelf::{LEVELS, RIBBON, SLOTS, assemble, on, slots_of, trace};

use super::{BUILT, circuit, library};

#[test]
fn h1_each_rail_is_within_its_parts_range() {
    for name in BUILT {
        assert_eq!(check(&circuit(name)), [], "{name}");
    }
    let printer = circuit("printer");
    let rails = rails(&printer);
    for (net, [least, most]) in [("HEAD_VP", [5.5, 8.0]), ("VSYS", [1.8, 5.5]), ("3V3", [3.0, 3.6])] {
        let [low, high] = rails[net];
        assert!(least <= low && high <= most, "{net}: {low} to {high}");
    }
    assert_eq!(printer.net_at("M1.VDD"), Some("3V3"));
}

/// While the chip is in reset its pins are inputs: only the resistors say what the head does.
#[test]
fn h2_every_strobe_rests_on_its_cold_side() {
    let printer = circuit("printer");
    for strobe in 1..=6 {
        let net = printer.net_at(&format!("M1.DST{strobe}")).unwrap();
        let held = printer.parts.iter().any(|(designation, (fitted, part))| {
            let ends = |pin: &str| printer.net_of(&(designation.clone(), pin.into()));
            // The head pulls up with 120 µA and takes 0.2 V_dd for low.
            part.through == Some(Through::Both)
                && (ends("1"), ends("2")) == (Some(net), Some("GND"))
                && fitted.ohms.is_some_and(|ohms| ohms * 0.000_12 <= 0.2 * 3.2)
        });
        assert!(held, "{net}");
    }
    let power = printer.idle.iter().find(|idle| idle.net == "GP20");
    assert!(power.is_some(), "the head's supply rests off");
}

#[test]
fn h3_drops_along_a_level() {
    // What the review reckoned: 24 boards on one ribbon wire lose about 2.8 V as it starts; a row takes 3 / 51 / 83 A.
    let old = copper::chain(
        24,
        copper::position(Show::Start),
        copper::piece(0.15, copper::RIBBON_WIRE, 1.0),
    );
    assert!((2.0..3.5).contains(&old), "{old}");
    for (show, reckoned) in [(Show::Dark, 3.0), (Show::Start, 51.0), (Show::Worst, 83.0)] {
        let row = copper::current(32 * 24, show);
        assert!((row / reckoned - 1.0).abs() < 0.15, "{row} A, {reckoned}");
    }
    // As it is drawn now: the last board keeps its volts, the level stays below its fuse, also warm (−17 % at 40 °C).
    assert!(copper::last_board(4.9, Show::Full, 2.0, 0.75, 0.12) >= copper::LAST_BOARD);
    assert!(copper::last_board(5.0, Show::Worst, 2.0, 0.75, 0.12) >= copper::LAST_BOARD);
    assert!(8.0 * copper::position(Show::Worst) <= 1.1 * 0.83);
    assert!(copper::current(24, Show::Worst) <= 4.0, "the supply of a shelf");
    // More positions lose more, thicker and shorter wire less.
    for pair in [8u32, 24, 200].windows(2) {
        let lost = |boards| copper::chain(boards, 0.1, copper::piece(0.12, 0.75, 1.0));
        assert!(lost(pair[0]) < lost(pair[1]));
    }
    assert!(copper::piece(0.10, 0.75, 1.0) < copper::piece(0.15, 0.75, 1.0));
    assert!(copper::piece(0.10, 1.5, 1.0) < copper::piece(0.10, 0.75, 1.0));
}

#[test]
fn h3_each_level_has_its_fuse_and_its_feed() {
    let shelf = circuit("shelf");
    for level in 1..=LEVELS {
        let (fuse, part) = &shelf.parts[&format!("F1{level}")];
        assert_eq!(fuse.value.as_deref(), Some("1.1 A hold"));
        assert_eq!(part.passes.len(), 1);
        let rail = format!("5V_L{level}");
        for pin in [format!("F1{level}.2"), format!("J2{level}.+"), format!("J1{level}.1")] {
            assert_eq!(shelf.net_at(&pin), Some(&*rail), "{pin}");
        }
    }
}

#[test]
fn h4_a_lost_minus_sends_little_through_the_bus() {
    for name in ["shelf", "scanner", "printer", "scale", "bridge"] {
        let circuit = circuit(name);
        let common = circuit.net_at("J2.C").unwrap();
        assert_ne!(common, "GND", "{name}");
        let (resistor, _) = &circuit.parts["R4"];
        let amperes = 5.25 / resistor.ohms.unwrap();
        assert!(amperes < 0.1, "{name}: {amperes} A");
    }
}

/// The capacitor stands before the switch, the gate is soft, and at rest the switch is off.
#[test]
fn h6_the_heads_supply_is_charged_before_it_is_switched() {
    let printer = circuit("printer");
    assert_eq!(printer.net_at("C7.+"), printer.net_at("Q2.S"));
    assert_ne!(printer.net_at("C7.+"), printer.net_at("M1.VP"));
    let gate = printer.net_at("Q2.G").unwrap();
    for pin in ["R11.1", "R12.2", "C9.1"] {
        assert_eq!(printer.net_at(pin), Some(gate), "{pin}");
    }
    assert_eq!(printer.net_at("R11.2"), printer.net_at("Q2.S"));
    // The gate's divider turns the switch on well, within what it bears; it moves within the first strobe's time.
    let (up, down) = (
        printer.parts["R11"].0.ohms.unwrap(),
        printer.parts["R12"].0.ohms.unwrap(),
    );
    for supply in [7.1, 7.7] {
        let volts = supply * up / (up + down);
        assert!((4.5..12.0).contains(&volts), "{volts}");
    }
    let micros = up * down / (up + down) * 100e-9 * 1e6;
    assert!((100.0..500.0).contains(&micros), "{micros}");
}

/// One kind of board, one kind of ribbon; the cap says which slot. Every key is where the firmware looks for it.
#[test]
fn h8_each_key_is_on_its_level_and_slot() {
    let shelf = assemble(&library()).unwrap();
    let of = |field: &str| {
        let gp = shelf.pico[field].gp;
        shelf.net_at(&format!("U1.GP{gp}")).unwrap().to_owned()
    };
    let slots: Vec<_> = (1..=SLOTS).map(|slot| of(&format!("slot_{slot}"))).collect();
    let slots: Vec<_> = slots.iter().map(String::as_str).collect();
    for level in 1..=LEVELS {
        for (key, number) in [("confirm", 1), ("plus", 2), ("minus", 3)] {
            let sense = of(&format!("sense_{level}_{key}"));
            assert_eq!(slots_of(&shelf, &sense, &slots), slots, "all keys down");
            for slot in 1..=SLOTS {
                // All other keys up: this one alone pulls the sense line, to its own slot.
                let position = (level - 1) * SLOTS + slot - 1;
                let mut one = shelf.clone();
                for (designation, (_, part)) in &mut one.parts {
                    if part.through == Some(Through::Contact) && *designation != on(position, &format!("S{number}")) {
                        part.through = None;
                    }
                }
                assert_eq!(
                    slots_of(&one, &sense, &slots),
                    [slots[slot - 1]],
                    "{level} {slot} {key}"
                );
            }
        }
    }
}

#[test]
fn h8_light_and_digits_run_through_all_positions_in_order() {
    let shelf = assemble(&library()).unwrap();
    let line = |field: &str| {
        shelf
            .net_at(&format!("U1.GP{}", shelf.pico[field].gp))
            .unwrap()
            .to_owned()
    };
    let passed = |field: &str, kind: &str| -> Vec<String> {
        let passed = trace(&shelf, &line(field));
        passed
            .into_iter()
            .filter(|part| shelf.parts[part].0.is == kind)
            .collect()
    };
    let lights: Vec<_> = (0..LEVELS * SLOTS).map(|position| on(position, "LED1")).collect();
    assert_eq!(passed("lights", "pixel"), lights);
    let digits: Vec<_> = (0..LEVELS * SLOTS)
        .flat_map(|position| ["U1", "U2", "U3"].map(|digit| on(position, digit)))
        .collect();
    assert_eq!(passed("digits_data", "shift_register"), digits);
    // Each level's clock and latch are lifted anew.
    for position in 0..LEVELS * SLOTS {
        let level = position / SLOTS + 1;
        for (pin, name) in [("11", "CLOCK"), ("12", "LATCH")] {
            let net = shelf.net_of(&(on(position, "U1"), pin.into()));
            assert_eq!(net, Some(&*format!("L{level}_{name}")));
        }
    }
}

#[test]
fn h8_the_hung_shelf_breaks_no_rule() {
    let shelf = assemble(&library()).unwrap();
    assert_eq!(check(&shelf), []);
}

/// Resistor arrays are four separate resistors: bussed ones would light segments of each other.
#[test]
fn h8_a_bussed_array_is_no_array_of_ours() {
    let (_, array) = &circuit("position").parts["RN1"];
    assert_eq!(array.pairs.len(), 4);
    assert!(array.shop.contains("独立"));
}

/// Segments in the order of the firmware's bits: QA is a … QH the point.
#[test]
fn h8_each_output_lights_its_own_segment() {
    let board = circuit("position");
    for digit in 1..=3 {
        for (output, segment) in ["QA", "QB", "QC", "QD", "QE", "QF", "QG", "QH"]
            .into_iter()
            .zip(["a", "b", "c", "d", "e", "f", "g", "dp"])
        {
            let from = board.net_at(&format!("U{digit}.{output}")).unwrap();
            let to = board.net_at(&format!("DS{digit}.{segment}")).unwrap();
            assert!(wiring::check::conducts(&board, from, to), "{digit} {segment}");
        }
    }
}

/// A plug the wrong way round puts no supply on a ground: wire n meets wire 27 − n.
#[test]
fn h8_a_turned_plug_shorts_no_supply() {
    let board = circuit("position");
    let net = |wire: usize| board.net_of(&("J1".into(), wire.to_string())).unwrap().to_owned();
    for wire in 1..=RIBBON {
        let pair = [net(wire), net(RIBBON + 1 - wire)];
        assert!(pair != ["5V", "GND"] && pair != ["GND", "5V"], "{wire}");
    }
}

#[test]
fn h9_bias_holds_for_n_nodes() {
    // At the lowest supply, the bias resistors of 1 % at their worst.
    let worst = |loads, part| copper::bias(3.2, 390.0 * 1.01, 2, loads, part);
    for nodes in 1..=32 {
        assert!(worst(nodes + 1, 0.125) >= copper::RECEIVER, "{nodes}");
        assert!(worst(nodes + 1, 1.0) >= copper::RECEIVER, "{nodes} of whole loads");
    }
    // 120 Ω left on every module: 35 in parallel are 3.4 Ω.
    assert!(copper::bias(3.3, 390.0, 33, 33, 1.0) < 0.02);
    assert!(
        copper::bias(3.3, 560.0, 2, 33, 0.125) < copper::RECEIVER,
        "560 Ω are too many"
    );
    // The terminator is behind a cap, and off where none is set.
    for name in ["shelf", "scanner", "printer", "scale", "bridge"] {
        let circuit = circuit(name);
        assert_ne!(circuit.net_at("R9.2"), circuit.net_at("J2.B"), "{name}");
    }
}

#[test]
fn h9_a_node_in_reset_is_silent() {
    for name in ["shelf", "scanner", "printer", "scale", "bridge"] {
        let circuit = circuit(name);
        let enable = circuit.net_at("U3.DE");
        assert_eq!(enable, circuit.net_at("U3./RE"), "{name}");
        assert_eq!(enable, circuit.net_at("R2.1"), "{name}");
        assert_eq!(circuit.net_at("R2.2"), Some("GND"), "{name}");
        assert!(circuit.parts["R2"].0.ohms <= Some(4_700.0), "{name}");
    }
}

#[test]
fn h13_the_cells_supply_is_quiet_and_its_minus_is_ground() {
    let scale = circuit("scale");
    assert_eq!(scale.net_at("U6.E-"), Some("GND"));
    assert_eq!(scale.net_at("M1.black"), Some("GND"));
    let supply = scale.net_at("U6.VCC").unwrap();
    assert_ne!(supply, "3V3");
    assert_eq!(
        (scale.net_at("R7.2"), scale.net_at("C7.+")),
        (Some(supply), Some(supply))
    );
    assert_eq!(scale.parts["R7"].0.ohms, Some(10.0));
}

#[test]
fn h16_a_dip_resets_before_the_flash_misreads() {
    for name in ["shelf", "scanner", "printer", "scale", "bridge"] {
        let circuit = circuit(name);
        assert_eq!(circuit.net_at("U4.RESET"), circuit.net_at("U1.RUN"), "{name}");
        assert_eq!(circuit.net_at("U4.VCC"), circuit.net_at("U1.3V3"), "{name}");
    }
}

#[test]
fn h16_a_pressed_key_is_surely_low() {
    // All three keys of a position at once, by the sheet's worst figures and the chip as it starts.
    assert!(copper::sense_low(3, copper::SCHOTTKY, 4.0) < copper::SURELY_LOW);
    assert!(
        copper::sense_low(3, copper::SILICON, 4.0) > copper::SURELY_LOW,
        "why not 1N4148"
    );
    // Nine keys of a slot want the pins' full strength.
    assert!(copper::sense_low(9, copper::SCHOTTKY, 4.0) > copper::SURELY_LOW);
    assert!(copper::sense_low(9, copper::SCHOTTKY, 12.0) < copper::SURELY_LOW);
    let board = circuit("position");
    for diode in ["D1", "D2", "D3"] {
        assert_eq!(board.parts[diode].0.is, "schottky_signal");
    }
}

/// Between a hand and the chip stand a resistor and an array.
#[test]
fn h16_keys_are_guarded() {
    let guarded = |circuit: &Circuit, line: &str| {
        circuit.nets[line]
            .iter()
            .any(|(part, _)| circuit.parts[part].0.is == "esd")
    };
    for (name, line) in [("scanner", "KEY"), ("scale", "KEY"), ("printer", "COVER")] {
        assert!(guarded(&circuit(name), line), "{name}");
        assert_eq!(circuit(name).parts["R10"].0.ohms, Some(220.0), "{name}");
    }
    let shelf = circuit("shelf");
    for (field, pin) in &shelf.pico {
        let net = shelf.net_at(&format!("U1.GP{}", pin.gp));
        if field.starts_with("slot_") {
            assert!(guarded(&shelf, net.unwrap()), "{field}");
        } else if let Some(rest) = field.strip_prefix("sense_") {
            let line = format!("L{}", rest.to_uppercase());
            assert!(guarded(&shelf, &line), "{field}");
            assert!(wiring::check::conducts(&shelf, net.unwrap(), &line), "{field}");
            assert_ne!(net, Some(&*line), "{field}: 220 Ω between");
        }
    }
}

#[test]
fn h18_only_the_board_that_runs_is_named() {
    let (_, pico) = &circuit("scanner").parts["U1"];
    for not in ["Pico W", "Pico 2"] {
        assert!(pico.avoid.as_deref().unwrap().contains(not));
    }
}

/// What the rules say is read by people.
#[test]
fn each_rule_says_what_is_wrong() {
    assert_eq!(
        Broken::Rail("U1.VSYS".into(), [7.0, 7.35], [1.8, 5.5]).to_string(),
        "U1.VSYS gets 7.00 to 7.35 V and wants 1.8 to 5.5 V"
    );
}
