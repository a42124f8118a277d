//! Pseudo-terminals.

use std::fs::File;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::symlink;
use std::path::Path;

use anyhow::Result;
use nix::fcntl::OFlag;
use nix::pty::{PtyMaster, grantpt, posix_openpt, ptsname_r, unlockpt};
use nix::sys::termios::{SetArg, cfmakeraw, tcgetattr, tcsetattr};

/// A pseudo-terminal in raw mode, its slave reachable by a name of our own.
pub(super) struct Pty {
    pub master: OwnedFd,
    pub slave: File,
}

impl Pty {
    pub fn open(name: &Path) -> Result<Self> {
        let master: PtyMaster = posix_openpt(OFlag::O_RDWR | OFlag::O_NOCTTY | OFlag::O_CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let path = ptsname_r(&master)?;
        symlink(&path, name)?;
        let slave = File::options().read(true).write(true).open(&path)?;
        let mut settings = tcgetattr(slave.as_fd())?;
        cfmakeraw(&mut settings);
        tcsetattr(slave.as_fd(), SetArg::TCSANOW, &settings)?;
        Ok(Self {
            master: master.into(),
            slave,
        })
    }
}
