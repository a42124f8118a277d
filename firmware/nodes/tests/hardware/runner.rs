//! Whole nodes, wire and board, on a clock that the test moves.

use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

use embedded_io_async::{ErrorKind, ErrorType, Read, Write};
use link::frame::{Control, Kind, Salt, encode};
use link::master::{Answer, Line as MasterLine, Master, Output};
use link::message::{
    BootId, Command, EventBody, Fault, Firmware, NodeKind, PROTOCOL, Protocol, ResetReason, Settings, Uid,
};
use link::node::{Identity, Line};
use link::session::{Down, Refusal, SessionId};
use link::{Instant, MAX_FRAME};
use nodes::parts::duplex::Duplex;
use nodes::scanner::Scanner;
use nodes::settings::{Kept, NotKept, SettingsStore};
use nodes::{Board, Clock, Device, Events, Node, Port, run};

use crate::kit::{Deed, Journal, Uart};

const MS: u64 = 1_000;
const IDENTITY: Identity = Identity {
    kind: NodeKind::Scanner,
    units: 1,
    uid: Uid(7),
    firmware: Firmware {
        major: 0,
        minor: 1,
        patch: 0,
        git: [0; 4],
    },
    settings_crc: 0,
    boot: BootId(9),
    reset: ResetReason::PowerOn,
};

#[derive(Default)]
struct Hand(Cell<u64>);

impl Hand {
    fn on(&self, micros: u64) {
        self.0.set(self.0.get() + micros);
    }
}

impl Clock for Hand {
    fn now(&self) -> Instant {
        Instant(self.0.get())
    }

    async fn sleep_until(&self, at: Instant) {
        poll_fn(|_| {
            if self.now() >= at {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
}

/// Keeps what it is given, and tells when.
struct Shelf<'a>(&'a Cell<Option<Settings>>);

impl SettingsStore for Shelf<'_> {
    async fn save(&mut self, kept: &Kept) -> Result<(), NotKept> {
        if let Kept::Settings(settings) = kept {
            self.0.set(Some(*settings));
        }
        Ok(())
    }
}

struct NoBoard;

impl<D> Board<D> for NoBoard {
    fn exchange(&mut self, _: Instant, _: &mut D, _: &mut dyn Events) -> Option<Instant> {
        None
    }
}

/// A board whose input is always there, as a line is that is stuck at its level.
struct Restless;

impl<D> Board<D> for Restless {
    fn exchange(&mut self, _: Instant, _: &mut D, _: &mut dyn Events) -> Option<Instant> {
        None
    }

    async fn input(&mut self) {}
}

fn node<D: Device>(device: D) -> RefCell<Node<D, 8>> {
    RefCell::new(Node::new(IDENTITY, Line::Duplex, "", device, Settings::default()))
}

/// A master and the line it sits on.
struct Desk {
    master: Box<Master<1>>,
    told: Vec<Output>,
}

impl Desk {
    fn new() -> Self {
        Self {
            master: Box::new(Master::new(MasterLine::Duplex, 5)),
            told: Vec::new(),
        }
    }

    /// Hears what the node wrote on this line, and says what it has to say.
    fn turn(&mut self, deeds: &[Deed], name: &str, line: &Uart, now: Instant) {
        for deed in deeds {
            if let Deed::Wrote(on, bytes) = deed
                && *on == name
            {
                let mut rest = &bytes[..];
                while !rest.is_empty() {
                    let taken = self.master.receive(rest, now);
                    rest = &rest[taken..];
                    while let Some(output) = self.master.next_output() {
                        self.told.push(output);
                    }
                }
            }
        }
        let mut frame = [0; MAX_FRAME];
        while let Some(length) = self.master.transmit(now, &mut frame) {
            line.comes(&frame[..length]);
        }
        while let Some(output) = self.master.next_output() {
            self.told.push(output);
        }
    }

    /// What became of a command.
    fn answer(&self, token: u32) -> Option<Answer> {
        self.told.iter().find_map(|output| match output {
            Output::Answered { token: of, answer, .. } if *of == token => Some(*answer),
            _ => None,
        })
    }

    fn is_up(&self) -> bool {
        self.told.iter().any(|output| matches!(output, Output::Up { .. }))
    }
}

/// Looks at the node's work once more; it never ends by itself here.
fn look(work: Pin<&mut impl Future<Output = ()>>) {
    assert!(work.poll(&mut Context::from_waker(Waker::noop())).is_pending());
}

#[test]
fn a_node_is_found_on_usb_whatever_its_open_uart_hears_and_on_the_uart_when_its_master_moves_there() {
    let journal = Journal::default();
    let (usb, uart) = (Uart::new("usb", &journal), Uart::new("uart", &journal));
    let (clock, kept) = (Hand::default(), Cell::new(None));
    let node = node(Scanner::new());
    let port = Duplex::new(usb.clone(), uart.clone());
    let mut work = pin!(run(&node, port, NoBoard, &clock, Shelf(&kept), &()));
    // Its own first hello comes back as noise.
    uart.comes(&[0x00, 0xf8, 0x00]);
    for (name, line) in [("usb", &usb), ("uart", &uart)] {
        let mut desk = Desk::new();
        for _ in 0..400 {
            look(work.as_mut());
            desk.turn(&journal.take(), name, line, clock.now());
            clock.on(10 * MS);
        }
        assert!(desk.is_up(), "{name}");
        assert!(node.borrow().link().is_connected(clock.now()), "{name}");
        look(work.as_mut());
        let said = journal.take();
        let elsewhere = said
            .iter()
            .any(|deed| matches!(deed, Deed::Wrote(on, _) if *on != name));
        assert!(!elsewhere, "what is said is for {name} alone: {said:?}");
    }
}

#[test]
fn input_without_end_does_not_keep_the_wire_from_its_turn() {
    let journal = Journal::default();
    let usb = Uart::new("usb", &journal);
    let (clock, kept) = (Hand::default(), Cell::new(None));
    let node = node(Scanner::new());
    let port = Duplex::new(usb.clone(), Uart::new("uart", &journal));
    let mut work = pin!(run(&node, port, Restless, &clock, Shelf(&kept), &()));
    let mut desk = Desk::new();
    for _ in 0..100 {
        look(work.as_mut());
        desk.turn(&journal.take(), "usb", &usb, clock.now());
        clock.on(10 * MS);
    }
    assert!(desk.is_up());
}

/// Waits for as long as the test says.
async fn while_set(flag: &Cell<bool>) {
    poll_fn(|_| if flag.get() { Poll::Pending } else { Poll::Ready(()) }).await;
}

/// A line on which a frame is under way for as long as the test says.
struct Speaking<'a> {
    uart: Uart,
    shared: bool,
    begun: &'a Cell<bool>,
    goes_on: &'a Cell<bool>,
}

impl ErrorType for Speaking<'_> {
    type Error = ErrorKind;
}

