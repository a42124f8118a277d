//! Every real answer of the API held against its document: a whole drill, and all the ways to be refused.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use rules::outbound::lights;
use rules::{Act, RunId, Step};
use serde_json::{Value, json};
use uplink::{Key, PrintOutcome};
use wms::engine::App;

use crate::common::Home;
use crate::common::hands::{act, pick_one, receive, right, scan, ship};
use crate::document::operations;
use crate::{Server, Visitor, on_both, text};

on_both!(
    a_whole_drill_keeps_to_it,
    refusals_keep_to_it,
    nobody_and_the_wrong_role_are_told_so,
    streams_are_what_it_says,
    a_student_takes_no_station_from_another_group,
);

/// The document, and what must hold by it.
pub struct Contract {
    pub document: Value,
    /// Its named types, in which nothing may stand that the document does not name.
    closed: Value,
}

impl Contract {
    pub fn new(document: Value) -> Self {
        let mut closed = document["components"].clone();
        let mut parts = BTreeSet::new();
        parts_of_others(&closed, &mut parts);
        for (name, schema) in closed["schemas"].as_object_mut().expect("schemas") {
            if !parts.contains(name) {
                close(schema);
            }
        }
        Self { document, closed }
    }

    /// Where a value is not as a schema says.
    pub fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let whole = json!({ "allOf": [schema], "components": self.closed });
        let validator = jsonschema::validator_for(&whole).expect("a schema");
        let faults = validator.iter_errors(value);
        faults
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect()
    }

    /// A value is as a schema says.
    pub fn holds(&self, schema: &Value, value: &Value, what: &str) {
        let faults = self.faults(schema, value);
        assert!(
            faults.is_empty(),
            "{what} is not what the document says: {faults:#?}\n{value:#}"
        );
    }

    /// An operation, by a path with its parameters filled in.
    fn operation(&self, method: &Method, path: &str) -> &Value {
        let path = path.split('?').next().unwrap_or_default();
        let fits = |template: &str| {
            let (wanted, given) = (template.split('/'), path.split('/'));
            wanted.clone().count() == given.clone().count()
                && wanted
                    .zip(given)
                    .all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
        };
        let paths = self.document["paths"].as_object().expect("paths");
        // A path without parameters comes before one with.
        let found = paths.get(path).or_else(|| {
            paths
                .iter()
                .find(|(template, _)| fits(template))
                .map(|(_, found)| found)
        });
        let method = method.as_str().to_lowercase();
        found
            .and_then(|found| found.get(method))
            .unwrap_or_else(|| panic!("{path} is not in the document"))
    }

    /// Sends a request; its answer, held against the document.
    async fn send(&self, server: &Server, request: Request<Body>) -> (StatusCode, Value) {
        let (method, path) = (request.method().clone(), request.uri().to_string());
        let response = server.send(request).await;
        let (status, kind) = (response.status(), response.headers().get(header::CONTENT_TYPE).cloned());
        let what = format!("{method} {path}: {status}");
        let told = &self.operation(&method, &path)["responses"][status.as_str()];
        assert!(
            told.is_object(),
            "{what} is not in the document: {}",
            text(response).await
        );
        assert_eq!(kind.expect("a type"), "application/json", "{what}");
        let answer = text(response).await;
        let answer = serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{what}: {error}: {answer}"));
        self.holds(&told["content"]["application/json"]["schema"], &answer, &what);
        (status, answer)
    }

    async fn get(&self, server: &Server, visitor: &Visitor, path: &str) -> Value {
        let (status, answer) = self
            .send(server, request(server, visitor, &Method::GET, path, ""))
            .await;
        assert_eq!(status, StatusCode::OK, "{path}: {answer}");
        answer
    }

    /// Sends what the document allows.
    async fn post(&self, server: &Server, visitor: &Visitor, path: &str, body: Value) -> Value {
        let asked = &self.operation(&Method::POST, path)["requestBody"]["content"]["application/json"];
        self.holds(&asked["schema"], &body, path);
        let sent = request(server, visitor, &Method::POST, path, &body.to_string());
        let (status, answer) = self.send(server, sent).await;
        assert_eq!(status, StatusCode::OK, "{path}: {answer}");
        answer
    }
}

/// Types whose fields stand within others' (`#[serde(flatten)]`, or a tag beside them): by themselves they are open.
fn parts_of_others(schema: &Value, parts: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            if let (Some(part), true) = (schema["$ref"].as_str(), fields.contains_key("properties")) {
                parts.extend(part.rsplit('/').next().map(str::to_owned));
            }
            fields.values().for_each(|inner| parts_of_others(inner, parts));
        }
        Value::Array(items) => items.iter().for_each(|inner| parts_of_others(inner, parts)),
        _ => {}
    }
}

