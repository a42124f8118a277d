//! Drives a node over a port: two loops side by side, one for the wire, one for the board, so that a slow output never
//! delays an answer on the bus.

use core::cell::{Cell, RefCell};
use core::future::{pending, poll_fn};
use core::task::{Poll, Waker};

use embassy_futures::select::{Either, Either3, select, select3};
use embassy_futures::yield_now;
use embedded_io_async::{Read, Write};
use link::{Instant, MAX_FRAME};

use crate::bridge::{self, Beacon, BridgeNode};
use crate::health::{Guard, Task};
use crate::settings::{Kept, NotKept, SettingsStore};
use crate::time::{earlier, millis};
use crate::{Device, Events, Node};

/// Each loop comes round at least this often, to check in (µs).
const ROUND: u64 = millis(500);
/// A port that takes nothing for so long has nobody at its other end; the frame is given up, the wire repeats it (µs).
const WRITE_PATIENCE: u64 = millis(1_000);
/// After a port's error, before it is tried again (µs).
const PORT_PAUSE: u64 = millis(20);

/// A monotonic clock with its origin at the node's boot.
pub trait Clock {
    /// Now.
    fn now(&self) -> Instant;
    /// Waits until then. Must be cancel safe.
    async fn sleep_until(&self, at: Instant);
}

/// What carries a node's frames.
pub trait Port: Read + Write {
    /// A whole frame for this node ended in the bytes read last.
    fn heard(&mut self) {}

    /// No session stands: whoever may be listening is to hear what comes next.
    fn forsaken(&mut self) {}

    /// The node's address on a bus from here on; what is for others need not be read.
    fn addressed(&mut self, _: Option<u8>) {}

    /// Whether it keeps others from the line while it speaks, so that its end must not be missed.
    fn is_shared(&self) -> bool {
        false
    }
}

impl<P: Port> Port for &mut P {
    fn heard(&mut self) {
        P::heard(self);
    }

    fn forsaken(&mut self) {
        P::forsaken(self);
    }

    fn addressed(&mut self, address: Option<u8>) {
        P::addressed(self, address);
    }

    fn is_shared(&self) -> bool {
        P::is_shared(self)
    }
}

/// Carries samples from hardware to a device and outputs from the device to hardware.
pub trait Board<D> {
    /// Gives the device what was sampled, and fetches what is to be put out. Must not block.
    /// Returns when it wants to be called again at the latest.
    fn exchange(&mut self, now: Instant, device: &mut D, events: &mut dyn Events) -> Option<Instant>;

    /// Puts out what [`Self::exchange`] fetched; before the first of those, leaves all dark, silent and still. Runs to its end.
    async fn put_out(&mut self) {}

    /// Waits for input that comes by itself, such as a decoder's bytes. Must be cancel safe.
    async fn input(&mut self) {
        pending().await
    }
}

/// Wakes the other loop. Both run in one task, so a cell is enough.
#[derive(Default)]
struct Bell {
    rung: Cell<bool>,
    waker: Cell<Option<Waker>>,
}

