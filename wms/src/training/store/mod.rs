//! Runs, their acts and what follows from them, in the database. Read here; what a clerk writes in one commit is in
//! [`commit`].

pub mod commit;
mod complaint;

pub use complaint::NO_ANSWER;

use sqlx::any::AnyRow;
use sqlx::{Any, AnyPool, Executor, Row, Transaction};
use uplink::{DeviceEvent, EventBody, Known, Moment, UnixMillis};

use super::act::{Answer, Event, RunId, Words};
use super::head::RunHead;
use super::paper::PaperKind;
use super::scenario::Scenario;
use crate::stock::{self, Balance, Movement};

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
    /// A newer program wrote it.
    #[error("act {no} of run {run} has format {format}, this program reads up to {ACT_FORMAT}: run the newer one")]
    Format {
        /// Which run.
        run: RunId,
        /// Which act.
        no: i64,
        /// Its format.
        format: i64,
    },
}

/// How this program writes an act's row, and the newest it can read (`docs/decisions/0007-certain-times.md`).
pub const ACT_FORMAT: i64 = 2;

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
pub async fn newest_run(pool: &AnyPool, group: Option<i64>) -> Result<Option<RunId>, StoreError> {
    let query = match group {
        Some(group) => sqlx::query("SELECT id FROM run WHERE group_id = $1 ORDER BY id DESC LIMIT 1").bind(group),
        None => sqlx::query("SELECT id FROM run ORDER BY id DESC LIMIT 1"),
    };
    let row = query.fetch_optional(pool).await?;
    Ok(row.map(|row| row.try_get("id")).transpose()?)
}

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
pub async fn waiting_papers(pool: &AnyPool, most: i64) -> Result<Vec<Waiting>, StoreError> {
    let sql = "SELECT p.run_id, p.number, p.kind, r.group_name FROM paper p JOIN run r ON r.id = p.run_id \
               WHERE p.state = 'submitted' AND NOT EXISTS (SELECT 1 FROM station s WHERE s.run_id = r.id) \
               ORDER BY p.run_id DESC, p.made_at, p.number LIMIT $1";
    let mut waiting = Vec::new();
    for row in sqlx::query(sql).bind(most).fetch_all(pool).await? {
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
    let sql = "SELECT id, scenario_id, group_id, group_name, station_id, day, day_run, started_at, closed_at, scenario \
               FROM run WHERE id = $1";
    let row = sqlx::query(sql)
        .bind(run)
        .fetch_optional(db)
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

/// Name of a group; none where there is no such group.
///
/// # Errors
/// Where the database refuses.
pub async fn group_name(pool: &AnyPool, group: i64) -> Result<Option<String>, StoreError> {
    let sql = "SELECT name FROM student_group WHERE id = $1";
    let row = sqlx::query(sql).bind(group).fetch_optional(pool).await?;
    Ok(row.map(|row| row.try_get("name")).transpose()?)
}

/// The run at a station, if there is one; none where there is no such station.
///
/// # Errors
/// Where the database refuses.
pub async fn run_at(pool: &AnyPool, station: i64) -> Result<Option<Option<RunId>>, StoreError> {
    let sql = "SELECT run_id FROM station WHERE id = $1";
    let row = sqlx::query(sql).bind(station).fetch_optional(pool).await?;
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
pub async fn runs_at_stations(pool: &AnyPool) -> Result<Vec<RunId>, StoreError> {
    let sql = "SELECT run_id FROM station WHERE run_id IS NOT NULL ORDER BY run_id";
    let rows = sqlx::query(sql).fetch_all(pool).await?;
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
    now: UnixMillis,
) -> Result<Option<RunHead>, StoreError> {
    let made = crate::clock::moment();
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
        "INSERT INTO run (id, scenario_id, scenario, group_id, group_name, station_id, day, day_run, started_at, last_act, \
         made_boot, made_moment) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11)",
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
    .bind(i64::from(made.boot))
    .bind(made.millis)
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

fn event(row: &AnyRow) -> Result<Event, StoreError> {
    let json = |name: &str| row.try_get::<String, _>(name);
    let (run, no, format) = (row.try_get("run_id")?, row.try_get("no")?, row.try_get("format")?);
    if format > ACT_FORMAT {
        return Err(StoreError::Format { run, no, format });
    }
    let answer: Answer = serde_json::from_str(&json("answer")?)?;
    let certain: Option<i64> = row.try_get("certain")?;
    Ok(Event {
        run,
        no,
        source: row.try_get("source")?,
        at: row.try_get("at")?,
        certain: certain.map(|certain| certain != 0),
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
pub async fn events(db: impl Executor<'_, Database = Any>, run: RunId, after: i64) -> Result<Vec<Event>, StoreError> {
    let sql = "SELECT run_id, no, format, source, at, certain, arrived_at, actor, act, changes, answer FROM act \
               WHERE run_id = $1 AND no > $2 ORDER BY no";
    let rows = sqlx::query(sql).bind(run).bind(after).fetch_all(db).await?;
    rows.iter().map(event).collect()
}

/// A run's acts before a number, so many at most, newest first.
///
/// # Errors
/// Where a row can't be read.
pub async fn events_before(pool: &AnyPool, run: RunId, before: i64, most: i64) -> Result<Vec<Event>, StoreError> {
    let sql = "SELECT run_id, no, format, source, at, certain, arrived_at, actor, act, changes, answer FROM act \
               WHERE run_id = $1 AND no < $2 ORDER BY no DESC LIMIT $3";
    let rows = sqlx::query(sql)
        .bind(run)
        .bind(before)
        .bind(most)
        .fetch_all(pool)
        .await?;
    rows.iter().map(event).collect()
}

/// A run's acts after a number, so many at most, in order: for who reads all of them piece by piece.
///
/// # Errors
/// Where a row can't be read.
pub async fn events_after(pool: &AnyPool, run: RunId, after: i64, most: i64) -> Result<Vec<Event>, StoreError> {
    let sql = "SELECT run_id, no, format, source, at, certain, arrived_at, actor, act, changes, answer FROM act \
               WHERE run_id = $1 AND no > $2 ORDER BY no LIMIT $3";
    let rows = sqlx::query(sql)
        .bind(run)
        .bind(after)
        .bind(most)
        .fetch_all(pool)
        .await?;
    rows.iter().map(event).collect()
}

/// What was said about an act, wherever it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest {
    /// When it happened.
    pub at: UnixMillis,
    /// Whose run.
    pub group_name: String,
    /// What was said; none where there was nothing to say.
    pub words: Option<Words>,
}

/// What was said about the newest acts of all runs, newest first.
///
/// # Errors
/// Where a row can't be read.
pub async fn latest(pool: &AnyPool, most: i64) -> Result<Vec<Latest>, StoreError> {
    // The newest alone are joined.
    let sql = "SELECT newest.at, newest.answer, r.group_name FROM \
               (SELECT run_id, no, at, arrived_at, answer FROM act ORDER BY arrived_at DESC, no DESC LIMIT $1) newest \
               JOIN run r ON r.id = newest.run_id ORDER BY newest.arrived_at DESC, newest.no DESC";
    let line = |row: &AnyRow| -> Result<Latest, StoreError> {
        let answer: Answer = serde_json::from_str(&row.try_get::<String, _>("answer")?)?;
        Ok(Latest {
            at: row.try_get("at")?,
            group_name: row.try_get("group_name")?,
            words: answer.words,
        })
    };
    sqlx::query(sql)
        .bind(most)
        .fetch_all(pool)
        .await?
        .iter()
        .map(line)
        .collect()
}

/// A line of the ledger with the act it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// Number of the act.
    pub no: i64,
    /// Which of the act's lines, from 1.
    pub line: i64,
    /// When.
    pub at: UnixMillis,
    /// What moved.
    pub movement: Movement,
}

/// A run's ledger, in order.
///
/// # Errors
/// Where the database refuses.
pub async fn ledger(db: impl Executor<'_, Database = Any>, run: RunId) -> Result<Vec<LedgerLine>, StoreError> {
    let sql = "SELECT m.no, m.line, a.at, m.sku, m.lot, m.from_location, m.to_location, m.quantity \
               FROM movement m JOIN act a ON a.run_id = m.run_id AND a.no = m.no WHERE m.run_id = $1 ORDER BY m.no, m.line";
    let rows = sqlx::query(sql).bind(run).fetch_all(db).await?;
    Ok(rows.iter().map(ledger_line).collect::<Result<_, _>>()?)
}

/// Which lines of a ledger are looked for; empty texts mean any.
#[derive(Clone, Debug, Default)]
pub struct LedgerFilter<'a> {
    /// Code of the goods.
    pub sku: &'a str,
    /// How the code of one of the two locations begins.
    pub location: &'a str,
    /// Only lines before this one: number of the act, and which of its lines.
    pub before: Option<(i64, i64)>,
}

/// A run's ledger, newest first, so many lines at most.
///
/// # Errors
/// Where the database refuses.
pub async fn ledger_before(
    pool: &AnyPool,
    run: RunId,
    filter: &LedgerFilter<'_>,
    most: i64,
) -> Result<Vec<LedgerLine>, StoreError> {
    let (no, line) = filter.before.unwrap_or((i64::MAX, i64::MAX));
    let sql = "SELECT m.no, m.line, a.at, m.sku, m.lot, m.from_location, m.to_location, m.quantity \
               FROM movement m JOIN act a ON a.run_id = m.run_id AND a.no = m.no \
               WHERE m.run_id = $1 AND (m.no, m.line) < ($2, $3) AND ($4 = '' OR m.sku = $4) AND ($5 = '' \
               OR substr(m.from_location, 1, length($5)) = $5 OR substr(m.to_location, 1, length($5)) = $5) \
               ORDER BY m.no DESC, m.line DESC LIMIT $6";
    let rows = sqlx::query(sql)
        .bind(run)
        .bind(no)
        .bind(line)
        .bind(filter.sku)
        .bind(filter.location)
        .bind(most)
        .fetch_all(pool)
        .await?;
    Ok(rows.iter().map(ledger_line).collect::<Result<_, _>>()?)
}

fn ledger_line(row: &AnyRow) -> Result<LedgerLine, sqlx::Error> {
    Ok(LedgerLine {
        no: row.try_get("no")?,
        line: row.try_get("line")?,
        at: row.try_get("at")?,
        movement: Movement {
            sku: row.try_get("sku")?,
            lot: row.try_get("lot")?,
            from: row.try_get("from_location")?,
            to: row.try_get("to_location")?,
            quantity: row.try_get("quantity")?,
        },
    })
}

/// A run's balances, by place.
///
/// # Errors
/// Where the database refuses.
pub async fn balances(
    db: impl Executor<'_, Database = Any>,
    run: RunId,
) -> Result<Vec<(stock::Place, Balance)>, StoreError> {
    let sql =
        "SELECT location, sku, lot, quantity, reserved FROM balance WHERE run_id = $1 ORDER BY location, sku, lot";
    let rows = sqlx::query(sql).bind(run).fetch_all(db).await?;
    let line = |row: &AnyRow| -> Result<(stock::Place, Balance), sqlx::Error> {
        let place = stock::Place {
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

/// What is known of a device's event before it is taken.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// The first answer to it, where it came before.
    pub answer: Option<Answer>,
    /// The run at the device's station.
    pub run: Option<Made>,
    /// What its gateway reported of the device.
    pub device: Option<Known>,
}

/// A run and when it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// Which.
    pub run: RunId,
    /// By the wall clock of then.
    pub at: UnixMillis,
    /// By its machine's clock that is never set; none for runs older than this column.
    pub moment: Option<Moment>,
}

/// Why what a person did at a device became no act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// It was done before the run at its station began.
    BeforeRun,
    /// No run was at its station.
    NoRun,
    /// The run it speaks of is not known, or can't take it.
    NoSuch,
    /// It is no code: nothing that can be seen, or longer than any.
    NoCode,
}

impl Why {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::BeforeRun, Self::NoRun, Self::NoSuch, Self::NoCode];

    /// Key of its words in the locale files.
    pub fn key(self) -> &'static str {
        match self {
            Self::BeforeRun => "aside.before_run",
            Self::NoRun => "aside.no_run",
            Self::NoSuch => "aside.no_such",
            Self::NoCode => "aside.no_code",
        }
    }

    /// In rows.
    pub fn code(self) -> &'static str {
        match self {
            Self::BeforeRun => "before_run",
            Self::NoRun => "no_run",
            Self::NoSuch => "no_such",
            Self::NoCode => "no_code",
        }
    }
}

/// What a person did at a device that became no act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// The device.
    pub device: String,
    /// When.
    pub at: UnixMillis,
    /// What.
    pub body: EventBody,
    /// Why.
    pub why: Why,
}