/// Lets nothing stand in an object beside what is named.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(close);
            if fields.contains_key("properties") {
                fields.insert("unevaluatedProperties".into(), false.into());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn request(server: &Server, visitor: &Visitor, method: &Method, path: &str, body: &str) -> Request<Body> {
    let request = server.request(visitor, method, path);
    let mut request = request.body(Body::from(body.to_owned())).expect("request");
    request
        .headers_mut()
        .insert(header::ACCEPT, "application/json".parse().expect("value"));
    if !body.is_empty() {
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, "application/json".parse().expect("value"));
    }
    request
}

async fn a_whole_drill_keeps_to_it(home: &Home) {
    let server = home.server(true).await;
    let api = Contract::new(wms::openapi());
    let (student, teacher) = (server.sign_in("zhang").await, server.sign_in("chen").await);
    api.get(&server, &student, "/api/openapi.json").await;
    let scenarios = api.get(&server, &student, "/api/scenarios").await;
    let people = api.get(&server, &student, "/api/people").await;
    let names: Vec<_> = people
        .as_array()
        .expect("people")
        .iter()
        .map(|person| person["name"].as_str())
        .collect();
    assert!(
        names.contains(&Some("张晨")) && names.contains(&Some("陈老师")),
        "{names:?}"
    );
    assert!(!names.contains(&Some("王朗")), "another group's: {names:?}");
    assert_eq!(api.get(&server, &student, "/api/stations").await[0]["run"], Value::Null);
    let start = json!({ "scenario": scenarios[0]["id"], "station": 1 });
    let head = api.post(&server, &student, "/api/runs", start.clone()).await;
    let run = head["id"].as_i64().expect("a number");
    assert_eq!(api.get(&server, &student, "/api/stations").await[0]["run"], run);
    let path = format!("/api/runs/{run}");
    let acts = format!("{path}/acts");
    let look = async || {
        let view = api.get(&server, &student, &path).await;
        let step = view["step"].as_str().expect("a step").to_owned();
        (view, step)
    };
    let does = async |visitor: &Visitor, source: &str, act: Value| {
        api.post(&server, visitor, &acts, json!({ "source": source, "act": act }))
            .await
    };
    let mut steps = BTreeSet::from([look().await.1]);

    let wrong = does(&student, "a", json!({ "do": "scan", "code": "4711" })).await;
    assert_eq!(wrong["verdict"], "wrong");
    assert_eq!(
        does(&student, "a", json!({ "do": "scan", "code": "4711" })).await,
        wrong,
        "once"
    );
    does(
        &student,
        "odd",
        json!({ "do": "scan", "code": "\0\u{1f4e6}\u{202e}\"';--" }),
    )
    .await;
    receive(&server.app, run).await;
    steps.insert(look().await.1);
    let state = server.app.run_state(run).await.expect("run");
    let label = &state.ground.labels[0];
    let outcome = PrintOutcome::PaperOut;
    act(
        &server.app,
        run,
        Act::Printed {
            job: label.job,
            outcome,
        },
    )
    .await;
    does(
        &student,
        "b",
        json!({ "do": "reprint", "barcode": label.spec.barcode() }),
    )
    .await;
    does(
        &student,
        "c",
        json!({ "do": "record_short", "sku": "RY001", "reason": "" }),
    )
    .await;
    let (view, _) = look().await;
    let papers = view["papers"].as_array().expect("papers");
    let receipt = papers
        .iter()
        .find(|paper| paper["kind"] == "receipt")
        .expect("a receipt");
    let sign = json!({ "do": "sign", "number": receipt["number"], "as_whom": "driver" });
    assert_eq!(does(&student, "d", sign).await["verdict"], "right");
    let judge = json!({ "do": "judge", "number": receipt["number"], "accept": false, "remark": "数量不清" });
    assert_eq!(
        does(&teacher, "e", judge).await["verdict"],
        "neutral",
        "sent back is not done"
    );

    let (position, light) = lights(&server.app.run_state(run).await.expect("run").shipping())
        .into_iter()
        .enumerate()
        .find(|(_, light)| light.tag != 0)
        .expect("a light");
    let key = |key, count| Act::Key {
        position: u8::try_from(position).expect("small"),
        key,
        count,
        tag: light.tag,
    };
    act(&server.app, run, key(Key::Minus, light.count.map(|count| count - 1))).await;
    act(&server.app, run, key(Key::Plus, light.count)).await;
    while pick_one(&server.app, run).await {
        steps.insert(look().await.1);
    }
    steps.insert(look().await.1);
    mended(&server.app, run).await;
    ship(&server.app, run).await;
    steps.insert(look().await.1);
    does(&student, "f", json!({ "do": "write_log", "text": "三单都发出了。" })).await;
    assert_eq!(server.app.run_state(run).await.expect("run").step(), Step::Done);
    steps.insert(look().await.1);
    assert!(steps.len() >= 4, "{steps:?}");

    let report = api.get(&server, &teacher, &format!("{path}/check")).await;
    assert_eq!(report["differences"], json!([]));
    let again = api.post(&server, &student, "/api/runs", start).await;
    assert_eq!(again["day_run"], 2);
    let events = api.get(&server, &student, &format!("{path}/events")).await;
    let events = events.as_array().expect("events");
    let last = api
        .get(&server, &student, &format!("{path}/events?after={}", events.len() - 1))
        .await;
    assert_eq!(last.as_array().map(Vec::len), Some(1));
    assert_eq!(last[0]["act"]["do"], "close");
    // The whole of what can change was seen, except what this drill does not hold.
    let changes = events
        .iter()
        .flat_map(|event| event["changes"].as_array().expect("changes"));
    let seen: BTreeSet<_> = changes.filter_map(|change| change["change"].as_str()).collect();
    let kinds = api.document["components"]["schemas"]["Change"]["oneOf"]
        .as_array()
        .expect("kinds");
    let kinds = kinds
        .iter()
        .filter_map(|kind| kind["properties"]["change"]["const"].as_str());
    let unseen: Vec<_> = kinds.filter(|kind| !seen.contains(kind)).collect();
    assert!(unseen.is_empty(), "no event with {unseen:?}");
}

