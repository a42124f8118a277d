//! What every image does beside its own device: who it is, how it talks, what it remembers, who watches over it.

use core::cell::RefCell;
use core::pin::{Pin, pin};

use embassy_executor::{SpawnError, Spawner};
use embassy_futures::select::select;
use embassy_rp::gpio::{Input, Level, Output, Pull};
use embassy_rp::uart::{self, BufferedUart};
use embassy_time::{Duration, Instant, Timer};
use link::message::{EventBody, Fault, NodeKind, Settings};
use link::node::{Identity, Line, NodeLink};
use nodes::bridge::{Beacon, BridgeNode};
use nodes::health::{CheckIns, OnUsb, UsbWatch};
use nodes::settings::Calibration;
use nodes::{Board, Clock, Device, Events, Joints, Node};
use static_cell::StaticCell;

use crate::beside::{self, Forever};
use crate::board::crash;
use crate::board::identity;
use crate::board::irqs::Irqs;
use crate::board::port::{Bus, Port, Silence, bus, duplex, on_usb};
use crate::board::settings::{self, Store};
use crate::board::usb::UsbPort;
use crate::board::watchdog::Guardian;
use crate::pins::Common;

/// Events kept while the master is away.
pub const KEEP: usize = 48;
/// Speed of a UART that is not a bus, in baud; 8N1.
pub const UART_BAUD: u32 = 115_200;
/// Events of its own that a bridge keeps: it has few, and its RAM is for what it passes.
const KEEP_BRIDGE: usize = 8;
const UNREADABLE: EventBody = EventBody::Fault {
    fault: Fault::Settings,
    position: None,
};
/// How often the board's LED is brought up to date.
const LED_ROUND: Duration = Duration::from_millis(500);

/// The chip's clock.
pub struct ChipClock;

impl Clock for ChipClock {
    fn now(&self) -> link::Instant {
        link::Instant(Instant::now().as_micros())
    }

    async fn sleep_until(&self, at: link::Instant) {
        Timer::at(Instant::from_micros(at.0)).await;
    }
}

/// A node before its device: identity, settings, port, watchdog.
pub struct Station {
    identity: Identity,
    panic: heapless::String<{ crash::WORDS }>,
    settings: Settings,
    calibration: Option<Calibration>,
    /// Whether the flash could be read.
    readable: bool,
    store: Store,
    line: Line,
    port: Port,
    led: Output<'static>,
    guardian: Guardian,
    spawner: Spawner,
}

impl Station {
    /// Reads who and how this node is, and opens its port: the one its strap says. `product` is its name on USB.
    ///
    /// # Errors
    /// When called twice.
    pub async fn start(spawner: Spawner, parts: Common, product: &'static str) -> Result<Self, SpawnError> {
        static TX: StaticCell<[u8; 512]> = StaticCell::new();
        static RX: StaticCell<[u8; 512]> = StaticCell::new();

        let (reset, panic) = crash::last_run();
        let guardian = Guardian::start(parts.watchdog, reset);
        let mut flash = settings::flash(parts.flash);
        let identity = Identity {
            // Kind, units and settings' checksum come from the device.
            kind: NodeKind::Shelf,
            units: 0,
            settings_crc: 0,
            uid: identity::uid(&mut flash),
            firmware: identity::firmware(),
            boot: identity::boot_id(),
            reset,
        };
        let mut store = Store::new(flash);
        let kept = store.settings().await;
        let calibration = store.calibration().await;
        let settings = kept.ok().flatten().unwrap_or_default();

        let mut config = uart::Config::default();
        config.baudrate = UART_BAUD;
        let buffers = (TX.init([0; 512]), RX.init([0; 512]));
        let uart = BufferedUart::new(
            parts.uart,
            parts.link_tx,
            parts.link_rx,
            Irqs,
            buffers.0,
            buffers.1,
            config,
        );
        let strap = Input::new(parts.bus_strap, Pull::Up);
        // The pull-up takes some microseconds to lift an open pin.
        Timer::after_micros(50).await;
        let (line, port) = if strap.is_low() {
            let baud = settings.bus_baud;
            (Line::Bus { baud }, Port::Bus(bus(uart, parts.bus_enable.into(), baud)))
        } else {
            let usb = UsbPort::start(spawner, parts.usb, product, identity.uid)?;
            (Line::Duplex, Port::Duplex(duplex(uart, usb)))
        };
        let led = Output::new(parts.led, Level::Low);
        Ok(Self {
            identity,
            panic,
            settings,
            readable: kept.is_ok() && calibration.is_ok(),
            calibration: calibration.ok().flatten(),
            store,
            line,
            port,
            led,
            guardian,
            spawner,
        })
    }

