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

#[tokio::test]
async fn a_load_is_weighed_above_tare() {
    let chips = Chips::start(&[ChipSpec::uart("scale", NodeKind::Scale, UID)])
        .await
        .unwrap();
    let mut wire = Wire::open(&chips.port("scale"), BAUD).unwrap();
    wire.up(UID).await.unwrap();
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
    let chips = Chips::start(&[ChipSpec::uart("scale", NodeKind::Scale, UID)])
        .await
        .unwrap();
    let mut wire = Wire::open(&chips.port("scale"), BAUD).unwrap();
    wire.up(UID).await.unwrap();
    // What lies there at the start counts as nothing; the tote must come after that.
    wire.idle(std::time::Duration::from_millis(1_500)).await.unwrap();
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
