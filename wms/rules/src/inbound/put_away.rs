//! Where received goods should go.

use std::collections::BTreeSet;

use crate::core::goods::Sku;
use crate::core::plan::{FloorPlan, Location};
use crate::core::sentence::Sentence;
use crate::core::stock::Stock;

/// The best location for so many units of a lot, not among those already given away, and why: the pick slot that holds the
/// lot and has room; else a free pallet slot, goods picked most nearest to the dock, heavy goods low.
pub fn suggest(
    plan: &FloorPlan,
    stock: &Stock,
    sku: &Sku,
    lot: &str,
    units: i64,
    given: &BTreeSet<String>,
) -> Option<(String, Sentence)> {
    let pick = plan.pick_codes().find(|code| {
        let mut there = stock.location(code).peekable();
        there.peek().is_some() && there.all(|(place, _)| place.sku == sku.code && place.lot == lot)
    });
    if let Some(code) = pick.filter(|code| stock.units(code, &sku.code) + units <= plan.pick_shelf.max_units) {
        return Some((code, Sentence::new("put_away.same_lot_has_room")));
    }
    let free = plan
        .rack_codes()
        .filter(|code| stock.is_empty(code) && !given.contains(code));
    let kilograms = units * sku.unit_weight_g / 1000;
    // Heavy: more than a quarter of what a slot bears.
    let heavy = kilograms * 4 > plan.pallet_rack.max_kg;
    let best = free.min_by_key(|code| match plan.location(code) {
        Some(Location::Rack { rack, level, slot }) if heavy => (level, rack, slot),
        Some(Location::Rack { rack, level, slot }) => (rack, level, slot),
        _ => (u8::MAX, u8::MAX, u8::MAX),
    })?;
    let reason = if heavy {
        Sentence::new("put_away.heavy_low")
    } else {
        Sentence::new("put_away.nearest_free").with("max", format!("{} {}", plan.pick_shelf.max_units, sku.unit))
    };
    Some((best, reason))
}
