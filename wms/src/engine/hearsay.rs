//! What other WMS processes on the same database say: runs that moved on, devices that were placed.

use std::time::Duration;

use tokio::sync::{broadcast, watch};

use super::moved::MovedOn;
use crate::store::Db;
use crate::store::words::{self, Word};

/// Pause before the next try, where the connection broke.
const AGAIN: Duration = Duration::from_millis(500);

/// Listens until the server ends. `again` counts on whenever word may have been missed.
pub async fn listen(db: Db, process: u64, live: broadcast::Sender<MovedOn>, again: watch::Sender<u64>) {
    loop {
        let heard = words::listen(&db, |word| match word {
            Word::Again | Word::Places => again.send_modify(|count| *count += 1),
            Word::Runs(payload) => {
                for moved in read(&payload, process) {
                    // Nobody to hear it is no fault.
                    let _ = live.send(moved);
                }
            }
        });
        if let Err(error) = heard.await {
            tracing::warn!(%error, "word of other WMS processes is not heard; trying again");
        }
        tokio::time::sleep(AGAIN).await;
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
