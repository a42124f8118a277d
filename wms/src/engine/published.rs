//! Runs as they stand, for everyone who reads: the clerk writes here what it has committed, and no reader waits in its queue.
//!
//! On SQLite this process alone writes, so what was published is what is. On PostgreSQL others do: their word says what they
//! took, and where nobody is heard the database is asked for the run's act number.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rules::{RunId, RunState};

use super::error::ActError;
use crate::store::{self, Backend, Db};

/// Runs that are held. One that nobody has asked for longest is forgotten for a new one, and read again when needed.
const HELD: usize = 256;

/// What this process knows of all runs.
#[derive(Debug)]
pub(super) struct Published {
    db: Db,
    runs: Mutex<Runs>,
    /// Whether the word of other processes is heard.
    listening: AtomicBool,
}

#[derive(Debug, Default)]
struct Runs {
    held: HashMap<RunId, Held>,
    /// Counts what was asked.
    asked: u64,
}

#[derive(Debug)]
struct Held {
    state: Arc<RunState>,
    /// The newest act that another process spoke of.
    heard: i64,
    asked: u64,
}

impl Published {
    pub(super) fn new(db: Db) -> Self {
        Self {
            db,
            runs: Mutex::default(),
            listening: AtomicBool::new(false),
        }
    }

    fn runs<T>(&self, act: impl FnOnce(&mut Runs) -> T) -> T {
        act(&mut self.runs.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A run as it was committed; an older one changes nothing.
    pub(super) fn publish(&self, state: &Arc<RunState>) {
        let run = state.id();
        self.runs(|runs| {
            runs.asked += 1;
            let asked = runs.asked;
            match runs.held.get_mut(&run) {
                Some(held) if held.state.last_act > state.last_act => {}
                Some(held) => held.state = Arc::clone(state),
                None => {
                    runs.make_room();
                    let held = Held {
                        state: Arc::clone(state),
                        heard: 0,
                        asked,
                    };
                    runs.held.insert(run, held);
                }
            }
        });
    }

    /// Another process took an act.
    pub(super) fn heard(&self, run: RunId, no: i64) {
        self.runs(|runs| {
            if let Some(held) = runs.held.get_mut(&run) {
                held.heard = held.heard.max(no);
            }
        });
    }

    /// Whether other processes are heard from now on.
    pub(super) fn listens(&self, listening: bool) {
        self.listening.store(listening, Ordering::Release);
    }

    /// What is held of a run, and whether nobody is known to have gone on since.
    fn held(&self, run: RunId) -> Option<(Arc<RunState>, bool)> {
        let told = self.db.backend == Backend::Sqlite || self.listening.load(Ordering::Acquire);
        self.runs(|runs| {
            runs.asked += 1;
            let asked = runs.asked;
            let held = runs.held.get_mut(&run)?;
            held.asked = asked;
            Some((Arc::clone(&held.state), told && held.state.last_act >= held.heard))
        })
    }

    /// A run as it stands now; read here, beside the clerk, where it is not held.
    ///
    /// # Errors
    /// Where there is no such run, or its rows can't be read.
    pub(super) async fn now(&self, run: RunId) -> Result<Arc<RunState>, ActError> {
        let state = match self.held(run) {
            Some((state, true)) => return Ok(state),
            Some((state, false)) if store::last_act(&self.db, run).await? == state.last_act => return Ok(state),
            Some((state, false)) => state,
            None => {
                let (head, scenario) = store::run(&self.db.pool, run).await?;
                Arc::new(RunState::new(head, scenario))
            }
        };
        let mut state = RunState::clone(&state);
        for event in store::events(&self.db.pool, run, state.last_act).await? {
            state.replay(&event)?;
        }
        let state = Arc::new(state);
        self.publish(&state);
        Ok(state)
    }
}

impl Runs {
    fn make_room(&mut self) {
        if self.held.len() < HELD {
            return;
        }
        let oldest = self.held.iter().min_by_key(|(_, held)| held.asked).map(|(run, _)| *run);
        if let Some(run) = oldest {
            self.held.remove(&run);
        }
    }
}
