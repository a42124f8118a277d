//! People: accounts, passwords, sessions, the limit on attempts, the demo.

use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, StatusCode, header};
use rules::core::crew::Role;
use wms::identity::{IdentityError, NewAccount, PasswordError, Place, SESSION_MILLIS, demo};

use crate::{Home, Visitor, location, on_both, text};

on_both!(
    accounts_and_sessions,
    signing_in_by_password,
    too_many_attempts_have_to_wait,
    too_many_from_one_address_have_to_wait,
    the_demo_is_open_only_where_it_is_on,
    the_language_is_kept,
);

fn teacher<'a>(login: &'a str, password: Option<&'a str>) -> NewAccount<'a> {
    NewAccount {
        login,
        name: "林老师",
        role: Role::Instructor,
        group: None,
        password,
    }
}

async fn accounts_and_sessions(home: &Home) {
    let accounts = home.server(false).await.accounts;
    let id = accounts
        .add(teacher("lin", Some("long enough")), 1)
        .await
        .expect("added");
    assert!(matches!(
        accounts.add(teacher("lin", None), 1).await,
        Err(IdentityError::LoginTaken { .. })
    ));
    let short = accounts.add(teacher("short", Some("short")), 1).await;
    assert!(matches!(short, Err(IdentityError::Password(PasswordError::TooShort))));
    assert!(accounts.by_login("short").await.expect("read").is_none());

    let found = accounts
        .by_password("lin", "long enough")
        .await
        .expect("read")
        .expect("fits");
    assert_eq!((found.id, found.role, found.group), (id, Role::Instructor, None));
    for (login, password) in [
        ("lin", "wrong"),
        ("lin", ""),
        ("lin\0", "long enough"),
        ("nobody", "long enough"),
        ("zhang", ""),
    ] {
        assert!(
            accounts.by_password(login, password).await.expect("read").is_none(),
            "{login} {password}"
        );
    }

    let token = accounts.open_session(id, 1000).await.expect("opened");
    let who = async |now: i64| {
        accounts
            .by_session(&token, now)
            .await
            .expect("read")
            .map(|account| account.id)
    };
    assert_eq!(who(1000 + SESSION_MILLIS - 1).await, Some(id));
    assert_eq!(who(1000 + SESSION_MILLIS).await, None, "it ends");
    accounts.close_session(&token).await.expect("closed");
    assert_eq!(who(1001).await, None, "closed means closed");

    let student = NewAccount {
        login: "he",
        name: "何田",
        role: Role::Student,
        group: Some("第三组"),
        password: None,
    };
    accounts.add(student, 1).await.expect("added");
    let again = demo::seed(&accounts, 2).await;
    assert!(again.is_ok(), "seeding twice does no harm");
    let groups: Vec<String> = accounts
        .groups()
        .await
        .expect("read")
        .into_iter()
        .map(|group| group.name)
        .collect();
    assert_eq!(groups, ["第一组", "第二组", "第三组"]);
    assert_eq!(accounts.all().await.expect("read").len(), 8);
}

async fn signing_in_by_password(home: &Home) {
    let server = home.server(false).await;
    server
        .accounts
        .add(teacher("lin", Some("long enough")), 1)
        .await
        .expect("added");
    let none = HeaderMap::new();
    let wrong = [("login", "lin"), ("password", "wrong"), ("next", "/board")];
    let response = server.post_bare(&Visitor::default(), "/sign-in", &wrong, &none).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert!(!response.headers().contains_key(header::SET_COOKIE));
    assert!(text(response).await.contains("账号或密码不对"));

    let right = [("login", " LIN "), ("password", "long enough"), ("next", "/board")];
    let response = server.post_bare(&Visitor::default(), "/sign-in", &right, &none).await;
    assert_eq!(
        (response.status(), location(&response)),
        (StatusCode::SEE_OTHER, "/board")
    );
    let cookie = response.headers()[header::SET_COOKIE]
        .to_str()
        .expect("text")
        .to_owned();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let visitor = server.visitor(&response).await;
    assert!(server.page(&visitor, "/board").await.contains("林老师"));
    let response = server.post(&visitor, "/sign-out", &[]).await;
    assert_eq!(location(&response), "/sign-in");
    assert_eq!(
        server.get(&visitor, "/board").await.status(),
        StatusCode::SEE_OTHER,
        "the session is over"
    );
}

