//! Runs: their heads, where they stand, how they begin.

use rules::core::paper::PaperKind;
use rules::core::scenario::Scenario;
use rules::{RunHead, RunId, stored};
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row, Transaction};
use uplink::{Moment, UnixMillis};

use super::chain::hex;
use super::{Db, SCENARIO_FORMAT, StoreError};

fn head(row: &AnyRow) -> Result<RunHead, sqlx::Error> {
    Ok(RunHead {
        id: row.try_get("id")?,
        scenario: row.try_get("scenario_id")?,
        group: row.try_get("group_id")?,
        group_name: row.try_get("group_name")?,
        station: row.try_get("station_id")?,
        day: row.try_get("day")?,
        day_run: row.try_get("day_run")?,
        started_at: row.try_get("started_at")?,
        closed_at: row.try_get("closed_at")?,
    })
}

const HEAD: &str =
    "SELECT id, scenario_id, group_id, group_name, station_id, day, day_run, started_at, closed_at FROM run";

/// Number of the newest run; of a group's alone where one is named.
///
/// # Errors
/// Where the database refuses.
pub async fn newest_run(db: &Db, group: Option<i64>) -> Result<Option<RunId>, StoreError> {
    let query = match group {
        Some(group) => sqlx::query("SELECT id FROM run WHERE group_id = $1 ORDER BY id DESC LIMIT 1").bind(group),
        None => sqlx::query("SELECT id FROM run ORDER BY id DESC LIMIT 1"),
    };
    let row = query.fetch_optional(&db.pool).await?;
    Ok(row.map(|row| row.try_get("id")).transpose()?)
}

/// All runs, newest first; only those going on where asked.
///
/// # Errors
/// Where the database refuses.
pub async fn heads(db: &Db, open_only: bool) -> Result<Vec<RunHead>, StoreError> {
    let filter = if open_only { "WHERE closed_at IS NULL" } else { "" };
    let sql = format!("{HEAD} {filter} ORDER BY id DESC");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&db.pool).await?;
    Ok(rows.iter().map(head).collect::<Result<_, _>>()?)
}

/// A paper that was handed in and is not judged yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its run.
    pub run: RunId,
    /// Whose.
    pub group_name: String,
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: PaperKind,
}

/// Papers that wait to be judged, of runs that have left their station; newest run first, so many at most.
///
/// # Errors
/// Where the database refuses.
pub async fn waiting_papers(db: &Db, most: i64) -> Result<Vec<Waiting>, StoreError> {
    let sql = "SELECT p.run_id, p.number, p.kind, r.group_name FROM paper p JOIN run r ON r.id = p.run_id \
               WHERE p.state = 'submitted' AND NOT EXISTS (SELECT 1 FROM station s WHERE s.run_id = r.id) \
               ORDER BY p.run_id DESC, p.made_at, p.number LIMIT $1";
    let mut waiting = Vec::new();
    for row in sqlx::query(sql).bind(most).fetch_all(&db.pool).await? {
        let code: String = row.try_get("kind")?;
        let Some(kind) = PaperKind::of_code(&code) else {
            continue;
        };
        waiting.push(Waiting {
            run: row.try_get("run_id")?,
            group_name: row.try_get("group_name")?,
            number: row.try_get("number")?,
            kind,
        });
    }
    Ok(waiting)
}

/// One run and its scenario as it was when the run began.
///
/// # Errors
/// Where there is no such run.
pub async fn run(db: impl Executor<'_, Database = Any>, run: RunId) -> Result<(RunHead, Scenario), StoreError> {
    let sql = "SELECT r.id, r.scenario_id, r.group_id, r.group_name, r.station_id, r.day, r.day_run, r.started_at, r.closed_at, \
               COALESCE(s.body, r.scenario) AS scenario, COALESCE(s.format, 1) AS scenario_format \
               FROM run r LEFT JOIN scenario s ON s.hash = r.scenario_hash WHERE r.id = $1";
    let row = sqlx::query(sql)
        .bind(run)
        .fetch_optional(db)
        .await?
        .ok_or(StoreError::NoRun(run))?;
    let scenario: String = row.try_get("scenario")?;
    let format: i64 = row.try_get("scenario_format")?;
    if format > SCENARIO_FORMAT {
        return Err(StoreError::ScenarioFormat { run, format });
    }
    Ok((head(&row)?, stored::scenario(format, &scenario)?))
}

/// Number of a run's last act.
///
/// # Errors
/// Where there is no such run.
pub async fn last_act(db: &Db, run: RunId) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT last_act FROM run WHERE id = $1")
        .bind(run)
        .fetch_optional(&db.pool)
        .await?;
    Ok(row.ok_or(StoreError::NoRun(run))?.try_get("last_act")?)
}

