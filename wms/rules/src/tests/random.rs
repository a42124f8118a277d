//! Any acts in any order: the ledger holds.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::core::demand::Want;
use crate::core::ground;
use crate::core::stock::{CUSTOMER, PACKING, Place, RECEIVING, SUPPLIER, is_of_the_book};

/// What a hand on the floor might do, mostly sensible.
#[derive(Clone, Debug)]
enum Hand {
    /// Scan one of all codes of the scenario.
    Code(usize),
    /// Press at a lit position, with a count that may be off.
    Lit(usize, i8),
    /// Press anywhere.
    Key(u8, Option<u16>, u32),
    /// Put on the scale what the parcel should weigh, and a little more or less.
    Parcel(i16),
    /// Anything on the scale.
    Weight(i32, bool),
    /// The nth paper is judged, handed in again, or signed.
    Paper(usize, u8),
    /// The log is written.
    Log,
    /// The printer forgets the nth label, or prints it.
    Printer(usize),
    /// What the page offers first.
    Confirm,
    /// A command's button on a screen so many acts old.
    Click(usize, u8),
    /// The unit that the order's check waits for.
    Wanted,
    /// Less is there than was booked or announced.
    Short,
    /// The last scan is taken back.
    Back,
    /// The difference of the nth goods is recorded by name.
    RecordShort(usize),
}

fn hand() -> impl Strategy<Value = Hand> {
    prop_oneof![
        8 => (0..200_usize).prop_map(Hand::Code),
        4 => (0..3_usize, -2..2_i8).prop_map(|(nth, off)| Hand::Lit(nth, off)),
        1 => (any::<u8>(), any::<Option<u16>>(), any::<u32>()).prop_map(|(p, c, t)| Hand::Key(p, c, t)),
        2 => (-150..150_i16).prop_map(Hand::Parcel),
        1 => (any::<i32>(), any::<bool>()).prop_map(|(grams, stable)| Hand::Weight(grams, stable)),
        4 => Just(Hand::Confirm),
        12 => Just(Hand::Wanted),
        1 => (0..8_usize, 0..4_u8).prop_map(|(nth, deed)| Hand::Paper(nth, deed)),
        1 => Just(Hand::Log),
        1 => (0..9_usize).prop_map(Hand::Printer),
        2 => (0..4_usize, 0..4_u8).prop_map(|(nth, old)| Hand::Click(nth, old)),
        2 => Just(Hand::Short),
        2 => Just(Hand::Back),
        1 => (0..20_usize).prop_map(Hand::RecordShort),
    ]
}

fn codes(run: &RunState) -> Vec<String> {
    let mut codes: Vec<String> = run
        .ground
        .scenario
        .sku
        .iter()
        .flat_map(|sku| [sku.gtin13.clone(), sku.case_gtin14.clone()])
        .collect();
    let placed = run.inbound.lines.iter().filter_map(|line| line.placed.as_ref());
    codes.extend(placed.flat_map(|placed| [placed.lpn.clone(), placed.location.clone()]));
    codes.extend(run.outbound.orders.iter().map(|order| order.number.clone()));
    codes.extend(
        [
            "CMD-CONFIRM",
            "CMD-SHORT",
            "CMD-NEXT",
            "CMD-BACK",
            "A-01-01-01",
            "unknown",
        ]
        .map(String::from),
    );
    codes.extend(run.ground.papers.iter().map(|paper| paper.number.clone()));
    codes
}

fn command(code: &str) -> Act {
    Act::Scan {
        code: code.into(),
        aim: None,
        seen: None,
    }
}

/// The next unit of the order that is checked.
fn wanted(run: &RunState) -> Option<String> {
    let Step::Check(order) = run.step() else { return None };
    let mut lines = run.outbound.orders[order].lines.iter();
    let line = lines.find(|line| line.checked < line.picked())?;
    Some(run.ground.goods.sku(&line.sku)?.gtin13.clone())
}

