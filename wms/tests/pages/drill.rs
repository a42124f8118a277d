//! The drill as pages show it: what to do now, what was said, the papers that it fills.

use std::process::{Command, Stdio};

use axum::body::to_bytes;
use axum::http::{StatusCode, header};
use rules::core::paper::PaperKind;

use crate::common::hands;
use crate::{Home, Server, Visitor, on_both};

on_both!(
    the_screen_leads_and_the_papers_follow,
    a_scan_sent_twice_is_one_act,
    s1_a_scan_is_taken_only_as_its_own_persons,
    s1_an_answer_names_its_scan,
    a_button_pressed_twice_does_one_thing,
    papers_wait_for_the_teacher_when_their_run_is_over,
    w4_a_log_that_was_handed_in_stays_as_it_is,
    beginning_again_is_one_click,
    bad_input_is_told_what_to_do,
    pages_without_anything_say_so,
);

/// Scans with ids that never repeat.
async fn scan(server: &Server, visitor: &Visitor, run: i64, code: &str) -> serde_json::Value {
    let state = server.app.run_state(run).await.expect("run");
    server
        .scan(visitor, run, &format!("test{}", state.last_act), code)
        .await
}

async fn receive(server: &Server, visitor: &Visitor, run: i64) {
    scan(server, visitor, run, "CMD-CONFIRM").await;
    for (case, count, command) in [
        ("12000152400012", 4, "CMD-CONFIRM"),
        ("12000152400036", 2, "CMD-SHORT"),
        ("12000152400043", 3, "CMD-CONFIRM"),
    ] {
        for _ in 0..count {
            assert_eq!(scan(server, visitor, run, case).await["verdict"], "right");
        }
        assert_eq!(scan(server, visitor, run, command).await["verdict"], "right");
    }
}

