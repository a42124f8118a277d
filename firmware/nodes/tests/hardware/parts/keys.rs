use embassy_futures::block_on;
use embedded_hal_mock::eh1::MockError;
use embedded_hal_mock::eh1::delay::{CheckedDelay, Transaction as Delay};
use embedded_hal_mock::eh1::digital::{Mock as Pin, State, Transaction};
use link::message::Key;
use nodes::parts::keys::{KeyMatrix, SENSES, SLOTS};
use nodes::shelf::keys::KeySample;

use crate::kit::done;

/// A matrix whose pins know which keys are down, as (slot, sense), and expect one sample.
struct Matrix {
    slots: [Pin; SLOTS],
    senses: [Pin; SENSES],
    delay: CheckedDelay,
}

impl Matrix {
    fn new(slots: [Vec<Transaction>; SLOTS], senses: [Vec<Transaction>; SENSES], delays: usize) -> Self {
        Self {
            slots: slots.map(|expected| Pin::new(&expected)),
            senses: senses.map(|expected| Pin::new(&expected)),
            delay: CheckedDelay::new(&vec![Delay::blocking_delay_us(5); delays]),
        }
    }

    fn with(down: &[(usize, usize)]) -> Self {
        let level = |low: bool| Transaction::get(if low { State::Low } else { State::High });
        let first = down.iter().map(|(_, sense)| *sense).min();
        let senses = core::array::from_fn(|sense| {
            // At rest the lines are looked at up to the first that is low.
            let rest = first.is_none_or(|first| sense <= first);
            let rest = rest.then(|| level(down.iter().any(|key| key.1 == sense)));
            let scan = (0..SLOTS).map(|slot| level(down.contains(&(slot, sense))));
            rest.into_iter()
                .chain(scan.take(if first.is_some() { SLOTS } else { 0 }))
                .collect()
        });
        // Released, asked, released, at rest again.
        let slot = [State::High, State::Low, State::High, State::Low].map(Transaction::set);
        let slots = core::array::from_fn(|_| if first.is_some() { slot.to_vec() } else { Vec::new() });
        Self::new(slots, senses, if first.is_some() { SLOTS } else { 0 })
    }

    fn matrix(&self) -> KeyMatrix<Pin, Pin, CheckedDelay> {
        KeyMatrix::new(self.slots.clone(), self.senses.clone(), self.delay.clone())
    }

    fn end(mut self) {
        self.slots.iter_mut().for_each(Pin::done);
        self.senses.iter_mut().for_each(Pin::done);
        self.delay.done();
    }

    fn sample(self) -> KeySample {
        let sample = self.matrix().sample();
        self.end();
        sample
    }
}

#[test]
fn with_all_keys_up_no_line_is_driven() {
    assert_eq!(Matrix::with(&[]).sample(), KeySample::default());
}

#[test]
fn each_key_is_found_at_its_position() {
    let keys = [Key::Confirm, Key::Plus, Key::Minus];
    for slot in 0..SLOTS {
        for sense in 0..SENSES {
            let position = (sense / 3 * 8 + slot) as u8;
            let expected = KeySample::default().with(position, keys[sense % 3]);
            assert_eq!(Matrix::with(&[(slot, sense)]).sample(), expected, "{slot} {sense}");
        }
    }
}

#[test]
fn several_at_once_are_all_found() {
    let square = [(1, 0), (1, 5), (6, 0), (6, 5)];
    let expected = KeySample::default()
        .with(1, Key::Confirm)
        .with(9, Key::Minus)
        .with(6, Key::Confirm)
        .with(14, Key::Minus);
    assert_eq!(Matrix::with(&square).sample(), expected);
    let all: Vec<_> = (0..SLOTS)
        .flat_map(|slot| (0..SENSES).map(move |sense| (slot, sense)))
        .collect();
    assert_eq!(Matrix::with(&all).sample(), KeySample((1 << 72) - 1));
}

#[test]
fn where_a_slot_line_does_not_obey_no_key_is_seen_and_all_lines_rest() {
    let fails = Transaction::set(State::High).with_error(MockError::Io(std::io::ErrorKind::Other));
    let low = Transaction::set(State::Low);
    let slots = core::array::from_fn(|slot| match slot {
        0..3 => vec![Transaction::set(State::High), low.clone()],
        3 => vec![fails.clone(), low.clone()],
        _ => vec![low.clone()],
    });
    let mut senses: [Vec<Transaction>; SENSES] = Default::default();
    senses[0] = vec![Transaction::get(State::Low)];
    assert_eq!(Matrix::new(slots, senses, 0).sample(), KeySample::default());
}

#[test]
fn a_falling_line_ends_the_wait_and_one_that_fails_does_not() {
    let fallen = Transaction::wait_for_state(State::Low);
    let mut senses: [Vec<Transaction>; SENSES] = Default::default();
    senses[0] = vec![fallen.clone()];
    let matrix = Matrix::new(Default::default(), senses.clone(), 0);
    block_on(matrix.matrix().pressed());
    matrix.end();
    senses[0] = vec![fallen.with_error(MockError::Io(std::io::ErrorKind::Other))];
    let matrix = Matrix::new(Default::default(), senses, 0);
    assert!(!done(matrix.matrix().pressed()));
    matrix.end();
}

#[test]
fn a_line_that_can_not_be_read_counts_as_high() {
    let fails = Transaction::get(State::Low).with_error(MockError::Io(std::io::ErrorKind::Other));
    let senses = core::array::from_fn(|sense| {
        vec![if sense == 4 {
            fails.clone()
        } else {
            Transaction::get(State::High)
        }]
    });
    let matrix = Matrix::new(Default::default(), senses, 0);
    assert!(matrix.matrix().idle());
    matrix.end();
}
