//! `GET /health`, for people and programs that watch the server.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::store::{Db, Wellness};

/// `ok`, or 503 and what is wrong.
pub async fn page(State(db): State<Db>) -> Response {
    match db.health().ask(&db).await {
        Wellness::Well => "ok".into_response(),
        Wellness::Unwritable(why) => {
            let text = format!("the database can't be written: {why}\n");
            (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
        }
        Wellness::Gone(gone) => (StatusCode::SERVICE_UNAVAILABLE, format!("{gone}\n")).into_response(),
    }
}
