//! The areas there are, and what changes in any of them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::core::ground;
use crate::{area, inbound, outbound};

/// One change of a run, told apart by `area` and `change`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "area", rename_all = "snake_case")]
pub enum Change {
    /// Of what all areas share.
    Ground(ground::Change),
    /// Of a delivery.
    Inbound(inbound::Change),
    /// Of the orders.
    Outbound(outbound::Change),
}

impl Change {
    /// What it changes of the ground.
    pub fn ground(&self) -> Option<&ground::Change> {
        match self {
            Self::Ground(change) => Some(change),
            Self::Inbound(_) | Self::Outbound(_) => None,
        }
    }
}

impl From<ground::Change> for Change {
    fn from(change: ground::Change) -> Self {
        Self::Ground(change)
    }
}

impl From<area::Change<inbound::Change>> for Change {
    fn from(change: area::Change<inbound::Change>) -> Self {
        match change {
            area::Change::Ground(change) => Self::Ground(change),
            area::Change::Own(change) => Self::Inbound(change),
        }
    }
}

impl From<area::Change<outbound::Change>> for Change {
    fn from(change: area::Change<outbound::Change>) -> Self {
        match change {
            area::Change::Ground(change) => Self::Ground(change),
            area::Change::Own(change) => Self::Outbound(change),
        }
    }
}

/// All changes of all areas, one beside the other, as programs read them.
impl JsonSchema for Change {
    fn schema_name() -> Cow<'static, str> {
        "Change".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let areas = [
            ("ground", ground::Change::json_schema(generator)),
            ("inbound", inbound::Change::json_schema(generator)),
            ("outbound", outbound::Change::json_schema(generator)),
        ];
        let mut all = Vec::new();
        for (area, mut schema) in areas {
            let Some(Value::Array(kinds)) = schema.remove("oneOf") else {
                continue;
            };
            for mut kind in kinds {
                if let Some(fields) = kind.get_mut("properties").and_then(Value::as_object_mut) {
                    fields.insert("area".into(), json!({ "type": "string", "const": area }));
                }
                if let Some(required) = kind.get_mut("required").and_then(Value::as_array_mut) {
                    required.push("area".into());
                }
                all.push(kind);
            }
        }
        json_schema!({
            "description": "One change of a run, told apart by `area` and `change`.",
            "oneOf": all,
        })
    }
}
