//! What a profile says, and when it is whole.

use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};

use crate::fault::{Fault, Part, Problem, Source};

/// One device model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The model's name: lower-case letters, digits and hyphens, at most 40.
    #[schemars(regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"), length(max = 40))]
    pub model: String,
    /// What people call it.
    pub name: Name,
    /// What it is.
    pub kind: Kind,
    /// Who makes it.
    pub maker: String,
    /// Which of the gateway's drivers speaks with it.
    pub driver: DriverName,
    /// Positions of a shelf, 1 to 24; 1 for others.
    #[serde(default = "one")]
    #[schemars(range(min = 1, max = 24))]
    pub units: u8,
    /// By what a device of this model is known.
    #[serde(rename = "match")]
    pub matches: MatchRules,
    /// How it can be joined to the gateway, the most usual first.
    #[schemars(length(min = 1))]
    pub transport: Vec<Transport>,
    /// For printers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printer: Option<Printer>,
    /// For scales.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
}

/// What people call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

/// Kinds of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 电子标签货架
    Shelf,
    /// 扫描器
    Scanner,
    /// 条码打印机
    Printer,
    /// 秤
    Scale,
    /// 总线桥
    Bridge,
}

/// The gateway's drivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DriverName {
    /// Our own nodes, `docs/link.md`.
    Link,
}

/// By what a device of this model is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchRules {
    /// The kind a node gives in its hello.
    pub node: Kind,
    /// The units a node gives in its hello.
    #[serde(default)]
    pub units: Units,
    /// USB ids it appears with.
    #[serde(default)]
    pub usb: Vec<UsbId>,
}

impl MatchRules {
    pub(crate) fn fits(&self, kind: Kind, units: u8) -> bool {
        self.node == kind && (self.units.least..=self.units.most).contains(&units)
    }
}

/// A range of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// From.
    #[schemars(range(min = 1, max = 24))]
    pub least: u8,
    /// To, included.
    #[schemars(range(min = 1, max = 24))]
    pub most: u8,
}

impl Default for Units {
    fn default() -> Self {
        Self { least: 1, most: 1 }
    }
}

/// USB ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UsbId {
    /// Vendor.
    pub vendor: u16,
    /// Product.
    pub product: u16,
}

/// One way to join it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transport {
    /// What kind of line.
    pub link: Link,
    /// Speed in baud, 1,200 to 3,000,000; not for USB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1_200, max = 3_000_000))]
    pub baud: Option<u32>,
}

/// Kinds of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// A serial line of its own.
    Uart,
    /// USB, as a serial port.
    Usb,
    /// A bus shared with others.
    Rs485,
}

/// What a printer's head is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Printer {
    /// Dots across, a multiple of 8, at most 1,520.
    #[schemars(range(min = 8, max = 1_520), extend("multipleOf" = 8))]
    pub dots: u16,
    /// Dots in a millimetre, 4 to 24.
    #[schemars(range(min = 4, max = 24))]
    pub dots_per_mm: u8,
}

/// What a scale can weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Heaviest load, in grams.
    #[schemars(range(min = 1))]
    pub most_grams: u32,
    /// Smallest step it shows, in grams; divides the heaviest load.
    #[schemars(range(min = 1))]
    pub resolution_grams: u32,
}

