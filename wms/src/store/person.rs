//! All that is kept of one person: handed out, and erased without an act being changed.

use rules::Event;
use rules::core::crew::Account;
use serde::Serialize;
use sqlx::Row;

use super::acts::{ACT, event};
use super::{Db, StoreError, accounts};

/// What is kept of a person, as they get it.
#[derive(Clone, Debug, Serialize)]
pub struct PersonFile {
    /// Their account.
    pub account: Account,
    /// What they did, in the order in which it arrived: with what came of it, what was said, and their own words.
    pub acts: Vec<Event>,
}

/// What was erased of a person, and what was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Acts whose own words were erased.
    pub texts: u64,
    /// Sessions that were ended.
    pub sessions: u64,
    /// Acts that formats 1 and 2 kept with name and words: they are never changed.
    pub kept: i64,
}

/// How an act of formats 1 and 2 begins whom this person did.
fn old_actor(id: i64) -> String {
    format!("{{\"who\":\"person\",\"id\":{id},%")
}

/// All that is kept of the person of a login; none where nobody has it.
///
/// # Errors
/// Where the database refuses, or a row can't be read.
pub async fn export(db: &Db, login: &str) -> Result<Option<PersonFile>, StoreError> {
    let Some(account) = accounts::by_login(db, login).await? else {
        return Ok(None);
    };
    let sql = format!(
        "{ACT} WHERE a.person = $1 OR (a.format < 3 AND a.actor LIKE $2) ORDER BY a.arrived_at, a.run_id, a.no"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(account.id)
        .bind(old_actor(account.id))
        .fetch_all(&db.pool)
        .await?;
    Ok(Some(PersonFile {
        account,
        acts: rows.iter().map(event).collect::<Result<_, _>>()?,
    }))
}

/// Erases name, login, password, sessions and own words of the person of a login; their number stays in what they did. None
/// where nobody has it.
///
/// # Errors
/// Where the database refuses. Nothing is erased then.
pub async fn erase(db: &Db, login: &str) -> Result<Option<Erased>, StoreError> {
    let Some(account) = accounts::by_login(db, login).await? else {
        return Ok(None);
    };
    let mut tx = db.begin().await?;
    let texts = sqlx::query("DELETE FROM free_text WHERE person = $1")
        .bind(account.id)
        .execute(&mut *tx)
        .await?
        .rows_affected();
    let sessions = sqlx::query("DELETE FROM session WHERE account_id = $1")
        .bind(account.id)
        .execute(&mut *tx)
        .await?
        .rows_affected();
    sqlx::query("UPDATE account SET name = '', login = $1, password = NULL WHERE id = $2")
        .bind(format!("erased-{}", account.id))
        .bind(account.id)
        .execute(&mut *tx)
        .await?;
    let kept = sqlx::query("SELECT COUNT(*) AS count FROM act WHERE format < 3 AND actor LIKE $1")
        .bind(old_actor(account.id))
        .fetch_one(&mut *tx)
        .await?
        .try_get("count")?;
    db.commit(tx).await?;
    Ok(Some(Erased { texts, sessions, kept }))
}
