//! The Raspberry Pi Pico's side of the five nodes: its chip, its pins, and what their images share.
//!
//! | module | what |
//! |---|---|
//! | [`pins`] | which part hangs on which pin, a table for each image |
//! | [`board`] | what is the chip's own: strobes and lights by PIO, tone by PWM, USB, flash, watchdog |
//! | [`beside`] | work with a task of its own |
//! | [`station`] | identity, port, settings, watchdog: what every image does beside its own device |
//! | [`devices`] | which pin goes to which driver: puts together the boards of [`nodes`] |
#![no_std]
#![allow(
    async_fn_in_trait,
    reason = "one executor, one thread: no bound on the futures is wanted"
)]

pub mod beside;
pub mod board;
pub mod devices;
pub mod pins;
pub mod station;
