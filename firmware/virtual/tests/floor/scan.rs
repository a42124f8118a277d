use link::message::{Command, EventBody, Verdict};
use serde_json::json;

use crate::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_is_answered_at_the_lamp() {
    let bench = Bench::start().await;
    let mut master = bench.master("scanner").await;
    bench.see("no amber", |seen| seen["scanner"]["lamp"] == "#000000").await;
    bench
        .post("/scanner/scan", json!({"code": "2000152400015", "aim": "]E0"}))
        .await;
    let (id, body) = master.deed().await;
    let EventBody::Scan { aim, code } = body else {
        panic!("{body:?}")
    };
    assert_eq!((aim, code.as_slice()), (Some(*b"]E0"), b"2000152400015".as_slice()));
    master
        .command(Command::Verdict {
            event: id,
            verdict: Verdict::Right,
        })
        .await;
    let seen = bench.see("right", |seen| seen["scanner"]["verdict"] == "right").await;
    assert_eq!(seen["scanner"]["event"], id.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decoder_out_of_step_is_told_and_the_next_code_is_whole() {
    let bench = Bench::start().await;
    let mut master = bench.master("scanner").await;
    bench
        .post(
            "/scanner/bytes",
            json!({"hex": "37".repeat(200) + "0d" + "02000001003331" + "3233" + "0d"}),
        )
        .await;
    assert!(matches!(master.deed().await.1, EventBody::Fault { .. }));
    let (_, body) = master.deed().await;
    let EventBody::Scan { aim, code } = body else {
        panic!("{body:?}")
    };
    assert_eq!((aim, code.as_slice()), (None, b"23".as_slice()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_nobody_answers_shows_stored() {
    let bench = Bench::start().await;
    bench.post("/scanner/scan", json!({"code": "A-01-02-03"})).await;
    bench.see("stored", |seen| seen["scanner"]["verdict"] == "stored").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_symbology_and_separators_reach_the_wire() {
    let bench = Bench::start().await;
    let mut master = bench.master("scanner").await;
    let code = "10260821\u{1d}0112000152400036";
    bench.post("/scanner/scan", json!({"code": code, "aim": "]C1"})).await;
    let (_, body) = master.deed().await;
    let EventBody::Scan { aim, code: read } = body else {
        panic!("{body:?}")
    };
    assert_eq!((aim, read.as_slice()), (Some(*b"]C1"), code.as_bytes()));
}

#[tokio::test(flavor = "multi_thread")]
async fn r15_a_code_with_a_control_byte_inside_is_torn() {
    let bench = Bench::start().await;
    let mut master = bench.master("scanner").await;
    let (torn, whole) = ("31320033340d", "32330d");
    bench
        .post("/scanner/bytes", json!({"hex": format!("{torn}{whole}")}))
        .await;
    let (_, body) = master.deed().await;
    assert!(matches!(body, EventBody::Fault { .. }), "{body:?}");
    let (_, body) = master.deed().await;
    let EventBody::Scan { code, .. } = body else {
        panic!("{body:?}")
    };
    assert_eq!(code.as_slice(), b"23".as_slice());
}
