//! The port a node speaks on: UART0 and USB together, or UART0 as an RS-485 bus.

use core::convert::Infallible;
use core::future::pending;
use core::sync::atomic::{AtomicBool, Ordering};

use embassy_rp::Peri;
use embassy_rp::gpio::AnyPin;
use embassy_rp::pac;
use embassy_rp::uart::BufferedUart;
use embassy_time::Delay;
use embedded_io_async::{ErrorKind, ErrorType, Read, Write};
use nodes::parts::duplex::Duplex;
use nodes::parts::rs485::Rs485;

use super::driver::Driver;
use super::uart::{self, Uart};
use super::usb::UsbPort;

/// UART0's receive pin, GP1.
const RECEIVE: usize = 1;

/// Where the master was heard last.
static ON_USB: AtomicBool = AtomicBool::new(false);

/// Whether the master was last heard on USB.
pub fn on_usb() -> bool {
    ON_USB.load(Ordering::Relaxed)
}

/// An RS-485 line.
pub type Bus = Rs485<Uart, Driver, Delay>;

/// UART1 and its transceiver's DE and /RE as a line at `baud`, listening to all that is said.
pub fn row(mut uart1: BufferedUart, enable: Peri<'static, AnyPin>, baud: u32) -> Bus {
    uart1.set_baudrate(baud);
    Rs485::new(Uart::new(uart1), Driver::new(enable, pac::UART1), Delay, baud)
}

/// UART0 likewise, listening to what is said to this node alone.
pub fn bus(mut uart0: BufferedUart, enable: Peri<'static, AnyPin>, baud: u32) -> Bus {
    uart0.set_baudrate(baud);
    Rs485::new(Uart::sieved(uart0), Driver::new(enable, pac::UART0), Delay, baud)
}

/// UART0 and USB as one port.
pub fn duplex(uart: BufferedUart, usb: UsbPort) -> Duplex<Uart, UsbPort> {
    // Left open it would float beside GP0, and make bytes of what that says. The driver leaves its pins without a pull.
    pac::PADS_BANK0.gpio(RECEIVE).modify(|pad| {
        pad.set_pde(false);
        pad.set_pue(true);
    });
    Duplex::new(Uart::new(uart), usb)
}

/// A port.
pub enum Port {
    /// A line of its own: whichever of UART0 and USB has a master.
    Duplex(Duplex<Uart, UsbPort>),
    /// A line shared with other nodes.
    Bus(Bus),
}

impl ErrorType for Port {
    type Error = ErrorKind;
}

impl Read for Port {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ErrorKind> {
        match self {
            Self::Duplex(port) => port.read(buffer).await.map_err(|never| match never {}),
            Self::Bus(port) => port.read(buffer).await,
        }
    }
}

impl Write for Port {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, ErrorKind> {
        match self {
            Self::Duplex(port) => port.write(bytes).await.map_err(|never| match never {}),
            Self::Bus(port) => port.write(bytes).await,
        }
    }

    async fn flush(&mut self) -> Result<(), ErrorKind> {
        Ok(())
    }
}

impl nodes::Port for Port {
    fn heard(&mut self) {
        if let Self::Duplex(port) = self {
            port.heard();
            ON_USB.store(port.is_second(), Ordering::Relaxed);
        }
    }

    fn forsaken(&mut self) {
        if let Self::Duplex(port) = self {
            port.forsaken();
        }
    }

    fn addressed(&mut self, address: Option<u8>) {
        if let Self::Bus(_) = self {
            uart::listen(address);
        }
    }

    fn is_shared(&self) -> bool {
        matches!(self, Self::Bus(_))
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

impl nodes::Port for Silence {}
