//! Electrical rules: what would burn a part, or leave a line to chance.

use std::collections::{BTreeMap, BTreeSet};

use crate::circuit::{At, Circuit, GROUND};
use crate::data::{Gives, Kind, Range, Role, Side, Through, ohms};

/// A rule that a circuit breaks.
#[derive(Clone, Debug, PartialEq)]
pub enum Broken {
    /// A pin is on no net and not left open on purpose.
    Unconnected(String),
    /// A pin is on two nets, or left open and on one.
    Twice(String),
    /// A net that ends nowhere.
    Alone(String),
    /// A pin that must stay alone does not.
    Connected(String),
    /// Two outputs work against each other.
    TwoOutputs(String, String),
    /// Nothing says what an input sees.
    NoDriver(String),
    /// A supply pin's net has no supply.
    NoSupply(String),
    /// A rail is outside what a part bears.
    Rail(String, Range, Range),
    /// More is drawn from a supply than it can give (A).
    Current(String, f64, f64),
    /// A line brings more volts than a pin bears.
    TooHigh(String, f64, f64),
    /// A line's one is too low for an input.
    TooLow(String, f64, f64),
    /// A polarised part is reversed.
    Reversed(String),
    /// No resistor holds a line, or it does not hold.
    Floats(String, String),
    /// A closed contact pulls nothing.
    NoFlow(String, String, String),
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unconnected(pin) => write!(f, "{pin} is not connected"),
            Self::Twice(pin) => write!(f, "{pin} is on two nets"),
            Self::Alone(net) => write!(f, "{net} ends nowhere"),
            Self::Connected(pin) => write!(f, "{pin} must stay open"),
            Self::TwoOutputs(one, other) => write!(f, "{one} and {other} drive the same line"),
            Self::NoDriver(pin) => write!(f, "nothing drives {pin}"),
            Self::NoSupply(pin) => write!(f, "{pin} has no supply"),
            Self::Rail(pin, [low, high], [least, most]) => {
                write!(f, "{pin} gets {low:.2} to {high:.2} V and wants {least} to {most} V")
            }
            Self::Current(net, drawn, given) => write!(f, "{net}: {drawn:.2} A drawn, {given:.2} A there"),
            Self::TooHigh(pin, volts, most) => write!(f, "{pin} sees {volts:.2} V and bears {most} V"),
            Self::TooLow(pin, volts, least) => write!(f, "{pin} sees a one of {volts:.2} V and wants {least} V"),
            Self::Reversed(part) => write!(f, "{part} is reversed"),
            Self::Floats(pin, why) => write!(f, "{pin} is not held: {why}"),
            Self::NoFlow(from, to, why) => write!(f, "no current can flow from {from} to {to}: {why}"),
        }
    }
}

/// All rules; an empty list is a good circuit.
#[must_use]
pub fn check(circuit: &Circuit) -> Vec<Broken> {
    let rails = rails(circuit);
    let mut broken = Vec::new();
    connections(circuit, &mut broken);
    supplies(circuit, &rails, &mut broken);
    currents(circuit, &rails, &mut broken);
    signals(circuit, &rails, &mut broken);
    polarity(circuit, &rails, &mut broken);
    held(circuit, &rails, &mut broken);
    for flows in &circuit.flows {
        if !conducts(circuit, &flows.from, &flows.to) {
            broken.push(Broken::NoFlow(flows.from.clone(), flows.to.clone(), flows.why.clone()));
        }
    }
    broken
}

/// Volts of each net that is a rail.
#[must_use]
pub fn rails(circuit: &Circuit) -> BTreeMap<String, Range> {
    let mut rails = BTreeMap::from([(GROUND.to_owned(), [0.0, 0.0])]);
    let widen = |rails: &mut BTreeMap<String, Range>, net: &str, [low, high]: Range| {
        let rail = rails.entry(net.to_owned()).or_insert([low, high]);
        let wider = [rail[0].min(low), rail[1].max(high)];
        let grew = wider != *rail;
        *rail = wider;
        grew
    };
    for outside in &circuit.outside {
        if let Some(volts) = outside.volts {
            widen(&mut rails, &outside.net, volts);
        }
    }
    for (net, pins) in &circuit.nets {
        for at in pins {
            if let Some(pin) = circuit.pin(at)
                && let (Kind::PowerOut, Some(volts)) = (pin.kind, pin.volts)
            {
                widen(&mut rails, net, volts);
            }
        }
    }
    // Each pass carries supplies one part further; there are fewer parts in a row than parts.
    for _ in 0..circuit.parts.len() {
        let mut grew = false;
        for (from, to, drop) in passages(circuit) {
            if let Some([low, high]) = rails.get(&from).copied()
                && !rails.contains_key(&to) | (to != GROUND)
            {
                let known = rails.contains_key(&to);
                grew |= widen(&mut rails, &to, [low - drop[1], high - drop[0]]) || !known;
            }
        }
        if !grew {
            break;
        }
    }
    rails
}

