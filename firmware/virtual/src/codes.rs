//! Codes to click: what lies on the floor with a barcode on it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Codes in the order in which they are offered.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Codes {
    /// Goods.
    pub goods: Vec<Goods>,
    /// Locations, by zone.
    pub locations: Vec<String>,
}

/// One kind of goods.
#[derive(Clone, Debug, Serialize)]
pub struct Goods {
    /// Code of the SKU.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Barcode on the unit, EAN-13.
    pub unit: Option<String>,
    /// Barcode on the case, ITF-14.
    pub case: Option<String>,
    /// Weight of a unit in grams.
    pub grams: Option<i32>,
    /// Units in a case.
    pub per_case: Option<u32>,
}

/// A codes file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CodesError {
    /// It can't be read.
    #[error("codes file {path} can't be read: {error}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: text_file::ReadError,
    },
    /// It is no such file.
    #[error("codes file {path}: {error}")]
    Format {
        /// The file.
        path: PathBuf,
        /// Where and why.
        error: Box<toml::de::Error>,
    },
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    sku: Vec<Sku>,
    floor: Option<FloorPlan>,
}

#[derive(Deserialize)]
struct Sku {
    code: String,
    name: String,
    gtin13: Option<String>,
    case_gtin14: Option<String>,
    units_per_case: Option<u32>,
    unit_weight_g: Option<i32>,
}

#[derive(Deserialize)]
struct FloorPlan {
    pick_shelf: Option<Racks>,
    pallet_rack: Option<Racks>,
    #[serde(default)]
    areas: Vec<String>,
}

#[derive(Deserialize)]
struct Racks {
    zone: String,
    racks: u8,
    levels: u8,
    slots: u8,
}

impl Racks {
    /// Zone, rack, level, slot (区-架-层-位).
    fn locations(&self) -> impl Iterator<Item = String> {
        (1..=self.racks).flat_map(move |rack| {
            (1..=self.levels).flat_map(move |level| {
                (1..=self.slots).map(move |slot| format!("{}-{rack:02}-{level:02}-{slot:02}", self.zone))
            })
        })
    }
}

impl Codes {
    /// Reads goods and floor plan of a scenario or case file; what else it holds is left alone.
    ///
    /// # Errors
    /// When it can't be read or its goods or floor plan are not as they must be.
    pub fn read(path: &Path) -> Result<Self, CodesError> {
        let text = text_file::read(path).map_err(|error| CodesError::Read {
            path: path.into(),
            error,
        })?;
        Self::parse(&text).map_err(|error| CodesError::Format {
            path: path.into(),
            error: Box::new(error),
        })
    }

    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let goods = file.sku.into_iter().map(|sku| Goods {
            sku: sku.code,
            name: sku.name,
            unit: sku.gtin13,
            case: sku.case_gtin14,
            grams: sku.unit_weight_g,
            per_case: sku.units_per_case,
        });
        let mut locations = Vec::new();
        if let Some(floor) = file.floor {
            for racks in [floor.pick_shelf, floor.pallet_rack].iter().flatten() {
                locations.extend(racks.locations());
            }
            locations.extend(floor.areas);
        }
        Ok(Self {
            goods: goods.collect(),
            locations,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_and_every_location_are_read() {
        let codes = Codes::parse(
            r#"
            [[sku]]
            code = "RY001"
            name = "洗衣液 2kg"
            gtin13 = "2000152400015"
            case_gtin14 = "12000152400012"
            units_per_case = 6
            unit_weight_g = 2150
            abc = "A"
            [floor]
            pick_shelf = { zone = "A", racks = 1, levels = 3, slots = 8, min_units = 4 }
            pallet_rack = { zone = "S", racks = 2, levels = 3, slots = 4 }
            areas = ["R", "Q"]
            [[stock]]
            location = "A-01-01-01"
            "#,
        )
        .unwrap();
        assert_eq!(codes.goods[0].unit.as_deref(), Some("2000152400015"));
        assert_eq!(codes.goods[0].grams, Some(2150));
        assert_eq!(codes.locations.len(), 24 + 24 + 2);
        assert_eq!(codes.locations[0], "A-01-01-01");
        assert_eq!(codes.locations[47], "S-02-03-04");
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let error = Codes::parse("[[sku]]\ncode = 7\nname = \"x\"").unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
