//! The files as they are written: kinds of parts, and circuits made of them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

/// Least and most.
pub type Range = [f64; 2];

/// A file that is not as it must be.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Started otherwise than by cargo.
    #[error("run it by cargo, in its checkout: cargo run -p wiring -- …")]
    NotByCargo,
    /// A file can't be read or written.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// A file is no TOML of this form.
    #[error("{0}: {1}")]
    Form(String, Box<toml::de::Error>),
    /// A circuit names what is not there.
    #[error("{circuit}: {what}")]
    Circuit {
        /// The circuit's name.
        circuit: String,
        /// What is wrong.
        what: String,
    },
    /// A page lacks a marker, or has one for what is not known.
    #[error("{page}: {what}")]
    Page {
        /// The page.
        page: String,
        /// What is wrong.
        what: String,
    },
}

/// What a pin is to its net.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Takes supply.
    #[serde(rename = "power in")]
    PowerIn,
    /// Gives supply.
    #[serde(rename = "power out")]
    PowerOut,
    /// Listens.
    Input,
    /// Drives high and low.
    Output,
    /// Pulls down or lets go.
    #[serde(rename = "open drain")]
    OpenDrain,
    /// Either, as the program says.
    Io,
    /// Neither.
    Passive,
    /// Must stay alone.
    #[serde(rename = "no connect")]
    NoConnect,
}

/// Volts of an output's one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Gives {
    /// So many.
    Volts(f64),
    /// Those of the rail at this pin of the same part.
    Rail(String),
}

/// The side to which a resistor must hold a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Ground.
    Low,
    /// A rail.
    High,
}

/// A pin of a kind of part.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// Its number, as the footprint has it.
    pub n: String,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// What it is to its net.
    pub kind: Kind,
    /// Volts it bears (power in) or gives (power out).
    pub volts: Option<Range>,
    /// Amperes it draws or can give.
    pub amps: Option<f64>,
    /// Most volts it bears.
    pub max: Option<f64>,
    /// Volts it takes for a one.
    pub high: Option<f64>,
    /// Volts of its one.
    pub gives: Option<Gives>,
    /// The side to which a resistor must hold it.
    pub idle: Option<Side>,
    /// Volts it takes for a zero.
    pub low: Option<f64>,
    /// Amperes out of it while it is low.
    #[serde(default)]
    pub leak: f64,
    /// Most ohms of the resistor that holds it.
    pub most: Option<f64>,
    /// It has a pull of its own.
    #[serde(default)]
    pub pulled: bool,
}

impl Pin {
    /// Its name, or its number.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.n)
    }
}

/// The supply goes on from a pin to another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passes {
    /// From here …
    pub from: String,
    /// … to here …
    pub to: String,
    /// … less so many volts.
    pub drop: Range,
}

/// How signals go through a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Through {
    /// Both ways, always: a resistor.
    Both,
    /// Both ways while closed: a key, a jumper.
    Contact,
    /// From A to K: a diode.
    Forward,
}

/// Plus and minus of a part that must not be reversed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Polarity {
    /// The pin at the higher voltage.
    pub plus: String,
    /// The pin at the lower.
    pub minus: String,
}

/// A kind of part.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What it is.
    pub name: String,
    /// Words that find it in a shop.
    pub shop: String,
    /// What not to buy.
    pub avoid: Option<String>,
    /// ¥ for one.
    pub price: f64,
    /// KiCad's footprint.
    pub footprint: String,
    /// Where the numbers are from.
    pub sheet: Option<String>,
    /// Its pins.
    pub pins: Vec<Pin>,
    /// Supply that goes through it.
    #[serde(default)]
    pub passes: Vec<Passes>,
    /// Signals that go through it.
    pub through: Option<Through>,
    /// Pins that belong together; without, the first and the last.
    #[serde(default)]
    pub pairs: Vec<[String; 2]>,
    /// What must not be reversed.
    pub polarity: Option<Polarity>,
}

impl Part {
    /// The pins of this name, or the pin of this number.
    pub fn pins_called<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Pin> {
        let named = self.pins.iter().any(|pin| pin.name.as_deref() == Some(name));
        self.pins.iter().filter(move |pin| {
            if named {
                pin.name.as_deref() == Some(name)
            } else {
                pin.n == name
            }
        })
    }

    /// Pairs of pin numbers between which signals go.
    #[must_use]
    pub fn links(&self) -> Vec<[&str; 2]> {
        if !self.pairs.is_empty() {
            return self.pairs.iter().map(|[a, b]| [a.as_str(), b.as_str()]).collect();
        }
        match (self.pins.first(), self.pins.last()) {
            (Some(first), Some(last)) => vec![[&first.n, &last.n]],
            _ => Vec::new(),
        }
    }
}

/// What a diode is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Blocks, except for what comes from a coil.
    Clamp,
}

