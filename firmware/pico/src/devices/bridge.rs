//! The bridge's board, and its row.

use embassy_rp::uart::{self, BufferedUart};
use nodes::bridge::BridgeBoard;
use static_cell::StaticCell;

use crate::board::chip::Rp2040;
use crate::board::irqs::Irqs;
use crate::board::port::{self, Bus};
use crate::pins::Face;
use crate::pins::bridge::BridgePins;

/// The bridge's lamp.
pub fn board(face: Face) -> BridgeBoard<Rp2040> {
    BridgeBoard::new(super::face(face))
}

/// The row's port.
pub fn row(pins: BridgePins, baud: u32) -> Bus {
    static TX: StaticCell<[u8; 512]> = StaticCell::new();
    static RX: StaticCell<[u8; 512]> = StaticCell::new();
    let buffers = (TX.init([0; 512]), RX.init([0; 512]));
    let uart = BufferedUart::new(
        pins.row_uart,
        pins.row_tx,
        pins.row_rx,
        Irqs,
        buffers.0,
        buffers.1,
        uart::Config::default(),
    );
    port::row(uart, pins.row_enable.into(), baud)
}
