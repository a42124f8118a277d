//! Runs: start one, read it, prove its stock.

use axum::extract::State;
use rules::core::crew::Role;
use rules::core::paper::Paper;
use rules::core::sentence::Sentence;
use rules::locale::Lang;
use rules::{Event, RunHead, RunId, Step, Words, outbound};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uplink::Light;

use crate::access::{actor, visible};
use crate::engine::App;
use crate::http::{Fault, Json, Path, Query, SignedIn};
use crate::store::{self, Report};

/// Which run.
#[derive(Deserialize, JsonSchema)]
pub struct OfRun {
    /// Number of the run.
    pub run: RunId,
}

/// From where on.
#[derive(Deserialize, JsonSchema)]
pub struct After {
    /// Number of the last act that is already known; 0, the default, for none.
    #[serde(default)]
    pub after: i64,
}

/// What to start, where and for whom.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Start")]
pub struct Start {
    /// Name of the scenario.
    scenario: String,
    /// Number of the station.
    station: i64,
    /// Number of the group; a student's is their own.
    group: Option<i64>,
}

/// `POST /api/runs`: a new run at a station; the one before ends.
///
/// # Errors
/// Where scenario, station or group are not known, no group is named, another group works at the station, or the
/// student's own group is at work at another.
pub async fn start(
    State(app): State<App>,
    SignedIn(account): SignedIn,
    Json(start): Json<Start>,
) -> Result<Json<RunHead>, Fault> {
    let own = account.group.as_ref().map(|group| group.id);
    let group = if account.role == Role::Student {
        own
    } else {
        start.group.or(own)
    };
    let group = group.ok_or_else(|| Fault::Bad(Sentence::new("fault.no_group")))?;
    let head = app
        .start_run(&start.scenario, group, start.station, actor(&account))
        .await?;
    Ok(Json(head))
}

/// A run as it stands.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Run")]
pub struct RunView {
    /// Which run it is.
    head: RunHead,
    /// Number of its last act.
    last_act: i64,
    /// What the group is at, as a key of `wms/locales`.
    #[schemars(extend("enum" = Step::KEYS))]
    step: &'static str,
    /// Parts done, and parts in all.
    progress: (usize, usize),
    /// What the shelf should show, one entry for each position.
    lights: Vec<Light>,
    /// What was said last; null before anything was.
    said: Option<SaidView>,
    /// Its papers, in the order in which they were made.
    papers: Vec<Paper>,
    /// How much devices at its station told that became no act: done before the run began, or of use to none.
    aside: i64,
}

/// What was said about an act.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Said")]
pub struct SaidView {
    /// Number of the act.
    no: i64,
    /// Apart from any language.
    words: Words,
    /// What it was and what it should have been, in Chinese.
    was: String,
    /// What to do now, in Chinese; empty where nothing is said of it.
    then: String,
}

/// `GET /api/runs/{run}`
///
/// # Errors
/// Where there is no such run, or it is not theirs.
pub async fn run(
    State(app): State<App>,
    SignedIn(account): SignedIn,
    Path(OfRun { run }): Path<OfRun>,
) -> Result<Json<RunView>, Fault> {
    let state = visible(&app, &account, run).await?;
    let words = Lang::Zh.words();
    let said = state.said.as_ref().map(|said| SaidView {
        no: said.no,
        was: words.say(&said.words.was),
        then: said.words.then.as_ref().map(|then| words.say(then)).unwrap_or_default(),
        words: said.words.clone(),
    });
    Ok(Json(RunView {
        head: state.ground.head.clone(),
        last_act: state.last_act,
        step: state.step().key(),
        progress: state.progress(),
        lights: outbound::lights(&state.shipping()),
        said,
        papers: state.ground.papers.clone(),
        aside: store::asides(app.db(), run, 0).await?.0,
    }))
}

/// `GET /api/runs/{run}/events?after=N`: what happened after act N.
///
/// # Errors
/// Where there is no such run, or it is not theirs.
pub async fn events(
    State(app): State<App>,
    SignedIn(account): SignedIn,
    Path(OfRun { run }): Path<OfRun>,
    Query(After { after }): Query<After>,
) -> Result<Json<Vec<Event>>, Fault> {
    visible(&app, &account, run).await?;
    Ok(Json(store::events(&app.db().pool, run, after).await?))
}

/// `GET /api/runs/{run}/check`: the proof that ledger, balances and papers agree.
///
/// # Errors
/// Where there is no such run, or it is not theirs.
pub async fn check(
    State(app): State<App>,
    SignedIn(account): SignedIn,
    Path(OfRun { run }): Path<OfRun>,
) -> Result<Json<Report>, Fault> {
    visible(&app, &account, run).await?;
    Ok(Json(store::check(app.db(), run).await?))
}
