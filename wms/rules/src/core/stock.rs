//! Stock: a ledger of movements, and the balances that must equal its sum.

use std::collections::BTreeMap;
use std::sync::Arc;

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

/// How the location of somebody's hands begins: the number of the person follows.
const HANDS: &str = "HAND-";
/// How the location of a tote begins: its code follows.
const TOTE: &str = "TOTE-";

/// What somebody carries: nothing is nowhere, and hands are never below zero.
pub fn hands(person: i64) -> String {
    format!("{HANDS}{person}")
}

/// What lies in a tote.
pub fn tote(code: &str) -> String {
    format!("{TOTE}{code}")
}

/// Whose hands a location is.
pub fn is_hands(location: &str) -> Option<i64> {
    location.strip_prefix(HANDS)?.parse().ok()
}

/// Whether a location is one of the book alone, where there is nothing to touch and a quantity may be negative.
pub fn is_of_the_book(location: &str) -> bool {
    location.starts_with('@')
}

/// What goods are good for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 待检: came in, and is not judged yet.
    Pending,
    /// 可用: may be promised and picked.
    #[default]
    Available,
    /// 冻结: kept back, by quality or by somebody's word.
    Held,
    /// 不良: broken, and waits for what becomes of it.
    Defective,
    /// 报废: given up.
    Disposed,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Available,
        Self::Held,
        Self::Defective,
        Self::Disposed,
    ];

    /// In rows.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Available => "available",
            Self::Held => "held",
            Self::Defective => "defective",
            Self::Disposed => "disposed",
        }
    }

    /// From a row's word.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Key of its name in the locale files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pending => "status.pending",
            Self::Available => "status.available",
            Self::Held => "status.held",
            Self::Defective => "status.defective",
            Self::Disposed => "status.disposed",
        }
    }

    fn is_available(&self) -> bool {
        *self == Self::Available
    }
}

/// One side of a movement: where goods are, on what, and what they are good for.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Spot {
    /// Code of the location; one that begins with `@` is of the book alone.
    pub location: String,
    /// Licence plate of what they stand on or in; empty for loose goods.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lpn: String,
    /// What they are good for.
    #[serde(default, skip_serializing_if = "Status::is_available")]
    pub status: Status,
}

impl Spot {
    /// On a licence plate.
    pub fn on(location: impl Into<String>, lpn: impl Into<String>) -> Self {
        Self {
            location: location.into(),
            lpn: lpn.into(),
            status: Status::Available,
        }
    }
}

impl<T: Into<String>> From<T> for Spot {
    /// Loose and available.
    fn from(location: T) -> Self {
        Self::on(location, "")
    }
}

/// The ledger's key: goods of one lot and one status at one location, on one licence plate or loose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Code of the location.
    pub location: String,
    /// Licence plate; empty for loose goods.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lpn: String,
    /// Code of the goods.
    pub sku: String,
    /// Lot: date of production, empty for undated goods.
    pub lot: String,
    /// What they are good for.
    #[serde(default, skip_serializing_if = "Status::is_available")]
    pub status: Status,
}

impl Place {
    /// These goods on this side of a movement.
    pub fn at(spot: &Spot, sku: impl Into<String>, lot: impl Into<String>) -> Self {
        Self {
            location: spot.location.clone(),
            lpn: spot.lpn.clone(),
            sku: sku.into(),
            lot: lot.into(),
            status: spot.status,
        }
    }

    /// As a side of a movement.
    pub fn spot(&self) -> Spot {
        Spot {
            location: self.location.clone(),
            lpn: self.lpn.clone(),
            status: self.status,
        }
    }
}

/// How much lies at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Units on hand.
    pub quantity: i64,
    /// Of these, promised to orders.
    pub reserved: i64,
}

impl Movement {
    /// The places whose balances it moves: what it leaves, and what it comes to.
    pub fn places(&self) -> [Place; 2] {
        [&self.from, &self.to].map(|spot| Place::at(spot, &self.sku, &self.lot))
    }
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
    /// What it leaves.
    pub from: Spot,
    /// What it comes to: another location, another licence plate, or another status.
    pub to: Spot,
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
    #[error("a movement needs a quantity above 0 and something that differs: location, licence plate or status")]
    Empty,
    /// Less demand left than was to be taken away.
    #[error(transparent)]
    NotWanted(#[from] super::demand::BelowZero),
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
    /// Keys are shared with the states before.
    balances: BTreeMap<Arc<Place>, Balance>,
}

impl Stock {
    /// With these balances.
    pub fn new(balances: BTreeMap<Place, Balance>) -> Self {
        let balances = balances.into_iter();
        Self {
            balances: balances.map(|(place, balance)| (Arc::new(place), balance)).collect(),
        }
    }

