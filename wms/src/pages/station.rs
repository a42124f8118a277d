//! The station's screen: one thing to do now, the shelf as it shines, one sentence about the last act.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use print::svg;
use rules::core::crew::Account;
use rules::core::sentence::Sentence;
use rules::locale::{Lang, Words};
use rules::{Act, ActEnvelope, Step};
use serde::{Deserialize, Serialize};

use crate::access::actor;
use crate::clock;
use crate::http::{Fault, Frame, Json, Path, SignedIn, Web};
use crate::pages::view::{station as view, task};

/// A scan kept by a page that was offline may be so old, in milliseconds.
const MOST_BEHIND: i64 = 12 * 60 * 60 * 1000;

/// A run as pages name it.
#[derive(Clone, Debug, Default)]
pub struct RunHead {
    /// Number.
    pub id: i64,
    /// Name of the scenario.
    pub scenario: String,
    /// Number of the station.
    pub station_id: i64,
    /// Name of the station.
    pub station: String,
    /// Name of the group.
    pub group: String,
    /// When it began.
    pub started_at: i64,
    /// The day on which it began (`2026-11-23`).
    pub day: String,
    /// When its work was over: its clock stands there. None while it goes on.
    pub ended_at: Option<i64>,
    /// Number of its last act.
    pub last_act: i64,
    /// Whether all is done.
    pub done: bool,
}

impl RunHead {
    /// Its other pages: address and key of the name.
    pub fn pages(&self) -> [(String, &'static str); 3] {
        [
            ("papers", "nav.papers"),
            ("ledger", "nav.ledger"),
            ("events", "nav.events"),
        ]
        .map(|(page, key)| (format!("/runs/{}/{page}", self.id), key))
    }
}

/// What to do now.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// Verb and how far (`拣货 · 4 / 9 行`).
    pub verb: String,
    /// Place; the biggest word. Empty where the task has none.
    pub place: String,
    /// Goods.
    pub goods: String,
    /// Code, lot, rule.
    pub detail: String,
    /// How many; empty where it is not said (blind count).
    pub quantity: String,
    /// Of what.
    pub unit: String,
    /// What the hands do, for who does it the first time.
    pub hint: String,
}

/// A line of what follows or is done.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Mark (→ ✓ 短).
    pub mark: String,
    /// Its style: `right`, `wait`, or none.
    pub class: &'static str,
    /// What.
    pub text: String,
    /// How many.
    pub quantity: String,
}

/// One position of the shelf.
#[derive(Clone, Debug, Default)]
pub struct Slot {
    /// Level and slot (`02-03`).
    pub label: String,
    /// Style of its light: `a` … `d`, `done`, `wrong`, `wait`, or none.
    pub light: &'static str,
    /// Letter or word of that light, for who does not tell colours.
    pub letter: String,
    /// How it shines: `blink`, `fast`, or none.
    pub mode: &'static str,
    /// What its digits say.
    pub digits: String,
    /// Whether it does not answer.
    pub dead: bool,
}

/// The shelf as it is drawn.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// Levels from the top.
    pub levels: Vec<Vec<Slot>>,
    /// Style: `dark` where nothing shines, `away` where it does not answer, or none.
    pub class: &'static str,
    /// Mark before the word.
    pub mark: &'static str,
    /// What there is to say about it; empty where its lights say all.
    pub word: String,
}

/// What was said about the last act.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Number of the act.
    pub act: i64,
    /// `right`, `wrong`, `stored`, or `plain` where nothing was judged.
    pub verdict: &'static str,
    /// Mark.
    pub mark: &'static str,
    /// What it was, and what it should have been.
    pub headline: String,
    /// What to do now.
    pub advice: String,
}

/// A button that does what its barcode does.
#[derive(Clone, Debug, Default)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What its barcode says.
    pub code: String,
    /// The one to press next.
    pub primary: bool,
}

