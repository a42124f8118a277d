//! A scanner: from the decoder's UART to the verdict on the lamp.

use floor_tests::pico::{ChipSpec, Chips};
use floor_tests::wire::Wire;
use link::message::{Colour, Command, EventBody, Fault, NodeKind, Settings, Verdict};
use nodes::colour::rgb;

use crate::{BAUD, UIDS};

const UID: u64 = UIDS[0];

async fn scanner() -> (Chips, Wire) {
    let chips = Chips::start(&[ChipSpec::uart("scanner", NodeKind::Scanner, UID)])
        .await
        .unwrap();
    let mut wire = Wire::open(&chips.port("scanner"), BAUD).unwrap();
    wire.up(UID).await.unwrap();
    (chips, wire)
}

fn scan(body: &EventBody) -> Option<(Option<[u8; 3]>, String)> {
    match body {
        EventBody::Scan { aim, code } => Some((*aim, String::from_utf8(code.to_vec()).unwrap())),
        _ => None,
    }
}

#[tokio::test]
async fn a_code_arrives_whole_with_its_symbology() {
    let (chips, mut wire) = scanner().await;
    for (aim, code) in [
        ("]E0", "6901234567892"),
        ("", "LOC-01-02-3"),
        ("]C1", "010690123456789210LOT7\u{1d}3712"),
    ] {
        chips.scan("scanner", aim, code).await.unwrap();
        let (said, _) = wire.event(UID, "the scan", scan).await.unwrap();
        assert_eq!(said, (aim.as_bytes().try_into().ok(), code.to_owned()));
    }
}

