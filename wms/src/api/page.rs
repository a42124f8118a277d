//! The API's document, for programs and for people.

use askama::Template;
use axum::Extension;
use axum::response::Html;
use rules::locale::Words;
use serde_json::{Map, Value};

use super::view::{Operation, Span, Type, operations, paragraphs, types};
use crate::http::openapi::Document;
use crate::http::{Fault, Frame, Json};

#[derive(Template)]
#[template(path = "api.html")]
struct Page {
    frame: Frame,
    w: &'static Words,
    version: String,
    about: Vec<Vec<Span>>,
    operations: Vec<Operation>,
    types: Vec<Type>,
}

/// `GET /api/openapi.json`
pub async fn document(Extension(document): Extension<Document>) -> Json<Map<String, Value>> {
    Json(document.0.as_object().cloned().unwrap_or_default())
}

/// `GET /api`
///
/// # Errors
/// Where it can't be drawn, which is our fault.
pub async fn page(frame: Frame, Extension(document): Extension<Document>) -> Result<Html<String>, Fault> {
    let document = document.0.as_ref();
    let w = frame.words();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let page = Page {
        version: text(&document["info"]["version"]),
        about: paragraphs(&text(&document["info"]["description"])),
        operations: operations(document, w),
        types: types(document),
        w,
        frame,
    };
    Ok(Html(page.render()?))
}
