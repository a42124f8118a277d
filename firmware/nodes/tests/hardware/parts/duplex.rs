use embassy_futures::block_on;
use embedded_io_async::{Read, Write};
use nodes::Port;
use nodes::parts::duplex::Duplex;

use crate::kit::{Deed, Journal, Uart, done};

fn wrote(lines: &[&'static str]) -> Vec<Deed> {
    lines.iter().map(|line| Deed::Wrote(line, b"hello".to_vec())).collect()
}

#[test]
fn bytes_alone_choose_no_side() {
    let journal = Journal::default();
    let (usb, uart) = (Uart::new("usb", &journal), Uart::new("uart", &journal));
    let mut port = Duplex::new(usb.clone(), uart.clone());
    let mut buffer = [0; 8];
    uart.comes(b"\xff");
    uart.breaks();
    uart.comes(b"\x55");
    assert_eq!(block_on(port.read(&mut buffer)), Ok(1));
    assert_eq!(buffer[0], 0xff);
    assert_eq!(block_on(port.read(&mut buffer)), Ok(1));
    block_on(port.write_all(b"hello")).unwrap();
    assert_eq!(journal.take(), wrote(&["usb", "uart"]));
}

#[test]
fn a_frame_chooses_the_side_it_came_from_until_another_or_none_is_there() {
    let journal = Journal::default();
    let (usb, uart) = (Uart::new("usb", &journal), Uart::new("uart", &journal));
    let mut port = Duplex::new(usb.clone(), uart.clone());
    let mut buffer = [0; 8];
    for (line, name) in [(&usb, "usb"), (&uart, "uart")] {
        line.comes(b"frame");
        assert_eq!(
            block_on(port.read(&mut buffer)),
            Ok(4),
            "each side has its half of the room"
        );
        assert_eq!(&buffer[..4], b"fram");
        assert_eq!(block_on(port.read(&mut buffer)), Ok(1));
        port.heard();
        block_on(port.write_all(b"hello")).unwrap();
        assert_eq!(journal.take(), wrote(&[name]));
    }
    port.forsaken();
    block_on(port.write_all(b"hello")).unwrap();
    assert_eq!(journal.take(), wrote(&["usb", "uart"]));
    assert!(!done(port.read(&mut buffer)));
}