async fn the_screen_leads_and_the_papers_follow(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    let screen = format!("/runs/{run}");
    assert!(server.page(&student, &screen).await.contains("打开通知单"));
    let wrong = scan(&server, &student, run, "2000152400060").await;
    assert_eq!(wrong["verdict"], "wrong");
    let page = server.page(&student, &screen).await;
    assert!(
        page.contains(wrong["was"].as_str().expect("text")),
        "the sentence stands until the next act"
    );
    receive(&server, &student, run).await;
    // The same barcode at once would be the same one, read twice.
    scan(&server, &student, run, "CMD-NEXT").await;
    assert!(server.page(&student, &screen).await.contains("先扫货位条码"));
    let state = server.app.run_state(run).await.expect("run");
    for label in &state.ground.labels {
        let response = server.get(&student, &format!("{screen}/labels/{}", label.job)).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], "image/png");
    }
    let papers = server.page(&student, &format!("{screen}/papers")).await;
    let reprint = format!("{screen}/labels/{}/reprint", state.ground.labels[1].job);
    assert!(papers.contains(&reprint) && papers.contains("重新打印"));
    let answer = server.post(&student, &reprint, &[]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let labels = server.app.run_state(run).await.expect("run").ground.labels.clone();
    assert_eq!((labels.len(), &labels[3].spec), (4, &labels[1].spec));
    for line in &state.inbound.lines {
        let placed = line.placed.as_ref().expect("placed");
        scan(&server, &student, run, &placed.location).await;
        assert_eq!(scan(&server, &student, run, &placed.lpn).await["verdict"], "right");
    }
    scan(&server, &student, run, "CMD-CONFIRM").await;

    let state = server.app.run_state(run).await.expect("run");
    let receipt = state
        .ground
        .papers
        .iter()
        .find(|paper| paper.number.starts_with("RK-"))
        .expect("a receipt");
    let address = format!("{screen}/papers/{}", receipt.number);
    let page = server.page(&student, &address).await;
    assert!(
        page.contains("−72") && page.contains("differs"),
        "72 tubes short, and marked"
    );
    let response = server.get(&student, &format!("{address}.pdf")).await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/pdf");
    let pdf = to_bytes(response.into_body(), 10_000_000).await.expect("body");
    let text = pdf_text(&pdf);
    for words in ["牙膏 120g", "−72", &receipt.number, "第一组"] {
        assert!(text.contains(words), "{words} is missing from {text}");
    }

    let notice = state.ground.paper(PaperKind::InboundNotice, None).expect("a notice");
    let page = server
        .page(&student, &format!("{screen}/papers/{}", notice.number))
        .await;
    assert!(page.contains("预计到货：20"), "the expected date stands on the notice");

    // The teacher sees that it waits, and accepts it.
    let teacher = server.sign_in("chen").await;
    let board = server.page(&teacher, "/board").await;
    assert!(
        board.contains("2 张单据等你验收") && board.contains(&format!("href=\"{screen}/papers\"")),
        "one line for the notice and the receipt"
    );
    let returned = server
        .post(&teacher, &format!("{address}/judge"), &[("accept", "0")])
        .await;
    assert_eq!(returned.status(), StatusCode::BAD_REQUEST, "returning needs a reason");
    let judge = async |fields: &[(&str, &str)]| {
        let response = server.post(&teacher, &format!("{address}/judge"), fields).await;
        response.status()
    };
    assert_eq!(
        judge(&[("accept", "1"), ("remark", "少一行")]).await,
        StatusCode::CONFLICT,
        "who gives a reason does not accept"
    );
    // Enter in the reason's field presses the first button: it sends back.
    let page = server.page(&teacher, &address).await;
    let (first, second) = (
        page.find("name=\"accept\" value=\"0\""),
        page.find("name=\"accept\" value=\"1\""),
    );
    assert!(first.is_some() && first < second);
    assert_eq!(
        judge(&[("remark", "少一行"), ("accept", "0")]).await,
        StatusCode::SEE_OTHER
    );
    let board = server.page(&teacher, "/board").await;
    let others = format!("href=\"{screen}/papers/{}\"", notice.number);
    assert!(
        board.contains(&others) && !board.contains(&address),
        "the notice alone waits"
    );
    assert!(server.page(&student, &address).await.contains("重新提交"));
    let again = server.post(&student, &format!("{address}/hand-in"), &[]).await;
    assert_eq!(again.status(), StatusCode::SEE_OTHER);
    assert!(server.page(&teacher, "/board").await.contains("2 张单据等你验收"));
    assert!(server.page(&teacher, &address).await.contains("验收通过"));
    let accepted = server
        .post(&teacher, &format!("{address}/judge"), &[("accept", "1")])
        .await;
    assert_eq!(accepted.status(), StatusCode::SEE_OTHER);
    assert!(server.page(&student, &address).await.contains("已验收"));
    let notice = &state.ground.papers.first().expect("a notice").number;
    assert!(
        server
            .page(&teacher, "/board")
            .await
            .contains(&format!("href=\"{screen}/papers/{notice}\"")),
        "the last one is led to directly"
    );

    // The books.
    let ledger = server.page(&student, &format!("{screen}/ledger?prove=1")).await;
    assert!(ledger.contains("都相符"));
    assert!(
        server
            .page(&student, &format!("{screen}/ledger?sku=RY003"))
            .await
            .contains("144 支")
    );
    let csv = server.page(&student, &format!("{screen}/ledger.csv")).await;
    assert!(
        csv.starts_with('\u{feff}') && csv.contains("RY003,牙膏 120g,2026-08-21,供应商,R,144"),
        "{csv}"
    );
    let balances = server.page(&student, &format!("{screen}/balances.csv")).await;
    assert!(
        balances.contains("RY003,牙膏 120g,2026-08-21,2029-08-20,可用,144,0,支"),
        "{balances}"
    );
    let plate = format!("S-01-01-04,LP-{run:04}-002,RY003");
    assert!(
        balances.contains(&plate),
        "in the rack on its licence plate: {balances}"
    );
    let papers = server.page(&student, &format!("{screen}/papers.csv")).await;
    assert!(papers.contains(",入库单,晴野电商,"), "{papers}");
    for list in ["ledger", "balances", "papers", "events"] {
        let excel = server.get(&student, &format!("{screen}/{list}.xlsx")).await;
        let named = excel.headers()[header::CONTENT_DISPOSITION]
            .to_str()
            .expect("text")
            .to_owned();
        assert_eq!(named, format!("attachment; filename=\"{list}-{run}.xlsx\""));
        let bytes = to_bytes(excel.into_body(), 10_000_000).await.expect("body");
        assert!(bytes.starts_with(b"PK"), "p6: {list} is an Excel file");
    }
    let events = server.page(&student, &format!("{screen}/events.csv")).await;
    assert_eq!(
        events.lines().count() as i64,
        server.app.run_state(run).await.expect("run").last_act + 1
    );
}

