//! Picking by light (摘果): all slots of one order shine at once; a key confirms what was taken.

use uplink::{Colour, Key, Light, Mode};

use super::{OrderLine, Pick};
use crate::act::{Act, Decision, Words};
use crate::change::Change;
use crate::core::paper::PaperKind;
use crate::core::sentence::Sentence;
use crate::core::stock::{Movement, PACKING, Place, Stock};
use crate::decide::leads_to;
use crate::run::{AGAIN, RunState, Step};

/// [`AGAIN`] where another light shines there already: no hand takes goods from a slot so quickly.
const MOMENT: i64 = 500;
/// Highest count that three digits show.
const MOST: i64 = 999;

/// The wave is released: stock is promised to each order, oldest lot first, and the papers are made.
pub fn release(run: &RunState, by: &str, at: i64) -> Decision {
    let mut stock: Stock = run.stock.clone();
    let mut changes = Vec::new();
    let (mut waves, mut short) = (Vec::new(), Vec::new());
    let mut count: i64 = 0;
    for order in &run.outbound.orders {
        let mut lines = Vec::new();
        for line in &order.lines {
            let mut picks = Vec::new();
            let mut wanted = line.ordered;
            for place in shelf_places(run, &stock, &line.sku) {
                let take = wanted.min(stock.at(&place).free());
                let Some(position) = run.scenario.position(&place.location).filter(|_| take > 0) else {
                    continue;
                };
                if stock.reserve(&place, take).is_err() {
                    continue;
                }
                changes.push(Change::Reserved {
                    place: place.clone(),
                    quantity: take,
                });
                count += 1;
                picks.push(Pick {
                    location: place.location,
                    position,
                    lot: place.lot,
                    wanted: take,
                    tag: tag(run.head.id, count),
                    shown: None,
                    picked: None,
                });
                wanted -= take;
            }
            if wanted > 0 {
                short.push((order.number.clone(), line.sku.clone(), wanted));
            }
            lines.push(picks);
        }
        waves.push(lines);
    }
    changes.push(Change::WaveReleased { picks: waves });
    changes.push(Change::PaperMade {
        number: run.next_number(PaperKind::PickList, 0),
        kind: PaperKind::PickList,
        order: None,
        by: by.to_owned(),
        at,
    });
    for index in 0..run.outbound.orders.len() {
        changes.push(Change::PaperMade {
            number: run.next_number(PaperKind::OutboundOrder, index),
            kind: PaperKind::OutboundOrder,
            order: Some(index),
            by: by.to_owned(),
            at,
        });
    }
    for (order, sku, missing) in short {
        let what = Sentence::new("pick.not_enough")
            .with("order", order)
            .with("goods", run.goods.called(&sku))
            .with("missing", missing)
            .with("unit", run.goods.unit(&sku));
        changes.push(Change::Noted { what, at });
    }
    let words = Words::right(Sentence::new("pick.released").with("orders", run.outbound.orders.len()))
        .then(Sentence::new("pick.released_then"));
    Decision {
        changes,
        words: Some(words),
    }
}

/// Slots of the shelf that hold goods, the lot that expires first in front, then by position.
fn shelf_places(run: &RunState, stock: &Stock, sku: &str) -> Vec<Place> {
    let mut places: Vec<(String, u8, Place)> = stock
        .iter()
        .filter(|(place, balance)| place.sku == sku && balance.free() > 0)
        .filter_map(|(place, _)| {
            Some((
                place.lot.clone(),
                run.scenario.position(&place.location)?,
                place.clone(),
            ))
        })
        .collect();
    places.sort();
    places.into_iter().map(|(_, _, place)| place).collect()
}

/// A light's tag: not 0, and another in each run at a station, so that a key that answers an older light is known.
fn tag(run: i64, count: i64) -> u16 {
    u16::try_from((run * 251 + count) % 65_535 + 1).unwrap_or(1)
}