/// Where supply goes on: from net, to net, volts lost.
fn passages(circuit: &Circuit) -> Vec<(String, String, Range)> {
    let mut passages = Vec::new();
    for (designation, (_, part)) in &circuit.parts {
        for passes in &part.passes {
            let net = |name: &str| {
                part.pins_called(name)
                    .find_map(|pin| circuit.net_of(&(designation.clone(), pin.n.clone())))
            };
            if let (Some(from), Some(to)) = (net(&passes.from), net(&passes.to)) {
                passages.push((from.to_owned(), to.to_owned(), passes.drop));
            }
        }
    }
    passages.extend(
        circuit
            .rails
            .iter()
            .map(|rail| (rail.from.clone(), rail.net.clone(), rail.drop)),
    );
    passages
}

fn connections(circuit: &Circuit, broken: &mut Vec<Broken>) {
    let mut places: BTreeMap<&At, usize> = BTreeMap::new();
    for at in circuit.nets.values().flatten().chain(&circuit.open) {
        *places.entry(at).or_default() += 1;
    }
    for (designation, (_, part)) in &circuit.parts {
        for pin in &part.pins {
            let at = (designation.clone(), pin.n.clone());
            match (places.get(&at).copied().unwrap_or(0), pin.kind) {
                (0, Kind::NoConnect | Kind::Io) | (1, _)
                    if pin.kind != Kind::NoConnect || circuit.net_of(&at).is_none() => {}
                (0, _) => broken.push(Broken::Unconnected(circuit.words(&at))),
                (1, _) => broken.push(Broken::Connected(circuit.words(&at))),
                _ => broken.push(Broken::Twice(circuit.words(&at))),
            }
        }
    }
    for (net, pins) in &circuit.nets {
        if pins.len() < 2 {
            broken.push(Broken::Alone(net.clone()));
        }
    }
}

fn supplies(circuit: &Circuit, rails: &BTreeMap<String, Range>, broken: &mut Vec<Broken>) {
    for (net, at, pin) in each(circuit) {
        let (Kind::PowerIn, Some(wants)) = (pin.kind, pin.volts) else {
            continue;
        };
        match rails.get(net) {
            None => broken.push(Broken::NoSupply(circuit.words(at))),
            Some([low, high]) if *low < wants[0] || *high > wants[1] => {
                broken.push(Broken::Rail(circuit.words(at), [*low, *high], wants));
            }
            Some(_) => {}
        }
    }
}

fn each(circuit: &Circuit) -> impl Iterator<Item = (&String, &At, &crate::data::Pin)> {
    circuit.nets.iter().flat_map(move |(net, pins)| {
        pins.iter()
            .filter_map(move |at| circuit.pin(at).map(|pin| (net, at, pin)))
    })
}

/// What hangs on each source, itself and behind parts that pass supply on.
fn currents(circuit: &Circuit, rails: &BTreeMap<String, Range>, broken: &mut Vec<Broken>) {
    let passages = passages(circuit);
    let drawn = |source: &str| {
        let mut reached = BTreeSet::from([source]);
        let mut grown = true;
        while grown {
            grown = false;
            for (from, to, _) in &passages {
                grown |= reached.contains(from.as_str()) && to != GROUND && reached.insert(to);
            }
        }
        each(circuit)
            .filter(|(net, _, pin)| pin.kind == Kind::PowerIn && reached.contains(net.as_str()))
            .filter_map(|(_, _, pin)| pin.amps)
            .sum::<f64>()
    };
    let inner = each(circuit)
        .filter(|(_, _, pin)| pin.kind == Kind::PowerOut)
        .filter_map(|(net, _, pin)| Some((net, pin.amps?)));
    let outer = circuit
        .outside
        .iter()
        .filter_map(|outside| Some((&outside.net, outside.amps?)));
    for (net, given) in inner.chain(outer) {
        let sum = drawn(net);
        if rails.contains_key(net) && sum > given {
            broken.push(Broken::Current(net.clone(), sum, given));
        }
    }
}

