use embassy_futures::block_on;
use embedded_hal_mock::eh1::MockError;
use embedded_hal_mock::eh1::digital::{Mock as Pin, State, Transaction};
use nodes::parts::hx711::Hx711;

use crate::kit::{Deed, Free, Journal, Noted, done};

/// For more than this (µs) the clock must not be high, or the converter goes to sleep.
const ASLEEP: u32 = 60;

fn level(high: bool) -> Transaction {
    Transaction::get(if high { State::High } else { State::Low })
}

/// The data line over a reading: ready, 24 bits, let go or not.
fn reading(bits: u32, lets_go: bool) -> Vec<Transaction> {
    let bits = (0..24).rev().map(|bit| level(bits >> bit & 1 == 1));
    [level(false)].into_iter().chain(bits).chain([level(lets_go)]).collect()
}

fn pulses(count: usize) -> Vec<Transaction> {
    vec![[State::High, State::Low].map(Transaction::set); count].concat()
}

struct Converter {
    data: Pin,
    clock: Pin,
    journal: Journal,
}

impl Converter {
    fn new(data: &[Transaction], clock: &[Transaction]) -> Self {
        Self {
            data: Pin::new(data),
            clock: Pin::new(clock),
            journal: Journal::default(),
        }
    }

    fn driver(&self) -> Hx711<Noted<Pin>, Noted<Pin>, Noted<Free>> {
        Hx711::new(
            self.journal.over("data", self.data.clone()),
            self.journal.over("clock", self.clock.clone()),
            self.journal.free("delay"),
        )
    }

    fn end(mut self) {
        self.data.done();
        self.clock.done();
    }
}

#[test]
fn a_reading_is_25_pulses_and_carries_its_sign() {
    for (bits, counts) in [
        (0x00_0001, 1),
        (0x12_3456, 0x12_3456),
        (0x7f_ffff, 0x7f_ffff),
        (0x80_0000, -0x80_0000),
        (0xff_ffff, -1),
        (0xff_fe0c, -500),
    ] {
        let converter = Converter::new(&reading(bits, true), &pulses(25));
        assert_eq!(converter.driver().read(), Some(counts), "{bits:#x}");
        converter.end();
    }
}

#[test]
fn each_bit_is_looked_at_while_the_clock_is_high_and_that_is_short() {
    let converter = Converter::new(&reading(0xa5_5a5a, true), &pulses(25));
    converter.driver().read();
    let deeds = converter.journal.take();
    assert_eq!(deeds[0], Deed::Looked("data"));
    let pulse = [
        Deed::High("clock"),
        Deed::Delayed(1),
        Deed::Looked("data"),
        Deed::Low("clock"),
        Deed::Delayed(1),
    ];
    assert_eq!(deeds[1..], vec![pulse.clone(); 25].concat());
    let high: u32 = pulse[1..3]
        .iter()
        .map(|deed| if let Deed::Delayed(micros) = deed { *micros } else { 0 })
        .sum();
    assert!(high < ASLEEP);
    converter.end();
}

#[test]
fn without_a_conversion_the_clock_rests() {
    let fails = level(false).with_error(MockError::Io(std::io::ErrorKind::Other));
    for data in [level(true), fails] {
        let converter = Converter::new(&[data], &[]);
        assert_eq!(converter.driver().read(), None);
        converter.end();
    }
}

#[test]
fn a_line_that_stays_low_says_nothing_until_it_comes_up() {
    let waits = [State::High, State::Low].map(Transaction::wait_for_state);
    let data = [reading(0, false), waits.to_vec(), reading(7, true)].concat();
    let converter = Converter::new(&data, &pulses(50));
    let mut driver = converter.driver();
    assert_eq!(driver.read(), None);
    block_on(driver.ready());
    assert_eq!(driver.read(), Some(7));
    converter.end();
    // Or until it is read again and has let go.
    let waits = [Transaction::wait_for_state(State::Low)];
    let data = [reading(0, false), reading(7, true), waits.to_vec()].concat();
    let converter = Converter::new(&data, &pulses(50));
    let mut driver = converter.driver();
    assert_eq!(driver.read(), None);
    assert_eq!(driver.read(), Some(7));
    block_on(driver.ready());
    converter.end();
}

#[test]
fn a_pin_that_can_not_be_waited_for_is_never_ready() {
    let fails = Transaction::wait_for_state(State::Low).with_error(MockError::Io(std::io::ErrorKind::Other));
    let converter = Converter::new(&[fails], &[]);
    assert!(!done(converter.driver().ready()));
    converter.end();
}

#[test]
fn a_clock_that_does_not_obey_gives_no_counts() {
    let fails = Transaction::set(State::High).with_error(MockError::Io(std::io::ErrorKind::Other));
    let converter = Converter::new(&reading(0, true)[..3], &[&pulses(2)[..], &[fails]].concat());
    assert_eq!(converter.driver().read(), None);
    converter.end();
}