async fn too_many_attempts_have_to_wait(home: &Home) {
    let server = home.server(false).await;
    server
        .accounts
        .add(teacher("lin", Some("long enough")), 1)
        .await
        .expect("added");
    let attempt = async |login: &str, password: &str| {
        let fields = [("login", login), ("password", password)];
        server
            .post_bare(&Visitor::default(), "/sign-in", &fields, &HeaderMap::new())
            .await
            .status()
    };
    for _ in 0..5 {
        assert_eq!(attempt("lin", "wrong").await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(
        attempt("lin", "long enough").await,
        StatusCode::TOO_MANY_REQUESTS,
        "even with the right one"
    );
    assert_eq!(
        attempt("other", "wrong").await,
        StatusCode::UNAUTHORIZED,
        "others don't wait"
    );
}

async fn too_many_from_one_address_have_to_wait(home: &Home) {
    let server = home.server(false).await;
    let person = teacher("lin", Some("long enough"));
    server.accounts.add(person, 1).await.expect("added");
    // One password tried on many accounts, from a pupil's machine; hashing 300 would only take the test's time.
    let pupil: IpAddr = "10.0.0.7".parse().expect("an address");
    let now = wms::clock::unstepped();
    let there = Place {
        address: Some(pupil),
        browser: None,
    };
    for n in 0..300 {
        let tried = server
            .gate
            .throttle(|throttle| throttle.attempt(&format!("student{n}"), there, now));
        assert!(tried.is_ok(), "{n}: a classroom may fail as often");
    }
    let attempt = async |peer: &str, forwarded: Option<&str>, password: &str| {
        let body = serde_urlencoded::to_string([("login", "lin"), ("password", password)]).expect("form");
        let mut request = server
            .request(&Visitor::default(), &Method::POST, "/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .extension(ConnectInfo(SocketAddr::new(peer.parse().expect("an address"), 4711)));
        if let Some(forwarded) = forwarded {
            request = request.header("x-forwarded-for", forwarded);
        }
        server
            .send(request.body(Body::from(body)).expect("request"))
            .await
            .status()
    };
    let (waits, wrong, right) = (
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::UNAUTHORIZED,
        StatusCode::SEE_OTHER,
    );
    assert_eq!(attempt("10.0.0.7", None, "long enough").await, waits);
    assert_eq!(
        attempt("10.0.0.7", Some("10.0.0.8"), "wrong").await,
        waits,
        "who is no proxy is not believed"
    );
    let proxy = crate::PROXY.to_string();
    assert_eq!(attempt(&proxy, Some("10.0.0.7"), "wrong").await, waits, "a proxy is");
    assert_eq!(attempt(&proxy, Some("10.0.0.8"), "wrong").await, wrong);
    assert_eq!(
        attempt("10.0.0.8", None, "long enough").await,
        right,
        "others don't wait"
    );
}

async fn the_demo_is_open_only_where_it_is_on(home: &Home) {
    let server = home.server(false).await;
    let nobody = Visitor::default();
    assert!(!server.page(&nobody, "/sign-in").await.contains("/sign-in/demo"));
    let response = server
        .post_bare(&nobody, "/sign-in/demo", &[("login", "chen")], &HeaderMap::new())
        .await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);

    let server = home.server(true).await;
    server
        .accounts
        .add(teacher("lin", Some("long enough")), 1)
        .await
        .expect("added");
    let page = server.page(&nobody, "/sign-in").await;
    assert!(
        page.contains("value=\"zhang\"") && !page.contains("value=\"lin\""),
        "real people are not offered"
    );
    let response = server
        .post_bare(&nobody, "/sign-in/demo", &[("login", "lin")], &HeaderMap::new())
        .await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND, "nor can they be signed in as");
}

async fn the_language_is_kept(home: &Home) {
    let server = home.server(true).await;
    let response = server
        .post_bare(
            &Visitor::default(),
            "/language",
            &[("lang", "en"), ("next", "/sign-in?next=/")],
            &HeaderMap::new(),
        )
        .await;
    assert!(
        response.headers()[header::SET_COOKIE]
            .to_str()
            .expect("text")
            .starts_with("cangxun_lang=en;")
    );
    let visitor = server.visitor(&response).await;
    let page = server.page(&visitor, "/sign-in").await;
    assert!(page.contains("<html lang=\"en\">") && page.contains("Sign in"));
}
