//! Who speaks when on RS-485, and under which address.

/// Speed and patience of a bus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BusTiming {
    /// Speed in baud; 8N1.
    pub baud: u32,
    /// How long the first byte of a reply may take after a poll's last byte, in microseconds.
    pub patience: u32,
}

impl BusTiming {
    /// For a master with its UART at hand: the bridge.
    #[must_use]
    pub const fn bridge(baud: u32) -> Self {
        Self { baud, patience: 2_000 }
    }

    /// For a host behind a USB adapter, whose latency timer may hold bytes for 16 ms.
    #[must_use]
    pub const fn adapter(baud: u32) -> Self {
        Self { baud, patience: 40_000 }
    }
}