/// The first order's check goes wrong and is put right: asked what is missing, booked back, weighed wrongly.
async fn mended(app: &App, run: RunId) {
    right(app, run, "CK-0001").await;
    scan(app, run, "CMD-SHORT").await;
    right(app, run, "2000152400015").await;
    right(app, run, "CMD-SHORT").await;
    for grams in [9_000, 9_010] {
        act(app, run, Act::Weight { grams, stable: true }).await;
    }
}

async fn refusals_keep_to_it(home: &Home) {
    let server = home.server(true).await;
    let api = Contract::new(wms::openapi());
    let (student, teacher) = (server.sign_in("zhang").await, server.sign_in("chen").await);
    let other = server.sign_in("wang").await;
    let run = server.start(&student, "1", "1").await;
    let (path, acts) = (format!("/api/runs/{run}"), format!("/api/runs/{run}/acts"));
    let (get, post) = (&Method::GET, &Method::POST);
    let scan =
        |source: &str, code: &str| json!({ "source": source, "act": { "do": "scan", "code": code } }).to_string();
    let start = |scenario: &str, station: i64| json!({ "scenario": scenario, "station": station }).to_string();
    for (visitor, method, path, body, status) in [
        (&student, get, "/api/runs/x", String::new(), 400),
        (&student, get, "/api/runs/99999999999999999999", String::new(), 400),
        (&student, get, &format!("{path}/events?after=x"), String::new(), 400),
        (&student, get, "/api/runs/99", String::new(), 404),
        (&student, get, "/api/runs/-1/events", String::new(), 404),
        (&student, get, "/api/runs/0/check", String::new(), 404),
        (&student, get, "/runs/99/live", String::new(), 404),
        (&student, get, "/runs/x/live", String::new(), 400),
        (&other, get, &path, String::new(), 404),
        (&other, post, &acts, scan("a", "x"), 404),
        (&student, post, &acts, "{".into(), 400),
        (&student, post, &acts, "\u{feff}{}".into(), 400),
        (&student, post, &acts, "{}".into(), 422),
        (&student, post, &acts, "[]".into(), 422),
        (
            &student,
            post,
            &acts,
            json!({ "source": 1, "act": { "do": "scan", "code": "x" } }).to_string(),
            422,
        ),
        (
            &student,
            post,
            &acts,
            json!({ "source": "a", "act": { "do": "fly" } }).to_string(),
            422,
        ),
        (
            &student,
            post,
            &acts,
            json!({ "source": "a", "format": 99, "act": { "do": "scan", "code": "x" } }).to_string(),
            400,
        ),
        (&student, post, &acts, scan("a", &"x".repeat(3_000_000)), 413),
        (&student, post, &acts, scan("", "x"), 400),
        (&student, post, &acts, scan("\0", "x"), 400),
        (&student, post, &acts, scan(&"a".repeat(101), "x"), 400),
        (&student, post, &acts, scan("a", " "), 400),
        (&student, post, &acts, scan("a", &"货".repeat(201)), 400),
        (
            &student,
            post,
            &acts,
            json!({ "source": "a", "act": { "do": "open" } }).to_string(),
            403,
        ),
        (
            &student,
            post,
            &acts,
            json!({ "source": "a", "act": { "do": "judge", "number": "x", "accept": true, "remark": "" } }).to_string(),
            403,
        ),
        (&student, post, "/api/runs", start("none", 1), 404),
        (&student, post, "/api/runs", start("first-drill", 99), 404),
        (&student, post, "/api/runs", "nothing".into(), 400),
        (
            &student,
            post,
            "/api/runs",
            json!({ "scenario": "first-drill" }).to_string(),
            422,
        ),
        (&teacher, post, "/api/runs", start("first-drill", 1), 400),
        (
            &teacher,
            post,
            "/api/runs",
            json!({ "scenario": "first-drill", "station": 1, "group": 99 }).to_string(),
            404,
        ),
        (&other, post, "/api/runs", start("first-drill", 1), 409),
    ] {
        let (got, answer) = api.send(&server, request(&server, visitor, method, path, &body)).await;
        let shown: String = body.chars().take(100).collect();
        assert_eq!(got.as_u16(), status, "{method} {path} {shown}: {answer}");
    }
    let wrong = request(&server, &student, &Method::DELETE, &path, "");
    let response = server.send(wrong).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers()[header::ALLOW], "GET,HEAD");
    let told = serde_json::from_str(&text(response).await).expect("JSON");
    api.holds(
        &json!({ "$ref": "#/components/schemas/Fault" }),
        &told,
        "the wrong method",
    );
    let mut plain = request(&server, &student, post, &acts, &scan("a", "x"));
    plain
        .headers_mut()
        .insert(header::CONTENT_TYPE, "text/plain".parse().expect("value"));
    assert_eq!(api.send(&server, plain).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let mut foreign = request(&server, &student, post, &acts, &scan("a", "x"));
    foreign
        .headers_mut()
        .insert("sec-fetch-site", "cross-site".parse().expect("value"));
    assert_eq!(api.send(&server, foreign).await.0, StatusCode::FORBIDDEN);
    let mut english = request(&server, &student, post, &acts, "{");
    english
        .headers_mut()
        .append(header::COOKIE, "cangxun_lang=en".parse().expect("value"));
    let (_, told) = api.send(&server, english).await;
    assert!(
        told["error"]
            .as_str()
            .is_some_and(|error| error.starts_with("The request can't be read: ")),
        "{told}"
    );
    assert_eq!(
        server.app.run_state(run).await.expect("run").last_act,
        1,
        "nothing was taken"
    );
}

