//! The scanner's board: decoder module, trigger, lamp and buzzer.

use embassy_futures::select::{Either, select};
use embedded_io_async::Write;
use link::Instant;

use super::Scanner;
use crate::chip::Chip;
use crate::parts::face::Face;
use crate::parts::push_key::PushKey;
use crate::parts::uart;
use crate::{Board, Events};

/// What decoder modules of the GM65 kind speak as they come, 8N1.
pub const DECODER_BAUD: u32 = 9_600;
/// "Scan once", for modules of that kind; `AB CD` stands for a checksum that is not looked at.
pub const TRIGGER: [u8; 9] = [0x7e, 0x00, 0x08, 0x01, 0x00, 0x02, 0x01, 0xab, 0xcd];

/// Decoder, trigger, lamp and buzzer of a scanner.
pub struct ScannerBoard<C: Chip> {
    face: Face<C::Chain<1>, C::Wave>,
    decoder: C::Uart,
    trigger: PushKey<C::Input>,
    received: [u8; 64],
    length: usize,
    fire: bool,
}

impl<C: Chip> ScannerBoard<C> {
    /// Joins the parts; dark and silent. `decoder` runs at [`DECODER_BAUD`], `trigger` is the key's pin.
    pub const fn new(face: Face<C::Chain<1>, C::Wave>, decoder: C::Uart, trigger: C::Input) -> Self {
        Self {
            face,
            decoder,
            trigger: PushKey::new(trigger),
            received: [0; 64],
            length: 0,
            fire: false,
        }
    }
}

impl<C: Chip> Board<Scanner> for ScannerBoard<C> {
    fn exchange(&mut self, now: Instant, scanner: &mut Scanner, events: &mut dyn Events) -> Option<Instant> {
        let length = core::mem::take(&mut self.length);
        if let Some(bytes) = self.received.get(..length) {
            scanner.bytes(now, bytes, events);
        }
        if self.trigger.pressed(now) {
            self.fire = true;
            scanner.trigger(now);
        }
        let tone = scanner.tone(now);
        self.face.set(scanner.lamp(now), tone);
        None
    }

    async fn put_out(&mut self) {
        if core::mem::take(&mut self.fire) {
            // A trigger that does not get through is pressed again.
            let _ = self.decoder.write_all(&TRIGGER).await;
        }
        self.face.put_out().await;
    }

    async fn input(&mut self) {
        let bytes = uart::read(&mut self.decoder, &mut self.received);
        if let Either::First(length) = select(bytes, self.trigger.change()).await {
            self.length = length;
        }
    }
}
