//! The panel's page and what it is made of.

use std::sync::Arc;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;

use super::Seen;

const DAY: &str = "public, max-age=86400";

/// Page, script, style and font.
pub fn router() -> Router<Arc<Seen>> {
    Router::new()
        .route(
            "/",
            get(|| file("text/html; charset=utf-8", include_bytes!("page/panel.html"))),
        )
        .route(
            "/panel.css",
            get(|| file("text/css; charset=utf-8", include_bytes!("page/panel.css"))),
        )
        .route(
            "/panel.js",
            get(|| file("text/javascript; charset=utf-8", include_bytes!("page/panel.js"))),
        )
        .route(
            "/words.js",
            get(|| file("text/javascript; charset=utf-8", include_bytes!("page/words.js"))),
        )
        .route("/font.woff2", get(font))
}

async fn file(kind: &'static str, bytes: &'static [u8]) -> impl IntoResponse {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], bytes)
}

async fn font() -> impl IntoResponse {
    const FONT: &[u8] = include_bytes!("../../../../wms/assets/fonts/NotoSansSC-Regular.woff2");
    ([(CONTENT_TYPE, "font/woff2"), (CACHE_CONTROL, DAY)], FONT)
}
