//! Training: scenarios, runs, and the acts that make them.

mod act;
mod app;
mod change;
mod clerk;
mod decide;
mod forms;
mod head;
mod hearsay;
mod moved;
mod paper;
mod printing;
mod run;
pub mod scenario;
pub mod store;

pub use act::{Act, ActEnvelope, Actor, Answer, Decision, Event, Mark, RunId, Words};
pub use app::{App, StartError};
pub use change::Change;
pub use clerk::ActError;
pub use decide::decide;
pub(crate) use decide::leads_to;
pub use head::RunHead;
pub use moved::{FloorView, MovedOn};
pub use paper::{Paper, PaperKind, PaperState, Signed};
pub use run::{AGAIN, Hand, Label, Note, RunState, Said, Step, run_of_job};
pub use scenario::Scenario;

#[cfg(test)]
mod tests;
