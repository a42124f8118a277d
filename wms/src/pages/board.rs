//! The instructor's board: all stations at a glance, and what needs the instructor.

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use rules::core::paper::{PaperKind, PaperState};
use rules::locale::Words;
use rules::{RunId, RunState, Step};
use uplink::DeviceState;

use super::Need;
use super::devices::gateways_away;
use super::of_web::{health, shelf_of, station_name};
use super::station::Health;
use crate::http::{Fault, Frame, Web};
use crate::pages::view::station::{percent, step_words};
use crate::pages::view::{self, acts};
use crate::{clock, store};

/// One station.
#[derive(Clone, Debug, Default)]
pub struct StationCard {
    /// Number.
    pub station_id: i64,
    /// Name.
    pub station: String,
    /// Its run.
    pub run_id: Option<i64>,
    /// Group.
    pub group: String,
    /// What is being done.
    pub step: String,
    /// How far, from 0 to 100.
    pub percent: u8,
    /// When it began.
    pub started_at: i64,
    /// Whether all is done.
    pub done: bool,
    /// Acts that were wrong.
    pub errors: usize,
    /// Whether these are so many that the instructor is told.
    pub many: bool,
    /// Devices.
    pub health: Health,
    /// Style of its frame: `bad`, `cut`, or none.
    pub class: &'static str,
}

/// Something that just happened.
#[derive(Clone, Debug, Default)]
pub struct Latest {
    /// When (`10:21:44`).
    pub time: String,
    /// Which group.
    pub group: String,
    /// Style.
    pub class: &'static str,
    /// Mark.
    pub mark: &'static str,
    /// What.
    pub text: String,
}

/// The page.
#[derive(Template)]
#[template(path = "board.html")]
pub struct BoardPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Now, by the server's clock.
    pub now: i64,
    /// How many runs and stations.
    pub summary: String,
    /// Stations, always in the same order.
    pub cards: Vec<StationCard>,
    /// What needs the instructor, worst first.
    pub needs: Vec<Need>,
    /// Newest first.
    pub latest: Vec<Latest>,
}

/// Errors of a run from which on the instructor is told.
const MANY_ERRORS: usize = 3;
/// Papers shown at most of runs that have left their station.
const WAITING: i64 = 20;
/// Acts shown of all runs.
const LATEST: i64 = 40;
/// Of these at most so many with something said.
const LINES: usize = 12;

