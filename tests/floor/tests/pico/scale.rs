//! A scale: from the load cell's converter to settled grams.

use floor_tests::pico::{ChipSpec, Chips};
use floor_tests::wire::Wire;
use link::message::{Command, EventBody, NodeKind};

use crate::{BAUD, UIDS};

const UID: u64 = UIDS[0];

fn settled(body: &EventBody) -> Option<i32> {
    match *body {
        EventBody::Weight { grams, stable: true } => Some(grams),
        _ => None,
    }
}

async fn start() -> (Chips, Wire) {
    let chips = Chips::start(&[ChipSpec::uart("scale", NodeKind::Scale, UID)])
        .await
        .unwrap();
    let mut wire = Wire::open(&chips.port("scale"), BAUD).unwrap();
    wire.up(UID).await.unwrap();
    (chips, wire)
}

/// One that has come to rest: what lies there at the start counts as nothing, a load must come after that.
async fn scale() -> (Chips, Wire) {
    let (chips, mut wire) = start().await;
    wire.idle(std::time::Duration::from_millis(1_500)).await.unwrap();
    (chips, wire)
}

#[tokio::test]
async fn a_load_is_weighed_above_tare() {
    let (chips, mut wire) = start().await;
    chips.weigh("scale", 350.0).await.unwrap(); // the empty tote
    // It is refused as long as the load moves.
    while wire.command(UID, Command::Tare).await.is_err() {}
    wire.event(UID, "nothing above the tote", |body| {
        settled(body).filter(|grams| *grams == 0)
    })
    .await
    .unwrap();
    chips.weigh("scale", 350.0 + 1280.0).await.unwrap();
    wire.event(UID, "the goods' weight", |body| {
        settled(body).filter(|grams| (1278..=1282).contains(grams))
    })
    .await
    .unwrap();
    chips.weigh("scale", 0.0).await.unwrap();
    wire.event(UID, "the tote taken away", |body| {
        settled(body).filter(|grams| (-352..=-348).contains(grams))
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn its_key_takes_the_load_as_nothing() {
    let (chips, mut wire) = scale().await;
    chips.weigh("scale", 350.0).await.unwrap();
    wire.event(UID, "the tote", |body| {
        settled(body).filter(|grams| (348..=352).contains(grams))
    })
    .await
    .unwrap();
    wire.idle(std::time::Duration::from_millis(700)).await.unwrap();
    chips.tare("scale").await.unwrap();
    wire.event(UID, "nothing above the tote", |body| {
        settled(body).filter(|grams| *grams == 0)
    })
    .await
    .unwrap();
    chips.weigh("scale", 350.0 + 500.0).await.unwrap();
    wire.event(UID, "the goods alone", |body| {
        settled(body).filter(|grams| (498..=502).contains(grams))
    })
    .await
    .unwrap();
}

/// Grams around `grams`.
fn about(grams: i32, by: i32) -> impl Fn(&EventBody) -> Option<i32> {
    move |body| settled(body).filter(|said| (said - grams).abs() <= by)
}

#[tokio::test]
async fn h12_a_cell_ten_per_cent_off_is_calibrated_for_ever_and_a_hang_under_load_loses_no_gram() {
    let (chips, mut wire) = scale().await;
    chips.cell("scale", 1.1, 0.0).await.unwrap();
    chips.weigh("scale", 20_000.0).await.unwrap();
    wire.event(UID, "what its sheet makes of it", about(22_000, 5))
        .await
        .unwrap();
    chips.weigh("scale", 0.0).await.unwrap();
    wire.event(UID, "nothing", about(0, 2)).await.unwrap();
    // Refused as long as the load moves.
    while wire.command(UID, Command::Calibrate { grams: 0 }).await.is_err() {}
    chips.weigh("scale", 20_000.0).await.unwrap();
    wire.event(UID, "the weight", about(22_000, 5)).await.unwrap();
    while wire.command(UID, Command::Calibrate { grams: 20_000 }).await.is_err() {}
    wire.event(UID, "the weight as it is", about(20_000, 3)).await.unwrap();

    chips.hang("scale").await.unwrap();
    chips
        .until("scale", "a start by the watchdog", |seen| seen.starts.len() == 2)
        .await
        .unwrap();
    wire.up(UID).await.unwrap();
    wire.event(UID, "the weight as before", about(20_000, 3)).await.unwrap();

    // Over a cut of the supply the span stays, and what lies there is no zero.
    chips.power("scale", false).await.unwrap();
    chips.power("scale", true).await.unwrap();
    wire.event(UID, "the weight still", about(20_000, 3)).await.unwrap();
    chips.weigh("scale", 2_520.0).await.unwrap();
    wire.event(UID, "a parcel", about(2_520, 3)).await.unwrap();
    chips.weigh("scale", 0.0).await.unwrap();
    wire.event(UID, "nothing", about(0, 2)).await.unwrap();
}

#[tokio::test]
async fn h12_the_zero_follows_the_heat_of_the_day() {
    let (chips, mut wire) = scale().await;
    // Faster than any room, so that it shows within this test: 2.6 g in 45 s of the scale's time.
    chips.cell("scale", 1.0, 3.5).await.unwrap();
    let begin = chips.clock().at;
    while chips.clock().at.since(begin) < 45_000.0 {
        wire.idle(std::time::Duration::from_millis(500)).await.unwrap();
    }
    chips.cell("scale", 1.0, 0.0).await.unwrap();
    chips.weigh("scale", 2_520.0).await.unwrap();
    wire.event(UID, "the parcel", about(2_520, 1)).await.unwrap();
}

#[tokio::test]
async fn h10_h13_a_reading_is_short_and_the_regulator_does_not_skip() {
    let (chips, mut wire) = scale().await;
    wire.idle(std::time::Duration::from_millis(500)).await.unwrap();
    let micros = chips.measure().await.unwrap().reading_micros("scale");
    // 25 clocks of two halves of 0.2 µs, and what moving a pin takes.
    assert!((25.0 * 0.4..=85.0).contains(&micros), "{micros} µs");
    assert_eq!(chips.pin("scale", 23).await.unwrap().0, Some(true), "GP23");
}
