//! Drawings, firmware, emulated boards and pages say the same.

use std::collections::BTreeMap;

use wiring::circuit::Circuit;
use wiring::firmware::{IMAGES, emulated, fields};
use wiring::{netlist, pages, root};

use super::{BUILT, circuit, library};

#[test]
fn h8_pins_are_those_of_the_firmware() {
    let root = root().unwrap();
    for image in IMAGES {
        let circuit = circuit(image);
        let drawn: BTreeMap<_, _> = circuit.pico.iter().map(|(name, pin)| (name.clone(), pin.gp)).collect();
        let mut taken = BTreeMap::new();
        for field in fields(&root, image).unwrap() {
            assert_eq!(
                field.said,
                Some(field.pin),
                "{image}: what stands beside {}",
                field.name
            );
            taken.insert(field.name, field.pin);
        }
        if !drawn.contains_key("buzzer") {
            // Taken by every image; a shelf and a bridge have none.
            assert_eq!(taken.remove("buzzer"), Some(28), "{image}");
        }
        assert_eq!(drawn, taken, "{image}");
    }
}

#[test]
fn h8_pins_are_those_of_the_emulated_boards() {
    let root = root().unwrap();
    for image in IMAGES {
        let circuit = circuit(image);
        for (field, pin) in emulated(&root, image).unwrap() {
            if let Some(drawn) = circuit.pico.get(&field) {
                assert_eq!(drawn.gp, pin, "{image}: {field}");
            } else {
                assert_eq!(field, "buzzer", "{image}");
            }
        }
    }
}

/// Every pin that the firmware takes goes somewhere; none is drawn that it does not take.
#[test]
fn h8_every_pin_of_the_table_is_wired() {
    for image in IMAGES {
        let circuit = circuit(image);
        for (name, pin) in &circuit.pico {
            // LED and regulator are on the Pico; a bridge's UART0 is no bus.
            if name == "led" || name == "regulator" || (image == "bridge" && name == "bus_enable") {
                continue;
            }
            let net = circuit.net_at(&format!("U1.GP{}", pin.gp));
            assert!(net.is_some_and(|net| circuit.nets[net].len() > 1), "{image}: {name}");
        }
        for gp in 0..=28u8 {
            let drawn = circuit.net_at(&format!("U1.GP{gp}")).is_some();
            let taken = circuit.pico.values().any(|pin| pin.gp == gp);
            assert!(taken || !drawn, "{image}: GP{gp}");
        }
    }
}

#[test]
fn pages_are_in_step() {
    let (root, library) = (root().unwrap(), library());
    for page in pages::PAGES {
        let text = std::fs::read_to_string(root.join(page)).unwrap();
        let new = pages::rewritten(&library, page, &text).unwrap();
        assert!(new == text, "{page} is behind its data: cargo run -p wiring -- write");
    }
}

#[test]
fn a_marker_without_its_end_or_its_table_is_told() {
    let library = library();
    for text in ["<!-- wiring: ribbon -->\n", "<!-- wiring: nonsense -->\n<!-- end -->"] {
        assert!(pages::rewritten(&library, "page", text).is_err(), "{text}");
    }
}

/// Prices are written in tables for people; the sums are right.
#[test]
fn what_is_to_be_ordered_is_summed_right() {
    let library = library();
    let fen = |cell: &str| (cell.trim().trim_matches('*').parse::<f64>().unwrap() * 100.0).round() as u64;
    for name in IMAGES {
        let table = pages::section(&library, &format!("order {name}")).unwrap();
        let (mut sum, mut together) = (0, 0);
        for row in table.lines().skip(2) {
            let cells: Vec<_> = row.trim_matches('|').split('|').collect();
            if cells[0].contains("together") {
                together = fen(cells[4]);
            } else {
                assert_eq!(
                    cells[2].trim().parse::<u64>().unwrap() * fen(cells[3]),
                    fen(cells[4]),
                    "{row}"
                );
                sum += fen(cells[4]);
            }
        }
        assert_eq!((sum, sum > 0), (together, true), "{name}");
    }
}

#[test]
fn a_net_list_names_every_part_and_pin_once() {
    for name in BUILT {
        let circuit: Circuit = circuit(name);
        let text = netlist::kicad(&circuit);
        let mut depth = 0i32;
        let mut quoted = false;
        for letter in text.chars() {
            quoted ^= letter == '"';
            if !quoted {
                depth += i32::from(letter == '(') - i32::from(letter == ')');
            }
            assert!(depth >= 0);
        }
        assert_eq!((depth, quoted), (0, false), "{name}");
        assert_eq!(text.matches("(comp ").count(), circuit.parts.len());
        let pins: usize = circuit.nets.values().map(std::collections::BTreeSet::len).sum();
        assert_eq!(text.matches("(node ").count(), pins);
    }
    let position = netlist::kicad(&circuit("position"));
    assert!(position.starts_with("(export (version \"E\")\n"));
    assert!(position.contains("(comp (ref \"D1\") (value \"Schottky diode BAT43\") (footprint \"Diode_THT:D_DO-35_SOD27_P7.62mm_Horizontal\"))"));
}
