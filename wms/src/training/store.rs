//! Runs, their acts and what follows from them, in the database.

use sqlx::any::AnyRow;
use sqlx::{Any, AnyPool, Row, Transaction};
use uplink::{DeviceEvent, PrintOutcome, UnixMillis};

use super::act::{Answer, Event, RunId};
use super::change::Change;
use super::head::RunHead;
use super::scenario::Scenario;
use crate::stock::{Balance, Movement, Place};

/// Why a run's rows could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused.
    #[error("the database refused: {0}")]
    Sql(#[from] sqlx::Error),
    /// What stands there can't be read by this program.
    #[error("a row can't be read: {0}")]
    Json(#[from] serde_json::Error),
    /// No such run.
    #[error("there is no run {0}")]
    NoRun(RunId),
}

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

/// All runs, newest first; only those going on where asked.
///
/// # Errors
/// Where the database refuses.
pub async fn heads(pool: &AnyPool, open_only: bool) -> Result<Vec<RunHead>, StoreError> {
    let filter = if open_only { "WHERE closed_at IS NULL" } else { "" };
    let sql = format!("{HEAD} {filter} ORDER BY id DESC");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?;
    Ok(rows.iter().map(head).collect::<Result<_, _>>()?)
}

/// One run and its scenario as it was when the run began.
///
/// # Errors
/// Where there is no such run.
pub async fn run(pool: &AnyPool, run: RunId) -> Result<(RunHead, Scenario), StoreError> {
    let sql = "SELECT id, scenario_id, group_id, group_name, station_id, day, day_run, started_at, closed_at, scenario \
               FROM run WHERE id = $1";
    let row = sqlx::query(sql)
        .bind(run)
        .fetch_optional(pool)
        .await?
        .ok_or(StoreError::NoRun(run))?;
    let scenario: String = row.try_get("scenario")?;
    Ok((head(&row)?, serde_json::from_str(&scenario)?))
}

/// Number of a run's last act.
///
/// # Errors
/// Where there is no such run.
pub async fn last_act(pool: &AnyPool, run: RunId) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT last_act FROM run WHERE id = $1")
        .bind(run)
        .fetch_optional(pool)
        .await?;
    Ok(row.ok_or(StoreError::NoRun(run))?.try_get("last_act")?)
}

/// Makes a run's row, at its station instead of the one before. The run has no acts yet.
///
/// # Errors
/// Where the database refuses.
pub async fn insert_run(
    tx: &mut Transaction<'static, Any>,
    scenario: &Scenario,
    group: (i64, &str),
    station: i64,
    day: i64,
    now: UnixMillis,
) -> Result<RunHead, StoreError> {
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
    sqlx::query(
        "INSERT INTO run (id, scenario_id, scenario, group_id, group_name, station_id, day, day_run, started_at, last_act) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)",
    )
    .bind(head.id)
    .bind(&head.scenario)
    .bind(serde_json::to_string(scenario)?)
    .bind(head.group)
    .bind(&head.group_name)
    .bind(head.station)
    .bind(head.day)
    .bind(head.day_run)
    .bind(head.started_at)
    .execute(&mut **tx)
    .await?;
    sqlx::query("UPDATE station SET run_id = $1 WHERE id = $2")
        .bind(head.id)
        .bind(station)
        .execute(&mut **tx)
        .await?;
    Ok(head)
}

fn event(row: &AnyRow) -> Result<Event, StoreError> {
    let json = |name: &str| row.try_get::<String, _>(name);
    let answer: Answer = serde_json::from_str(&json("answer")?)?;
    Ok(Event {
        run: row.try_get("run_id")?,
        no: row.try_get("no")?,
        source: row.try_get("source")?,
        at: row.try_get("at")?,
        arrived_at: row.try_get("arrived_at")?,
        actor: serde_json::from_str(&json("actor")?)?,
        act: serde_json::from_str(&json("act")?)?,
        changes: serde_json::from_str(&json("changes")?)?,
        words: answer.words,
    })
}

/// A run's acts after a number, in order.
///
/// # Errors
/// Where a row can't be read.
pub async fn events(pool: &AnyPool, run: RunId, after: i64) -> Result<Vec<Event>, StoreError> {
    let sql = "SELECT run_id, no, source, at, arrived_at, actor, act, changes, answer FROM act \
               WHERE run_id = $1 AND no > $2 ORDER BY no";
    let rows = sqlx::query(sql).bind(run).bind(after).fetch_all(pool).await?;
    rows.iter().map(event).collect()
}

