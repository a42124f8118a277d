//! The pages: HTML from the server, kept alive by a stream of act numbers.

mod assets;
mod fault;
mod form;
mod frame;
mod gate;
pub mod pages;
mod shield;
mod sign_in;

use axum::Router;
use axum::extract::FromRef;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;

pub use fault::Fault;
pub use form::Form;
pub use frame::{Frame, Site};
pub use gate::{Access, DEVICES, EVERYONE, FLOOR, Gate, INSTRUCTOR, Route, Routes, SignedIn, Visitor};

/// What handlers take parts of.
#[derive(Clone)]
pub struct Web {
    /// Who may do what.
    pub gate: Gate,
    /// What is the same on every page.
    pub site: Site,
}

impl FromRef<Web> for Gate {
    fn from_ref(web: &Web) -> Self {
        web.gate.clone()
    }
}

impl FromRef<Web> for Site {
    fn from_ref(web: &Web) -> Self {
        web.site.clone()
    }
}

/// All pages, and the table of their routes.
pub fn router(web: &Web) -> (Router, Vec<Route>) {
    let routes = Routes::<Web>::new(web.gate.clone())
        .get("/assets/{version}/{*name}", Access::Public, assets::serve)
        .get("/sign-in", Access::Public, sign_in::page)
        .post("/sign-in", Access::Public, sign_in::sign_in)
        .post("/sign-in/demo", Access::Public, sign_in::sign_in_as)
        .post("/sign-out", Access::Public, sign_in::sign_out)
        .post("/language", Access::Public, sign_in::language);
    let (router, table) = routes.finish();
    let router = router
        .fallback(async || Fault::NotFound.into_response())
        .method_not_allowed_fallback(async || Fault::NotFound.into_response())
        .layer(from_fn_with_state(web.site.clone(), fault::tell))
        .layer(from_fn_with_state(web.site.clone(), shield::shield))
        .with_state(web.clone());
    (router, table)
}

/// Now, in milliseconds since 1970-01-01 UTC.
pub(crate) fn now() -> i64 {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
