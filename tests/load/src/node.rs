//! A shelf node's end of the wire, as measurements need it.

use link::message::{BootId, Firmware, NodeKind, ResetReason, Uid};
use link::node::Identity;

/// Who a shelf of 24 positions is.
pub fn shelf(uid: Uid, boot: BootId) -> Identity {
    Identity {
        kind: NodeKind::Shelf,
        units: 24,
        uid,
        firmware: Firmware {
            major: 0,
            minor: 1,
            patch: 0,
            git: [0; 4],
        },
        settings_crc: 0,
        boot,
        reset: ResetReason::PowerOn,
    }
}
