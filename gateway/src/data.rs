//! The gateway's data folder: a lock, the gateway's own name, the outbox, where its status port is.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use crate::words::Text;

/// An opened data folder; no other gateway can use it meanwhile.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    name: String,
    _lock: File,
}

impl DataFolder {
    /// Opens the folder, or makes it.
    ///
    /// # Errors
    /// Why not, and what to do, in words.
    pub fn open(path: &Path) -> Result<Self, Text> {
        let failed = |error: io::Error| {
            Text::new("data-folder")
                .with("path", path.display())
                .with("cause", error)
        };
        fs::create_dir_all(path).map_err(failed)?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("lock"))
            .map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Text::new("data-in-use").with("path", path.display())),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let name = name(path).map_err(failed)?;
        Ok(Self {
            path: path.to_owned(),
            name,
            _lock: lock,
        })
    }

    /// The gateway's own name, drawn when the folder was made.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the outbox lies.
    #[must_use]
    pub fn outbox(&self) -> PathBuf {
        self.path.join("outbox")
    }

    /// Leaves word where the status port is, for `gateway doctor`.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn leave_address(&self, address: SocketAddr) -> io::Result<()> {
        fs::write(self.path.join("status.addr"), address.to_string())
    }
}

/// Where the gateway that uses, or last used, this folder has its status port.
#[must_use]
pub fn status_address(path: &Path) -> Option<SocketAddr> {
    fs::read_to_string(path.join("status.addr")).ok()?.trim().parse().ok()
}

fn name(path: &Path) -> io::Result<String> {
    let file = path.join("name");
    match fs::read_to_string(&file) {
        Ok(name) if !name.trim().is_empty() => return Ok(name.trim().to_owned()),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let name = format!("gateway-{:08x}", fastrand::u32(..));
    fs::write(&file, &name)?;
    Ok(name)
}
