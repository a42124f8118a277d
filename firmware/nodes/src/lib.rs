//! What each node does, on any hardware.
//!
//! Three layers, each with one reason to change:
//! - *logic*: pure state machines ([`shelf::Shelf`], [`scanner::Scanner`], …) that take samples, commands and the time and
//!   give lights, tones, dots and events; they implement [`Device`].
//! - *boards*: carry samples from the [`parts`]' drivers to the logic, and what it decides back ([`shelf::ShelfBoard`], …);
//!   they implement [`Board`]. Drivers and boards know no chip: they stand on embedded-hal(-async), embedded-io-async and what
//!   [`chip`] adds to them.
//! - *runner*: [`Node`] joins a device to the wire without I/O; [`run`] drives it over an embedded-io-async port.
//!
//! A chip gives the types of its pins ([`chip::Chip`]) and puts the parts together, as the Pico images do. The virtual floor
//! has no chip: it puts boards of its own in their place.
#![no_std]
#![allow(
    async_fn_in_trait,
    reason = "one executor, one thread: no bound on the futures is wanted"
)]

#[cfg(test)]
extern crate std;

pub mod bridge;
pub mod chip;
pub mod colour;
mod device;
pub mod health;
mod node;
pub mod parts;
pub mod printer;
mod runner;
pub mod scale;
pub mod scanner;
pub mod settings;
pub mod shelf;
pub mod time;

pub use device::{Device, Events};
pub use node::Node;
pub use runner::{Board, Clock, Joints, Port, bridge_loops, loops, run};
