//! Goods and what is printed on them and about them: the meaning of a code, apart from any task.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::core::codes::{self, Code, Elements, Gtin, Unreadable};

pub use crate::core::codes::Command;

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

/// What a code read by a scanner is on a floor with these goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// Goods: a unit, a case, or the contents of a pallet by their number.
    Goods {
        /// Code of the goods.
        sku: String,
        /// Units.
        units: i64,
        /// What stood beside the number (lot, dates, weight …): no rule asks for it today.
        read: Elements,
    },
    /// A location's label.
    Location(String),
    /// A command barcode, which does what a button does.
    Command(Command),
    /// GS1 element strings that name no goods: a pallet's number alone, a lot alone.
    NoGoods(Elements),
    /// Something else: a label or a paper of a run, or nothing known. In capitals.
    Other(String),
    /// Nothing, for it can't be read.
    Unreadable(Unreadable),
}

/// All goods of a run, found by what is printed on them.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    by_code: HashMap<String, Sku>,
    /// Code of the goods, and units: those of a case, or 1.
    by_gtin: HashMap<Gtin, (String, i64)>,
}

impl Catalogue {
    /// Of these goods.
    pub fn new(goods: &[Sku]) -> Self {
        let mut catalogue = Self::default();
        for sku in goods {
            for (gtin, units) in [(&sku.gtin13, 1), (&sku.case_gtin14, sku.units_per_case)] {
                if let Some(gtin) = Gtin::parse(gtin) {
                    catalogue.by_gtin.insert(gtin, (sku.code.clone(), units));
                }
            }
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

    /// What a code is. `aim`: the symbology identifier, where a scanner told one; `is_location` knows the floor.
    pub fn read(&self, code: &str, aim: Option<&str>, is_location: impl Fn(&str) -> bool) -> Scanned {
        match codes::read(code, aim) {
            Err(error) => Scanned::Unreadable(error),
            Ok(Code::Command(command)) => Scanned::Command(command),
            Ok(Code::Item(gtin, text)) => self
                .counted(gtin, 1, Elements::default())
                .unwrap_or(Scanned::Other(text)),
            Ok(Code::Elements(read)) => match read.goods() {
                Some((gtin, count)) => self
                    .counted(gtin, count, read)
                    .unwrap_or_else(|| Scanned::Other(gtin.to_string())),
                None => Scanned::NoGoods(read),
            },
            Ok(Code::Text(text)) if is_location(&text) => Scanned::Location(text),
            Ok(Code::Text(text)) => Scanned::Other(text),
        }
    }

    fn counted(&self, gtin: Gtin, count: i64, read: Elements) -> Option<Scanned> {
        let (sku, units) = self.by_gtin.get(&gtin)?;
        Some(Scanned::Goods {
            sku: sku.clone(),
            units: units.saturating_mul(count),
            read,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let read = |code: &str| goods.read(code, None, |code| code == "A-01-01-01");
        let counted = |units| Scanned::Goods {
            sku: "RY003".into(),
            units,
            read: Elements::default(),
        };
        assert_eq!(read("2000152400039"), counted(1));
        assert_eq!(read("02000152400039"), counted(1));
        assert_eq!(read(" 12000152400036\r"), counted(72));
        assert_eq!(read("a-01-01-01"), Scanned::Location("A-01-01-01".into()));
        assert_eq!(read("cmd-short"), Scanned::Command(Command::Short));
        assert_eq!(read("4711"), Scanned::Other("4711".into()));
        let Scanned::Goods { units, read, .. } =
            goods.read("0212000152400036372\u{1d}10260821", Some("]C1"), |_| false)
        else {
            panic!("goods")
        };
        assert_eq!((units, read.get("10")), (144, Some("260821")));
        assert!(matches!(
            goods.read("00106141411234567897", Some("]C1"), |_| false),
            Scanned::NoGoods(_)
        ));
    }
}
