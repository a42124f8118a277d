//! The rules of a run: what an act means where the run stands, and what follows from it.
//!
//! Pure: the same run and the same act give the same decision, today and in ten years. Time comes as an argument, files and
//! databases are somebody else's.

pub mod act;
pub mod change;
pub mod core;
pub mod decide;
mod forms;
pub mod head;
pub mod inbound;
pub mod locale;
pub mod outbound;
#[cfg(any(test, feature = "played"))]
pub mod played;
mod printing;
pub mod run;
pub mod scenario;

pub use act::{Act, ActEnvelope, Actor, Answer, Decision, Event, Mark, RunId, Words};
pub use change::Change;
pub use decide::decide;
pub use head::RunHead;
pub use run::{AGAIN, Hand, Label, Note, RunState, Said, Step, run_of_job};
pub use scenario::Scenario;

#[cfg(test)]
mod tests;
