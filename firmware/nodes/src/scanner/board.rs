//! The scanner's board: decoder module, trigger, lamp and buzzer.

use embassy_futures::select::{Either, select};
use embedded_io_async::Write;
use link::Instant;

use super::{REQUEST, Scanner};
use crate::chip::Chip;
use crate::parts::face::Face;
use crate::parts::push_key::PushKey;
use crate::parts::uart;
use crate::{Board, Events};

/// What decoder modules of the GM65 kind speak as they come, 8N1.
pub const DECODER_BAUD: u32 = 9_600;

/// Decoder, trigger, lamp and buzzer of a scanner.
pub struct ScannerBoard<C: Chip> {
    face: Face<C::Chain<1>, C::Wave>,
    decoder: C::Uart,
    trigger: PushKey<C::Input>,
    received: [u8; 64],
    length: usize,
    request: Option<[u8; REQUEST]>,
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
            request: None,
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
            scanner.trigger();
        }
        self.request = scanner.to_module(now);
        let tone = scanner.tone(now);
        self.face.set(now, scanner.lamp(now), tone);
        None
    }

    async fn put_out(&mut self) {
        if let Some(request) = self.request.take() {
            // What does not get through is asked again, by the set-up or by the hand.
            let _ = self.decoder.write_all(&request).await;
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
