//! The port a node speaks on: UART0 and USB together, or UART0 as an RS-485 bus.

use core::convert::Infallible;
use core::future::pending;

use embassy_futures::select::{Either, select};
use embassy_rp::Peri;
use embassy_rp::gpio::{AnyPin, Level, Output};
use embassy_rp::uart::BufferedUart;
use embassy_time::Delay;
use embedded_io_async::{ErrorKind, ErrorType, Read, Write};
use nodes::parts::rs485::Rs485;
use nodes::parts::uart;

use super::uart::Uart;
use super::usb::UsbPort;

/// An RS-485 line.
pub type Bus = Rs485<Uart, Output<'static>, Delay>;

/// A UART and its transceiver's DE and /RE as a line at `baud`, listening.
pub fn bus(mut uart: BufferedUart, enable: Peri<'static, AnyPin>, baud: u32) -> Bus {
    uart.set_baudrate(baud);
    Rs485::new(Uart(uart), Output::new(enable, Level::Low), Delay, baud)
}

/// A port.
pub enum Port {
    /// A line of its own: whichever of UART0 and USB has a master.
    Duplex(Duplex),
    /// A line shared with other nodes.
    Bus(Bus),
}

/// UART0 and USB together: both are listened to; answers go where the last bytes came from, and to both before any came.
pub struct Duplex {
    uart: Uart,
    usb: UsbPort,
    heard: Option<Side>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Uart,
    Usb,
}

impl Duplex {
    /// Nothing heard yet.
    pub fn new(uart: BufferedUart, usb: UsbPort) -> Self {
        Self {
            uart: Uart(uart),
            usb,
            heard: None,
        }
    }

    async fn read(&mut self, buffer: &mut [u8]) -> usize {
        // Each side reads into its own half, since both wait at once.
        let half = buffer.len() / 2;
        let (front, back) = buffer.split_at_mut(half);
        match select(uart::read(&mut self.uart, front), self.usb.read(back)).await {
            Either::First(count) => {
                self.heard = Some(Side::Uart);
                count
            }
            Either::Second(count) => {
                self.heard = Some(Side::Usb);
                buffer.copy_within(half..half + count, 0);
                count
            }
        }
    }

    async fn write(&mut self, bytes: &[u8]) {
        if self.heard != Some(Side::Usb) {
            // The buffered UART's writes can't fail.
            let _ = self.uart.write_all(bytes).await;
        }
        if self.heard != Some(Side::Uart) {
            self.usb.write(bytes).await;
        }
    }
}

impl ErrorType for Port {
    type Error = ErrorKind;
}

impl Read for Port {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ErrorKind> {
        match self {
            Self::Duplex(port) => Ok(port.read(buffer).await),
            Self::Bus(port) => port.read(buffer).await,
        }
    }
}

impl Write for Port {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, ErrorKind> {
        match self {
            Self::Duplex(port) => {
                port.write(bytes).await;
                Ok(bytes.len())
            }
            Self::Bus(port) => port.write(bytes).await,
        }
    }

    async fn flush(&mut self) -> Result<(), ErrorKind> {
        Ok(())
    }
}

/// A port with nothing on it.
pub struct Silence;

impl ErrorType for Silence {
    type Error = Infallible;
}

impl Read for Silence {
    async fn read(&mut self, _: &mut [u8]) -> Result<usize, Infallible> {
        pending().await
    }
}

impl Write for Silence {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        Ok(bytes.len())
    }

    async fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}