/// What the shelf should show: each slot of the order being picked, with its count; all else dark.
pub fn lights(run: &RunState) -> Vec<Light> {
    let mut lights = vec![Light::default(); run.scenario.floor.pick_codes().count()];
    if run.closed {
        return lights;
    }
    let Step::Pick(order) = run.step() else { return lights };
    for (_, pick) in run.outbound.open_picks(order) {
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
pub fn key(run: &RunState, position: u8, key: Key, count: Option<u16>, tag: u16, at: i64) -> Decision {
    let here = run
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
    let just_done = run.hand.as_ref().is_some_and(|hand| hand.worked) && key == Key::Confirm;
    let double = |within| just_done && run.is_double(&press, at, within);
    let pressed_tag = run.hand.as_ref().map_or(0, |hand| match hand.act {
        Act::Key { tag, .. } => tag,
        _ => 0,
    });
    let Step::Pick(order) = run.step() else {
        if double(AGAIN) {
            return confirmed_before(run, pressed_tag, &here).unwrap_or_default();
        }
        // The answer to the last light of all may come twice as well.
        return confirmed_before(run, tag, &here).unwrap_or_else(|| {
            Decision::only(
                Words::wrong(Sentence::new("pick.no_task").with("location", here)).then(super::ship::now(run)),
            )
        });
    };
    let open = run.outbound.open_picks(order);
    let lit = open.iter().find(|(_, pick)| pick.position == position);
    let answers = lit.is_some_and(|(_, pick)| pick.tag == tag);
    if let Some(decision) = confirmed_before(run, pressed_tag, &here)
        .filter(|_| pressed_tag != tag && double(if answers { MOMENT } else { AGAIN }))
    {
        return decision;
    }
    let Some((line, pick)) = lit.filter(|(_, pick)| pick.tag == tag) else {
        if let Some(decision) = confirmed_before(run, tag, &here) {
            return decision;
        }
        let should = open.first().map(|(line, pick)| {
            (
                pick.location.clone(),
                run.goods.called(&line.sku),
                wanted_of(run, line, pick),
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
    let goods = run.goods.called(&line.sku);
    let unit = run.goods.unit(&line.sku);
    let shown = count.map_or(pick.shown.unwrap_or(pick.wanted), i64::from);
    match key {
        Key::Plus | Key::Minus => {
            let was = Sentence::new("pick.adjusted")
                .with("goods", goods)
                .with("count", shown)
                .with("wanted", pick.wanted)
                .with("unit", unit);
            Decision {
                changes: vec![Change::Adjusted { tag, count: shown }],
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
        Key::Confirm => confirm(run, order, &line.sku, pick, shown, at),
    }
}

/// `2 瓶`: how many a light wants.
fn wanted_of(run: &RunState, line: &OrderLine, pick: &Pick) -> String {
    format!("{} {}", pick.wanted, run.goods.unit(&line.sku))
}

/// The same light confirmed again counts once.
fn confirmed_before(run: &RunState, tag: u16, here: &str) -> Option<Decision> {
    let (_, line, pick) = run.outbound.by_tag(tag).filter(|_| tag != 0)?;
    let taken = pick.picked?;
    let was = Sentence::new("pick.again")
        .with("location", here)
        .with("goods", run.goods.called(&line.sku))
        .with("quantity", format!("{taken} {}", run.goods.unit(&line.sku)));
    Some(Decision::only(Words::waiting(was).then(super::ship::now(run))))
}

fn confirm(run: &RunState, order: usize, sku: &str, pick: &Pick, taken: i64, at: i64) -> Decision {
    let place = Place {
        location: pick.location.clone(),
        sku: sku.to_owned(),
        lot: pick.lot.clone(),
    };
    let mut changes = vec![Change::Reserved {
        place,
        quantity: -pick.wanted,
    }];
    if taken > 0 {
        changes.push(Change::Moved(Movement {
            sku: sku.to_owned(),
            lot: pick.lot.clone(),
            from: pick.location.clone(),
            to: PACKING.into(),
            quantity: taken,
        }));
    }
    changes.push(Change::Picked {
        tag: pick.tag,
        quantity: taken,
    });
    let (goods, unit) = (run.goods.called(sku), run.goods.unit(sku));
    let was = if taken < pick.wanted {
        let number = run
            .outbound
            .orders
            .get(order)
            .map(|order| order.number.clone())
            .unwrap_or_default();
        let what = Sentence::new("pick.short")
            .with("order", number)
            .with("location", &pick.location)
            .with("goods", goods)
            .with("taken", taken)
            .with("wanted", pick.wanted)
            .with("unit", unit);
        changes.push(Change::Noted { what: what.clone(), at });
        what
    } else {
        Sentence::new("pick.right")
            .with("goods", goods)
            .with("taken", taken)
            .with("unit", unit)
    };
    let rest = run.outbound.open_picks(order).len() - 1;
    let more_orders = run
        .outbound
        .orders
        .iter()
        .skip(order + 1)
        .any(|order| !order.is_picked());
    let then = match (rest, more_orders) {
        (0, true) => Sentence::new("pick.next_order"),
        (0, false) => leads_to(run, &changes, Sentence::new("pick.all_done_then"), |step| {
            matches!(step, Step::Check(_))
        }),
        (rest, _) => Sentence::new("pick.next_light").with("rest", rest),
    };
    Decision {
        changes,
        words: Some(Words::right(was).then(then)),
    }
}

/// Goods were scanned while an order is picked: told whether they are of it.
pub fn scan_while_picking(run: &RunState, order: usize, sku: &str) -> Decision {
    let open = run.outbound.open_picks(order);
    let goods = run.goods.called(sku);
    if let Some((line, pick)) = open.iter().find(|(line, _)| line.sku == sku) {
        let was = Sentence::new("pick.scan_right").with("goods", goods);
        let then = Sentence::new("pick.scan_right_then")
            .with("location", &pick.location)
            .with("quantity", wanted_of(run, line, pick));
        return Decision::only(Words::right(was).then(then));
    }
    let Some((line, pick)) = open.first() else {
        return Decision::default();
    };
    let should = run.goods.called(&line.sku);
    let was = Sentence::new("pick.scan_wrong")
        .with("goods", goods)
        .with("should", &should);
    let home = run
        .stock
        .iter()
        .find(|(place, balance)| {
            place.sku == sku && balance.quantity > 0 && run.scenario.position(&place.location).is_some()
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
