//! Settings that outlive a reset.

use crc::{CRC_32_ISO_HDLC, Crc};
use link::message::Settings;
use serde::{Deserialize, Serialize};

const CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// What outlives a cut of the supply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// What the master wants of any node.
    Settings(Settings),
    /// What a scale has learnt of its own cell.
    Calibration(Calibration),
}

/// A scale's span, as a known weight has shown it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calibration {
    /// The converter's counts with an empty platform.
    pub zero: i32,
    /// Counts for a kilogram more.
    pub counts_per_kilogram: i32,
}

/// Keeps what is to outlive a reset: flash on a board, a file on a host.
pub trait SettingsStore {
    /// Keeps it.
    ///
    /// # Errors
    /// When it could not be written; what was kept before may be gone.
    async fn save(&mut self, kept: &Kept) -> Result<(), NotKept>;
}

/// Settings could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotKept;

/// CRC-32/ISO-HDLC over brightness, volume and baud (little-endian): [`link::message::Hello::settings_crc`].
#[must_use]
pub fn settings_crc(settings: &Settings) -> u32 {
    let mut digest = CRC.digest();
    digest.update(&[settings.brightness, settings.volume]);
    digest.update(&settings.bus_baud.to_le_bytes());
    digest.finalize()
}

/// Settings a node can work with: others are refused. On a slower bus a round of 32 nodes would take so long that they gave
/// their addresses up.
#[must_use]
pub const fn acceptable(settings: &Settings) -> bool {
    settings.volume <= 3 && matches!(settings.bus_baud, 115_200..=1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_counts() {
        let settings = Settings::default();
        let crc = settings_crc(&settings);
        assert_ne!(
            crc,
            settings_crc(&Settings {
                brightness: 97,
                ..settings
            })
        );
        assert_ne!(crc, settings_crc(&Settings { volume: 3, ..settings }));
        assert_ne!(
            crc,
            settings_crc(&Settings {
                bus_baud: 500_000,
                ..settings
            })
        );
    }

    #[test]
    fn what_can_not_work_is_not_acceptable() {
        let settings = Settings::default();
        assert!(acceptable(&settings));
        assert!(!acceptable(&Settings { volume: 4, ..settings }));
        for (bus_baud, works) in [
            (0, false),
            (9_600, false),
            (115_199, false),
            (115_200, true),
            (1_000_000, true),
            (1_000_001, false),
        ] {
            assert_eq!(acceptable(&Settings { bus_baud, ..settings }), works, "{bus_baud}");
        }
    }
}
