//! What the server's parts share: the database, the clerks, the scenarios, and word of every run that moves on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rules::core::clock::Zone;
use rules::core::scenario::Scenario;
use rules::{Act, ActEnvelope, Actor, Answer, RunHead, RunId, RunState, Step};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use super::clerk::{Asked, Clerk};
use super::error::ActError;
use super::hearsay::Hearsay;
use super::moved::MovedOn;
use super::published::Published;
use crate::clock;
use crate::panics::caught;
use crate::store::{self, Backend, Db, Heard, StoreError, Unique, words};

/// Clerks on PostgreSQL, where several can write at once. More would write smaller groups, and commits that tell other
/// processes stand in line for one lock. On SQLite one does.
const CLERKS: usize = 4;
/// Moves that a slow listener may lag behind before it has to look for itself.
const LIVE: usize = 4096;

/// The handle that pages, API and floor work through.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    db: Db,
    scenarios: Vec<Scenario>,
    zone: Zone,
    clerks: Vec<mpsc::Sender<Asked>>,
    live: broadcast::Sender<MovedOn>,
    commits: watch::Receiver<u64>,
    /// Counts on when whoever shows runs or devices must look again.
    again: watch::Sender<u64>,
    published: Arc<Published>,
    /// Since when this process has known each run, by the clock that is never set (ms).
    known: Mutex<HashMap<RunId, i64>>,
}

