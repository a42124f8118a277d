//! A node's port: a pseudo terminal under a name that stays the same.
//!
//! A pulled cable takes name and terminal away, as a USB adapter does; a plugged one brings new ones.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use embedded_io_async::{ErrorType, Read, Write};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::watch;
use tokio_serial::{SerialPort, SerialStream};

/// Between two looks whether somebody has opened the other end.
const NOBODY: Duration = Duration::from_millis(10);

/// The node's end of its port.
pub struct Port {
    name: PathBuf,
    plugged: watch::Receiver<bool>,
    line: Option<SerialStream>,
}

impl Port {
    /// A port under this name, once it is plugged.
    pub fn new(name: PathBuf, plugged: watch::Receiver<bool>) -> Self {
        Self {
            name,
            plugged,
            line: None,
        }
    }

    /// Makes the port appear, or disappear, as the cable says.
    fn follow_cable(&mut self) -> io::Result<()> {
        let plugged = *self.plugged.borrow_and_update();
        if !plugged {
            self.unplug();
        } else if self.line.is_none() {
            let (line, far) = SerialStream::pair().map_err(io::Error::other)?;
            let terminal = far
                .name()
                .ok_or_else(|| io::Error::other("the pseudo terminal has no name"))?;
            // The far end is closed again: a line that nobody has opened loses what is said on it, as a real one does.
            drop(far);
            link(Path::new(&terminal), &self.name)?;
            self.line = Some(line);
        }
        Ok(())
    }

    fn unplug(&mut self) {
        if self.line.take().is_some() {
            let _ = std::fs::remove_file(&self.name);
        }
    }
}

/// Puts the name in place in one step, so that nobody finds it missing or pointing at a dead terminal.
fn link(terminal: &Path, name: &Path) -> io::Result<()> {
    let beside = name.with_file_name(format!(".{}", name.file_name().unwrap_or_default().display()));
    let _ = std::fs::remove_file(&beside);
    std::os::unix::fs::symlink(terminal, &beside)?;
    std::fs::rename(&beside, name)
}

impl Drop for Port {
    fn drop(&mut self) {
        self.unplug();
    }
}

impl ErrorType for Port {
    type Error = io::Error;
}

impl Read for Port {
    async fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            self.follow_cable()?;
            let Some(line) = &mut self.line else {
                // The floor ends when the sender is gone.
                if self.plugged.changed().await.is_err() {
                    return std::future::pending().await;
                }
                continue;
            };
            tokio::select! {
                read = line.read(bytes) => match read {
                    Ok(0) | Err(_) => tokio::time::sleep(NOBODY).await,
                    Ok(length) => return Ok(length),
                },
                _ = self.plugged.changed() => {}
            }
        }
    }
}

impl Write for Port {
    async fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.line {
            Some(line) => match line.write(bytes).await {
                // Nobody at the other end: the bytes are gone.
                Ok(0) | Err(_) => Ok(bytes.len()),
                Ok(length) => Ok(length),
            },
            None => Ok(bytes.len()),
        }
    }

    async fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
