//! The label printer: a thermal head, a stepper, sensors for gap, cover and heat.
//!
//! | stage | what happens |
//! |---|---|
//! | receiving | rows come, packed; the end's checksum makes them a label |
//! | seeking | where the paper's place is unknown (at start, after cover or paper), it is moved to the next label's edge |
//! | burning | row after row; a head of [`TOO_HOT`] waits until [`COOL`] |
//! | ejecting | moved on to the next label's edge, then told as printed |
//! | done | number and checksum are remembered: the same label again is taken and told as printed, not printed twice |
//! | halted | paper out or cover open: told once, and printed anew from the first row when that is mended |
//!
//! The logic gives one [`Act`] at a time; the board carries it out and asks for the next.

pub mod board;
mod burn;
mod edges;
mod energy;
pub mod gap;
mod raster;

use heapless::Deque;
use link::Instant;
use link::message::{Colour, Command, EventBody, Fault, NodeKind, PrintOutcome, PrinterCondition, Settings};
use link::session::Refusal;

pub use board::{PrinterBoard, PrinterParts};
pub use burn::{AT_ONCE, Dots, HEAD_BYTES, PASSES, Pass, STROBES, Share, passes};
pub use energy::Sheet;
pub use raster::Raster;

use crate::colour::{Rgb, rgb};
use crate::scanner::{Signal, Tone};
use crate::time::{earlier, millis, next_edge, shines};
use crate::{Device, Events};
use edges::Edges;

/// A head this hot (°C) burns no more.
pub const TOO_HOT: i8 = 60;
/// It goes on when it is down to this (°C).
pub const COOL: i8 = 45;
/// Rows of the highest label that is kept: 60 mm.
pub const MAX_ROWS: usize = 480;
/// Room that a raster needs: give it to [`Printer::new`].
pub const ROOM: usize = MAX_ROWS * HEAD_BYTES;
/// Rows within which the next label's edge must come: the highest label and a wide gap, and some more.
const SEEK: u16 = MAX_ROWS as u16 + 80;
/// Half a period of the lamp when the device is searched, or wants a hand (µs).
const FAST: u64 = millis(125);
const SLOW: u64 = millis(500);

/// Labels remembered as printed.
const REMEMBERED: usize = 8;

/// What is under the sensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// A label.
    Label,
    /// The carrier between two labels.
    Gap,
    /// Nothing.
    Out,
}

/// What the sensors say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sensors {
    /// Under the gap sensor.
    pub paper: Paper,
    /// Cover shut.
    pub closed: bool,
    /// Head temperature, °C.
    pub celsius: i8,
}

/// What the board is to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Burn these dots, then move one row on.
    Burn {
        /// The dots.
        dots: Dots,
        /// Temperature of the head, °C: it says how long each must be hot.
        celsius: i8,
    },
    /// Move one row on.
    Feed,
    /// Let go of the motor, head without supply.
    Rest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Idle,
    Receiving,
    Seeking { rows: u16 },
    Burning { row: u16 },
    Ejecting { rows: u16 },
    Halted,
}

/// A printer's logic; `S` is room for a raster of at most its length.
pub struct Printer<S> {
    raster: Raster<S>,
    job: u32,
    stage: Stage,
    /// The paper stands with a label's edge under the head.
    aligned: bool,
    edges: Edges,
    /// The act in hand moves the paper a row on.
    moving: bool,
    /// Rows within which an edge must be under the head.
    seek: u16,
    hot: bool,
    sensors: Option<Sensors>,
    /// Checksum of the label in hand.
    crc: u32,
    printed: Deque<(u32, u32), REMEMBERED>,
    signal: Signal,
    connected: bool,
    online: bool,
    brightness: u8,
    volume: u8,
    identify: Option<Instant>,
}

impl<S: AsRef<[u8]> + AsMut<[u8]>> Printer<S> {
    /// A printer that knows nothing of its paper yet, its gap sensor in line with the head.
    #[must_use]
    pub fn new(room: S) -> Self {
        let settings = Settings::default();
        Self {
            raster: Raster::new(room),
            job: 0,
            stage: Stage::Idle,
            aligned: false,
            edges: Edges::new(0),
            moving: false,
            seek: SEEK,
            hot: false,
            sensors: None,
            crc: 0,
            printed: Deque::new(),
            signal: Signal::default(),
            connected: false,
            online: true,
            brightness: settings.brightness,
            volume: settings.volume,
            identify: None,
        }
    }

    /// The same, but what the sensor sees comes under the head so many rows later; fewer than any label has.
    #[must_use]
    pub const fn with_sensor_ahead(mut self, rows: u16) -> Self {
        self.edges = Edges::new(rows);
        self.seek = SEEK.saturating_add(rows);
        self
    }

