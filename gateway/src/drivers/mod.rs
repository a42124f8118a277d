//! Drivers turn bytes into what the fleet understands, and what the fleet wants into bytes. A profile names its driver.
//!
//! A driver is sans-I/O: it serves one port, and the port's task carries its bytes. There is one so far, [`link`].

pub mod link;

use uplink::{Desire, DeviceEvent, DeviceId, DeviceKind, EventKey, Progress, Verdict};

use crate::words::Text;

/// What the fleet tells the driver of a port.
#[derive(Clone, Debug, PartialEq)]
pub enum Tell {
    /// Show or do this.
    Desire(Desire),
    /// Show and sound this answer to an event.
    Verdict {
        /// The event.
        key: EventKey,
        /// The answer.
        verdict: Verdict,
    },
    /// Whether the WMS can be reached.
    Online {
        /// Which device should know.
        device: DeviceId,
        /// Whether.
        online: bool,
    },
    /// All events of that boot up to this one are durable.
    Committed(EventKey),
}

/// What a driver tells the fleet.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// A device answers. What it showed before is unknown.
    Up(Introduction),
    /// A device no longer answers.
    Down(DeviceId),
    /// Something happened.
    Event(DeviceEvent),
    /// How far a desire has come.
    Progress(Progress),
    /// A device answers and can't be used.
    Unusable {
        /// Which.
        device: Introduction,
        /// Why.
        why: Text,
    },
    /// Something is wrong at the port.
    Trouble(Text),
    /// What was told to be wrong at the port may be so no longer; it is told anew if it is.
    TroubleOver,
    /// What was counted since the port was opened.
    Frames {
        /// Frames that came whole.
        whole: u64,
        /// Frames that came damaged, or hold what nobody understands.
        damaged: u64,
    },
    /// What was counted since the last report, by device.
    Counted {
        /// Which.
        device: DeviceId,
        /// Messages and polls sent again since its session began.
        retransmissions: u64,
    },
}

/// Who a device is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introduction {
    /// Its name.
    pub device: DeviceId,
    /// What it is.
    pub kind: DeviceKind,
    /// Positions of a shelf; 1 for others.
    pub units: u8,
    /// Its firmware.
    pub firmware: String,
    /// Its boot.
    pub boot: u32,
    /// Its address at the port; 0 for the device on the port itself.
    pub address: u8,
}
