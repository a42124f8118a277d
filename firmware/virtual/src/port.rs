//! A node's port: a pseudo terminal under a name that stays the same.
//!
//! A pulled cable takes name and terminal away, as a USB adapter does; a plugged one brings new ones.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use embedded_io_async::{ErrorType, Read, Write};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::watch;
use tokio_serial::{ClearBuffer, SerialPort, SerialStream};

/// How often the far end is put in order for whoever opens it next.
const ORDER: Duration = Duration::from_millis(200);
/// A line that takes nothing for so long has nobody at its other end.
const NOBODY: Duration = Duration::from_millis(100);
/// After a failure, before the next try.
const PAUSE: Duration = Duration::from_millis(10);

/// The node's end of its port.
pub struct Port {
    name: PathBuf,
    plugged: watch::Receiver<bool>,
    line: Option<Line>,
}

/// Both ends of a pseudo terminal. The far one is kept open, raw, or the line would hang up between two users.
struct Line {
    near: SerialStream,
    far: SerialStream,
}

impl Line {
    /// A user that was killed leaves its claim to be the only one; a real port loses that with its last user.
    fn order(&mut self) {
        let _ = self.far.set_exclusive(false);
    }

    /// What nobody has read is gone, as on a real line.
    fn discard(&mut self) {
        let _ = self.far.clear(ClearBuffer::Input);
    }
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
            let (near, far) = SerialStream::pair().map_err(io::Error::other)?;
            let terminal = far
                .name()
                .ok_or_else(|| io::Error::other("the pseudo terminal has no name"))?;
            link(Path::new(&terminal), &self.name)?;
            self.line = Some(Line { near, far });
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

impl nodes::Port for Port {}

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
                read = line.near.read(bytes) => match read {
                    Ok(0) | Err(_) => tokio::time::sleep(PAUSE).await,
                    Ok(length) => return Ok(length),
                },
                _ = self.plugged.changed() => {}
                () = tokio::time::sleep(ORDER) => line.order(),
            }
        }
    }
}

impl Write for Port {
    async fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(line) = &mut self.line else {
            return Ok(bytes.len());
        };
        match tokio::time::timeout(NOBODY, line.near.write(bytes)).await {
            Ok(Ok(length)) if length > 0 => Ok(length),
            _ => {
                line.discard();
                Ok(bytes.len())
            }
        }
    }

    async fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
