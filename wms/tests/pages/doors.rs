//! Small doors: foreign names, foreign addresses, sessions that are over, guessers, refusals.

use std::net::{IpAddr, SocketAddr};
use std::process::Command;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use futures_util::StreamExt;
use rules::core::crew::Role;
use wms::identity::NewAccount;

use crate::{Home, Server, Visitor, location, on_both, text};

on_both!(
    r13_only_known_names_are_answered_to,
    r13_signing_in_leads_nowhere_else,
    r13_a_new_sign_in_ends_the_old_session,
    r13_a_stream_ends_with_its_session,
    r13_signed_out_everywhere_means_everywhere,
    r13_every_refusal_is_our_page,
    r8_guesses_keep_nobody_out_but_the_guesser,
    r8_a_known_browser_passes_where_all_share_one_address,
);

async fn r13_only_known_names_are_answered_to(home: &Home) {
    let server = home.server(true).await;
    let visitor = server.sign_in("chen").await;
    let ask = async |method: Method, path: &str, host: &'static str| {
        let mut request = server.request(&visitor, &method, path).header(header::HOST, host);
        if method == Method::POST {
            request = request
                .header(header::ORIGIN, format!("http://{host}"))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let body = format!("form_token={}&lang=zh", visitor.form_token);
        server.send(request.body(Body::from(body)).expect("request")).await
    };
    for host in ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"] {
        assert_eq!(
            ask(Method::GET, "/board", host).await.status(),
            StatusCode::OK,
            "{host}"
        );
        let changed = ask(Method::POST, "/language", host).await;
        assert_eq!(changed.status(), StatusCode::SEE_OTHER, "{host}");
    }
    for host in [
        "evil.example",
        "evil.example:8080",
        "192.0.2.7",
        "localhost.evil.example",
    ] {
        for (method, path) in [
            (Method::GET, "/board"),
            (Method::GET, "/sign-in"),
            (Method::GET, "/nothing"),
            (Method::GET, "/api/floor"),
            (Method::POST, "/language"),
            (Method::POST, "/sign-in/demo"),
        ] {
            let refused = ask(method, path, host).await;
            assert_eq!(refused.status(), StatusCode::MISDIRECTED_REQUEST, "{host}{path}");
            assert!(!refused.headers().contains_key(header::SET_COOKIE));
            let page = text(refused).await;
            assert!(
                page.contains("<h1>") && page.contains("--known-host"),
                "{host}{path}: {page}"
            );
        }
    }
    let styles = ask(Method::GET, "/assets/x/tokens.css", "evil.example").await;
    assert_eq!(styles.status(), StatusCode::OK, "so that the refusal looks like a page");
}

async fn r13_signing_in_leads_nowhere_else(home: &Home) {
    let server = home.server(true).await;
    for next in [
        "/\t/evil.example",
        "/\0",
        "/\\evil.example",
        "//evil.example",
        "/\r\nx: y",
        "/板",
    ] {
        for (path, fields) in [
            ("/sign-in/demo", [("login", "chen"), ("next", next)]),
            ("/language", [("lang", "zh"), ("next", next)]),
        ] {
            let response = server
                .post_bare(&Visitor::default(), path, &fields, &HeaderMap::new())
                .await;
            assert_eq!(
                (response.status(), location(&response)),
                (StatusCode::SEE_OTHER, "/"),
                "{path} {next:?}"
            );
        }
    }
}

async fn signs_in_again(server: &Server, visitor: &Visitor, login: &str) -> Visitor {
    let response = server.post(visitor, "/sign-in/demo", &[("login", login)]).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    server.visitor(&response).await
}

async fn r13_a_new_sign_in_ends_the_old_session(home: &Home) {
    let server = home.server(true).await;
    let (old, elsewhere) = (server.sign_in("chen").await, server.sign_in("chen").await);
    let new = signs_in_again(&server, &old, "zhang").await;
    assert_eq!(
        server.get(&old, "/board").await.status(),
        StatusCode::SEE_OTHER,
        "it is over"
    );
    assert_eq!(server.get(&new, "/").await.status(), StatusCode::OK);
    assert_eq!(
        server.get(&elsewhere, "/board").await.status(),
        StatusCode::OK,
        "another browser's stays"
    );
}

/// Reads a stream to its end. The limit only ends a test that would hang.
async fn to_the_end(mut stream: BodyDataStream) {
    let end = async { while stream.next().await.is_some() {} };
    tokio::time::timeout(Duration::from_secs(60), end)
        .await
        .expect("it ends");
}

