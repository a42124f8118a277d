//! Two shelves behind a bridge on one RS-485 pair.

use floor_tests::pico::{BUS_BAUD, ChipSpec, Chips, Measured};
use floor_tests::wire::Wire;
use link::message::{Colour, Command, EventBody, Key, Mode, NodeKind, PositionLight, Settings};

use crate::{BAUD, UIDS, key};

const ROW: &str = "row";
/// GP2.
const DRIVER_ENABLE: u8 = 2;
/// From a last bit to the driver's end (µs), whatever else the chip does: the wire allows 208 at 250,000 baud, 52 at a megabaud.
const LETS_GO: f64 = 15.0;

/// Two nodes and the bridge that they are reached by.
async fn behind_a_bridge([(one, kind), (other, other_kind)]: [(&str, NodeKind); 2]) -> (Chips, Wire) {
    let [bridge, first, second] = UIDS;
    let chips = Chips::start(&[
        ChipSpec::usb("bridge", NodeKind::Bridge, bridge).joined_to(ROW),
        ChipSpec::on_bus(one, kind, first, ROW),
        ChipSpec::on_bus(other, other_kind, second, ROW),
    ])
    .await
    .unwrap();
    let wire = Wire::open(&chips.port("bridge"), BAUD).unwrap();
    (chips, wire)
}

fn lets_go_in_time(measured: &Measured) {
    let overhang = measured.overhang_micros(ROW);
    assert!(
        overhang <= LETS_GO,
        "a driver was still on {overhang} µs after its last bit"
    );
}

#[tokio::test]
async fn two_shelves_behind_a_bridge_are_found_lit_and_pressed() {
    let [bridge, first, second] = UIDS;
    let (chips, mut wire) = behind_a_bridge([("shelf-1", NodeKind::Shelf), ("shelf-2", NodeKind::Shelf)]).await;
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
            tag: count.into(),
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
    lets_go_in_time(&measured);
}

#[tokio::test]
async fn h10_a_row_at_a_megabaud_lets_go_of_its_driver_in_time_with_a_scale_on_it() {
    let [bridge, first, second] = UIDS;
    let (chips, mut wire) = behind_a_bridge([("shelf", NodeKind::Shelf), ("scale", NodeKind::Scale)]).await;
    for uid in [bridge, first, second] {
        wire.up(uid).await.unwrap();
    }
    let fast = Settings {
        bus_baud: 1_000_000,
        ..Settings::default()
    };
    // The bridge last: it is what the others are reached by.
    for uid in [first, second, bridge] {
        wire.command(uid, Command::Settings(fast)).await.unwrap();
    }
    for (uid, name) in [(first, "shelf"), (second, "scale"), (bridge, "bridge")] {
        // One that speaks at another speed by now may spoil the answer; the start is what counts.
        while chips.seen(name).starts.len() < 2 {
            let _ = wire.command(uid, Command::Restart).await;
            wire.idle(std::time::Duration::from_millis(500)).await.unwrap();
        }
    }
    for uid in [bridge, first, second] {
        wire.up(uid).await.unwrap();
    }
    let before = chips.measure().await.unwrap();
    for n in 0..20 {
        chips.weigh("scale", f64::from(1_000 * (n % 2))).await.unwrap();
        chips.press("shelf", 7, Key::Plus).await.unwrap();
        wire.event(first, &format!("press {n}"), key).await.unwrap();
    }
    let after = chips.measure().await.unwrap();
    assert_eq!(after.undriven(ROW), before.undriven(ROW));
    assert_eq!(
        after.collisions(ROW),
        before.collisions(ROW),
        "nobody speaks into another's words"
    );
    lets_go_in_time(&after);
}

#[tokio::test]
async fn h11_a_chip_that_hangs_while_it_speaks_gives_its_row_back_within_its_watchdog_s_patience() {
    let [_, first, second] = UIDS;
    let (chips, mut wire) = behind_a_bridge([("shelf-1", NodeKind::Shelf), ("shelf-2", NodeKind::Shelf)]).await;
    wire.up(first).await.unwrap();
    wire.up(second).await.unwrap();
    chips.hang_at_rise("shelf-1", DRIVER_ENABLE).await.unwrap();
    chips
        .until("shelf-1", "a start by the watchdog", |seen| {
            seen.starts == ["power", "watchdog"]
        })
        .await
        .unwrap();
    let millis = chips.measure().await.unwrap().drive_millis(ROW);
    assert!((1_000.0..=2_600.0).contains(&millis), "it kept the row for {millis} ms");
    // The row works again, with both.
    wire.up(first).await.unwrap();
    for name in ["shelf-1", "shelf-2"] {
        chips.press(name, 4, Key::Plus).await.unwrap();
    }
    for uid in [first, second] {
        wire.event(uid, "a press", key).await.unwrap();
    }
}
