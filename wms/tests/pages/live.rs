//! The stream: numbered by acts, taken up after a gap where the page left off.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Method, StatusCode, header};
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::{Home, on_both};

on_both!(
    a_page_that_was_away_asks_for_what_follows,
    the_board_hears_every_run,
    s5_one_stream_tells_all_pages_of_a_browser,
);

/// Lines until an event is complete. The limit only ends a test that would hang.
async fn event(stream: &mut BodyDataStream) -> String {
    let mut text = String::new();
    while !text.contains("\n\n") {
        let part = tokio::time::timeout(Duration::from_secs(30), stream.next())
            .await
            .expect("an event in time");
        text.push_str(&String::from_utf8_lossy(&part.expect("goes on").expect("readable")));
        if text.starts_with(':') {
            text.clear();
        }
    }
    text
}

async fn a_page_that_was_away_asks_for_what_follows(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    let live = format!("/runs/{run}/live");
    let open = async |path: String, last: Option<&str>| {
        let mut request = server.request(&student, &Method::GET, &path);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = server.send(request.body(Body::empty()).expect("request")).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        response.into_body().into_data_stream()
    };
    // Drawn at act 1: hears of act 2 when it happens.
    let mut stream = open(format!("{live}?after=1"), None).await;
    server.scan(&student, run, "a", "CMD-CONFIRM").await;
    assert!(event(&mut stream).await.contains("id: 2"));
    server.scan(&student, run, "b", "12000152400012").await;
    assert!(event(&mut stream).await.contains("id: 3"));
    // Cut off, two acts missed: told at once, whatever the address says.
    drop(stream);
    server.scan(&student, run, "c", "12000152400012").await;
    server.scan(&student, run, "d", "12000152400012").await;
    let mut stream = open(format!("{live}?after=1"), Some("3")).await;
    assert!(event(&mut stream).await.contains("id: 5"));
    // Nothing missed: nothing until something happens.
    let mut stream = open(format!("{live}?after=1"), Some("5")).await;
    server.scan(&student, run, "e", "12000152400012").await;
    assert!(event(&mut stream).await.contains("id: 6"));
}

async fn the_board_hears_every_run(home: &Home) {
    let server = home.server(true).await;
    let (teacher, student) = (server.sign_in("chen").await, server.sign_in("wang").await);
    let request = server
        .request(&teacher, &Method::GET, "/live")
        .body(Body::empty())
        .expect("request");
    let mut stream = server.send(request).await.into_body().into_data_stream();
    server.start(&student, "2", "2").await;
    assert!(event(&mut stream).await.contains("data: changed"));
}

/// What a page's stream said.
fn news(events: &str) -> Vec<Value> {
    let data = events.lines().filter_map(|line| line.strip_prefix("data: "));
    data.map(|data| serde_json::from_str(data).expect("JSON")).collect()
}

async fn s5_one_stream_tells_all_pages_of_a_browser(home: &Home) {
    let server = home.server(true).await;
    let (zhang, wang) = (server.sign_in("zhang").await, server.sign_in("wang").await);
    let own = server.start(&zhang, "1", "1").await;
    let foreign = server.start(&wang, "2", "2").await;
    let open = async |query: String| {
        let path = format!("/live/pages?{query}");
        let request = server.request(&zhang, &Method::GET, &path);
        server.send(request.body(Body::empty()).expect("request")).await
    };
    let response = open(format!("runs={own}.0,{foreign}.0&floor=true")).await;
    let mut stream = response.into_body().into_data_stream();
    let mut heard: Vec<Value> = Vec::new();
    let number = |run: i64, no: i64| json!({ "run": run, "no": no });
    // The beat, its own run's number, and of the foreign run that there is something to ask, but nothing of it.
    while ![json!({ "beat": true }), number(own, 1), json!({ "run": foreign })]
        .iter()
        .all(|news| heard.contains(news))
    {
        heard.extend(news(&event(&mut stream).await));
    }
    heard.clear();
    server.scan(&wang, foreign, "a", "CMD-CONFIRM").await;
    server.scan(&zhang, own, "a", "CMD-CONFIRM").await;
    while !(heard.contains(&number(own, 2)) && heard.contains(&json!({}))) {
        heard.extend(news(&event(&mut stream).await));
    }
    assert!(!heard.iter().any(|news| news["run"] == foreign), "{heard:?}");
    for bad in [
        "runs=x".to_owned(),
        "runs=1".to_owned(),
        format!("runs={}", ["1.0"; 65].join(",")),
    ] {
        assert_eq!(open(bad.clone()).await.status(), StatusCode::BAD_REQUEST, "{bad}");
    }
}
