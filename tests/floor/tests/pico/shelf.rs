//! Lights, digits, keys, settings and resets of a shelf.

use std::collections::HashMap;

use floor_tests::pico::{ChipSpec, Chips};
use floor_tests::wire::Wire;
use link::message::{Colour, Command, EventBody, Fault, Key, Mode, NodeKind, PositionLight, ResetReason, Settings};
use nodes::colour::rgb;
use nodes::parts::keys::SETTLE;

use crate::{BAUD, UIDS, key};

const UID: u64 = UIDS[0];

fn light(colour: Colour, count: Option<u16>, adjustable: bool, tag: u32) -> PositionLight {
    PositionLight {
        colour,
        mode: Mode::On,
        count,
        adjustable,
        tag,
    }
}

/// What a light's three bytes are at the brightness a shelf has out of the box.
fn shines(colour: Colour) -> String {
    let shown = rgb(colour).dimmed(Settings::default().brightness);
    format!("{:02x}{:02x}{:02x}", shown.r, shown.g, shown.b)
}

fn lights(first: u8, lights: &[PositionLight]) -> Command {
    Command::Lights {
        first,
        lights: lights.iter().copied().collect(),
    }
}

async fn shelf() -> (Chips, Wire) {
    start(ChipSpec::uart("shelf", NodeKind::Shelf, UID)).await
}

async fn shelf_on_usb() -> (Chips, Wire) {
    start(ChipSpec::usb("shelf", NodeKind::Shelf, UID)).await
}

async fn start(spec: ChipSpec) -> (Chips, Wire) {
    let chips = Chips::start(&[spec]).await.unwrap();
    let wire = Wire::open(&chips.port("shelf"), BAUD).unwrap();
    (chips, wire)
}

#[tokio::test]
async fn it_says_who_it_is_and_why_it_started() {
    let (_chips, mut wire) = shelf().await;
    let (hello, address) = wire.up(UID).await.unwrap();
    assert_eq!((hello.kind, hello.units, address), (NodeKind::Shelf, 24, 0));
    assert_eq!(hello.reset, ResetReason::PowerOn);
    let started = |body: &EventBody| matches!(body, EventBody::Restarted { .. }).then(|| body.clone());
    let (body, event) = wire.event(UID, "its first event", started).await.unwrap();
    assert_eq!(
        body,
        EventBody::Restarted {
            reason: ResetReason::PowerOn,
            panic: "".try_into().unwrap()
        }
    );
    assert_eq!(event.id.0, 1);
}