fn judge(played: &mut Played, nth: usize, deed: u8) {
    let papers = &played.run.ground.papers;
    let number = papers[nth % papers.len()].number.clone();
    let (role, act) = match deed {
        0 => (Role::Student, Act::HandIn { number }),
        1 => {
            let as_whom = "supervisor".into();
            (Role::Student, Act::Sign { number, as_whom })
        }
        accept => {
            let (accept, remark) = (accept == 3, if accept == 3 { "" } else { "再看一遍" }.into());
            let act = Act::Judge { number, accept, remark };
            (Role::Instructor, act)
        }
    };
    played.act_by(act, person(role));
}

fn perform(played: &mut Played, hand: &Hand) {
    let act = match *hand {
        Hand::Code(nth) => {
            let codes = codes(&played.run);
            Act::Scan {
                code: codes[nth % codes.len()].clone(),
                aim: None,
                seen: None,
            }
        }
        Hand::Lit(nth, off) => {
            let lit = played.lit();
            let Some((position, light)) = lit.get(nth % lit.len().max(1)).copied() else {
                return;
            };
            let count = light.count.map(|count| count.saturating_add_signed(i16::from(off)));
            Act::Key {
                position,
                key: Key::Confirm,
                count,
                tag: light.tag,
            }
        }
        Hand::Key(position, count, tag) => Act::Key {
            position,
            key: Key::Confirm,
            count,
            tag,
        },
        Hand::Parcel(off) => {
            let order = played
                .run
                .outbound
                .orders
                .iter()
                .position(|order| order.grams.is_none())
                .unwrap_or(0);
            let grams = crate::outbound::computed_grams(&played.run.shipping(), order) as i32 + i32::from(off);
            Act::Weight { grams, stable: true }
        }
        Hand::Weight(grams, stable) => Act::Weight { grams, stable },
        Hand::Confirm => command("CMD-CONFIRM"),
        Hand::Click(nth, old) => Act::Scan {
            code: crate::core::goods::Command::ALL[nth].code().into(),
            aim: None,
            seen: Some(played.run.last_act - i64::from(old)),
        },
        Hand::Paper(nth, deed) => {
            judge(played, nth, deed);
            return;
        }
        Hand::Printer(nth) => {
            let labels = &played.run.ground.labels;
            let job = labels
                .get(nth % labels.len().max(1))
                .map_or(nth as u32, |label| label.job);
            let outcome = uplink::PrintOutcome::Done;
            Act::Printed { job, outcome }
        }
        Hand::Log => {
            played.write_log("一行短少。");
            return;
        }
        Hand::Short => command("CMD-SHORT"),
        Hand::Back => command("CMD-BACK"),
        Hand::Wanted => {
            let Some(code) = wanted(&played.run) else { return };
            Act::Scan {
                code,
                aim: None,
                seen: None,
            }
        }
        Hand::RecordShort(nth) => {
            let goods = &played.run.ground.scenario.sku;
            Act::RecordShort {
                sku: goods[nth % goods.len()].code.clone(),
                reason: String::new(),
            }
        }
    };
    played.act(act);
}

/// Balances are the ledger's sum, nothing is below zero, no more is promised than there is, each SKU's sum is zero.
fn the_ledger_holds(played: &Played) {
    let mut sums: BTreeMap<Place, i64> = BTreeMap::new();
    for change in played.events.iter().flat_map(|event| &event.changes) {
        if let Change::Ground(ground::Change::Moved(movement)) = change {
            for (place, sign) in movement.places().into_iter().zip([-1, 1]) {
                *sums.entry(place).or_default() += sign * movement.quantity;
            }
        }
    }
    let mut by_sku: BTreeMap<&str, i64> = BTreeMap::new();
    for (place, balance) in played.run.ground.stock.iter() {
        assert_eq!(
            sums.get(place).copied().unwrap_or_default(),
            balance.quantity,
            "{place:?}"
        );
        *by_sku.entry(&place.sku).or_default() += balance.quantity;
        if !is_of_the_book(&place.location) {
            assert!(
                0 <= balance.reserved && balance.reserved <= balance.quantity,
                "{place:?} {balance:?}"
            );
        }
    }
    assert!(by_sku.values().all(|sum| *sum == 0), "{by_sku:?}");
}

