//! The check finds what it is there for: a good circuit with one fault planted.

use wiring::check::{Broken, check};
use wiring::circuit::{At, Circuit};
use wiring::data::{Gives, Kind};
use wiring::shelf::{assemble, on, slots_of, trace};

use super::{circuit, library};

fn at(text: &str) -> At {
    let (part, pin) = text.split_once('.').unwrap();
    (part.into(), pin.into())
}

/// The same circuit with a pin (by number) on another line.
fn moved(mut circuit: Circuit, pin: &str, net: &str) -> Circuit {
    let pin = at(pin);
    circuit.nets.values_mut().for_each(|pins| {
        pins.remove(&pin);
    });
    circuit.nets.entry(net.into()).or_default().insert(pin);
    circuit
}

/// … with two pins' places changed.
fn swapped(circuit: Circuit, one: &str, other: &str) -> Circuit {
    let (first, second) = (
        circuit.net_of(&at(one)).unwrap().to_owned(),
        circuit.net_of(&at(other)).unwrap().to_owned(),
    );
    moved(moved(circuit, one, &second), other, &first)
}

/// … without a part.
fn without(mut circuit: Circuit, part: &str) -> Circuit {
    circuit.parts.remove(part).unwrap();
    circuit
        .nets
        .values_mut()
        .for_each(|pins| pins.retain(|(designation, _)| designation != part));
    circuit
}

fn supplied(mut circuit: Circuit, net: &str, volts: [f64; 2]) -> Circuit {
    let outside = circuit.outside.iter_mut().find(|outside| outside.net == net).unwrap();
    outside.volts = Some(volts);
    circuit
}

fn found(circuit: &Circuit, sought: impl Fn(&Broken) -> bool) {
    let broken = check(circuit);
    assert!(broken.iter().any(sought), "{broken:?}");
}

#[test]
fn a_rail_of_7_4_v_on_vsys() {
    found(
        &supplied(circuit("scanner"), "5V_IN", [7.3, 7.5]),
        |broken| matches!(broken, Broken::Rail(pin, [_, high], _) if pin == "U1.VSYS" && *high > 7.0),
    );
}

/// As the drawing had it before: one supply for head and Pico.
#[test]
fn h1_one_supply_for_head_and_pico() {
    let mut printer = circuit("printer");
    printer.join("5V_IN", "VH_IN");
    found(
        &printer,
        |broken| matches!(broken, Broken::Rail(pin, ..) if pin == "U1.VSYS"),
    );
    found(
        &supplied(circuit("printer"), "VH_IN", [4.9, 5.25]),
        |broken| matches!(broken, Broken::Rail(pin, ..) if pin == "M1.VP"),
    );
    found(
        &moved(circuit("printer"), "M1.VDD", "V5"),
        |broken| matches!(broken, Broken::Rail(pin, ..) if pin == "M1.VDD"),
    );
}

#[test]
fn a_diode_the_wrong_way_round() {
    found(&swapped(circuit("scanner"), "D1.1", "D1.2"), |broken| {
        *broken == Broken::Reversed("D1".into())
    });
    found(&swapped(circuit("scanner"), "D6.1", "D6.2"), |broken| {
        *broken == Broken::Reversed("D6".into())
    });
    found(&swapped(circuit("scanner"), "D2.1", "D2.2"), |broken| {
        *broken == Broken::Reversed("D2".into())
    });
    found(&swapped(circuit("printer"), "C7.1", "C7.2"), |broken| {
        *broken == Broken::Reversed("C7".into())
    });
    found(
        &swapped(circuit("position"), "D2.1", "D2.2"),
        |broken| matches!(broken, Broken::NoFlow(from, ..) if from == "PLUS"),
    );
}

#[test]
fn a_resistor_that_holds_a_line_is_missing_or_too_large() {
    let floats = |pin: &'static str| move |broken: &Broken| matches!(broken, Broken::Floats(line, _) if line == pin);
    found(&without(circuit("printer"), "R23"), floats("M1.DST3"));
    found(&without(circuit("printer"), "R14"), floats("GP20"));
    found(&without(circuit("scanner"), "R2"), floats("U3.DE"));
    let resistor = |name, part: &str, ohms| {
        let mut circuit = circuit(name);
        circuit.parts.get_mut(part).unwrap().0.ohms = Some(ohms);
        circuit
    };
    found(&resistor("scanner", "R2", 47_000.0), floats("U3.DE"));
    // As it was drawn: the head's own pull-up of up to 120 µA lifts the line to 1.2 V.
    found(&resistor("printer", "R21", 10_000.0), floats("M1.DST1"));
    let mut pulled_up = circuit("scanner");
    pulled_up = moved(pulled_up, "R2.2", "3V3");
    found(&pulled_up, floats("U3.DE"));
}