/// Nets that resistors join to this one; rails end it.
fn group<'a>(circuit: &'a Circuit, rails: &BTreeMap<String, Range>, net: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![net];
    while let Some(net) = open.pop() {
        if rails.contains_key(net) || !reached.insert(net) {
            continue;
        }
        open.extend(resistors(circuit, net).map(|(_, other)| other));
    }
    reached
}

/// Resistors at a net: ohms, and the net at the other end.
fn resistors<'a>(circuit: &'a Circuit, net: &'a str) -> impl Iterator<Item = (f64, &'a str)> {
    links(circuit, net).filter_map(|(through, value, other)| (through == Through::Both).then_some((value, other)))
}

/// Parts that carry current away from a net: how, ohms, and the net at the other end.
fn links<'a>(circuit: &'a Circuit, net: &'a str) -> impl Iterator<Item = (Through, f64, &'a str)> {
    let pins = circuit.nets.get(net);
    pins.into_iter().flatten().flat_map(move |at| {
        let mut links = Vec::new();
        if let Some((fitted, part)) = circuit.parts.get(&at.0)
            && let Some(through) = part.through
        {
            for [one, other] in part.links() {
                let end = match through {
                    // The first pin of a diode is its cathode.
                    Through::Forward if at.1 == other => Some(one),
                    Through::Forward => None,
                    _ if at.1 == one => Some(other),
                    _ if at.1 == other => Some(one),
                    _ => None,
                };
                if let Some(net) = end.and_then(|end| circuit.net_of(&(at.0.clone(), end.to_owned()))) {
                    links.push((through, fitted.ohms.unwrap_or(0.0), net));
                }
            }
        }
        links
    })
}

/// Volts of an output's one: least and most.
fn one(circuit: &Circuit, rails: &BTreeMap<String, Range>, at: &At) -> Option<Range> {
    let pin = circuit.pin(at)?;
    match pin.gives.as_ref()? {
        Gives::Volts(volts) => Some([*volts, *volts]),
        Gives::Rail(name) => {
            let (_, part) = circuit.parts.get(&at.0)?;
            let supply = part.pins_called(name).next()?;
            rails.get(circuit.net_of(&(at.0.clone(), supply.n.clone()))?).copied()
        }
    }
}

fn signals(circuit: &Circuit, rails: &BTreeMap<String, Range>, broken: &mut Vec<Broken>) {
    for (net, pins) in &circuit.nets {
        let outputs: Vec<_> = pins.iter().filter(|at| circuit.kind(at) == Kind::Output).collect();
        if let [first, second, ..] = outputs[..] {
            broken.push(Broken::TwoOutputs(circuit.words(first), circuit.words(second)));
        }
        if let (Some(output), true) = (outputs.first(), rails.contains_key(net)) {
            broken.push(Broken::TwoOutputs(circuit.words(output), net.clone()));
        }
    }
    for (net, at, pin) in each(circuit) {
        let listens = matches!(circuit.kind(at), Kind::Input);
        if !listens && pin.max.is_none() {
            continue;
        }
        let Some(most) = pin.max else { continue };
        if let Some([_, high]) = rails.get(net) {
            if *high > most {
                broken.push(Broken::TooHigh(circuit.words(at), *high, most));
            }
            continue;
        }
        let group = group(circuit, rails, net);
        let mut driven = pin.pulled || circuit.use_of(at).is_some_and(|used| used.pulled);
        for other in &group {
            for (_, end) in resistors(circuit, other) {
                if let Some([_, high]) = rails.get(end) {
                    driven = true;
                    if *high > most {
                        broken.push(Broken::TooHigh(circuit.words(at), *high, most));
                    }
                }
            }
            for source in &circuit.nets[*other] {
                if circuit.kind(source) == Kind::Output {
                    driven = true;
                    let Some([low, high]) = one(circuit, rails, source) else {
                        continue;
                    };
                    if high > most {
                        broken.push(Broken::TooHigh(circuit.words(at), high, most));
                    }
                    if let Some(least) = pin.high.filter(|least| listens && low < *least) {
                        broken.push(Broken::TooLow(circuit.words(at), low, least));
                    }
                }
            }
            for outside in circuit.outside.iter().filter(|outside| outside.net == **other) {
                driven |= outside.gives.is_some();
                if let Some(volts) = outside.gives.filter(|volts| *volts > most) {
                    broken.push(Broken::TooHigh(circuit.words(at), volts, most));
                }
            }
        }
        if listens && !driven {
            broken.push(Broken::NoDriver(circuit.words(at)));
        }
    }
}

