//! Shipping: release a wave, pick by light, check, weigh, hand over.

mod change;
mod check;
mod demand;
mod mend;
mod pick;
mod ship;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::area::{self, Decision};
use crate::core::scenario::OrderSpec;
use crate::core::shared::Shared;

pub use change::Change;
pub use check::{begin_by_number, check_unit};
pub use mend::{check_again, record_short, take_back};
pub use pick::{key, lights, release, scan_while_picking};
pub use ship::{EMPTY_GRAMS, MOST_GRAMS, computed_grams, hand_over, is_below_zero, weigh, weigh_at_once};

/// What is decided about orders.
pub type Decided = Decision<area::Change<Change>>;

impl From<Change> for area::Change<Change> {
    fn from(change: Change) -> Self {
        Self::Own(change)
    }
}

/// What orders are at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Release the wave.
    Wave,
    /// Pick this order.
    Pick(usize),
    /// Check this order, or the one that is scanned.
    Check(usize),
    /// Weigh this order.
    Weigh(usize),
    /// Hand the parcels over.
    HandOver,
}

/// Orders of a wave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbound {
    /// Whether the wave was released.
    pub released: bool,
    /// Its orders, in the order in which they are picked.
    pub orders: Vec<Order>,
    /// The order chosen for checking.
    pub checking: Option<usize>,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Customer's number (`CK-0001`).
    pub number: String,
    /// For whom, masked.
    pub customer: String,
    /// To where, masked.
    pub address: String,
    /// Who carries it.
    pub courier: String,
    /// Lines, by code of the goods.
    pub lines: Shared<Vec<OrderLine>>,
    /// Scans of its check, oldest first: line and units. The last can be taken back.
    pub scans: Vec<(usize, i64)>,
    /// Weight, once it was weighed and fitted, in grams.
    pub grams: Option<i64>,
    /// Weight of the last weighing, where it did not fit, in grams: the next that does not lets the check begin anew.
    pub off: Option<i64>,
    /// Whether it was handed over.
    pub handed_over: bool,
}

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// What.
    pub sku: String,
    /// Units ordered.
    pub ordered: i64,
    /// Where they are taken from; empty before the wave is released, and where none were free.
    pub picks: Vec<Pick>,
    /// Units checked.
    pub checked: i64,
}

/// Units to be taken from one slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pick {
    /// Code of the slot's location.
    pub location: String,
    /// Its light's position, from 0.
    pub position: u8,
    /// Lot: date of production, empty for undated goods.
    pub lot: String,
    /// Units wanted.
    pub wanted: i64,
    /// Names its light; not 0.
    pub tag: u32,
    /// Count as it was changed at the light; null where it was not.
    #[serde(default)]
    pub shown: Option<i64>,
    /// Units taken; null until confirmed.
    #[serde(default)]
    pub picked: Option<i64>,
}

impl OrderLine {
    /// Units taken.
    pub fn picked(&self) -> i64 {
        self.picks.iter().filter_map(|pick| pick.picked).sum()
    }
}

impl Order {
    /// Units taken.
    pub fn picked(&self) -> i64 {
        self.lines.iter().map(OrderLine::picked).sum()
    }

    /// Whether each of its lights was confirmed.
    pub fn is_picked(&self) -> bool {
        self.lines
            .iter()
            .flat_map(|line| &line.picks)
            .all(|pick| pick.picked.is_some())
    }

    fn checked(&mut self, line: usize, units: i64) {
        if units > 0 {
            self.scans.push((line, units));
        } else {
            self.scans.pop();
        }
        if let Some(line) = self.lines.get_mut(line) {
            line.checked += units;
        }
    }

    /// Whether each unit taken was checked.
    pub fn is_checked(&self) -> bool {
        self.lines.iter().all(|line| line.checked >= line.picked())
    }
}

impl Outbound {
    /// Orders that came.
    pub fn new(orders: &[OrderSpec]) -> Self {
        let order = |order: &OrderSpec| Order {
            number: order.number.clone(),
            customer: order.customer.clone(),
            address: order.address.clone(),
            courier: order.courier.clone(),
            lines: order
                .lines
                .iter()
                .map(|(sku, units)| OrderLine {
                    sku: sku.clone(),
                    ordered: *units,
                    picks: Vec::new(),
                    checked: 0,
                })
                .collect::<Vec<_>>()
                .into(),
            scans: Vec::new(),
            grams: None,
            off: None,
            handed_over: false,
        };
        Self {
            orders: orders.iter().map(order).collect(),
            ..Self::default()
        }
    }

