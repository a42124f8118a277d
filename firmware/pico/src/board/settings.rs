//! Settings in the last two pages of the flash, which wear evenly and survive a cut of the supply in the middle of a write.

use embassy_embedded_hal::adapter::BlockingAsync;
use embassy_rp::Peri;
use embassy_rp::flash::{Blocking, ERASE_SIZE, Flash};
use embassy_rp::peripherals::FLASH;
use link::message::Settings;
use nodes::settings::{Calibration, Kept, NotKept, SettingsStore};
use sequential_storage::cache::{Cache, Uncached};
use sequential_storage::map::{MapConfig, MapStorage};
use serde::de::DeserializeOwned;

/// The Pico's flash.
const FLASH_BYTES: usize = 2 * 1024 * 1024;
const PAGES: u32 = 2;
const BEGIN: u32 = FLASH_BYTES as u32 - PAGES * ERASE_SIZE as u32;
/// What is kept, by its key.
const SETTINGS: u8 = 1;
const CALIBRATION: u8 = 2;
/// Room for one item while it is read or written.
const ROOM: usize = 64;

/// The chip's flash.
pub type ChipFlash = Flash<'static, FLASH, Blocking, FLASH_BYTES>;
type NoCache = Cache<Uncached, Uncached, Uncached, u8>;
type Storage = MapStorage<u8, BlockingAsync<ChipFlash>, NoCache>;

/// The flash, opened.
pub fn flash(part: Peri<'static, FLASH>) -> ChipFlash {
    Flash::new_blocking(part)
}

/// The flash's part that holds settings.
pub struct Store(Storage);

/// The flash could not be read, or holds no settings of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl Store {
    /// Takes the flash over.
    pub fn new(flash: ChipFlash) -> Self {
        let range = BEGIN..FLASH_BYTES as u32;
        Self(Storage::new(
            BlockingAsync::new(flash),
            MapConfig::new(range),
            NoCache::new_uncached(),
        ))
    }

    /// The settings kept; none where none were ever.
    ///
    /// # Errors
    /// When the flash can't be read, or holds what these settings are not.
    pub async fn settings(&mut self) -> Result<Option<Settings>, Unreadable> {
        self.load(SETTINGS).await
    }

    /// The calibration kept likewise.
    ///
    /// # Errors
    /// As [`Self::settings`].
    pub async fn calibration(&mut self) -> Result<Option<Calibration>, Unreadable> {
        self.load(CALIBRATION).await
    }

    async fn load<T: DeserializeOwned>(&mut self, key: u8) -> Result<Option<T>, Unreadable> {
        let mut room = [0; ROOM];
        let bytes: Option<&[u8]> = self.0.fetch_item(&mut room, &key).await.map_err(|_| Unreadable)?;
        bytes
            .map(|bytes| postcard::from_bytes(bytes).map_err(|_| Unreadable))
            .transpose()
    }
}

impl SettingsStore for Store {
    /// Once in some hundred times this erases a page, which stops the chip for up to 400 ms.
    async fn save(&mut self, kept: &Kept) -> Result<(), NotKept> {
        let (mut room, mut bytes) = ([0; ROOM], [0; ROOM]);
        let (key, bytes) = match kept {
            Kept::Settings(settings) => (SETTINGS, postcard::to_slice(settings, &mut bytes)),
            Kept::Calibration(calibration) => (CALIBRATION, postcard::to_slice(calibration, &mut bytes)),
        };
        let bytes: &[u8] = bytes.map_err(|_| NotKept)?;
        self.0.store_item(&mut room, &key, &bytes).await.map_err(|_| NotKept)
    }
}
