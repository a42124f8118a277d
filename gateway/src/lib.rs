//! The gateway: joins a floor's devices to the WMS.
//!
//! | module | what |
//! |---|---|
//! | [`ports`] | places found, opened, supervised one task each |
//! | [`drivers`] | bytes ↔ events and desires |
//! | [`fleet`] | every device, and every event's way; pure |
//! | [`outbox`] | what the WMS has not yet committed, on disk |
//! | [`session`] | the uplink session with the WMS |
//! | [`hub`] | the one task that joins these |
//! | [`diagnostics`] | status port, metrics, doctor |

pub mod clock;
pub mod config;
pub mod data;
pub mod diagnostics;
pub mod drivers;
pub mod fleet;
pub mod hub;
pub mod outbox;
pub mod ports;
pub mod session;
pub mod words;
