//! The stream: numbered by acts, taken up after a gap where the page left off.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Method, header};
use futures_util::StreamExt;

use crate::{Home, on_both};

on_both!(a_page_that_was_away_asks_for_what_follows, the_board_hears_every_run);

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
