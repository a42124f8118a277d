//! Goods and what is printed on them and about them: the meaning of a code, apart from any task.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// One kind of goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sku {
    /// Code (`RY003`).
    pub code: String,
    /// Name.
    pub name: String,
    /// Unit counted (`支`).
    pub unit: String,
    /// Barcode of one unit.
    pub gtin13: String,
    /// Barcode of one case.
    pub case_gtin14: String,
    /// Units in a case.
    pub units_per_case: i64,
    /// Weight of a unit, in grams.
    pub unit_weight_g: i64,
    /// Length, width and height of a unit, in millimetres.
    pub unit_size_mm: [i64; 3],
    /// Days from production to expiry; 0 for goods without a date.
    pub shelf_life_days: i64,
    /// How often it is picked: A most, C least.
    pub abc: Class,
}

/// How often goods are picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// Most.
    A,
    /// Middling.
    B,
    /// Least.
    C,
}

/// What a code read by a scanner is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// One unit.
    Unit {
        /// Code of the goods.
        sku: String,
    },
    /// One case.
    Case {
        /// Code of the goods.
        sku: String,
        /// Units in it.
        units: i64,
    },
    /// A location's label.
    Location(String),
    /// A command barcode, which does what a button does.
    Command(Command),
    /// Something else: a label or a paper of a run, or nothing known.
    Other(String),
}

/// Barcodes that do what buttons do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// `CMD-CONFIRM`: do what the page offers first.
    Confirm,
    /// `CMD-SHORT`: record that less came, or that less is in the parcel than was booked.
    Short,
    /// `CMD-NEXT`: on to the next.
    Next,
    /// `CMD-BACK`: take the last scan back: a count, a location, a unit checked.
    Back,
}

impl Command {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Confirm, Self::Short, Self::Next, Self::Back];

    /// What its barcode says.
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirm => "CMD-CONFIRM",
            Self::Short => "CMD-SHORT",
            Self::Next => "CMD-NEXT",
            Self::Back => "CMD-BACK",
        }
    }
}

/// All goods of a run, found by what is printed on them.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    by_code: HashMap<String, Sku>,
    by_barcode: HashMap<String, (String, bool)>,
}

impl Catalogue {
    /// Of these goods.
    pub fn new(goods: &[Sku]) -> Self {
        let mut catalogue = Self::default();
        for sku in goods {
            catalogue
                .by_barcode
                .insert(sku.gtin13.clone(), (sku.code.clone(), false));
            catalogue
                .by_barcode
                .insert(sku.case_gtin14.clone(), (sku.code.clone(), true));
            catalogue.by_code.insert(sku.code.clone(), sku.clone());
        }
        catalogue
    }

    /// The goods of a code.
    pub fn sku(&self, code: &str) -> Option<&Sku> {
        self.by_code.get(code)
    }

    /// `RY003 牙膏 120g`; the code alone where the goods are not known.
    pub fn called(&self, code: &str) -> String {
        self.sku(code)
            .map_or_else(|| code.to_owned(), |sku| format!("{code} {}", sku.name))
    }

    /// Unit counted; empty where the goods are not known.
    pub fn unit(&self, code: &str) -> &str {
        self.sku(code).map_or("", |sku| &sku.unit)
    }

    /// What a code is; `is_location` knows the floor.
    pub fn read(&self, code: &str, is_location: impl Fn(&str) -> bool) -> Scanned {
        let code = code.trim();
        // A 13-digit code is the 14-digit one with a leading 0.
        let plain = code.strip_prefix('0').filter(|rest| rest.len() == 13).unwrap_or(code);
        if let Some((sku, case)) = self.by_barcode.get(plain) {
            let units = self.sku(sku).map_or(1, |sku| sku.units_per_case);
            return if *case {
                Scanned::Case {
                    sku: sku.clone(),
                    units,
                }
            } else {
                Scanned::Unit { sku: sku.clone() }
            };
        }
        if let Some(command) = Command::ALL
            .into_iter()
            .find(|command| command.code().eq_ignore_ascii_case(code))
        {
            return Scanned::Command(command);
        }
        let upper = code.to_ascii_uppercase();
        if is_location(&upper) {
            Scanned::Location(upper)
        } else {
            Scanned::Other(upper)
        }
    }
}

/// Whether a GTIN's last digit is its check digit (GS1 General Specifications, 7.9: weights 3 and 1 from the right,
/// sum to the next ten).
pub fn check_digit_holds(gtin: &str) -> bool {
    if !matches!(gtin.len(), 8 | 12 | 13 | 14) || !gtin.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let sum: u32 = gtin
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(digit - b'0') * if place % 2 == 1 { 3 } else { 1 })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        assert!(check_digit_holds("2000152400039"));
        assert!(check_digit_holds("12000152400036"));
        for bad in ["2000152400038", "200015240003", "", "20001524000a9"] {
            assert!(!check_digit_holds(bad), "{bad}");
        }
    }

    #[test]
    fn a_code_is_told_by_what_it_is() {
        let sku = Sku {
            code: "RY003".into(),
            name: "牙膏 120g".into(),
            unit: "支".into(),
            gtin13: "2000152400039".into(),
            case_gtin14: "12000152400036".into(),
            units_per_case: 72,
            unit_weight_g: 150,
            unit_size_mm: [200, 50, 40],
            shelf_life_days: 1095,
            abc: Class::A,
        };
        let goods = Catalogue::new(&[sku]);
        let read = |code: &str| goods.read(code, |code| code == "A-01-01-01");
        assert_eq!(read("2000152400039"), Scanned::Unit { sku: "RY003".into() });
        assert_eq!(read("02000152400039"), Scanned::Unit { sku: "RY003".into() });
        assert_eq!(
            read(" 12000152400036\r"),
            Scanned::Case {
                sku: "RY003".into(),
                units: 72
            }
        );
        assert_eq!(read("a-01-01-01"), Scanned::Location("A-01-01-01".into()));
        assert_eq!(read("cmd-short"), Scanned::Command(Command::Short));
        assert_eq!(read("4711"), Scanned::Other("4711".into()));
    }
}
