//! A thermal head over a roll of labels.

use std::sync::Arc;
use std::time::Duration;

use link::Instant;
use nodes::colour::Rgb;
use nodes::printer::{Act, Dots, HEAD_BYTES, Paper, Printer, STROBES, Sensors, passes};
use nodes::{Board, Events};

use super::Part;

/// Rows of a label on the roll: 40 mm at 8 dots a millimetre.
pub const LABEL_ROWS: usize = 320;
/// Rows of the carrier between two labels: 3 mm.
const GAP_ROWS: usize = 24;
const PITCH: usize = LABEL_ROWS + GAP_ROWS;
/// Where a roll stands when it was laid in by hand.
const LAID_IN: usize = LABEL_ROWS / 2;
/// One row's time: 125 mm a second.
const ROW: Duration = Duration::from_millis(1);
/// How often the sensors are read while nothing is printed (µs).
const IDLE: u64 = 200_000;
/// Labels kept to be looked at; older ones have been carried away.
const KEPT: usize = 200;

/// A label that came out.
pub struct Label {
    /// From 1.
    pub number: usize,
    /// Paper ran out, or the cover was opened, in the middle of it.
    pub spoilt: bool,
    /// The dots burnt.
    pub rows: Vec<Dots>,
}

/// Roll, cover and head.
pub struct PrinterHardware {
    /// Paper in it.
    pub paper: bool,
    /// Cover shut.
    pub closed: bool,
    /// Head temperature, °C.
    pub celsius: i8,
    /// Paper moves.
    pub printing: bool,
    /// The lamp.
    pub lamp: Rgb,
    labels: Vec<Label>,
    out: usize,
    place: usize,
    burnt: Vec<Dots>,
}

impl PrinterHardware {
    /// A new roll laid in, cover shut, head cold.
    pub fn new() -> Self {
        Self {
            paper: true,
            closed: true,
            celsius: 25,
            printing: false,
            lamp: Rgb::OFF,
            labels: Vec::new(),
            out: 0,
            place: LAID_IN,
            burnt: vec![[0; HEAD_BYTES]; LABEL_ROWS],
        }
    }

    /// Takes the paper away or lays a roll in; opens or shuts the cover.
    pub fn handle(&mut self, paper: bool, closed: bool) {
        if (self.paper && !paper) || (self.closed && !closed) {
            self.take_off(true);
            self.place = LAID_IN;
        }
        (self.paper, self.closed) = (paper, closed);
    }

    /// Labels that came out, the oldest first.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    fn sensors(&self) -> Sensors {
        let paper = match self.place {
            _ if !self.paper => Paper::Out,
            place if place < LABEL_ROWS => Paper::Label,
            _ => Paper::Gap,
        };
        Sensors {
            paper,
            closed: self.closed,
            celsius: self.celsius,
        }
    }

    fn burn(&mut self, dots: &Dots) {
        // What is burnt beyond the label is burnt on the carrier and lost.
        let Some(row) = self.burnt.get_mut(self.place) else {
            return;
        };
        for pass in passes(dots) {
            for (index, (burnt, hot)) in row.iter_mut().zip(pass.share.of(dots)).enumerate() {
                if pass.strobes >> (index * STROBES / HEAD_BYTES) & 1 == 1 {
                    *burnt |= hot;
                }
            }
        }
    }

    fn advance(&mut self) {
        self.place = (self.place + 1) % PITCH;
        if self.place == 0 {
            self.take_off(false);
        }
    }

    /// The label under the head comes off the carrier; an empty one is nothing to look at.
    fn take_off(&mut self, spoilt: bool) {
        let rows = std::mem::replace(&mut self.burnt, vec![[0; HEAD_BYTES]; LABEL_ROWS]);
        if rows.iter().flatten().all(|byte| *byte == 0) {
            return;
        }
        self.out += 1;
        self.labels.push(Label {
            number: self.out,
            spoilt,
            rows,
        });
        if self.labels.len() > KEPT {
            self.labels.remove(0);
        }
    }
}

/// Joins them to the printer's logic.
pub struct PrinterBoard {
    part: Arc<Part<PrinterHardware>>,
    act: Act,
}

impl PrinterBoard {
    /// At rest.
    pub fn new(part: Arc<Part<PrinterHardware>>) -> Self {
        Self { part, act: Act::Rest }
    }
}

impl Board<Printer<Vec<u8>>> for PrinterBoard {
    fn exchange(&mut self, now: Instant, printer: &mut Printer<Vec<u8>>, events: &mut dyn Events) -> Option<Instant> {
        let mut state = self.part.state();
        printer.sense(now, state.sensors(), events);
        self.act = printer.next(now, events);
        let shows = (printer.lamp(now), self.act != Act::Rest);
        if shows != (state.lamp, state.printing) {
            (state.lamp, state.printing) = shows;
            self.part.shows();
        }
        Some(if self.act == Act::Rest { now.after(IDLE) } else { now })
    }

    async fn put_out(&mut self) {
        if self.act == Act::Rest {
            return;
        }
        tokio::time::sleep(ROW).await;
        let mut state = self.part.state();
        if let Act::Burn { dots, .. } = &self.act {
            state.burn(dots);
        }
        state.advance();
    }

    async fn input(&mut self) {
        self.part.touched().await;
    }
}
