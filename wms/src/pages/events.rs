//! Everything that happened in a run.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Response};
use futures_util::stream::try_unfold;
use rules::core::clock::Zone;
use rules::core::paper::PaperKind;
use rules::locale::{Lang, Words};
use rules::{Actor, Event, Step};
use serde::Deserialize;
use uplink::UnixMillis;

use super::station::RunHead;
use super::{Turn, sheet};
use crate::http::{Fault, Frame, Path, Query, SignedIn, Web};
use crate::identity::Names;
use crate::pages::view::acts;
use crate::store::{self, StoreError};

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

/// What a device told that became no act.
#[derive(Clone, Debug, Default)]
pub struct AsideRow {
    /// When.
    pub time: String,
    /// What.
    pub what: String,
    /// Why it became none.
    pub why: String,
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
    /// Acts, newest first; as many as a page holds.
    pub rows: Vec<EventRow>,
    /// The way to older and newer ones.
    pub turn: Turn,
    /// Number of the work log.
    pub log_paper: Option<String>,
    /// What was set aside, in a sentence; empty where nothing was.
    pub aside: String,
    /// The newest of it.
    pub asides: Vec<AsideRow>,
    /// Whether the log is to be written now.
    pub may_log: bool,
}

/// Acts on one page.
const PAGE: i64 = 100;
/// Acts that a file reads at once.
const PIECE: i64 = 500;

/// From where on.
#[derive(Deserialize)]
pub struct Before {
    /// Acts before this one; the newest without it.
    #[serde(default)]
    before: Option<i64>,
}

/// Acts set aside that are shown, at most.
const ASIDES: i64 = 20;

/// An act's time, marked where no clock is sure of it.
fn time(event: &Event, time: String, w: &Words) -> String {
    match event.certain {
        Some(false) => w.with_one("events.uncertain", "time", time),
        _ => time,
    }
}

/// An act, its time beside pages that bear the day of `began`.
fn row(event: &Event, began: UnixMillis, names: &Names, w: &Words, zone: &Zone) -> EventRow {
    let (class, mark) = event.words.as_ref().map_or(("", ""), |words| acts::mark(words.mark));
    EventRow {
        no: event.no,
        time: time(event, zone.time_on(event.at, began), w),
        who: match &event.actor {
            Actor::Person { id, .. } => names.person(*id),
            Actor::Device { .. } => w.get("events.device").to_owned(),
            Actor::System => w.get("events.system").to_owned(),
        },
        what: acts::what(&event.act, w),
        class,
        mark,
        said: event
            .words
            .as_ref()
            .map(|words| crate::pages::view::station::headline(words, w))
            .unwrap_or_default(),
    }
}

/// `GET /runs/{run}/events`
pub async fn page(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(id): Path<i64>,
    Query(Before { before }): Query<Before>,
) -> Result<Html<String>, Fault> {
    let (run, head) = web.visible_run(&account, id, frame.lang).await?;
    let w = frame.words();
    let events = store::events_before(web.app.db(), id, before.unwrap_or(i64::MAX), PAGE).await?;
    let names = web.gate.accounts.names().await?;
    let rows = events
        .iter()
        .map(|event| row(event, run.ground.head.started_at, &names, w, &frame.zone))
        .collect();
    let ends = events.first().zip(events.last());
    let turn = ends.map_or_else(Turn::default, |(newest, oldest)| {
        let page = |before: i64| format!("/runs/{id}/events?before={before}");
        let next = newest.no.saturating_add(PAGE + 1);
        Turn {
            shown: w.fill(
                "list.shown",
                &[("from", &newest.no), ("to", &oldest.no), ("all", &run.last_act)],
            ),
            older: (oldest.no > 1).then(|| page(oldest.no)),
            newer: (newest.no < run.last_act).then(|| match next > run.last_act {
                true => format!("/runs/{id}/events"),
                false => page(next),
            }),
        }
    });
    let (count, asides) = store::asides(web.app.db(), id, ASIDES).await?;
    let aside = match count {
        0 => String::new(),
        count => w.with_one("events.aside", "count", count),
    };
    let asides = asides
        .iter()
        .map(|aside| AsideRow {
            time: frame.zone.time_on(aside.at, run.ground.head.started_at),
            what: acts::aside(&aside.body, w),
            why: w.get(aside.why.key()).to_owned(),
        })
        .collect();
    let log_paper = run
        .ground
        .paper(PaperKind::WorkLog, None)
        .map(|paper| paper.number.clone());
    let may_log = run.step() == Step::Log && !run.ground.closed;
    Ok(Html(
        EventsPage {
            w,
            run: head,
            rows,
            turn,
            aside,
            asides,
            log_paper,
            may_log,
            frame,
        }
        .render()?,
    ))
}

/// `GET /runs/{run}/events.csv`, and the same as `.xlsx`
pub async fn export(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(id): Path<i64>,
) -> Result<Response, Fault> {
    web.visible_run(&account, id, Lang::default()).await?;
    let (db, w, zone) = (web.app.db().clone(), frame.words(), frame.zone.clone());
    let names = web.gate.accounts.names().await?;
    let line = move |event: &Event| {
        let row = row(event, event.at, &names, w, &zone);
        [
            row.no.to_string(),
            time(event, zone.date_time(event.at), w),
            zone.date_time(event.arrived_at),
            row.who,
            row.what,
            row.mark.to_owned(),
            row.said,
        ]
    };
    // Piece by piece: a long run's file is whole, and never whole in memory.
    let pieces = try_unfold(0, move |after| {
        let (db, line) = (db.clone(), line.clone());
        async move {
            let events = store::events_after(&db, id, after, PIECE).await?;
            let last = events.last().map(|event| event.no);
            Ok::<_, StoreError>(last.map(|last| (events.iter().map(line).collect::<Vec<_>>(), last)))
        }
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
    sheet::stream(&frame.path, &format!("events-{id}"), head, &[0], pieces).await
}
