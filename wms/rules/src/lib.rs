//! The rules of a run: what an act means where the run stands, and what follows from it.
//!
//! Pure: the same run and the same act give the same decision, today and in ten years. Time comes as an argument, files and
//! databases are somebody else's. [`core`] is what all areas share; areas ([`inbound`], [`outbound`]) never know each other
//! and meet in the ground; [`decide`] gathers what they say.

pub mod area;
pub mod areas;
pub mod core;
pub mod decide;
pub mod event;
pub mod inbound;
pub mod locale;
pub mod outbound;
mod papers;
#[cfg(any(test, feature = "played"))]
pub mod played;
mod printing;
pub mod run;
pub mod scenario;
pub mod stored;

pub use areas::Change;
pub use core::act::{Act, ActEnvelope, Actor, RunId};
pub use core::ground::{Ground, Label, Note, run_of_job};
pub use core::head::RunHead;
pub use core::scenario::Scenario;
pub use core::words::{Mark, Words};
pub use decide::{Decision, decide};
pub use event::{Answer, Event};
pub use run::{RunState, Said, Step};

#[cfg(test)]
mod tests;
