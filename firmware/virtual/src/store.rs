//! A node's settings as a small file in place of flash.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use link::message::Settings;
use nodes::settings::{Kept, NotKept, SettingsStore};

/// One node's settings file; none: settings are forgotten at the end.
#[derive(Clone)]
pub struct FileStore(Option<PathBuf>);

impl FileStore {
    /// The file of the node called `name` in this folder.
    pub fn new(folder: Option<&Path>, name: &str) -> Self {
        Self(folder.map(|folder| folder.join(format!("{name}.json"))))
    }

    /// What was kept; the defaults where nothing was, or it can't be read.
    pub fn load(&self) -> Settings {
        let Some(path) = &self.0 else {
            return Settings::default();
        };
        match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(path = %path.display(), %error, "settings can't be read; the defaults hold");
                Settings::default()
            }),
            Err(error) => {
                if error.kind() != ErrorKind::NotFound {
                    tracing::warn!(path = %path.display(), %error, "settings can't be read; the defaults hold");
                }
                Settings::default()
            }
        }
    }
}

impl SettingsStore for FileStore {
    async fn save(&mut self, kept: &Kept) -> Result<(), NotKept> {
        let settings = match kept {
            Kept::Settings(settings) => settings,
            // A virtual cell is as its sheet says: what it learns is what it knew.
            Kept::Calibration(_) => return Ok(()),
        };
        let Some(path) = &self.0 else {
            return Ok(());
        };
        // Written beside and moved over, so that a kill in between leaves the old ones.
        let beside = path.with_extension("new");
        let bytes = serde_json::to_vec(settings).map_err(|_| NotKept)?;
        let written = match tokio::fs::write(&beside, bytes).await {
            Ok(()) => tokio::fs::rename(&beside, path).await,
            Err(error) => Err(error),
        };
        written.map_err(|error| {
            tracing::warn!(path = %path.display(), %error, "settings can't be kept");
            NotKept
        })
    }
}
