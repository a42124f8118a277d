//! The bridge's board, and its row.

use embassy_rp::uart::{self, BufferedUart};
use link::Instant;
use nodes::bridge::Beacon;
use nodes::scanner::Tone;
use nodes::{Board, Events};
use static_cell::StaticCell;

use super::face::Lamp;
use crate::board::irqs::Irqs;
use crate::board::rs485::Rs485;
use crate::pins::Face;
use crate::pins::bridge::BridgePins;

/// A bridge's lamp.
pub struct BridgeBoard {
    lamp: Lamp,
}

impl BridgeBoard {
    /// Dark.
    pub fn new(face: Face) -> Self {
        Self { lamp: Lamp::new(face) }
    }
}

impl Board<Beacon> for BridgeBoard {
    fn exchange(&mut self, now: Instant, beacon: &mut Beacon, _: &mut dyn Events) -> Option<Instant> {
        self.lamp.set(beacon.lamp(now), Tone::SILENCE);
        None
    }

    async fn put_out(&mut self) {
        self.lamp.put_out().await;
    }
}

/// The row's port.
pub fn row(pins: BridgePins, baud: u32) -> Rs485 {
    static TX: StaticCell<[u8; 512]> = StaticCell::new();
    static RX: StaticCell<[u8; 512]> = StaticCell::new();
    let mut config = uart::Config::default();
    config.baudrate = baud;
    let buffers = (TX.init([0; 512]), RX.init([0; 512]));
    let uart = BufferedUart::new(
        pins.row_uart,
        pins.row_tx,
        pins.row_rx,
        Irqs,
        buffers.0,
        buffers.1,
        config,
    );
    Rs485::new(uart, pins.row_enable.into(), baud)
}
