//! The papers of a run: the list, each on screen and as PDF, signing and judging.

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use print::papers::{self, PaperView};
use print::{labels, svg};
use rules::core::paper::{Paper, PaperKind, PaperState};
use rules::core::sentence::Sentence;
use rules::locale::{Lang, Words};
use rules::{Act, Answer, Mark, RunState};
use serde::Deserialize;

use super::sheet;
use super::station::RunHead;
use crate::http::form::Empty;
use crate::http::{Fault, Form, Frame, Path, SignedIn, Web};
use crate::pages::view::forms;

/// A paper in the list.
#[derive(Clone, Debug, Default)]
pub struct PaperRow {
    /// Number.
    pub number: String,
    /// What it is.
    pub kind: String,
    /// What it is about.
    pub about: String,
    /// State.
    pub state: String,
    /// Style of the state.
    pub class: &'static str,
    /// When and by whom it was made.
    pub made: String,
}

/// All papers of a run.
#[derive(Template)]
#[template(path = "papers.html")]
pub struct PapersPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Which run.
    pub run: RunHead,
    /// Papers.
    pub rows: Vec<PaperRow>,
    /// Labels: number of the job, and what the barcode says.
    pub labels: Vec<(u32, String)>,
    /// Whether labels may be printed again.
    pub may_reprint: bool,
}

/// One paper.
#[derive(Template)]
#[template(path = "paper.html")]
pub struct PaperPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Which run.
    pub run: RunHead,
    /// The form.
    pub paper: PaperView,
    /// Its number as Code 128.
    pub barcode: String,
    /// State.
    pub state: String,
    /// Style of the state.
    pub state_class: &'static str,
    /// Why it was sent back.
    pub remark: String,
    /// Characters that its print can't show.
    pub unprintable: String,
    /// As whom the reader may sign: name in the rules, name for people.
    pub to_sign: Vec<(String, String)>,
    /// Whether the reader may accept it or send it back.
    pub may_judge: bool,
    /// Whether the reader may hand it in again.
    pub may_hand_in: bool,
    /// The log's text, where it is the log that may be handed in again.
    pub log_text: Option<String>,
}

fn state(state: PaperState, w: &Words) -> (String, &'static str) {
    let (key, class) = match state {
        PaperState::Draft => ("papers.draft", ""),
        PaperState::Submitted => ("papers.submitted", "wait"),
        PaperState::Accepted => ("papers.accepted", "right"),
        PaperState::Returned => ("papers.returned", "wrong"),
    };
    (w.get(key).to_owned(), class)
}

/// `GET /runs/{run}/papers`
pub async fn list(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(run): Path<i64>,
) -> Result<Html<String>, Fault> {
    let (run, head) = web.visible_run(&account, run, frame.lang).await?;
    let w = frame.words();
    let names = web.gate.accounts.names().await?;
    let row = |paper: &Paper| {
        let (state, class) = state(paper.state, w);
        PaperRow {
            number: paper.number.clone(),
            kind: w.get(paper.kind.key()).to_owned(),
            about: forms::about(&run, paper),
            state,
            class,
            made: format!(
                "{} {}",
                frame.zone.time_on(paper.made_at, run.ground.head.started_at),
                names.by(&paper.made_by, &run.ground.head.group_name)
            ),
        }
    };
    let rows = run.ground.papers.iter().map(row).collect();
    let labels = run
        .ground
        .labels
        .iter()
        .map(|label| (label.job, label.spec.barcode().to_owned()))
        .collect();
    Ok(Html(
        PapersPage {
            w,
            may_reprint: !run.ground.closed,
            run: head,
            rows,
            labels,
            frame,
        }
        .render()?,
    ))
}

/// `GET /runs/{run}/papers.csv`, and the same as `.xlsx`
pub async fn export(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(id): Path<i64>,
) -> Result<Response, Fault> {
    let (run, _) = web.visible_run(&account, id, frame.lang).await?;
    let w = frame.words();
    let names = web.gate.accounts.names().await?;
    let rows = run.ground.papers.iter().map(|paper| {
        [
            paper.number.clone(),
            w.get(paper.kind.key()).to_owned(),
            forms::about(&run, paper),
            state(paper.state, w).0,
            frame.zone.date_time(paper.made_at),
            names.by(&paper.made_by, &run.ground.head.group_name),
        ]
    });
    let head = [
        "papers.number",
        "papers.kind",
        "papers.about",
        "papers.state",
        "ledger.time",
        "papers.made",
    ]
    .map(|key| w.get(key));
    sheet::file(&frame.path, &format!("papers-{id}"), head, &[], rows).await
}

fn find<'a>(run: &'a RunState, number: &str) -> Result<&'a Paper, Fault> {
    run.ground
        .papers
        .iter()
        .find(|paper| paper.number == number)
        .ok_or(Fault::NotFound)
}

