//! The front panel: hands and eyes over HTTP.

mod act;
mod look;
mod page;

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, RequestPartsExt};
use serde_json::json;

use crate::codes::Codes;
use crate::station::Station;

/// What the panel shows.
pub struct Seen {
    /// By number.
    pub stations: Vec<Station>,
    /// To click.
    pub codes: Codes,
}

/// All routes.
pub fn router(seen: Arc<Seen>) -> Router {
    let station = Router::new()
        .route("/", get(look::station))
        .route("/watch", get(look::watch))
        .route("/shelf/keys", post(act::key))
        .route("/scanner/scan", post(act::scan))
        .route("/scanner/bytes", post(act::bytes))
        .route("/printer", post(act::condition))
        .route("/printer/labels", get(look::labels))
        .route("/printer/labels/{picture}", get(look::picture))
        .route("/scale", post(act::load))
        .route("/{device}/cable", post(act::cable))
        .route("/{device}/reset", post(act::reset));
    Router::new()
        .merge(page::router())
        .route("/api/codes", get(look::codes))
        .route("/api/stations", get(look::stations))
        .nest("/api/stations/{station}", station)
        .with_state(seen)
}

/// A request that can't be done.
pub struct Refused(StatusCode, String);

impl Refused {
    /// The request is wrong.
    pub fn wrong(why: impl Into<String>) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, why.into())
    }

    /// There is no such thing.
    pub fn missing(what: impl Into<String>) -> Self {
        Self(StatusCode::NOT_FOUND, what.into())
    }
}

impl Refused {
    /// Our own fault.
    pub fn broken(why: impl Into<String>) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR, why.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

/// The station the path names.
pub struct At(Arc<Seen>, usize);

impl std::ops::Deref for At {
    type Target = Station;

    fn deref(&self) -> &Station {
        // The index was looked up in the same list.
        &self.0.stations[self.1]
    }
}

#[derive(serde::Deserialize)]
struct Numbered {
    station: u8,
}

impl FromRequestParts<Arc<Seen>> for At {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, seen: &Arc<Seen>) -> Result<Self, Refused> {
        let Path(Numbered { station }) = parts
            .extract()
            .await
            .map_err(|_| Refused::missing("a station is a number from 1"))?;
        let index = seen.stations.iter().position(|other| other.number == station);
        let index = index.ok_or_else(|| Refused::missing(format!("there is no station {station}")))?;
        Ok(Self(Arc::clone(seen), index))
    }
}

type Panel = State<Arc<Seen>>;
