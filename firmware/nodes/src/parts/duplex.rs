//! Two lines of which a master may hold either: USB and a UART, say.
//!
//! Both are listened to. What is said goes where the last whole frame for this node came from, and to both while there is no
//! session. Bytes alone decide nothing: an open receive line makes some by itself.

use core::convert::Infallible;

use embassy_futures::select::{Either, select};
use embedded_io_async::{ErrorType, Read, Write};

use super::uart;
use crate::Port;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Second,
}

/// The two lines as one port.
pub struct Duplex<A, B> {
    first: A,
    second: B,
    /// Where the bytes read last came from.
    read: Option<Side>,
    /// Where the master is.
    master: Option<Side>,
}

impl<A: Read + Write, B: Read + Write> Duplex<A, B> {
    /// With no master yet.
    pub const fn new(first: A, second: B) -> Self {
        Self {
            first,
            second,
            read: None,
            master: None,
        }
    }

    /// Whether the master is on the second line.
    pub fn is_second(&self) -> bool {
        self.master == Some(Side::Second)
    }
}

impl<A, B> ErrorType for Duplex<A, B> {
    type Error = Infallible;
}

impl<A: Read + Write, B: Read + Write> Read for Duplex<A, B> {
    /// Waits for bytes of either line; none are lost when the wait is given up, if so with both.
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        // Each line reads into its own half, since both wait at once.
        let half = buffer.len() / 2;
        let (front, back) = buffer.split_at_mut(half);
        match select(uart::read(&mut self.first, front), uart::read(&mut self.second, back)).await {
            Either::First(count) => {
                self.read = Some(Side::First);
                Ok(count)
            }
            Either::Second(count) => {
                self.read = Some(Side::Second);
                buffer.copy_within(half..half + count, 0);
                Ok(count)
            }
        }
    }
}

impl<A: Read + Write, B: Read + Write> Write for Duplex<A, B> {
    /// Says all of it. What a line does not take is lost there; the wire says it again.
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        if self.master != Some(Side::Second) {
            let _ = self.first.write_all(bytes).await;
        }
        if self.master != Some(Side::First) {
            let _ = self.second.write_all(bytes).await;
        }
        Ok(bytes.len())
    }

    async fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

impl<A: Read + Write, B: Read + Write> Port for Duplex<A, B> {
    fn heard(&mut self) {
        self.master = self.read;
    }

    fn forsaken(&mut self) {
        self.master = None;
    }
}
