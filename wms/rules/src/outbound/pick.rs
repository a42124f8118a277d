//! Picking by light (摘果): all slots of one order shine at once; a key confirms what was taken.

use uplink::{Colour, Key, Light, MAX_TAG, Mode};

use super::{Change, Decided, OrderLine, Outbound, Pick, Step, demand};
use crate::area::{self, Decision, Desk};
use crate::core::act::Act;
use crate::core::crew::By;
use crate::core::demand::Want;
use crate::core::ground;
use crate::core::hand::AGAIN;
use crate::core::paper::PaperKind;
use crate::core::sentence::Sentence;
use crate::core::stock::{Movement, PACKING, Place, Status, Stock};
use crate::core::words::Words;

/// [`AGAIN`] where another light shines there already: no hand takes goods from a slot so quickly.
const MOMENT: i64 = 500;
/// Highest count that three digits show.
const MOST: i64 = 999;

/// The wave is released: stock is promised to each order, oldest lot first, and the papers are made.
pub fn release(desk: &Desk<'_, Outbound>, by: &By, at: i64) -> Decided {
    let mut stock: Stock = desk.ground.stock.clone();
    let mut changes = Vec::new();
    let (mut waves, mut short) = (Vec::new(), Vec::new());
    let mut count: i64 = 0;
    for order in &desk.own.orders {
        let mut lines = Vec::new();
        for line in &order.lines {
            let mut picks = Vec::new();
            let mut wanted = line.ordered;
            for place in shelf_places(desk, &stock, &line.sku) {
                let take = wanted.min(stock.at(&place).free());
                let Some(position) = desk.ground.scenario.position(&place.location).filter(|_| take > 0) else {
                    continue;
                };
                if stock.reserve(&place, take).is_err() {
                    continue;
                }
                changes.push(
                    ground::Change::Reserved {
                        place: place.clone(),
                        quantity: take,
                    }
                    .into(),
                );
                count += 1;
                let pick = Pick {
                    location: place.location,
                    position,
                    lot: place.lot,
                    wanted: take,
                    tag: tag(desk.ground.head.id, count),
                    shown: None,
                    picked: None,
                };
                changes.extend(demand::more(demand::at_light(&order.number, &line.sku, &pick), take));
                picks.push(pick);
                wanted -= take;
            }
            changes.extend(demand::more(Want::nowhere(&order.number, &line.sku), wanted));
            if wanted > 0 {
                short.push((order.number.clone(), line.sku.clone(), wanted));
            }
            lines.push(picks);
        }
        waves.push(lines);
    }
    changes.push(Change::WaveReleased { picks: waves }.into());
    changes.push(
        ground::Change::PaperMade {
            number: desk.ground.next_number(PaperKind::PickList, 0),
            kind: PaperKind::PickList,
            order: None,
            by: by.clone(),
            at,
        }
        .into(),
    );
    for index in 0..desk.own.orders.len() {
        changes.push(
            ground::Change::PaperMade {
                number: desk.ground.next_number(PaperKind::OutboundOrder, index),
                kind: PaperKind::OutboundOrder,
                order: Some(index),
                by: by.clone(),
                at,
            }
            .into(),
        );
    }
    for (order, sku, missing) in short {
        let what = Sentence::new("pick.not_enough")
            .with("order", order)
            .with("goods", desk.ground.goods.called(&sku))
            .with("missing", missing)
            .with("unit", desk.ground.goods.unit(&sku));
        changes.push(ground::Change::Noted { what, at }.into());
    }
    let words = Words::right(Sentence::new("pick.released").with("orders", desk.own.orders.len()))
        .then(Sentence::new("pick.released_then"));
    Decision {
        changes,
        words: Some(words),
    }
}

/// Slots of the shelf that hold goods, the lot that expires first in front, then by position.
fn shelf_places(desk: &Desk<'_, Outbound>, stock: &Stock, sku: &str) -> Vec<Place> {
    let mut places: Vec<(String, u8, Place)> = stock
        .iter()
        .filter(|(place, balance)| place.sku == sku && place.status == Status::Available && balance.free() > 0)
        .filter_map(|(place, _)| {
            Some((
                place.lot.clone(),
                desk.ground.scenario.position(&place.location)?,
                place.clone(),
            ))
        })
        .collect();
    places.sort();
    places.into_iter().map(|(_, _, place)| place).collect()
}

/// Lights of one run that have a tag of its own; those beyond borrow the next run's.
const TAGS: i64 = 1_000;

/// A light's tag: not 0, and another for each light of 268,000 runs, so that a key that answers an older light is known.
fn tag(run: i64, count: i64) -> u32 {
    let tag = (run * TAGS + count) % i64::from(MAX_TAG) + 1;
    u32::try_from(tag).unwrap_or(1)
}

