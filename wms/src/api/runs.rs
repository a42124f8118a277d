//! Runs: start one, act in it, read it, prove its stock.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use uplink::Light;

use crate::clock;
use crate::floor;
use crate::identity::{Account, Role};
use crate::locale::{Lang, Sentence};
use crate::outbound;
use crate::stock::{self, Report};
use crate::training::{
    Act, ActEnvelope, ActError, Actor, Answer, App, Event, Paper, RunHead, RunId, RunState, StartError, Words, store,
};
use crate::web::{Fault, SignedIn};

impl From<ActError> for Fault {
    fn from(error: ActError) -> Self {
        match error {
            ActError::NoRun(_) => Self::NotFound,
            error => Self::ours(&error),
        }
    }
}

impl From<StartError> for Fault {
    fn from(error: StartError) -> Self {
        match error {
            StartError::NoScenario(_) | StartError::NoStation(_) | StartError::NoGroup(_) => Self::NotFound,
            error => Self::ours(&error),
        }
    }
}

impl From<store::StoreError> for Fault {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::NoRun(_) => Self::NotFound,
            error => Self::ours(&error),
        }
    }
}

/// Who acts: a person who is signed in.
pub fn actor(account: &Account) -> Actor {
    Actor::Person {
        id: account.id,
        name: account.name.clone(),
        role: account.role,
    }
}

/// A run that this person may see: students their own group's, others all.
///
/// # Errors
/// Not found where there is none, or it is not theirs: which of the two is nobody's business.
pub async fn visible(app: &App, account: &Account, run: RunId) -> Result<std::sync::Arc<RunState>, Fault> {
    let state = app.run_state(run).await?;
    let own = account.group.as_ref().is_some_and(|group| group.id == state.head.group);
    if account.role == Role::Student && !own {
        return Err(Fault::NotFound);
    }
    Ok(state)
}

/// A scenario that can be started.
#[derive(Serialize)]
pub struct ScenarioEntry {
    id: String,
    title: String,
    brief: String,
}

/// `GET /api/scenarios`
pub async fn scenarios(State(app): State<App>) -> Json<Vec<ScenarioEntry>> {
    let entry = |scenario: &crate::training::Scenario| ScenarioEntry {
        id: scenario.id.clone(),
        title: scenario.title.zh.clone(),
        brief: scenario.brief.zh.clone(),
    };
    Json(app.scenarios().iter().map(entry).collect())
}

/// A station and its run.
#[derive(Serialize)]
pub struct StationEntry {
    id: i64,
    name: String,
    run: Option<RunId>,
}

/// `GET /api/stations`
///
/// # Errors
/// Where the database refuses.
pub async fn stations(State(app): State<App>) -> Result<Json<Vec<StationEntry>>, Fault> {
    let stations = floor::stations(&app.db().pool).await?;
    let entry = |floor::Station { id, name, run }| StationEntry { id, name, run };
    Ok(Json(stations.into_iter().map(entry).collect()))
}

/// What to start.
#[derive(Deserialize)]
pub struct Start {
    scenario: String,
    station: i64,
    /// A student's is their own.
    group: Option<i64>,
}

/// `POST /api/runs`: a new run at a station; the one before ends.
///
/// # Errors
/// Where scenario, station or group are not known.
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
    Ok(Json(
        app.start_run(&start.scenario, group, start.station, actor(&account))
            .await?,
    ))
}

/// A run as it stands.
#[derive(Serialize)]
pub struct RunView {
    head: RunHead,
    last_act: i64,
    step: &'static str,
    /// Parts done, of all.
    progress: (usize, usize),
    /// What the shelf should show.
    lights: Vec<Light>,
    /// The last sentence, in Chinese.
    said: Option<SaidView>,
    papers: Vec<Paper>,
}

/// A sentence about an act.
#[derive(Serialize)]
pub struct SaidView {
    no: i64,
    words: Words,
    was: String,
    then: String,
}

/// `GET /api/runs/{run}`
///
/// # Errors
/// Where there is no such run, or it is not theirs.
pub async fn run(
    State(app): State<App>,
    SignedIn(account): SignedIn,
    Path(run): Path<RunId>,
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
        head: state.head.clone(),
        last_act: state.last_act,
        step: state.step().key(),
        progress: state.progress(),
        lights: outbound::lights(&state),
        said,
        papers: state.papers.clone(),
    }))
}

/// From where on.
#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    after: i64,
}

/// `GET /api/runs/{run}/events?after=N`: what happened after act N.
///
/// # Errors
/// Where there is no such run, or it is not theirs.
pub async fn events(
    State(app): State<App>,
    SignedIn(account): SignedIn,
    Path(run): Path<RunId>,
    Query(After { after }): Query<After>,
) -> Result<Json<Vec<Event>>, Fault> {
    visible(&app, &account, run).await?;
    Ok(Json(store::events(&app.db().pool, run, after).await?))
}

/// An act of a person.
#[derive(Deserialize)]
pub struct PersonalAct {
    /// The page's own number for it: a repeat gets the first answer.
    source: String,
    act: Act,
}

/// `POST /api/runs/{run}/acts`
///
/// # Errors
/// Where there is no such run, it is not theirs, or the act is not for their role.
pub async fn act(
    State(app): State<App>,
    SignedIn(account): SignedIn,
    Path(run): Path<RunId>,
    Json(PersonalAct { source, act }): Json<PersonalAct>,
) -> Result<Json<Answer>, Fault> {
    visible(&app, &account, run).await?;
    Ok(Json(act_as(&app, &account, run, &source, act).await?))
}

/// Takes an act of a person, where it is for their role.
///
/// # Errors
/// Where it is not, or it could not be kept.
pub async fn act_as(app: &App, account: &Account, run: RunId, source: &str, act: Act) -> Result<Answer, Fault> {
    let allowed = match act {
        Act::Judge { .. } => account.role == Role::Instructor,
        Act::HandIn { .. } => account.role == Role::Student,
        Act::Scan { .. } | Act::RecordShort { .. } | Act::Reprint { .. } | Act::Sign { .. } | Act::WriteLog { .. } => {
            account.role != Role::Technician
        }
        // What devices and the system say, nobody else may say for them.
        Act::Open
        | Act::Close
        | Act::Key { .. }
        | Act::Weight { .. }
        | Act::Printed { .. }
        | Act::PrinterRestarted { .. } => false,
    };
    if !allowed {
        return Err(Fault::Role);
    }
    if source.is_empty() || source.len() > 100 {
        return Err(Fault::Bad(Sentence::new("fault.source")));
    }
    let envelope = ActEnvelope {
        source: format!("person:{}:{source}", account.id),
        at: clock::now(),
        actor: actor(account),
        act,
    };
    Ok(app.act(run, envelope).await?)
}

/// `GET /api/runs/{run}/check`: the proof that ledger, balances and papers agree.
///
/// # Errors
/// Where there is no such run, or it is not theirs.
pub async fn check(
    State(app): State<App>,
    SignedIn(account): SignedIn,
    Path(run): Path<RunId>,
) -> Result<Json<Report>, Fault> {
    visible(&app, &account, run).await?;
    Ok(Json(stock::check(&app.db().pool, run).await?))
}