async fn nobody_and_the_wrong_role_are_told_so(home: &Home) {
    let server = home.server(true).await;
    let api = Contract::new(wms::openapi());
    let technician = server.sign_in("sun").await;
    let mut refused = 0;
    for (method, path, operation) in operations(&api.document) {
        let path = path.replace("{run}", "1");
        let roles = operation["security"].as_array().expect("security");
        if !roles.is_empty() {
            let asked = request(&server, &Visitor::default(), &method, &path, "");
            assert_eq!(
                api.send(&server, asked).await.0,
                StatusCode::UNAUTHORIZED,
                "{method} {path}"
            );
        }
        if !roles.is_empty() && !roles.contains(&json!({ "session": ["technician"] })) {
            let asked = request(&server, &technician, &method, &path, "");
            assert_eq!(
                api.send(&server, asked).await.0,
                StatusCode::FORBIDDEN,
                "{method} {path}"
            );
            refused += 1;
        }
    }
    assert!(refused >= 5, "only {refused} are not for technicians");
}

async fn streams_are_what_it_says(home: &Home) {
    let server = home.server(true).await;
    let document = wms::openapi();
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    for path in ["/live".to_owned(), format!("/runs/{run}/live?after=0")] {
        let response = server.send(request(&server, &student, &Method::GET, &path, "")).await;
        let template = path
            .split('?')
            .next()
            .unwrap_or_default()
            .replace(&run.to_string(), "{run}");
        let told = &document["paths"][template]["get"]["responses"]["200"]["content"];
        let kind = response.headers()[header::CONTENT_TYPE].to_str().expect("text");
        assert!(told[kind].is_object(), "{path}: {kind} is not in {told}");
    }
}

async fn a_student_takes_no_station_from_another_group(home: &Home) {
    let server = home.server(true).await;
    let api = Contract::new(wms::openapi());
    let (mine, other, teacher) = (
        server.sign_in("zhang").await,
        server.sign_in("wang").await,
        server.sign_in("chen").await,
    );
    let run = server.start(&mine, "1", "1").await;
    let start = json!({ "scenario": "first-drill", "station": 1, "group": 2 });
    let asked = request(&server, &other, &Method::POST, "/api/runs", &start.to_string());
    let (status, told) = api.send(&server, asked).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        told["error"].as_str().is_some_and(|error| error.contains("第一组")),
        "{told}"
    );
    assert!(!server.app.run_state(run).await.expect("run").ground.closed);
    let head = api.post(&server, &teacher, "/api/runs", start).await;
    assert_eq!(head["group"], 2, "an instructor may");
}
