//! The wire between a node and its master: frames, messages and both ends' state machines.
//!
//! Nothing here does I/O, reads a clock or allocates: bytes and time go in, bytes and events come out.
#![no_std]

pub mod message;
