//! Pages over HTTP, as a browser asks for them: the same suite on SQLite and on a real PostgreSQL.

#![allow(clippy::expect_used, missing_docs, reason = "a test's helpers may fail the test")]

mod access;
#[path = "../common/mod.rs"]
mod common;
mod contract;
mod document;
mod doors;
mod drill;
mod live;
mod people;
mod starts;
mod zone;

use std::net::{IpAddr, Ipv4Addr};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use common::Home;
use rules::core::clock::Zone;
use rules::core::crew::Role;
use tower::ServiceExt;
use wms::engine::App;
use wms::floor::Floor;
use wms::http::{Gate, Route, Site, Web};
use wms::identity::{Accounts, demo};
use wms::store::{Db, ensure_station};

/// The proxy that servers trust.
pub const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

impl Home {
    /// A server on it with the demo's people and two stations; `demo` says whether anyone may sign in as them.
    pub async fn server(&self, demo: bool) -> Server {
        self.server_in(demo, Zone::default()).await
    }

    /// The same for a school in this zone.
    pub async fn server_in(&self, demo: bool, zone: Zone) -> Server {
        let db = Db::open(&self.url).await.expect("opens");
        let accounts = Accounts::new(db.clone());
        demo::seed(&accounts, 0).await.expect("people");
        for station in 1..=2 {
            ensure_station(&db, station).await.expect("station");
        }
        let app = App::in_zone(db, wms::engine::scenarios::load(None).expect("scenarios"), zone.clone());
        let floor = Floor::new(app.clone(), "key".into(), true);
        let gate = Gate::new(accounts.clone(), demo, &[PROXY]);
        let site = Site {
            panel_url: None,
            demo,
            zone,
            health: Default::default(),
        };
        let (router, table) = wms::pages::router(&Web::new(gate.clone(), site, app.clone(), floor));
        Server {
            router,
            table,
            gate,
            accounts,
            app,
        }
    }
}

/// A page's text as people read it: without what keeps a code on one line.
fn unwrapped(page: &str) -> String {
    let mut parts = page.split(r#"<span class="nb">"#);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (kept, rest) = part.split_once("</span>").unwrap_or((part, ""));
        text.push_str(kept);
        text.push_str(rest);
    }
    text
}

/// A server without a socket.
pub struct Server {
    router: Router,
    pub table: Vec<Route>,
    pub gate: Gate,
    pub accounts: Accounts,
    pub app: App,
}

/// Who is signed in.
#[derive(Clone, Default)]
pub struct Visitor {
    cookie: String,
    pub form_token: String,
}

impl Server {
    pub async fn send(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    pub fn request(&self, visitor: &Visitor, method: &Method, path: &str) -> axum::http::request::Builder {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT, "text/html");
        if visitor.cookie.is_empty() {
            request
        } else {
            request.header(header::COOKIE, &visitor.cookie)
        }
    }

    pub async fn get(&self, visitor: &Visitor, path: &str) -> Response {
        self.send(
            self.request(visitor, &Method::GET, path)
                .body(Body::empty())
                .expect("request"),
        )
        .await
    }

    /// A page that must be there.
    pub async fn page(&self, visitor: &Visitor, path: &str) -> String {
        let response = self.get(visitor, path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        unwrapped(&text(response).await)
    }

    /// Posts a form of this session.
    pub async fn post(&self, visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Response {
        let mut fields = fields.to_vec();
        fields.push(("form_token", &visitor.form_token));
        self.post_bare(visitor, path, &fields, &HeaderMap::new()).await
    }

    pub async fn post_bare(
        &self,
        visitor: &Visitor,
        path: &str,
        fields: &[(&str, &str)],
        headers: &HeaderMap,
    ) -> Response {
        let body = serde_urlencoded::to_string(fields).expect("form");
        let mut request = self
            .request(visitor, &Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("request");
        request.headers_mut().extend(headers.clone());
        self.send(request).await
    }

    /// Passes a scan on, as a page does.
    pub async fn scan(&self, visitor: &Visitor, run: i64, id: &str, code: &str) -> serde_json::Value {
        self.pass_on(visitor, run, &serde_json::json!({ "id": id, "code": code, "at": 0 }))
            .await
    }

    /// Presses a button on a page that shows the run as it was after act `seen`.
    pub async fn press(&self, visitor: &Visitor, run: i64, id: &str, code: &str, seen: i64) -> serde_json::Value {
        let press = serde_json::json!({ "id": id, "code": code, "at": 0, "seen": seen });
        self.pass_on(visitor, run, &press).await
    }

    async fn pass_on(&self, visitor: &Visitor, run: i64, scan: &serde_json::Value) -> serde_json::Value {
        let (status, answer) = self.try_scan(visitor, run, scan).await;
        assert_eq!(status, StatusCode::OK, "{scan}");
        answer
    }

    /// Passes a scan on, whatever comes of it.
    pub async fn try_scan(
        &self,
        visitor: &Visitor,
        run: i64,
        scan: &serde_json::Value,
    ) -> (StatusCode, serde_json::Value) {
        let request = self
            .request(visitor, &Method::POST, &format!("/runs/{run}/scans"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(scan.to_string()))
            .expect("request");
        let response = self.send(request).await;
        let status = response.status();
        (status, serde_json::from_str(&text(response).await).unwrap_or_default())
    }

    /// Signed in as one of the demo's people.
    pub async fn sign_in(&self, login: &str) -> Visitor {
        let response = self
            .post_bare(
                &Visitor::default(),
                "/sign-in/demo",
                &[("login", login)],
                &HeaderMap::new(),
            )
            .await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "signs in as {login}");
        self.visitor(&response).await
    }

    /// Whom a sign-in's answer lets in.
    pub async fn visitor(&self, response: &Response) -> Visitor {
        let cookie = response.headers()[header::SET_COOKIE].to_str().expect("text");
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let mut visitor = Visitor {
            cookie,
            form_token: String::new(),
        };
        // Any page of theirs carries the token of their forms.
        let page = text(self.get(&visitor, "/sign-in").await).await;
        let token = page
            .split("name=\"form_token\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        visitor.form_token = token.expect("a form").to_owned();
        visitor
    }

    pub async fn of_role(&self, role: Role) -> Visitor {
        self.sign_in(match role {
            Role::Student => "zhang",
            Role::Instructor => "chen",
            Role::Technician => "sun",
        })
        .await
    }

    /// Begins the drill at a station with the visitor's group.
    pub async fn start(&self, visitor: &Visitor, station: &str, group: &str) -> i64 {
        let fields = [("scenario", "first-drill"), ("station", station), ("group", group)];
        let response = self.post(visitor, "/runs", &fields).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        location(&response)
            .rsplit('/')
            .next()
            .and_then(|run| run.parse().ok())
            .expect("a run's number")
    }
}

pub async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), 10_000_000).await.expect("body");
    String::from_utf8_lossy(&bytes).into_owned()
}

pub fn location(response: &Response) -> &str {
    response.headers()[header::LOCATION].to_str().expect("text")
}
