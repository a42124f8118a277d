use embassy_futures::block_on;
use embedded_hal_mock::eh1::MockError;
use embedded_hal_mock::eh1::delay::{CheckedDelay, Transaction as Delay};
use embedded_hal_mock::eh1::digital::{Mock as Pin, State, Transaction};
use embedded_hal_mock::eh1::spi::{Mock as Spi, Transaction as Bus};
use link::message::MAX_POSITIONS;
use nodes::parts::Failed;
use nodes::parts::digits::DigitChain;
use nodes::shelf::digits::{DARK, Digits};

use crate::kit::{Deed, Journal};

/// Digits that say where they belong: 0, 1, 2 at the first position.
fn counted() -> [Digits; MAX_POSITIONS] {
    core::array::from_fn(|position| core::array::from_fn(|digit| (position * 3 + digit) as u8))
}

#[test]
fn the_farthest_digit_goes_first_and_the_latch_follows_the_last_bit() {
    let journal = Journal::default();
    let bytes: Vec<u8> = (0..72).rev().collect();
    let mut spi = Spi::new(&[Bus::write_vec(bytes.clone()), Bus::flush()]);
    let mut latch = Pin::new(&[Transaction::set(State::High), Transaction::set(State::Low)]);
    let mut delay = CheckedDelay::new(&[Delay::blocking_delay_us(2)]);
    let mut chain = DigitChain::new(
        journal.over("spi", spi.clone()),
        journal.over("latch", latch.clone()),
        journal.over("delay", delay.clone()),
    );
    assert_eq!(block_on(chain.show(&counted())), Ok(()));
    let expected = [
        Deed::Wrote("spi", bytes),
        Deed::Flushed("spi"),
        Deed::High("latch"),
        Deed::Delayed(2),
        Deed::Low("latch"),
    ];
    assert_eq!(journal.take(), expected);
    // What is shown already is not sent again.
    assert_eq!(block_on(chain.show(&counted())), Ok(()));
    assert_eq!(journal.take(), []);
    spi.done();
    latch.done();
    delay.done();
}

#[test]
fn the_first_digits_are_sent_even_where_all_are_dark() {
    let mut spi = Spi::new(&[Bus::write_vec(vec![0; 72]), Bus::flush()]);
    let mut latch = Pin::new(&[Transaction::set(State::High), Transaction::set(State::Low)]);
    let delay = Journal::default().free("delay");
    let mut chain = DigitChain::new(spi.clone(), latch.clone(), delay);
    assert_eq!(block_on(chain.show(&[DARK; MAX_POSITIONS])), Ok(()));
    spi.done();
    latch.done();
}

#[test]
fn after_a_failure_what_was_shown_before_is_sent_again_as_well() {
    let dark = [Bus::write_vec(vec![0; 72]), Bus::flush()];
    let counts = [Bus::write_vec((0..72).rev().collect()), Bus::flush()];
    let mut spi = Spi::new(&[dark.clone(), counts, dark].concat());
    let latched = [Transaction::set(State::High), Transaction::set(State::Low)];
    let fails = Transaction::set(State::High).with_error(MockError::Io(std::io::ErrorKind::Other));
    let mut latch = Pin::new(&[&latched[..], &[fails], &latched].concat());
    let delay = Journal::default().free("delay");
    let mut chain = DigitChain::new(spi.clone(), latch.clone(), delay);
    assert_eq!(block_on(chain.show(&[DARK; MAX_POSITIONS])), Ok(()));
    assert_eq!(block_on(chain.show(&counted())), Err(Failed));
    assert_eq!(block_on(chain.show(&[DARK; MAX_POSITIONS])), Ok(()));
    spi.done();
    latch.done();
}
