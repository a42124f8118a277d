//! A UART with buffers that tells when its last bit has left.

use embassy_rp::uart::{BufferedUart, Error};
use embedded_io_async::{ErrorType, Read, Write};
use nodes::chip::Busy;

/// The UART.
pub struct Uart(pub BufferedUart);

impl ErrorType for Uart {
    type Error = Error;
}

impl Read for Uart {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        Read::read(&mut self.0, buffer).await
    }
}

impl Write for Uart {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Error> {
        Write::write(&mut self.0, bytes).await
    }

    /// Empties the buffer: up to 32 bytes still stand in the FIFO, and one in the shift register.
    async fn flush(&mut self) -> Result<(), Error> {
        Write::flush(&mut self.0).await
    }
}

impl Busy for Uart {
    fn is_busy(&self) -> bool {
        self.0.busy()
    }
}
