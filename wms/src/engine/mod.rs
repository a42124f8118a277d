//! What keeps runs going: clerks that decide and commit, word of what moved on, the scenarios there are.

mod app;
mod clerk;
mod error;
mod hearsay;
mod moved;
mod published;
pub mod scenarios;

pub use app::{App, StartError};
pub use error::ActError;
pub use moved::{FloorView, MovedOn};