/// What the shelf should show: each slot of the order being picked, with its count; all else dark.
pub fn lights(desk: &Desk<'_, Outbound>) -> Vec<Light> {
    let mut lights = vec![Light::default(); desk.ground.scenario.floor.pick_codes().count()];
    if desk.ground.closed {
        return lights;
    }
    let Some(Step::Pick(order)) = desk.own.step() else {
        return lights;
    };
    for (_, pick) in desk.own.open_picks(order) {
        if let Some(light) = lights
            .get_mut(usize::from(pick.position))
            .filter(|light| light.tag == 0)
        {
            *light = Light {
                colour: Colour::A,
                mode: Mode::On,
                // As changed at the light: a shelf that starts again must not offer the whole count anew.
                count: u16::try_from(pick.shown.unwrap_or(pick.wanted).min(MOST)).ok(),
                adjustable: true,
                tag: pick.tag,
            };
        }
    }
    lights
}

/// A key was pressed.
pub fn key(desk: &Desk<'_, Outbound>, position: u8, key: Key, count: Option<u16>, tag: u32, at: i64) -> Decided {
    let here = desk
        .ground
        .scenario
        .floor
        .pick_code(position)
        .unwrap_or_else(|| format!("#{position}"));
    let press = Act::Key {
        position,
        key,
        count,
        tag,
    };
    // A second press of the key that has just confirmed is the same one: its light is dark by then, or another's.
    let just_done = desk.hand.last.as_ref().is_some_and(|hand| hand.worked) && key == Key::Confirm;
    let double = |within| just_done && desk.hand.is_double(&press, at, within);
    let pressed_tag = desk.hand.last.as_ref().map_or(0, |hand| match hand.act {
        Act::Key { tag, .. } => tag,
        _ => 0,
    });
    let Some(Step::Pick(order)) = desk.own.step() else {
        if double(AGAIN) {
            return confirmed_before(desk, pressed_tag, &here).unwrap_or_default();
        }
        // The answer to the last light of all may come twice as well.
        return confirmed_before(desk, tag, &here).unwrap_or_else(|| {
            Decision::only(Words::wrong(Sentence::new("pick.no_task").with("location", here)).then_now())
        });
    };
    let open = desk.own.open_picks(order);
    let lit = open.iter().find(|(_, pick)| pick.position == position);
    let answers = lit.is_some_and(|(_, pick)| pick.tag == tag);
    if let Some(decision) = confirmed_before(desk, pressed_tag, &here)
        .filter(|_| pressed_tag != tag && double(if answers { MOMENT } else { AGAIN }))
    {
        return decision;
    }
    let Some((line, pick)) = lit.filter(|(_, pick)| pick.tag == tag) else {
        if let Some(decision) = confirmed_before(desk, tag, &here) {
            return decision;
        }
        let should = open.first().map(|(line, pick)| {
            (
                pick.location.clone(),
                desk.ground.goods.called(&line.sku),
                wanted_of(desk, line, pick),
            )
        });
        let (location, goods, wanted) = should.unwrap_or_default();
        // A lit position that answers with another tag showed an older light: the press was meant for that one.
        let was = if lit.is_some() && tag != 0 {
            Sentence::new("pick.stale").with("location", here)
        } else {
            Sentence::new("pick.dark").with("location", here)
        };
        let then = Sentence::new("pick.dark_then")
            .with("location", location)
            .with("goods", goods)
            .with("quantity", wanted);
        return Decision::only(Words::wrong(was).then(then));
    };
    let goods = desk.ground.goods.called(&line.sku);
    let unit = desk.ground.goods.unit(&line.sku);
    let shown = count.map_or(pick.shown.unwrap_or(pick.wanted), i64::from);
    match key {
        Key::Plus | Key::Minus => {
            let was = Sentence::new("pick.adjusted")
                .with("goods", goods)
                .with("count", shown)
                .with("wanted", pick.wanted)
                .with("unit", unit);
            Decision {
                changes: vec![Change::Adjusted { tag, count: shown }.into()],
                words: Some(Words::waiting(was).then(if shown > pick.wanted {
                    Sentence::new("pick.over_then").with("wanted", pick.wanted)
                } else {
                    Sentence::new("pick.adjusted_then")
                })),
            }
        }
        Key::Confirm if shown > pick.wanted => {
            let was = Sentence::new("pick.over")
                .with("goods", goods)
                .with("count", shown)
                .with("wanted", pick.wanted)
                .with("unit", unit);
            Decision::only(Words::wrong(was).then(Sentence::new("pick.over_then").with("wanted", pick.wanted)))
        }
        Key::Confirm => confirm(desk, order, &line.sku, pick, shown, at),
    }
}

/// `2 瓶`: how many a light wants.
fn wanted_of(desk: &Desk<'_, Outbound>, line: &OrderLine, pick: &Pick) -> String {
    format!("{} {}", pick.wanted, desk.ground.goods.unit(&line.sku))
}

