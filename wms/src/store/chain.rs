//! The chain of a run's acts: each row holds the hash of the row before it, so that a row that was changed, taken out or put
//! between is found.

use rules::{Actor, Event, Mark, RunId, RunState};
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use super::{ACT_FORMAT, StoreError};

/// Columns of an act's row, as they are read for its hash.
pub(super) const COLUMNS: &str = "run_id, no, format, source, at, certain, arrived_at, actor, act, changes, answer, person, \
                                  on_behalf, hand, place, run_millis, day, outcome, before";

/// An act's row as it stands on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActRow {
    pub(super) run: RunId,
    pub(super) no: i64,
    pub(super) format: i64,
    pub(super) source: String,
    pub(super) at: i64,
    pub(super) certain: Option<i64>,
    pub(super) arrived_at: i64,
    pub(super) actor: String,
    pub(super) act: String,
    pub(super) changes: String,
    pub(super) answer: String,
    pub(super) person: Option<i64>,
    pub(super) on_behalf: Option<i64>,
    pub(super) hand: Option<String>,
    pub(super) place: Option<String>,
    pub(super) run_millis: Option<i64>,
    pub(super) day: Option<i64>,
    pub(super) outcome: Option<String>,
    pub(super) before: Option<String>,
}

impl ActRow {
    /// The row of an act that is to be kept, behind a row of this hash.
    ///
    /// # Errors
    /// Only where something can't be JSON, which nothing of ours is.
    pub(super) fn of(event: &Event, run: &Run, before: Option<String>) -> Result<Self, StoreError> {
        let hand = match &event.actor {
            Actor::Person { .. } => "page".to_owned(),
            Actor::Device { device } => format!("device:{device}"),
            Actor::System => "system".to_owned(),
        };
        let outcome = match event.words.as_ref().map(|words| words.mark) {
            Some(Mark::Right) => "right",
            Some(Mark::Wrong) => "wrong",
            Some(Mark::Waiting) => "waiting",
            None => "silent",
        };
        Ok(Self {
            run: event.run,
            no: event.no,
            format: ACT_FORMAT,
            source: event.source.clone(),
            at: event.at,
            certain: event.certain.map(i64::from),
            arrived_at: event.arrived_at,
            actor: serde_json::to_string(&event.actor)?,
            act: serde_json::to_string(&event.act)?,
            changes: serde_json::to_string(&event.changes)?,
            answer: serde_json::to_string(&event.answer())?,
            person: event.actor.person(),
            on_behalf: None,
            hand: Some(hand),
            place: Some(run.station.to_string()),
            run_millis: Some(event.at.saturating_sub(run.started_at).max(0)),
            day: Some(run.day),
            outcome: Some(outcome.to_owned()),
            before,
        })
    }

    pub(super) fn read(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            run: row.try_get("run_id")?,
            no: row.try_get("no")?,
            format: row.try_get("format")?,
            source: row.try_get("source")?,
            at: row.try_get("at")?,
            certain: row.try_get("certain")?,
            arrived_at: row.try_get("arrived_at")?,
            actor: row.try_get("actor")?,
            act: row.try_get("act")?,
            changes: row.try_get("changes")?,
            answer: row.try_get("answer")?,
            person: row.try_get("person")?,
            on_behalf: row.try_get("on_behalf")?,
            hand: row.try_get("hand")?,
            place: row.try_get("place")?,
            run_millis: row.try_get("run_millis")?,
            day: row.try_get("day")?,
            outcome: row.try_get("outcome")?,
            before: row.try_get("before")?,
        })
    }

    /// SHA-256 of all that stands in the row, in the order of [`COLUMNS`]: each field as `length:text`, numbers in decimal,
    /// `-` for none. 64 hexadecimal digits.
    pub(super) fn hash(&self) -> String {
        let mut hash = Sha256::new();
        let mut text = |text: Option<&str>| match text {
            Some(text) => {
                hash.update(text.len().to_string());
                hash.update(":");
                hash.update(text);
            }
            None => hash.update("-"),
        };
        let number = |number: Option<i64>| number.map(|number| number.to_string());
        text(number(Some(self.run)).as_deref());
        text(number(Some(self.no)).as_deref());
        text(number(Some(self.format)).as_deref());
        text(Some(&self.source));
        text(number(Some(self.at)).as_deref());
        text(number(self.certain).as_deref());
        text(number(Some(self.arrived_at)).as_deref());
        text(Some(&self.actor));
        text(Some(&self.act));
        text(Some(&self.changes));
        text(Some(&self.answer));
        text(number(self.person).as_deref());
        text(number(self.on_behalf).as_deref());
        text(self.hand.as_deref());
        text(self.place.as_deref());
        text(number(self.run_millis).as_deref());
        text(number(self.day).as_deref());
        text(self.outcome.as_deref());
        text(self.before.as_deref());
        hex(&hash.finalize())
    }
}

/// What an act's row takes from its run.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Its station.
    pub station: i64,
    /// When it began.
    pub started_at: i64,
    /// The warehouse's day, as YYYYMMDD.
    pub day: i64,
}

impl Run {
    /// Of a run as it stands.
    pub fn of(state: &RunState) -> Self {
        let head = &state.ground.head;
        Self {
            station: head.station,
            started_at: head.started_at,
            day: head.day,
        }
    }
}

/// In hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The hash of a run's act: what the act after it is to hold. None before the first.
///
/// # Errors
/// Where the database refuses.
pub async fn tip(db: impl Executor<'_, Database = Any>, run: RunId, no: i64) -> Result<Option<String>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM act WHERE run_id = $1 AND no = $2");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(run)
        .bind(no)
        .fetch_optional(db)
        .await?;
    Ok(row.as_ref().map(ActRow::read).transpose()?.map(|row| row.hash()))
}

/// Acts of a run that don't hold the hash of the row before them. Formats before 3 held none: from the first that does on,
/// each must.
///
/// # Errors
/// Where the database refuses.
pub async fn broken(db: impl Executor<'_, Database = Any>, run: RunId) -> Result<Vec<i64>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM act WHERE run_id = $1 ORDER BY no");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(run).fetch_all(db).await?;
    let mut broken = Vec::new();
    let mut before: Option<ActRow> = None;
    for row in &rows {
        let row = ActRow::read(row)?;
        let should = before.as_ref().map(ActRow::hash);
        let follows = row.no == before.as_ref().map_or(1, |before| before.no + 1);
        let chained = row.format < 3 && row.before.is_none() && before.as_ref().is_none_or(|before| before.format < 3);
        if !follows || !(chained || row.before == should) {
            broken.push(row.no);
        }
        before = Some(row);
    }
    Ok(broken)
}