    /// Takes what the sensors say: often while it prints, now and then while it rests.
    pub fn sense(&mut self, now: Instant, sensors: Sensors, events: &mut dyn Events) {
        let before = self.sensors.replace(sensors);
        let was_hot = self.hot;
        self.hot = sensors.celsius >= if was_hot { COOL + 1 } else { TOO_HOT };
        let ready = |sensors: Sensors| (sensors.paper != Paper::Out, sensors.closed);
        if before.map(ready) != Some(ready(sensors)) || was_hot != self.hot {
            let (paper, closed) = ready(sensors);
            let condition = PrinterCondition {
                paper,
                closed,
                head_celsius: sensors.celsius,
            };
            events.push(now, EventBody::Printer(condition));
        }
        let in_hand = !matches!(self.stage, Stage::Idle | Stage::Receiving | Stage::Halted);
        if let Some(outcome) = obstacle(sensors) {
            self.aligned = false;
            self.edges.forget();
            if in_hand {
                // All that was to be burnt was: the label hangs out, whatever came after it.
                let done = matches!(self.stage, Stage::Ejecting { .. }) && outcome == PrintOutcome::PaperOut;
                let outcome = if done { PrintOutcome::Done } else { outcome };
                self.stage = if done { Stage::Idle } else { Stage::Halted };
                self.ended(now, outcome, events);
            }
        } else if self.stage == Stage::Halted {
            self.begin(now, events);
            return;
        }
        let to_burn = matches!(self.stage, Stage::Seeking { .. } | Stage::Burning { .. });
        if self.hot && !was_hot && to_burn {
            self.ended(now, PrintOutcome::HeadHot, events);
        }
    }

    /// The label, from its first row.
    fn begin(&mut self, now: Instant, events: &mut dyn Events) {
        self.stage = if self.aligned {
            Stage::Burning { row: 0 }
        } else {
            Stage::Seeking { rows: 0 }
        };
        if self.hot {
            self.ended(now, PrintOutcome::HeadHot, events);
        }
    }

    /// What to do next; what was asked before is done.
    pub fn next(&mut self, now: Instant, events: &mut dyn Events) -> Act {
        let moved = core::mem::take(&mut self.moving);
        let Some(sensors) = self.sensors.filter(|sensors| obstacle(*sensors).is_none()) else {
            return Act::Rest;
        };
        if moved {
            self.edges.moved(sensors.paper);
        } else {
            self.edges.seen(sensors.paper);
        }
        let act = match self.stage {
            Stage::Idle | Stage::Receiving | Stage::Halted => Act::Rest,
            Stage::Seeking { rows } => match self.seek(now, rows, events) {
                Some(rows) => {
                    self.stage = Stage::Seeking { rows };
                    Act::Feed
                }
                None => {
                    self.stage = Stage::Burning { row: 0 };
                    self.burn(now, 0, sensors, events)
                }
            },
            Stage::Burning { row } => self.burn(now, row, sensors, events),
            Stage::Ejecting { rows } => self.eject(now, rows, events),
        };
        self.moving = act != Act::Rest;
        act
    }

    fn burn(&mut self, now: Instant, row: u16, sensors: Sensors, events: &mut dyn Events) -> Act {
        if self.hot {
            return Act::Rest;
        }
        self.aligned = false;
        let Some(bytes) = self.raster.row(row) else {
            return self.eject(now, 0, events);
        };
        let mut dots = [0; HEAD_BYTES];
        dots.iter_mut().zip(bytes).for_each(|(dot, byte)| *dot = *byte);
        self.stage = Stage::Burning { row: row + 1 };
        Act::Burn {
            dots,
            celsius: sensors.celsius,
        }
    }

    fn eject(&mut self, now: Instant, rows: u16, events: &mut dyn Events) -> Act {
        match self.seek(now, rows, events) {
            Some(rows) => {
                self.stage = Stage::Ejecting { rows };
                Act::Feed
            }
            None => {
                self.stage = Stage::Idle;
                self.ended(now, PrintOutcome::Done, events);
                Act::Rest
            }
        }
    }

    /// On to where a label's edge is under the head: rows gone so far. None once it is there, or was not found.
    fn seek(&mut self, now: Instant, rows: u16, events: &mut dyn Events) -> Option<u16> {
        if self.edges.here() {
            self.aligned = true;
            return None;
        }
        if rows >= self.seek {
            events.push(
                now,
                EventBody::Fault {
                    fault: Fault::LabelGap,
                    position: None,
                },
            );
            // Paper without gaps: any place is an edge.
            self.aligned = true;
            return None;
        }
        Some(rows + 1)
    }

