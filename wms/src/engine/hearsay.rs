//! What other WMS processes on the same database say: runs that moved on, devices that were placed.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{broadcast, watch};

use super::moved::MovedOn;
use super::published::Published;
use crate::store::Db;
use crate::store::words::{self, Word};

/// Pause before the next try where the connection broke, and between looks where nobody is heard.
const AGAIN: Duration = Duration::from_millis(500);

/// Whom the word of others reaches.
pub(super) struct Hearsay {
    pub(super) db: Db,
    pub(super) process: u64,
    pub(super) live: broadcast::Sender<MovedOn>,
    /// Counts on whenever word may have been missed.
    pub(super) again: watch::Sender<u64>,
    pub(super) published: Arc<Published>,
}

impl Hearsay {
    /// Listens until the server ends. Where nobody is heard all look for themselves, again and again: word saves time, and
    /// nothing hangs on it.
    pub(super) async fn listen(self) {
        loop {
            if self.db.hears() {
                let heard = words::listen(&self.db, |word| match word {
                    Word::Again => {
                        self.published.listens(true);
                        self.again();
                    }
                    Word::Places => self.again(),
                    Word::Runs(payload) => {
                        for moved in read(&payload, self.process) {
                            self.published.heard(moved.run, moved.no);
                            // Nobody to hear it is no fault.
                            let _ = self.live.send(moved);
                        }
                    }
                });
                if let Err(error) = heard.await {
                    tracing::warn!(%error, "word of other WMS processes is not heard; trying again");
                }
                self.published.listens(false);
            }
            tokio::time::sleep(AGAIN).await;
            self.again();
        }
    }

    /// Everyone looks again, and not at what is in memory.
    fn again(&self) {
        self.db.fleet_moved();
        self.again.send_modify(|count| *count += 1);
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