impl Read for Speaking<'_> {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ErrorKind> {
        self.uart.read(buffer).await.map_err(|_| ErrorKind::Other)
    }
}

impl Write for Speaking<'_> {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, ErrorKind> {
        self.begun.set(true);
        while_set(self.goes_on).await;
        self.uart.write(bytes).await.map_err(|_| ErrorKind::Other)
    }

    async fn flush(&mut self) -> Result<(), ErrorKind> {
        Ok(())
    }
}

impl Port for Speaking<'_> {
    fn is_shared(&self) -> bool {
        self.shared
    }
}

/// A board that has work every 5 ms, and counts it.
struct Busy<'a>(&'a Cell<u32>);

impl<D> Board<D> for Busy<'_> {
    fn exchange(&mut self, now: Instant, _: &mut D, _: &mut dyn Events) -> Option<Instant> {
        self.0.set(self.0.get() + 1);
        Some(now.after(5 * MS))
    }
}

#[test]
fn the_board_begins_no_work_while_a_shared_line_waits_for_its_driver_to_be_let_go() {
    for (shared, pieces) in [(true, 0..=1), (false, 10..=20)] {
        let (clock, kept, done) = (Hand::default(), Cell::new(None), Cell::new(0));
        let (begun, goes_on) = (Cell::new(false), Cell::new(true));
        let node = node(Scanner::new());
        let port = Speaking {
            uart: Uart::new("line", &Journal::default()),
            shared,
            begun: &begun,
            goes_on: &goes_on,
        };
        let mut work = pin!(run(&node, port, Busy(&done), &clock, Shelf(&kept), &()));
        for _ in 0..20 {
            look(work.as_mut());
            clock.on(5 * MS);
        }
        assert!(pieces.contains(&done.get()), "{} pieces of work", done.get());
        goes_on.set(false);
        let before = done.get();
        for _ in 0..20 {
            look(work.as_mut());
            clock.on(5 * MS);
        }
        assert!(done.get() >= before + 10, "it goes on afterwards");
    }
}

const DIMMER: Settings = Settings {
    brightness: 24,
    volume: 2,
    bus_baud: 250_000,
};

#[test]
fn settings_are_written_when_nothing_is_under_way() {
    let journal = Journal::default();
    let usb = Uart::new("usb", &journal);
    let (clock, kept) = (Hand::default(), Cell::new(None));
    let node = node(Scanner::new());
    let port = Duplex::new(usb.clone(), Uart::new("uart", &journal));
    let mut work = pin!(run(&node, port, NoBoard, &clock, Shelf(&kept), &()));
    let mut desk = Desk::new();
    let half_a_code = |more: &[u8]| {
        let mut node = node.borrow_mut();
        let (scanner, events) = node.device_and_events();
        scanner.bytes(clock.now(), more, events);
    };
    let mut asked = false;
    for round in 0..100 {
        look(work.as_mut());
        desk.turn(&journal.take(), "usb", &usb, clock.now());
        clock.on(10 * MS);
        if round < 50 {
            half_a_code(b"6");
        }
        if desk.is_up() && !asked {
            asked = true;
            desk.master.send(Uid(7), 1, Command::Settings(DIMMER)).unwrap();
        }
        assert!(round > 50 || kept.get().is_none(), "in the middle of a code");
    }
    assert_eq!(kept.get(), Some(DIMMER));
    assert_eq!(desk.answer(1), Some(Answer::Taken));
}

