//! What keeps runs going: clerks that decide and commit, word of what moved on, the scenarios there are.

mod app;
mod clerk;
mod hearsay;
mod moved;
mod published;
pub mod scenarios;

pub use app::{App, StartError};
pub use clerk::ActError;
pub use moved::{FloorView, MovedOn};
