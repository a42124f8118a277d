//! What nodes execute while nobody does anything, by the emulator's own count: a full pair behind a bridge.

use std::time::Duration;

use anyhow::{Result, ensure};
use floor_tests::pico::{BUS_BAUD, ChipSpec, Chips};
use floor_tests::wire::Wire;
use link::message::NodeKind;

use crate::row::{Budget, Row};

const PAIR: &str = "pair";
const BRIDGE: &str = "bridge";
const NODES: u64 = 32;
const FIRST_UID: u64 = 0xe661_4104_0396_b200;
/// Of a line that is not a bus; USB takes any.
const BAUD: u32 = 115_200;
/// Most instructions a second of a shelf, in millions.
const MOST: f64 = 2.0;
/// How long is counted, and how long the floor settles before, in ms of the chips' time.
const COUNTED: f64 = 5_000.0;
const SETTLES: f64 = 2_000.0;

fn shelf(number: u64) -> String {
    format!("shelf-{number}")
}

/// The rows.
///
/// # Errors
/// When the chips can't be started, or do not all join.
pub async fn rows() -> Result<Vec<Row>> {
    let bridge = ChipSpec::usb(BRIDGE, NodeKind::Bridge, FIRST_UID).joined_to(PAIR);
    let shelves = (1..=NODES).map(|number| ChipSpec::on_bus(&shelf(number), NodeKind::Shelf, FIRST_UID + number, PAIR));
    let specs: Vec<_> = std::iter::once(bridge).chain(shelves).collect();
    let chips = Chips::start(&specs).await?;
    let mut wire = Wire::open(&chips.port(BRIDGE), BAUD)?;
    for number in 0..=NODES {
        wire.up(FIRST_UID + number).await?;
    }
    pass(&chips, &mut wire, SETTLES).await?;
    let before = chips.measure().await?;
    pass(&chips, &mut wire, COUNTED).await?;
    let after = chips.measure().await?;

    let millis = after.clock().at.since(before.clock().at);
    ensure!(
        after.collisions(PAIR) == before.collisions(PAIR),
        "nodes joined anew: {after:?}"
    );
    let millions = |chip: &str| {
        let executed = after.instructions(chip) - before.instructions(chip);
        executed as f64 / millis / 1_000.0
    };
    let most = (1..=NODES).map(|number| millions(&shelf(number))).fold(0.0, f64::max);
    let how = format!(
        "true images on emulated chips, {NODES} shelves behind a bridge, {} kbaud, {:.0} bytes a second on the pair; counted over {:.1} s of the chips' time",
        BUS_BAUD / 1_000,
        (after.bytes(PAIR) - before.bytes(PAIR)) as f64 / millis * 1_000.0,
        millis / 1_000.0,
    );
    let row = |what: &str, measured: f64, budget| Row {
        what: what.into(),
        measured,
        limit: None,
        unit: "M/s",
        budget,
        how: how.clone(),
    };
    Ok(vec![
        row("instructions, idle shelf on a pair of 32", most, Budget::AtMost(MOST)),
        row(
            "instructions, bridge of an idle pair of 32",
            millions(BRIDGE),
            Budget::Shown,
        ),
    ])
}

/// Lets so many milliseconds of the chips' time pass, the master speaking.
async fn pass(chips: &Chips, wire: &mut Wire, millis: f64) -> Result<()> {
    let begin = chips.clock().at;
    while chips.clock().at.since(begin) < millis {
        wire.idle(Duration::from_millis(100)).await?;
    }
    Ok(())
}