/// A board whose outputs take as long as the test says.
struct Slow<'a>(&'a Cell<bool>);

impl<D> Board<D> for Slow<'_> {
    fn exchange(&mut self, _: Instant, _: &mut D, _: &mut dyn Events) -> Option<Instant> {
        None
    }

    async fn put_out(&mut self) {
        while_set(self.0).await;
    }
}

#[test]
fn h11_nothing_is_kept_while_a_shared_line_is_spoken_on() {
    let journal = Journal::default();
    let uart = Uart::new("bus", &journal);
    let (clock, kept) = (Hand::default(), Cell::new(None));
    let (goes_on, begun, slow) = (Cell::new(false), Cell::new(false), Cell::new(false));
    let node = node(Scanner::new());
    let port = Speaking {
        uart: uart.clone(),
        shared: true,
        begun: &begun,
        goes_on: &goes_on,
    };
    let mut work = pin!(run(&node, port, Slow(&slow), &clock, Shelf(&kept), &()));
    let mut desk = Desk::new();
    while !desk.is_up() {
        look(work.as_mut());
        desk.turn(&journal.take(), "bus", &uart, clock.now());
        clock.on(10 * MS);
    }
    // The board is at its outputs as the settings come, and the answer to something else begins meanwhile.
    slow.set(true);
    for _ in 0..60 {
        look(work.as_mut());
        desk.turn(&journal.take(), "bus", &uart, clock.now());
        clock.on(10 * MS);
    }
    desk.master.send(Uid(7), 1, Command::Settings(DIMMER)).unwrap();
    desk.master.send(Uid(7), 2, Command::Online(true)).unwrap();
    begun.set(false);
    goes_on.set(true);
    for _ in 0..20 {
        desk.turn(&journal.take(), "bus", &uart, clock.now());
        look(work.as_mut());
        clock.on(MS);
    }
    assert!(begun.get(), "it speaks");
    slow.set(false);
    for _ in 0..20 {
        look(work.as_mut());
        clock.on(MS);
        assert_eq!(kept.get(), None, "the driver would stay on while the flash is written");
    }
    goes_on.set(false);
    for _ in 0..20 {
        look(work.as_mut());
        clock.on(MS);
    }
    assert_eq!(kept.get(), Some(DIMMER));
}

#[test]
fn in_safe_mode_what_needs_the_device_is_refused_and_the_master_is_told_why() {
    let journal = Journal::default();
    let usb = Uart::new("usb", &journal);
    let (clock, kept) = (Hand::default(), Cell::new(None));
    let node = node(Scanner::new());
    node.borrow_mut().enter_safe_mode();
    let port = Duplex::new(usb.clone(), Uart::new("uart", &journal));
    let mut work = pin!(run(&node, port, NoBoard, &clock, Shelf(&kept), &()));
    let mut desk = Desk::new();
    let commands = [
        Command::Identify { seconds: 5 },
        Command::Online(true),
        Command::Settings(DIMMER),
    ];
    let mut asked = false;
    for _ in 0..100 {
        look(work.as_mut());
        desk.turn(&journal.take(), "usb", &usb, clock.now());
        clock.on(10 * MS);
        if desk.is_up() && !asked {
            asked = true;
            for (token, command) in commands.iter().enumerate() {
                desk.master.send(Uid(7), token as u32, command.clone()).unwrap();
            }
        }
    }
    let refused = Some(Answer::Refused(Refusal::Faulty));
    assert_eq!(
        [0, 1, 2].map(|token| desk.answer(token)),
        [refused, refused, Some(Answer::Taken)]
    );
    assert_eq!(kept.get(), Some(DIMMER));
    let told = desk.told.iter().filter(|output| {
        matches!(output, Output::Event { event, .. }
            if matches!(event.body, EventBody::Fault { fault: Fault::SafeMode, .. }))
    });
    assert_eq!(told.count(), 1);
}

#[test]
fn a_master_that_does_not_know_the_word_is_not_told_of_safe_mode() {
    for (minor, told) in [(0, 1), (1, 2)] {
        let node = node(Scanner::new());
        let mut node = node.borrow_mut();
        node.enter_safe_mode();
        let welcome = Down::Welcome {
            boot: IDENTITY.boot,
            session: SessionId(3),
            protocol: Protocol { minor, ..PROTOCOL },
        };
        let mut frame = [0; MAX_FRAME];
        let length = encode(
            0,
            Control::new(Kind::Data),
            &welcome.encode().unwrap(),
            Salt::NONE,
            &mut frame,
        );
        node.receive(&frame[..length], Instant(5));
        node.poll(Instant(6));
        assert_eq!(node.link().unacknowledged(), told, "minor {minor}");
    }
}