fn polarity(circuit: &Circuit, rails: &BTreeMap<String, Range>, broken: &mut Vec<Broken>) {
    for (designation, (fitted, part)) in &circuit.parts {
        let rail = |name: &str| {
            let pin = part.pins_called(name).next()?;
            let net = circuit.net_of(&(designation.clone(), pin.n.clone()))?;
            Some(rails.get(net).copied())
        };
        if let Some(polarity) = &part.polarity
            && let (Some(plus), Some(minus)) = (rail(&polarity.plus), rail(&polarity.minus))
        {
            // Where only one end is a rail, it is the upper one, or ground below.
            let reversed = match (plus, minus) {
                (Some(plus), Some(minus)) => plus[1] <= minus[1],
                (Some(plus), None) => plus[1] <= 0.0,
                (None, Some(minus)) => minus[1] > 0.0,
                (None, None) => false,
            };
            if reversed {
                broken.push(Broken::Reversed(designation.clone()));
            }
        }
        if fitted.role == Some(Role::Clamp)
            && let (Some(cathode), Some(anode)) = (rail("K"), rail("A"))
        {
            let conducts = anode.is_some_and(|anode| anode[1] > 0.0 && cathode.is_none_or(|k| k[1] <= anode[1]));
            if conducts {
                broken.push(Broken::Reversed(designation.clone()));
            }
        }
        if part.through == Some(Through::Forward) && !part.passes.is_empty() && backward(circuit, designation) {
            broken.push(Broken::Reversed(designation.clone()));
        }
    }
}

/// Whether a diode in a supply's way has the higher supply behind it: it would feed back, or nothing.
fn backward(circuit: &Circuit, diode: &str) -> bool {
    let mut without = circuit.clone();
    if let Some((_, part)) = without.parts.get_mut(diode) {
        part.passes.clear();
    }
    let rails = rails(&without);
    let most = |name: &str| {
        let (_, part) = circuit.parts.get(diode)?;
        let pin = part.pins_called(name).next()?;
        let net = circuit.net_of(&(diode.to_owned(), pin.n.clone()))?;
        Some(rails.get(net).map_or(0.0, |rail| rail[1]))
    };
    most("K") > most("A")
}

/// A line that a resistor must hold while nobody drives it.
struct Wish<'a> {
    net: &'a str,
    words: String,
    side: Side,
    /// Volts that are still low, or as far from the rail.
    below: f64,
    /// Amperes against which it must be held.
    leak: f64,
    /// Most ohms.
    most: f64,
    why: &'a str,
}

fn held(circuit: &Circuit, rails: &BTreeMap<String, Range>, broken: &mut Vec<Broken>) {
    let of_pins = each(circuit).filter_map(|(net, at, pin)| {
        Some(Wish {
            net,
            words: circuit.words(at),
            side: pin.idle?,
            below: pin.low.unwrap_or(0.8),
            leak: pin.leak,
            most: pin.most.unwrap_or(f64::INFINITY),
            why: "while the chip that drives it is in reset nothing else holds it",
        })
    });
    let of_nets = circuit.idle.iter().map(|idle| Wish {
        net: &idle.net,
        words: idle.net.clone(),
        side: idle.level,
        below: idle.below,
        leak: idle.leak,
        most: f64::INFINITY,
        why: &idle.why,
    });
    for wish in of_pins.chain(of_nets) {
        let conductance: f64 = resistors(circuit, wish.net)
            .filter(|(_, end)| match wish.side {
                Side::Low => *end == GROUND,
                Side::High => *end != GROUND && rails.contains_key(*end),
            })
            .map(|(value, _)| value.recip())
            .sum();
        let value = conductance.recip();
        let fault = if conductance == 0.0 {
            format!("no resistor to its idle side; {}", wish.why)
        } else if value > wish.most {
            format!("{} are more than {}", ohms(value), ohms(wish.most))
        } else if value * wish.leak > wish.below {
            let volts = value * wish.leak;
            format!(
                "{} leave it {volts:.2} V off, {} V are allowed",
                ohms(value),
                wish.below
            )
        } else {
            continue;
        };
        broken.push(Broken::Floats(wish.words, fault));
    }
}

/// Whether current can flow from a net to another through resistors, closed contacts, and diodes the right way round.
#[must_use]
pub fn conducts(circuit: &Circuit, from: &str, to: &str) -> bool {
    let rails = rails(circuit);
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(net) = open.pop() {
        if net == to {
            return true;
        }
        if rails.contains_key(net) || !reached.insert(net) {
            continue;
        }
        open.extend(links(circuit, net).map(|(_, _, end)| end));
    }
    false
}