fn pdf_text(pdf: &[u8]) -> String {
    use std::io::Write;
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext (package poppler-utils)");
    child.stdin.take().expect("stdin").write_all(pdf).expect("written");
    String::from_utf8(child.wait_with_output().expect("ended").stdout).expect("text")
}

async fn a_scan_sent_twice_is_one_act(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    scan(&server, &student, run, "CMD-CONFIRM").await;
    let first = server.scan(&student, run, "one", "12000152400012").await;
    let again = server.scan(&student, run, "one", "12000152400012").await;
    assert_eq!(first, again);
    assert_eq!(
        server.app.run_state(run).await.expect("run").inbound.lines[0].units,
        6,
        "one case"
    );
}

async fn a_button_pressed_twice_does_one_thing(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    scan(&server, &student, run, "CMD-CONFIRM").await;
    scan(&server, &student, run, "12000152400012").await;
    let page = server.page(&student, &format!("/runs/{run}")).await;
    let seen = server.app.run_state(run).await.expect("run").last_act;
    assert!(page.contains(&format!("data-code=\"CMD-SHORT\" data-act=\"{seen}\"")));
    let first = server.press(&student, run, "one", "CMD-SHORT", seen).await;
    assert_eq!(first["verdict"], "right");
    let second = server.press(&student, run, "two", "CMD-SHORT", seen).await;
    assert_eq!(second["verdict"], "neutral");
    let state = server.app.run_state(run).await.expect("run");
    assert_eq!(
        state.inbound.lines.iter().map(|line| line.done).collect::<Vec<_>>(),
        [true, false, false]
    );
}

async fn papers_wait_for_the_teacher_when_their_run_is_over(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    receive(&server, &student, run).await;
    // The same barcode at once would be the same one, read twice.
    scan(&server, &student, run, "CMD-NEXT").await;
    for line in &server.app.run_state(run).await.expect("run").inbound.lines {
        let placed = line.placed.as_ref().expect("placed");
        scan(&server, &student, run, &placed.location).await;
        scan(&server, &student, run, &placed.lpn).await;
    }
    scan(&server, &student, run, "CMD-CONFIRM").await;
    let teacher = server.sign_in("chen").await;
    server.start(&teacher, "1", "2").await;
    let state = server.app.run_state(run).await.expect("run");
    assert!(state.ground.closed);
    let receipt = state.ground.paper(PaperKind::Receipt, None).expect("a receipt");
    let address = format!("/runs/{run}/papers/{}", receipt.number);
    let board = server.page(&teacher, "/board").await;
    assert!(board.contains(&format!("href=\"/runs/{run}/papers\"")) && board.contains("第一组"));
    let accepted = server
        .post(&teacher, &format!("{address}/judge"), &[("accept", "1")])
        .await;
    assert_eq!(accepted.status(), StatusCode::SEE_OTHER);
    assert!(!server.page(&teacher, "/board").await.contains(&address));
    let state = server.app.run_state(run).await.expect("run");
    assert_eq!(state.errors, 0);
}

