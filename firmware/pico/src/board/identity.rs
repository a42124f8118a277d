//! Who this chip is.

use embassy_rp::clocks::RoscRng;
use link::message::{BootId, Firmware, Uid};

use super::settings::ChipFlash;

/// The unique id that the flash chip's maker gave it; zero, which no chip has, where it can't be read.
pub fn uid(flash: &mut ChipFlash) -> Uid {
    let mut id = [0; 8];
    match flash.blocking_unique_id(&mut id) {
        Ok(()) => Uid(u64::from_be_bytes(id)),
        Err(_) => Uid(0),
    }
}

/// A number for this boot, drawn from the ring oscillator's jitter.
pub fn boot_id() -> BootId {
    // Neighbouring bits of the oscillator hang together; folding many into few takes that out.
    let folded = (0..8).fold(0u32, |sum, _| sum.rotate_left(5) ^ RoscRng.next_u32());
    BootId(folded)
}

/// What runs here: this crate's version and the last commit that touched the firmware.
pub fn firmware() -> Firmware {
    Firmware {
        major: decimal(env!("CARGO_PKG_VERSION_MAJOR")),
        minor: decimal(env!("CARGO_PKG_VERSION_MINOR")),
        patch: decimal(env!("CARGO_PKG_VERSION_PATCH")),
        git: commit(option_env!("CANGXUN_FIRMWARE_COMMIT").unwrap_or("")),
    }
}

fn decimal(text: &str) -> u8 {
    text.parse().unwrap_or(0)
}

/// The first four bytes of a commit's hash in hex; zero where it is no such thing.
fn commit(hex: &str) -> [u8; 4] {
    hex.get(..8)
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .unwrap_or(0)
        .to_be_bytes()
}
