use core::cell::{Cell, RefCell};
use std::rc::Rc;

use embassy_futures::block_on;
use link::Instant;
use link::message::{EventBody, Fault};
use nodes::chip::Memory;
use nodes::parts::hx711::Hx711;
use nodes::scale::{SILENCE, Scale, ScaleBoard, Sensitivity, WINDOW};
use nodes::{Board, Device};

use super::face;
use crate::kit::{Bench, Deed, Journal, Line, Said, Slot, done, driven};

const MS: u64 = 1_000;
const PULSES: u32 = 25;

/// The converter, as its sheet says: ready is low; each rising edge puts a bit out, the 25th lets go.
#[derive(Default)]
struct Converter {
    counts: i32,
    ready: bool,
    pulses: u32,
    /// A short to ground on its data line.
    short: bool,
    readings: u32,
}

impl Converter {
    fn clock(&mut self, high: bool) {
        if high {
            self.pulses += u32::from(self.ready);
        } else if self.pulses == PULSES {
            self.readings += 1;
            (self.ready, self.pulses) = (false, 0);
        }
    }

    fn data(&self) -> bool {
        match self.pulses {
            _ if self.short => false,
            0 => !self.ready,
            PULSES => true,
            pulse => self.counts >> (PULSES - 1 - pulse) & 1 == 1,
        }
    }
}

struct Platform {
    converter: Rc<RefCell<Converter>>,
    /// The tare key's line is high.
    up: Rc<Cell<bool>>,
    journal: Journal,
    board: ScaleBoard<Bench>,
    memory: Slot,
    scale: Scale,
    said: Said,
    now: u64,
}

impl Platform {
    /// A platform that counts below nothing, at rest.
    fn new() -> Self {
        Self::remembering(Slot::default(), 0)
    }

    /// The same, its chip starting with this memory and so many grams on it.
    fn remembering(memory: Slot, grams: i32) -> Self {
        let journal = Journal::default();
        let converter = Rc::<RefCell<Converter>>::default();
        let (clock, data) = (converter.clone(), converter.clone());
        let clock = journal.over("clock", driven(move |high| clock.borrow_mut().clock(high)));
        let data = Line::new(move || data.borrow().data());
        let up = Rc::new(Cell::new(true));
        let line = up.clone();
        let tare = Line::new(move || line.get());
        let mut scale = Scale::new(Sensitivity::CELL_30_KG);
        scale.connected(Instant(0), true);
        let mut platform = Self {
            board: ScaleBoard::new(
                face(&journal),
                Hx711::new(data, clock, journal.free("delay")),
                tare,
                memory.clone(),
            ),
            memory,
            converter,
            up,
            journal,
            scale,
            said: Said::default(),
            now: 0,
        };
        platform.until_nothing_comes();
        platform.load(grams, WINDOW);
        platform.journal.take();
        platform
    }

    fn until_nothing_comes(&mut self) {
        for _ in 0..5 {
            self.board.exchange(Instant(self.now), &mut self.scale, &mut self.said);
            block_on(self.board.put_out());
            if !done(self.board.input()) {
                return;
            }
        }
        panic!("it never comes to rest");
    }

    /// So many conversions with so many grams.
    fn load(&mut self, grams: i32, conversions: usize) {
        for _ in 0..conversions {
            self.now += 100 * MS;
            {
                let mut converter = self.converter.borrow_mut();
                converter.counts = -21_000 + (i64::from(grams) * 143_166 / 1_000) as i32;
                converter.ready = true;
            }
            self.until_nothing_comes();
        }
    }

    fn tare(&mut self, later: u64, up: bool) {
        self.now += later * MS;
        self.up.set(up);
        self.until_nothing_comes();
    }
}

#[test]
fn each_conversion_is_read_once_and_becomes_grams() {
    let mut platform = Platform::new();
    assert_eq!(platform.scale.resting(), Some(0));
    platform.load(1_280, 3 * WINDOW);
    assert_eq!(platform.scale.resting(), Some(1_280));
    assert_eq!(platform.converter.borrow().readings as usize, 4 * WINDOW);
    let clocks = |deed: &&Deed| **deed == Deed::High("clock");
    let pulses = platform.journal.take().iter().filter(clocks).count();
    assert_eq!(pulses, 3 * WINDOW * PULSES as usize);
}

#[test]
fn the_tare_key_takes_the_load_as_nothing_once_a_press() {
    let mut platform = Platform::new();
    platform.load(350, 3 * WINDOW);
    platform.said.0.clear();
    platform.journal.take();
    for (later, up) in [(500, false), (1, true), (2, false), (400, true), (1, false), (1, true)] {
        platform.tare(later, up);
    }
    let nothing = EventBody::Weight { grams: 0, stable: true };
    assert_eq!(platform.said.0, [nothing]);
    assert_eq!(platform.scale.resting(), Some(0));
    let sounds = |deed: &&Deed| matches!(deed, Deed::Sounds(2_700, _));
    assert_eq!(platform.journal.take().iter().filter(sounds).count(), 1);
}

#[test]
fn a_short_on_the_data_line_is_told_as_a_failing_cell_and_stops_nothing() {
    let mut platform = Platform::new();
    platform.said.0.clear();
    platform.converter.borrow_mut().short = true;
    for _ in 0..20 {
        platform.now += SILENCE / 10;
        platform.until_nothing_comes();
        let now = Instant(platform.now);
        platform.scale.poll(now, &mut platform.said);
    }
    let failing = EventBody::Fault {
        fault: Fault::LoadCell,
        position: None,
    };
    assert_eq!(platform.said.0, [failing]);
    platform.converter.borrow_mut().short = false;
    platform.load(700, 3 * WINDOW);
    assert_eq!(platform.scale.resting(), Some(700));
}

#[test]
fn h12_the_zero_outlives_a_reset_of_the_chip() {
    let mut platform = Platform::new();
    platform.load(2_520, 3 * WINDOW);
    assert_eq!(platform.scale.resting(), Some(2_520));
    let zero = platform.memory.recall().unwrap();
    assert!((zero + 21_000).abs() < 20, "{zero}");
    // The chip starts anew with the same memory.
    let again = Platform::remembering(platform.memory.clone(), 2_520);
    assert_eq!(again.scale.resting(), Some(2_520));
}
