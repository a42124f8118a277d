//! The pages, each with what it shows as plain data: what is shown is decided before a template sees it. They come from the
//! server and are kept alive by a stream of act numbers.

pub mod asked;
pub mod board;
pub mod calibrate;
pub mod codes;
pub mod devices;
pub mod events;
pub mod home;
pub mod ledger;
mod of_web;
pub mod papers;
mod sheet;
mod sign_in;
pub mod signals;
pub mod station;
pub mod view;

use std::sync::Arc;

use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::{Extension, Router};

use crate::api::{self, live};
use crate::http::openapi::{self, Document};
use crate::http::{Access, DEVICES, EVERYONE, FLOOR, Fault, INSTRUCTOR, Route, Routes, Web, assets, fault, host, told};

/// Every route of pages and API.
pub fn routes() -> Routes<Web> {
    let pages = Routes::<Web>::default()
        .get("/assets/{version}/{*name}", Access::Public, assets::serve)
        .get("/sign-in", Access::Public, sign_in::page)
        .post("/sign-in", Access::Public, sign_in::sign_in)
        .post("/sign-in/demo", Access::Public, sign_in::sign_in_as)
        .post("/sign-out", Access::Public, sign_in::sign_out)
        .post("/sign-out/everywhere", EVERYONE, sign_in::sign_out_everywhere)
        .post("/language", Access::Public, sign_in::language)
        .get("/", EVERYONE, home::page)
        .get("/live/pages", EVERYONE, live::pages)
        .get("/papers", FLOOR, home::latest)
        .get("/ledger", FLOOR, home::latest)
        .get("/events", FLOOR, home::latest)
        .post("/runs", FLOOR, home::start)
        .get("/runs/{run}", FLOOR, station::page)
        .post("/runs/{run}/scans", FLOOR, station::scan)
        .get("/runs/{run}/papers", FLOOR, papers::list)
        .get("/runs/{run}/papers/{number}", FLOOR, papers::one)
        .post("/runs/{run}/papers/{number}/sign", FLOOR, papers::sign)
        .post("/runs/{run}/papers/{number}/judge", INSTRUCTOR, papers::judge)
        .post("/runs/{run}/papers/{number}/hand-in", FLOOR, papers::hand_in)
        .post("/runs/{run}/log", FLOOR, papers::write_log)
        .get("/runs/{run}/labels/{job}", FLOOR, papers::label)
        .post("/runs/{run}/labels/{job}/reprint", FLOOR, papers::reprint)
        .get("/runs/{run}/ledger", FLOOR, ledger::page)
        .get("/runs/{run}/ledger.csv", FLOOR, ledger::export)
        .get("/runs/{run}/ledger.xlsx", FLOOR, ledger::export)
        .get("/runs/{run}/balances.csv", FLOOR, ledger::export_balances)
        .get("/runs/{run}/balances.xlsx", FLOOR, ledger::export_balances)
        .get("/runs/{run}/demand.csv", FLOOR, ledger::export_demand)
        .get("/runs/{run}/demand.xlsx", FLOOR, ledger::export_demand)
        .get("/runs/{run}/papers.csv", FLOOR, papers::export)
        .get("/runs/{run}/papers.xlsx", FLOOR, papers::export)
        .get("/runs/{run}/events", FLOOR, events::page)
        .get("/runs/{run}/events.csv", FLOOR, events::export)
        .get("/runs/{run}/events.xlsx", FLOOR, events::export)
        .get("/scenarios/{scenario}/codes", EVERYONE, codes::page)
        .get("/scenarios/{scenario}/codes.pdf", EVERYONE, codes::pdf)
        .get("/board", INSTRUCTOR, board::page)
        .get("/devices", DEVICES, devices::page)
        .get("/devices.csv", DEVICES, devices::export)
        .get("/devices.xlsx", DEVICES, devices::export)
        .post("/devices/{device}/station", DEVICES, devices::assign)
        .post("/devices/{device}/identify", DEVICES, devices::identify)
        .post("/devices/{device}/test", DEVICES, devices::test)
        .post("/devices/{device}/test/stop", DEVICES, devices::stop_test)
        .get("/devices/{device}/calibrate", DEVICES, calibrate::page)
        .post("/devices/{device}/calibrate", DEVICES, calibrate::ask)
        .get("/devices/{device}/signals", DEVICES, signals::page)
        .post("/devices/{device}/signals", DEVICES, signals::ask);
    api::routes(pages)
}

/// All of them behind the gate, and their table.
pub fn router(web: &Web) -> (Router, Vec<Route>) {
    let (router, table) = routes().behind(&web.gate);
    let document = Document(Arc::new(openapi::document(&table)));
    let router = router
        .fallback(async || Fault::NotFound.into_response())
        .method_not_allowed_fallback(async || Fault::Method.into_response())
        .layer(Extension(document))
        .layer(from_fn_with_state(web.gate.clone(), host::known))
        .layer(from_fn_with_state(web.app.clone(), fault::keep))
        .with_state(web.clone());
    (told(&web.site, router), table)
}

/// An entry of a choice.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Number.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Whether it is the one chosen.
    pub chosen: bool,
}

/// The way through a list that is longer than a page.
#[derive(Clone, Debug, Default)]
pub struct Turn {
    /// What is shown, of how many; empty where there is nothing.
    pub shown: String,
    /// Address of the page with older lines.
    pub older: Option<String>,
    /// Address of the page with newer lines.
    pub newer: Option<String>,
}

/// Something that waits for the reader.
#[derive(Clone, Debug, Default)]
pub struct Need {
    /// Style: `wrong-text`, `wait-text`, `help-text`.
    pub class: &'static str,
    /// Mark.
    pub mark: &'static str,
    /// Who or what.
    pub who: String,
    /// What.
    pub text: String,
    /// Where to go; empty where there is nowhere.
    pub href: String,
    /// What the link says.
    pub act: String,
}

#[cfg(test)]
mod tests;
