//! Opening a place: serial port, pseudo terminal or TCP.

use std::{
    fs::{File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use rustix::{
    fs::{FlockOperation, OFlags, fcntl_lock},
    io::Errno,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    task::{JoinHandle, spawn_blocking},
    time::timeout,
};
use tokio_serial::SerialStream;

use crate::words::Text;

/// How long a TCP port may take to answer.
const CONNECT: Duration = Duration::from_secs(5);

/// An open port.
pub enum Stream {
    /// A serial port, or a pseudo terminal. The lock is held as long as it is open.
    Serial(SerialStream, #[allow(dead_code, reason = "held, not read")] File),
    /// A TCP connection.
    Tcp(TcpStream),
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Serial(..)) {
            "Serial"
        } else {
            "Tcp"
        })
    }
}

/// Opens the place of this name.
///
/// # Errors
/// Why not, and what to do, in words.
pub async fn open(name: &str, baud: u32) -> Result<Stream, Text> {
    if let Some(address) = name.strip_prefix("tcp:") {
        let failed =
            |cause: &dyn std::fmt::Display| Text::new("port-tcp").with("address", address).with("cause", cause);
        let stream = match timeout(CONNECT, TcpStream::connect(address)).await {
            Ok(stream) => stream.map_err(|error| failed(&error))?,
            Err(elapsed) => return Err(failed(&elapsed)),
        };
        stream.set_nodelay(true).map_err(|error| failed(&error))?;
        return Ok(Stream::Tcp(stream));
    }
    // Each step of opening may be a transfer on the USB, which a hung device delays for seconds: all others go on meanwhile.
    let place = name.to_owned();
    let opened = spawn_blocking(move || open_serial(&place, baud)).await;
    let (port, lock) = opened.map_err(|error| {
        let error = io::Error::from(error);
        failed(name, &error, &error)
    })??;
    let serial: SerialStream = port.try_into().map_err(|error| {
        let cause = error.to_string();
        failed(name, &io::Error::from(error), &cause)
    })?;
    Ok(Stream::Serial(serial, lock))
}

/// Closes a port. A serial port's close waits for bytes that a hung device does not take, for half a minute at worst.
pub fn close(stream: Stream) -> JoinHandle<()> {
    spawn_blocking(move || drop(stream))
}

/// A port not yet watched by the runtime.
trait Opened: TryInto<SerialStream, Error = tokio_serial::Error> + Send + 'static {}
impl<T: TryInto<SerialStream, Error = tokio_serial::Error> + Send + 'static> Opened for T {}

fn open_serial(name: &str, baud: u32) -> Result<(impl Opened + use<>, File), Text> {
    let lock = lock(name)?;
    // A pseudo terminal's maker may hold the far end open, and its claims with it: one made by a gateway that was killed
    // would never end. A real port loses them with its last user.
    let pseudo = Path::new(name)
        .canonicalize()
        .is_ok_and(|path| path.starts_with("/dev/pts"));
    let port = tokio_serial::new(name, baud)
        .exclusive(!pseudo)
        .open_native()
        .map_err(|error| {
            // serialport calls a port that another program holds "no device".
            if matches!(error.kind(), tokio_serial::ErrorKind::NoDevice) && Path::new(name).exists() {
                return busy(name);
            }
            let cause = error.to_string();
            failed(name, &io::Error::from(error), &cause)
        })?;
    if !pseudo {
        low_latency(name);
    }
    Ok((port, lock))
}

/// Two gateways on one port would each steal half of the other's bytes; the lock lets the second say so. It is a record
/// lock, which ends with this process, and apart from the locks that serial programs use among themselves.
fn lock(name: &str) -> Result<File, Text> {
    let flags = OFlags::NOCTTY | OFlags::NONBLOCK;
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(flags.bits().cast_signed())
        .open(name)
        .map_err(|error| failed(name, &error, &error))?;
    match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(Errno::AGAIN | Errno::ACCESS) => Err(busy(name)),
        Err(error) => Err(failed(name, &error.into(), &error)),
    }
}

