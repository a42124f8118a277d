use core::cell::Cell;
use std::rc::Rc;

use embassy_futures::block_on;
use link::Instant;
use link::message::{Command, EventBody, PrintOutcome};
use nodes::parts::Failed;
use nodes::parts::head::Head;
use nodes::parts::stepper::Stepper;
use nodes::printer::board::{AGREE, DOUBT, IDLE, LAG, POWER_UP, STEP, STEPS};
use nodes::printer::{AT_ONCE, Dots, HEAD_BYTES, Printer, PrinterBoard, PrinterParts, ROOM, STROBES, Sheet};
use nodes::{Board, Device};

use super::face;
use crate::kit::{Bench, Deed, Dial, Journal, Line, Noted, Said, driven};

/// Readings of the gap sensor.
const LABEL: u16 = 1_200;
const GAP: u16 = 3_000;
const NO_PAPER: u16 = 3_500;
/// Readings of the thermistor, and what they mean (°C).
const WARM: u16 = 2_048;
const WARM_CELSIUS: i8 = 25;
const HOT: u16 = 815;
const BROKEN_WIRE: u16 = 4_095;
/// Rows of a label and of the gap after it, on the test's paper.
const LABEL_ROWS: usize = 100;
const PITCH: usize = 120;
/// Rows from the gap sensor on to the head.
const AHEAD: usize = 30;

struct Mechanism {
    gap: Dial,
    thermistor: Dial,
    open: Rc<Cell<bool>>,
    /// The latch's pin does not obey.
    latch_broken: Rc<Cell<bool>>,
    journal: Journal,
    board: PrinterBoard<Bench>,
    printer: Printer<Vec<u8>>,
    said: Said,
    /// All that was done so far.
    deeds: Vec<Deed>,
}

impl Mechanism {
    fn new() -> Self {
        let journal = Journal::default();
        let (gap, thermistor) = (Dial::at(LABEL), Dial::at(WARM));
        let open = Rc::new(Cell::new(false));
        let line = open.clone();
        let pin = |name| journal.over(name, driven(|_| {}));
        let latch = driven(|_| {});
        let latch_broken = latch.broken();
        let head: Head<_, _, _, Noted<_>> = Head::new(
            journal.free("spi"),
            journal.over("latch", latch),
            pin("power"),
            journal.free("strobes"),
            journal.free("delay"),
        );
        let parts = PrinterParts {
            face: face(&journal),
            head,
            motor: Stepper::new([pin("a1"), pin("a2"), pin("b1"), pin("b2")], pin("awake")),
            cover: Line::new(move || line.get()),
            gap: gap.clone(),
            thermistor: thermistor.clone(),
            timer: journal.free("timer"),
            sheet: Sheet::LTP02_245,
        };
        Self {
            gap,
            thermistor,
            open,
            latch_broken,
            board: PrinterBoard::new(parts),
            journal,
            printer: Printer::new(vec![0; ROOM]).with_sensor_ahead(AHEAD as u16 - LAG),
            said: Said::default(),
            deeds: Vec::new(),
        }
    }

    /// Comes round; whether it wants to go on at once.
    fn round(&mut self) -> bool {
        let now = Instant(7);
        let wanted = self.board.exchange(now, &mut self.printer, &mut self.said);
        block_on(Board::<Printer<Vec<u8>>>::put_out(&mut self.board));
        self.deeds.extend(self.journal.take());
        assert!([now, now.after(IDLE), now.after(DOUBT)].map(Some).contains(&wanted));
        wanted == Some(now)
    }

    /// The sensor sees where the motor has moved the paper to.
    fn move_paper(&self) {
        let rows = self.done(&Deed::Slept(STEP)) / usize::from(STEPS);
        let label = (rows + 60 + AHEAD) % PITCH < LABEL_ROWS;
        self.gap.set(Ok(if label { LABEL } else { GAP }));
    }

    /// Goes on until it rests.
    fn work(&mut self) {
        for _ in 0..2_000 {
            self.move_paper();
            if !self.round() {
                return;
            }
        }
        panic!("it never comes to rest");
    }

    fn say(&mut self, command: &Command) {
        self.printer.command(Instant(7), command, &mut self.said).unwrap();
    }

