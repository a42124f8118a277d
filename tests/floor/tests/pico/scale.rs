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
