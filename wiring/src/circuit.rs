//! One circuit with its blocks put in, every pin on its net.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Extra, Fault, Fitted, Flows, Idle, Kind, Library, Outside, Part, PicoPin, Pin, Rail, Way};

/// The ground's net, in every circuit.
pub const GROUND: &str = "GND";
/// The Pico's designation, in every circuit that has one.
pub const PICO: &str = "U1";

/// A pin on a board: designation and number.
pub type At = (String, String);

/// A circuit.
#[derive(Clone, Debug)]
pub struct Circuit {
    /// Its file's name.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// What it is, in half a line.
    pub about: String,
    /// Parts and their kinds, by designation.
    pub parts: BTreeMap<String, (Fitted, Part)>,
    /// Pins of each net.
    pub nets: BTreeMap<String, BTreeSet<At>>,
    /// Pins that stay open.
    pub open: BTreeSet<At>,
    /// The Pico's pins, by the firmware's names.
    pub pico: BTreeMap<String, PicoPin>,
    /// Nets that must be held.
    pub idle: Vec<Idle>,
    /// What comes from outside.
    pub outside: Vec<Outside>,
    /// Contacts that must work.
    pub flows: Vec<Flows>,
    /// Rails behind resistors.
    pub rails: Vec<Rail>,
    /// What is bought along.
    pub extras: Vec<Extra>,
}

impl Circuit {
    /// Puts a circuit of the library together.
    ///
    /// # Errors
    /// It names a part, pin or circuit that is not there, or one designation twice.
    pub fn of(library: &Library, name: &str) -> Result<Self, Fault> {
        let mut circuit = Self {
            name: name.into(),
            title: String::new(),
            about: String::new(),
            parts: BTreeMap::new(),
            nets: BTreeMap::new(),
            open: BTreeSet::new(),
            pico: BTreeMap::new(),
            idle: Vec::new(),
            outside: Vec::new(),
            flows: Vec::new(),
            rails: Vec::new(),
            extras: Vec::new(),
        };
        let mut lines = Vec::new();
        circuit.put_in(library, name, &BTreeMap::new(), &mut lines)?;
        // Pins are looked up when all parts are there: a block speaks of its user's Pico.
        for (net, pins) in &lines {
            for pin in pins.split_whitespace() {
                let found = circuit.find(pin)?;
                circuit.nets.entry(net.clone()).or_default().extend(found);
            }
        }
        let open: Vec<_> = lines_of_open(library, name);
        for pin in open {
            let found = circuit.find(&pin)?;
            circuit.open.extend(found);
        }
        Ok(circuit)
    }

    fn put_in(
        &mut self,
        library: &Library,
        name: &str,
        join: &BTreeMap<String, String>,
        lines: &mut Vec<(String, String)>,
    ) -> Result<(), Fault> {
        let sheet = library
            .sheets
            .get(name)
            .ok_or_else(|| self.fault(format!("no circuit is called {name}")))?;
        let here = |net: &String| join.get(net).unwrap_or(net).clone();
        self.title.clone_from(&sheet.title);
        self.about.clone_from(&sheet.about);
        for block in &sheet.blocks {
            let (title, about) = (self.title.clone(), self.about.clone());
            self.put_in(library, &block.name, &block.join, lines)?;
            (self.title, self.about) = (title, about);
        }
        for (designation, fitted) in &sheet.parts {
            let part = library
                .parts
                .get(&fitted.is)
                .ok_or_else(|| self.fault(format!("{designation}: no part is called {}", fitted.is)))?;
            let before = self.parts.insert(designation.clone(), (fitted.clone(), part.clone()));
            if before.is_some() {
                return Err(self.fault(format!("{designation} is there twice")));
            }
        }
        lines.extend(sheet.nets.iter().map(|(net, pins)| (here(net), pins.clone())));
        self.pico.extend(sheet.pico.clone());
        self.idle.extend(sheet.idle.iter().cloned().map(|mut idle| {
            idle.net = here(&idle.net);
            idle
        }));
        self.outside.extend(sheet.outside.iter().cloned().map(|mut outside| {
            outside.net = here(&outside.net);
            outside
        }));
        self.flows.extend(sheet.flows.iter().cloned().map(|mut flows| {
            flows.from = here(&flows.from);
            flows.to = here(&flows.to);
            flows
        }));
        self.rails.extend(sheet.rail.iter().cloned().map(|mut rail| {
            rail.net = here(&rail.net);
            rail.from = here(&rail.from);
            rail
        }));
        self.extras.extend(sheet.extra.clone());
        Ok(())
    }