    /// What lies at a place.
    pub fn at(&self, place: &Place) -> Balance {
        self.balances.get(place).copied().unwrap_or_default()
    }

    /// All places that ever held something.
    pub fn iter(&self) -> impl Iterator<Item = (&Place, Balance)> {
        self.balances.iter().map(|(place, balance)| (&**place, *balance))
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
        let [from, to] = movement.places();
        let there = self.at(&from);
        if !is_of_the_book(&from.location) && there.free() < movement.quantity {
            return Err(StockError::NotThere {
                location: from.location,
                sku: movement.sku.clone(),
                quantity: movement.quantity,
                there: there.free(),
            });
        }
        self.at_mut(&from).quantity -= movement.quantity;
        self.at_mut(&to).quantity += movement.quantity;
        Ok([from, to])
    }

    /// Promises units at a place to an order, or gives them back (a quantity below 0).
    ///
    /// # Errors
    /// Where not so many are free, or were not promised. Nothing is changed then.
    pub fn reserve(&mut self, place: &Place, quantity: i64) -> Result<(), StockError> {
        let there = self.at(place);
        let reserved = there.reserved + quantity;
        // What is not available is promised to nobody.
        let may = quantity <= 0 || place.status.is_available();
        if !may || reserved < 0 || reserved > there.quantity {
            return Err(StockError::NotFree {
                location: place.location.clone(),
                sku: place.sku.clone(),
                quantity,
                free: there.free(),
            });
        }
        self.at_mut(place).reserved = reserved;
        Ok(())
    }

    fn at_mut(&mut self, place: &Place) -> &mut Balance {
        self.balances.entry(Arc::new(place.clone())).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn movement(from: impl Into<Spot>, to: impl Into<Spot>, quantity: i64) -> Movement {
        Movement {
            sku: "RY001".into(),
            lot: String::new(),
            from: from.into(),
            to: to.into(),
            quantity,
        }
    }

    /// Nothing is nowhere: what left the shelf is in somebody's hands, on a plate or in a tote, and never below zero there.
    #[test]
    fn hands_totes_and_plates_are_places_like_any() {
        let mut stock = Stock::default();
        stock.apply(&movement(OPENING, "A-01-01-01", 5)).expect("opened");
        stock.apply(&movement("A-01-01-01", hands(7), 2)).expect("taken");
        stock.apply(&movement(hands(7), tote("T-3"), 1)).expect("laid down");
        assert!(stock.apply(&movement(hands(7), "P", 2)).is_err(), "one is left");
        stock
            .apply(&movement(hands(7), Spot::on("S-01-01-01", "LP-0001-001"), 1))
            .expect("onto a plate");
        assert!(stock.is_empty(&hands(7)));
        assert_eq!(is_hands(&hands(7)), Some(7));
        assert_eq!((is_hands("A-01-01-01"), is_hands("HAND-x")), (None, None));
    }

    #[test]
    fn a_change_of_status_is_a_movement_and_what_is_held_is_promised_to_nobody() {
        let mut stock = Stock::default();
        stock.apply(&movement(OPENING, "A-01-01-01", 5)).expect("opened");
        let held = Spot {
            status: Status::Held,
            ..Spot::from("A-01-01-01")
        };
        stock.apply(&movement("A-01-01-01", held.clone(), 2)).expect("held");
        let (free, kept) = (
            Place::at(&"A-01-01-01".into(), "RY001", ""),
            Place::at(&held, "RY001", ""),
        );
        assert_eq!((stock.at(&free).quantity, stock.at(&kept).quantity), (3, 2));
        assert!(stock.reserve(&free, 4).is_err());
        assert!(stock.reserve(&kept, 1).is_err());
        stock.reserve(&free, 3).expect("what is available");
        assert!(
            stock.apply(&movement("A-01-01-01", held, 1)).is_err(),
            "promised already"
        );
        assert_eq!(stock.apply(&movement("P", "P", 1)), Err(StockError::Empty));
        assert_eq!(stock.units("A-01-01-01", "RY001"), 5);
    }
}