fn keys(path: &[&'static str]) -> Vec<Part> {
    path.iter().copied().map(Part::Key).collect()
}

fn one() -> u8 {
    1
}

/// Reads a profile; `file` names it in the fault.
///
/// # Errors
/// The first thing wrong with it, and where.
pub fn read_profile(file: &str, text: &str) -> Result<Profile, Fault> {
    let source = Source::new(file, text);
    let profile: Profile = source.read()?;
    check(&profile).map_err(|(path, problem)| source.fault_at(&path, problem))?;
    Ok(profile)
}

fn check(profile: &Profile) -> Result<(), (Vec<Part>, Problem)> {
    let out_of_range = |path: &[&'static str], value: u64, allowed: &str| {
        Err((
            keys(path),
            Problem::OutOfRange {
                value: value.to_string(),
                allowed: allowed.to_owned(),
            },
        ))
    };
    let word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if profile.model.len() > 40 || !profile.model.split('-').all(word) {
        let problem = Problem::OutOfRange {
            value: profile.model.clone(),
            allowed: "a-z 0-9 -, ≤ 40".to_owned(),
        };
        return Err((keys(&["model"]), problem));
    }
    if !(1..=24).contains(&profile.units) {
        return out_of_range(&["units"], profile.units.into(), "1–24");
    }
    let Units { least, most } = profile.matches.units;
    if least == 0 || least > most || most > 24 {
        let problem = Problem::OutOfRange {
            value: format!("{least}–{most}"),
            allowed: "1 ≤ least ≤ most ≤ 24".to_owned(),
        };
        return Err((keys(&["match", "units"]), problem));
    }
    if profile.transport.is_empty() {
        let problem = Problem::OutOfRange {
            value: "[]".to_owned(),
            allowed: "uart | usb | rs485".to_owned(),
        };
        return Err((keys(&["transport"]), problem));
    }
    for (index, transport) in profile.transport.iter().enumerate() {
        let at = |key: Option<&'static str>| {
            let path = [Part::Key("transport"), Part::At(index)];
            path.into_iter().chain(key.map(Part::Key)).collect()
        };
        match (transport.link, transport.baud) {
            (Link::Usb, None) => {}
            (Link::Usb, Some(_)) => {
                return Err((
                    at(Some("baud")),
                    Problem::NotHere {
                        unless: "link = \"uart\" | \"rs485\"",
                    },
                ));
            }
            (_, None) => {
                return Err((
                    at(None),
                    Problem::Missing {
                        field: "baud".to_owned(),
                    },
                ));
            }
            (_, Some(baud)) if !(1_200..=3_000_000).contains(&baud) => {
                let allowed = "1200–3000000".to_owned();
                return Err((
                    at(Some("baud")),
                    Problem::OutOfRange {
                        value: baud.to_string(),
                        allowed,
                    },
                ));
            }
            _ => {}
        }
    }
    match (profile.kind, &profile.printer) {
        (Kind::Printer, None) => {
            return Err((
                keys(&["kind"]),
                Problem::Missing {
                    field: "[printer]".to_owned(),
                },
            ));
        }
        (Kind::Printer, Some(Printer { dots, dots_per_mm })) => {
            if *dots == 0 || !dots.is_multiple_of(8) || *dots > 1_520 {
                return out_of_range(&["printer", "dots"], (*dots).into(), "8, 16, … 1520");
            }
            if !(4..=24).contains(dots_per_mm) {
                return out_of_range(&["printer", "dots_per_mm"], (*dots_per_mm).into(), "4–24");
            }
        }
        (_, Some(_)) => {
            return Err((
                keys(&["printer"]),
                Problem::NotHere {
                    unless: "kind = \"printer\"",
                },
            ));
        }
        (_, None) => {}
    }
    match (profile.kind, &profile.scale) {
        (Kind::Scale, None) => Err((
            keys(&["kind"]),
            Problem::Missing {
                field: "[scale]".to_owned(),
            },
        )),
        (
            Kind::Scale,
            Some(Scale {
                most_grams,
                resolution_grams,
            }),
        ) => {
            if *resolution_grams == 0 || most_grams % resolution_grams != 0 {
                return out_of_range(
                    &["scale", "resolution_grams"],
                    (*resolution_grams).into(),
                    "most_grams ÷ n",
                );
            }
            Ok(())
        }
        (_, Some(_)) => Err((
            keys(&["scale"]),
            Problem::NotHere {
                unless: "kind = \"scale\"",
            },
        )),
        (_, None) => Ok(()),
    }
}

/// The files' JSON schema, as committed in `schema.json`.
#[must_use]
pub fn schema() -> Schema {
    schema_for!(Profile)
}
