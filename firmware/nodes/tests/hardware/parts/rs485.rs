use core::task::Poll;

use embassy_futures::{block_on, poll_once};
use embedded_hal_mock::eh1::MockError;
use embedded_hal_mock::eh1::digital::{Mock as Pin, State, Transaction};
use embedded_io_async::{ErrorKind, Read, Write};
use nodes::parts::rs485::Rs485;

use crate::kit::{Deed, Free, Journal, Noted, Uart, done};

fn line(journal: &Journal, uart: &Uart, baud: u32, enable: &[State]) -> (Rs485<Uart, Noted<Pin>, Noted<Free>>, Pin) {
    let levels: Vec<_> = enable.iter().copied().map(Transaction::set).collect();
    let enable = Pin::new(&levels);
    let line = Rs485::new(
        uart.clone(),
        journal.over("enable", enable.clone()),
        journal.free("timer"),
        baud,
    );
    (line, enable)
}

#[test]
fn it_drives_the_line_from_before_the_first_bit_until_after_the_last() {
    for (baud, character) in [(250_000, 40), (115_200, 86), (1_000_000, 10)] {
        let journal = Journal::default();
        let uart = Uart::new("uart", &journal);
        let (mut line, mut enable) = line(&journal, &uart, baud, &[State::High, State::Low]);
        // The UART's buffer is empty at once, its queue and shift register are not: what they hold is slept over in one go,
        // then looked at character by character.
        uart.sends_for(2);
        block_on(line.write_all(b"frame")).unwrap();
        block_on(line.flush()).unwrap();
        let expected = [
            Deed::High("enable"),
            Deed::Wrote("uart", b"frame".to_vec()),
            Deed::Falls("enable", 5 * character),
            Deed::Flushed("uart"),
            Deed::Slept(5 * character + character / 2),
            Deed::Slept(character),
            Deed::Slept(character),
            Deed::Low("enable"),
        ];
        assert_eq!(journal.take(), expected, "{baud}");
        enable.done();
    }
}

#[test]
fn of_a_long_frame_it_looks_at_each_character_since_little_may_be_left() {
    let journal = Journal::default();
    let uart = Uart::new("uart", &journal);
    let (mut line, mut enable) = line(&journal, &uart, 250_000, &[State::High, State::Low]);
    uart.sends_for(2);
    block_on(line.write_all(&[b'x'; 33])).unwrap();
    let slept = journal.take().into_iter().filter(|deed| matches!(deed, Deed::Slept(_)));
    assert_eq!(slept.collect::<Vec<_>>(), [Deed::Slept(40), Deed::Slept(40)]);
    enable.done();
}

#[test]
fn after_a_write_given_up_half_way_it_listens() {
    let journal = Journal::default();
    let uart = Uart::new("uart", &journal);
    let (mut line, mut enable) = line(&journal, &uart, 250_000, &[State::High, State::Low]);
    uart.stall();
    assert!(!done(line.write_all(b"frame")));
    uart.comes(b"poll");
    let mut buffer = [0; 8];
    assert_eq!(block_on(line.read(&mut buffer)), Ok(4));
    assert_eq!(&buffer[..4], b"poll");
    let expected = [
        Deed::High("enable"),
        Deed::Wrote("uart", b"frame".to_vec()),
        Deed::Low("enable"),
    ];
    assert_eq!(journal.take(), expected);
    enable.done();
}

#[test]
fn a_wait_given_up_loses_nothing_and_damaged_characters_are_passed_over() {
    let journal = Journal::default();
    let uart = Uart::new("uart", &journal);
    let (mut line, mut enable) = line(&journal, &uart, 250_000, &[State::Low; 3]);
    let mut buffer = [0; 8];
    assert!(!done(line.read(&mut buffer)));
    uart.comes(b"ab");
    uart.breaks();
    uart.breaks();
    uart.comes(b"cd");
    assert_eq!(block_on(line.read(&mut buffer)), Ok(2));
    assert_eq!(&buffer[..2], b"ab");
    assert_eq!(block_on(line.read(&mut buffer)), Ok(2));
    assert_eq!(&buffer[..2], b"cd");
    enable.done();
}

#[test]
fn a_transceiver_that_does_not_obey_is_told_and_nothing_is_said() {
    let journal = Journal::default();
    let uart = Uart::new("uart", &journal);
    let fails = |state| Transaction::set(state).with_error(MockError::Io(std::io::ErrorKind::Other));
    let mut enable = Pin::new(&[fails(State::High), fails(State::Low)]);
    let mut line = Rs485::new(
        uart,
        journal.over("enable", enable.clone()),
        journal.free("timer"),
        250_000,
    );
    assert_eq!(block_on(line.write(b"frame")), Err(ErrorKind::Other));
    assert_eq!(journal.take(), [Deed::High("enable")], "tried, no more");
    assert_eq!(poll_once(line.read(&mut [0; 8])), Poll::Ready(Err(ErrorKind::Other)));
    enable.done();
}