/// A part on a board.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fitted {
    /// Its kind.
    pub is: String,
    /// Its value, as it is printed.
    pub value: Option<String>,
    /// A resistor's value.
    pub ohms: Option<f64>,
    /// What a diode is there for.
    #[serde(rename = "as")]
    pub role: Option<Role>,
    /// What it is there for.
    pub why: Option<String>,
}

impl Fitted {
    /// Its value in words.
    #[must_use]
    pub fn value(&self) -> Option<String> {
        self.value.clone().or_else(|| self.ohms.map(ohms))
    }
}

/// Ohms in words.
#[must_use]
pub fn ohms(value: f64) -> String {
    if value >= 1_000.0 {
        format!("{} kΩ", value / 1_000.0)
    } else {
        format!("{value} Ω")
    }
}

/// Which way a pin of the Pico works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// It drives.
    Out,
    /// It listens.
    In,
    /// Its voltage is read.
    Analog,
}

/// A pin of the Pico, under the name that the firmware gives it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PicoPin {
    /// GP so and so.
    pub gp: u8,
    /// Which way it works.
    pub way: Way,
    /// The chip's own pull-up holds it.
    #[serde(default)]
    pub pulled: bool,
    /// What it is.
    pub what: String,
}

/// Another circuit put in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Its file.
    #[serde(rename = "use")]
    pub name: String,
    /// Its nets that have another name here.
    #[serde(default)]
    pub join: BTreeMap<String, String>,
}

/// A net that something must hold while nobody drives it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Idle {
    /// The net.
    pub net: String,
    /// To this side.
    pub level: Side,
    /// Within so many volts of it …
    pub below: f64,
    /// … against so many amperes.
    pub leak: f64,
    /// What happens otherwise.
    pub why: String,
}

/// What comes over a connector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outside {
    /// To this net.
    pub net: String,
    /// Supply of so many volts …
    pub volts: Option<Range>,
    /// … and so many amperes at most.
    pub amps: Option<f64>,
    /// A signal whose one has so many volts.
    pub gives: Option<f64>,
}

/// A closed contact must carry current from a net to another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flows {
    /// From here …
    pub from: String,
    /// … to here.
    pub to: String,
    /// What for.
    pub why: String,
}

/// A rail that another feeds through a resistor.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rail {
    /// The net.
    pub net: String,
    /// Its source.
    pub from: String,
    /// Volts lost on the way.
    pub drop: Range,
    /// Why so many.
    pub why: String,
}

/// What is bought along: boards, cables, boxes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// What it is.
    pub name: String,
    /// Words that find it in a shop.
    pub shop: String,
    /// What not to buy.
    pub avoid: Option<String>,
    /// ¥ for one.
    pub price: f64,
    /// How many.
    pub count: u32,
}

/// A circuit's file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Its name for people.
    pub title: String,
    /// What it is, in half a line.
    #[serde(default)]
    pub about: String,
    /// Pins that stay open, on purpose.
    #[serde(default)]
    pub open: Vec<String>,
    /// Circuits put in.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// The Pico's pins, by the firmware's names.
    #[serde(default)]
    pub pico: BTreeMap<String, PicoPin>,
    /// Parts by their designation.
    #[serde(default)]
    pub parts: BTreeMap<String, Fitted>,
    /// Pins on each net, `U1.GP0 J4.TX`.
    #[serde(default)]
    pub nets: BTreeMap<String, String>,
    /// Nets that must be held.
    #[serde(default)]
    pub idle: Vec<Idle>,
    /// What comes from outside.
    #[serde(default)]
    pub outside: Vec<Outside>,
    /// Contacts that must work.
    #[serde(default)]
    pub flows: Vec<Flows>,
    /// Rails behind resistors.
    #[serde(default)]
    pub rail: Vec<Rail>,
    /// What is bought along.
    #[serde(default)]
    pub extra: Vec<Extra>,
}

/// All files of the folder.
#[derive(Clone, Debug)]
pub struct Library {
    /// Kinds of parts.
    pub parts: BTreeMap<String, Part>,
    /// Circuits.
    pub sheets: BTreeMap<String, Sheet>,
}

impl Library {
    /// Reads `wiring/circuits` of a checkout.
    ///
    /// # Errors
    /// The first file with a fault.
    pub fn read(root: &Path) -> Result<Self, Fault> {
        let folder = root.join("wiring/circuits");
        let unreadable = |path: &Path, error| Fault::File(path.display().to_string(), error);
        let mut library = Self {
            parts: BTreeMap::new(),
            sheets: BTreeMap::new(),
        };
        for entry in std::fs::read_dir(&folder).map_err(|error| unreadable(&folder, error))? {
            let path = entry.map_err(|error| unreadable(&folder, error))?.path();
            let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let form = |error| Fault::Form(path.display().to_string(), Box::new(error));
            if name == "parts" {
                library.parts = toml::from_str(&text).map_err(form)?;
            } else {
                library.sheets.insert(name, toml::from_str(&text).map_err(form)?);
            }
        }
        Ok(library)
    }
}