async fn r13_a_stream_ends_with_its_session(home: &Home) {
    let server = home.server(true).await;
    // Another process on the same database hears of it a little later.
    let other = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    let open = async |server: &Server, visitor: &Visitor, path: &str| {
        let response = server.get(visitor, path).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        response.into_body().into_data_stream()
    };
    let live = format!("/runs/{run}/live?after=1");
    for path in [live.as_str(), "/live"] {
        let again = server.sign_in("zhang").await;
        let (here, there) = (open(&server, &again, path).await, open(&other, &again, path).await);
        let mut stays = open(&server, &student, &live).await;
        assert_eq!(location(&server.post(&again, "/sign-out", &[]).await), "/sign-in");
        tokio::join!(to_the_end(here), to_the_end(there));
        // Who is still signed in hears on.
        server
            .scan(&student, run, &path.replace(['/', '?', '='], "x"), "4711")
            .await;
        let heard = tokio::time::timeout(Duration::from_secs(30), stays.next()).await;
        assert!(matches!(heard, Ok(Some(Ok(_)))), "{path}");
    }
    // A new sign-in in the same browser ends the old one's streams, too.
    let old = server.sign_in("zhang").await;
    let stream = open(&server, &old, "/live").await;
    signs_in_again(&server, &old, "li").await;
    to_the_end(stream).await;
}

