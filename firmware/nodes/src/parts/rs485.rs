//! A UART behind an RS-485 transceiver whose DE and /RE hang on one pin.

use embedded_hal_async::delay::DelayNs;
use embedded_io_async::{Error, ErrorKind, ErrorType, Read, Write};

use super::uart;
use crate::Port;
use crate::chip::{Busy, DriverEnable};

/// Characters that any hardware's queue takes at once. So many are on the line one after the other from the moment they are written, and are slept
/// over in one go.
const QUEUE: usize = 16;

/// A half-duplex line.
pub struct Rs485<U, O, T> {
    uart: U,
    enable: O,
    timer: T,
    character_micros: u32,
}

impl<U: Read + Write + Busy, O: DriverEnable, T: DelayNs> Rs485<U, O, T> {
    /// A line, listening: `enable` (DE and /RE, high while it speaks) is low, `uart` runs at `baud`.
    pub fn new(uart: U, enable: O, timer: T, baud: u32) -> Self {
        Self {
            uart,
            enable,
            timer,
            // 8N1: ten bits to a character.
            character_micros: (10_000_000 / baud.max(1)).max(1),
        }
    }

    async fn speak(&mut self, bytes: &[u8]) -> Result<(), U::Error> {
        self.uart.write_all(bytes).await?;
        let spoken = self.character_micros.saturating_mul(bytes.len() as u32);
        self.enable.falls_after(spoken);
        self.uart.flush().await?;
        // A flush may only empty the buffer: bytes still stand in the hardware's queue, and one in its shift register. Of a long
        // frame nobody knows how many; the short ones, which are most, are all there.
        if bytes.len() <= QUEUE {
            self.timer
                .delay_us(spoken.saturating_add(self.character_micros / 2))
                .await;
        }
        while self.uart.is_busy() {
            self.timer.delay_us(self.character_micros).await;
        }
        Ok(())
    }
}

impl<U: ErrorType, O, T> ErrorType for Rs485<U, O, T> {
    type Error = ErrorKind;
}

impl<U: Read + Write + Busy, O: DriverEnable, T: DelayNs> Read for Rs485<U, O, T> {
    /// Waits for bytes; none are lost when the wait is given up.
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ErrorKind> {
        // A write that was given up half-way leaves the line to others here.
        self.enable.set_low().map_err(|_| ErrorKind::Other)?;
        Ok(uart::read(&mut self.uart, buffer).await)
    }
}

impl<U: Read + Write + Busy, O: DriverEnable, T: DelayNs> Write for Rs485<U, O, T> {
    /// Speaks all of it, and listens again once the last bit has left: the pin falls by itself then, and this sees to it that it did.
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, ErrorKind> {
        self.enable.set_high().map_err(|_| ErrorKind::Other)?;
        let spoken = self.speak(bytes).await.map_err(|error| error.kind());
        self.enable.set_low().map_err(|_| ErrorKind::Other)?;
        spoken.map(|()| bytes.len())
    }

    async fn flush(&mut self) -> Result<(), ErrorKind> {
        Ok(())
    }
}

impl<U: Read + Write + Busy, O: DriverEnable, T: DelayNs> Port for Rs485<U, O, T> {
    fn is_shared(&self) -> bool {
        true
    }
}
