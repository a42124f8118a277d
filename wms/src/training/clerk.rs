//! The clerk takes acts one after another for each run, groups those waiting into one commit, and answers after it.
//!
//! It keeps the runs it has seen in memory, and makes sure of them at each commit: a run's act number only moves on from
//! where the clerk believes it stands. Where another process moved it, the clerk reads what it missed and decides again.

use std::collections::HashMap;
use std::sync::Arc;

use sqlx::{Any, Transaction};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use super::act::{ActEnvelope, Answer, Event, RunId};
use super::change::Change;
use super::decide::decide;
use super::run::RunState;
use super::store::{self, Heard, StoreError};
use crate::db::{Backend, Db, is_taken};
use crate::stock::StockError;

/// Acts that may share one commit.
const GROUP: usize = 64;
/// Acts that may wait before those who bring more must wait too.
const QUEUE: usize = 1024;
/// How often a clerk reads what it missed before it gives up; each time somebody else got on.
const TRIES: usize = 50;

/// Why an act could not be taken. Nothing of it was booked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ActError {
    /// No such run.
    #[error("there is no run {0}")]
    NoRun(RunId),
    /// The database refused.
    #[error("the act could not be kept: {0}")]
    Store(Arc<StoreError>),
    /// The rules wanted something that stock does not allow.
    #[error("the rules and the stock disagree: {0}")]
    Stock(#[from] StockError),
    /// The server is ending.
    #[error("the server is ending")]
    Ending,
}

impl From<StoreError> for ActError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoRun(run) => Self::NoRun(run),
            error => Self::Store(Arc::new(error)),
        }
    }
}

/// What a clerk is asked.
pub(super) enum Job {
    /// Take an act.
    Act {
        run: RunId,
        envelope: Box<ActEnvelope>,
        /// The device's event that it is, kept in the same commit.
        heard: Option<Box<Heard>>,
        reply: oneshot::Sender<Result<Answer, ActError>>,
    },
    /// Show a run as it stands.
    View {
        run: RunId,
        reply: oneshot::Sender<Result<Arc<RunState>, ActError>>,
    },
}

/// A run moved on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedOn {
    /// Which.
    pub run: RunId,
    /// Its last act.
    pub no: i64,
}

/// A run as a clerk remembers it.
struct Known {
    state: Arc<RunState>,
    no: i64,
    answers: HashMap<String, Answer>,
}

/// An act decided, not yet committed.
struct Decided {
    event: Event,
    heard: Option<Box<Heard>>,
    station: i64,
    balances: Vec<(crate::stock::Place, crate::stock::Balance)>,
}

pub(super) struct Clerk {
    db: Db,
    known: HashMap<RunId, Known>,
    live: broadcast::Sender<MovedOn>,
    commits: watch::Sender<u64>,
}

