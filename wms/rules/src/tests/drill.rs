//! The first drill, from the notice to the log.

use super::*;
use crate::core::stock::{CUSTOMER, PACKING, Place, RECEIVING};

#[test]
fn b4_b5_b6_a_delivery_with_one_short_line_is_counted_labelled_and_put_away() {
    let mut played = Played::begin();
    assert_eq!(played.run.step(), Step::Notice);
    played.receive();
    assert_eq!(played.run.step(), Step::Label);
    assert_eq!(played.run.ground.stock.units(RECEIVING, "RY001"), 24);
    assert_eq!(played.run.ground.stock.units(RECEIVING, "RY003"), 144);
    assert!(played.run.inbound.lines[1].difference.is_some());
    played.put_away();
    assert_eq!(played.run.ground.labels.len(), 3);
    assert!(played.run.ground.stock.is_empty(RECEIVING));
    let locations: Vec<&str> = played
        .run
        .inbound
        .lines
        .iter()
        .map(|line| line.placed.as_ref().expect("placed").location.as_str())
        .collect();
    assert_eq!(locations, ["S-01-01-03", "S-01-01-04", "S-01-02-01"]);
    assert_eq!(played.run.ground.stock.units("S-01-01-03", "RY001"), 24);
    assert_eq!(played.run.step(), Step::Receipt);
    played.right("CMD-CONFIRM");
    let receipt = played.run.ground.paper(PaperKind::Receipt, None).expect("made");
    assert_eq!(
        (receipt.state, receipt.number.as_str()),
        (PaperState::Submitted, "RK-20261123-0007-01")
    );
    assert_eq!(played.run.step(), Step::Wave);
}

#[test]
fn d2_one_orders_slots_shine_at_once_and_the_next_order_follows() {
    let mut played = Played::begin();
    played.until_wave();
    let wanted = |played: &Played| -> Vec<(u8, u16)> {
        played
            .lit()
            .iter()
            .map(|(position, light)| (*position, light.count.expect("count")))
            .collect()
    };
    assert_eq!(wanted(&played), [(0, 2), (2, 1)]);
    let (_, light) = played.lit()[0];
    played.press(0, Key::Confirm, Some(2), light.tag);
    assert_eq!(wanted(&played), [(2, 1)]);
    let (_, light) = played.lit()[0];
    played.press(2, Key::Confirm, Some(1), light.tag);
    assert_eq!(wanted(&played), [(1, 3), (10, 1), (16, 2)]);
}

#[test]
fn d6_a_short_pick_is_recorded_and_the_order_ships_in_part() {
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    let order = &played.run.outbound.orders[1];
    let line = order.lines.iter().find(|line| line.sku == "RY010").expect("line");
    assert_eq!((line.ordered, line.picked()), (2, 1));
    let place = Place::at(&"A-01-03-01".into(), "RY010", "2025-12-01");
    let there = played.run.ground.stock.at(&place);
    assert_eq!((there.quantity, there.reserved), (13, 0), "the rest is given back");
    assert!(played.run.ground.notes.iter().any(|note| note.what.key == "pick.short"));
}

#[test]
fn the_whole_drill_ends_with_papers_that_agree_with_the_ledger() {
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    assert_eq!(played.run.step(), Step::Check(0));
    played.check_and_weigh();
    assert_eq!(played.run.step(), Step::HandOver);
    for number in ["CK-0002", "CK-0001", "CK-0003"] {
        played.right(number);
    }
    assert_eq!(played.run.step(), Step::Log);
    played.write_log("三行到货，一行短少一箱。");
    assert_eq!(played.run.step(), Step::Done);
    let (done, all) = played.run.progress();
    assert_eq!(done, all);
    assert!(played.run.ground.stock.is_empty(PACKING));
    for order in &played.run.outbound.orders {
        assert!(order.handed_over && order.grams.is_some());
    }
    let shipped: i64 = played
        .run
        .outbound
        .orders
        .iter()
        .map(crate::outbound::Order::picked)
        .sum();
    let at_customer: i64 = played
        .run
        .ground
        .stock
        .location(CUSTOMER)
        .map(|(_, balance)| balance.quantity)
        .sum();
    assert_eq!((shipped, at_customer), (12, 12));
    assert_eq!(played.run.ground.papers.len(), 7);
    assert!(
        played
            .run
            .ground
            .papers
            .iter()
            .all(|paper| paper.state == PaperState::Submitted)
    );
    assert_eq!(played.run.errors, 0);
}

#[test]
fn a_run_read_again_from_its_acts_is_the_same() {
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    played.check_and_weigh();
    let json = serde_json::to_string(&played.events).expect("json");
    let events: Vec<Event> = serde_json::from_str(&json).expect("back");
    let mut again = RunState::new(played.run.ground.head.clone(), (*played.run.ground.scenario).clone());
    for event in &events {
        again.replay(event).expect("legal");
    }
    assert_eq!(format!("{again:?}").len(), format!("{:?}", played.run).len());
    assert_eq!(
        (&again.ground.stock, &again.outbound, &again.inbound),
        (&played.run.ground.stock, &played.run.outbound, &played.run.inbound)
    );
    assert_eq!(
        (&again.ground.papers, &again.ground.labels, &again.ground.notes),
        (
            &played.run.ground.papers,
            &played.run.ground.labels,
            &played.run.ground.notes
        )
    );
}

#[test]
fn a_label_that_waits_is_printed_once_and_can_be_printed_again() {
    let mut played = Played::begin();
    played.receive();
    played.right("CMD-CONFIRM");
    let job = played.run.ground.labels[0].job;
    let printed = |outcome| Act::Printed { job, outcome };
    assert_eq!(
        played.act(printed(uplink::PrintOutcome::PaperOut)).expect("said").mark,
        Mark::Waiting
    );
    assert_eq!(
        played.act(printed(uplink::PrintOutcome::Done)).expect("said").mark,
        Mark::Right
    );
    assert_eq!(
        played.act(printed(uplink::PrintOutcome::PaperOut)),
        None,
        "it is out already"
    );
    assert_eq!(played.run.ground.labels[0].outcome, Some(uplink::PrintOutcome::Done));
    let barcode = played.run.ground.labels[0].spec.barcode().to_owned();
    played.act(Act::Reprint { barcode });
    assert_eq!(played.run.ground.labels.len(), 4);
    assert_ne!(played.run.ground.labels[3].job, job);
    for label in &played.run.ground.labels {
        crate::core::label::bars(label.spec.barcode()).expect("fits the head");
    }
}

/// A lot is a text with dates: made by its name, expiring by what its goods keep, received on the day it came.
#[test]
fn lots_know_when_they_were_made_came_and_expire() {
    let mut played = Played::begin();
    let lots = |played: &Played, lot: &str| played.run.ground.lots.get("RY003", lot).cloned();
    let opening = lots(&played, "2026-04-20").expect("it lay there");
    let keeps = played.sku("RY003").shelf_life_days;
    assert_eq!((opening.made.as_deref(), opening.received), (Some("2026-04-20"), None));
    let zone = crate::core::clock::Zone::of_name("UTC").expect("known");
    let made = 1_776_643_200_000; // 2026-04-20 UTC
    assert_eq!(opening.expiry, Some(zone.date_after(made, keeps)));
    assert_eq!(lots(&played, "2026-08-21"), None, "it did not come yet");
    played.receive();
    let came = lots(&played, "2026-08-21").expect("it came");
    assert_eq!(
        (came.made.as_deref(), came.received),
        (Some("2026-08-21"), Some(20_261_123))
    );
    assert!(came.expiry > opening.expiry);
}
