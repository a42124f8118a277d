use link::master::Answer;
use link::message::{Colour, Command, EventBody, Key, Mode, NodeKind, PositionLight, Verdict};
use link::session::Refusal;

use crate::Bench;

const PICK: PositionLight = PositionLight {
    colour: Colour::A,
    mode: Mode::Blink,
    count: Some(3),
    adjustable: true,
    tag: 41,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_press_goes_up_with_its_count_and_the_verdict_comes_down() {
    let bench = Bench::start().await;
    let mut master = bench.master("shelf").await;
    assert_eq!((master.hello.kind, master.hello.units), (NodeKind::Shelf, 24));
    master.light(10, PICK).await;
    bench
        .see("the light", |seen| {
            let position = &seen["shelf"]["positions"][10];
            position["colour"] == "a" && position["mode"] == "blink" && position["count"] == 3
        })
        .await;
    bench.press(10, "minus").await;
    bench.press(10, "minus").await;
    bench.press(10, "confirm").await;
    let expected = [(Key::Minus, 2), (Key::Minus, 1), (Key::Confirm, 1)];
    let mut last = None;
    for (key, count) in expected {
        let (id, body) = master.deed().await;
        assert_eq!(
            body,
            EventBody::Key {
                position: 10,
                key,
                count: Some(count),
                tag: 41
            }
        );
        last = Some(id);
    }
    let verdict = Command::Verdict {
        event: last.unwrap(),
        verdict: Verdict::Wrong,
    };
    assert_eq!(master.command(verdict).await, Answer::Taken);
    bench
        .see("the verdict", |seen| {
            seen["shelf"]["positions"][10]["verdict"] == "wrong"
        })
        .await;
    bench
        .see("the light again, with the count adjusted", |seen| {
            let position = &seen["shelf"]["positions"][10];
            position["colour"] == "a" && position["count"] == 1
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_shelf_does_not_have_is_refused() {
    let bench = Bench::start().await;
    let mut master = bench.master("shelf").await;
    let beyond = Command::Lights {
        first: 23,
        lights: [PICK; 2].into_iter().collect(),
    };
    assert_eq!(master.command(beyond).await, Answer::Refused(Refusal::OutOfRange));
    assert_eq!(
        master.command(Command::Tare).await,
        Answer::Refused(Refusal::Unsupported)
    );
    assert_eq!(
        bench
            .post("/shelf/keys", serde_json::json!({"position": 24, "key": "confirm"}))
            .await,
        422
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_outlive_a_restart() {
    let bench = Bench::start().await;
    let mut master = bench.master("shelf").await;
    let before = master.hello;
    let settings = link::message::Settings {
        brightness: 255,
        ..Default::default()
    };
    assert_eq!(master.command(Command::Settings(settings)).await, Answer::Taken);
    assert_eq!(master.command(Command::Restart).await, Answer::Taken);
    let after = loop {
        if let link::master::Output::Up { hello, .. } = master.output().await {
            break hello;
        }
    };
    assert_ne!(after.boot, before.boot);
    assert_eq!(after.uid, before.uid);
    assert_eq!(after.reset, link::message::ResetReason::Commanded);
    assert_eq!(after.settings_crc, nodes::settings::settings_crc(&settings));
    master.light(0, PositionLight { mode: Mode::On, ..PICK }).await;
    bench
        .see("full brightness", |seen| {
            seen["shelf"]["positions"][0]["rgb"] == "#0046ff"
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w9_the_panel_says_that_a_self_test_goes_on_and_when_it_is_over() {
    let bench = Bench::start().await;
    let mut master = bench.master("shelf").await;
    assert_eq!(master.command(Command::SelfTest).await, Answer::Taken);
    bench.see("the test", |seen| seen["shelf"]["testing"] == true).await;
    assert_eq!(master.command(Command::Identify { seconds: 0 }).await, Answer::Taken);
    bench.see("its end", |seen| seen["shelf"]["testing"] == false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lamps_and_tones_are_set_and_the_bus_keeps_its_speed() {
    let bench = Bench::start().await;
    let mut master = bench.master("shelf").await;
    let fast = link::message::Settings {
        bus_baud: 500_000,
        ..Default::default()
    };
    assert_eq!(master.command(Command::Settings(fast)).await, Answer::Taken);
    let signals = |brightness, volume| Command::Signals { brightness, volume };
    for refused in [signals(0, 2), signals(96, 4)] {
        let answer = master.command(refused).await;
        assert_eq!(answer, Answer::Refused(Refusal::OutOfRange));
    }
    assert_eq!(master.command(signals(32, 1)).await, Answer::Taken);
    assert_eq!(master.command(Command::Restart).await, Answer::Taken);
    let after = loop {
        if let link::master::Output::Up { hello, .. } = master.output().await {
            break hello;
        }
    };
    let kept = link::message::Settings {
        brightness: 32,
        volume: 1,
        ..fast
    };
    assert_eq!(after.settings_crc, nodes::settings::settings_crc(&kept));
}
