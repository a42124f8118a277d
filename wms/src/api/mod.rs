//! The JSON API: what pages do, for programs. Every route names who may use it; faults come as `{error, advice}`.
//!
//! What it takes and gives stands in the document that the server makes of it ([`crate::http::openapi`]), at `/api/openapi.json` for
//! programs and at `/api` for people.

mod acts;
mod floor;
pub mod live;
mod page;
mod runs;
mod view;

pub use runs::{After, OfRun};

use crate::http::openapi::About;
use crate::http::{Access, EVERYONE, FLOOR, Routes, Web};

const NO_RUN: (u16, &str) = (404, "There is no such run, or it is not yours.");

/// Adds the API's routes.
pub fn routes(routes: Routes<Web>) -> Routes<Web> {
    routes
        .get("/api", Access::Public, page::page)
        // Public: it is the same for every floor and holds no secrets, and programs that make clients sign in nowhere.
        .api_get("/api/openapi.json", Access::Public, page::document, &DOCUMENT)
        .api_get("/api/scenarios", EVERYONE, floor::scenarios, &SCENARIOS)
        .api_get("/api/stations", EVERYONE, floor::stations, &STATIONS)
        .api_get("/api/people", EVERYONE, floor::people, &PEOPLE)
        .api_post("/api/runs", FLOOR, runs::start, &START)
        .api_get("/api/runs/{run}", FLOOR, runs::run, &RUN)
        .api_get("/api/runs/{run}/events", FLOOR, runs::events, &EVENTS)
        .api_post("/api/runs/{run}/acts", FLOOR, acts::act, &ACT)
        .api_get("/api/runs/{run}/check", FLOOR, runs::check, &CHECK)
        .api_get("/runs/{run}/live", FLOOR, live::run, &LIVE_RUN)
        .api_get("/live", EVERYONE, live::floor, &LIVE)
}

static DOCUMENT: About = About {
    id: "document",
    summary: "This document",
    text: "OpenAPI 3.1. `wms openapi` prints the same without a server.",
    faults: &[],
    takes: "",
    gives: "",
};

static SCENARIOS: About = About {
    id: "scenarios",
    summary: "Scenarios that can be started",
    text: "",
    faults: &[],
    takes: "",
    gives: include_str!("examples/scenarios.json"),
};

static STATIONS: About = About {
    id: "stations",
    summary: "Stations, and the run of each",
    text: "",
    faults: &[],
    takes: "",
    gives: include_str!("examples/stations.json"),
};

static PEOPLE: About = About {
    id: "people",
    summary: "Names of people, by the number that acts and papers name them by",
    text: "Students see those of their own group and the teachers'.",
    faults: &[],
    takes: "",
    gives: include_str!("examples/people.json"),
};

static START: About = About {
    id: "startRun",
    summary: "Start a run at a station",
    text: "The run before at that station ends; nothing of it is deleted. A student's run is their own group's, whatever \
           `group` says. An instructor, who has no group, must name one.",
    faults: &[
        (400, "Or no group is named."),
        (404, "There is no such scenario, station or group."),
        (
            409,
            "Another group works at the station; an instructor can start a run there.",
        ),
    ],
    takes: include_str!("examples/start.json"),
    gives: include_str!("examples/head.json"),
};

static RUN: About = About {
    id: "run",
    summary: "A run as it stands",
    text: "",
    faults: &[NO_RUN],
    takes: "",
    gives: include_str!("examples/run.json"),
};

static EVENTS: About = About {
    id: "events",
    summary: "What happened in a run, with all that came of it",
    text: "In order, without gaps. A program that was away asks with the last number it has.",
    faults: &[NO_RUN],
    takes: "",
    gives: include_str!("examples/events.json"),
};

static ACT: About = About {
    id: "act",
    summary: "Take an act of a person",
    text: "Answered after its commit. An act that was wrong is an answer like any, with 200: it happened, and it has a \
           number. Command barcodes are codes like any: `CMD-CONFIRM`, `CMD-SHORT`, `CMD-NEXT`, `CMD-BACK`.\n\n\
           `judge` is an instructor's. `open`, `close`, `key`, `weight` and `printed` are known in events and refused \
           here: what the system and devices say, nobody else may say for them.",
    faults: &[
        (
            400,
            "Or `source` is no good, a text of the act is empty or too long, or `format` is newer than this program.",
        ),
        (403, "Or the act is for another role."),
        NO_RUN,
    ],
    takes: include_str!("examples/act.json"),
    gives: include_str!("examples/answer.json"),
};

static CHECK: About = About {
    id: "check",
    summary: "Prove that ledger, balances and papers of a run agree",
    text: "",
    faults: &[NO_RUN],
    takes: "",
    gives: include_str!("examples/check.json"),
};

static LIVE_RUN: About = About {
    id: "liveRun",
    summary: "Hear when a run moves on",
    text: "Server-sent events: `id` and `data` are the run's last act number. At once where the run is already beyond \
           `after`, else when it moves on. The header `Last-Event-ID` wins over `after`, so a browser's `EventSource` \
           resumes by itself.",
    faults: &[NO_RUN],
    takes: "",
    gives: "id: 8\ndata: 8\n\n",
};

static LIVE: About = About {
    id: "live",
    summary: "Hear when any run or device changes",
    text: "Server-sent events without a number; `data` is `changed`.",
    faults: &[],
    takes: "",
    gives: "data: changed\n\n",
};
