use core::cell::Cell;
use std::rc::Rc;

use embassy_futures::block_on;
use embedded_hal_mock::eh1::MockError;
use embedded_hal_mock::eh1::digital::{Mock as Pin, State, Transaction};
use link::Instant;
use nodes::parts::push_key::PushKey;

use crate::kit::{Line, done};

const MS: u64 = 1_000;

/// Presses seen when the line is high or low from these moments (ms) on.
fn presses(levels: &[(u64, bool)]) -> Vec<u64> {
    let level = Rc::new(Cell::new(levels[0].1));
    let line = level.clone();
    let mut key = PushKey::new(Line::new(move || line.get()));
    let mut seen = Vec::new();
    for (at, high) in levels {
        level.set(*high);
        while done(key.change()) {
            if key.pressed(Instant(at * MS)) {
                seen.push(*at);
            }
        }
    }
    seen
}

const UP: bool = true;
const DOWN: bool = false;

#[test]
fn a_press_counts_once_however_long_it_lasts() {
    assert_eq!(presses(&[(0, UP), (1_000, DOWN), (1_100, UP)]), [1_000]);
    assert_eq!(presses(&[(0, UP), (1_000, DOWN), (60_000, UP)]), [1_000]);
    assert_eq!(
        presses(&[(0, UP), (1_000, DOWN), (1_100, UP), (1_300, DOWN), (1_400, UP)]),
        [1_000, 1_300]
    );
}

#[test]
fn a_contact_that_bounces_as_it_closes_or_opens_is_one_press() {
    let closes = [
        (0, UP),
        (1_000, DOWN),
        (1_001, UP),
        (1_003, DOWN),
        (1_004, UP),
        (1_005, DOWN),
    ];
    assert_eq!(presses(&closes), [1_000]);
    let opens = [
        (0, UP),
        (1_000, DOWN),
        (3_000, UP),
        (3_001, DOWN),
        (3_003, UP),
        (3_020, DOWN),
        (3_021, UP),
    ];
    assert_eq!(presses(&opens), [1_000]);
}

#[test]
fn a_trembling_finger_presses_once() {
    assert_eq!(presses(&[(0, UP), (1_000, DOWN), (1_080, UP), (1_199, DOWN)]), [1_000]);
    assert_eq!(
        presses(&[(0, UP), (1_000, DOWN), (1_080, UP), (1_200, DOWN)]),
        [1_000, 1_200]
    );
}

#[test]
fn a_key_held_at_start_is_not_a_press() {
    assert_eq!(presses(&[(0, DOWN), (900, UP), (2_000, DOWN)]), [2_000]);
}

#[test]
fn it_waits_for_the_level_it_is_not_at_and_for_ever_where_its_pin_fails() {
    let fails = Transaction::wait_for_state(State::High).with_error(MockError::Io(std::io::ErrorKind::Other));
    let waits = [State::High, State::Low].map(Transaction::wait_for_state);
    let mut pin = Pin::new(&[waits.to_vec(), vec![fails]].concat());
    let mut key = PushKey::new(pin.clone());
    block_on(key.change());
    block_on(key.change());
    assert!(key.pressed(Instant(0)));
    assert!(!key.pressed(Instant(0)));
    assert!(!done(key.change()));
    pin.done();
}
