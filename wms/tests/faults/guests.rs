//! Guests who come and say nothing.

use std::io::{Read, Write};

use crate::process::{Wms, folder};

/// Files that the server may open here: few, so that a test can take them all.
const FILES: usize = 256;

#[test]
fn r3_idle_connections_shut_nobody_out_and_are_closed() {
    let folder = folder();
    let wms = Wms::start_in(folder.path(), &format!("ulimit -n {FILES};"));
    let mut idle = Vec::new();
    for number in 0..FILES + 50 {
        // Beyond its limit the server may close or keep them waiting: both are right.
        let Ok(mut guest) = wms.connect(1) else { continue };
        let half: &[u8] = match number % 4 {
            0 => b"GET / HTTP/1.1\r\nHost: x\r\n",
            3 => b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nlogin=",
            1 => {
                b"GET /uplink HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                   Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            }
            _ => b"",
        };
        let _ = guest.write_all(half);
        idle.push(guest);
    }
    let answer = wms.ask_from(2, None, "GET", "/health", "", "").expect("others come in");
    assert_eq!(answer.status, 200, "{answer:?}");
    for (number, mut guest) in idle.into_iter().enumerate() {
        let mut rest = Vec::new();
        // Closed, one way or the other, within the limit of `connect`.
        if let Err(error) = guest.read_to_end(&mut rest) {
            assert!(
                !matches!(
                    error.kind(),
                    std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                ),
                "guest {number} stays: {error}"
            );
        }
    }
    let answer = wms
        .ask_from(1, None, "GET", "/health", "", "")
        .expect("they may come again");
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[test]
fn r3_it_takes_as_many_files_as_it_may() {
    let folder = folder();
    let wms = Wms::start_in(folder.path(), "ulimit -S -n 200; ulimit -H -n 1000;");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", wms.pid().as_raw_nonzero())).expect("its limits");
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max open files"))
        .expect("a line");
    let figures: Vec<&str> = line.split_whitespace().skip(3).take(2).collect();
    assert_eq!(figures, ["1000", "1000"], "{line}");
}