    fn fault(&self, what: String) -> Fault {
        Fault::Circuit {
            circuit: self.name.clone(),
            what,
        }
    }

    /// The pins that `U1.GND` stands for.
    fn find(&self, text: &str) -> Result<Vec<At>, Fault> {
        let (designation, pin) = text
            .split_once('.')
            .ok_or_else(|| self.fault(format!("{text} is no part and pin")))?;
        let (_, part) = self
            .parts
            .get(designation)
            .ok_or_else(|| self.fault(format!("{text}: there is no {designation}")))?;
        let found: Vec<_> = part
            .pins_called(pin)
            .map(|pin| (designation.to_owned(), pin.n.clone()))
            .collect();
        if found.is_empty() {
            return Err(self.fault(format!("{text}: {} has no such pin", part.name)));
        }
        Ok(found)
    }

    /// The kind of a pin.
    #[must_use]
    pub fn pin(&self, at: &At) -> Option<&Pin> {
        self.parts.get(&at.0)?.1.pins.iter().find(|pin| pin.n == at.1)
    }

    /// What a pin is to its net; the Pico's pins as the program uses them.
    #[must_use]
    pub fn kind(&self, at: &At) -> Kind {
        let Some(pin) = self.pin(at) else {
            return Kind::NoConnect;
        };
        match (pin.kind, self.use_of(at).map(|used| used.way)) {
            (Kind::Io, Some(Way::Out)) => Kind::Output,
            (Kind::Io, Some(Way::In)) => Kind::Input,
            (Kind::Io, Some(Way::Analog)) => Kind::Passive,
            (kind, _) => kind,
        }
    }

    /// What the program uses a pin of the Pico for.
    #[must_use]
    pub fn use_of(&self, at: &At) -> Option<&PicoPin> {
        let gp = self.pin(at)?.name.as_deref()?.strip_prefix("GP")?.parse().ok()?;
        (at.0 == PICO)
            .then(|| self.pico.values().find(|used| used.gp == gp))
            .flatten()
    }

    /// The net of a pin.
    #[must_use]
    pub fn net_of(&self, at: &At) -> Option<&str> {
        self.nets
            .iter()
            .find(|(_, pins)| pins.contains(at))
            .map(|(net, _)| net.as_str())
    }

    /// The net of `U1.GP0`.
    #[must_use]
    pub fn net_at(&self, text: &str) -> Option<&str> {
        self.net_of(self.find(text).ok()?.first()?)
    }

    /// Makes one net of two.
    pub fn join(&mut self, into: &str, from: &str) {
        if into == from {
            return;
        }
        if let Some(pins) = self.nets.remove(from) {
            self.nets.entry(into.to_owned()).or_default().extend(pins);
        }
        let rename = |net: &mut String| {
            if net == from {
                into.clone_into(net);
            }
        };
        self.idle.iter_mut().for_each(|idle| rename(&mut idle.net));
        self.outside.iter_mut().for_each(|outside| rename(&mut outside.net));
        for flows in &mut self.flows {
            rename(&mut flows.from);
            rename(&mut flows.to);
        }
        for rail in &mut self.rails {
            rename(&mut rail.net);
            rename(&mut rail.from);
        }
    }

    /// A pin in words: `U1.GP0`.
    #[must_use]
    pub fn words(&self, at: &At) -> String {
        format!("{}.{}", at.0, self.pin(at).map_or(at.1.as_str(), Pin::label))
    }
}

/// Pins left open by a circuit and its blocks.
fn lines_of_open(library: &Library, name: &str) -> Vec<String> {
    let Some(sheet) = library.sheets.get(name) else {
        return Vec::new();
    };
    let mut open = sheet.open.clone();
    for block in &sheet.blocks {
        open.extend(lines_of_open(library, &block.name));
    }
    open
}