/// The same light confirmed again counts once.
fn confirmed_before(desk: &Desk<'_, Outbound>, tag: u32, here: &str) -> Option<Decided> {
    let (_, line, pick) = desk.own.by_tag(tag).filter(|_| tag != 0)?;
    let taken = pick.picked?;
    let was = Sentence::new("pick.again")
        .with("location", here)
        .with("goods", desk.ground.goods.called(&line.sku))
        .with("quantity", format!("{taken} {}", desk.ground.goods.unit(&line.sku)));
    Some(Decision::only(Words::waiting(was).then_now()))
}

fn confirm(desk: &Desk<'_, Outbound>, order: usize, sku: &str, pick: &Pick, taken: i64, at: i64) -> Decided {
    let place = Place::at(&pick.location.as_str().into(), sku, &pick.lot);
    let mut changes = vec![
        ground::Change::Reserved {
            place,
            quantity: -pick.wanted,
        }
        .into(),
    ];
    if taken > 0 {
        changes.push(
            ground::Change::Moved(Movement {
                sku: sku.to_owned(),
                lot: pick.lot.clone(),
                from: pick.location.as_str().into(),
                to: PACKING.into(),
                quantity: taken,
            })
            .into(),
        );
    }
    changes.push(
        Change::Picked {
            tag: pick.tag,
            quantity: taken,
        }
        .into(),
    );
    let number = desk.own.orders.get(order).map(|order| order.number.clone());
    let number = number.unwrap_or_default();
    changes.extend(demand::confirmed(&desk.ground.demand, &number, sku, pick, taken));
    let (goods, unit) = (desk.ground.goods.called(sku), desk.ground.goods.unit(sku));
    let was = if taken < pick.wanted {
        let what = Sentence::new("pick.short")
            .with("order", number)
            .with("location", &pick.location)
            .with("goods", goods)
            .with("taken", taken)
            .with("wanted", pick.wanted)
            .with("unit", unit);
        changes.push(ground::Change::Noted { what: what.clone(), at }.into());
        what
    } else {
        Sentence::new("pick.right")
            .with("goods", goods)
            .with("taken", taken)
            .with("unit", unit)
    };
    let rest = desk.own.open_picks(order).len() - 1;
    let more_orders = desk.own.orders.iter().skip(order + 1).any(|order| !order.is_picked());
    let words = Words::right(was);
    let words = match (rest, more_orders) {
        (0, true) => words.then(Sentence::new("pick.next_order")),
        (0, false)
            if matches!(
                area::after(desk.own, &changes, Outbound::apply).step(),
                Some(Step::Check(_))
            ) =>
        {
            words.then(Sentence::new("pick.all_done_then"))
        }
        // Where nothing was picked there is nothing to check.
        (0, false) => words.then_after(),
        (rest, _) => words.then(Sentence::new("pick.next_light").with("rest", rest)),
    };
    Decision {
        changes,
        words: Some(words),
    }
}

/// Goods were scanned while an order is picked: told whether they are of it.
pub fn scan_while_picking(desk: &Desk<'_, Outbound>, order: usize, sku: &str) -> Decided {
    let open = desk.own.open_picks(order);
    let goods = desk.ground.goods.called(sku);
    if let Some((line, pick)) = open.iter().find(|(line, _)| line.sku == sku) {
        let was = Sentence::new("pick.scan_right").with("goods", goods);
        let then = Sentence::new("pick.scan_right_then")
            .with("location", &pick.location)
            .with("quantity", wanted_of(desk, line, pick));
        return Decision::only(Words::right(was).then(then));
    }
    let Some((line, pick)) = open.first() else {
        return Decision::default();
    };
    let should = desk.ground.goods.called(&line.sku);
    let was = Sentence::new("pick.scan_wrong")
        .with("goods", goods)
        .with("should", &should);
    let home = desk
        .ground
        .stock
        .iter()
        .find(|(place, balance)| {
            place.sku == sku && balance.quantity > 0 && desk.ground.scenario.position(&place.location).is_some()
        })
        .map(|(place, _)| place.location.clone());
    let then = match home {
        Some(home) => Sentence::new("pick.scan_wrong_then")
            .with("home", home)
            .with("location", &pick.location)
            .with("should", should),
        None => Sentence::new("pick.scan_wrong_no_home")
            .with("location", &pick.location)
            .with("should", should),
    };
    Decision::only(Words::wrong(was).then(then))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// A school of six groups starts some 6,000 runs in a term; ten times as many have tags of their own.
    #[test]
    fn no_tag_comes_round_within_a_term() {
        let tags: BTreeSet<u32> = (1..=60_000)
            .flat_map(|run| [1, 2, 40].map(|count| tag(run, count)))
            .collect();
        assert_eq!(tags.len(), 180_000);
        let full: BTreeSet<u32> = [268_433, 268_434]
            .into_iter()
            .flat_map(|run| (1..=TAGS).map(move |count| tag(run, count)))
            .collect();
        assert_eq!(full.len(), 2_000);
        assert!(!full.contains(&0) && full.last().is_some_and(|tag| *tag <= MAX_TAG));
    }
}