/// `GET /board`
pub async fn page(frame: Frame, State(web): State<Web>) -> Result<Html<String>, Fault> {
    let w = frame.words();
    let db = web.app.db();
    let (mut cards, mut needs) = (Vec::new(), Vec::new());
    let devices = web.floor.devices().await?;
    let away = web.floor.gateways_away(&devices);
    for mut need in gateways_away(&away, w) {
        need.href = "/devices".to_owned();
        need.act = w.get("board.to_devices").to_owned();
        needs.push(need);
    }
    let complaints = store::complaints(db).await?;
    for station in store::stations(db).await? {
        let health = health(devices.iter().filter(|device| device.station == Some(station.id)), w);
        let name = station_name(station.id, w);
        let mut card = StationCard {
            station_id: station.id,
            station: name.clone(),
            health,
            ..StationCard::default()
        };
        if let Some(run) = station.run {
            let state = web.app.run_state(run).await?;
            card.run_id = Some(run);
            card.group = state.ground.head.group_name.clone();
            card.step = step_words(&state, w);
            card.percent = percent(&state);
            card.started_at = state.ground.head.started_at;
            card.done = state.step() == Step::Done;
            card.errors = state.errors;
            card.many = state.errors >= MANY_ERRORS;
            needs_of(&state, w, &mut needs);
        }
        card.class = match () {
            () if card.many => "bad",
            () if card.health.class == "wrong" || card.health.class == "wait" => "cut",
            () => "",
        };
        let devices_need = |class, mark, text: String| Need {
            class,
            mark,
            who: name.clone(),
            text,
            href: "/devices".to_owned(),
            act: w.get("board.to_devices").to_owned(),
        };
        let mut silent = devices
            .iter()
            .filter(|device| device.station == Some(station.id) && device.state != DeviceState::Online);
        match card.health.class {
            // Their gateway is away: that is said once.
            "wrong" | "wait"
                if silent.all(|device| device.state == DeviceState::Offline && away.contains(&device.gateway)) => {}
            "wrong" => needs.push(devices_need("wrong-text", "✕", w.get("board.devices_gone").to_owned())),
            "wait" => needs.push(devices_need("wait-text", "…", w.get("board.devices_away").to_owned())),
            _ => {}
        }
        let shelf = shelf_of(station.id, &devices, &complaints, &web.floor);
        if shelf.answers && !shelf.dead.is_empty() {
            let places: Vec<String> = shelf.dead.iter().map(|position| view::shelf_place(*position)).collect();
            let text = w.with_one("board.broken", "places", places.join(w.get("list.comma")));
            needs.push(devices_need("wait-text", "✕", text));
        }
        cards.push(card);
    }
    // Another run has their station by now; their papers wait all the same.
    let waiting = store::waiting_papers(db, WAITING).await?;
    for of_run in waiting.chunk_by(|one, other| one.run == other.run) {
        let papers = of_run.iter().map(|paper| (paper.number.as_str(), paper.kind));
        needs.extend(to_judge(of_run[0].run, papers, of_run[0].group_name.clone(), w));
    }
    // Worst first: what goes wrong, what is cut off, what only waits.
    needs.sort_by_key(|need| match need.class {
        "wrong-text" => 0,
        "wait-text" => 1,
        _ => 2,
    });
    let mut latest = Vec::new();
    for said in store::latest(db, LATEST).await? {
        let Some(words) = &said.words else { continue };
        let (class, mark) = acts::mark(words.mark);
        latest.push(Latest {
            time: frame.zone.time_on(said.at, clock::now()),
            group: said.group_name,
            class,
            mark,
            text: w.say(&words.was),
        });
        if latest.len() == LINES {
            break;
        }
    }
    let running = cards.iter().filter(|card| card.run_id.is_some() && !card.done).count();
    let summary = w.fill("board.count", &[("runs", &running), ("stations", &cards.len())]);
    Ok(Html(
        BoardPage {
            now: clock::now(),
            summary,
            cards,
            needs,
            latest,
            w,
            frame,
        }
        .render()?,
    ))
}

/// What of a run needs the instructor.
fn needs_of(run: &RunState, w: &Words, needs: &mut Vec<Need>) {
    let who = || run.ground.head.group_name.clone();
    if run.errors >= MANY_ERRORS {
        needs.push(Need {
            class: "wrong-text",
            mark: "✕",
            who: who(),
            text: w.with_one("board.many_errors", "count", run.errors),
            href: format!("/runs/{}", run.id()),
            act: w.get("board.look").to_owned(),
        });
    }
    let submitted = run
        .ground
        .papers
        .iter()
        .filter(|paper| paper.state == PaperState::Submitted);
    needs.extend(to_judge(
        run.id(),
        submitted.map(|paper| (paper.number.as_str(), paper.kind)),
        who(),
        w,
    ));
}

/// Papers of a run that wait to be judged. One line for all: seven would push out what is worse.
fn to_judge<'a>(
    run: RunId,
    papers: impl Iterator<Item = (&'a str, PaperKind)> + Clone,
    who: String,
    w: &Words,
) -> Option<Need> {
    let (number, kind) = papers.clone().next()?;
    let (text, href) = match papers.count() {
        1 => (
            w.with_one("board.paper", "paper", w.get(kind.key())),
            format!("/runs/{run}/papers/{number}"),
        ),
        count => (
            w.with_one("board.papers", "count", count),
            format!("/runs/{run}/papers"),
        ),
    };
    Some(Need {
        class: "help-text",
        mark: "?",
        who,
        text,
        href,
        act: w.get("board.judge").to_owned(),
    })
}
