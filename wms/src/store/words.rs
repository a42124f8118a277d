//! Word from one WMS process to the others on the same PostgreSQL: runs that moved on, devices that were placed.

use rules::RunId;
use sqlx::postgres::PgListener;
use sqlx::{Any, Transaction};

use super::{Db, StoreError};

const RUNS: &str = "cangxun_run";
const PLACES: &str = "cangxun_places";

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Nothing, but something may have been missed: the connection is new.
    Again,
    /// Runs moved on: which process said so, and what, as [`tell`] writes it.
    Runs(String),
    /// A device was given to another station.
    Places,
}

/// Tells the others that runs moved on, once this transaction is committed.
///
/// # Errors
/// Where the database refuses.
pub async fn tell(
    tx: &mut Transaction<'static, Any>,
    process: u64,
    runs: impl Iterator<Item = (RunId, i64)>,
) -> Result<(), StoreError> {
    // One word for a group: 64 runs and numbers are far below the 8,000 bytes that PostgreSQL takes.
    let words: Vec<String> = runs.map(|(run, no)| format!("{run}:{no}")).collect();
    sqlx::query("SELECT CAST(pg_notify($1, $2) AS TEXT)")
        .bind(RUNS)
        .bind(format!("{process:x};{}", words.join(",")))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Tells that a device was given to another station.
///
/// # Errors
/// Where the database refuses.
pub async fn tell_places(db: &Db) -> Result<(), StoreError> {
    sqlx::query("SELECT CAST(pg_notify($1, '') AS TEXT)")
        .bind(PLACES)
        .execute(&db.pool)
        .await?;
    Ok(())
}

/// Hears what is said, until the connection can't be had.
///
/// # Errors
/// Where the database refuses.
pub async fn listen(db: &Db, mut heard: impl FnMut(Word)) -> Result<(), StoreError> {
    let mut listener = PgListener::connect(db.url()).await?;
    listener.listen_all([RUNS, PLACES]).await?;
    loop {
        // Something may have been said while nobody listened here.
        heard(Word::Again);
        // None: the connection broke, and the listener has made a new one.
        while let Some(word) = listener.try_recv().await? {
            heard(match word.channel() {
                PLACES => Word::Places,
                _ => Word::Runs(word.payload().to_owned()),
            });
        }
    }
}
