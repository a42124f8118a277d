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
    wire.event(UID, "the tote's weight", |body| {
        settled(body).filter(|grams| (345..=355).contains(grams))
    })
    .await
    .unwrap();
    wire.command(UID, Command::Tare).await.unwrap();
    chips.weigh("scale", 350.0 + 1280.0).await.unwrap();
    wire.event(UID, "the goods' weight", |body| {
        settled(body).filter(|grams| (1275..=1285).contains(grams))
    })
    .await
    .unwrap();
}
