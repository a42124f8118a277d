//! A shelf as it hangs: the carrier and its 24 position boards joined by ribbons, caps set, and lines followed through it.

use std::collections::BTreeSet;

use crate::check::{conducts, rails};
use crate::circuit::{At, Circuit};
use crate::data::{Fault, Kind, Library, Through};

/// Levels of a shelf.
pub const LEVELS: usize = 3;
/// Slots of each level.
pub const SLOTS: usize = 8;
/// Wires of the ribbon.
pub const RIBBON: usize = 26;
/// The slot at whose board a level's feed comes in.
pub const FED: usize = 4;

/// The shelf, every cap where `docs/wiring.md` says.
///
/// # Errors
/// A circuit is faulty.
pub fn assemble(library: &Library) -> Result<Circuit, Fault> {
    let mut shelf = Circuit::of(library, "shelf")?;
    let board = Circuit::of(library, "position")?;
    for position in 0..LEVELS * SLOTS {
        hang(&mut shelf, &board, position);
    }
    for position in 0..LEVELS * SLOTS {
        let (level, slot) = (position / SLOTS + 1, position % SLOTS + 1);
        let before = if slot == 1 {
            format!("J1{level}")
        } else {
            on(position - 1, "J2")
        };
        for wire in 1..=RIBBON {
            plug(&mut shelf, &before, &on(position, "J1"), &wire.to_string());
        }
        if slot == FED {
            for pole in ["1", "2"] {
                plug(&mut shelf, &format!("J2{level}"), &on(position, "J3"), pole);
            }
        }
        cap(&mut shelf, &on(position, "JP1"), 2 * slot - 1, 2 * slot);
        if slot == SLOTS {
            cap(&mut shelf, &on(position, "JP2"), 1, 2);
            cap(&mut shelf, &on(position, "JP3"), 1, 2);
        }
    }
    Ok(shelf)
}

/// A designation on the board of a position.
#[must_use]
pub fn on(position: usize, designation: &str) -> String {
    format!("P{position:02}_{designation}")
}

/// Adds a board, joined to nothing.
fn hang(shelf: &mut Circuit, board: &Circuit, position: usize) {
    for (designation, part) in &board.parts {
        shelf.parts.insert(on(position, designation), part.clone());
    }
    for (net, pins) in &board.nets {
        let pins = pins.iter().map(|(part, pin)| (on(position, part), pin.clone()));
        shelf.nets.insert(on(position, net), pins.collect());
    }
    for outside in &board.outside {
        if outside.volts.is_some() {
            let mut outside = outside.clone();
            outside.net = on(position, &outside.net);
            shelf.outside.push(outside);
        }
    }
}

/// Joins the same pin of two connectors; what is open at one of them stays so.
fn plug(shelf: &mut Circuit, one: &str, other: &str, pin: &str) {
    join(shelf, &(one.into(), pin.into()), &(other.into(), pin.into()));
}

fn cap(shelf: &mut Circuit, jumper: &str, one: usize, other: usize) {
    join(
        shelf,
        &(jumper.into(), one.to_string()),
        &(jumper.into(), other.to_string()),
    );
}

fn join(shelf: &mut Circuit, one: &At, other: &At) {
    if let (Some(one), Some(other)) = (
        shelf.net_of(one).map(str::to_owned),
        shelf.net_of(other).map(str::to_owned),
    ) {
        shelf.join(&one, &other);
    }
}

/// Which output follows which input of a part.
const THROUGH: [(&str, &str); 6] = [
    ("DIN", "DOUT"),
    ("SER", "QH'"),
    ("A1", "Y1"),
    ("A2", "Y2"),
    ("A3", "Y3"),
    ("A4", "Y4"),
];

/// The parts that a chain's signal goes through, in its order, from a net on.
#[must_use]
pub fn trace(circuit: &Circuit, from: &str) -> Vec<String> {
    let rails = rails(circuit);
    let mut passed = Vec::new();
    let mut seen = BTreeSet::new();
    let mut net = from.to_owned();
    while seen.insert(net.clone()) {
        let Some(pins) = circuit.nets.get(&net) else { break };
        let mut next = None;
        for at in pins {
            let Some((fitted, part)) = circuit.parts.get(&at.0) else {
                continue;
            };
            let label = circuit.pin(at).map_or("", |pin| pin.label());
            let far = if let Some((_, output)) = THROUGH.iter().find(|(input, _)| *input == label) {
                part.pins_called(output).next().map(|pin| pin.n.clone())
            } else if part.through == Some(Through::Both) && fitted.ohms.is_some() {
                part.links()
                    .into_iter()
                    .find_map(|[one, other]| (at.1 == one).then_some(other).or((at.1 == other).then_some(one)))
                    .map(str::to_owned)
            } else {
                None
            };
            let far = far.and_then(|far| circuit.net_of(&(at.0.clone(), far)).map(str::to_owned));
            if let Some(far) = far
                && !rails.contains_key(&far)
                && !seen.contains(&far)
            {
                passed.push(at.0.clone());
                next = Some(far);
            }
        }
        let Some(far) = next else {
            break;
        };
        net = far;
    }
    // The chain's last part has nothing behind it.
    if let Some(pins) = circuit.nets.get(&net) {
        let last = pins
            .iter()
            .find(|at| circuit.kind(at) == Kind::Input && !passed.contains(&at.0));
        passed.extend(last.map(|at| at.0.clone()));
    }
    passed
}

/// The slot lines (GP) to which a sense line (GP) is pulled when all keys are down.
#[must_use]
pub fn slots_of(shelf: &Circuit, sense: &str, slots: &[&str]) -> Vec<String> {
    slots
        .iter()
        .filter(|slot| conducts(shelf, sense, slot))
        .map(|slot| (*slot).to_owned())
        .collect()
}
