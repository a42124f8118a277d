//! Parts of a program's request, taken as axum takes them, except that what can't be read is a [`Fault`] like any other.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fault::Fault;

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
        let axum::extract::Path(path) = axum::extract::Path::from_request_parts(parts, state).await?;
        Ok(Self(path))
    }
}

impl<S, T> FromRequestParts<S> for Query<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let axum::extract::Query(query) = axum::extract::Query::from_request_parts(parts, state).await?;
        Ok(Self(query))
    }
}