/// How much was set aside at a run's station while it was there, and the newest of it, at most `most`.
///
/// # Errors
/// Where the database refuses.
pub async fn asides(pool: &AnyPool, run: RunId, most: i64) -> Result<(i64, Vec<Aside>), StoreError> {
    let count = sqlx::query("SELECT COUNT(*) AS count FROM device_event WHERE aside IS NOT NULL AND aside_run = $1")
        .bind(run)
        .fetch_one(pool)
        .await?
        .try_get("count")?;
    if count == 0 {
        return Ok((0, Vec::new()));
    }
    let sql = "SELECT device, at, body, aside FROM device_event WHERE aside IS NOT NULL AND aside_run = $1 \
               ORDER BY arrived_at DESC, device, boot, event DESC LIMIT $2";
    let mut asides = Vec::new();
    for row in sqlx::query(sql).bind(run).bind(most).fetch_all(pool).await? {
        let (body, code): (String, String) = (row.try_get("body")?, row.try_get("aside")?);
        asides.push(Aside {
            device: row.try_get("device")?,
            at: row.try_get("at")?,
            body: serde_json::from_str(&body)?,
            why: Why::ALL
                .into_iter()
                .find(|why| why.code() == code)
                .unwrap_or(Why::NoSuch),
        });
    }
    Ok((count, asides))
}

