//! Lots: a text, and the dates that hang on it.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use super::goods::Catalogue;
use super::stock::{Movement, OPENING, SUPPLIER};

/// The dates of a lot. Days are YYYY-MM-DD.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lot {
    /// When it was made; none where its name is no date.
    pub made: Option<String>,
    /// When it expires: `made` and the days that its goods keep (`shelf_life_days`); none for goods without a date.
    pub expiry: Option<String>,
    /// The warehouse's day on which it came in, as YYYYMMDD; none for stock that lay there when the run began.
    pub received: Option<i64>,
}

/// All lots that came into a run, by goods and name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lots(BTreeMap<(String, String), Lot>);

impl Lots {
    /// The dates of a lot; none where it never came in.
    pub fn get(&self, sku: &str, lot: &str) -> Option<&Lot> {
        self.0.get(&(sku.to_owned(), lot.to_owned()))
    }

    /// Goods moved: where they came in, their lot is known from then on. What came first stays.
    pub(super) fn moved(&mut self, movement: &Movement, goods: &Catalogue, day: i64) {
        let received = match movement.from.location.as_str() {
            OPENING => None,
            SUPPLIER => Some(day),
            _ => return,
        };
        let key = (movement.sku.clone(), movement.lot.clone());
        self.0.entry(key).or_insert_with(|| {
            let made: Option<Date> = movement.lot.parse().ok();
            let keeps = goods.sku(&movement.sku).map_or(0, |sku| sku.shelf_life_days);
            let keeps = Some(keeps).filter(|days| *days > 0);
            let expiry = || made?.checked_add(Span::new().try_days(keeps?).ok()?).ok();
            Lot {
                made: made.map(|date| date.to_string()),
                expiry: expiry().map(|date| date.to_string()),
                received,
            }
        });
    }
}