async fn r13_signed_out_everywhere_means_everywhere(home: &Home) {
    let server = home.server(true).await;
    let (one, two) = (server.sign_in("chen").await, server.sign_in("chen").await);
    let other = server.sign_in("zhang").await;
    assert!(server.page(&one, "/").await.contains("action=\"/sign-out/everywhere\""));
    let stream = server.get(&two, "/live").await.into_body().into_data_stream();
    let response = server.post(&one, "/sign-out/everywhere", &[]).await;
    assert_eq!(location(&response), "/sign-in");
    to_the_end(stream).await;
    for gone in [&one, &two] {
        assert_eq!(server.get(gone, "/board").await.status(), StatusCode::SEE_OTHER);
    }
    assert_eq!(server.get(&other, "/").await.status(), StatusCode::OK, "others stay");
    // A form of another session is refused here as everywhere.
    let forged = [("form_token", "x")];
    let response = server
        .post_bare(&other, "/sign-out/everywhere", &forged, &HeaderMap::new())
        .await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

async fn r13_every_refusal_is_our_page(home: &Home) {
    let server = home.server(true).await;
    let teacher = server.sign_in("chen").await;
    for path in [
        "/runs/abc",
        "/runs/99999999999999999999",
        "/runs/abc/papers",
        "/runs/1/labels/x",
        "/runs/%ff/events",
        "/runs/abc/events.csv",
        "/runs/abc/live",
        "/runs/1/live?after=x",
        "/scenarios/%ff/codes",
        "/assets/%ff/x",
    ] {
        let response = server.get(&teacher, path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        let page = text(response).await;
        assert!(page.contains("<h1>没有这个页面</h1>"), "{path}: {page}");
    }
    // Too much, and what is no form at all.
    for (path, kind, body) in [
        ("/sign-in", "application/x-www-form-urlencoded", "x".repeat(5_000_000)),
        ("/sign-in", "text/plain", "login=chen".into()),
        ("/runs/abc/scans", "application/json", "{}".into()),
        ("/runs/1/scans", "application/json", "{".into()),
        ("/runs/1/scans", "text/plain", "{}".into()),
    ] {
        let mut request = server
            .request(&teacher, &Method::POST, path)
            .body(Body::from(body))
            .expect("request");
        let kind = HeaderValue::from_static(kind);
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
        let response = server.send(request).await;
        assert!(response.status().is_client_error(), "{path}");
        let kind = response.headers()[header::CONTENT_TYPE]
            .to_str()
            .expect("text")
            .to_owned();
        assert!(kind.starts_with("text/html"), "{path}: {kind}");
        assert!(text(response).await.contains("<h1>"), "{path}");
    }
}

async fn attempt(server: &Server, peer: &str, mark: Option<&str>, password: &str) -> Response {
    let body = serde_urlencoded::to_string([("login", "lin"), ("password", password)]).expect("form");
    let peer: IpAddr = peer.parse().expect("an address");
    let mut request = server
        .request(&Visitor::default(), &Method::POST, "/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .extension(ConnectInfo(SocketAddr::new(peer, 4711)));
    if let Some(mark) = mark {
        request = request.header(header::COOKIE, mark);
    }
    server.send(request.body(Body::from(body)).expect("request")).await
}

/// A server with a teacher who has a password.
async fn with_teacher(home: &Home) -> Server {
    let server = home.server(false).await;
    let teacher = NewAccount {
        login: "lin",
        name: "林老师",
        role: Role::Instructor,
        group: None,
        password: Some("long enough"),
    };
    server.accounts.add(teacher, 1).await.expect("added");
    server
}

async fn r8_guesses_keep_nobody_out_but_the_guesser(home: &Home) {
    let server = with_teacher(home).await;
    for _ in 0..5 {
        let guess = attempt(&server, "10.0.0.66", None, "wrong").await;
        assert_eq!(guess.status(), StatusCode::UNAUTHORIZED);
    }
    let guess = attempt(&server, "10.0.0.66", None, "long enough").await;
    assert_eq!(guess.status(), StatusCode::TOO_MANY_REQUESTS, "even with the right one");
    let teacher = attempt(&server, "10.0.0.1", None, "long enough").await;
    assert_eq!(teacher.status(), StatusCode::SEE_OTHER);
    let guess = attempt(&server, "10.0.0.66", None, "wrong").await;
    assert_eq!(
        guess.status(),
        StatusCode::TOO_MANY_REQUESTS,
        "that forgives no guesser"
    );
    // By the clock that nobody sets: a wait is never longer than the rule's.
    let page = text(guess).await;
    assert!(
        (1..=5).any(|seconds| page.contains(&format!("{seconds} 秒后再试"))),
        "{page}"
    );
}

async fn r8_a_known_browser_passes_where_all_share_one_address(home: &Home) {
    let server = with_teacher(home).await;
    let first = attempt(&server, "10.0.0.1", None, "long enough").await;
    assert_eq!(first.status(), StatusCode::SEE_OTHER);
    let cookies = first.headers().get_all(header::SET_COOKIE).iter();
    let cookies: Vec<&str> = cookies.filter_map(|cookie| cookie.to_str().ok()).collect();
    let mark = cookies
        .iter()
        .find(|cookie| cookie.starts_with("cangxun_place="))
        .expect("a mark");
    assert!(mark.contains("HttpOnly") && mark.contains("SameSite=Lax"), "{mark}");
    let mark = mark.split(';').next();
    for _ in 0..5 {
        attempt(&server, "10.0.0.1", None, "wrong").await;
    }
    let status = async |mark: Option<&str>| attempt(&server, "10.0.0.1", mark, "long enough").await.status();
    assert_eq!(status(None).await, StatusCode::TOO_MANY_REQUESTS, "any browser there");
    let forged = format!("cangxun_place={}", "0".repeat(96));
    assert_eq!(
        status(Some(&forged)).await,
        StatusCode::TOO_MANY_REQUESTS,
        "a forged mark"
    );
    assert_eq!(status(mark).await, StatusCode::SEE_OTHER);
    // The mark opens nothing by itself.
    let wrong = attempt(&server, "10.0.0.1", mark, "wrong").await;
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
}

/// A key that anybody guesses, or none, is refused before anything is begun.
#[test]
fn r13_a_short_key_is_refused_at_the_start() {
    let folder = tempfile::tempdir().expect("folder");
    // Taken, so that a server which would begin ends as well, and says something else.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let listen = taken.local_addr().expect("its address").to_string();
    for key in ["", " ", "key", "                        ", "123456789012345"] {
        let ended = Command::new(env!("CARGO_BIN_EXE_wms"))
            .args(["serve", "--listen", &listen, "--key", key])
            .current_dir(folder.path())
            .output()
            .expect("runs");
        assert_eq!(ended.status.code(), Some(1), "{key:?}");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(
            said.contains("enrolment key") && said.contains("openssl rand -hex 16"),
            "{said}"
        );
    }
    assert!(
        std::fs::read_dir(folder.path()).expect("read").next().is_none(),
        "nothing was begun"
    );
    let help = Command::new(env!("CARGO_BIN_EXE_wms"))
        .args(["serve", "--help"])
        .env("CANGXUN_ENROLMENT_KEY", "a-secret-of-the-school")
        .output()
        .expect("runs");
    assert!(!String::from_utf8_lossy(&help.stdout).contains("a-secret-of-the-school"));
}