    fn start(&mut self, job: u32, row_bytes: u8, rows: u16) -> Result<(), Refusal> {
        let replaces = match self.stage {
            Stage::Idle | Stage::Receiving => true,
            Stage::Halted => job == self.job,
            _ => false,
        };
        if !replaces {
            return Err(Refusal::Busy);
        }
        if usize::from(row_bytes) > HEAD_BYTES {
            return Err(Refusal::OutOfRange);
        }
        self.raster.begin(row_bytes, rows)?;
        self.job = job;
        self.stage = Stage::Receiving;
        Ok(())
    }

    fn receiving(&self, job: u32) -> Result<(), Refusal> {
        (self.stage == Stage::Receiving && job == self.job)
            .then_some(())
            .ok_or(Refusal::OutOfOrder)
    }

    fn end(&mut self, now: Instant, job: u32, crc: u32, events: &mut dyn Events) -> Result<(), Refusal> {
        self.receiving(job)?;
        if let Err(refusal) = self.raster.end(crc) {
            self.stage = Stage::Idle;
            self.ended(now, PrintOutcome::Damaged, events);
            return Err(refusal);
        }
        self.crc = crc;
        if self.printed.iter().any(|label| *label == (job, crc)) {
            // A master that did not hear of it asks again: it is on paper already.
            self.stage = Stage::Idle;
            events.push(
                now,
                EventBody::Printed {
                    job,
                    outcome: PrintOutcome::Done,
                },
            );
            return Ok(());
        }
        match self.sensors.and_then(obstacle) {
            Some(outcome) => {
                self.stage = Stage::Halted;
                self.ended(now, outcome, events);
            }
            None => self.begin(now, events),
        }
        Ok(())
    }

    fn ended(&mut self, now: Instant, outcome: PrintOutcome, events: &mut dyn Events) {
        if outcome == PrintOutcome::Done {
            if self.printed.is_full() {
                self.printed.pop_front();
            }
            // There is room: the oldest has just gone.
            let _ = self.printed.push_back((self.job, self.crc));
        }
        events.push(now, EventBody::Printed { job: self.job, outcome });
    }

    /// The lamp now: blinking red while it wants a hand, dim amber without a master.
    #[must_use]
    pub fn lamp(&self, now: Instant) -> Rgb {
        if self.identify.is_some() {
            let colour = if shines(now, FAST) { Colour::D } else { Colour::Off };
            return rgb(colour).dimmed(self.brightness);
        }
        match self.signal.lamp(now) {
            Colour::Off if self.wants_hand() => {
                rgb(if shines(now, SLOW) { Colour::Wrong } else { Colour::Off }).dimmed(self.brightness)
            }
            Colour::Off if !(self.connected && self.online) => rgb(Colour::Wait).dimmed(self.brightness / 4),
            colour => rgb(colour).dimmed(self.brightness),
        }
    }

    fn wants_hand(&self) -> bool {
        self.sensors.and_then(obstacle).is_some()
    }

    /// The tone now.
    #[must_use]
    pub fn tone(&self, now: Instant) -> Tone {
        self.signal.tone(now, self.volume)
    }

    /// Whether [`Self::next`] has something to do.
    #[must_use]
    pub const fn working(&self) -> bool {
        !matches!(self.stage, Stage::Idle | Stage::Receiving | Stage::Halted)
    }
}

/// What keeps it from printing.
fn obstacle(sensors: Sensors) -> Option<PrintOutcome> {
    if !sensors.closed {
        Some(PrintOutcome::CoverOpen)
    } else if sensors.paper == Paper::Out {
        Some(PrintOutcome::PaperOut)
    } else {
        None
    }
}

impl<S: AsRef<[u8]> + AsMut<[u8]>> Device for Printer<S> {
    const KIND: NodeKind = NodeKind::Printer;

    fn command(&mut self, now: Instant, command: &Command, events: &mut dyn Events) -> Result<(), Refusal> {
        match command {
            Command::PrintStart { job, row_bytes, rows } => self.start(*job, *row_bytes, *rows)?,
            Command::PrintRows { job, first, data } => {
                self.receiving(*job)?;
                self.raster.rows(*first, data)?;
            }
            Command::PrintEnd { job, crc } => self.end(now, *job, *crc, events)?,
            Command::Verdict { verdict, .. } => self.signal.play(*verdict, now),
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

    fn busy(&self, _: Instant) -> bool {
        self.working()
    }

    fn poll(&mut self, now: Instant, _: &mut dyn Events) {
        if self.identify.is_some_and(|until| now >= until) {
            self.identify = None;
        }
    }

    fn wake_at(&self, now: Instant) -> Option<Instant> {
        let blink = self.wants_hand().then(|| next_edge(now, SLOW));
        let identify = self.identify.map(|until| until.min(next_edge(now, FAST)));
        earlier(earlier(blink, identify), self.signal.due(now))
    }
}

#[cfg(test)]
mod tests;
