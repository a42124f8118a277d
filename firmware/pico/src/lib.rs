//! The Raspberry Pi Pico's side of the five nodes: pins, drivers, and what their images share.
//!
//! | module | what |
//! |---|---|
//! | [`pins`] | which part hangs on which pin, a table for each image |
//! | [`board`] | drivers, one file for each part |
//! | [`station`] | identity, port, settings, watchdog: what every image does beside its own device |
//! | [`devices`] | a [`nodes::Board`] for each kind: carries samples and outputs between drivers and logic |
#![no_std]
#![allow(
    async_fn_in_trait,
    reason = "one executor, one thread: no bound on the futures is wanted"
)]

pub mod board;
pub mod devices;
pub mod pins;
pub mod station;
