//! Drivers and boards against parts that are not there: each pin's and bus's traffic is recorded and held against what it must
//! be, call for call.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

mod boards;
mod kit;
mod parts;
mod runner;
