//! Pages that watch a floor at work: from an act's commit to the whole page that shows it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use floor_tests::{Database, Floor, Person};
use serde_json::json;

use crate::memory::Memory;
use crate::row::{Budget, Row, percentile};

const RUNS: u8 = 8;
const PAGES: usize = 200;
/// Acts a second, of all runs.
const RATE: u32 = 20;
const LAST: Duration = Duration::from_secs(20);
/// As a browser does (`live.js`): not drawn more often.
const APART: Duration = Duration::from_millis(200);

/// When an act of a run was answered, or was on a page.
type Moments<T> = Arc<Mutex<T>>;
type Act = (i64, i64);

fn locked<T>(moments: &Moments<T>) -> MutexGuard<'_, T> {
    moments.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The rows.
///
/// # Errors
/// When the floor does not start, or a page does not come.
pub async fn rows() -> Result<Vec<Row>> {
    let floor = Floor::start(Database::Sqlite, RUNS).await?;
    let teacher = Arc::new(Person::sign_in(&floor.url, "chen").await?);
    let (answered, drawn) = (
        Moments::<HashMap<Act, Instant>>::default(),
        Moments::<Vec<(Act, Instant)>>::default(),
    );
    let (mut runs, mut pages) = (Vec::new(), Vec::new());
    for station in 1..=RUNS {
        let start = json!({ "scenario": "first-drill", "station": station, "group": 1 });
        let run = teacher.post("/api/runs", &start).await?["id"]
            .as_i64()
            .context("a number")?;
        runs.push(run);
    }
    for (_, run) in (0..PAGES).zip(runs.iter().copied().cycle()) {
        pages.push(tokio::spawn(watch(Arc::clone(&teacher), run, Arc::clone(&drawn))));
    }
    // All have drawn once.
    tokio::time::sleep(Duration::from_secs(3)).await;
    locked(&drawn).clear();
    let begin = Instant::now();
    let mut beat = tokio::time::interval(Duration::from_secs(1) / RATE);
    let mut acts = 0;
    while begin.elapsed() < LAST {
        beat.tick().await;
        let (teacher, answered) = (Arc::clone(&teacher), Arc::clone(&answered));
        let run = *runs.get(acts % runs.len()).context("a run")?;
        tokio::spawn(async move {
            let answer = teacher.act(run, &json!({ "do": "scan", "code": "4711" })).await?;
            let no = answer["no"].as_i64().context("a number")?;
            locked(&answered).insert((run, no), Instant::now());
            anyhow::Ok(())
        });
        acts += 1;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let memory = Memory::of(floor.wms.pid().context("the WMS runs")?)?;
    for page in pages {
        ensure!(!page.is_finished(), "a page stopped watching: {:?}", page.await);
        page.abort();
    }
    let answered = locked(&answered).clone();
    ensure!(
        answered.len() == acts,
        "{} of {acts} acts were answered",
        answered.len()
    );
    let drawn = std::mem::take(&mut *locked(&drawn));
    let shown = drawn.iter().filter_map(|(act, at)| Some((at, answered.get(act)?)));
    let mut waits: Vec<f64> = shown
        .map(|(at, answered)| at.saturating_duration_since(*answered).as_secs_f64() * 1_000.0)
        .collect();
    let wanted = acts * PAGES / runs.len();
    ensure!(waits.len() == wanted, "{} of {wanted} drawings", waits.len());
    let how = format!(
        "{PAGES} pages on {RUNS} runs, {RATE} acts a second in all for {} s: {} drawings, each from the act's answer to the whole page",
        LAST.as_secs(),
        waits.len()
    );
    let row = |what: &str, measured, unit, budget| Row {
        what: what.to_owned(),
        measured,
        limit: None,
        unit,
        budget,
        how: how.clone(),
    };
    Ok(vec![
        row(
            "commit → page p50, 200 pages watching",
            percentile(&mut waits, 50),
            "ms",
            Budget::Shown,
        ),
        row(
            "commit → page p99, 200 pages watching",
            percentile(&mut waits, 99),
            "ms",
            Budget::AtMost(100.0),
        ),
        row(
            "WMS, most memory, 200 pages watching",
            memory.most,
            "MiB",
            Budget::AtMost(256.0),
        ),
    ])
}

/// One page: hears of acts, asks for itself again, and notes when it showed which.
async fn watch(person: Arc<Person>, run: i64, drawn: Moments<Vec<(Act, Instant)>>) -> Result<()> {
    let path = format!("/runs/{run}");
    let mut stream = person.stream(&format!("{path}/live")).await?;
    let mut shown = 0;
    let mut last = Instant::now();
    loop {
        let heard = stream.chunk().await?.context("the stream ends")?;
        if !heard.windows(3).any(|at| at == b"id:") {
            continue;
        }
        tokio::time::sleep(APART.saturating_sub(last.elapsed())).await;
        last = Instant::now();
        let page = String::from_utf8(person.page(&path).await?)?;
        ensure!(page.contains("</html>"), "the page is not whole");
        let seen = page
            .split("data-seen=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let seen: i64 = seen.context("a page says what it shows")?.parse()?;
        let at = Instant::now();
        locked(&drawn).extend((shown + 1..=seen).map(|no| ((run, no), at)));
        shown = shown.max(seen);
    }
}