fn failed(name: &str, error: &io::Error, cause: &dyn std::fmt::Display) -> Text {
    match error.kind() {
        io::ErrorKind::PermissionDenied => Text::new("port-permission").with("port", name),
        io::ErrorKind::ResourceBusy => busy(name),
        io::ErrorKind::NotFound => Text::new("port-gone").with("port", name),
        _ => Text::new("port-open").with("port", name).with("cause", cause),
    }
}

fn busy(name: &str) -> Text {
    match holder(Path::new(name)) {
        Some((program, pid)) => Text::new("port-busy-by")
            .with("port", name)
            .with("program", program)
            .with("pid", pid),
        None => Text::new("port-busy").with("port", name),
    }
}

/// Another process that has the port open, as far as the system lets us see.
fn holder(port: &Path) -> Option<(String, u32)> {
    let port = port.canonicalize().ok()?;
    let own = std::process::id();
    let numbers = std::fs::read_dir("/proc")
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let holds = |pid: u32| {
        let files = std::fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten();
        files
            .filter_map(|file| std::fs::read_link(file.ok()?.path()).ok())
            .any(|path| path == port)
    };
    // A pseudo terminal's maker may hold both ends: whoever has the lock is meant, which is mostly the younger.
    let pid = numbers.filter(|pid| *pid != own && holds(*pid)).max()?;
    let program = std::fs::read_to_string(format!("/proc/{pid}/comm"))
        .ok()?
        .trim()
        .to_owned();
    Some((program, pid))
}

/// A USB adapter of FTDI's kind holds bytes for 16 ms unless told otherwise. Needs the right to write there.
fn low_latency(name: &str) {
    let Some(device) = Path::new(name)
        .canonicalize()
        .ok()
        .and_then(|path| path.file_name().map(PathBuf::from))
    else {
        return;
    };
    let timer = Path::new("/sys/bus/usb-serial/devices")
        .join(device)
        .join("latency_timer");
    if timer.exists()
        && let Err(error) = std::fs::write(&timer, "1")
    {
        tracing::warn!(port = name, %error, "the adapter's latency timer could not be set to 1 ms");
    }
}

macro_rules! each {
    ($stream:expr, $name:ident => $call:expr) => {
        match $stream.get_mut() {
            Stream::Serial($name, _) => $call,
            Stream::Tcp($name) => $call,
        }
    };
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        each!(self.as_mut(), stream => Pin::new(stream).poll_read(cx, buf))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        each!(self.as_mut(), stream => Pin::new(stream).poll_write(cx, bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A serial port's flush waits until the last bit is out, and the thread with it: nothing here needs that.
        match self.as_mut().get_mut() {
            Self::Serial(..) => Poll::Ready(Ok(())),
            Self::Tcp(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.as_mut().get_mut() {
            Self::Serial(..) => Poll::Ready(Ok(())),
            Self::Tcp(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tokio_serial::SerialPort;

    use super::*;

    /// One thread for what blocks, and whoever holds `busy` holds it up.
    fn runtime() -> tokio::runtime::Runtime {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().max_blocking_threads(1).build().unwrap()
    }

    #[test]
    fn a_port_that_is_slow_to_open_or_close_holds_up_nobody_else() {
        runtime().block_on(async {
            let (_near, far) = SerialStream::pair().unwrap();
            let name = far.name().unwrap();
            let (free, busy) = mpsc::channel::<()>();
            let held = spawn_blocking(move || busy.recv());
            // Were it opened on the runtime's own thread, it would be open with the first poll.
            let mut opening = Box::pin(open(&name, 115_200));
            assert!(timeout(Duration::from_millis(50), &mut opening).await.is_err());
            free.send(()).unwrap();
            held.await.unwrap().unwrap();
            let stream = opening.await.unwrap();

            let (free, busy) = mpsc::channel::<()>();
            let held = spawn_blocking(move || busy.recv());
            let mut closing = close(stream);
            assert!(timeout(Duration::from_millis(50), &mut closing).await.is_err());
            free.send(()).unwrap();
            held.await.unwrap().unwrap();
            closing.await.unwrap();
        });
    }
}
