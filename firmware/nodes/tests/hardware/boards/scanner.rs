use core::cell::Cell;
use std::rc::Rc;

use embassy_futures::block_on;
use link::Instant;
use link::message::{Command, EventBody, EventId, Verdict};
use nodes::colour::rgb;
use nodes::scanner::{Scanner, ScannerBoard, TRIGGER};
use nodes::{Board, Device};

use super::face;
use crate::kit::{Bench, Deed, Journal, Line, Said, Uart, done};

const MS: u64 = 1_000;

struct Hand {
    decoder: Uart,
    /// The trigger's line is high.
    up: Rc<Cell<bool>>,
    journal: Journal,
    board: ScannerBoard<Bench>,
    scanner: Scanner,
    said: Said,
    now: u64,
}

impl Hand {
    fn new() -> Self {
        let journal = Journal::default();
        let decoder = Uart::new("decoder", &journal);
        let up = Rc::new(Cell::new(true));
        let line = up.clone();
        let trigger = Line::new(move || line.get());
        let mut scanner = Scanner::new();
        scanner.connected(Instant(0), true);
        let mut hand = Self {
            board: ScannerBoard::new(face(&journal), decoder.clone(), trigger),
            decoder,
            up,
            journal,
            scanner,
            said: Said::default(),
            now: 0,
        };
        hand.until_nothing_comes();
        hand.journal.take();
        hand
    }

    fn round(&mut self) {
        assert_eq!(
            self.board
                .exchange(Instant(self.now), &mut self.scanner, &mut self.said),
            None
        );
        block_on(self.board.put_out());
    }

    /// What was done but for the lamp, which is written anew now and again.
    fn asked(&self) -> Vec<Deed> {
        let deeds = self.journal.take().into_iter();
        deeds.filter(|deed| !matches!(deed, Deed::Lit(_))).collect()
    }

    fn until_nothing_comes(&mut self) {
        self.round();
        while done(self.board.input()) {
            self.round();
        }
    }

    /// The trigger's line is so from so many ms later on.
    fn trigger(&mut self, later: u64, up: bool) {
        self.now += later * MS;
        self.up.set(up);
        self.until_nothing_comes();
    }
}

fn codes(said: &Said) -> Vec<String> {
    let code = |body: &EventBody| match body {
        EventBody::Scan { code, .. } => Some(String::from_utf8(code.to_vec()).unwrap()),
        _ => None,
    };
    said.0.iter().filter_map(code).collect()
}

#[test]
fn the_decoder_s_bytes_become_codes() {
    let mut hand = Hand::new();
    hand.decoder.comes(b"]E06901234567892\r");
    hand.until_nothing_comes();
    // In pieces, with a character that noise has damaged between two codes, and more than it reads at once.
    hand.decoder.comes(b"LOC-01");
    hand.until_nothing_comes();
    hand.decoder.comes(b"-02\r");
    hand.decoder.breaks();
    let long = "7".repeat(100);
    hand.decoder.comes(long.as_bytes());
    hand.decoder.comes(b"\r");
    hand.until_nothing_comes();
    assert_eq!(codes(&hand.said), ["6901234567892", "LOC-01-02", &long]);
    assert_eq!(hand.journal.take(), [], "nobody pulled the trigger");
}

#[test]
fn each_pull_asks_the_decoder_once() {
    let mut hand = Hand::new();
    let asked = [Deed::Wrote("decoder", TRIGGER.to_vec())];
    for _ in 0..2 {
        hand.trigger(1_000, false);
        assert_eq!(hand.asked(), asked);
        // It bounces, is held, and bounces when it is let go.
        for (later, up) in [(1, true), (2, false), (3_000, true), (1, false), (1, true)] {
            hand.trigger(later, up);
        }
        hand.round();
        assert_eq!(hand.asked(), []);
    }
}

#[test]
fn a_pull_and_a_code_at_once_are_both_taken() {
    let mut hand = Hand::new();
    hand.now += 1_000 * MS;
    hand.decoder.comes(b"1\r");
    hand.trigger(0, false);
    assert_eq!(codes(&hand.said), ["1"]);
    assert_eq!(hand.asked(), [Deed::Wrote("decoder", TRIGGER.to_vec())]);
}

#[test]
fn the_verdict_is_heard_before_it_is_seen() {
    let mut hand = Hand::new();
    hand.decoder.comes(b"1\r");
    hand.until_nothing_comes();
    let verdict = Command::Verdict {
        event: EventId(1),
        verdict: Verdict::Wrong,
    };
    hand.scanner
        .command(Instant(hand.now), &verdict, &mut hand.said)
        .unwrap();
    hand.round();
    let [sounds, lit] = &hand.journal.take()[..] else {
        panic!("a tone and a colour, each once");
    };
    assert!(matches!(sounds, Deed::Sounds(440, _)));
    let red = rgb(link::message::Colour::Wrong).dimmed(link::message::Settings::default().brightness);
    assert_eq!(*lit, Deed::Lit(vec![red]));
}
