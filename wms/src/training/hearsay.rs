//! Word of runs that moved on in another process on the same PostgreSQL.

use std::time::Duration;

use sqlx::postgres::PgListener;
use tokio::sync::broadcast;

use super::clerk::MovedOn;

/// Pause before the next try, where the connection broke.
const AGAIN: Duration = Duration::from_millis(500);

/// Listens until the server ends. Word missed while the connection was broken is made up for by the next word of that run:
/// whoever hears it reads all that came before.
pub async fn listen(url: String, live: broadcast::Sender<MovedOn>) {
    loop {
        if let Err(error) = hear(&url, &live).await {
            tracing::warn!(%error, "word of other WMS processes is not heard; trying again");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn hear(url: &str, live: &broadcast::Sender<MovedOn>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen("cangxun_run").await?;
    loop {
        let word = listener.recv().await?;
        if let Some(moved) = read(word.payload()) {
            // Own commits come twice; whoever hears a number it knows has nothing to do.
            let _ = live.send(moved);
        }
    }
}

fn read(payload: &str) -> Option<MovedOn> {
    let (run, no) = payload.split_once(':')?;
    Some(MovedOn {
        run: run.parse().ok()?,
        no: no.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_words_are_understood() {
        assert_eq!(read("12:7"), Some(MovedOn { run: 12, no: 7 }));
        for other in ["", "12", "12:", ":7", "a:b", "1:2:3"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
