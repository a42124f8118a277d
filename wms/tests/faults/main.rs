//! What a school's machine does to a server: full disks, files taken away, two servers on one file, guests who stay and say
//! nothing. Through the real program, as a process of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

#[path = "../common/home.rs"]
mod home;

mod accounts;
mod disk;
mod ending;
mod files;
mod guests;
mod postgres;
mod process;
mod sign_in;

pub use home::Home;
