//! Everything that happened in a run.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Response};

use super::csv;
use super::station::RunHead;
use crate::locale::{Lang, Words};
use crate::training::{Actor, Event, PaperKind, Step, store};
use crate::web::view::{self, acts};
use crate::web::{Fault, Frame, SignedIn, Web};

/// One act.
#[derive(Clone, Debug, Default)]
pub struct EventRow {
    /// Number.
    pub no: i64,
    /// When.
    pub time: String,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// Style.
    pub class: &'static str,
    /// Mark.
    pub mark: &'static str,
    /// What was said.
    pub said: String,
}

/// Everything that happened in a run.
#[derive(Template)]
#[template(path = "events.html")]
pub struct EventsPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Which run.
    pub run: RunHead,
    /// Acts, newest first.
    pub rows: Vec<EventRow>,
    /// Number of the work log.
    pub log_paper: Option<String>,
    /// Whether the log is to be written now.
    pub may_log: bool,
}

fn row(event: &Event, w: &Words) -> EventRow {
    let (class, mark) = event.words.as_ref().map_or(("", ""), |words| acts::mark(words.mark));
    EventRow {
        no: event.no,
        time: view::time(event.at),
        who: match &event.actor {
            Actor::Person { name, .. } => name.clone(),
            Actor::Device { .. } => w.get("events.device").to_owned(),
            Actor::System => w.get("events.system").to_owned(),
        },
        what: acts::what(&event.act, w),
        class,
        mark,
        said: event.words.as_ref().map(|words| w.say(&words.was)).unwrap_or_default(),
    }
}

/// `GET /runs/{run}/events`
pub async fn page(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(id): Path<i64>,
) -> Result<Html<String>, Fault> {
    let (run, head) = web.visible_run(&account, id, frame.lang).await?;
    let w = frame.words();
    let events = store::events(&web.app.db().pool, id, 0).await?;
    let rows = events.iter().rev().map(|event| row(event, w)).collect();
    let log_paper = run.paper(PaperKind::WorkLog, None).map(|paper| paper.number.clone());
    let may_log = run.step() == Step::Log && !run.closed;
    Ok(Html(
        EventsPage {
            w,
            run: head,
            rows,
            log_paper,
            may_log,
            frame,
        }
        .render()?,
    ))
}

/// `GET /runs/{run}/events.csv`
pub async fn export(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(id): Path<i64>,
) -> Result<Response, Fault> {
    web.visible_run(&account, id, Lang::default()).await?;
    let events = store::events(&web.app.db().pool, id, 0).await?;
    let rows = events.iter().map(|event| {
        let row = row(event, frame.words());
        let arrived = view::date_time(event.arrived_at);
        [
            row.no.to_string(),
            view::date_time(event.at),
            arrived,
            row.who,
            row.what,
            row.mark.to_owned(),
            row.said,
        ]
    });
    let head = [
        "ledger.act",
        "ledger.time",
        "events.arrived",
        "events.who",
        "events.what",
        "events.mark",
        "events.said",
    ]
    .map(|key| frame.words().get(key));
    Ok(csv::file(&format!("events-{id}.csv"), head, rows))
}
