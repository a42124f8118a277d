//! One operation of the document: what its code can't say in a type, and what it can.

use std::collections::BTreeMap;

use rules::core::crew::Role;
use rules::core::sentence::Sentence;
use rules::locale::Lang;
use serde_json::{Map, Value, json};

use super::document::Schemas;
use super::signature::{Described, Draft};
use crate::http::{Access, Fault, Route};

/// What no type says of an operation.
#[derive(Debug)]
pub struct About {
    /// Name that a generated client gives it.
    pub id: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// What a program should know besides, in Markdown; may be empty.
    pub text: &'static str,
    /// Faults beyond those that follow from whom it lets in and what it takes: status, and when.
    pub faults: &'static [(u16, &'static str)],
    /// Something that may be sent, as JSON; empty where nothing is.
    pub takes: &'static str,
    /// What is then answered, as JSON or as it is streamed; empty where that is plain.
    pub gives: &'static str,
}

/// An operation as the route table holds it.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    about: &'static About,
    signature: fn(&mut Draft<'_>),
}

impl Operation {
    /// An operation that this handler does.
    pub fn of<T, H: Described<T>>(about: &'static About) -> Self {
        Self {
            about,
            signature: H::describe,
        }
    }

    /// Its entry under the path and method of its route.
    pub fn entry(&self, route: &Route, schemas: &mut Schemas) -> Value {
        let About {
            id,
            summary,
            text,
            faults,
            takes,
            gives,
        } = self.about;
        let mut draft = Draft::new(schemas);
        (self.signature)(&mut draft);
        let Draft {
            parameters,
            body,
            answer,
            refused,
            ..
        } = draft;
        let mut told = told_by_access(route);
        for (status, when) in refused.iter().chain(*faults) {
            told.entry(*status)
                .and_modify(|text| *text = format!("{text} {when}"))
                .or_insert_with(|| (*when).to_owned());
        }
        let mut responses = Map::new();
        let (kind, schema) = answer;
        responses.insert(
            "200".into(),
            json!({ "description": "As asked.", "content": { kind: with_example(schema, gives) } }),
        );
        let fault = schemas.fault();
        for (status, when) in told {
            let body = json!({ "schema": fault, "example": sample(status) });
            let response = json!({ "description": when, "content": { "application/json": body } });
            responses.insert(status.to_string(), response);
        }
        let mut entry = json!({
            "operationId": id,
            "summary": summary,
            "description": text,
            "security": security(route.access),
            "parameters": parameters,
        });
        if let Some(schema) = body {
            entry["requestBody"] = json!({
                "required": true,
                "content": { "application/json": with_example(schema, takes) },
            });
        }
        entry["responses"] = responses.into();
        entry
    }
}

fn with_example(schema: Value, example: &str) -> Value {
    let mut media = json!({ "schema": schema });
    if !example.is_empty() {
        // A stream's is text.
        media["example"] = serde_json::from_str(example).unwrap_or_else(|_| example.into());
    }
    media
}

/// One entry for each role, any of which is enough; nothing where anyone may.
fn security(access: Access) -> Value {
    match access {
        Access::Public => json!([]),
        Access::Only(roles) => roles.iter().map(|role| json!({ "session": [role.code()] })).collect(),
    }
}

fn told_by_access(route: &Route) -> BTreeMap<u16, String> {
    let mut told = BTreeMap::from([
        (
            500,
            "Our fault; the cause stands in the server's log. Nothing was booked.".to_owned(),
        ),
        (
            503,
            "The database could not be reached or written. Nothing was booked; send it again in a few seconds."
                .to_owned(),
        ),
    ]);
    let Access::Only(roles) = route.access else {
        return told;
    };
    told.insert(401, "Nobody is signed in, or no longer.".to_owned());
    let mut refused = Vec::new();
    if roles.len() < Role::ALL.len() {
        refused.push("Not for this role.");
    }
    if !route.method.is_safe() {
        refused.push("Or a browser said that another site's page sent it.");
    }
    if !refused.is_empty() {
        told.insert(403, refused.join(" "));
    }
    told
}

/// What is told with a status, as the server says it to a program that names no language.
fn sample(status: u16) -> Value {
    let unreadable = |status, detail: &str| Fault::Unreadable {
        status,
        detail: detail.to_owned(),
    };
    let status = axum::http::StatusCode::from_u16(status).unwrap_or_default();
    let fault = match status.as_u16() {
        400 => unreadable(status, "Invalid URL: Cannot parse `run` with value `x` to a `i64`"),
        401 => Fault::SignIn,
        403 => Fault::Role,
        404 => Fault::NotFound,
        409 => Fault::Conflict(Sentence::new("home.station_taken").with("group", "第二组")),
        413 => unreadable(status, "Failed to buffer the request body: length limit exceeded"),
        415 => unreadable(status, "Expected request with `Content-Type: application/json`"),
        422 => unreadable(
            status,
            "Failed to deserialize the JSON body into the target type: missing field `source` at line 1 column 2",
        ),
        503 => Fault::Database,
        _ => Fault::Ours,
    };
    serde_json::to_value(fault.json(Lang::default().words())).unwrap_or_default()
}