/// The newest acts of all runs, newest first.
///
/// # Errors
/// Where a row can't be read.
pub async fn latest(pool: &AnyPool, most: i64) -> Result<Vec<Event>, StoreError> {
    let sql = "SELECT run_id, no, source, at, arrived_at, actor, act, changes, answer FROM act \
               ORDER BY arrived_at DESC, no DESC LIMIT $1";
    sqlx::query(sql)
        .bind(most)
        .fetch_all(pool)
        .await?
        .iter()
        .map(event)
        .collect()
}

/// A line of the ledger with the act it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// Number of the act.
    pub no: i64,
    /// When.
    pub at: UnixMillis,
    /// What moved.
    pub movement: Movement,
}

/// A run's ledger, in order.
///
/// # Errors
/// Where the database refuses.
pub async fn ledger(pool: &AnyPool, run: RunId) -> Result<Vec<LedgerLine>, StoreError> {
    let sql = "SELECT m.no, a.at, m.sku, m.lot, m.from_location, m.to_location, m.quantity \
               FROM movement m JOIN act a ON a.run_id = m.run_id AND a.no = m.no WHERE m.run_id = $1 ORDER BY m.no, m.line";
    let rows = sqlx::query(sql).bind(run).fetch_all(pool).await?;
    let line = |row: &AnyRow| -> Result<LedgerLine, sqlx::Error> {
        Ok(LedgerLine {
            no: row.try_get("no")?,
            at: row.try_get("at")?,
            movement: Movement {
                sku: row.try_get("sku")?,
                lot: row.try_get("lot")?,
                from: row.try_get("from_location")?,
                to: row.try_get("to_location")?,
                quantity: row.try_get("quantity")?,
            },
        })
    };
    Ok(rows.iter().map(line).collect::<Result<_, _>>()?)
}

/// A run's balances, by place.
///
/// # Errors
/// Where the database refuses.
pub async fn balances(pool: &AnyPool, run: RunId) -> Result<Vec<(Place, Balance)>, StoreError> {
    let sql =
        "SELECT location, sku, lot, quantity, reserved FROM balance WHERE run_id = $1 ORDER BY location, sku, lot";
    let rows = sqlx::query(sql).bind(run).fetch_all(pool).await?;
    let line = |row: &AnyRow| -> Result<(Place, Balance), sqlx::Error> {
        let place = Place {
            location: row.try_get("location")?,
            sku: row.try_get("sku")?,
            lot: row.try_get("lot")?,
        };
        Ok((
            place,
            Balance {
                quantity: row.try_get("quantity")?,
                reserved: row.try_get("reserved")?,
            },
        ))
    };
    Ok(rows.iter().map(line).collect::<Result<_, _>>()?)
}

/// What a device said, on its way into the database with the act it became.
#[derive(Clone, Debug)]
pub struct Heard {
    /// What.
    pub event: DeviceEvent,
    /// When it arrived.
    pub arrived_at: UnixMillis,
}

/// The first answer to a device's event, where it came before.
///
/// # Errors
/// Where the database refuses.
pub async fn answered(pool: &AnyPool, key: &uplink::EventKey) -> Result<Option<Answer>, StoreError> {
    let sql = "SELECT answer FROM device_event WHERE device = $1 AND boot = $2 AND event = $3";
    let row = sqlx::query(sql)
        .bind(&key.device.0)
        .bind(i64::from(key.boot))
        .bind(i64::from(key.event))
        .fetch_optional(pool)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(serde_json::from_str(&row.try_get::<String, _>("answer")?)?))
}

