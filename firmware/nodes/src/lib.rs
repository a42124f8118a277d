//! What each node does, on any hardware.
//!
//! Three layers, each with one reason to change:
//! - *logic*: pure state machines ([`shelf::Shelf`], [`scanner::Scanner`], …) that take samples, commands and the time and
//!   give lights, tones, dots and events; they implement [`Device`].
//! - *boards*: thin adapters over embedded-hal traits that carry samples in and outputs out; they implement [`Board`].
//! - *runner*: [`Node`] joins a device to the wire without I/O; [`run`] drives it over an embedded-io-async port.
//!
//! The Pico images and the virtual floor differ in their boards alone.
#![no_std]
#![allow(
    async_fn_in_trait,
    reason = "one executor, one thread: no bound on the futures is wanted"
)]

#[cfg(test)]
extern crate std;

pub mod bridge;
pub mod colour;
mod device;
pub mod health;
mod node;
pub mod printer;
mod runner;
pub mod scale;
pub mod scanner;
pub mod settings;
pub mod shelf;
pub mod time;

pub use device::{Device, Events};
pub use node::Node;
pub use runner::{Board, Clock, run, run_bridge};