/// How much was set aside of the runs that stand at stations.
///
/// # Errors
/// Where the database refuses.
pub async fn set_aside(pool: &AnyPool) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) AS count FROM station s JOIN device_event e ON e.aside_run = s.run_id WHERE e.aside IS NOT NULL";
    Ok(sqlx::query(sql).fetch_one(pool).await?.try_get("count")?)
}

/// Whether something that a device did before this event, in the same boot, is an act of this run.
///
/// # Errors
/// Where the database refuses.
pub async fn follows_act_of(pool: &AnyPool, key: &uplink::EventKey, run: RunId) -> Result<bool, StoreError> {
    let sql =
        "SELECT 1 AS one FROM device_event WHERE device = $1 AND boot = $2 AND event < $3 AND run_id = $4 LIMIT 1";
    let row = sqlx::query(sql)
        .bind(&key.device.0)
        .bind(i64::from(key.boot))
        .bind(i64::from(key.event))
        .bind(run)
        .fetch_optional(pool)
        .await?;
    Ok(row.is_some())
}

/// Looks up a device's event and the run it would belong to.
///
/// # Errors
/// Where the database refuses.
pub async fn before(pool: &AnyPool, key: &uplink::EventKey) -> Result<Before, StoreError> {
    let sql = "SELECT e.answer, r.id, r.started_at, r.made_boot, r.made_moment, d.kind, d.units FROM (SELECT 1 AS one) AS o \
               LEFT JOIN device_event e ON e.device = $1 AND e.boot = $2 AND e.event = $3 \
               LEFT JOIN device d ON d.id = $1 LEFT JOIN station s ON s.id = d.station_id LEFT JOIN run r ON r.id = s.run_id";
    let row = sqlx::query(sql)
        .bind(&key.device.0)
        .bind(i64::from(key.boot))
        .bind(i64::from(key.event))
        .fetch_one(pool)
        .await?;
    let answer: Option<String> = row.try_get("answer")?;
    let run: Option<RunId> = row.try_get("id")?;
    let (kind, units): (Option<String>, Option<i64>) = (row.try_get("kind")?, row.try_get("units")?);
    let at: Option<UnixMillis> = row.try_get("started_at")?;
    let boot: Option<i64> = row.try_get("made_boot")?;
    let millis: Option<i64> = row.try_get("made_moment")?;
    let moment = boot.and_then(|boot| u32::try_from(boot).ok()).zip(millis);
    let moment = moment.map(|(boot, millis)| Moment { boot, millis });
    Ok(Before {
        answer: answer.map(|answer| serde_json::from_str(&answer)).transpose()?,
        run: run.zip(at).map(|(run, at)| Made { run, at, moment }),
        device: kind.zip(units).and_then(|(kind, units)| {
            Some(Known {
                kind: serde_json::from_value(kind.into()).ok()?,
                units: u8::try_from(units).ok()?,
            })
        }),
    })
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
