//! What the suites share: a database of a test's own, and the hands that do a drill.

pub mod hands;
mod home;

pub use home::Home;