impl Bell {
    fn ring(&self) {
        self.rung.set(true);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    async fn heard(&self) {
        poll_fn(|context| {
            if self.rung.replace(false) {
                return Poll::Ready(());
            }
            self.waker.set(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}

/// Whether a shared line is spoken on. The board's work takes longer than the pause in which the driver must be off again, so it does
/// not begin meanwhile.
#[derive(Default)]
struct Speech {
    goes_on: Cell<bool>,
    ended: Bell,
}

impl Speech {
    fn begin(&self) {
        self.goes_on.set(true);
    }

    fn end(&self) {
        if self.goes_on.replace(false) {
            self.ended.ring();
        }
    }

    async fn over(&self) {
        while self.goes_on.get() {
            self.ended.heard().await;
        }
    }
}

/// What bytes off a line brought.
pub(crate) struct Heard {
    /// A whole frame for this node ended in them.
    pub whole: bool,
    /// The node's other loops have something to do.
    pub stirs: bool,
}

/// One line of a node, as the loop that serves it sees it.
pub(crate) trait Side {
    /// Takes bytes off the line.
    fn receive(&self, bytes: &[u8], now: Instant) -> Heard;
    /// The node's address, where the line is a bus.
    fn address(&self) -> Option<u8>;
    /// Whether a master is there.
    fn connected(&self, now: Instant) -> bool;
    /// The next frame to put on it.
    fn transmit(&self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize>;
    /// When [`Self::transmit`] should be called although nothing came.
    fn wake_at(&self) -> Option<Instant>;
    /// See [`Node::restart_due`].
    fn restart_due(&self, now: Instant) -> bool;
}

/// A node's device, as the loop that serves its hardware sees it.
pub(crate) trait Attended<D> {
    /// Carries out what came, then calls `exchange` with the device and the place for its events.
    fn attend<T>(&self, now: Instant, exchange: impl FnOnce(&mut D, &mut dyn Events) -> T) -> T;
    /// See [`Node::device_wake_at`].
    fn wake_at(&self, now: Instant) -> Option<Instant>;
    /// See [`Node::unsaved`].
    fn unsaved(&self, now: Instant) -> Option<Kept>;
    /// See [`Node::saved`].
    fn saved(&self, now: Instant, kept: Result<(), NotKept>);
    /// See [`Node::restart_due`].
    fn restart_due(&self, now: Instant) -> bool;
}

impl<D: Device, const KEEP: usize> Side for &RefCell<Node<D, KEEP>> {
    fn receive(&self, bytes: &[u8], now: Instant) -> Heard {
        let mut node = self.borrow_mut();
        let before = node.link().counters().frames;
        let stirs = node.receive(bytes, now);
        let whole = node.link().counters().frames != before;
        Heard { whole, stirs }
    }

    fn address(&self) -> Option<u8> {
        self.borrow().link().address()
    }

    fn connected(&self, now: Instant) -> bool {
        self.borrow().link().is_connected(now)
    }

    fn transmit(&self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        self.borrow_mut().transmit(now, out)
    }

    fn wake_at(&self) -> Option<Instant> {
        self.borrow().link_wake_at()
    }

    fn restart_due(&self, now: Instant) -> bool {
        self.borrow().restart_due(now)
    }
}

impl<D: Device, const KEEP: usize> Attended<D> for RefCell<Node<D, KEEP>> {
    fn attend<T>(&self, now: Instant, exchange: impl FnOnce(&mut D, &mut dyn Events) -> T) -> T {
        let mut node = self.borrow_mut();
        node.poll(now);
        let (device, events) = node.device_and_events();
        exchange(device, events)
    }

    fn wake_at(&self, now: Instant) -> Option<Instant> {
        self.borrow().device_wake_at(now)
    }

    fn unsaved(&self, now: Instant) -> Option<Kept> {
        self.borrow().unsaved(now)
    }

    fn saved(&self, now: Instant, kept: Result<(), NotKept>) {
        self.borrow_mut().saved(now, kept);
    }

    fn restart_due(&self, now: Instant) -> bool {
        self.borrow().restart_due(now)
    }
}

/// What joins a node's loops.
#[derive(Default)]
pub struct Joints {
    to_link: Bell,
    to_row: Bell,
    to_board: Bell,
    speech: Speech,
}

/// Runs a node until its master asks it to start again; the caller then resets the chip, or builds the node anew.
///
/// `port` carries frames only. On RS-485 its writer drives the enable pin and `flush` returns when the last bit has left.
pub async fn run<D, P, B, C, S, G, const KEEP: usize>(
    node: &RefCell<Node<D, KEEP>>,
    port: P,
    board: B,
    clock: &C,
    store: S,
    guard: &G,
) where
    D: Device,
    P: Port,
    B: Board<D>,
    C: Clock,
    S: SettingsStore,
    G: Guard,
{
    let joints = Joints::default();
    let (wire, hands) = loops(node, port, board, clock, store, guard, &joints);
    match select(wire, hands).await {
        Either::First(()) | Either::Second(()) => {}
    }
}

/// The two loops of a node by themselves, the wire's and the board's, for a chip that gives each a task: what wakes one then
/// costs the other nothing. Either ends when the node is to start again.
pub fn loops<'a, D, P, B, C, S, G, const KEEP: usize>(
    node: &'a RefCell<Node<D, KEEP>>,
    port: P,
    board: B,
    clock: &'a C,
    store: S,
    guard: &'a G,
    joints: &'a Joints,
) -> (impl Future<Output = ()> + 'a, impl Future<Output = ()> + 'a)
where
    D: Device + 'a,
    P: Port + 'a,
    B: Board<D> + 'a,
    C: Clock,
    S: SettingsStore + 'a,
    G: Guard,
{
    let Joints {
        to_link,
        to_board,
        speech,
        ..
    } = joints;
    let wire = wire(node, port, clock, (guard, Task::Link), (to_link, speech), [to_board]);
    let hands = hands(node, board, clock, store, guard, (to_link, speech), to_board);
    (wire, hands)
}

/// The three loops of a bridge likewise: its line to its master, `up`, the RS-485 row below it, and its board's.
pub fn bridge_loops<'a, P, Q, B, C, S, G, const KEEP: usize>(
    bridge: &'a RefCell<BridgeNode<KEEP>>,
    (up, row): (P, Q),
    board: B,
    clock: &'a C,
    store: S,
    guard: &'a G,
    joints: &'a Joints,
) -> (
    impl Future<Output = ()> + 'a,
    impl Future<Output = ()> + 'a,
    impl Future<Output = ()> + 'a,
)
where
    P: Port + 'a,
    Q: Port + 'a,
    B: Board<Beacon> + 'a,
    C: Clock,
    S: SettingsStore + 'a,
    G: Guard,
{
    let Joints {
        to_link,
        to_row,
        to_board,
        speech,
    } = joints;
    let up = wire(
        bridge::Up(bridge),
        up,
        clock,
        (guard, Task::Link),
        (to_link, speech),
        [to_board, to_row],
    );
    let row = wire(
        bridge::Row(bridge),
        row,
        clock,
        (guard, Task::Row),
        (to_row, speech),
        [to_link],
    );
    let hands = hands(bridge, board, clock, store, guard, (to_link, speech), to_board);
    (up, row, hands)
}

async fn wire<N, P, C, G, const OTHERS: usize>(
    node: N,
    mut port: P,
    clock: &C,
    (guard, task): (&G, Task),
    (bell, speech): (&Bell, &Speech),
    others: [&Bell; OTHERS],
) where
    N: Side,
    P: Port,
    C: Clock,
    G: Guard,
{
    let mut incoming = [0; 128];
    let mut frame = [0; MAX_FRAME];
    let shared = port.is_shared();
    loop {
        guard.alive(task);
        if !node.connected(clock.now()) {
            port.forsaken();
        }
        port.addressed(node.address());
        loop {
            let length = node.transmit(clock.now(), &mut frame);
            let Some(bytes) = length.and_then(|length| frame.get(..length)) else {
                break;
            };
            let write = async {
                port.write_all(bytes).await?;
                port.flush().await
            };
            let patience = clock.sleep_until(clock.now().after(WRITE_PATIENCE));
            if shared {
                speech.begin();
            }
            let written = select(write, patience).await;
            if shared {
                speech.end();
            }
            if !matches!(written, Either::First(Ok(()))) {
                break;
            }
        }
        let now = clock.now();
        if node.restart_due(now) {
            return;
        }
        let wake = node.wake_at().map_or(now.after(ROUND), |at| at.min(now.after(ROUND)));
        match select3(port.read(&mut incoming), bell.heard(), clock.sleep_until(wake)).await {
            Either3::First(Ok(length)) if length > 0 => {
                let Some(bytes) = incoming.get(..length) else {
                    continue;
                };
                let heard = node.receive(bytes, clock.now());
                if heard.whole {
                    port.heard();
                }
                if heard.stirs {
                    others.iter().for_each(|other| other.ring());
                }
            }
            Either3::First(_) => clock.sleep_until(clock.now().after(PORT_PAUSE)).await,
            Either3::Second(()) | Either3::Third(()) => {}
        }
    }
}

async fn hands<N, D, B, C, S, G>(
    node: &N,
    mut board: B,
    clock: &C,
    mut store: S,
    guard: &G,
    (to_link, speech): (&Bell, &Speech),
    bell: &Bell,
) where
    N: Attended<D>,
    B: Board<D>,
    C: Clock,
    S: SettingsStore,
    G: Guard,
{
    loop {
        guard.alive(Task::Board);
        speech.over().await;
        let now = clock.now();
        let wanted = node.attend(now, |device, events| board.exchange(now, device, events));
        to_link.ring();
        board.put_out().await;
        // Keeping them may stop the chip, its driver's enable pin as it stands then: never while it speaks on a shared line.
        speech.over().await;
        let unsaved = node.unsaved(clock.now());
        if let Some(wanted) = unsaved {
            let kept = store.save(&wanted).await;
            node.saved(clock.now(), kept);
            to_link.ring();
        }
        let now = clock.now();
        if node.restart_due(now) {
            return;
        }
        let due = earlier(wanted, node.wake_at(now));
        let wake = due.map_or(now.after(ROUND), |at| at.min(now.after(ROUND)));
        let _ = select3(board.input(), bell.heard(), clock.sleep_until(wake)).await;
        // An input that is always there, such as a line stuck at its level, must not keep everything else from running.
        yield_now().await;
    }
}