#[tokio::test]
async fn lights_and_digits_are_what_was_asked_for() {
    let (chips, mut wire) = shelf().await;
    wire.up(UID).await.unwrap();
    let colours = [
        Colour::A,
        Colour::B,
        Colour::C,
        Colour::D,
        Colour::Done,
        Colour::Wrong,
        Colour::Wait,
    ];
    let asked: Vec<_> = colours
        .iter()
        .zip(1..)
        .map(|(&colour, n)| light(colour, Some(n * 100 + n), false, n.into()))
        .collect();
    wire.command(UID, lights(9, &asked)).await.unwrap();

    let mut expected = HashMap::new();
    for (place, colour) in (9..).zip(colours) {
        expected.insert(place, shines(colour));
    }
    let dark = shines(Colour::Off);
    chips
        .until("shelf", "seven lights of seven colours", |seen| {
            seen.lights.len() == 24 && (0..24).all(|place| seen.lights[place] == *expected.get(&place).unwrap_or(&dark))
        })
        .await
        .unwrap();
    let digits = |place: usize| (9..16).contains(&place).then(|| (place as u16 - 8) * 101);
    chips
        .until("shelf", "their counts", |seen| {
            seen.digits.len() == 24 && (0..24).all(|place| seen.digits[place] == digits(place))
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn keys_change_the_count_and_confirm_it() {
    let (chips, mut wire) = shelf().await;
    wire.up(UID).await.unwrap();
    wire.command(UID, lights(17, &[light(Colour::A, Some(6), true, 77)]))
        .await
        .unwrap();
    chips
        .until("shelf", "six to pick", |seen| seen.digits.get(17) == Some(&Some(6)))
        .await
        .unwrap();
    let key = |body: &EventBody| match *body {
        EventBody::Key {
            position,
            key,
            count,
            tag,
        } => Some((position, key, count, tag)),
        _ => None,
    };
    for (pressed, count) in [(Key::Minus, 5), (Key::Minus, 4), (Key::Plus, 5), (Key::Confirm, 5)] {
        chips.press("shelf", 17, pressed).await.unwrap();
        let (said, _) = wire.event(UID, "the key's event", key).await.unwrap();
        assert_eq!(said, (17, pressed, Some(count), 77));
    }
    chips
        .until("shelf", "five on the digits", |seen| {
            seen.digits.get(17) == Some(&Some(5))
        })
        .await
        .unwrap();
    // A dark place's keys are told as well.
    chips.press("shelf", 0, Key::Confirm).await.unwrap();
    let (said, _) = wire.event(UID, "a key in the dark", key).await.unwrap();
    assert_eq!(said, (0, Key::Confirm, None, 0));
}

#[tokio::test]
async fn every_key_of_the_matrix_is_wired_to_its_place() {
    let (chips, mut wire) = shelf().await;
    wire.up(UID).await.unwrap();
    for position in 0..24 {
        // Confirm comes last: it locks its place until the answer.
        for pressed in [Key::Plus, Key::Minus, Key::Confirm] {
            chips.press("shelf", position, pressed).await.unwrap();
            let said = wire
                .event(UID, &format!("{pressed:?} at {position}"), |body| match *body {
                    EventBody::Key { position, key, .. } => Some((position, key)),
                    _ => None,
                })
                .await
                .unwrap();
            assert_eq!(said.0, (position, pressed));
        }
    }
}

#[tokio::test]
async fn a_hung_core_is_brought_back_by_its_watchdog() {
    let (chips, mut wire) = shelf().await;
    let (before, _) = wire.up(UID).await.unwrap();
    wire.command(UID, lights(3, &[light(Colour::B, Some(2), false, 5)]))
        .await
        .unwrap();
    chips
        .until("shelf", "a light", |seen| {
            seen.lights.get(3) == Some(&shines(Colour::B))
        })
        .await
        .unwrap();
    chips.press("shelf", 3, Key::Confirm).await.unwrap();
    wire.event(UID, "a press before", key).await.unwrap();

    chips.hang("shelf").await.unwrap();
    chips
        .until("shelf", "a start by the watchdog", |seen| {
            seen.starts == ["power", "watchdog"]
        })
        .await
        .unwrap();
    let (after, _) = wire.up(UID).await.unwrap();
    assert_eq!(after.reset, ResetReason::Watchdog);
    assert_ne!(after.boot, before.boot);
    let restarted = |body: &EventBody| match body {
        EventBody::Restarted {
            reason: ResetReason::Watchdog,
            ..
        } => Some(()),
        _ => None,
    };
    let (_, event) = wire.event(UID, "why it started again", restarted).await.unwrap();
    assert_eq!(event.id.0, 1);
    // What it showed is gone until it is desired anew; keys work as before.
    wire.command(UID, lights(3, &[light(Colour::B, Some(2), false, 5)]))
        .await
        .unwrap();
    chips
        .until("shelf", "the light again", |seen| {
            seen.lights.get(3) == Some(&shines(Colour::B))
        })
        .await
        .unwrap();
    chips.press("shelf", 3, Key::Confirm).await.unwrap();
    let (_, event) = wire.event(UID, "a press after", key).await.unwrap();
    assert_eq!(event.id.0, 2);
}

#[tokio::test]
async fn presses_while_nobody_listens_are_told_later_in_order() {
    let (chips, mut wire) = shelf().await;
    wire.up(UID).await.unwrap();
    wire.idle(std::time::Duration::from_millis(300)).await.unwrap();
    drop(wire);
    for position in [4, 11, 20] {
        chips.press("shelf", position, Key::Confirm).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    let mut wire = Wire::open(&chips.port("shelf"), BAUD).unwrap();
    let mut ids = Vec::new();
    for expected in [4, 11, 20] {
        let (position, event) = wire
            .event(UID, "a press from before", |body| match *body {
                EventBody::Key { position, .. } => Some(position),
                _ => None,
            })
            .await
            .unwrap();
        assert_eq!(position, expected);
        ids.push(event.id.0);
    }
    assert_eq!(ids, [ids[0], ids[0] + 1, ids[0] + 2]);
}

#[tokio::test]
async fn settings_survive_a_cut_of_the_supply() {
    let (chips, mut wire) = shelf().await;
    let (before, _) = wire.up(UID).await.unwrap();
    let dimmer = Settings {
        brightness: 24,
        ..Settings::default()
    };
    wire.command(UID, Command::Settings(dimmer)).await.unwrap();
    // They are kept once the flash has them; a restart waits for that.
    wire.command(UID, Command::Restart).await.unwrap();
    chips
        .until("shelf", "a commanded start", |seen| seen.starts.len() == 2)
        .await
        .unwrap();
    let (restarted, _) = wire.up(UID).await.unwrap();
    assert_eq!(restarted.reset, ResetReason::Commanded);
    assert_ne!(restarted.settings_crc, before.settings_crc);

    chips.power("shelf", false).await.unwrap();
    chips.power("shelf", true).await.unwrap();
    let (after, _) = wire
        .until("a start by power", |output| match output {
            link::master::Output::Up { hello, address } if hello.boot != restarted.boot => Some((*hello, *address)),
            _ => None,
        })
        .await
        .unwrap();
    assert_eq!(
        (after.reset, after.settings_crc),
        (ResetReason::PowerOn, restarted.settings_crc)
    );
}

#[tokio::test]
async fn usb_does_as_well_as_the_uart() {
    let (chips, mut wire) = shelf_on_usb().await;
    wire.up(UID).await.unwrap();
    let all: Vec<_> = (0..24)
        .map(|n| light(Colour::D, Some(n), true, u32::from(n) + 1))
        .collect();
    wire.command(UID, lights(0, &all)).await.unwrap();
    chips
        .until("shelf", "every light", |seen| {
            seen.lights.len() == 24 && seen.lights.iter().all(|shown| *shown == shines(Colour::D))
        })
        .await
        .unwrap();
    chips.press("shelf", 23, Key::Plus).await.unwrap();
    wire.event(UID, "a key", |body| {
        matches!(body, EventBody::Key { position: 23, .. }).then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn two_frames_of_lights_close_together_are_both_taken() {
    let (chips, mut wire) = shelf_on_usb().await;
    wire.up(UID).await.unwrap();
    for (colour, last) in [Colour::A, Colour::C, Colour::Done, Colour::D, Colour::B]
        .into_iter()
        .zip(1..)
    {
        // The second is complete some tenths of a millisecond after the first, while that is still being shifted out.
        let first = lights(0, &[light(Colour::Wrong, None, false, last)]);
        let all = lights(0, &[light(colour, None, false, last); 24]);
        wire.commands(UID, [first, all]).await.unwrap();
        chips
            .until("shelf", &format!("all of {colour:?}"), |seen| {
                seen.lights.len() == 24 && seen.lights.iter().all(|shown| *shown == shines(colour))
            })
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn it_is_found_on_usb_beside_a_noisy_uart_and_on_the_uart_after_that() {
    let chips = Chips::start(&[ChipSpec::usb_and_uart("shelf", NodeKind::Shelf, UID)])
        .await
        .unwrap();
    std::fs::write(chips.port("shelf-uart"), [0x55, 0x00, 0xff]).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    for port in ["shelf", "shelf-uart", "shelf"] {
        let mut wire = Wire::open(&chips.port(port), BAUD).unwrap();
        wire.up(UID).await.unwrap();
        wire.command(UID, lights(0, &[light(Colour::A, None, false, 1)]))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn h7_a_storm_of_resets_ends_dark_in_safe_mode_and_a_restart_that_is_asked_for_ends_that() {
    let (chips, mut wire) = shelf().await;
    let mut starts = vec!["power"];
    for _ in 0..3 {
        wire.up(UID).await.unwrap();
        wire.command(UID, lights(3, &[light(Colour::B, Some(2), false, 5)]))
            .await
            .unwrap();
        chips
            .until("shelf", "a light to go down with", |seen| {
                seen.lights.get(3) == Some(&shines(Colour::B)) && seen.digits.get(3) == Some(&Some(2))
            })
            .await
            .unwrap();
        chips.hang("shelf").await.unwrap();
        starts.push("watchdog");
        chips
            .until("shelf", "a start by the watchdog", |seen| seen.starts == starts)
            .await
            .unwrap();
    }
    chips
        .until("shelf", "no light and no count", |seen| {
            seen.lights.iter().all(|shown| shown == "000000") && seen.digits.iter().all(Option::is_none)
        })
        .await
        .unwrap();
    wire.up(UID).await.unwrap();
    let safe = |body: &EventBody| match body {
        EventBody::Fault {
            fault: Fault::SafeMode, ..
        } => Some(()),
        _ => None,
    };
    wire.event(UID, "that it is in safe mode", safe).await.unwrap();
    let task = lights(3, &[light(Colour::B, Some(2), false, 5)]);
    let refused = wire.command(UID, task.clone()).await.unwrap_err();
    assert_eq!(refused.to_string(), "Refused(Faulty)");
    let dimmer = Settings {
        brightness: 24,
        ..Settings::default()
    };
    wire.command(UID, Command::Settings(dimmer)).await.unwrap();
    wire.command(UID, Command::Restart).await.unwrap();
    wire.up(UID).await.unwrap();
    wire.command(UID, task).await.unwrap();
    chips
        .until("shelf", "a light", |seen| {
            seen.lights.get(3).is_some_and(|shown| shown != "000000")
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn h7_a_bit_flipped_by_a_spark_is_right_again_within_a_second() {
    let (chips, mut wire) = shelf().await;
    wire.up(UID).await.unwrap();
    wire.command(UID, lights(5, &[light(Colour::A, Some(7), false, 9)]))
        .await
        .unwrap();
    let right = |seen: &floor_tests::pico::Seen| {
        seen.lights.get(5) == Some(&shines(Colour::A)) && seen.digits.get(5) == Some(&Some(7))
    };
    chips.until("shelf", "seven", right).await.unwrap();
    for round in 0..5 {
        let sparked = chips.spark("shelf", 5).await.unwrap();
        assert!(!right(&chips.seen("shelf")), "the spark is seen");
        let seen = chips
            .until("shelf", &format!("seven again, round {round}"), right)
            .await
            .unwrap();
        let millis = seen.lights_at.since(sparked);
        assert!(millis <= 1_000.0, "{millis} ms");
    }
}

#[tokio::test]
async fn h10_a_look_at_the_keys_takes_no_longer_than_its_comment_says() {
    let (chips, mut wire) = shelf().await;
    wire.up(UID).await.unwrap();
    chips.press("shelf", 11, Key::Plus).await.unwrap();
    wire.event(UID, "the key", key).await.unwrap();
    let micros = chips.measure().await.unwrap().scan_micros("shelf");
    // Eight lines to settle, and what reading nine pins takes for each.
    assert!(micros >= 8.0 * f64::from(SETTLE) && micros <= 120.0, "{micros} µs");
}

#[tokio::test]
async fn h16_slot_lines_bear_the_keys_of_three_hands() {
    let (chips, mut wire) = shelf().await;
    wire.up(UID).await.unwrap();
    for pin in [13, 14, 15, 20, 21, 22, 26, 27] {
        assert_eq!(chips.pin("shelf", pin).await.unwrap(), (Some(false), 12), "GP{pin}");
    }
}

#[tokio::test]
async fn h15_a_wedged_usb_port_is_mended_by_the_node_itself_and_it_declares_what_it_draws() {
    let (chips, mut wire) = shelf_on_usb().await;
    let (before, _) = wire.up(UID).await.unwrap();
    // With nothing untold it would lose nothing.
    let started = |body: &EventBody| matches!(body, EventBody::Restarted { .. }).then_some(());
    wire.event(UID, "its first event", started).await.unwrap();
    wire.idle(std::time::Duration::from_millis(500)).await.unwrap();
    let declared = chips.measure().await.unwrap().usb_milliamperes("shelf");
    assert!((declared - 500.0).abs() < 1.0, "{declared} mA");
    chips.wedge("shelf").await.unwrap();
    // The session ends some seconds later, and a minute after that it starts again.
    let mut restarted = None;
    for _ in 0..2 {
        restarted = restarted.or(chips
            .until("shelf", "a start by itself", |seen| seen.starts.len() == 2)
            .await
            .ok());
    }
    assert!(restarted.is_some(), "{:?}", chips.seen("shelf").starts);
    let (after, _) = wire.up(UID).await.unwrap();
    assert_ne!(before.boot, after.boot);
    let words = |body: &EventBody| match body {
        EventBody::Restarted { panic, .. } if panic.contains("USB") => Some(panic.to_string()),
        _ => None,
    };
    let (words, _) = wire.event(UID, "why it started again", words).await.unwrap();
    assert_eq!(words, "USB silent since its session ended; 0 events lost");
}