/// `GET /runs/{run}/papers/{number}`, and the same with `.pdf`
pub async fn one(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path((run, number)): Path<(i64, String)>,
) -> Result<Response, Fault> {
    let (run, head) = web.visible_run(&account, run, frame.lang).await?;
    let w = frame.words();
    let names = web.gate.accounts.names().await?;
    let shown = forms::Shown {
        w,
        zone: &frame.zone,
        names: &names,
    };
    if let Some(number) = number.strip_suffix(".pdf") {
        let view = forms::view(&run, find(&run, number)?, &shown);
        let name = format!("inline; filename=\"{number}.pdf\"");
        // Setting type takes some tens of milliseconds: not in an async task.
        let pdf = tokio::task::spawn_blocking(move || papers::pdf(&view, w))
            .await
            .map_err(|error| Fault::ours(&error))?;
        let pdf = pdf.map_err(|error| Fault::ours(&error))?;
        let headers = [
            (header::CONTENT_TYPE, "application/pdf".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ];
        return Ok((headers, pdf).into_response());
    }
    let paper = find(&run, &number)?;
    let view = forms::view(&run, paper, &shown);
    let (state, state_class) = state(paper.state, w);
    let judge = frame.is("instructor");
    let signable = |as_whom: &&&str| {
        (**as_whom == "teacher") == judge && paper.signatures.iter().all(|signature| signature.as_whom != **as_whom)
    };
    let signers = paper.kind.signers().iter().filter(signable);
    let may_hand_in = frame.is("student") && paper.state == PaperState::Returned;
    let page = PaperPage {
        barcode: svg::code128(&paper.number, 40),
        state,
        state_class,
        remark: paper.remark.clone(),
        unprintable: view.unprintable(),
        to_sign: signers
            .map(|as_whom| ((*as_whom).to_owned(), forms::signer(as_whom, w)))
            .collect(),
        may_judge: judge && matches!(paper.state, PaperState::Submitted | PaperState::Returned),
        may_hand_in,
        log_text: run
            .ground
            .log
            .clone()
            .filter(|_| may_hand_in && paper.kind == PaperKind::WorkLog),
        paper: view,
        run: head,
        w,
        frame,
    };
    Ok(Html(page.render()?).into_response())
}

/// The answer to an act that a form asked for: back to the page, or why not.
fn back(answer: &Answer, to: &str) -> Result<Redirect, Fault> {
    match &answer.words {
        Some(words) if words.mark == Mark::Wrong => Err(Fault::Conflict(words.was.clone())),
        _ => Ok(Redirect::to(to)),
    }
}

/// As whom a paper is signed.
#[derive(Deserialize)]
pub struct Signing {
    as_whom: String,
}

/// `POST /runs/{run}/papers/{number}/sign`
pub async fn sign(
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path((run, number)): Path<(i64, String)>,
    Form(form): Form<Signing>,
) -> Result<Redirect, Fault> {
    web.visible_run(&account, run, Lang::default()).await?;
    let to = format!("/runs/{run}/papers/{number}");
    back(
        &web.act(
            &account,
            run,
            Act::Sign {
                number,
                as_whom: form.as_whom,
            },
        )
        .await?,
        &to,
    )
}

/// The teacher's judgement.
#[derive(Deserialize)]
pub struct Judgement {
    accept: String,
    #[serde(default)]
    remark: String,
}

/// `POST /runs/{run}/papers/{number}/judge`
pub async fn judge(
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path((run, number)): Path<(i64, String)>,
    Form(form): Form<Judgement>,
) -> Result<Redirect, Fault> {
    let accept = form.accept == "1";
    if !accept && form.remark.trim().is_empty() {
        return Err(Fault::Bad(Sentence::new("papers.remark_missing")));
    }
    let to = format!("/runs/{run}/papers/{number}");
    back(
        &web.act(
            &account,
            run,
            Act::Judge {
                number,
                accept,
                remark: form.remark,
            },
        )
        .await?,
        &to,
    )
}

/// `POST /runs/{run}/papers/{number}/hand-in`
pub async fn hand_in(
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path((run, number)): Path<(i64, String)>,
    Form(Empty {}): Form<Empty>,
) -> Result<Redirect, Fault> {
    web.visible_run(&account, run, Lang::default()).await?;
    let to = format!("/runs/{run}/papers/{number}");
    back(&web.act(&account, run, Act::HandIn { number }).await?, &to)
}

/// The work log as the student wrote it.
#[derive(Deserialize)]
pub struct Log {
    text: String,
}

/// `POST /runs/{run}/log`
pub async fn write_log(
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(run): Path<i64>,
    Form(form): Form<Log>,
) -> Result<Redirect, Fault> {
    web.visible_run(&account, run, Lang::default()).await?;
    let answer = web.act(&account, run, Act::WriteLog { text: form.text }).await?;
    let state = web.app.run_state(run).await?;
    let log = state
        .ground
        .paper(PaperKind::WorkLog, None)
        .map(|paper| format!("/runs/{run}/papers/{}", paper.number));
    back(&answer, &log.unwrap_or_else(|| format!("/runs/{run}")))
}

/// `GET /runs/{run}/labels/{job}`: the label's picture.
pub async fn label(
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path((run, job)): Path<(i64, u32)>,
) -> Result<Response, Fault> {
    let (run, _) = web.visible_run(&account, run, Lang::default()).await?;
    let label = run
        .ground
        .labels
        .iter()
        .find(|label| label.job == job)
        .ok_or(Fault::NotFound)?;
    let raster = labels::raster(&label.spec, Lang::default()).map_err(|error| Fault::ours(&error))?;
    let png = raster.png().map_err(|error| Fault::ours(&error))?;
    Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response())
}

/// `POST /runs/{run}/labels/{job}/reprint`
pub async fn reprint(
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path((run, job)): Path<(i64, u32)>,
    Form(Empty {}): Form<Empty>,
) -> Result<Redirect, Fault> {
    let (state, _) = web.visible_run(&account, run, Lang::default()).await?;
    let label = state.ground.labels.iter().find(|label| label.job == job);
    let barcode = label.ok_or(Fault::NotFound)?.spec.barcode().to_owned();
    let answer = web.act(&account, run, Act::Reprint { barcode }).await?;
    back(&answer, &format!("/runs/{run}/papers"))
}