/// Why a run could not be begun.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No such scenario.
    #[error("there is no scenario {0:?}")]
    NoScenario(String),
    /// No such station.
    #[error("there is no station {0}")]
    NoStation(i64),
    /// No such group.
    #[error("there is no group {0}")]
    NoGroup(i64),
    /// Another group works there.
    #[error("the station is taken by {group}")]
    Taken {
        /// Its name.
        group: String,
    },
    /// The group works at another station, and a student would begin a second run.
    #[error("the group works at station {station}")]
    Working {
        /// Number of the station.
        station: i64,
    },
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its first act could not be taken.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl App {
    /// Starts the clerks on an open database, in the usual zone.
    pub fn new(db: Db, scenarios: Vec<Scenario>) -> Self {
        Self::in_zone(db, scenarios, Zone::default())
    }

    /// The same in this zone: runs and papers bear its day.
    pub fn in_zone(db: Db, scenarios: Vec<Scenario>, zone: Zone) -> Self {
        let (live, _) = broadcast::channel(LIVE);
        let (count, commits) = watch::channel(0);
        let process = process_name();
        let clerks = match db.backend {
            Backend::Sqlite => 1,
            Backend::Postgres => CLERKS,
        };
        let published = Arc::new(Published::new(db.clone()));
        let clerks = (0..clerks)
            .map(|_| Clerk::start(db.clone(), process, live.clone(), count.clone(), published.clone()))
            .collect();
        let app = Self(Arc::new(Inner {
            db,
            scenarios,
            zone,
            clerks,
            live,
            commits,
            again: watch::Sender::new(0),
            published,
            known: Mutex::default(),
        }));
        if app.0.db.backend == Backend::Postgres {
            let hearsay = Hearsay {
                db: app.0.db.clone(),
                process,
                live: app.0.live.clone(),
                again: app.0.again.clone(),
                published: app.0.published.clone(),
            };
            tokio::spawn(hearsay.listen());
        }
        app
    }

    /// Since when this process has known a run, by the clock that is never set (ms): from now on, where it did not. What
    /// happens after that can't be from before the run.
    pub fn known_since(&self, run: RunId) -> i64 {
        let mut known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(run).or_insert_with(|| clock::moment().millis)
    }

    /// Knows the runs that stand at stations.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn know_runs(&self) -> Result<(), StoreError> {
        for run in store::runs_at_stations(&self.0.db).await? {
            self.known_since(run);
        }
        Ok(())
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The scenarios that can be started.
    pub fn scenarios(&self) -> &[Scenario] {
        &self.0.scenarios
    }

    /// Word of every run that moves on, in this process or another. A listener that lags looks for itself.
    pub fn subscribe(&self) -> broadcast::Receiver<MovedOn> {
        self.0.live.subscribe()
    }

    /// Changes when whoever shows runs or devices must look again: a device was given to another station, or word of another
    /// process may have been missed.
    pub fn again(&self) -> watch::Receiver<u64> {
        self.0.again.subscribe()
    }

    /// Says that a device was given to another station.
    ///
    /// # Errors
    /// Where other processes could not be told.
    pub async fn places_changed(&self) -> Result<(), StoreError> {
        self.0.again.send_modify(|count| *count += 1);
        match self.0.db.backend {
            Backend::Sqlite => Ok(()),
            Backend::Postgres if !self.0.db.hears() => Ok(()),
            Backend::Postgres => words::tell_places(&self.0.db).await,
        }
    }

    /// Commits so far, for measurements.
    pub fn commits(&self) -> u64 {
        *self.0.commits.borrow()
    }

    /// Takes an act; answers after its commit. A repeat of the same source gets the first answer.
    ///
    /// # Errors
    /// Where there is no such run or the act could not be kept. Nothing was booked then.
    pub async fn act(&self, run: RunId, envelope: ActEnvelope) -> Result<Answer, ActError> {
        self.hear(run, envelope, None).await
    }

    /// The same for what a device said, which is kept in the same commit.
    ///
    /// # Errors
    /// As [`Self::act`].
    pub async fn hear(&self, run: RunId, envelope: ActEnvelope, heard: Option<Heard>) -> Result<Answer, ActError> {
        let (reply, answer) = oneshot::channel();
        let asked = Asked {
            run,
            envelope: Box::new(envelope),
            heard: heard.map(Box::new),
            reply,
        };
        self.clerk(run).send(asked).await.map_err(|_| ActError::Ending)?;
        answer.await.map_err(|_| ActError::Ending)?
    }

    /// A run as it stands now.
    ///
    /// # Errors
    /// Where there is no such run.
    pub async fn run_state(&self, run: RunId) -> Result<Arc<RunState>, ActError> {
        let now = caught("a view", self.0.published.now(run)).await;
        now.unwrap_or(Err(ActError::Fault(run)))
    }

    fn clerk(&self, run: RunId) -> &mpsc::Sender<Asked> {
        let index = usize::try_from(run).unwrap_or_default() % self.0.clerks.len();
        &self.0.clerks[index]
    }

    /// Begins a run at a station: the one before ends, nothing of it is deleted. Of two that begin there at once, the later
    /// ends the earlier, or gets its run where it is the same group's and scenario's.
    ///
    /// # Errors
    /// Where scenario, group or station are not known; or a student would take the station from another group in the middle
    /// of its work, or begin a second run while their group is in the middle of one elsewhere. A teacher may do both.
    pub async fn start_run(
        &self,
        scenario: &str,
        group: i64,
        station: i64,
        actor: Actor,
    ) -> Result<RunHead, StartError> {
        let known = self.0.scenarios.iter().find(|known| known.id == scenario);
        let scenario = known.ok_or_else(|| StartError::NoScenario(scenario.to_owned()))?;
        let db = &self.0.db;
        let group_name = store::group_name(db, group).await?.ok_or(StartError::NoGroup(group))?;
        let mut lost = false;
        loop {
            let before = store::run_at(db, station)
                .await?
                .ok_or(StartError::NoStation(station))?;
            let elsewhere = if actor.is_student() {
                self.idle_elsewhere(group, station).await?
            } else {
                Vec::new()
            };
            if let Some(before) = before {
                let state = self.run_state(before).await?;
                let same = state.ground.head.group == group && state.ground.head.scenario == scenario.id;
                if lost && same && !state.ground.closed {
                    return Ok(state.ground.head.clone());
                }
                let working = !state.ground.closed && state.step() != Step::Done;
                if actor.is_student() && working && state.ground.head.group != group {
                    let group = state.ground.head.group_name.clone();
                    return Err(StartError::Taken { group });
                }
                self.act(before, system(format!("close:{before}"), &actor, Act::Close))
                    .await?;
            }
            let now = clock::now();
            let mut tx = self.0.db.begin().await.map_err(StoreError::from)?;
            let to = store::Place { station, before };
            match store::insert_run(
                &mut tx,
                scenario,
                (group, &group_name),
                to,
                self.0.zone.day(now),
                (now, clock::moment()),
            )
            .await
            {
                Ok(Some(head)) => {
                    // Looked at once more in here: of two that begin at two stations at once, one finds the other.
                    let open = store::open_elsewhere(&mut *tx, group, station).await?;
                    if actor.is_student() && open.iter().any(|run| !elsewhere.contains(run)) {
                        tx.rollback().await.map_err(StoreError::from)?;
                        continue;
                    }
                    self.0.db.commit(tx).await.map_err(StoreError::from)?;
                    self.0.db.fleet_moved();
                    self.known_since(head.id);
                    self.act(head.id, system(format!("open:{}", head.id), &actor, Act::Open))
                        .await?;
                    return Ok(head);
                }
                // Someone else began a run there a moment ago.
                Ok(None) => lost = true,
                // Another process took the number a moment ago: take the next.
                Err(error) if matches!(error.taken(), Some(Unique::Run | Unique::RunOfDay)) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl App {
    /// Runs that a group left open at other stations, all of them done.
    ///
    /// # Errors
    /// Where the group is in the middle of one.
    async fn idle_elsewhere(&self, group: i64, station: i64) -> Result<Vec<RunId>, StartError> {
        let open = store::open_elsewhere(&self.0.db.pool, group, station).await?;
        for run in &open {
            let state = self.run_state(*run).await?;
            if !state.ground.closed && state.step() != Step::Done {
                let station = state.ground.head.station;
                return Err(StartError::Working { station });
            }
        }
        Ok(open)
    }
}

/// What the system does in a run on somebody's behalf.
fn system(source: String, actor: &Actor, act: Act) -> ActEnvelope {
    ActEnvelope {
        source,
        at: clock::now(),
        certain: true,
        actor: actor.clone(),
        act,
    }
}

/// Tells this process from others on the same database: different at each start.
fn process_name() -> u64 {
    let mut bytes = [0; 8];
    match getrandom::fill(&mut bytes) {
        Ok(()) => u64::from_le_bytes(bytes),
        Err(_) => u64::from(std::process::id()) << 32 ^ u64::try_from(clock::now()).unwrap_or_default(),
    }
}
