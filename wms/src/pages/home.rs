//! The first page: continue, begin, begin again.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::{Html, IntoResponse, Redirect, Response};
use rules::Scenario;
use rules::core::crew::Role;
use rules::locale::Words;
use serde::Deserialize;

use super::Choice;
use super::of_web::{station_name, text};
use super::station::RunHead;
use crate::access::{actor, may_see};
use crate::http::{Fault, Form, Frame, SignedIn, Web};
use crate::pages::view::station::{percent, step_words};
use crate::{clock, store};

/// A run that is going on, or just ended.
#[derive(Clone, Debug, Default)]
pub struct RunCard {
    /// Which.
    pub run: RunHead,
    /// Its scenario's id.
    pub scenario_id: String,
    /// Its station's number.
    pub station_id: i64,
    /// Its group's number.
    pub group_id: i64,
    /// What is being done.
    pub step: String,
    /// How far, from 0 to 100.
    pub percent: u8,
}

/// A scenario to choose.
#[derive(Clone, Debug, Default)]
pub struct ScenarioCard {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Brief.
    pub brief: String,
}

/// The page.
#[derive(Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Now, by the server's clock.
    pub now: i64,
    /// Who the reader is, and what they can do here.
    pub who: String,
    /// The reader's runs.
    pub current: Vec<RunCard>,
    /// Whether they may begin one.
    pub may_start: bool,
    /// What can be begun.
    pub scenarios: Vec<ScenarioCard>,
    /// Where.
    pub stations: Vec<Choice>,
    /// By whom.
    pub groups: Vec<Choice>,
}

/// `GET /`
pub async fn page(frame: Frame, SignedIn(account): SignedIn, State(web): State<Web>) -> Result<Response, Fault> {
    if account.role == Role::Technician {
        return Ok(Redirect::to("/devices").into_response());
    }
    let (w, lang) = (frame.words(), frame.lang);
    let stations = store::stations(web.app.db()).await?;
    let mut current = Vec::new();
    for run in stations.iter().filter_map(|station| station.run) {
        let state = web.app.run_state(run).await?;
        if !may_see(&account, &state.ground.head) {
            continue;
        }
        current.push(RunCard {
            run: web.head(&state, lang).await?,
            scenario_id: state.ground.head.scenario.clone(),
            station_id: state.ground.head.station,
            group_id: state.ground.head.group,
            step: step_words(&state, w),
            percent: percent(&state),
        });
    }
    let mut groups = web.gate.accounts.groups().await?;
    if let Some(own) = &account.group {
        groups.retain(|group| group.id == own.id);
    }
    // Offered first: the first station and group that are idle.
    let free = stations.iter().position(|station| station.run.is_none()).unwrap_or(0);
    let idle = groups
        .iter()
        .position(|group| current.iter().all(|card| card.group_id != group.id))
        .unwrap_or(0);
    let stations = stations.into_iter().enumerate().map(|(index, station)| Choice {
        id: station.id,
        name: station_name(station.id, w),
        chosen: index == free,
    });
    let groups = groups.into_iter().enumerate().map(|(index, group)| Choice {
        id: group.id,
        name: group.name,
        chosen: index == idle,
    });
    let scenario = |scenario: &Scenario| ScenarioCard {
        id: scenario.id.clone(),
        title: text(&scenario.title, lang).to_owned(),
        brief: text(&scenario.brief, lang).to_owned(),
    };
    let group = account
        .group
        .as_ref()
        .map(|group| group.name.as_str())
        .unwrap_or_default();
    let who = match account.role {
        Role::Student => "home.who_student",
        _ => "home.who_instructor",
    };
    let page = HomePage {
        now: clock::now(),
        who: w.fill(who, &[("name", &account.name), ("group", &group)]),
        current,
        may_start: account.role == Role::Instructor || account.group.is_some(),
        scenarios: web.app.scenarios().iter().map(scenario).collect(),
        stations: stations.collect(),
        groups: groups.collect(),
        w,
        frame,
    };
    Ok(Html(page.render()?).into_response())
}

/// A run to begin.
#[derive(Deserialize)]
pub struct Start {
    scenario: String,
    station: i64,
    group: i64,
}

/// `POST /runs`
pub async fn start(
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Form(form): Form<Start>,
) -> Result<Redirect, Fault> {
    if account.role == Role::Student && account.group.as_ref().is_none_or(|group| group.id != form.group) {
        return Err(Fault::OtherGroup);
    }
    let head = web
        .app
        .start_run(&form.scenario, form.group, form.station, actor(&account))
        .await?;
    Ok(Redirect::to(&format!("/runs/{}", head.id)))
}

/// `GET /papers`, `/ledger`, `/events`: those of the reader's latest run.
pub async fn latest(SignedIn(account): SignedIn, State(web): State<Web>, uri: Uri) -> Result<Redirect, Fault> {
    let db = web.app.db();
    let latest = match (account.role, &account.group) {
        // A student of no group sees none.
        (Role::Student, None) => None,
        (Role::Student, Some(group)) => store::newest_run(db, Some(group.id)).await?,
        _ => store::newest_run(db, None).await?,
    };
    Ok(match latest {
        Some(run) => Redirect::to(&format!("/runs/{run}{}", uri.path())),
        None => Redirect::to("/"),
    })
}
