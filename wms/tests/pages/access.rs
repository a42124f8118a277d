//! Who may do what: every route of the table, as everyone.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use rules::core::crew::Role;
use wms::http::Access;

use crate::{Home, Visitor, location, on_both, text};

on_both!(
    every_route_lets_in_whom_it_names,
    another_sites_page_can_t_post,
    a_form_of_another_session_is_refused,
    students_see_their_own_group_s_runs_only,
    every_answer_is_shielded,
    faults_are_told_in_the_reader_s_language,
);

fn filled(path: &str) -> String {
    path.replace("{*name}", "icon.svg")
        .split('/')
        .map(|part| if part.starts_with('{') { "1" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

async fn every_route_lets_in_whom_it_names(home: &Home) {
    let server = home.server(true).await;
    assert!(server.table.len() > 30, "the table holds {} routes", server.table.len());
    for route in &server.table {
        let path = filled(route.path);
        let send = async |visitor: &Visitor| {
            let request = server
                .request(visitor, &route.method, &path)
                .body(Body::empty())
                .expect("request");
            server.send(request).await
        };
        let nobody = send(&Visitor::default()).await;
        let asked_to_sign_in = nobody.status() == StatusCode::UNAUTHORIZED
            || (nobody.status() == StatusCode::SEE_OTHER && location(&nobody).starts_with("/sign-in?next="));
        assert_eq!(
            asked_to_sign_in,
            route.access != Access::Public,
            "{route:?} for nobody: {}",
            nobody.status()
        );
        for role in Role::ALL {
            // Signed in anew for each: one of the routes signs out.
            let visitor = server.of_role(role).await;
            let response = send(&visitor).await;
            let status = response.status();
            let refused = status == StatusCode::FORBIDDEN && text(response).await.contains("你的角色不能做这件事");
            let may = match route.access {
                Access::Public => true,
                Access::Only(roles) => roles.contains(&role),
            };
            assert_eq!(refused, !may, "{route:?} for {role:?}: {status}");
            assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{route:?} for {role:?}");
            // A zero byte is one that PostgreSQL keeps in no text.
            let odd = route
                .path
                .split('/')
                .map(|part| if part.starts_with('{') { "%00" } else { part });
            let odd = odd.collect::<Vec<_>>().join("/");
            let fields = [
                ("station", "1"),
                ("lang", "\0"),
                ("login", "\0"),
                ("number", "\0"),
                ("sku", "\0"),
            ];
            let response = match route.method {
                Method::GET => {
                    server
                        .get(&visitor, &format!("{odd}?sku=%00&location=%00&page=%00"))
                        .await
                }
                _ => server.post(&visitor, &odd, &fields).await,
            };
            assert_ne!(
                response.status(),
                StatusCode::INTERNAL_SERVER_ERROR,
                "{odd} for {role:?}"
            );
        }
    }
}

async fn another_sites_page_can_t_post(home: &Home) {
    let server = home.server(true).await;
    let visitor = server.sign_in("zhang").await;
    let fields = [
        ("scenario", "first-drill"),
        ("station", "1"),
        ("group", "1"),
        ("form_token", &visitor.form_token),
    ];
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://evil.example"),
        ("origin", "null"),
    ] {
        let headers = HeaderMap::from_iter([(name.parse().expect("name"), HeaderValue::from_static(value))]);
        let response = server.post_bare(&visitor, "/runs", &fields, &headers).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert!(
        wms::store::heads(server.app.db(), false)
            .await
            .expect("read")
            .is_empty()
    );
}

async fn a_form_of_another_session_is_refused(home: &Home) {
    let server = home.server(true).await;
    let (visitor, other) = (server.sign_in("zhang").await, server.sign_in("zhang").await);
    assert_ne!(visitor.form_token, other.form_token);
    for token in ["", "x", &other.form_token] {
        let fields = [
            ("scenario", "first-drill"),
            ("station", "1"),
            ("group", "1"),
            ("form_token", token),
        ];
        let response = server.post_bare(&visitor, "/runs", &fields, &HeaderMap::new()).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{token:?}");
    }
    assert_eq!(server.start(&visitor, "1", "1").await, 1);
}

async fn students_see_their_own_group_s_runs_only(home: &Home) {
    let server = home.server(true).await;
    let (first, second) = (server.sign_in("zhang").await, server.sign_in("wang").await);
    let run = server.start(&first, "1", "1").await;
    for page in [
        "",
        "/live",
        "/papers",
        "/ledger",
        "/ledger.csv",
        "/balances.csv",
        "/demand.csv",
        "/papers.csv",
        "/events",
        "/events.csv",
    ] {
        let path = format!("/runs/{run}{page}");
        assert_eq!(server.get(&first, &path).await.status(), StatusCode::OK, "{path}");
        assert_eq!(
            server.get(&second, &path).await.status(),
            StatusCode::NOT_FOUND,
            "{path} for another group"
        );
    }
    // Nor do they act in it, take its station, or begin in another group's name.
    let fields = [("text", "x")];
    assert_eq!(
        server
            .post(&second, &format!("/runs/{run}/log"), &fields)
            .await
            .status(),
        StatusCode::NOT_FOUND
    );
    let taken = [("scenario", "first-drill"), ("station", "1"), ("group", "2")];
    assert_eq!(
        server.post(&second, "/runs", &taken).await.status(),
        StatusCode::CONFLICT
    );
    let posing = [("scenario", "first-drill"), ("station", "2"), ("group", "1")];
    assert_eq!(
        server.post(&second, "/runs", &posing).await.status(),
        StatusCode::FORBIDDEN
    );
    assert!(!server.page(&second, "/").await.contains(&format!("/runs/{run}\"")));
}

async fn every_answer_is_shielded(home: &Home) {
    let server = home.server(true).await;
    let visitor = server.sign_in("chen").await;
    for path in ["/", "/board", "/sign-in", "/nothing", "/assets/x/icon.svg"] {
        let response = server.get(&visitor, path).await;
        let headers = response.headers();
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert!(
            policy.contains("script-src 'self';") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert!(headers.contains_key(header::CACHE_CONTROL), "{path}");
    }
}

async fn faults_are_told_in_the_reader_s_language(home: &Home) {
    let server = home.server(true).await;
    let visitor = server.sign_in("zhang").await;
    let response = server.get(&visitor, "/nothing").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(text(response).await.contains("没有这个页面"));
    let request = server
        .request(&visitor, &Method::GET, "/board")
        .header(header::COOKIE, "cangxun_lang=en")
        .body(Body::empty())
        .expect("request");
    let response = server.send(request).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    let page = text(response).await;
    assert!(
        page.contains("<html lang=\"en\"") && page.contains("Your role can&#39;t do this")
            || page.contains("Your role can't do this"),
        "{page}"
    );
}