/// Keeps what a device said and what it was answered.
///
/// # Errors
/// Where the same was kept before, or the database refuses.
pub async fn insert_heard(
    tx: &mut Transaction<'static, Any>,
    heard: &Heard,
    answer: &Answer,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO device_event (device, boot, event, at, arrived_at, body, run_id, act_no, answer) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&heard.event.key.device.0)
    .bind(i64::from(heard.event.key.boot))
    .bind(i64::from(heard.event.key.event))
    .bind(heard.event.at)
    .bind(heard.arrived_at)
    .bind(serde_json::to_string(&heard.event.body)?)
    .bind(answer.run)
    .bind(answer.no)
    .bind(serde_json::to_string(answer)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Appends an act with all that follows from it. `balances` are the places it touched, as they stand after it.
///
/// # Errors
/// Where the database refuses.
pub async fn insert_event(
    tx: &mut Transaction<'static, Any>,
    station: i64,
    event: &Event,
    balances: &[(Place, Balance)],
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO act (run_id, no, source, at, arrived_at, actor, act, changes, answer) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(event.run)
    .bind(event.no)
    .bind(&event.source)
    .bind(event.at)
    .bind(event.arrived_at)
    .bind(serde_json::to_string(&event.actor)?)
    .bind(serde_json::to_string(&event.act)?)
    .bind(serde_json::to_string(&event.changes)?)
    .bind(serde_json::to_string(&event.answer())?)
    .execute(&mut **tx)
    .await?;
    let mut line = 0;
    for change in &event.changes {
        if let Change::Moved(movement) = change {
            line += 1;
            insert_movement(tx, event, line, movement).await?;
        } else {
            follow(tx, station, event.run, change).await?;
        }
    }
    // In one order for everyone, so that two writers never wait for each other.
    let balances: std::collections::BTreeMap<_, _> =
        balances.iter().map(|(place, balance)| (place, *balance)).collect();
    for (place, balance) in balances {
        set_balance(tx, event.run, place, balance).await?;
    }
    Ok(())
}

async fn insert_movement(
    tx: &mut Transaction<'static, Any>,
    event: &Event,
    line: i64,
    movement: &Movement,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO movement (run_id, no, line, sku, lot, from_location, to_location, quantity) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(event.run)
    .bind(event.no)
    .bind(line)
    .bind(&movement.sku)
    .bind(&movement.lot)
    .bind(&movement.from)
    .bind(&movement.to)
    .bind(movement.quantity)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn set_balance(
    tx: &mut Transaction<'static, Any>,
    run: RunId,
    place: &Place,
    balance: Balance,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO balance (run_id, location, sku, lot, quantity, reserved) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (run_id, location, sku, lot) DO UPDATE SET quantity = excluded.quantity, reserved = excluded.reserved",
    )
    .bind(run)
    .bind(&place.location)
    .bind(&place.sku)
    .bind(&place.lot)
    .bind(balance.quantity)
    .bind(balance.reserved)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Papers, labels and the run's end have rows of their own, so that they are found without reading the run.
async fn follow(
    tx: &mut Transaction<'static, Any>,
    station: i64,
    run: RunId,
    change: &Change,
) -> Result<(), StoreError> {
    match change {
        Change::PaperMade { number, kind, at, .. } => {
            sqlx::query("INSERT INTO paper (run_id, number, kind, state, made_at) VALUES ($1, $2, $3, 'draft', $4)")
                .bind(run)
                .bind(number)
                .bind(kind.code())
                .bind(*at)
                .execute(&mut **tx)
                .await?;
        }
        Change::PaperMoved { number, state, .. } => {
            sqlx::query("UPDATE paper SET state = $1 WHERE run_id = $2 AND number = $3")
                .bind(state.code())
                .bind(run)
                .bind(number)
                .execute(&mut **tx)
                .await?;
        }
        Change::LabelQueued { job, label } => {
            sqlx::query(
                "INSERT INTO print_job (run_id, job, station_id, label, state) VALUES ($1, $2, $3, $4, 'queued')",
            )
            .bind(run)
            .bind(i64::from(*job))
            .bind(station)
            .bind(serde_json::to_string(label)?)
            .execute(&mut **tx)
            .await?;
        }
        Change::LabelState { job, outcome } => {
            let state = match outcome {
                PrintOutcome::Done => "printed",
                PrintOutcome::Damaged => "failed",
                PrintOutcome::PaperOut | PrintOutcome::CoverOpen | PrintOutcome::HeadHot => "waiting",
            };
            set_print_state(tx, run, *job, state).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Says how far a label has come.
///
/// # Errors
/// Where the database refuses.
pub async fn set_print_state(
    tx: &mut Transaction<'static, Any>,
    run: RunId,
    job: u32,
    state: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE print_job SET state = $1 WHERE run_id = $2 AND job = $3 AND state <> 'printed'")
        .bind(state)
        .bind(run)
        .bind(i64::from(job))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Moves a run's act number on, if it still stands where we believe. False: someone else acted meanwhile.
///
/// # Errors
/// Where the database refuses.
pub async fn advance(
    tx: &mut Transaction<'static, Any>,
    run: RunId,
    from: i64,
    to: i64,
    closed_at: Option<UnixMillis>,
) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE run SET last_act = $1, closed_at = $2 WHERE id = $3 AND last_act = $4")
        .bind(to)
        .bind(closed_at)
        .bind(run)
        .bind(from)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}
