//! Parts of a request, taken as axum takes them, except that what can't be read is a [`Fault`] like any other: a program is
//! told what exactly, a person that there is no such page.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fault::Fault;
use super::gate::wants_page;

/// A body of JSON, as it comes and as it goes.
pub struct Json<T>(pub T);

/// Parameters in the path, by their names.
pub struct Path<T>(pub T);

/// Parameters after the `?`, by their names.
pub struct Query<T>(pub T);

macro_rules! unreadable {
    ($($rejection:ty),*) => {
        $(impl From<$rejection> for Fault {
            fn from(rejection: $rejection) -> Self {
                Self::Unreadable {
                    status: rejection.status(),
                    detail: rejection.body_text(),
                }
            }
        })*
    };
}

unreadable!(JsonRejection, PathRejection, QueryRejection);

/// An address that can't be read: in a browser there is no such page.
fn unreadable(parts: &Parts, rejection: impl Into<Fault>) -> Fault {
    if wants_page(&parts.headers) && !parts.uri.path().starts_with("/api/") {
        Fault::NotFound
    } else {
        rejection.into()
    }
}

impl<S, T> FromRequest<S> for Json<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let axum::Json(body) = axum::Json::from_request(request, state).await?;
        Ok(Self(body))
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<S, T> FromRequestParts<S> for Path<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(path)| Self(path))
            .map_err(|rejection| unreadable(parts, rejection))
    }
}

impl<S, T> FromRequestParts<S> for Query<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|axum::extract::Query(query)| Self(query))
            .map_err(|rejection| unreadable(parts, rejection))
    }
}
