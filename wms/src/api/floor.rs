//! What there is to start, and where.

use axum::extract::State;
use rules::core::crew::{Account, Role};
use rules::{RunId, Scenario};
use schemars::JsonSchema;
use serde::Serialize;

use crate::engine::App;
use crate::http::{Fault, Gate, Json, SignedIn};
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

/// Somebody with an account.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Person")]
pub struct PersonEntry {
    /// Number of the account, as acts and papers name it.
    id: i64,
    /// Name; empty where it was erased.
    name: String,
    /// What they are here for.
    role: Role,
    /// Number of a student's group; null for others.
    group: Option<i64>,
}

/// `GET /api/people`: whose names the reader may see. Students see their own group's and the teachers'.
///
/// # Errors
/// Where the database refuses.
pub async fn people(State(gate): State<Gate>, SignedIn(reader): SignedIn) -> Result<Json<Vec<PersonEntry>>, Fault> {
    let own = reader.group.map(|group| group.id);
    let all = gate.accounts.all().await?.into_iter();
    let entry = |account: Account| PersonEntry {
        id: account.id,
        name: account.name,
        role: account.role,
        group: account.group.map(|group| group.id),
    };
    let seen = |person: &PersonEntry| {
        reader.role != Role::Student || person.role != Role::Student || (person.group.is_some() && person.group == own)
    };
    Ok(Json(all.map(entry).filter(seen).collect()))
}
