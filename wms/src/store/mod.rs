//! The database, and all SQL: what is kept is read and written here, and nowhere else is it known how.

pub mod accounts;
mod acts;
pub mod chain;
mod check;
pub mod commit;
mod complaints;
mod db;
mod fleet;
mod health;
mod heard;
mod jobs;
mod ledger;
mod memory;
pub mod person;
mod runs;
mod texts;
mod unique;
pub mod words;

use rules::RunId;
use rules::stored::{ACT_FORMAT, SCENARIO_FORMAT};

pub use acts::{Latest, answer, events, events_after, events_before, latest};
pub use chain::hex;
pub use check::{Difference, Report, check, check_all};
pub use complaints::{Complaint, NO_ANSWER, complaints};
pub use db::{Backend, Db, DbError, Gone};
pub use fleet::{Device, Station, assign, away, devices, ensure_station, keep_device, stations};
pub use health::{Health, Wellness, write as write_health, write_first};
pub use heard::{Aside, Before, Heard, Made, Why, asides, before, follows_act_of, set_aside};
pub use jobs::{Waits, set_print_state, waiting_labels};
pub use ledger::{LedgerFilter, LedgerLine, balances, ledger, ledger_before};
pub use runs::{
    Place, Waiting, group_name, heads, insert_run, last_act, newest_run, open_elsewhere, run, run_at, runs_at_stations,
    waiting_papers,
};
pub use texts::ERASED;
pub use unique::Unique;

/// Why a run's rows could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused.
    #[error("the database refused: {0}")]
    Sql(#[from] sqlx::Error),
    /// What stands there can't be read by this program.
    #[error("a row can't be read: {0}")]
    Json(#[from] serde_json::Error),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes: {0}")]
    Random(#[from] getrandom::Error),
    /// No such run.
    #[error("there is no run {0}")]
    NoRun(RunId),
    /// An account has a role that this program does not know.
    #[error("account {id} has a role this program does not know: {role:?}")]
    UnknownRole {
        /// Account.
        id: i64,
        /// What stands there.
        role: String,
    },
    /// The ledger has a status that this program does not know.
    #[error("the ledger has a status this program does not know: {0:?}")]
    UnknownStatus(String),
    /// A newer program wrote its scenario.
    #[error(
        "the scenario of run {run} has format {format}, this program reads up to {SCENARIO_FORMAT}: run the newer one"
    )]
    ScenarioFormat {
        /// Which run.
        run: RunId,
        /// Its format.
        format: i64,
    },
    /// A newer program wrote it.
    #[error("act {no} of run {run} has format {format}, this program reads up to {ACT_FORMAT}: run the newer one")]
    Format {
        /// Which run.
        run: RunId,
        /// Which act.
        no: i64,
        /// Its format.
        format: i64,
    },
}

impl StoreError {
    /// The key that was there already: the same came twice, or somebody else was quicker.
    pub fn taken(&self) -> Option<Unique> {
        match self {
            Self::Sql(error) => Unique::of(error),
            _ => None,
        }
    }

    /// Whether an error, or what caused it, is the database's own trouble, which may pass: it can't be reached or written.
    pub fn is_trouble(error: &(dyn std::error::Error + 'static)) -> bool {
        let all = std::iter::successors(Some(error), |cause| cause.source());
        all.filter_map(|cause| cause.downcast_ref::<sqlx::Error>())
            .any(db::is_trouble)
    }
}
