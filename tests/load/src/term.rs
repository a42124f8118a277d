//! Pages after a term, beside the same pages of a file in which nothing happened before: two true WMS, asked in turn.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use floor_tests::{Database, Deed, Person, Process, free_port, until, whole_drill, wms_words};
use serde_json::json;
use wms::store::Db;

use crate::row::{Budget, Row, percentile};

/// What a term leaves behind: runs, acts of each, acts of the longest, words of each of two shelves about itself.
const RUNS: i64 = 2_000;
const ACTS: i64 = 100;
const LONG: i64 = 16_000;
const WORDS: i64 = 25_000;
/// Each page is asked for so often, after some times that warm caches.
const ASKED: usize = 200;
const WARM_UP: usize = 10;
/// Scans that nobody wanted, so that the run at work fills a page of events.
const WRONG: usize = 100;
/// More than on an empty file by so much is allowed whatever the ratio (ms).
const OR_MORE: f64 = 1.0;
const SHELVES: [&str; 2] = ["5649525400000101", "5649525400000201"];

/// A WMS with a run at work.
struct House {
    _wms: Process,
    _folder: tempfile::TempDir,
    teacher: Person,
    technician: Person,
    student: Person,
    run: i64,
}

/// The rows.
///
/// # Errors
/// When a WMS does not answer, or the file can't be filled.
pub async fn rows() -> Result<Vec<Row>> {
    let empty = House::begin(false).await?;
    let full = House::begin(true).await?;
    let mut rows = Vec::new();
    for what in [
        "board",
        "devices",
        "station",
        "papers",
        "events",
        "events of the longest run",
        "/papers",
    ] {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for _ in 0..WARM_UP {
            empty.ask(what, false).await?;
            full.ask(what, true).await?;
        }
        for _ in 0..ASKED {
            before.push(empty.ask(what, false).await?);
            after.push(full.ask(what, true).await?);
        }
        let limit = percentile(&mut before, 50);
        rows.push(Row {
            what: format!("{what} after a term, on SQLite"),
            measured: percentile(&mut after, 50),
            limit: Some(limit),
            unit: "ms",
            budget: Budget::AtMost(((1.0 + OR_MORE / limit) * 100.0).round().max(130.0) / 100.0),
            how: format!(
                "{RUNS} runs, {} acts, {} words of devices, one run of {LONG} acts; limit: the same page of an empty file; \
                 asked in turn, median of {ASKED}; at most 1.3 times, or {OR_MORE} ms more",
                (RUNS - 1) * ACTS + LONG,
                2 * WORDS
            ),
        });
    }
    Ok(rows)
}

impl House {
    async fn begin(term: bool) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let web = free_port()?;
        let url = format!("http://127.0.0.1:{web}");
        let mut wms = Process::start(
            "wms",
            "wms",
            wms_words(&Database::Sqlite, folder.path(), web),
            folder.path(),
        )?;
        let student = signed_in(&url, "zhang").await?;
        let template = at_work(&student).await?;
        wms.kill();
        fill(folder.path(), template, term).await?;
        wms.begin()?;
        let student = signed_in(&url, "zhang").await?;
        let run = at_work(&student).await?;
        for scan in 0..WRONG {
            let act = json!({ "do": "scan", "code": format!("4711{scan}") });
            student.act(run, &act).await?;
        }
        Ok(Self {
            _wms: wms,
            _folder: folder,
            teacher: Person::sign_in(&url, "chen").await?,
            technician: Person::sign_in(&url, "sun").await?,
            student,
            run,
        })
    }

    /// Milliseconds until the whole page is there.
    async fn ask(&self, what: &str, term: bool) -> Result<f64> {
        let run = self.run;
        let (person, path) = match what {
            "board" => (&self.teacher, "/board".to_owned()),
            "devices" => (&self.technician, "/devices".to_owned()),
            "station" => (&self.student, format!("/runs/{run}")),
            "papers" => (&self.student, format!("/runs/{run}/papers")),
            "events" => (&self.student, format!("/runs/{run}/events")),
            "/papers" => (&self.student, "/papers".to_owned()),
            _ => {
                let run = if term { run - 1 } else { run };
                (&self.teacher, format!("/runs/{run}/events"))
            }
        };
        let begin = Instant::now();
        let page = person.page_or_way(&path).await?;
        let took = begin.elapsed().as_secs_f64() * 1_000.0;
        ensure!(path == "/papers" || !page.is_empty(), "{path} is empty");
        Ok(took)
    }
}

async fn signed_in(url: &str, login: &str) -> Result<Person> {
    until("the WMS", async || Person::sign_in(url, login).await).await
}

/// A drill up to its first lights.
async fn at_work(student: &Person) -> Result<i64> {
    let run = student.start_drill(1).await?;
    for deed in whole_drill()? {
        let Deed::Scan(code) = deed else { break };
        student.act(run, &json!({ "do": "scan", "code": code })).await?;
    }
    Ok(run)
}

/// Makes the floor's shelves known, and where it is asked for a term's rows, shaped as those of the run that was made.
async fn fill(folder: &Path, template: i64, term: bool) -> Result<()> {
    let db = Db::open(&format!("sqlite:{}", folder.join("floor.db").display())).await?;
    let mut tx = db.begin().await?;
    for (station, device) in (1..).zip(SHELVES) {
        let sql = "INSERT INTO device (id, gateway, kind, profile, port, firmware, units, state, last_seen, station_id) \
                   VALUES ($1, 'gateway', 'shelf', 'cangxun-shelf-24', 'port', '1.0.0', 24, '{\"is\":\"online\"}', 1, $2)";
        let shelf = sqlx::query(sql).bind(device).bind(i64::from(station));
        shelf.execute(&mut *tx).await?;
    }
    if term {
        let sql = include_str!("../../../wms/tests/term/fill.sql")
            .replace("{template}", &template.to_string())
            .replace("{runs}", &RUNS.to_string())
            .replace("{acts}", &ACTS.to_string())
            .replace("{long}", &LONG.to_string())
            .replace("{words}", &WORDS.to_string());
        for statement in sql.split("\n--\n") {
            let filled = sqlx::query(sqlx::AssertSqlSafe(statement.to_owned()));
            filled.execute(&mut *tx).await.with_context(|| statement.to_owned())?;
        }
    }
    tx.commit().await?;
    db.pool.close().await;
    Ok(())
}