    /// What it is at; none when all is handed over. An order of which nothing could be picked has nothing to ship.
    pub fn step(&self) -> Option<Step> {
        if !self.released && !self.orders.is_empty() {
            return Some(Step::Wave);
        }
        if let Some(order) = self.orders.iter().position(|order| !order.is_picked()) {
            return Some(Step::Pick(order));
        }
        let to_ship = || self.orders.iter().enumerate().filter(|(_, order)| order.picked() > 0);
        let waits = |order: &Order| order.grams.is_none() && order.picked() > 0;
        let chosen = self.checking.filter(|index| self.orders.get(*index).is_some_and(waits));
        let next = chosen.or_else(|| to_ship().find(|(_, order)| waits(order)).map(|(index, _)| index));
        if let Some((index, order)) = next.and_then(|index| Some((index, self.orders.get(index)?))) {
            return Some(if order.is_checked() {
                Step::Weigh(index)
            } else {
                Step::Check(index)
            });
        }
        to_ship().any(|(_, order)| !order.handed_over).then_some(Step::HandOver)
    }

    /// The pick of a light's tag: order, line, pick.
    pub fn by_tag(&self, tag: u32) -> Option<(usize, &OrderLine, &Pick)> {
        self.orders.iter().enumerate().find_map(|(index, order)| {
            let mut picks = order
                .lines
                .iter()
                .flat_map(|line| line.picks.iter().map(move |pick| (line, pick)));
            picks
                .find(|(_, pick)| pick.tag == tag)
                .map(|(line, pick)| (index, line, pick))
        })
    }

    /// Lights of an order that wait to be confirmed, in walking order.
    pub fn open_picks(&self, order: usize) -> Vec<(&OrderLine, &Pick)> {
        let lines = self
            .orders
            .get(order)
            .map(|order| order.lines.as_slice())
            .unwrap_or_default();
        let mut picks: Vec<_> = lines
            .iter()
            .flat_map(|line| line.picks.iter().map(move |pick| (line, pick)))
            .collect();
        picks.retain(|(_, pick)| pick.picked.is_none());
        picks.sort_by_key(|(_, pick)| pick.position);
        picks
    }

    /// Parts done, of all.
    pub fn progress(&self) -> (usize, usize) {
        let (mut done, mut all) = (usize::from(self.released), 1);
        for order in &self.orders {
            let nothing = self.released && order.is_picked() && order.picked() == 0;
            all += order.lines.len() + 3;
            done += order
                .lines
                .iter()
                .filter(|line| self.released && line.picks.iter().all(|pick| pick.picked.is_some()))
                .count();
            done += usize::from(nothing || (self.released && order.is_picked() && order.is_checked()));
            done += usize::from(nothing || order.grams.is_some());
            done += usize::from(nothing || order.handed_over);
        }
        (done, all)
    }

    /// Applies a change.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::WaveReleased { picks } => {
                self.released = true;
                for (order, lines) in self.orders.iter_mut().zip(picks) {
                    for (line, picks) in order.lines.iter_mut().zip(lines) {
                        line.picks.clone_from(picks);
                    }
                }
            }
            Change::Adjusted { tag, count } => {
                if let Some(pick) = self.pick_mut(*tag) {
                    pick.shown = Some(*count);
                }
            }
            Change::Picked { tag, quantity } => {
                if let Some(pick) = self.pick_mut(*tag) {
                    pick.picked = Some(*quantity);
                }
            }
            Change::Unpicked { tag, units } => {
                if let Some(pick) = self.pick_mut(*tag) {
                    pick.picked = pick.picked.map(|picked| picked - units);
                }
            }
            Change::CheckBegun { order } => self.checking = Some(*order),
            Change::Checked { order, line, units } => {
                if let Some(order) = self.orders.get_mut(*order) {
                    order.checked(*line, *units);
                }
            }
            Change::CheckReset { order } => {
                self.checking = Some(*order);
                if let Some(order) = self.orders.get_mut(*order) {
                    order.scans.clear();
                    order.off = None;
                    order.lines.iter_mut().for_each(|line| line.checked = 0);
                }
            }
            Change::Weighed { order, grams } => {
                self.checking = None;
                if let Some(order) = self.orders.get_mut(*order) {
                    order.grams = Some(*grams);
                    order.off = None;
                }
            }
            Change::WeighedOff { order, grams } => {
                if let Some(order) = self.orders.get_mut(*order) {
                    order.off = Some(*grams);
                }
            }
            Change::HandedOver { order } => {
                if let Some(order) = self.orders.get_mut(*order) {
                    order.handed_over = true;
                }
            }
        }
    }

    fn pick_mut(&mut self, tag: u32) -> Option<&mut Pick> {
        // Its order alone is copied.
        let (order, ..) = self.by_tag(tag)?;
        let lines = self.orders.get_mut(order)?.lines.iter_mut();
        lines
            .flat_map(|line| line.picks.iter_mut())
            .find(|pick| pick.tag == tag)
    }
}
