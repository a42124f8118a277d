//! Why an act was not taken, or a run can't be shown.

use std::sync::Arc;

use rules::RunId;
use rules::core::stock::StockError;

use crate::store::StoreError;

/// Why an act could not be taken. Nothing of it was booked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ActError {
    /// No such run.
    #[error("there is no run {0}")]
    NoRun(RunId),
    /// The database refused.
    #[error("the act could not be kept: {0}")]
    Store(#[source] Arc<StoreError>),
    /// The rules wanted something that stock does not allow.
    #[error("the rules and the stock disagree: {0}")]
    Stock(#[from] StockError),
    /// Something that the act would write is there already, though not from this act.
    #[error("what the act would write is there already in run {0}")]
    Clash(RunId),
    /// Others acted in the run again and again meanwhile.
    #[error("run {0} is acted in by too many at once")]
    Busy(RunId),
    /// A fault of ours in deciding it, or in reading the run.
    #[error("run {0} can't go on from here by a fault of this program")]
    Fault(RunId),
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
