use link::message::EventBody;
use serde_json::json;

use crate::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_scanned_while_the_cable_is_out_comes_when_it_is_back() {
    let bench = Bench::start().await;
    let mut master = bench.master("scanner").await;
    let before = master.hello;
    master.event().await;
    bench.post("/scanner/cable", json!({"plugged": false})).await;
    bench
        .see("the cable out", |seen| seen["scanner"]["plugged"] == false)
        .await;
    drop(master);
    for code in ["1", "2", "3"] {
        bench.post("/scanner/scan", json!({ "code": code })).await;
    }
    bench.post("/scanner/cable", json!({"plugged": true})).await;
    let mut master = bench.master("scanner").await;
    assert_eq!(master.hello.boot, before.boot, "the node stayed powered");
    for expected in ["1", "2", "3"] {
        let (_, body) = master.deed().await;
        let EventBody::Scan { code, .. } = body else {
            panic!("{body:?}")
        };
        assert_eq!(code.as_slice(), expected.as_bytes());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_not_committed_comes_again_to_the_next_master() {
    let bench = Bench::start().await;
    let mut master = bench.master("shelf").await;
    master.event().await;
    bench.press(5, "plus").await;
    bench
        .see("an event kept", |seen| seen["shelf"]["unacknowledged"] == 1)
        .await;
    drop(master);
    let mut next = bench.master("shelf").await;
    let (id, body) = next.deed().await;
    assert_eq!(id.0, 2);
    assert!(
        matches!(
            body,
            EventBody::Key {
                position: 5,
                count: None,
                tag: 0,
                ..
            }
        ),
        "{body:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ports_disappear_when_the_floor_ends() {
    let bench = Bench::start().await;
    bench.master("shelf").await;
    let port = bench.port("shelf");
    let Bench {
        floor, folder: _folder, ..
    } = bench;
    floor.stop().await;
    assert!(!port.is_symlink(), "the name is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_power_cycle_is_a_new_boot_of_the_same_chip() {
    let bench = Bench::start().await;
    let master = bench.master("shelf").await;
    let before = master.hello;
    drop(master);
    bench.post("/shelf/reset", json!({"reason": "watchdog"})).await;
    bench
        .see("another boot", |seen| seen["shelf"]["boot"] != before.boot.0)
        .await;
    let mut master = bench.master("shelf").await;
    assert_eq!(
        (master.hello.uid, master.hello.reset),
        (before.uid, link::message::ResetReason::Watchdog)
    );
    let first = master.event().await;
    assert_eq!(first.id.0, 1);
    assert!(matches!(first.body, EventBody::Restarted { .. }));
}