/// Name of a group; none where there is no such group.
///
/// # Errors
/// Where the database refuses.
pub async fn group_name(db: &Db, group: i64) -> Result<Option<String>, StoreError> {
    let sql = "SELECT name FROM student_group WHERE id = $1";
    let row = sqlx::query(sql).bind(group).fetch_optional(&db.pool).await?;
    Ok(row.map(|row| row.try_get("name")).transpose()?)
}

/// The run at a station, if there is one; none where there is no such station.
///
/// # Errors
/// Where the database refuses.
pub async fn run_at(db: &Db, station: i64) -> Result<Option<Option<RunId>>, StoreError> {
    let sql = "SELECT run_id FROM station WHERE id = $1";
    let row = sqlx::query(sql).bind(station).fetch_optional(&db.pool).await?;
    Ok(row.map(|row| row.try_get("run_id")).transpose()?)
}

/// Runs of a group that are open at other stations than this.
///
/// # Errors
/// Where the database refuses.
pub async fn open_elsewhere(
    db: impl Executor<'_, Database = Any>,
    group: i64,
    station: i64,
) -> Result<Vec<RunId>, StoreError> {
    let sql = "SELECT r.id FROM run r WHERE r.group_id = $1 AND r.closed_at IS NULL AND r.station_id <> $2 \
               AND EXISTS (SELECT 1 FROM station s WHERE s.run_id = r.id) ORDER BY r.id";
    let rows = sqlx::query(sql).bind(group).bind(station).fetch_all(db).await?;
    Ok(rows.iter().map(|row| row.try_get("id")).collect::<Result<_, _>>()?)
}

/// The runs that stand at stations.
///
/// # Errors
/// Where the database refuses.
pub async fn runs_at_stations(db: &Db) -> Result<Vec<RunId>, StoreError> {
    let sql = "SELECT run_id FROM station WHERE run_id IS NOT NULL ORDER BY run_id";
    let rows = sqlx::query(sql).fetch_all(&db.pool).await?;
    Ok(rows.iter().map(|row| row.try_get("run_id")).collect::<Result<_, _>>()?)
}

/// Where a run begins.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Station.
    pub station: i64,
    /// The run that it takes the place of.
    pub before: Option<RunId>,
}

/// Makes a run's row, at its station instead of the one before. The run has no acts yet. None: another run has begun there
/// meanwhile; the transaction is to be given up.
///
/// # Errors
/// Where the database refuses.
pub async fn insert_run(
    tx: &mut Transaction<'static, Any>,
    scenario: &Scenario,
    group: (i64, &str),
    Place { station, before }: Place,
    day: i64,
    (now, made): (UnixMillis, Moment),
) -> Result<Option<RunHead>, StoreError> {
    let next = sqlx::query("SELECT COALESCE(MAX(id), 0) + 1 AS id FROM run")
        .fetch_one(&mut **tx)
        .await?;
    let nth = sqlx::query("SELECT COALESCE(MAX(day_run), 0) + 1 AS nth FROM run WHERE group_id = $1 AND day = $2")
        .bind(group.0)
        .bind(day)
        .fetch_one(&mut **tx)
        .await?;
    let head = RunHead {
        id: next.try_get("id")?,
        scenario: scenario.id.clone(),
        group: group.0,
        group_name: group.1.to_owned(),
        station,
        day,
        day_run: nth.try_get("nth")?,
        started_at: now,
        closed_at: None,
    };
    let body = serde_json::to_string(scenario)?;
    let hash = hex(&Sha256::digest(&body));
    sqlx::query("INSERT INTO scenario (hash, format, body) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING")
        .bind(&hash)
        .bind(SCENARIO_FORMAT)
        .bind(body)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "INSERT INTO run (id, scenario_id, scenario, group_id, group_name, station_id, day, day_run, started_at, last_act, \
         made_boot, made_moment, scenario_hash) VALUES ($1, $2, '', $3, $4, $5, $6, $7, $8, 0, $9, $10, $11)",
    )
    .bind(head.id)
    .bind(&head.scenario)
    .bind(head.group)
    .bind(&head.group_name)
    .bind(head.station)
    .bind(head.day)
    .bind(head.day_run)
    .bind(head.started_at)
    .bind(i64::from(made.boot))
    .bind(made.millis)
    .bind(hash)
    .execute(&mut **tx)
    .await?;
    let placed = sqlx::query("UPDATE station SET run_id = $1 WHERE id = $2 AND run_id IS NOT DISTINCT FROM $3")
        .bind(head.id)
        .bind(station)
        .bind(before)
        .execute(&mut **tx)
        .await?;
    Ok((placed.rows_affected() == 1).then_some(head))
}
