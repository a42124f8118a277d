//! What orders want, as the wave, a light, the check and the handover change it.
//!
//! From the wave to the handover an order's line wants what it ordered without what was taken for it. What it is handed over
//! without, nobody wants any more.

use super::{Order, Pick};
use crate::area::Change;
use crate::core::demand::{Demand, Want};
use crate::core::ground;

/// Units more, or below 0 fewer; nothing where it changes nothing.
pub fn more<C>(want: Want, units: i64) -> Option<Change<C>> {
    (units != 0).then(|| ground::Change::Wanted { want, units }.into())
}

/// What a light asks for.
pub fn at_light(order: &str, sku: &str, pick: &Pick) -> Want {
    Want {
        lot: pick.lot.clone(),
        face: pick.location.clone(),
        ..Want::nowhere(order, sku)
    }
}

/// A light was confirmed: what was taken is met; the rest the order still wants, and that face does not have it. Of a run
/// that knew no demand when its wave was released there is nothing to meet.
pub fn confirmed<C>(
    demand: &Demand,
    order: &str,
    sku: &str,
    pick: &Pick,
    taken: i64,
) -> impl Iterator<Item = Change<C>> {
    let want = at_light(order, sku, pick);
    let met = demand.of(&want);
    let rest = more(Want::nowhere(order, sku), (met - taken).max(0));
    more(want, -met).into_iter().chain(rest)
}

/// An order was handed over: what it went without is wanted no more.
pub fn given_up<C>(demand: &Demand, order: &Order) -> Vec<Change<C>> {
    let wants = demand.order(&order.number);
    wants.filter_map(|(want, units)| more(want.clone(), -units)).collect()
}
