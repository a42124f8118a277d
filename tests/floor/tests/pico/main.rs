//! The true Pico images on emulated chips, spoken to over the wire by the same master that the gateway uses.
#![expect(clippy::unwrap_used, reason = "a test that fails here has failed")]

use link::message::EventBody;

mod drill;
mod gateway;
mod printer;
mod row;
mod scale;
mod scanner;
mod shelf;

/// Speed of a UART that is not a bus, as `docs/wiring.md` says.
const BAUD: u32 = 115_200;
/// Unique ids as Winbond's flash has them.
const UIDS: [u64; 3] = [0xe661_4104_0396_b12f, 0xe661_4104_0396_b130, 0xe661_4104_0396_b131];

/// Any key of a shelf.
fn key(body: &EventBody) -> Option<()> {
    matches!(body, EventBody::Key { .. }).then_some(())
}
