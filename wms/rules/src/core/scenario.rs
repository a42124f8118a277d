//! Scenarios: task briefs as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::goods::Sku;
use super::plan::{FloorPlan, Location};

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A task brief with all that it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Name in addresses and rows (`first-drill`).
    pub id: String,
    /// Title.
    pub title: Text,
    /// Situation and demands.
    pub brief: Text,
    /// Whose goods they are.
    pub owner: String,
    /// Who delivers.
    pub supplier: String,
    /// Contract.
    pub contract: String,
    /// Parcels.
    pub packing: Packing,
    /// Goods.
    pub sku: Vec<Sku>,
    /// Locations.
    pub floor: FloorPlan,
    /// Stock when a run begins.
    pub stock: Vec<OpeningStock>,
    /// What is announced, and what comes.
    pub inbound: Notice,
    /// What customers ordered.
    pub order: Vec<OrderSpec>,
    /// Where the shelf holds something else than the book says.
    #[serde(default)]
    pub physical: Vec<Physical>,
}

/// How parcels are packed and weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packing {
    /// Weight of an empty carton, in grams.
    pub carton_g: i64,
    /// A parcel may weigh so many percent more or less than computed …
    pub tolerance_percent: i64,
    /// … or so many grams, whichever is more.
    pub tolerance_g: i64,
}

/// Stock at a location when a run begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningStock {
    /// Where.
    pub location: String,
    /// What.
    pub sku: String,
    /// How many.
    pub units: i64,
    /// Date of production; empty for undated goods.
    #[serde(default)]
    pub lot: String,
}

/// An inbound notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Days from the run's day to the expected arrival.
    #[serde(default)]
    pub expected_in_days: i64,
    /// Lines.
    pub line: Vec<NoticeLine>,
}

/// A line of an inbound notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeLine {
    /// What.
    pub sku: String,
    /// Cases announced.
    pub cases: i64,
    /// Date of production; empty for undated goods.
    #[serde(default)]
    pub lot: String,
    /// What the truck really brings: the difference is the exercise.
    pub arrives: Arrival,
}

/// What the truck really brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// Cases.
    pub cases: i64,
}

/// A customer's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderSpec {
    /// Number.
    pub number: String,
    /// For whom, masked.
    pub customer: String,
    /// To where, masked.
    pub address: String,
    /// Who carries it.
    pub courier: String,
    /// Units of each of the goods.
    pub lines: BTreeMap<String, i64>,
}

/// What really lies at a location, where it is not what the book says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Physical {
    /// Where.
    pub location: String,
    /// What.
    pub sku: String,
    /// How many.
    pub units: i64,
}

impl Scenario {
    /// Whether a code is a location of its floor.
    pub fn is_location(&self, code: &str) -> bool {
        self.floor.location(code).is_some()
    }

    /// The light's position of a location.
    pub fn position(&self, code: &str) -> Option<u8> {
        match self.floor.location(code) {
            Some(Location::Pick { position }) => Some(position),
            _ => None,
        }
    }
}
