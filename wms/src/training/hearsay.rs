//! Word from one WMS process to the others on the same PostgreSQL: runs that moved on, devices that were placed.

use std::time::Duration;

use sqlx::postgres::PgListener;
use sqlx::{Any, AnyPool, Transaction};
use tokio::sync::{broadcast, watch};

use super::act::RunId;
use super::moved::MovedOn;

/// Pause before the next try, where the connection broke.
const AGAIN: Duration = Duration::from_millis(500);
const RUNS: &str = "cangxun_run";
const PLACES: &str = "cangxun_places";

/// Tells the others that runs moved on, once this transaction is committed.
///
/// # Errors
/// Where the database refuses.
pub async fn tell(
    tx: &mut Transaction<'static, Any>,
    process: u64,
    runs: impl Iterator<Item = (RunId, i64)>,
) -> Result<(), sqlx::Error> {
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
pub async fn tell_places(pool: &AnyPool) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT CAST(pg_notify($1, '') AS TEXT)")
        .bind(PLACES)
        .execute(pool)
        .await?;
    Ok(())
}

/// Listens until the server ends. `again` counts on whenever word may have been missed.
pub async fn listen(url: String, process: u64, live: broadcast::Sender<MovedOn>, again: watch::Sender<u64>) {
    loop {
        if let Err(error) = hear(&url, process, &live, &again).await {
            tracing::warn!(%error, "word of other WMS processes is not heard; trying again");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn hear(
    url: &str,
    process: u64,
    live: &broadcast::Sender<MovedOn>,
    again: &watch::Sender<u64>,
) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen_all([RUNS, PLACES]).await?;
    loop {
        // Something may have been said while nobody listened here.
        again.send_modify(|count| *count += 1);
        // None: the connection broke, and the listener has made a new one.
        while let Some(word) = listener.try_recv().await? {
            if word.channel() == PLACES {
                again.send_modify(|count| *count += 1);
            }
            for moved in read(word.payload(), process) {
                // Nobody to hear it is no fault.
                let _ = live.send(moved);
            }
        }
    }
}

/// What others said. What this process said itself, and what is not understood, is passed over.
fn read(payload: &str, process: u64) -> impl Iterator<Item = MovedOn> {
    let others = payload
        .split_once(';')
        .filter(|(by, _)| u64::from_str_radix(by, 16).is_ok_and(|by| by != process));
    let words = others.map_or("", |(_, words)| words);
    words.split(',').filter_map(|word| {
        let (run, no) = word.split_once(':')?;
        Some(MovedOn {
            run: run.parse().ok()?,
            no: no.parse().ok()?,
            floor: None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_of_others_are_understood() {
        let heard: Vec<_> = read("a1;12:7,x,13:1", 2).map(|moved| (moved.run, moved.no)).collect();
        assert_eq!(heard, [(12, 7), (13, 1)]);
        for own in [
            "", "12:7", "a1;", "a1;12", "a1;12:", "a1;:7", "a1;a:b", "a1;1:2:3", "x;1:2", "2;1:2",
        ] {
            assert_eq!(read(own, 2).count(), 0, "{own}");
        }
    }
}
