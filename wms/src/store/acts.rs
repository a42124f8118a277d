//! Acts as they were kept.

use rules::{Answer, Event, RunId, Words, stored};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};
use uplink::UnixMillis;

use super::{ACT_FORMAT, Db, StoreError, texts};

pub(super) fn event(row: &AnyRow) -> Result<Event, StoreError> {
    let json = |name: &str| row.try_get::<String, _>(name);
    let (run, no, format) = (row.try_get("run_id")?, row.try_get("no")?, row.try_get("format")?);
    if format > ACT_FORMAT {
        return Err(StoreError::Format { run, no, format });
    }
    let answer: Answer = serde_json::from_str(&json("answer")?)?;
    let certain: Option<i64> = row.try_get("certain")?;
    let mut event = Event {
        run,
        no,
        source: row.try_get("source")?,
        at: row.try_get("at")?,
        certain: certain.map(|certain| certain != 0),
        arrived_at: row.try_get("arrived_at")?,
        actor: stored::actor(format, &json("actor")?)?,
        act: stored::act(format, &json("act")?)?,
        changes: stored::changes(format, &json("changes")?)?,
        words: answer.words,
    };
    if format >= 3 {
        texts::back(&mut event, row)?;
    }
    Ok(event)
}

/// What an act is read by: its row, and people's own words that stand apart.
pub(super) const ACT: &str = "SELECT a.run_id, a.no, a.format, a.source, a.at, a.certain, a.arrived_at, a.actor, a.act, a.changes, a.answer, \
                   t.texts FROM act a LEFT JOIN free_text t ON t.run_id = a.run_id AND t.no = a.no";

/// A run's acts after a number, in order.
///
/// # Errors
/// Where a row can't be read.
pub async fn events(db: impl Executor<'_, Database = Any>, run: RunId, after: i64) -> Result<Vec<Event>, StoreError> {
    let sql = format!("{ACT} WHERE a.run_id = $1 AND a.no > $2 ORDER BY a.no");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(run)
        .bind(after)
        .fetch_all(db)
        .await?;
    rows.iter().map(event).collect()
}

/// What was answered to an act, by its source; none where it was never kept.
///
/// # Errors
/// Where the row can't be read.
pub async fn answer(db: &Db, run: RunId, source: &str) -> Result<Option<Answer>, StoreError> {
    let sql = format!("{ACT} WHERE a.run_id = $1 AND a.source = $2");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(run)
        .bind(source)
        .fetch_optional(&db.pool)
        .await?;
    Ok(row.as_ref().map(event).transpose()?.map(|event| event.answer()))
}

/// A run's acts before a number, so many at most, newest first.
///
/// # Errors
/// Where a row can't be read.
pub async fn events_before(db: &Db, run: RunId, before: i64, most: i64) -> Result<Vec<Event>, StoreError> {
    let sql = format!("{ACT} WHERE a.run_id = $1 AND a.no < $2 ORDER BY a.no DESC LIMIT $3");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(run)
        .bind(before)
        .bind(most)
        .fetch_all(&db.pool)
        .await?;
    rows.iter().map(event).collect()
}

/// A run's acts after a number, so many at most, in order: for who reads all of them piece by piece.
///
/// # Errors
/// Where a row can't be read.
pub async fn events_after(db: &Db, run: RunId, after: i64, most: i64) -> Result<Vec<Event>, StoreError> {
    let sql = format!("{ACT} WHERE a.run_id = $1 AND a.no > $2 ORDER BY a.no LIMIT $3");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(run)
        .bind(after)
        .bind(most)
        .fetch_all(&db.pool)
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
pub async fn latest(db: &Db, most: i64) -> Result<Vec<Latest>, StoreError> {
    // The newest alone are joined.
    let sql = "SELECT newest.run_id, newest.no, newest.format, newest.source, newest.at, newest.certain, newest.arrived_at, newest.actor, newest.act, newest.changes, newest.answer, \
               t.texts, r.group_name FROM (SELECT * FROM act ORDER BY arrived_at DESC, no DESC LIMIT $1) newest \
               JOIN run r ON r.id = newest.run_id LEFT JOIN free_text t ON t.run_id = newest.run_id AND t.no = newest.no \
               ORDER BY newest.arrived_at DESC, newest.no DESC";
    let line = |row: &AnyRow| -> Result<Latest, StoreError> {
        let event = event(row)?;
        Ok(Latest {
            at: event.at,
            group_name: row.try_get("group_name")?,
            words: event.words,
        })
    };
    sqlx::query(sql)
        .bind(most)
        .fetch_all(&db.pool)
        .await?
        .iter()
        .map(line)
        .collect()
}