impl Button {
    /// Its barcode.
    pub fn barcode(&self) -> String {
        svg::code128(&self.code, 40)
    }
}

/// A stage of the drill.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// Name.
    pub name: String,
    /// `done`, `now` or `later`.
    pub state: &'static str,
}

/// Devices of the station.
#[derive(Clone, Debug, Default)]
pub struct Health {
    /// Style of its chip.
    pub class: &'static str,
    /// What it says.
    pub text: String,
    /// The same where there is no room for words (`● 4/4`).
    pub short: String,
}

/// The page.
#[derive(Template)]
#[template(path = "station.html")]
pub struct StationPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Now, by the server's clock.
    pub now: i64,
    /// Which run.
    pub run: RunHead,
    /// All stages.
    pub stages: Vec<Stage>,
    /// What to do now.
    pub task: Task,
    /// What to do at the front panel; empty where there is none, or nothing to do.
    pub at_panel: String,
    /// The shelf.
    pub shelf: Shelf,
    /// What follows.
    pub next: Vec<Line>,
    /// What is done, newest first.
    pub done: Vec<Line>,
    /// About the last act.
    pub said: Said,
    /// Devices.
    pub health: Health,
    /// Buttons.
    pub commands: Vec<Button>,
    /// Where the task is done, if not here: address and name.
    pub link: Option<(String, String)>,
}

/// `GET /runs/{run}`
pub async fn page(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(id): Path<i64>,
) -> Result<Html<String>, Fault> {
    let (run, head) = web.visible_run(&account, id, frame.lang).await?;
    let w = frame.words();
    let (next, done) = view::lists(&run, w);
    let page = StationPage {
        now: clock::now(),
        stages: view::stages(&run, w),
        task: Task {
            hint: task::hint(&run, web.printer_of(run.ground.head.station).await?, w),
            ..task::task(&run, w)
        },
        at_panel: if frame.panel_url.is_some() {
            task::at_panel(&run, w)
        } else {
            String::new()
        },
        shelf: view::shelf(&run, &web.shelf_of(run.ground.head.station).await?, w),
        next,
        done,
        said: view::said(&run, w),
        health: web.health(run.ground.head.station, w).await?,
        commands: view::commands(&run, w),
        link: match run.step() {
            Step::Log => Some((format!("/runs/{id}/events#log"), w.get("station.write_log").to_owned())),
            Step::Done => Some((format!("/runs/{id}/papers"), w.get("home.papers").to_owned())),
            _ => None,
        },
        run: head,
        w,
        frame,
    };
    Ok(Html(page.render()?))
}

/// So many characters at most are one code.
const LONGEST_CODE: usize = 200;

/// How pages keep a scan that they could not send yet, and the newest that is read here.
const SCAN_FORMAT: i64 = 1;

fn first_format() -> i64 {
    1
}

/// A scan that a page passes on.
#[derive(Deserialize)]
pub struct Scan {
    /// [`SCAN_FORMAT`] of the page's program.
    #[serde(default = "first_format")]
    format: i64,
    /// Its own id: a repeat gets the first answer.
    id: String,
    code: String,
    /// Number of the account that scanned it; none from pages older than this field.
    #[serde(default)]
    who: Option<i64>,
    /// Last act on the page when its button was pressed; none for a scan.
    #[serde(default)]
    seen: Option<i64>,
    /// When it was read, by the page's clock: believed only where no age is told.
    at: i64,
    /// How long ago that was when it was sent, ms, by a clock that is never set. None after the page was loaded anew.
    #[serde(default)]
    age: Option<u64>,
}

/// What is answered to it. It names the scan: by this a page knows the WMS's own word about it from a proxy's.
#[derive(Serialize)]
pub struct Told {
    /// Id of the scan.
    scan: String,
    /// Number of the act.
    act: Option<i64>,
    /// `right`, `wrong` or `neutral`.
    verdict: Option<&'static str>,
    was: String,
    then: String,
}