impl Clerk {
    pub(super) fn start(db: Db, live: broadcast::Sender<MovedOn>, commits: watch::Sender<u64>) -> mpsc::Sender<Job> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let clerk = Self {
            db,
            known: HashMap::new(),
            live,
            commits,
        };
        tokio::spawn(clerk.work(queue));
        jobs
    }

    async fn work(mut self, mut queue: mpsc::Receiver<Job>) {
        let mut waiting = Vec::with_capacity(GROUP);
        while queue.recv_many(&mut waiting, GROUP).await > 0 {
            let mut acts = Vec::with_capacity(waiting.len());
            for job in waiting.drain(..) {
                match job {
                    Job::View { run, reply } => {
                        let view = self.catch_up(run).await.map(|known| Arc::clone(&known.state));
                        let _ = reply.send(view);
                    }
                    Job::Act {
                        run,
                        envelope,
                        heard,
                        reply,
                    } => acts.push(Asked {
                        run,
                        envelope,
                        heard,
                        reply,
                    }),
                }
            }
            if !acts.is_empty() {
                self.take(acts).await;
            }
        }
    }

    /// Takes a group of acts in one commit; one that spoils the commit is found by taking each for itself.
    async fn take(&mut self, acts: Vec<Asked>) {
        match self.commit(&acts).await {
            Ok(answers) => {
                for (asked, answer) in acts.into_iter().zip(answers) {
                    let _ = asked.reply.send(answer);
                }
            }
            Err(_) if acts.len() > 1 => {
                for asked in acts {
                    let answer = self.commit_one(&asked).await;
                    let _ = asked.reply.send(answer);
                }
            }
            Err(error) => {
                for asked in acts {
                    let _ = asked.reply.send(Err(error.clone()));
                }
            }
        }
    }

    async fn commit_one(&mut self, asked: &Asked) -> Result<Answer, ActError> {
        let mut answers = self.commit(std::slice::from_ref(asked)).await?;
        answers.pop().unwrap_or(Err(ActError::Ending))
    }

    async fn commit(&mut self, acts: &[Asked]) -> Result<Vec<Result<Answer, ActError>>, ActError> {
        for _ in 0..TRIES {
            match self.try_commit(acts).await {
                Ok(Some(answers)) => return Ok(answers),
                // Someone else acted in one of these runs: read what was missed and decide again.
                Ok(None) => self.forget(acts),
                Err(error) => {
                    self.forget(acts);
                    return Err(error);
                }
            }
        }
        Err(ActError::Ending)
    }

    fn forget(&mut self, acts: &[Asked]) {
        for asked in acts {
            self.known.remove(&asked.run);
        }
    }

    /// None: a run had moved on without us.
    async fn try_commit(&mut self, acts: &[Asked]) -> Result<Option<Vec<Result<Answer, ActError>>>, ActError> {
        let mut before: HashMap<RunId, i64> = HashMap::new();
        let mut decided = Vec::new();
        let mut answers = Vec::with_capacity(acts.len());
        for asked in acts {
            let known = match self.know(asked.run).await {
                Ok(known) => known,
                Err(error @ ActError::NoRun(_)) => {
                    answers.push(Err(error));
                    continue;
                }
                Err(error) => return Err(error),
            };
            if let Some(answer) = known.answers.get(&asked.envelope.source) {
                answers.push(Ok(answer.clone()));
                continue;
            }
            before.entry(asked.run).or_insert(known.no);
            let one = known.decide(asked)?;
            answers.push(Ok(one.event.answer()));
            decided.push(one);
        }
        if decided.is_empty() {
            return Ok(Some(answers));
        }
        let mut tx = self.db.begin().await.map_err(StoreError::from)?;
        // Runs in one order for everyone: two processes never wait for each other.
        let mut runs: Vec<_> = before.into_iter().collect();
        runs.sort_unstable();
        for (run, from) in &runs {
            let Some(known) = self.known.get(run) else {
                return Ok(None);
            };
            if !store::advance(&mut tx, *run, *from, known.no, known.state.head.closed_at).await? {
                return Ok(None);
            }
        }
        for one in &decided {
            if let Err(error) = write(&mut tx, one).await {
                return match error {
                    // The same source or the same device event, taken by another process a moment ago.
                    StoreError::Sql(error) if is_taken(&error) && acts.len() == 1 => Ok(None),
                    error => Err(error.into()),
                };
            }
        }
        if self.db.backend == Backend::Postgres {
            for (run, _) in &runs {
                let no = self.known.get(run).map_or(0, |known| known.no);
                sqlx::query("SELECT CAST(pg_notify('cangxun_run', $1) AS TEXT)")
                    .bind(format!("{run}:{no}"))
                    .execute(&mut *tx)
                    .await
                    .map_err(StoreError::from)?;
            }
        }
        tx.commit().await.map_err(StoreError::from)?;
        self.commits.send_modify(|count| *count += 1);
        for (run, _) in runs {
            if let Some(known) = self.known.get(&run) {
                let _ = self.live.send(MovedOn { run, no: known.no });
            }
        }
        Ok(Some(answers))
    }

    /// The run as it was when the clerk last saw it; read where it never did.
    async fn know(&mut self, run: RunId) -> Result<&mut Known, ActError> {
        if !self.known.contains_key(&run) {
            let (head, scenario) = store::run(&self.db.pool, run).await?;
            let mut known = Known {
                state: Arc::new(RunState::new(head, scenario)),
                no: 0,
                answers: HashMap::new(),
            };
            known.read(&self.db, run).await?;
            self.known.insert(run, known);
        }
        self.known.get_mut(&run).ok_or(ActError::NoRun(run))
    }

    /// The run as it stands now.
    async fn catch_up(&mut self, run: RunId) -> Result<&Known, ActError> {
        let db = self.db.clone();
        let known = self.know(run).await?;
        if store::last_act(&db.pool, run).await? != known.no {
            known.read(&db, run).await?;
        }
        Ok(known)
    }
}

struct Asked {
    run: RunId,
    envelope: Box<ActEnvelope>,
    heard: Option<Box<Heard>>,
    reply: oneshot::Sender<Result<Answer, ActError>>,
}

impl Known {
    /// Reads the acts that came since.
    async fn read(&mut self, db: &Db, run: RunId) -> Result<(), ActError> {
        for event in store::events(&db.pool, run, self.no).await? {
            self.follow(&event)?;
        }
        Ok(())
    }

    fn follow(&mut self, event: &Event) -> Result<(), StockError> {
        let state = Arc::make_mut(&mut self.state);
        state.replay(event)?;
        if state.closed {
            state.head.closed_at.get_or_insert(event.at);
        }
        self.no = event.no;
        self.answers.insert(event.source.clone(), event.answer());
        Ok(())
    }

    fn decide(&mut self, asked: &Asked) -> Result<Decided, StockError> {
        let decision = decide(&self.state, &asked.envelope);
        let event = Event {
            run: asked.run,
            no: self.no + 1,
            source: asked.envelope.source.clone(),
            at: asked.envelope.at,
            arrived_at: asked
                .heard
                .as_ref()
                .map_or_else(crate::clock::now, |heard| heard.arrived_at),
            actor: asked.envelope.actor.clone(),
            act: asked.envelope.act.clone(),
            changes: decision.changes,
            words: decision.words,
        };
        self.follow(&event)?;
        let places = event.changes.iter().flat_map(touched);
        let balances = places
            .map(|place| (place.clone(), self.state.stock.at(&place)))
            .collect();
        Ok(Decided {
            event,
            heard: asked.heard.clone(),
            station: self.state.head.station,
            balances,
        })
    }
}

/// Places whose balance a change moves.
fn touched(change: &Change) -> Vec<crate::stock::Place> {
    let place = |location: &str, movement: &crate::stock::Movement| crate::stock::Place {
        location: location.to_owned(),
        sku: movement.sku.clone(),
        lot: movement.lot.clone(),
    };
    match change {
        Change::Moved(movement) => vec![place(&movement.from, movement), place(&movement.to, movement)],
        Change::Reserved { place, .. } => vec![place.clone()],
        _ => Vec::new(),
    }
}

async fn write(tx: &mut Transaction<'static, Any>, one: &Decided) -> Result<(), StoreError> {
    store::insert_event(tx, one.station, &one.event, &one.balances).await?;
    match &one.heard {
        Some(heard) => store::insert_heard(tx, heard, &one.event.answer()).await,
        None => Ok(()),
    }
}
