//! The areas there are, and what changes in any of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::core::ground;
use crate::{area, inbound, outbound};

/// One change of a run, told apart by `change`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
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
