//! What there is to start, and where.

use axum::extract::State;
use rules::{RunId, Scenario};
use schemars::JsonSchema;
use serde::Serialize;

use crate::engine::App;
use crate::http::{Fault, Json};
use crate::store;

/// A scenario that can be started.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Scenario")]
pub struct ScenarioEntry {
    /// Its name, by which a run is started.
    id: String,
    /// Title, in Chinese.
    title: String,
    /// What the group is told before it begins, in Chinese.
    brief: String,
}

/// `GET /api/scenarios`
pub async fn scenarios(State(app): State<App>) -> Json<Vec<ScenarioEntry>> {
    let entry = |scenario: &Scenario| ScenarioEntry {
        id: scenario.id.clone(),
        title: scenario.title.zh.clone(),
        brief: scenario.brief.zh.clone(),
    };
    Json(app.scenarios().iter().map(entry).collect())
}

/// A station and its run.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Station")]
pub struct StationEntry {
    /// Number, from 1.
    id: i64,
    /// Name.
    name: String,
    /// The run that what happens there belongs to; null before the first.
    run: Option<RunId>,
}

/// `GET /api/stations`
///
/// # Errors
/// Where the database refuses.
pub async fn stations(State(app): State<App>) -> Result<Json<Vec<StationEntry>>, Fault> {
    let stations = store::stations(app.db()).await?;
    let entry = |store::Station { id, name, run }| StationEntry { id, name, run };
    Ok(Json(stations.into_iter().map(entry).collect()))
}
