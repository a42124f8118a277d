//! Demand: what order lines want, of which lot, at which face, whether it lies there or not.
//!
//! It lies beside the reservation, which promises to an order only what is there. What has to be replenished or bought is the
//! difference of the two.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Want {
    /// Number of the order.
    pub order: String,
    /// Code of the goods, which names the order's line.
    pub sku: String,
    /// Lot: date of production; empty where none is chosen, or for undated goods.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lot: String,
    /// Code of the face it is to be picked from; empty where no face has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub face: String,
}

impl Want {
    /// Of an order's line that no face has.
    pub fn nowhere(order: &str, sku: &str) -> Self {
        Self {
            order: order.to_owned(),
            sku: sku.to_owned(),
            lot: String::new(),
            face: String::new(),
        }
    }
}

/// Less is wanted than was to be taken away.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("order {order} wants {wanted} of {sku}: {units} can't be added to it")]
pub struct BelowZero {
    /// Number of the order.
    pub order: String,
    /// Code of the goods.
    pub sku: String,
    /// Units wanted.
    pub wanted: i64,
    /// Units that were to be added, below 0.
    pub units: i64,
}

/// All that is wanted and not yet taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// Keys are shared with the states before.
    wants: BTreeMap<Arc<Want>, i64>,
}

impl Demand {
    /// Units wanted.
    pub fn of(&self, want: &Want) -> i64 {
        self.wants.get(want).copied().unwrap_or_default()
    }

    /// What is wanted, by order and goods; each more than 0.
    pub fn iter(&self) -> impl Iterator<Item = (&Want, i64)> {
        self.wants.iter().map(|(want, units)| (&**want, *units))
    }

    /// What an order still wants.
    pub fn order<'a>(&'a self, number: &'a str) -> impl Iterator<Item = (&'a Want, i64)> {
        self.iter().filter(move |(want, _)| want.order == number)
    }

    /// So many more are wanted; below 0: fewer.
    ///
    /// # Errors
    /// Where fewer are wanted than that. Nothing is changed then.
    pub fn add(&mut self, want: &Want, units: i64) -> Result<(), BelowZero> {
        let wanted = self.of(want);
        match wanted.checked_add(units) {
            Some(0) => {
                self.wants.remove(want);
            }
            Some(more) if more > 0 => match self.wants.get_mut(want) {
                Some(units) => *units = more,
                None => {
                    self.wants.insert(Arc::new(want.clone()), more);
                }
            },
            _ => {
                return Err(BelowZero {
                    order: want.order.clone(),
                    sku: want.sku.clone(),
                    wanted,
                    units,
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demand_is_never_below_zero_and_what_is_met_is_gone() {
        let mut demand = Demand::default();
        let at_face = Want {
            face: "A-01-01-01".into(),
            ..Want::nowhere("SO-1", "RY001")
        };
        demand.add(&at_face, 3).expect("wanted");
        demand.add(&Want::nowhere("SO-1", "RY001"), 2).expect("of no face");
        assert_eq!(demand.order("SO-1").map(|(_, units)| units).sum::<i64>(), 5);
        assert_eq!(demand.order("SO-2").count(), 0);
        let before = demand.clone();
        let error = demand.add(&at_face, -4).expect_err("three are wanted");
        assert_eq!((error.wanted, error.units), (3, -4));
        assert!(demand.add(&at_face, i64::MAX).is_err());
        assert_eq!(demand, before);
        demand.add(&at_face, -3).expect("met");
        assert_eq!(demand.iter().count(), 1);
    }
}
