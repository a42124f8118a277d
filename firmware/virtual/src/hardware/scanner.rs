//! A decoder module, a lamp and a beeper.

use std::collections::VecDeque;
use std::sync::Arc;

use link::Instant;
use link::message::{EventId, Verdict};
use nodes::colour::Rgb;
use nodes::scanner::{Scanner, Tone};
use nodes::{Board, Events};

use super::Part;

/// Bytes a decoder's UART buffers; more at once than that are read in turns.
const TURN: usize = 64;

/// What is before and on a scanner.
pub struct ScannerHardware {
    from_decoder: VecDeque<u8>,
    /// The lamp.
    pub lamp: Rgb,
    /// The tone that sounds.
    pub tone: Tone,
    /// Tones begun since the start, so that a panel can sound each once.
    pub tones: u64,
    /// The last verdict and its scan.
    pub last: Option<(EventId, Verdict)>,
    /// Verdicts shown since the start.
    pub verdicts: u64,
}

impl ScannerHardware {
    /// Silent and dark.
    pub fn new() -> Self {
        Self {
            from_decoder: VecDeque::new(),
            lamp: Rgb::OFF,
            tone: Tone::SILENCE,
            tones: 0,
            last: None,
            verdicts: 0,
        }
    }

    /// The decoder sends these bytes.
    pub fn decoded(&mut self, bytes: &[u8]) {
        self.from_decoder.extend(bytes);
    }
}

/// Joins it to the scanner's logic.
pub struct ScannerBoard(pub Arc<Part<ScannerHardware>>);

impl Board<Scanner> for ScannerBoard {
    fn exchange(&mut self, now: Instant, scanner: &mut Scanner, events: &mut dyn Events) -> Option<Instant> {
        let mut state = self.0.state();
        let turn = state.from_decoder.len().min(TURN);
        let bytes: Vec<u8> = state.from_decoder.drain(..turn).collect();
        let more = !state.from_decoder.is_empty();
        if !bytes.is_empty() {
            scanner.bytes(now, &bytes, events);
        }
        let (lamp, tone, last) = (scanner.lamp(now), scanner.tone(now), scanner.last());
        if (lamp, tone, last) != (state.lamp, state.tone, state.last) {
            state.tones += u64::from(tone.hz > 0 && tone != state.tone);
            state.verdicts += u64::from(last != state.last && last.is_some());
            (state.lamp, state.tone, state.last) = (lamp, tone, last);
            drop(state);
            self.0.shows();
        }
        more.then_some(now)
    }

    async fn input(&mut self) {
        self.0.touched().await;
    }
}