    fn send(&mut self, job: u32, rows: &[Dots]) {
        self.say(&Command::PrintStart {
            job,
            row_bytes: HEAD_BYTES as u8,
            rows: rows.len() as u16,
        });
        for (first, row) in rows.iter().enumerate() {
            let literal = [&[HEAD_BYTES as u8 - 1][..], row].concat();
            self.say(&Command::PrintRows {
                job,
                first: first as u16,
                data: heapless::Vec::from_slice(&literal).unwrap(),
            });
        }
        let crc = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&rows.concat());
        self.say(&Command::PrintEnd { job, crc });
    }

    fn done(&self, deed: &Deed) -> usize {
        self.deeds.iter().filter(|done| *done == deed).count()
    }

    fn outcomes(&self) -> Vec<PrintOutcome> {
        let outcome = |body: &EventBody| match body {
            EventBody::Printed { outcome, .. } => Some(*outcome),
            _ => None,
        };
        self.said.0.iter().filter_map(outcome).collect()
    }

    /// The rows that were burnt, each with the pulses it took; what is hot at once is within the supply's means.
    fn burnt(&self) -> Vec<(Dots, Vec<(u32, u16)>)> {
        let mut rows = Vec::new();
        let (mut loaded, mut latched) = ([0; HEAD_BYTES], false);
        let (mut powered, mut settled) = (false, false);
        let (mut row, mut pulses) = ([0; HEAD_BYTES], Vec::new());
        for deed in &self.deeds {
            match deed {
                Deed::High("power") => powered = true,
                Deed::Low("power") => (powered, settled) = (false, false),
                Deed::Slept(POWER_UP) => settled = powered,
                Deed::Wrote("spi", bytes) => (loaded, latched) = (bytes.as_slice().try_into().unwrap(), false),
                Deed::Low("latch") => latched = true,
                Deed::Strobed(lines, micros) => {
                    assert!(settled && latched, "what is burnt is latched and supplied");
                    let mut hot = 0;
                    for (index, byte) in loaded.iter().enumerate() {
                        if lines >> (index * STROBES / HEAD_BYTES) & 1 == 1 {
                            assert_eq!(row[index] & byte, 0, "no dot is burnt twice");
                            row[index] |= byte;
                            hot += byte.count_ones();
                        }
                    }
                    assert!(hot <= AT_ONCE, "{hot} dots at once");
                    pulses.push((hot, *micros));
                }
                Deed::Slept(STEP) if !pulses.is_empty() => {
                    let row = core::mem::replace(&mut row, [0; HEAD_BYTES]);
                    rows.push((row, core::mem::take(&mut pulses)));
                }
                _ => {}
            }
        }
        rows
    }
}

/// Rows from one dot to all of them.
fn rows() -> [Dots; 4] {
    let one = core::array::from_fn(|byte| u8::from(byte == 47));
    let few = core::array::from_fn(|byte| if byte % 8 == 3 { 0xf0 } else { 0 });
    let many = core::array::from_fn(|byte| if byte < 16 { 0xff } else { 0x11 });
    [one, few, many, [0xff; HEAD_BYTES]]
}

#[test]
fn a_label_is_burnt_row_by_row_and_never_too_much_at_once() {
    let mut mechanism = Mechanism::new();
    mechanism.work();
    mechanism.send(1, &rows());
    mechanism.work();
    assert_eq!(mechanism.outcomes(), [PrintOutcome::Done]);
    let burnt = mechanism.burnt();
    assert_eq!(burnt.iter().map(|(row, _)| *row).collect::<Vec<_>>(), rows());
    let pulses: Vec<_> = burnt.iter().map(|(_, pulses)| pulses.len()).collect();
    assert_eq!(pulses, [1, 1, 6, 12], "as few pulses as the supply allows");
    for (hot, micros) in burnt.iter().flat_map(|(_, pulses)| pulses) {
        assert_eq!(
            *micros,
            Sheet::LTP02_245.micros(WARM_CELSIUS, *hot),
            "{hot} dots at once"
        );
    }
}

#[test]
fn each_row_is_four_half_steps_and_at_rest_head_and_motor_are_let_go() {
    let mut mechanism = Mechanism::new();
    mechanism.work();
    mechanism.send(1, &rows()[..1]);
    mechanism.work();
    let last_step = mechanism
        .deeds
        .iter()
        .rposition(|deed| *deed == Deed::Slept(STEP))
        .unwrap();
    let rest = ["power", "awake", "a1", "a2", "b1", "b2"].map(Deed::Low);
    assert_eq!(mechanism.deeds[last_step + 1..], rest);
    // 40 rows and 20 of gap to the first edge, a label and its gap from there.
    assert_eq!(mechanism.done(&Deed::High("awake")), (60 + PITCH) * usize::from(STEPS));
    mechanism.deeds.clear();
    assert!(!mechanism.round());
    assert_eq!(mechanism.deeds, rest, "nothing but that while it rests");
}