    /// Runs a device until the master asks for a restart. After a storm of resets its board is put at rest, once,
    /// and left so: what brought the chip down may be just that, and the node must stay within reach of its master.
    pub async fn run<D: Device, B: Board<D>>(self, mut device: D, board: impl FnOnce() -> B) -> ! {
        let Self {
            identity,
            panic,
            settings,
            calibration,
            readable,
            store,
            line,
            port,
            led,
            mut guardian,
            spawner,
        } = self;
        let storm = guardian.storm();
        if let Some(calibration) = &calibration {
            device.calibrate(calibration);
        }
        let mut node = Node::<D, KEEP>::new(identity, line, &panic, device, settings);
        if !readable {
            node.device_and_events().1.push(ChipClock.now(), UNREADABLE);
        }
        if storm {
            node.enter_safe_mode();
        }
        let node = RefCell::new(node);
        let tasks = CheckIns::new();
        let joints = Joints::default();
        let state = || standing(node.borrow().link());
        if storm {
            let board = Still::new::<D>(board, &mut guardian).await;
            let keeper = keep(&tasks, guardian, led, state);
            let (wire, hands) = nodes::loops(&node, port, board, &ChipClock, store, &tasks, &joints);
            abreast(spawner, wire, [pin!(hands), pin!(keeper)]).await
        } else {
            let keeper = keep(&tasks, guardian, led, state);
            let (wire, hands) = nodes::loops(&node, port, board(), &ChipClock, store, &tasks, &joints);
            abreast(spawner, wire, [pin!(hands), pin!(keeper)]).await
        }
    }

    /// Runs a bridge likewise; `row` opens the port to its row at a speed in baud. A storm of resets leaves the row alone as
    /// well.
    pub async fn run_bridge<B: Board<Beacon>>(self, board: impl FnOnce() -> B, row: impl FnOnce(u32) -> Bus) -> ! {
        let Self {
            identity,
            panic,
            settings,
            calibration: _,
            readable,
            store,
            line: _,
            port,
            led,
            mut guardian,
            spawner,
        } = self;
        let storm = guardian.storm();
        // In a static of its own: the room of what passes would else be reserved twice, where it is made and where it stays.
        static BRIDGE: StaticCell<RefCell<BridgeNode<KEEP_BRIDGE>>> = StaticCell::new();
        let bridge = &*BRIDGE.init_with(|| RefCell::new(BridgeNode::new(identity, &panic, settings)));
        if !readable {
            bridge.borrow_mut().events().push(ChipClock.now(), UNREADABLE);
        }
        if storm {
            bridge.borrow_mut().enter_safe_mode();
        }
        let tasks = CheckIns::of_bridge();
        let joints = Joints::default();
        let state = || standing(bridge.borrow().link());
        if storm {
            let ports = (port, Silence);
            let board = Still::new::<Beacon>(board, &mut guardian).await;
            let keeper = keep(&tasks, guardian, led, state);
            let (up, row, hands) = nodes::bridge_loops(bridge, ports, board, &ChipClock, store, &tasks, &joints);
            abreast(spawner, up, [pin!(row), pin!(hands), pin!(keeper)]).await
        } else {
            let ports = (port, Port::Bus(row(settings.bus_baud)));
            let keeper = keep(&tasks, guardian, led, state);
            let (up, row, hands) = nodes::bridge_loops(bridge, ports, board(), &ChipClock, store, &tasks, &joints);
            abreast(spawner, up, [pin!(row), pin!(hands), pin!(keeper)]).await
        }
    }
}

/// Does a node's work, the others each in a task of its own, then restarts the chip.
async fn abreast<const OTHERS: usize>(
    spawner: Spawner,
    work: impl Future<Output = ()>,
    others: [Pin<&mut (dyn Future<Output = ()> + '_)>; OTHERS],
) -> ! {
    #[allow(unsafe_code, reason = "see SAFETY")]
    // SAFETY: this does not return, so that those who wait for it, up to the images' main tasks, do not either; and the executor
    // drops no task.
    let forever = unsafe { Forever::promised() };
    for other in others {
        if beside::spawn(spawner, other, &forever).is_err() {
            crash::restart()
        }
    }
    work.await;
    crash::restart()
}

/// Whether a master is there, and how many events wait for it.
fn standing<const KEEP: usize>(link: &NodeLink<KEEP>) -> (bool, usize) {
    (link.is_connected(ChipClock.now()), link.unacknowledged())
}

/// Keeps the watchdog fed while every task goes on, with the LED saying whether a master is there, flashing in safe mode, and starts
/// the chip again where USB is wedged. `state` is [`standing`].
async fn keep(tasks: &CheckIns, guardian: Guardian, mut led: Output<'static>, state: impl Fn() -> (bool, usize)) {
    let storm = guardian.storm();
    let mut usb = UsbWatch::new();
    let led = async {
        loop {
            let (connected, unsent) = state();
            if storm {
                led.toggle();
            } else {
                led.set_level(connected.into());
            }
            let session = connected.then(|| OnUsb(on_usb()));
            if usb.wedged(ChipClock.now(), session, unsent) {
                crash::restart_wedged(unsent);
            }
            Timer::after(LED_ROUND).await;
        }
    };
    select(guardian.watch(tasks), led).await;
}

/// Safe mode: hardware that was put at rest and is left so.
struct Still<B> {
    /// Kept, so that its pins stay at the levels they rest at.
    _board: Option<B>,
}

impl<B> Still<B> {
    /// Puts it at rest, if that does not bring the chip down.
    async fn new<D>(board: impl FnOnce() -> B, guardian: &mut Guardian) -> Self
    where
        B: Board<D>,
    {
        let mut kept = None;
        guardian
            .put_at_rest(async { kept.insert(board()).put_out().await })
            .await;
        Self { _board: kept }
    }
}

impl<B, D> Board<D> for Still<B> {
    fn exchange(&mut self, _: link::Instant, _: &mut D, _: &mut dyn Events) -> Option<link::Instant> {
        None
    }
}