async fn w4_a_log_that_was_handed_in_stays_as_it_is(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    hands::receive(&server.app, run).await;
    scan(&server, &student, run, "4711").await;
    while hands::pick_one(&server.app, run).await {}
    let screen = format!("/runs/{run}");
    let clock = server.page(&student, &screen).await;
    assert!(
        clock.contains("data-since=") && !clock.contains("data-until="),
        "it goes on"
    );
    hands::ship(&server.app, run).await;
    let state = server.app.run_state(run).await.expect("run");
    let papers: Vec<String> = state.ground.papers.iter().map(|paper| paper.number.clone()).collect();
    let all = async || {
        let mut pages = Vec::new();
        for number in &papers {
            let page = server.page(&student, &format!("{screen}/papers/{number}")).await;
            let (_, sheet) = page.split_once("class=\"sheet\"").expect("a sheet");
            pages.push(sheet.split_once("</article>").expect("its end").0.to_owned());
        }
        pages
    };
    let handed_in = all().await;
    let clock = server.page(&student, &screen).await;
    let log = state.ground.paper(PaperKind::WorkLog, None).expect("made");
    assert!(clock.contains(&format!("data-until=\"{}\"", log.made_at)), "it stopped");
    for code in ["4711", "4712"] {
        assert_eq!(scan(&server, &student, run, code).await["verdict"], "wrong");
    }
    for (after, before) in all().await.iter().zip(&handed_in) {
        assert!(after == before, "it was {before}, and is {after}");
    }
    let clock = server.page(&student, &screen).await;
    assert!(clock.contains(&format!("data-until=\"{}\"", log.made_at)));
}

async fn beginning_again_is_one_click(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let first = server.start(&student, "1", "1").await;
    assert!(server.page(&student, "/").await.contains("重新开始"));
    let second = server.start(&student, "1", "1").await;
    assert_ne!(first, second);
    let page = server.page(&student, "/").await;
    assert!(page.contains(&format!("/runs/{second}\"")) && !page.contains(&format!("/runs/{first}\"")));
    assert!(
        server
            .page(&student, &format!("/runs/{first}/ledger"))
            .await
            .contains("RY001"),
        "the old one stays"
    );
    let response = server.get(&student, "/ledger").await;
    assert_eq!(crate::location(&response), format!("/runs/{second}/ledger"));
}

