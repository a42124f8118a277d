//! Who may begin a run where, and when its scans may be from.

use axum::http::StatusCode;
use wms::store;

use crate::common::hands;
use crate::{Home, Server, Visitor, on_both, text};

on_both!(
    r9_a_student_begins_one_run_and_no_second,
    r9_two_starts_at_once_at_two_stations_leave_one,
    r9_no_scan_is_from_before_its_run,
    r2_a_page_s_clock_may_be_wrong,
);

async fn try_start(server: &Server, visitor: &Visitor, station: &str) -> (StatusCode, String) {
    let fields = [("scenario", "first-drill"), ("station", station), ("group", "1")];
    let response = server.post(visitor, "/runs", &fields).await;
    (response.status(), text(response).await)
}

async fn r9_a_student_begins_one_run_and_no_second(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    for login in ["zhang", "li"] {
        let (status, page) = try_start(&server, &server.sign_in(login).await, "2").await;
        assert_eq!(status, StatusCode::CONFLICT, "{login} of the same group");
        assert!(
            page.contains("你们组正在工位 1 作业") && page.contains("找教师"),
            "{page}"
        );
    }
    assert!(
        !server.app.run_state(run).await.expect("run").ground.closed,
        "it goes on"
    );
    // Another group is free to; and the same station is begun anew as before.
    let other = server.sign_in("wang").await;
    server.start(&other, "2", "2").await;
    let again = server.start(&student, "1", "1").await;
    // A teacher allows more by starting it.
    let teacher = server.sign_in("chen").await;
    server.start(&teacher, "2", "1").await;
    assert!(!server.app.run_state(again).await.expect("run").ground.closed);

    // A run that is done keeps nobody from the next.
    server.start(&teacher, "2", "2").await;
    hands::receive(&server.app, again).await;
    while hands::pick_one(&server.app, again).await {}
    hands::ship(&server.app, again).await;
    server.start(&teacher, "2", "1").await;
    assert_eq!(
        try_start(&server, &student, "1").await.0,
        StatusCode::CONFLICT,
        "busy at 2"
    );
    server.start(&teacher, "2", "2").await;
    assert_eq!(try_start(&server, &student, "1").await.0, StatusCode::SEE_OTHER);
}

async fn r9_two_starts_at_once_at_two_stations_leave_one(home: &Home) {
    let server = home.server(true).await;
    let (one, two) = (server.sign_in("zhang").await, server.sign_in("li").await);
    for round in 0..8 {
        let (first, second) = tokio::join!(try_start(&server, &one, "1"), try_start(&server, &two, "2"));
        let mut statuses = [first.0.as_u16(), second.0.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "round {round}");
        let open = store::heads(server.app.db(), true).await.expect("read");
        assert_eq!(open.len(), 1, "round {round}");
        // The other group's turn, at both stations.
        let teacher = server.sign_in("chen").await;
        server.start(&teacher, &open[0].station.to_string(), "2").await;
        let free = store::run_at(server.app.db(), open[0].station).await.expect("read");
        let run = free.expect("a station").expect("a run");
        hands::act(&server.app, run, rules::Act::Close).await;
    }
}

async fn r9_no_scan_is_from_before_its_run(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    let began = server.app.run_state(run).await.expect("run").ground.head.started_at;
    for (id, at) in [
        ("a", 0),
        ("b", began - 3_600_000),
        ("c", i64::MIN),
        ("d", i64::MAX),
        ("e", began),
    ] {
        let body = serde_json::json!({ "id": id, "code": "4711", "at": at });
        let request = server
            .request(&student, &axum::http::Method::POST, &format!("/runs/{run}/scans"))
            .header(axum::http::header::CONTENT_TYPE, "application/json")
            .body(axum::body::Body::from(body.to_string()))
            .expect("request");
        assert_eq!(server.send(request).await.status(), StatusCode::OK, "{at}");
    }
    let now = wms::clock::now();
    let acts = store::events(&server.app.db().pool, run, 1).await.expect("read");
    assert_eq!(acts.len(), 5);
    for act in acts {
        assert!(
            (began..=now).contains(&act.at),
            "{} is dated {}, the run {began}",
            act.no,
            act.at
        );
    }
}

/// A page tells how long ago a scan was made; its wall clock is asked only where it can't, and that is marked.
async fn r2_a_page_s_clock_may_be_wrong(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    let hours = 3_600_000;
    let now = wms::clock::now();
    let scans = [
        ("a", now + 8 * hours, Some(0)),
        ("b", now - 8 * hours, Some(0)),
        ("c", now, Some(u64::MAX)),
        ("d", now + 8 * hours, None),
        ("e", now - 8 * hours, None),
    ];
    for (id, at, age) in scans {
        let body = serde_json::json!({ "id": id, "code": "4711", "at": at, "age": age });
        let request = server
            .request(&student, &axum::http::Method::POST, &format!("/runs/{run}/scans"))
            .header(axum::http::header::CONTENT_TYPE, "application/json")
            .body(axum::body::Body::from(body.to_string()))
            .expect("request");
        assert_eq!(server.send(request).await.status(), StatusCode::OK, "{id}");
    }
    let after = wms::clock::now();
    let began = server.app.run_state(run).await.expect("run").ground.head.started_at;
    let acts = store::events(&server.app.db().pool, run, 1).await.expect("read");
    let told: Vec<_> = acts.iter().map(|act| act.certain).collect();
    assert_eq!(told, [Some(true), Some(true), Some(true), Some(false), Some(false)]);
    for act in &acts[..2] {
        assert!((now..=after).contains(&act.at), "{act:?}");
    }
    assert!(acts.iter().all(|act| (began..=after).contains(&act.at)), "{acts:?}");
}
