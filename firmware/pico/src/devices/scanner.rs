//! The scanner's board.

use embassy_rp::gpio::{Input, Pull};
use embassy_rp::uart::{self, BufferedUart};
use nodes::scanner::ScannerBoard;
use nodes::scanner::board::DECODER_BAUD;
use static_cell::StaticCell;

use crate::board::chip::Rp2040;
use crate::board::irqs::Irqs;
use crate::board::uart::Uart;
use crate::pins::Face;
use crate::pins::scanner::ScannerPins;

/// Decoder, trigger, lamp and buzzer; dark and silent.
pub fn board(face: Face, pins: ScannerPins) -> ScannerBoard<Rp2040> {
    static TX: StaticCell<[u8; 16]> = StaticCell::new();
    static RX: StaticCell<[u8; 256]> = StaticCell::new();
    let mut config = uart::Config::default();
    config.baudrate = DECODER_BAUD;
    let buffers = (TX.init([0; 16]), RX.init([0; 256]));
    let decoder = BufferedUart::new(
        pins.decoder_uart,
        pins.decoder_tx,
        pins.decoder_rx,
        Irqs,
        buffers.0,
        buffers.1,
        config,
    );
    let trigger = Input::new(pins.trigger, Pull::Up);
    ScannerBoard::new(super::face(face), Uart::new(decoder), trigger)
}