async fn bad_input_is_told_what_to_do(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    for (path, fields, status) in [
        (
            "/runs",
            &[("scenario", "none"), ("station", "1"), ("group", "1")][..],
            StatusCode::NOT_FOUND,
        ),
        (
            "/runs",
            &[("scenario", "first-drill"), ("station", "99"), ("group", "1")],
            StatusCode::NOT_FOUND,
        ),
        (
            "/runs",
            &[("scenario", "first-drill"), ("station", "x"), ("group", "1")],
            StatusCode::BAD_REQUEST,
        ),
        ("/runs", &[], StatusCode::BAD_REQUEST),
    ] {
        let response = server.post(&student, path, fields).await;
        assert_eq!(response.status(), status, "{fields:?}");
        assert!(
            crate::text(response).await.contains("<h1>"),
            "{fields:?} is told in words"
        );
    }
    for path in [
        "/runs/99",
        "/runs/x",
        "/runs/1/papers/none",
        "/runs/1/papers/none.pdf",
        "/runs/1/labels/9",
    ] {
        let status = server.get(&student, path).await.status();
        assert!(
            matches!(status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST),
            "{path}: {status}"
        );
    }
    for body in [
        "",
        "{}",
        "{\"id\":\"a b\",\"code\":\"x\",\"at\":0}",
        "{\"id\":\"a\",\"code\":\" \",\"at\":0}",
    ] {
        let request = server
            .request(&student, &axum::http::Method::POST, &format!("/runs/{run}/scans"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(axum::body::Body::from(body))
            .expect("request");
        assert!(server.send(request).await.status().is_client_error(), "{body}");
    }
    assert_eq!(
        server.app.run_state(run).await.expect("run").last_act,
        1,
        "nothing was taken"
    );
    // The teacher's log before its time: not lost in silence.
    let early = server
        .post(&student, &format!("/runs/{run}/log"), &[("text", "early")])
        .await;
    assert_eq!(early.status(), StatusCode::CONFLICT);
}

async fn s1_a_scan_is_taken_only_as_its_own_persons(home: &Home) {
    let server = home.server(true).await;
    let (zhang, wang, chen) = (
        server.sign_in("zhang").await,
        server.sign_in("wang").await,
        server.sign_in("chen").await,
    );
    let run = server.start(&zhang, "1", "1").await;
    let who = server
        .accounts
        .by_login("zhang")
        .await
        .expect("reads")
        .expect("zhang")
        .id;
    let scan = serde_json::json!({ "id": "a", "code": "CMD-CONFIRM", "at": 0, "who": who });
    for visitor in [&wang, &chen] {
        let (status, answer) = server.try_scan(visitor, run, &scan).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert_eq!(
            (&answer["scan"], &answer["keep"]),
            (&"a".into(), &true.into()),
            "{answer}"
        );
    }
    let (status, _) = server.try_scan(&Visitor::default(), run, &scan).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    // Kept by a page of a newer program: it stays there.
    let mut newer = scan.clone();
    newer["format"] = 2.into();
    let (status, answer) = server.try_scan(&zhang, run, &newer).await;
    assert_eq!(
        (status, &answer["keep"]),
        (StatusCode::CONFLICT, &true.into()),
        "{answer}"
    );
    assert!(
        answer["error"].as_str().is_some_and(|why| why.contains("更新版本")),
        "{answer}"
    );
    assert_eq!(
        server.app.run_state(run).await.expect("run").last_act,
        1,
        "nothing was taken"
    );
    let (status, answer) = server.try_scan(&zhang, run, &scan).await;
    assert_eq!((status, &answer["scan"]), (StatusCode::OK, &"a".into()));
    assert_eq!(answer["act"], 2);
}

async fn s1_an_answer_names_its_scan(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    // Refused for good, in words; the same where there is no such run.
    let long = "7".repeat(201);
    for (run, code, status, words) in [
        (run, long.as_str(), StatusCode::BAD_REQUEST, "201"),
        (run, " ", StatusCode::BAD_REQUEST, "读不懂"),
        (99, "x", StatusCode::NOT_FOUND, "场次"),
    ] {
        let scan = serde_json::json!({ "id": "b", "code": code, "at": 0 });
        let (told, answer) = server.try_scan(&student, run, &scan).await;
        assert_eq!(told, status, "{answer}");
        assert_eq!(
            (&answer["scan"], &answer["keep"]),
            (&"b".into(), &false.into()),
            "{answer}"
        );
        assert!(
            answer["error"].as_str().is_some_and(|error| error.contains(words)),
            "{answer}"
        );
    }
    let longest = serde_json::json!({ "id": "c", "code": "7".repeat(200), "at": 0 });
    let (status, answer) = server.try_scan(&student, run, &longest).await;
    assert_eq!((status, &answer["scan"]), (StatusCode::OK, &"c".into()), "{answer}");
}

async fn pages_without_anything_say_so(home: &Home) {
    let server = home.server(true).await;
    let (teacher, technician) = (server.sign_in("chen").await, server.sign_in("sun").await);
    assert!(server.page(&teacher, "/board").await.contains("空闲"));
    assert!(server.page(&teacher, "/board").await.contains("还没有事情发生"));
    assert!(server.page(&technician, "/devices").await.contains("还没有设备"));
    let response = server.get(&technician, "/").await;
    assert_eq!(crate::location(&response), "/devices");
    let response = server.get(&teacher, "/papers").await;
    assert_eq!(crate::location(&response), "/");
}
