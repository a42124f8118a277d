//! Pins as the images and the emulated boards have them, read from their sources.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::Fault;

/// The images.
pub const IMAGES: [&str; 5] = ["shelf", "scanner", "printer", "scale", "bridge"];

/// A field of a pins' table of the firmware.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The pin that it takes: `PIN_4`.
    pub pin: u8,
    /// The pin that its words name: `GP4: …`.
    pub said: Option<u8>,
}

fn read(root: &Path, file: &str) -> Result<String, Fault> {
    let path = root.join(file);
    std::fs::read_to_string(&path).map_err(|error| Fault::File(path.display().to_string(), error))
}

fn said(words: &str) -> Option<u8> {
    words.trim().strip_prefix("GP")?.split_once(':')?.0.parse().ok()
}

/// Fields of an image, its own and those of all.
///
/// # Errors
/// A source can't be read.
pub fn fields(root: &Path, image: &str) -> Result<Vec<Field>, Fault> {
    let mut fields = Vec::new();
    let mut words = "";
    let common = read(root, "firmware/pico/src/pins/mod.rs")?;
    for line in common.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("///") {
            words = comment;
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(':'))
            && let Some(pin) = kind.split_once("PIN_").and_then(|(_, rest)| number(rest))
        {
            fields.push(Field {
                name: name.to_owned(),
                pin,
                said: said(words),
            });
        }
    }
    let own = read(root, &format!("firmware/pico/src/pins/{image}.rs"))?;
    for line in own.lines().map(str::trim) {
        if let Some((name, rest)) = line.split_once(" = PIN_") {
            fields.push(Field {
                name: name.to_owned(),
                pin: number(rest).unwrap_or(u8::MAX),
                said: rest.split_once('"').and_then(|(_, words)| said(words)),
            });
        }
    }
    Ok(fields)
}

fn number(text: &str) -> Option<u8> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The pins that an image's emulated board puts its parts on, by the firmware's names.
///
/// # Errors
/// The source can't be read, or a board no longer says a pin where it did.
pub fn emulated(root: &Path, image: &str) -> Result<BTreeMap<String, u8>, Fault> {
    let file = "tests/pico/board/kinds.mjs";
    let source = read(root, file)?;
    let lost = |what: &str| Fault::Page {
        page: file.to_owned(),
        what: format!("{what} of the {image} is not found: wiring/src/firmware.rs reads it"),
    };
    let body = source
        .split_once(&format!("function {image}("))
        .map(|(_, rest)| rest.split("\n}\n").next().unwrap_or(rest))
        .ok_or_else(|| lost("the board"))?;
    let mut pins = BTreeMap::new();
    for (constant, field) in [
        ("LIGHTS_PIN", "lights"),
        ("BUS_STRAP_PIN", "bus_strap"),
        ("BUZZER_PIN", "buzzer"),
    ] {
        let pin = source
            .split_once(&format!("{constant} = "))
            .and_then(|(_, rest)| number(rest));
        pins.insert(field.to_owned(), pin.ok_or_else(|| lost(constant))?);
    }
    let link = source
        .split_once("const LINK")
        .map(|(_, rest)| rest.split(';').next().unwrap_or(rest))
        .ok_or_else(|| lost("LINK"))?;
    let own: &[(&str, &[&str])] = match image {
        "shelf" => &[
            (
                "slots",
                &[
                    "slot_1", "slot_2", "slot_3", "slot_4", "slot_5", "slot_6", "slot_7", "slot_8",
                ],
            ),
            (
                "senses",
                &[
                    "sense_1_confirm",
                    "sense_1_plus",
                    "sense_1_minus",
                    "sense_2_confirm",
                    "sense_2_plus",
                    "sense_2_minus",
                    "sense_3_confirm",
                    "sense_3_plus",
                    "sense_3_minus",
                ],
            ),
            ("clock", &["digits_clock"]),
            ("data", &["digits_data"]),
            ("latch", &["digits_latch"]),
        ],
        "scanner" => &[("pin", &["trigger"])],
        "printer" => &[
            ("clock", &["head_clock"]),
            ("data", &["head_data"]),
            ("latch", &["head_latch"]),
            (
                "strobes",
                &["strobe_1", "strobe_2", "strobe_3", "strobe_4", "strobe_5", "strobe_6"],
            ),
            ("power", &["head_power"]),
            ("a", &["motor_a1", "motor_a2"]),
            ("b", &["motor_b1", "motor_b2"]),
            ("sleep", &["motor_sleep"]),
            ("cover", &["cover"]),
        ],
        "scale" => &[("clock", &["cell_clock"]), ("data", &["cell_data"]), ("pin", &["tare"])],
        _ => &[("tx", &["row_tx"]), ("driverEnable", &["row_enable"])],
    };
    for (source, own) in [
        (
            link,
            &[
                ("tx", &["link_tx"][..]),
                ("rx", &["link_rx"]),
                ("driverEnable", &["bus_enable"]),
            ][..],
        ),
        (body, own),
    ] {
        for (key, fields) in own {
            let numbers = numbers(source, key).ok_or_else(|| lost(key))?;
            if numbers.len() < fields.len() {
                return Err(lost(key));
            }
            pins.extend(fields.iter().map(|field| (*field).to_owned()).zip(numbers));
        }
    }
    if image == "printer" {
        // The converter's channel 0 is GP26.
        for field in ["gap", "thermistor"] {
            let channel = body
                .split_once(&format!("{field}: {{"))
                .and_then(|(_, rest)| numbers(rest, "channel")?.first().copied());
            pins.insert(field.to_owned(), 26 + channel.ok_or_else(|| lost(field))?);
        }
    }
    Ok(pins)
}

/// The number, or all numbers of the list, behind `key:`.
fn numbers(source: &str, key: &str) -> Option<Vec<u8>> {
    let mut rest = source;
    loop {
        let at = rest.find(&format!("{key}:"))?;
        let before = rest[..at].chars().next_back();
        let value = rest[at + key.len() + 1..].trim_start();
        if before.is_none_or(|before| !before.is_alphanumeric() && before != '_') {
            if let Some(one) = number(value) {
                return Some(vec![one]);
            }
            if value.starts_with('[') {
                let mut depth = 0;
                let end = value.find(|letter| {
                    depth += i32::from(letter == '[') - i32::from(letter == ']');
                    depth == 0
                })?;
                let list = value[..end].split(|letter: char| !letter.is_ascii_digit());
                return Some(list.filter_map(|one| one.parse().ok()).collect());
            }
        }
        rest = &rest[at + key.len()..];
    }
}
