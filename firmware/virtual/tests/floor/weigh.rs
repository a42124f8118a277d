use link::message::EventBody;
use serde_json::json;

use crate::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn a_load_is_told_when_it_rests_and_once_when_it_leaves() {
    let bench = Bench::start().await;
    let mut master = bench.master("scale").await;
    bench
        .see("the empty scale at rest", |seen| seen["scale"]["grams"] == 0)
        .await;
    bench.post("/scale", json!({"grams": 2_150})).await;
    let mut told = Vec::new();
    while !told.iter().any(|(_, stable)| *stable) {
        if let (_, EventBody::Weight { grams, stable }) = master.deed().await {
            told.push((grams, stable));
        }
    }
    let (grams, _) = told[told.len() - 1];
    assert!((2_148..=2_152).contains(&grams), "{told:?}");
    assert!(told.len() <= 2, "left once, settled once: {told:?}");
    bench.post("/scale", json!({"wobble": true})).await;
    assert!(matches!(master.deed().await.1, EventBody::Weight { stable: false, .. }));
    bench.see("unrest", |seen| seen["scale"]["stable"] == false).await;
    assert_eq!(bench.post("/scale", json!({"grams": -1})).await, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_cell_is_told() {
    let bench = Bench::start().await;
    let mut master = bench.master("scale").await;
    bench.post("/scale", json!({"cell": false})).await;
    assert!(matches!(master.deed().await.1, EventBody::Fault { .. }));
}
