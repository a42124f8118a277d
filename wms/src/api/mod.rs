//! The JSON API: what pages do, for programs. Every route names who may use it; faults come as `{error, advice}`.

mod runs;

pub use runs::{act_as, actor, visible};

use crate::web::{EVERYONE, FLOOR, Routes, Web};

/// Adds the API's routes.
pub fn routes(routes: Routes<Web>) -> Routes<Web> {
    routes
        .get("/api/scenarios", EVERYONE, runs::scenarios)
        .get("/api/stations", EVERYONE, runs::stations)
        .post("/api/runs", FLOOR, runs::start)
        .get("/api/runs/{run}", FLOOR, runs::run)
        .get("/api/runs/{run}/events", FLOOR, runs::events)
        .post("/api/runs/{run}/acts", FLOOR, runs::act)
        .get("/api/runs/{run}/check", FLOOR, runs::check)
}
