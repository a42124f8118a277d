use core::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use embassy_futures::block_on;
use link::Instant;
use link::message::{Colour, Command, EventBody, Key, MAX_POSITIONS, Mode, PositionLight};
use nodes::parts::digits::DigitChain;
use nodes::parts::keys::{KeyMatrix, SLOTS};
use nodes::parts::renewal::RENEW;
use nodes::shelf::keys::SAMPLE;
use nodes::shelf::{Shelf, ShelfBoard, digits};
use nodes::{Board, Device};

use crate::kit::{Bench, Deed, Journal, Line, Said, done, driven};

/// The keys: a sense line is low while a key on it is down whose slot line is low.
#[derive(Default)]
struct Wires {
    released: [bool; SLOTS],
    /// (slot, sense)
    down: BTreeSet<(usize, usize)>,
}

struct Rack {
    wires: Rc<RefCell<Wires>>,
    journal: Journal,
    board: ShelfBoard<Bench>,
    shelf: Shelf,
    said: Said,
    now: u64,
    due: Option<Instant>,
}

impl Rack {
    fn new() -> Self {
        let wires = Rc::<RefCell<Wires>>::default();
        let journal = Journal::default();
        let slots = core::array::from_fn(|slot| {
            let wires = wires.clone();
            journal.over("slot", driven(move |high| wires.borrow_mut().released[slot] = high))
        });
        let senses = core::array::from_fn(|sense| {
            let wires = wires.clone();
            Line::new(move || {
                let Wires { released, down } = &*wires.borrow();
                !(0..SLOTS).any(|slot| !released[slot] && down.contains(&(slot, sense)))
            })
        });
        let latch = journal.over("latch", driven(|_| {}));
        let digits = DigitChain::new(journal.free("digits"), latch, journal.free("delay"));
        let keys = KeyMatrix::new(slots, senses, journal.free("settle"));
        let mut shelf = Shelf::new(MAX_POSITIONS as u8);
        shelf.connected(Instant(0), true);
        let mut rack = Self {
            board: ShelfBoard::new(journal.free("lights"), digits, keys),
            wires,
            journal,
            shelf,
            said: Said::default(),
            now: 0,
            due: None,
        };
        rack.round();
        rack
    }

    fn round(&mut self) {
        self.due = self.board.exchange(Instant(self.now), &mut self.shelf, &mut self.said);
        block_on(self.board.put_out());
    }

    /// Comes round when it is due, until it leaves the keys alone: soon.
    fn settle(&mut self) {
        let until = self.now + 2 * SAMPLE;
        while let Some(due) = self.due {
            assert!(due.0 <= until);
            assert!(!done(self.board.input()), "the next sample comes by the clock");
            self.now = due.0;
            self.round();
        }
    }

    fn hold(&mut self, slot: usize, sense: usize) {
        self.wires.borrow_mut().down.insert((slot, sense));
    }

    fn let_go(&mut self) {
        self.wires.borrow_mut().down.clear();
    }
}

#[test]
fn a_rack_that_nobody_touches_is_left_alone_but_for_what_it_shows() {
    let mut rack = Rack::new();
    rack.settle();
    rack.journal.take();
    for _ in 0..10 {
        rack.now += RENEW / 5;
        rack.round();
        assert_eq!(rack.due, None);
        assert!(!done(rack.board.input()));
    }
    let deeds = rack.journal.take();
    let lit = deeds.iter().filter(|deed| matches!(deed, Deed::Lit(_))).count();
    let sent = deeds
        .iter()
        .filter(|deed| matches!(deed, Deed::Wrote("digits", _)))
        .count();
    assert_eq!((lit, sent), (2, 2), "h7: written anew, twice a second");
    assert!(
        !deeds.iter().any(|deed| matches!(deed, Deed::High("slot"))),
        "no line moves"
    );
}

#[test]
fn a_press_wakes_it_and_is_said_once() {
    let mut rack = Rack::new();
    rack.settle();
    rack.now += 60_000_000;
    // Slot 4 of the second level, plus.
    rack.hold(3, 4);
    assert!(done(rack.board.input()));
    for _ in 0..4 {
        rack.round();
        rack.now = rack.due.expect("sampled as long as a key is down").0;
    }
    rack.let_go();
    rack.round();
    rack.settle();
    let key = EventBody::Key {
        position: 11,
        key: Key::Plus,
        count: None,
        tag: 0,
    };
    assert_eq!(rack.said.0, [key]);
    assert!(!done(rack.board.input()));
    assert_eq!(rack.wires.borrow().released, [false; SLOTS], "the lines rest");
}

#[test]
fn two_hands_at_once_are_both_heard() {
    let mut rack = Rack::new();
    rack.settle();
    rack.hold(0, 0);
    rack.hold(7, 6);
    assert!(done(rack.board.input()));
    rack.now += SAMPLE;
    rack.round();
    rack.now += SAMPLE;
    rack.round();
    let positions: Vec<_> = rack
        .said
        .0
        .iter()
        .filter_map(|body| match body {
            EventBody::Key { position, key, .. } => Some((*position, *key)),
            _ => None,
        })
        .collect();
    assert_eq!(positions, [(0, Key::Confirm), (23, Key::Confirm)]);
}

#[test]
fn a_light_shines_and_counts_and_is_sent_once() {
    let mut rack = Rack::new();
    rack.settle();
    rack.journal.take();
    let light = PositionLight {
        colour: Colour::A,
        mode: Mode::On,
        count: Some(40),
        adjustable: true,
        tag: 1,
    };
    let command = Command::Lights {
        first: 23,
        lights: [light].into_iter().collect(),
    };
    rack.shelf.command(Instant(rack.now), &command, &mut rack.said).unwrap();
    rack.round();
    rack.round();
    let frame = rack.shelf.frame(Instant(rack.now)).to_vec();
    // The last position's right digit is sent first.
    let [left, middle, right] = digits::number(40);
    let mut bytes = vec![right, middle, left];
    bytes.resize(MAX_POSITIONS * 3, 0);
    let expected = [
        Deed::Lit(frame),
        Deed::Wrote("digits", bytes),
        Deed::Flushed("digits"),
        Deed::High("latch"),
        Deed::Delayed(2),
        Deed::Low("latch"),
    ];
    assert_eq!(rack.journal.take(), expected);
}