#[test]
fn an_open_cover_no_paper_and_a_hot_head_burn_nothing() {
    type Spoil = fn(&mut Mechanism);
    let cases: [(Spoil, PrintOutcome); 4] = [
        (|mechanism| mechanism.open.set(true), PrintOutcome::CoverOpen),
        (|mechanism| mechanism.gap.set(Ok(NO_PAPER)), PrintOutcome::PaperOut),
        (|mechanism| mechanism.gap.set(Err(Failed)), PrintOutcome::PaperOut),
        (
            |mechanism| {
                mechanism.gap.set(Err(Failed));
                mechanism.open.set(true);
            },
            PrintOutcome::CoverOpen,
        ),
    ];
    for (spoil, outcome) in cases {
        let mut mechanism = Mechanism::new();
        spoil(&mut mechanism);
        mechanism.round();
        mechanism.send(1, &rows());
        for _ in 0..100 {
            assert!(!mechanism.round());
        }
        assert_eq!(mechanism.outcomes(), [outcome]);
        assert_eq!(mechanism.burnt(), []);
        assert_eq!(mechanism.done(&Deed::High("power")), 0);
        assert_eq!(mechanism.done(&Deed::High("awake")), 0);
    }
}

#[test]
fn a_hot_head_waits_for_the_cool_and_so_does_one_whose_heat_is_not_known() {
    for reading in [Ok(HOT), Ok(BROKEN_WIRE), Ok(0), Err(Failed)] {
        let mut mechanism = Mechanism::new();
        mechanism.thermistor.set(reading);
        mechanism.round();
        mechanism.send(1, &rows());
        mechanism.work();
        assert_eq!(mechanism.outcomes(), [PrintOutcome::HeadHot]);
        assert_eq!(mechanism.burnt(), []);
        assert_eq!(mechanism.done(&Deed::High("power")), 0);
        mechanism.thermistor.set(Ok(WARM));
        mechanism.work();
        assert_eq!(mechanism.outcomes(), [PrintOutcome::HeadHot, PrintOutcome::Done]);
        assert_eq!(mechanism.burnt().len(), 4);
    }
}

#[test]
fn a_cover_opened_under_way_stops_it_after_two_rows_and_dust_or_a_bounce_does_not() {
    let mut mechanism = Mechanism::new();
    mechanism.work();
    mechanism.send(1, &rows());
    while mechanism.burnt().len() < 2 {
        mechanism.move_paper();
        assert!(mechanism.round());
    }
    for _ in 0..2 {
        mechanism.open.set(true);
        mechanism.gap.set(Ok(NO_PAPER));
        mechanism.round();
        mechanism.open.set(false);
        mechanism.move_paper();
        assert!(mechanism.round());
    }
    assert_eq!(mechanism.outcomes(), []);
    mechanism.open.set(true);
    for _ in 1..AGREE {
        mechanism.move_paper();
        assert!(mechanism.round());
    }
    mechanism.deeds.clear();
    assert!(!mechanism.round());
    assert_eq!(mechanism.burnt(), []);
    assert_eq!(mechanism.done(&Deed::Low("power")), 1);
    assert_eq!(mechanism.outcomes(), [PrintOutcome::CoverOpen]);
}

#[test]
fn a_row_that_can_not_be_latched_is_left_out() {
    let mut mechanism = Mechanism::new();
    mechanism.work();
    mechanism.send(1, &rows());
    mechanism.latch_broken.set(true);
    mechanism.work();
    assert!(mechanism.done(&Deed::High("power")) > 0);
    assert_eq!(mechanism.burnt(), []);
}

#[test]
fn what_is_seen_once_while_it_rests_is_looked_at_again_soon() {
    let mut mechanism = Mechanism::new();
    mechanism.work();
    mechanism.said.0.clear();
    for (reading, wait, told) in [
        (NO_PAPER, DOUBT, 0),
        (LABEL, IDLE, 0),
        (NO_PAPER, DOUBT, 0),
        (NO_PAPER, DOUBT, 0),
        (NO_PAPER, IDLE, 1),
    ] {
        mechanism.gap.set(Ok(reading));
        let now = Instant(7);
        let wanted = mechanism
            .board
            .exchange(now, &mut mechanism.printer, &mut mechanism.said);
        assert_eq!((wanted, mechanism.said.0.len()), (Some(now.after(wait)), told));
    }
}
