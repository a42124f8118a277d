//! Stock: a ledger of movements, and the balances that must equal its sum.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a run's opening stock comes from.
pub const OPENING: &str = "@opening";
/// Where deliveries come from.
pub const SUPPLIER: &str = "@supplier";
/// Where orders go.
pub const CUSTOMER: &str = "@customer";
/// Where losses go.
pub const LOSS: &str = "@loss";
/// Receiving area.
pub const RECEIVING: &str = "R";
/// Packing area.
pub const PACKING: &str = "P";

/// Whether a location is one of the book alone, where there is nothing to touch and a quantity may be negative.
pub fn is_of_the_book(location: &str) -> bool {
    location.starts_with('@')
}

/// Goods of one lot at one location.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Code of the location.
    pub location: String,
    /// Code of the goods.
    pub sku: String,
    /// Lot: date of production, empty for undated goods.
    pub lot: String,
}

/// How much lies at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Units on hand.
    pub quantity: i64,
    /// Of these, promised to orders.
    pub reserved: i64,
}

impl Balance {
    /// Units not promised.
    pub fn free(self) -> i64 {
        self.quantity - self.reserved
    }
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Movement {
    /// Code of the goods.
    pub sku: String,
    /// Lot: date of production, empty for undated goods.
    pub lot: String,
    /// Location it leaves; one that begins with `@` is of the book alone.
    pub from: String,
    /// Location it comes to.
    pub to: String,
    /// Units, more than 0.
    pub quantity: i64,
}

/// The rules of the ledger, broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StockError {
    /// More taken than is there.
    #[error("{quantity} of {sku} can't be taken from {location}: {there} are there")]
    NotThere {
        /// Where.
        location: String,
        /// What.
        sku: String,
        /// Asked for.
        quantity: i64,
        /// On hand.
        there: i64,
    },
    /// A movement of nothing, or to where it is.
    #[error("a movement needs a quantity above 0 and two different locations")]
    Empty,
    /// More promised than is free, or less given back than was promised.
    #[error("{quantity} of {sku} can't be reserved at {location}: {free} are free")]
    NotFree {
        /// Where.
        location: String,
        /// What.
        sku: String,
        /// Asked for.
        quantity: i64,
        /// Not yet promised.
        free: i64,
    },
}

/// All balances of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    balances: BTreeMap<Place, Balance>,
}

impl Stock {
    /// With these balances.
    pub fn new(balances: BTreeMap<Place, Balance>) -> Self {
        Self { balances }
    }

    /// What lies at a place.
    pub fn at(&self, place: &Place) -> Balance {
        self.balances.get(place).copied().unwrap_or_default()
    }

    /// All places that ever held something.
    pub fn iter(&self) -> impl Iterator<Item = (&Place, Balance)> {
        self.balances.iter().map(|(place, balance)| (place, *balance))
    }

    /// All places at a location that hold something.
    pub fn location<'a>(&'a self, location: &'a str) -> impl Iterator<Item = (&'a Place, Balance)> {
        self.iter()
            .filter(move |(place, balance)| place.location == location && balance.quantity != 0)
    }

    /// Units of one kind of goods at a location, of all lots.
    pub fn units(&self, location: &str, sku: &str) -> i64 {
        self.location(location)
            .filter(|(place, _)| place.sku == sku)
            .map(|(_, balance)| balance.quantity)
            .sum()
    }

    /// Whether nothing lies at a location.
    pub fn is_empty(&self, location: &str) -> bool {
        self.location(location).next().is_none()
    }

    /// Moves goods.
    ///
    /// # Errors
    /// Where there are not so many that are not promised, or the movement moves nothing. Nothing is changed then.
    pub fn apply(&mut self, movement: &Movement) -> Result<[Place; 2], StockError> {
        if movement.quantity <= 0 || movement.from == movement.to {
            return Err(StockError::Empty);
        }
        let place = |location: &str| Place {
            location: location.to_owned(),
            sku: movement.sku.clone(),
            lot: movement.lot.clone(),
        };
        let (from, to) = (place(&movement.from), place(&movement.to));
        let there = self.at(&from);
        if !is_of_the_book(&movement.from) && there.free() < movement.quantity {
            return Err(StockError::NotThere {
                location: movement.from.clone(),
                sku: movement.sku.clone(),
                quantity: movement.quantity,
                there: there.free(),
            });
        }
        self.balances.entry(from.clone()).or_default().quantity -= movement.quantity;
        self.balances.entry(to.clone()).or_default().quantity += movement.quantity;
        Ok([from, to])
    }

    /// Promises units at a place to an order, or gives them back (a quantity below 0).
    ///
    /// # Errors
    /// Where not so many are free, or were not promised. Nothing is changed then.
    pub fn reserve(&mut self, place: &Place, quantity: i64) -> Result<(), StockError> {
        let there = self.at(place);
        let reserved = there.reserved + quantity;
        if reserved < 0 || reserved > there.quantity {
            return Err(StockError::NotFree {
                location: place.location.clone(),
                sku: place.sku.clone(),
                quantity,
                free: there.free(),
            });
        }
        self.balances.entry(place.clone()).or_default().reserved = reserved;
        Ok(())
    }
}
