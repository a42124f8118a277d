//! The scanner's board.

use embassy_futures::select::{Either, select};
use embassy_rp::gpio::{Input, Pull};
use embassy_rp::uart::{self, BufferedUart};
use embedded_io_async::Write;
use link::Instant;
use nodes::scanner::Scanner;
use nodes::{Board, Events};
use static_cell::StaticCell;

use super::face::Lamp;
use crate::board::irqs::Irqs;
use crate::board::rs485;
use crate::pins::Face;
use crate::pins::scanner::ScannerPins;

/// What the decoder modules of the GM65 kind speak as they come, 8N1.
const DECODER_BAUD: u32 = 9_600;
/// "Scan once", for modules of that kind; `AB CD` stands for a checksum that is not looked at.
const TRIGGER: [u8; 9] = [0x7e, 0x00, 0x08, 0x01, 0x00, 0x02, 0x01, 0xab, 0xcd];
/// A contact's bouncing, and a finger's trembling (µs).
const TREMBLING: u64 = 200_000;

/// Decoder, trigger, lamp and buzzer of a scanner.
pub struct ScannerBoard {
    lamp: Lamp,
    decoder: BufferedUart,
    trigger: Input<'static>,
    received: [u8; 64],
    length: usize,
    pulled: bool,
    pulled_at: Option<Instant>,
    fire: bool,
}

impl ScannerBoard {
    /// Brings the parts up; dark and silent.
    pub fn new(face: Face, pins: ScannerPins) -> Self {
        static TX: StaticCell<[u8; 16]> = StaticCell::new();
        static RX: StaticCell<[u8; 256]> = StaticCell::new();
        let mut config = uart::Config::default();
        config.baudrate = DECODER_BAUD;
        let buffers = (TX.init([0; 16]), RX.init([0; 256]));
        Self {
            lamp: Lamp::new(face),
            decoder: BufferedUart::new(
                pins.decoder_uart,
                pins.decoder_tx,
                pins.decoder_rx,
                Irqs,
                buffers.0,
                buffers.1,
                config,
            ),
            trigger: Input::new(pins.trigger, Pull::Up),
            received: [0; 64],
            length: 0,
            pulled: false,
            pulled_at: None,
            fire: false,
        }
    }
}

impl Board<Scanner> for ScannerBoard {
    fn exchange(&mut self, now: Instant, scanner: &mut Scanner, events: &mut dyn Events) -> Option<Instant> {
        let length = core::mem::take(&mut self.length);
        if let Some(bytes) = self.received.get(..length) {
            scanner.bytes(now, bytes, events);
        }
        if core::mem::take(&mut self.pulled) && self.pulled_at.is_none_or(|at| now.since(at) >= TREMBLING) {
            self.pulled_at = Some(now);
            self.fire = true;
        }
        let tone = scanner.tone(now);
        self.lamp.set(scanner.lamp(now), tone);
        None
    }

    async fn put_out(&mut self) {
        if core::mem::take(&mut self.fire) {
            // The buffered UART's writes can't fail.
            let _ = self.decoder.write_all(&TRIGGER).await;
        }
        self.lamp.put_out().await;
    }

    async fn input(&mut self) {
        let pull = self.trigger.wait_for_falling_edge();
        match select(rs485::read(&mut self.decoder, &mut self.received), pull).await {
            Either::First(length) => self.length = length,
            Either::Second(()) => self.pulled = true,
        }
    }
}
