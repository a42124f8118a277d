//! The scanner: a decoder module on a UART, a verdict lamp, a beeper.
//!
//! Every code becomes an event. The verdict that comes back is shown and sounded; where none comes within
//! [`STORED_AFTER`], or nobody can be reached, the scan counts as stored: amber and a soft tone, kept and not yet judged.
//! A verdict that comes after that still counts, until [`STALE`]: a floor that comes back after an hour does not beep
//! twenty times for scans long put away.

pub mod board;
mod decoder;
mod setup;
mod signal;

use heapless::Deque;
use link::Instant;
use link::message::{Colour, Command, EventBody, EventId, Fault, NodeKind, Settings, Verdict};
use link::session::Refusal;

pub use board::ScannerBoard;
pub use decoder::{Decoder, IDLE, Read};
pub use setup::REQUEST;
pub use signal::{LAMP, Signal, Tone};

use crate::colour::{Rgb, rgb};
use crate::time::{earlier, millis, next_edge, shines};
use crate::{Device, Events};
use setup::{Ended, Setup};

/// Without a verdict for so long, a scan counts as stored (µs).
pub const STORED_AFTER: u64 = millis(500);
/// A module that says nothing for so long after a trigger does not answer (µs). Those of the GM65 kind do within some ms.
pub const ANSWER: u64 = millis(500);
/// A verdict on a scan older than this is no longer shown (µs).
pub const STALE: u64 = millis(3_000);
/// Half a period of the lamp when the device is searched (µs).
const IDENTIFY: u64 = millis(125);
/// "Scan once", for modules of the GM65 kind; `AB CD` stands for a checksum that is not looked at.
pub const TRIGGER: [u8; REQUEST] = [0x7e, 0x00, 0x08, 0x01, 0x00, 0x02, 0x01, 0xab, 0xcd];
const DECODER_FAILED: EventBody = EventBody::Fault {
    fault: Fault::Decoder,
    position: None,
};
/// Scans whose verdict is waited for.
const ASKED: usize = 8;

struct Asked {
    event: EventId,
    at: Instant,
    stored: bool,
}

/// A scanner's logic.
pub struct Scanner {
    decoder: Decoder,
    setup: Setup,
    /// The module is to be set up.
    sets_up: bool,
    /// The decoder is to be asked to scan.
    fires: bool,
    signal: Signal,
    /// When the decoder was asked to scan and has not answered since.
    triggered: Option<Instant>,
    asked: Deque<Asked, ASKED>,
    last: Option<(EventId, Verdict)>,
    connected: bool,
    online: bool,
    brightness: u8,
    volume: u8,
    identify: Option<Instant>,
}

impl Scanner {
    /// With a silent decoder.
    #[must_use]
    pub fn new() -> Self {
        let settings = Settings::default();
        Self {
            decoder: Decoder::new(),
            setup: Setup::new(),
            sets_up: false,
            fires: false,
            signal: Signal::default(),
            triggered: None,
            asked: Deque::new(),
            last: None,
            connected: false,
            online: true,
            brightness: settings.brightness,
            volume: settings.volume,
            identify: None,
        }
    }

    /// The same, with a module of the GM65 kind: it is set up at the start, and again after it did not answer.
    #[must_use]
    pub fn with_module(mut self) -> Self {
        self.sets_up = true;
        self.setup.begin();
        self
    }

    /// Takes bytes from the decoder module.
    pub fn bytes(&mut self, now: Instant, bytes: &[u8], events: &mut dyn Events) {
        if !bytes.is_empty() {
            self.triggered = None;
        }
        let mut setup = core::mem::take(&mut self.setup);
        for &byte in bytes {
            let ended = setup.byte(byte, |byte| self.decode(now, &[byte], events));
            self.setup_ended(now, ended, events);
        }
        self.setup = setup;
    }

    /// Gives the decoder these bytes, and the time that has passed.
    fn decode(&mut self, now: Instant, bytes: &[u8], events: &mut dyn Events) {
        let mut decoder = core::mem::take(&mut self.decoder);
        decoder.bytes(now, bytes, |read| self.read(now, read, events));
        self.decoder = decoder;
    }

    fn setup_ended(&self, now: Instant, ended: Option<Ended>, events: &mut dyn Events) {
        if ended == Some(Ended::Badly) {
            events.push(now, DECODER_FAILED);
        }
    }

    /// Asks the decoder module to scan: see [`Self::to_module`].
    pub const fn trigger(&mut self) {
        self.fires = true;
    }

    /// What is to be sent to the decoder module now.
    pub fn to_module(&mut self, now: Instant) -> Option<[u8; REQUEST]> {
        if let Some(request) = self.setup.request(now) {
            return Some(request);
        }
        // Its answer could not be told from the set-up's.
        if self.setup.goes_on() || !core::mem::take(&mut self.fires) {
            return None;
        }
        self.triggered.get_or_insert(now);
        Some(TRIGGER)
    }

    fn failed(&mut self, now: Instant, events: &mut dyn Events) {
        events.push(now, DECODER_FAILED);
        self.signal.play(Verdict::Wrong, now);
    }