/// That a scan is not taken.
#[derive(Serialize)]
pub struct Refused {
    /// Id of the scan.
    scan: String,
    /// Whether it is to be kept and sent again; else it never will be taken.
    keep: bool,
    /// Why, in one sentence.
    error: String,
    /// What to do, in one sentence; or empty.
    advice: String,
}

/// `POST /runs/{run}/scans`
pub async fn scan(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(run): Path<i64>,
    Json(scan): Json<Scan>,
) -> Result<Response, Fault> {
    let w = frame.words();
    let id = scan.id.clone();
    let refused = |keep: bool, status: StatusCode, error: String, advice: &str| {
        let refused = Refused {
            scan: id.clone(),
            keep,
            error,
            advice: w.get(advice).to_owned(),
        };
        (status, Json(refused)).into_response()
    };
    // Kept since somebody else was signed in: theirs, and nobody else's.
    if scan.who.is_some_and(|who| who != account.id) {
        let error = w.get("station.not_yours").to_owned();
        return Ok(refused(true, StatusCode::CONFLICT, error, "station.not_yours_then"));
    }
    if scan.format > SCAN_FORMAT {
        let error = w.get("station.newer").to_owned();
        return Ok(refused(true, StatusCode::CONFLICT, error, "station.newer_then"));
    }
    match take(frame.lang, &account, &web, run, scan).await {
        Ok(told) => Ok(Json(told).into_response()),
        Err(Fault::Bad(why) | Fault::Conflict(why)) => Ok(refused(
            false,
            StatusCode::BAD_REQUEST,
            w.say(&why),
            "station.bad_scan_then",
        )),
        Err(Fault::NotFound) => {
            let error = w.get("station.no_run").to_owned();
            Ok(refused(false, StatusCode::NOT_FOUND, error, "station.no_run_then"))
        }
        Err(fault) => Err(fault),
    }
}

async fn take(lang: Lang, account: &Account, web: &Web, run: i64, scan: Scan) -> Result<Told, Fault> {
    let (state, _) = web.visible_run(account, run, lang).await?;
    let plain = |text: &str| (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let length = scan.code.chars().count();
    if length > LONGEST_CODE {
        let why = Sentence::new("station.long_scan")
            .with("count", length)
            .with("most", LONGEST_CODE);
        return Err(Fault::Bad(why));
    }
    // What was typed is kept as it was typed: codes are folded where they are read.
    let act = Act::Scan {
        code: scan.code,
        aim: None,
        seen: scan.seen,
    };
    if !plain(&scan.id) || !act.fits() {
        return Err(Fault::Bad(Sentence::new("station.bad_scan")));
    }
    // A page's clock is believed as far as it makes sense: not later than now, not from before the run.
    let now = clock::now();
    // By how long ago it was, where the page could measure that.
    let (at, certain) = match scan.age.map(|age| i64::try_from(age).unwrap_or(i64::MAX)) {
        Some(age) => (now.saturating_sub(age.min(MOST_BEHIND)), true),
        None => (scan.at.clamp(now - MOST_BEHIND, now), false),
    };
    // A run may have begun by a clock that was ahead.
    let at = at.max(state.ground.head.started_at.min(now));
    let source = format!("page:{}:{}", account.id, scan.id);
    let answer = web
        .app
        .act(
            run,
            ActEnvelope {
                source,
                at,
                certain,
                actor: actor(account),
                act,
            },
        )
        .await?;
    let w = lang.words();
    let words = answer.words.as_ref();
    Ok(Told {
        scan: scan.id,
        act: answer.no,
        verdict: words.map(|words| view::mark(words.mark).0),
        was: words.map(|words| view::headline(words, w)).unwrap_or_default(),
        then: words
            .and_then(|words| words.then.as_ref())
            .map(|then| w.say(then))
            .unwrap_or_default(),
    })
}
