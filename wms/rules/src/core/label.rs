//! Labels: what they say, and whether their barcode fits the print head.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::code128::{self, NotEncodable};

/// Dots across the print head: 48 mm at 8 dots a millimetre.
pub const HEAD_DOTS: usize = 384;
/// Fewest dots of a barcode's module: 0.25 mm, what a hand scanner reads for sure.
const NARROWEST: usize = 2;

/// What a label says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LabelSpec {
    /// On a pallet or case that was received: its licence plate and what it holds.
    Goods {
        /// Licence plate, as the barcode says it.
        lpn: String,
        /// Goods' code.
        sku: String,
        /// Goods' name.
        name: String,
        /// Lot; empty for undated goods.
        lot: String,
        /// With its unit (`48 瓶`).
        quantity: String,
    },
    /// On the rack.
    Location {
        /// Location's code.
        code: String,
        /// Where the goods are from the label.
        arrow: Arrow,
    },
    /// On a parcel that goes out.
    Parcel {
        /// Order's number, as the barcode says it.
        order: String,
        /// For whom, masked where it is a person.
        customer: String,
        /// Weight (`3.62 kg`).
        weight: String,
        /// How many of how many (`1/1`).
        parcel: String,
    },
}

/// Where the goods are from a location's label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arrow {
    /// Above it.
    Up,
    /// Below it.
    Down,
}

impl LabelSpec {
    /// What its barcode says.
    pub fn barcode(&self) -> &str {
        match self {
            Self::Goods { lpn, .. } => lpn,
            Self::Location { code, .. } => code,
            Self::Parcel { order, .. } => order,
        }
    }
}

/// Why a label can't be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// Its barcode can't be encoded.
    #[error(transparent)]
    NotEncodable(#[from] NotEncodable),
    /// Its barcode is wider than the head.
    #[error("the barcode {content:?} needs {dots} dots, the print head has {HEAD_DOTS}")]
    TooWide {
        /// What it should say.
        content: String,
        /// Width with its quiet zones.
        dots: usize,
    },
}

/// A label's barcode: its modules, and how wide each is burned, in dots.
///
/// # Errors
/// Where its content can't be encoded or does not fit the head.
pub fn bars(content: &str) -> Result<(Vec<bool>, usize), LabelError> {
    let modules = code128::modules(content)?;
    let wide = modules.len() + 2 * code128::QUIET;
    let module = (HEAD_DOTS / wide).min(4);
    if module < NARROWEST {
        return Err(LabelError::TooWide {
            content: content.to_owned(),
            dots: wide * NARROWEST,
        });
    }
    Ok((modules, module))
}
