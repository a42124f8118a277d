//! A simulated floor in virtual time.

pub mod ledger;
pub mod noise;
pub mod random;
pub mod world;
