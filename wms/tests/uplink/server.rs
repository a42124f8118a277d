//! A WMS on a real socket, and people at its pages.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;
use uplink::DeviceState;
use wms::Settings;
use wms::store::{self, Db};

use crate::home::Home;

pub struct Server {
    pub address: std::net::SocketAddr,
    router: Router,
    database: String,
    _home: Option<Home>,
}

impl Server {
    pub async fn sqlite() -> Self {
        let home = Home::sqlite();
        let server = Self::on(&home.url).await;
        Self {
            _home: Some(home),
            ..server
        }
    }

    pub async fn on(database: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let settings = Settings {
            database: database.to_owned(),
            listen: address,
            key: "key".into(),
            demo: true,
            panel_url: None,
            scenarios: None,
            proxies: Vec::new(),
            hosts: Vec::new(),
            zone: rules::core::clock::Zone::default(),
        };
        let router = wms::router(&settings).await.expect("a WMS");
        tokio::spawn(axum::serve(listener, router.clone()).into_future());
        Self {
            address,
            router,
            database: database.to_owned(),
            _home: None,
        }
    }

    async fn send(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    /// Somebody signs in: their cookie.
    pub async fn cookie(&self, login: &str) -> String {
        let request = Request::post("/sign-in/demo")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("login={login}")))
            .expect("a request");
        let answer = self.send(request).await;
        let cookie = answer.headers().get(header::SET_COOKIE).expect("a session");
        let cookie = cookie.to_str().expect("text");
        cookie.split(';').next().expect("a pair").to_owned()
    }

    async fn post(&self, login: &str, path: &str, body: &Value) -> Value {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, self.cookie(login).await)
            .body(Body::from(body.to_string()))
            .expect("a request");
        let answer = self.send(request).await;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
        assert_eq!(
            status,
            StatusCode::OK,
            "{path} {body}: {}",
            String::from_utf8_lossy(&bytes)
        );
        serde_json::from_slice(&bytes).expect("JSON")
    }

    /// What the first group's student reads.
    pub async fn get(&self, path: &str) -> Value {
        let request = Request::get(path)
            .header(header::COOKIE, self.cookie("zhang").await)
            .body(Body::empty())
            .expect("a request");
        let answer = self.send(request).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let bytes = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
        serde_json::from_slice(&bytes).expect("JSON")
    }

    /// A page that somebody may see.
    pub async fn shown(&self, login: &str, path: &str) -> String {
        let (status, page) = self.page(login, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        page
    }

    /// As if the machine that made a run had started anew since, its wall clock set back by so many ms meanwhile.
    pub async fn machine_starts_anew(&self, run: i64, back: i64) {
        let sql = "UPDATE run SET made_boot = made_boot - 1, started_at = started_at + $1 WHERE id = $2";
        let changed = sqlx::query(sql)
            .bind(back)
            .bind(run)
            .execute(&self.db().await.pool)
            .await;
        assert_eq!(changed.expect("changed").rows_affected(), 1);
    }

    /// A fresh drill of the first group.
    pub async fn start(&self, station: i64) -> i64 {
        self.start_as("zhang", station).await
    }

    /// A fresh drill of somebody's group.
    pub async fn start_as(&self, login: &str, station: i64) -> i64 {
        let start = json!({ "scenario": "first-drill", "station": station });
        let run = self.post(login, "/api/runs", &start).await;
        run["id"].as_i64().expect("a number")
    }

    /// Somebody's start of a drill, as it is answered.
    pub async fn try_start(&self, login: &str, station: i64) -> StatusCode {
        let start = json!({ "scenario": "first-drill", "station": station });
        let request = Request::post("/api/runs")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, self.cookie(login).await)
            .body(Body::from(start.to_string()))
            .expect("a request");
        self.send(request).await.status()
    }

    async fn db(&self) -> Db {
        Db::open(&self.database).await.expect("opens")
    }

    /// Number of a run's last act.
    pub async fn last_act(&self, run: i64) -> i64 {
        store::last_act(&self.db().await, run).await.expect("a run")
    }

    /// Runs that are not closed.
    pub async fn open_runs(&self) -> Vec<i64> {
        let heads = store::heads(&self.db().await, true).await.expect("runs");
        heads.into_iter().map(|head| head.id).collect()
    }

    /// The drill's in part, and the wave released.
    pub async fn receive(&self, run: i64) {
        self.receive_as("zhang", run).await;
    }

    /// The same by somebody else.
    pub async fn receive_as(&self, login: &str, run: i64) {
        let mut codes = counted_and_labelled();
        codes.extend(["S-01-01-03", "12000152400012", "S-01-01-04", "12000152400036"]);
        codes.extend(["S-01-02-01", "12000152400043", "CMD-CONFIRM", "CMD-NEXT"]);
        self.scan_all(login, run, &codes).await;
    }

    /// Codes scanned one after the other, none of them refused.
    pub async fn scan_all(&self, login: &str, run: i64, codes: &[&str]) {
        for (number, code) in codes.iter().enumerate() {
            let act = json!({ "source": format!("receive-{number}"), "act": { "do": "scan", "code": code } });
            let answer = self.post(login, &format!("/api/runs/{run}/acts"), &act).await;
            assert_ne!(answer["verdict"], "wrong", "{code}: {answer}");
        }
    }

    /// A page or file as somebody gets it.
    pub async fn page(&self, login: &str, path: &str) -> (StatusCode, String) {
        let cookie = self.cookie(login).await;
        self.page_with(&cookie, path).await
    }

    /// The same with the cookie of somebody who is signed in.
    pub async fn page_with(&self, cookie: &str, path: &str) -> (StatusCode, String) {
        let request = Request::get(path)
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookie)
            .body(Body::empty())
            .expect("a request");
        let answer = self.send(request).await;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 1 << 24).await.expect("a body");
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Waits until a page has these words.
    pub async fn until_page(&self, login: &str, path: &str, words: &str) {
        let said = async || self.page(login, path).await.1.contains(words);
        until(&format!("{path} to say {words}"), said).await;
    }

    /// Writes an act that a device did into a run's rows, as an older server may have left it.
    pub async fn write_act(&self, run: i64, act: &str) {
        let no = self.last_act(run).await + 1;
        let answer = format!(r#"{{"run":{run},"no":{no},"words":null,"verdict":null}}"#);
        let sql = "INSERT INTO act (run_id, no, source, at, arrived_at, actor, act, changes, answer) \
                   VALUES ($1, $2, $3, $4, $4, '{\"who\":\"device\",\"device\":\"x\"}', $5, '[]', $6)";
        let wrote = sqlx::query(sql).bind(run).bind(no).bind(format!("device:x:1:{no}"));
        let wrote = wrote.bind(wms::clock::now()).bind(act).bind(answer);
        wrote.execute(&self.db().await.pool).await.expect("written");
    }

    /// A technician gives a device to a station, on the devices page.
    pub async fn assign(&self, device: &str, station: Option<i64>) {
        let station = station.map_or_else(String::new, |station| station.to_string());
        let answer = self.at_device(device, "station", &format!("&station={station}")).await;
        assert!(answer.is_redirection(), "{answer}");
    }

    /// A technician looks for a device.
    pub async fn identify(&self, device: &str) {
        let answer = self.at_device(device, "identify", "").await;
        assert!(answer.is_redirection(), "{answer}");
    }

    /// A technician does something with a device on the devices page.
    pub async fn at_device(&self, device: &str, what: &str, fields: &str) -> StatusCode {
        self.led_from_device(device, what, fields).await.0
    }

    /// The same, and the page that follows it; empty where none does.
    pub async fn led_from_device(&self, device: &str, what: &str, fields: &str) -> (StatusCode, String) {
        let cookie = self.cookie("sun").await;
        let page = Request::get("/devices")
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, &cookie)
            .body(Body::empty())
            .expect("a request");
        let page = to_bytes(self.send(page).await.into_body(), 1 << 20)
            .await
            .expect("a page");
        let page = String::from_utf8_lossy(&page);
        let token = page.split("name=\"form_token\" value=\"").nth(1);
        let token = token.and_then(|rest| rest.split('"').next()).expect("a form");
        let request = Request::post(format!("/devices/{device}/{what}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &cookie)
            .body(Body::from(format!("form_token={token}{fields}")))
            .expect("a request");
        let answer = self.send(request).await;
        let next = answer.headers().get(header::LOCATION);
        let next = next.map_or("", |next| next.to_str().expect("an address"));
        (answer.status(), next.to_owned())
    }

    /// What stands in its row, whoever is there.
    pub async fn says_online(&self, device: &str) {
        let sql = "UPDATE device SET state = '{\"is\":\"online\"}' WHERE id = $1";
        let changed = sqlx::query(sql).bind(device).execute(&self.db().await.pool).await;
        assert_eq!(changed.expect("changed").rows_affected(), 1);
    }

    /// Waits until a device is known to be at this gateway.
    pub async fn until_at(&self, device: &str, gateway: &str) {
        let db = self.db().await;
        let known = async || {
            let devices = store::devices(&db).await.expect("devices");
            devices
                .iter()
                .any(|known| known.id.0 == device && known.gateway == gateway)
        };
        until(&format!("{device} to be at {gateway}"), known).await;
    }

    /// Waits until a device is known to be in this state.
    pub async fn until_state(&self, device: &str, state: &DeviceState) {
        let db = self.db().await;
        let known = async || {
            let devices = store::devices(&db).await.expect("devices");
            devices
                .iter()
                .any(|known| known.id.0 == device && known.state == *state)
        };
        until(&format!("{device} to be {state:?}"), known).await;
    }
}

/// Asks again and again, for half a minute.
async fn until(what: &str, so: impl AsyncFn() -> bool) {
    for _ in 0..600 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("waited for {what}");
}

/// What is scanned from the notice to the labels: each case that came, and what ends its line.
pub fn counted_and_labelled() -> Vec<&'static str> {
    let mut codes = vec!["CMD-CONFIRM"];
    for (case, arrive, end) in [
        ("12000152400012", 4, "CMD-CONFIRM"),
        ("12000152400036", 2, "CMD-SHORT"),
        ("12000152400043", 3, "CMD-CONFIRM"),
    ] {
        codes.extend(std::iter::repeat_n(case, arrive));
        codes.push(end);
    }
    codes.push("CMD-NEXT");
    codes
}