    fn read(&mut self, now: Instant, read: Read, events: &mut dyn Events) {
        match read {
            Read::Code { aim, code } => {
                let event = events.push(now, EventBody::Scan { aim, code });
                if self.asked.is_full() {
                    self.asked.pop_front();
                }
                let stored = !(self.connected && self.online);
                // There is room: the oldest has just gone.
                let _ = self.asked.push_back(Asked { event, at: now, stored });
                if stored {
                    self.show(event, Verdict::Stored, now);
                }
            }
            // What can't be said whole is not said: the hand hears that it must scan again.
            Read::TooLong | Read::Torn => self.failed(now, events),
        }
    }

    fn show(&mut self, event: EventId, verdict: Verdict, now: Instant) {
        self.last = Some((event, verdict));
        self.signal.play(verdict, now);
    }

    fn judged(&mut self, event: EventId, verdict: Verdict, now: Instant) {
        let Some(asked) = self.asked.iter_mut().find(|asked| asked.event == event) else {
            return;
        };
        if verdict == Verdict::Stored {
            if core::mem::replace(&mut asked.stored, true) {
                return;
            }
        } else {
            self.asked.retain(|asked| asked.event != event);
        }
        self.show(event, verdict, now);
    }

    /// The lamp now. A scanner that reaches nobody glows amber, dimly, so that it is seen before the first scan.
    #[must_use]
    pub fn lamp(&self, now: Instant) -> Rgb {
        if self.identify.is_some() {
            return if shines(now, IDENTIFY) {
                rgb(Colour::D).dimmed(self.brightness)
            } else {
                Rgb::OFF
            };
        }
        match self.signal.lamp(now) {
            Colour::Off if self.connected && self.online => Rgb::OFF,
            Colour::Off => rgb(Colour::Wait).dimmed(self.brightness / 4),
            colour => rgb(colour).dimmed(self.brightness),
        }
    }

    /// The tone now.
    #[must_use]
    pub fn tone(&self, now: Instant) -> Tone {
        self.signal.tone(now, self.volume)
    }

    /// The last verdict shown and the scan it was for.
    #[must_use]
    pub const fn last(&self) -> Option<(EventId, Verdict)> {
        self.last
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}

impl Device for Scanner {
    const KIND: NodeKind = NodeKind::Scanner;

    fn command(&mut self, now: Instant, command: &Command, _: &mut dyn Events) -> Result<(), Refusal> {
        match command {
            Command::Verdict { event, verdict } => self.judged(*event, *verdict, now),
            Command::Online(online) => self.online = *online,
            Command::Identify { seconds } => {
                self.identify = (*seconds > 0).then(|| now.after(millis(u64::from(*seconds) * 1_000)));
            }
            _ => return Err(Refusal::Unsupported),
        }
        Ok(())
    }

    fn apply(&mut self, settings: &Settings) {
        self.brightness = settings.brightness;
        self.volume = settings.volume;
    }

    fn connected(&mut self, _: Instant, connected: bool) {
        self.connected = connected;
    }

    /// In the middle of a code, of the module's set-up, or of a tone, which would go on for as long.
    fn busy(&self, now: Instant) -> bool {
        self.decoder.due().is_some() || self.setup.goes_on() || self.tone(now) != Tone::SILENCE
    }

    fn poll(&mut self, now: Instant, events: &mut dyn Events) {
        if self.triggered.is_some_and(|at| now.since(at) >= ANSWER) {
            self.triggered = None;
            self.failed(now, events);
            if self.sets_up {
                // It may be another one by now.
                self.setup.begin();
            }
        }
        let mut setup = core::mem::take(&mut self.setup);
        let ended = setup.idle(now, |byte| self.decode(now, &[byte], events));
        self.setup = setup;
        self.setup_ended(now, ended, events);
        self.decode(now, &[], events);
        self.asked.retain(|asked| now.since(asked.at) < STALE);
        let waited = self
            .asked
            .iter_mut()
            .rev()
            .find(|asked| !asked.stored && now.since(asked.at) >= STORED_AFTER);
        if let Some(asked) = waited {
            let event = asked.event;
            for asked in self.asked.iter_mut().filter(|asked| asked.event <= event) {
                asked.stored = true;
            }
            self.show(event, Verdict::Stored, now);
        }
        if self.identify.is_some_and(|until| now >= until) {
            self.identify = None;
        }
    }

    fn wake_at(&self, now: Instant) -> Option<Instant> {
        let waited = self
            .asked
            .iter()
            .find(|asked| !asked.stored)
            .map(|asked| asked.at.after(STORED_AFTER));
        let identify = self.identify.map(|until| until.min(next_edge(now, IDENTIFY)));
        let answer = self.triggered.map(|at| at.after(ANSWER));
        [
            self.decoder.due(),
            self.setup.due(),
            self.signal.due(now),
            identify,
            answer,
        ]
        .into_iter()
        .fold(waited, earlier)
    }
}

#[cfg(test)]
mod tests;
