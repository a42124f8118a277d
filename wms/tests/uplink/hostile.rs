//! What a gateway says is checked against what is known of its devices: nothing it says stops a page, a device or a run.

use axum::http::StatusCode;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use uplink::{EventBody, FromGateway, Key, PrintOutcome, Verdict};

use crate::gateway::{self, Gateway, confirm};
use crate::server::Server;
use crate::{PRINTER, SCANNER, SHELF, picking};

fn press(position: u8) -> EventBody {
    EventBody::Key {
        position,
        key: Key::Confirm,
        count: None,
        tag: 0,
    }
}

/// Every page and file that shows what devices said.
async fn all_pages_are_whole(server: &Server, run: i64) {
    for page in ["", "/events", "/events.csv", "/ledger", "/papers"] {
        let path = format!("/runs/{run}{page}");
        let (status, _) = server.page("zhang", &path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
    }
    for (login, path) in [("chen", "/board"), ("sun", "/devices"), ("sun", "/devices.csv")] {
        let (status, _) = server.page(login, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r7_a_position_that_the_shelf_has_not_is_no_act_and_is_told() {
    let server = Server::sqlite().await;
    let (run, mut gateway) = picking(&server).await;
    let before = server.last_act(run).await;
    for (number, position) in (1..).zip([255, 200, 24]) {
        gateway.say(gateway::event(SHELF, number, press(position))).await;
        assert_eq!(gateway.answer(SHELF, number).await, Some(Verdict::Wrong), "{position}");
    }
    assert_eq!(server.last_act(run).await, before, "none became an act");
    let (_, devices) = server.page("sun", "/devices").await;
    assert!(
        devices.contains("25") && devices.contains("3 次"),
        "the technician is told"
    );
    all_pages_are_whole(&server, run).await;
    let lights = gateway.lights_of(SHELF);
    gateway.say(confirm(SHELF, 4, 0, lights[0].tag)).await;
    assert_eq!(gateway.answer(SHELF, 4).await, Some(Verdict::Right));
}

#[tokio::test(flavor = "multi_thread")]
async fn r7_a_device_says_only_what_its_kind_can() {
    let server = Server::sqlite().await;
    let (run, mut gateway) = picking(&server).await;
    let before = server.last_act(run).await;
    let tag = gateway.lights_of(SHELF)[0].tag;
    gateway.say(confirm(SCANNER, 1, 0, tag)).await;
    assert_eq!(gateway.answer(SCANNER, 1).await, Some(Verdict::Wrong));
    let nobody = "ffffffffffffffff";
    gateway.say(confirm(nobody, 1, 0, tag)).await;
    assert_eq!(gateway.answer(nobody, 1).await, Some(Verdict::Wrong));
    assert_eq!(server.last_act(run).await, before, "neither picks for the shelf");
}

#[tokio::test(flavor = "multi_thread")]
async fn r7_times_at_the_ends_of_the_calendar_stop_no_device() {
    let server = Server::sqlite().await;
    let run = server.start(1).await;
    let mut number = 0;
    for hello in [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX] {
        let mut gateway = Gateway::with_clock(&server, hello).await;
        for at in [i64::MAX, i64::MIN, 0, -1, wms::clock::now()] {
            number += 1;
            let scan = EventBody::Scan {
                aim: None,
                code: format!("4711-{number}"),
            };
            gateway.say(gateway::event_at(at, SCANNER, number, scan)).await;
            gateway.answer(SCANNER, number).await;
        }
    }
    all_pages_are_whole(&server, run).await;
    let mut gateway = Gateway::connect(&server).await;
    let scan = EventBody::Scan {
        aim: None,
        code: "4711".into(),
    };
    gateway.say(gateway::event(SCANNER, number + 1, scan)).await;
    assert_eq!(
        gateway.answer(SCANNER, number + 1).await,
        Some(Verdict::Wrong),
        "it is heard as ever"
    );
}

/// A run's rows from before positions were checked.
#[tokio::test(flavor = "multi_thread")]
async fn r7_an_old_row_that_holds_position_255_can_be_read() {
    let server = Server::sqlite().await;
    let run = server.start(1).await;
    server
        .write_act(
            run,
            r#"{"do":"key","position":255,"key":"confirm","count":null,"tag":0}"#,
        )
        .await;
    all_pages_are_whole(&server, run).await;
    let (_, events) = server.page("zhang", &format!("/runs/{run}/events")).await;
    assert!(events.contains("256"), "the row stands there");
    let (status, _) = server.page("zhang", &format!("/api/runs/{run}/events")).await;
    assert_eq!(status, StatusCode::OK);
}

fn bodies() -> impl Strategy<Value = EventBody> {
    let key = prop_oneof![Just(Key::Confirm), Just(Key::Plus), Just(Key::Minus)];
    let outcome = prop_oneof![
        Just(PrintOutcome::Done),
        Just(PrintOutcome::PaperOut),
        Just(PrintOutcome::Damaged)
    ];
    prop_oneof![
        (any::<u8>(), key, any::<Option<u16>>(), any::<u32>()).prop_map(|(position, key, count, tag)| EventBody::Key {
            position,
            key,
            count,
            tag
        }),
        (any::<Option<String>>(), ".{0,400}").prop_map(|(aim, code)| EventBody::Scan { aim, code }),
        (prop_oneof![Just(i32::MIN), Just(i32::MAX), any::<i32>()], any::<bool>())
            .prop_map(|(grams, stable)| EventBody::Weight { grams, stable }),
        (any::<u32>(), outcome).prop_map(|(job, outcome)| EventBody::Printed { job, outcome }),
        any::<u32>().prop_map(|count| EventBody::Lost { count }),
        (".{0,40}", any::<Option<u8>>()).prop_map(|(fault, position)| EventBody::Fault { fault, position }),
        (any::<u8>(), any::<bool>()).prop_map(|(position, pressed)| EventBody::Tested { position, pressed }),
        (any::<String>(), any::<String>()).prop_map(|(reason, panic)| EventBody::Restarted { reason, panic }),
    ]
}

fn moments() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(i64::MIN),
        Just(i64::MAX),
        Just(0),
        any::<i64>(),
        (-100_000_i64..100_000).prop_map(|off| wms::clock::now() + off),
    ]
}

/// Whatever a gateway says in its session: each event is answered, in order, and the pages stay whole.
#[tokio::test(flavor = "multi_thread")]
async fn r7_whatever_a_gateway_says_is_answered() {
    let server = Server::sqlite().await;
    let (run, gateway) = picking(&server).await;
    drop(gateway);
    let mut runner = TestRunner::default();
    let device = prop_oneof![Just(SHELF), Just(SCANNER), Just(PRINTER), Just("nobody"), Just("")];
    let said = (moments(), vec((device, moments(), bodies()), 40));
    for round in 0..12 {
        let (hello, words) = said.new_tree(&mut runner).expect("a value").current();
        let mut gateway = Gateway::with_clock(&server, hello).await;
        for (number, (device, at, body)) in (1_000 * round..).zip(words) {
            let word = gateway::event_at(at, device, number, body);
            let FromGateway::Event(event) = &word else {
                unreachable!()
            };
            let shown = format!("hello {hello}, {event:?}");
            gateway.say(word).await;
            gateway.answer_or(device, number, &shown).await;
        }
    }
    assert_eq!(wms::panics::count(), 0);
    all_pages_are_whole(&server, run).await;
}
