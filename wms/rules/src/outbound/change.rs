//! What changes of orders.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Pick;

/// One change of the orders, told apart by `change`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// The wave was released.
    WaveReleased {
        /// Picks of each order's each line.
        picks: Vec<Vec<Vec<Pick>>>,
    },
    /// The count at a light was changed before confirming.
    Adjusted {
        /// The light's tag.
        tag: u32,
        /// The new count.
        count: i64,
    },
    /// A light was confirmed.
    Picked {
        /// The light's tag.
        tag: u32,
        /// Units taken.
        quantity: i64,
    },
    /// Units booked as taken at a light are not there: they are back in their slot's book.
    Unpicked {
        /// The light's.
        tag: u32,
        /// Units fewer.
        units: i64,
    },
    /// An order's check began.
    CheckBegun {
        /// Which order.
        order: usize,
    },
    /// Units were checked against an order.
    Checked {
        /// Which order.
        order: usize,
        /// Its line.
        line: usize,
        /// Units more; below 0 where a scan is taken back.
        units: i64,
    },
    /// An order's check begins anew: nothing of it counts as checked.
    CheckReset {
        /// Which.
        order: usize,
    },
    /// A parcel was weighed and fits.
    Weighed {
        /// Which order.
        order: usize,
        /// Its weight in grams.
        grams: i64,
    },
    /// A parcel was weighed and does not fit: it is weighed once more.
    WeighedOff {
        /// Which order.
        order: usize,
        /// Its weight in grams.
        grams: i64,
    },
    /// A parcel was handed over.
    HandedOver {
        /// Which order.
        order: usize,
    },
}