#[tokio::test]
async fn the_verdict_is_seen_on_the_lamp() {
    let (chips, mut wire) = scanner().await;
    for (verdict, colour) in [(Verdict::Right, Colour::Done), (Verdict::Wrong, Colour::Wrong)] {
        chips.scan("scanner", "]E0", "6901234567892").await.unwrap();
        let (_, event) = wire.event(UID, "the scan", scan).await.unwrap();
        wire.command(
            UID,
            Command::Verdict {
                event: event.id,
                verdict,
            },
        )
        .await
        .unwrap();
        let shown = rgb(colour).dimmed(Settings::default().brightness);
        let shown = format!("{:02x}{:02x}{:02x}", shown.r, shown.g, shown.b);
        chips
            .until("scanner", &format!("{colour:?} on its lamp"), |seen| {
                seen.lights == [shown.clone()]
            })
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_hundred_codes_without_a_pause_all_arrive_in_order() {
    let (chips, mut wire) = scanner().await;
    let hold = async {
        for n in 0..100 {
            chips.scan("scanner", "]C0", &format!("CARTON-{n:04}")).await.unwrap();
        }
    };
    let hear = async {
        for n in 0..100 {
            let ((_, code), _) = wire.event(UID, "a scan", scan).await.unwrap();
            assert_eq!(code, format!("CARTON-{n:04}"));
        }
    };
    tokio::join!(hold, hear);
}

#[tokio::test]
async fn more_than_it_can_keep_is_told_as_lost_never_left_out() {
    let (chips, wire) = scanner().await;
    drop(wire);
    for n in 0..70 {
        chips.scan("scanner", "]C0", &format!("CARTON-{n:04}")).await.unwrap();
    }
    let mut wire = Wire::open(&chips.port("scanner"), BAUD).unwrap();
    let (mut scans, mut lost, mut before) = (Vec::new(), 0u32, 0);
    while scans.len() + lost as usize != 70 {
        let (body, event) = wire
            .event(UID, "the next event", |body| Some(body.clone()))
            .await
            .unwrap();
        match body {
            EventBody::Lost { count } => {
                // It stands in the place of those lost.
                assert_eq!(event.id.0, before + count + 1);
                lost += count;
            }
            other => {
                assert_eq!(event.id.0, before + 1);
                scans.extend(scan(&other).map(|(_, code)| code));
            }
        }
        before = event.id.0;
    }
    assert!(lost > 0);
    assert!(scans.is_sorted());
}

#[tokio::test]
async fn the_trigger_asks_the_module_and_a_silent_one_is_told() {
    let (chips, mut wire) = scanner().await;
    for code in ["6901234567892", "LOC-01-02-3"] {
        chips.present("scanner", "", code).await.unwrap();
        chips.trigger("scanner").await.unwrap();
        let ((_, said), _) = wire.event(UID, "the code before it", scan).await.unwrap();
        assert_eq!(said, code);
        wire.idle(std::time::Duration::from_millis(700)).await.unwrap();
    }
    let silent = |body: &EventBody| match body {
        EventBody::Fault {
            fault: Fault::Decoder, ..
        } => Some(()),
        _ => None,
    };
    let told = wire.told().iter().any(|output| match output {
        link::master::Output::Event { event, .. } => silent(&event.body).is_some(),
        _ => false,
    });
    assert!(!told, "it had answered each time");
    chips.mute("scanner", true).await.unwrap();
    chips.trigger("scanner").await.unwrap();
    wire.event(UID, "that the module is silent", silent).await.unwrap();
}

#[tokio::test]
async fn each_tone_has_its_pitch_and_the_buzzer_s_pin_is_low_after_it() {
    let (chips, mut wire) = scanner().await;
    // The loudest is high half of the time: of the pin's levels at the end of a tone, chance has both.
    let loud = Settings {
        volume: 3,
        ..Settings::default()
    };
    wire.command(UID, Command::Settings(loud)).await.unwrap();
    for round in 0..4 {
        for (verdict, pitch) in [(Verdict::Right, 2_700), (Verdict::Wrong, 440)] {
            chips.scan("scanner", "]E0", "6901234567892").await.unwrap();
            let (_, event) = wire.event(UID, "the scan", scan).await.unwrap();
            let before = chips.seen("scanner").tones.len();
            let verdict = Command::Verdict {
                event: event.id,
                verdict,
            };
            wire.command(UID, verdict).await.unwrap();
            // Wrong is heard twice.
            let parts = if pitch == 440 { 4 } else { 2 };
            let seen = chips
                .until("scanner", &format!("{pitch} Hz and silence, round {round}"), |seen| {
                    seen.tones.len() == before + parts
                })
                .await
                .unwrap();
            for (nth, tone) in seen.tones[before..].iter().enumerate() {
                let expected = if nth % 2 == 0 { pitch } else { 0 };
                assert!(tone.abs_diff(expected) <= expected / 50, "{:?}", seen.tones);
            }
            assert!(!seen.buzzer_high, "the pin stays high after {pitch} Hz");
        }
    }
}

#[tokio::test]
async fn h14_a_module_from_the_shop_is_set_up_and_one_that_only_says_so_is_told() {
    let (chips, mut wire) = scanner().await;
    chips.replace_module("scanner", false).await.unwrap();
    // As it comes it does not scan when it is asked; the node finds that out at its start.
    wire.command(UID, Command::Restart).await.unwrap();
    chips
        .until("scanner", "its start", |seen| seen.starts.len() == 2)
        .await
        .unwrap();
    wire.up(UID).await.unwrap();
    wire.idle(std::time::Duration::from_millis(1_000)).await.unwrap();
    chips.present("scanner", "]E0", "6901234567892").await.unwrap();
    chips.trigger("scanner").await.unwrap();
    let (said, _) = wire.event(UID, "the code before it", scan).await.unwrap();
    assert_eq!(said, (Some(*b"]E0"), "6901234567892".to_owned()));

    // It is kept in the module: over a cut of the supply too, and nothing is written again.
    chips.power("scanner", false).await.unwrap();
    chips.replace_module("scanner", true).await.unwrap();
    chips.power("scanner", true).await.unwrap();
    let fault = |body: &EventBody| match body {
        EventBody::Fault {
            fault: Fault::Decoder, ..
        } => Some(()),
        _ => None,
    };
    wire.event(UID, "that the module does not keep its mode", fault)
        .await
        .unwrap();
}
