//! A machine's wall clock in the test's hand: set forward and back under a running process, while its unstepped clock goes on.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The wall clock that processes read instead of this machine's.
#[derive(Clone, Debug)]
pub struct WallClock {
    file: PathBuf,
}

impl WallClock {
    /// A clock that is right, kept in `folder`.
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn new(folder: &Path, name: &str) -> Result<Self> {
        let file = folder.join(format!("{name}.clock"));
        let clock = Self { file };
        clock.set(0)?;
        Ok(clock)
    }

    /// Sets it so many seconds before (below 0) or behind this machine's; whoever reads it sees that at once.
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn set(&self, seconds: i64) -> Result<()> {
        // Never half written: who reads meanwhile sees the old or the new.
        let fresh = self.file.with_extension("next");
        std::fs::write(&fresh, format!("{seconds:+}\n"))?;
        std::fs::rename(&fresh, &self.file)?;
        Ok(())
    }

    pub(crate) fn give_to(&self, command: &mut Command) -> Result<()> {
        let library = std::fs::read_dir("/usr/lib")?
            .flatten()
            .map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"))
            .find(|path| path.is_file())
            .context("libfaketime is missing: sudo apt-get install libfaketime")?;
        command
            .env("LD_PRELOAD", library)
            .env("FAKETIME_TIMESTAMP_FILE", &self.file)
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .env("NO_FAKE_STAT", "1");
        Ok(())
    }
}