#[test]
fn volts_that_a_pin_of_the_pico_does_not_bear() {
    let too_high = |pin: &'static str| move |broken: &Broken| matches!(broken, Broken::TooHigh(at, ..) if at == pin);
    // An HX711 or a transceiver at 5 V gives 5 V.
    found(&moved(circuit("scale"), "U6.1", "V5"), too_high("U1.GP4"));
    found(&moved(circuit("scanner"), "U3.8", "V5"), too_high("U1.GP1"));
    // A pull-up to the wrong rail.
    found(&moved(circuit("shelf"), "R30.2", "5V_L1"), too_high("U1.GP4"));
    let mut decoder = circuit("scanner");
    let (_, part) = decoder.parts.get_mut("M1").unwrap();
    part.pins.iter_mut().find(|pin| pin.n == "2").unwrap().gives = Some(Gives::Volts(5.0));
    found(&decoder, too_high("U1.GP5"));
}

#[test]
fn a_level_shifter_left_out() {
    let mut scanner = circuit("scanner");
    scanner = moved(scanner, "LED1.4", "GP16");
    found(
        &scanner,
        |broken| matches!(broken, Broken::TooLow(pin, ..) if pin == "LED1.DIN"),
    );
}

#[test]
fn lines_that_do_not_fit() {
    found(&moved(circuit("scanner"), "M1.2", "GP4"), |broken| {
        matches!(broken, Broken::TwoOutputs(..))
    });
    found(
        &moved(circuit("scanner"), "U1.6", "GND"),
        |broken| matches!(broken, Broken::TwoOutputs(pin, _) if pin == "U1.GP4"),
    );
    let mut open = circuit("position");
    open.nets.get_mut("LATCH").unwrap().remove(&at("U2.12"));
    found(&open, |broken| *broken == Broken::Unconnected("U2.RCLK".into()));
    found(&without(circuit("scale"), "U6"), |broken| {
        *broken == Broken::Alone("GP4".into())
    });
    let mut deaf = circuit("position");
    deaf.outside.retain(|outside| outside.net != "CLOCK");
    found(&deaf, |broken| *broken == Broken::NoDriver("U1.SRCLK".into()));
    let mut twice = circuit("position");
    twice.nets.get_mut("LATCH").unwrap().insert(at("U2.11"));
    found(&twice, |broken| *broken == Broken::Twice("U2.SRCLK".into()));
    let mut dark = circuit("position");
    dark.outside.retain(|outside| outside.net != "5V");
    found(&dark, |broken| *broken == Broken::NoSupply("U1.VCC".into()));
    let mut kept = circuit("position");
    let (_, part) = kept.parts.get_mut("U1").unwrap();
    part.pins.iter_mut().find(|pin| pin.n == "9").unwrap().kind = Kind::NoConnect;
    found(&kept, |broken| *broken == Broken::Connected("U1.QH'".into()));
}

#[test]
fn more_current_than_there_is() {
    let mut level = circuit("position");
    let feed = level.outside.iter_mut().find(|outside| outside.net == "5V").unwrap();
    feed.amps = Some(0.1);
    found(
        &level,
        |broken| matches!(broken, Broken::Current(net, ..) if net == "5V"),
    );
}

/// Two wires changed at one header of the carrier: found as the shelf hangs, not on either board alone.
#[test]
fn a_ribbon_wired_crosswise() {
    let crossed = |one: &str, other: &str| {
        let mut library = library();
        let sheet = library.sheets.get_mut("shelf").unwrap();
        for pins in sheet.nets.values_mut() {
            let changed = pins.split(' ').map(|pin| match pin {
                pin if pin == one => other,
                pin if pin == other => one,
                pin => pin,
            });
            *pins = changed.collect::<Vec<_>>().join(" ");
        }
        assemble(&library).unwrap()
    };
    // Slots 1 and 2 of level 2: only slot 2's key is left, and it is found at slot 1's pin.
    let mut slots = crossed("J12.17", "J12.18");
    for (designation, (_, part)) in &mut slots.parts {
        if part.pins.len() == 2 && *designation != on(9, "S1") && part.through == Some(wiring::data::Through::Contact) {
            part.through = None;
        }
    }
    let sense = slots.net_at("U1.GP7").unwrap().to_owned();
    let first = slots.net_at("U1.GP13").unwrap().to_owned();
    assert_eq!(slots_of(&slots, &sense, &[&first]).len(), 1);
    // Light and data of level 1: the light's line ends in the digits.
    let swapped = crossed("J11.4", "J11.11");
    let lights = trace(&swapped, swapped.net_at("U1.GP16").unwrap());
    assert!(!lights.contains(&on(0, "LED1")), "{lights:?}");
    // Clock against ground.
    let shorted = crossed("J11.7", "J11.8");
    assert_ne!(check(&shorted), []);
}
