use embassy_futures::block_on;
use embedded_hal_mock::eh1::MockError;
use embedded_hal_mock::eh1::delay::{CheckedDelay, Transaction as Delay};
use embedded_hal_mock::eh1::digital::{Mock as Pin, State, Transaction};
use embedded_hal_mock::eh1::spi::{Mock as Spi, Transaction as Bus};
use nodes::parts::Failed;
use nodes::parts::head::{Head, LONGEST};
use nodes::printer::{Dots, HEAD_BYTES};

use crate::kit::{Deed, Free, Journal, Noted};

fn row() -> Dots {
    core::array::from_fn(|byte| byte as u8)
}

struct Parts {
    journal: Journal,
    spi: Spi<u8>,
    latch: Pin,
    power: Pin,
    delay: CheckedDelay,
}

impl Parts {
    fn new(bus: &[Bus<u8>], latch: &[Transaction], power: &[Transaction], delays: &[Delay]) -> Self {
        Self {
            journal: Journal::default(),
            spi: Spi::new(bus),
            latch: Pin::new(latch),
            power: Pin::new(power),
            delay: CheckedDelay::new(delays),
        }
    }

    fn head(&self) -> Head<Noted<Spi<u8>>, Noted<Pin>, Noted<Free>, Noted<CheckedDelay>> {
        let journal = &self.journal;
        Head::new(
            journal.over("spi", self.spi.clone()),
            journal.over("latch", self.latch.clone()),
            journal.over("power", self.power.clone()),
            journal.free("strobes"),
            journal.over("delay", self.delay.clone()),
        )
    }

    fn end(mut self) {
        self.spi.done();
        self.latch.done();
        self.power.done();
        self.delay.done();
    }
}

#[test]
fn a_row_is_latched_low_after_its_last_bit() {
    let parts = Parts::new(
        &[Bus::write_vec(row().to_vec()), Bus::flush()],
        &[Transaction::set(State::Low), Transaction::set(State::High)],
        &[],
        &[Delay::blocking_delay_us(1)],
    );
    assert_eq!(block_on(parts.head().load(&row())), Ok(()));
    let expected = [
        Deed::Wrote("spi", row().to_vec()),
        Deed::Flushed("spi"),
        Deed::Low("latch"),
        Deed::Delayed(1),
        Deed::High("latch"),
    ];
    assert_eq!(parts.journal.take(), expected);
    parts.end();
}

#[test]
fn a_row_that_could_not_be_latched_is_told() {
    let fails = Transaction::set(State::Low).with_error(MockError::Io(std::io::ErrorKind::Other));
    let parts = Parts::new(
        &[Bus::write_vec(vec![0xff; HEAD_BYTES]), Bus::flush()],
        &[fails],
        &[],
        &[],
    );
    assert_eq!(block_on(parts.head().load(&[0xff; HEAD_BYTES])), Err(Failed));
    parts.end();
}

#[test]
fn the_supply_is_switched_by_its_pin() {
    let fails = Transaction::set(State::Low).with_error(MockError::Io(std::io::ErrorKind::Other));
    let levels = [Transaction::set(State::High), Transaction::set(State::Low), fails];
    let parts = Parts::new(&[], &[], &levels, &[]);
    let mut head = parts.head();
    assert_eq!(head.power(true), Ok(()));
    assert_eq!(head.power(false), Ok(()));
    assert_eq!(head.power(false), Err(Failed));
    parts.end();
}

#[test]
fn strobes_are_those_asked_for_and_never_too_long() {
    let parts = Parts::new(&[], &[], &[], &[]);
    let mut head = parts.head();
    for (strobes, micros, pulse) in [
        (0b00_0001, 900, Some((0b00_0001, 900))),
        (0b10_1010, 1, Some((0b10_1010, 1))),
        // There are six of them.
        (0b1111_1111, 900, Some((0b11_1111, 900))),
        (0b11_1111, u16::MAX, Some((0b11_1111, LONGEST))),
        (0b11_1111, 0, None),
        (0, 900, None),
        (0b1100_0000, 900, None),
    ] {
        block_on(head.burn(strobes, micros));
        let pulse = pulse.map(|(lines, micros)| Deed::Strobed(lines, micros));
        assert_eq!(parts.journal.take(), Vec::from_iter(pulse));
    }
    parts.end();
}