/// Receipt, pick list and outbound orders say what the ledger says.
fn papers_agree(played: &Played) {
    let moved = |from: &str, to: &str, sku: &str| -> i64 {
        let changes = played.events.iter().flat_map(|event| &event.changes);
        changes
            .filter_map(|change| match change {
                Change::Ground(ground::Change::Moved(movement))
                    if (&*movement.from.location, &*movement.to.location, &*movement.sku) == (from, to, sku) =>
                {
                    Some(movement.quantity)
                }
                _ => None,
            })
            .sum()
    };
    for line in played.run.inbound.lines.iter().filter(|line| line.done) {
        assert_eq!(moved(SUPPLIER, RECEIVING, &line.sku), line.units, "{line:?}");
    }
    let (mut taken, mut shipped) = (BTreeMap::new(), BTreeMap::new());
    for order in &played.run.outbound.orders {
        for line in &order.lines {
            assert!(
                0 <= line.checked && line.checked <= line.picked() && line.picked() <= line.ordered,
                "{line:?}"
            );
            *shipped.entry(&line.sku).or_insert(0) += if order.handed_over { line.picked() } else { 0 };
            for pick in &line.picks {
                *taken.entry((&pick.location, &line.sku)).or_insert(0) += pick.picked.unwrap_or_default();
            }
        }
    }
    for ((location, sku), units) in taken {
        assert_eq!(
            moved(location, PACKING, sku) - moved(PACKING, location, sku),
            units,
            "{location} {sku}"
        );
    }
    for (sku, units) in shipped {
        assert_eq!(moved(PACKING, CUSTOMER, sku), units, "{sku}");
    }
}

/// From the wave to the handover an order's line wants what it ordered without what was taken for it; at a face, what its
/// light waits for.
fn demand_is_what_was_not_taken(played: &Played) {
    let ground = &played.run.ground;
    let mut open = BTreeMap::new();
    for order in &played.run.outbound.orders {
        let wants = played.run.outbound.released && !order.handed_over;
        for line in order.lines.iter().filter(|_| wants) {
            let units = line.ordered - line.picked();
            if units > 0 {
                open.insert((&*order.number, &*line.sku), units);
            }
            for pick in &line.picks {
                let want = Want {
                    lot: pick.lot.clone(),
                    face: pick.location.clone(),
                    ..Want::nowhere(&order.number, &line.sku)
                };
                let waits = if pick.picked.is_none() { pick.wanted } else { 0 };
                assert_eq!(ground.demand.of(&want), waits, "{want:?}");
            }
        }
    }
    let mut wanted = BTreeMap::new();
    for (want, units) in ground.demand.iter() {
        assert!(units > 0, "{want:?}");
        *wanted.entry((&*want.order, &*want.sku)).or_insert(0) += units;
    }
    assert_eq!(wanted, open);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_acts_keep_the_ledger(hands in proptest::collection::vec(hand(), 0..120), released in any::<bool>(), late in proptest::collection::vec(hand(), 0..10)) {
        let mut played = Played::begin();
        if released {
            played.until_wave();
        }
        for hand in &hands {
            perform(&mut played, hand);
        }
        the_ledger_holds(&played);
        papers_agree(&played);
        demand_is_what_was_not_taken(&played);
        // After the end papers may still be signed and judged; no goods move.
        played.act(Act::Close);
        let stock = played.run.ground.stock.clone();
        for hand in &late {
            perform(&mut played, hand);
        }
        prop_assert_eq!(&played.run.ground.stock, &stock);
    }

    #[test]
    fn any_code_is_answered(code in any::<String>()) {
        let mut played = Played::begin();
        prop_assert!(played.scan(&code).is_some());
    }
}
