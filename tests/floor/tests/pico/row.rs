//! Two shelves behind a bridge on one RS-485 pair.

use floor_tests::pico::{BUS_BAUD, ChipSpec, Chips};
use floor_tests::wire::Wire;
use link::message::{Colour, Command, EventBody, Key, Mode, NodeKind, PositionLight};

use crate::{BAUD, UIDS};

const ROW: &str = "row";

#[tokio::test]
async fn two_shelves_behind_a_bridge_are_found_lit_and_pressed() {
    let [bridge, first, second] = UIDS;
    let chips = Chips::start(&[
        ChipSpec::usb("bridge", NodeKind::Bridge, bridge).joined_to(ROW),
        ChipSpec::on_bus("shelf-1", NodeKind::Shelf, first, ROW),
        ChipSpec::on_bus("shelf-2", NodeKind::Shelf, second, ROW),
    ])
    .await
    .unwrap();
    let mut wire = Wire::open(&chips.port("bridge"), BAUD).unwrap();
    let (hello, address) = wire.up(bridge).await.unwrap();
    assert_eq!((hello.kind, address), (NodeKind::Bridge, 0));
    let (_, one) = wire.up(first).await.unwrap();
    let (_, other) = wire.up(second).await.unwrap();
    assert!(one != other && one != 0 && other != 0, "addresses {one} and {other}");

    light_and_press(&chips, &mut wire).await;
}

#[tokio::test]
async fn two_shelves_on_a_plain_adapter_do_as_well() {
    let [_, first, second] = UIDS;
    let chips = Chips::start(&[
        ChipSpec::on_bus("shelf-1", NodeKind::Shelf, first, ROW),
        ChipSpec::on_bus("shelf-2", NodeKind::Shelf, second, ROW),
    ])
    .await
    .unwrap();
    let mut wire = Wire::open_bus(&chips.port(ROW), BUS_BAUD).unwrap();
    let (_, one) = wire.up(first).await.unwrap();
    let (_, other) = wire.up(second).await.unwrap();
    assert!(one != other && one != 0 && other != 0, "addresses {one} and {other}");
    light_and_press(&chips, &mut wire).await;
}

/// Each shelf shows its own light; presses at both at once are told once each, by the right one.
async fn light_and_press(chips: &Chips, wire: &mut Wire) {
    let [_, first, second] = UIDS;
    // Two that join at once may choose the same slot. From here on each speaks in its own turn.
    let joined = chips.measure().await.unwrap().collisions(ROW);
    for (name, uid, place, count) in [("shelf-1", first, 2, 7), ("shelf-2", second, 21, 12)] {
        let light = PositionLight {
            colour: Colour::A,
            mode: Mode::On,
            count: Some(count),
            adjustable: true,
            tag: count,
        };
        let lights = [light].into_iter().collect();
        wire.command(uid, Command::Lights { first: place, lights })
            .await
            .unwrap();
        chips
            .until(name, "its own light and no other", |seen| {
                let lit: Vec<_> = (0..seen.lights.len()).filter(|&n| seen.lights[n] != "000000").collect();
                lit == [usize::from(place)] && seen.digits.get(usize::from(place)) == Some(&Some(count))
            })
            .await
            .unwrap();
    }

    for n in 0..5 {
        let (one, other) = tokio::join!(
            chips.press("shelf-1", 2, Key::Plus),
            chips.press("shelf-2", 21, Key::Plus)
        );
        one.unwrap();
        other.unwrap();
        for (uid, place) in [(first, 2), (second, 21)] {
            let (said, _) = wire
                .event(uid, &format!("press {n}"), |body| match *body {
                    EventBody::Key { position, .. } => Some(position),
                    _ => None,
                })
                .await
                .unwrap();
            assert_eq!(said, place);
        }
    }
    let measured = chips.measure().await.unwrap();
    assert_eq!(
        measured.undriven(ROW),
        0,
        "a driver was off while its chip spoke: {measured:?}"
    );
    assert_eq!(
        measured.collisions(ROW),
        joined,
        "two drivers were on at once: {measured:?}"
    );
    assert!(measured.bytes(ROW) > 0);
}
