//! USB: one CDC serial port whose product name says what the node is and whose serial number is its unique id.

use core::convert::Infallible;

use embassy_executor::{SpawnError, Spawner};
use embassy_rp::Peri;
use embassy_rp::peripherals::USB;
use embassy_rp::usb::Driver;
use embassy_time::{Duration, with_timeout};
use embassy_usb::class::cdc_acm::{BufferedReceiver, CdcAcmClass, Sender, State};
use embassy_usb::{Builder, Config, UsbDevice};
use embedded_io_async::{ErrorType, Read, Write};
use heapless::String;
use link::message::Uid;
use static_cell::StaticCell;

use super::irqs::Irqs;

/// pid.codes' vendor id and its product id for tests, which the device profiles look for; one of our own must be applied for before
/// boards are sold. Kinds are told apart by what a node says
/// of itself, boards by their serial number.
const IDS: (u16, u16) = (0x1209, 0x0001);
/// Bytes of one packet at full speed.
const PACKET: usize = 64;
/// How long a frame may lie where a program says that it has the port open.
const PATIENCE: Duration = Duration::from_millis(200);
/// How long where none says so: there are programs that never raise DTR.
const SHORT_PATIENCE: Duration = Duration::from_millis(20);

/// What a node may draw (mA): a decoder's lamp and aim take 350 at their worst. A hub without a supply of its own refuses it then, instead
/// of failing now and again.
const MILLIAMPERES: u16 = 500;

type Bus = Driver<'static, USB>;

/// The port's two halves.
pub struct UsbPort {
    sender: Sender<'static, Bus>,
    receiver: BufferedReceiver<'static, Bus>,
}

impl UsbPort {
    /// Brings USB up and leaves its upkeep to a task of its own.
    ///
    /// # Errors
    /// When called twice.
    pub fn start(
        spawner: Spawner,
        usb: Peri<'static, USB>,
        product: &'static str,
        uid: Uid,
    ) -> Result<Self, SpawnError> {
        static SERIAL: StaticCell<String<16>> = StaticCell::new();
        static CONFIG_DESCRIPTOR: StaticCell<[u8; 128]> = StaticCell::new();
        static BOS_DESCRIPTOR: StaticCell<[u8; 16]> = StaticCell::new();
        static CONTROL: StaticCell<[u8; 64]> = StaticCell::new();
        static STATE: StaticCell<State> = StaticCell::new();
        static RECEIVED: StaticCell<[u8; PACKET]> = StaticCell::new();

        let serial = SERIAL.init(String::new());
        for shift in (0..16).rev() {
            let digit = (uid.0 >> (4 * shift) & 0xf) as u32;
            let _ = serial.push(char::from_digit(digit, 16).unwrap_or('0'));
        }
        let mut config = Config::new(IDS.0, IDS.1);
        config.manufacturer = Some("Cangxun");
        config.product = Some(product);
        config.serial_number = Some(serial);
        config.max_power = MILLIAMPERES;
        let mut builder = Builder::new(
            Driver::new(usb, Irqs),
            config,
            CONFIG_DESCRIPTOR.init([0; 128]),
            BOS_DESCRIPTOR.init([0; 16]),
            &mut [],
            CONTROL.init([0; 64]),
        );
        let class = CdcAcmClass::new(&mut builder, STATE.init(State::new()), PACKET as u16);
        spawner.spawn(keep(builder.build())?);
        let (sender, receiver) = class.split();
        Ok(Self {
            sender,
            receiver: receiver.into_buffered(RECEIVED.init([0; PACKET])),
        })
    }
}

impl ErrorType for UsbPort {
    type Error = Infallible;
}

impl Read for UsbPort {
    /// Waits for bytes; none are lost when the wait is given up.
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        loop {
            self.receiver.wait_connection().await;
            if let Ok(count) = self.receiver.read(buffer).await
                && count > 0
            {
                return Ok(count);
            }
        }
    }
}

impl Write for UsbPort {
    /// Sends bytes. What nobody fetches in time is dropped; the link sends again.
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        let patience = if self.sender.dtr() { PATIENCE } else { SHORT_PATIENCE };
        let send = async {
            for packet in bytes.chunks(PACKET) {
                self.sender.write_packet(packet).await?;
            }
            // A host may hold back full packets until a shorter one ends the transfer.
            if bytes.len().is_multiple_of(PACKET) {
                self.sender.write_packet(&[]).await
            } else {
                Ok(())
            }
        };
        let _ = with_timeout(patience, send).await;
        Ok(bytes.len())
    }

    async fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

#[embassy_executor::task]
async fn keep(mut device: UsbDevice<'static, Bus>) {
    device.run().await;
}
