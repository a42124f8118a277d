//! The bridge: passes the messages of an RS-485 row; of its own it has a lamp, so that it can be found.
//!
//! [`link::bridge::Bridge`] holds the rules of passing. Here is what makes a node of it: settings, restart, identify.

pub mod board;

use core::cell::RefCell;

use link::bridge::Bridge;
use link::bus::BusTiming;
use link::message::{Colour, Command, NodeKind, Settings};
use link::node::{Identity, NodeLink};
use link::session::Refusal;
use link::{Instant, MAX_FRAME};

pub use board::BridgeBoard;

use crate::colour::{Rgb, rgb};
use crate::node::Attendant;
use crate::runner::{Attended, Heard, Side};
use crate::settings::{Kept, NotKept, settings_crc};
use crate::time::{earlier, millis, next_edge, shines};
use crate::{Device, Events};

/// Half a period of the lamp when the device is searched (µs).
const IDENTIFY: u64 = millis(125);

/// The bridge's lamp: dim green while it has a master, dim amber while not, flashing white when it is searched.
pub struct Beacon {
    brightness: u8,
    connected: bool,
    identify: Option<Instant>,
}

impl Beacon {
    /// Without a master.
    #[must_use]
    pub fn new() -> Self {
        Self {
            brightness: Settings::default().brightness,
            connected: false,
            identify: None,
        }
    }

    /// The lamp now.
    #[must_use]
    pub fn lamp(&self, now: Instant) -> Rgb {
        match self.identify {
            Some(_) if shines(now, IDENTIFY) => rgb(Colour::D).dimmed(self.brightness),
            Some(_) => Rgb::OFF,
            None => rgb(if self.connected { Colour::Done } else { Colour::Wait }).dimmed(self.brightness / 4),
        }
    }
}

impl Default for Beacon {
    fn default() -> Self {
        Self::new()
    }
}

impl Device for Beacon {
    const KIND: NodeKind = NodeKind::Bridge;

    fn command(&mut self, now: Instant, command: &Command, _: &mut dyn Events) -> Result<(), Refusal> {
        match command {
            // Who hangs below shows it.
            Command::Online(_) => {}
            Command::Identify { seconds } => {
                self.identify = (*seconds > 0).then(|| now.after(millis(u64::from(*seconds) * 1_000)));
            }
            _ => return Err(Refusal::Unsupported),
        }
        Ok(())
    }

    fn apply(&mut self, settings: &Settings) {
        self.brightness = settings.brightness;
    }

    fn connected(&mut self, _: Instant, connected: bool) {
        self.connected = connected;
    }

    fn busy(&self, _: Instant) -> bool {
        false
    }

    fn poll(&mut self, now: Instant, _: &mut dyn Events) {
        if self.identify.is_some_and(|until| now >= until) {
            self.identify = None;
        }
    }

    fn wake_at(&self, now: Instant) -> Option<Instant> {
        earlier(self.identify, self.identify.map(|_| next_edge(now, IDENTIFY)))
    }
}

/// A bridge on its wires: bytes and time in, bytes and a lamp out.
pub struct BridgeNode<const KEEP: usize> {
    bridge: Bridge<KEEP>,
    attendant: Attendant<Beacon>,
}

impl<const KEEP: usize> BridgeNode<KEEP> {
    /// A bridge that has just booted with the settings found in store; they hold the row's speed.
    ///
    /// Kind, units and settings' checksum of `identity` are filled in.
    #[must_use]
    pub fn new(identity: Identity, panic: &str, settings: Settings) -> Self {
        let beacon = Beacon::new();
        let identity = Identity {
            kind: Beacon::KIND,
            units: beacon.units(),
            settings_crc: settings_crc(&settings),
            ..identity
        };
        Self {
            bridge: Bridge::new(identity, panic, BusTiming::bridge(settings.bus_baud)),
            attendant: Attendant::new(beacon, settings),
        }
    }

    /// See [`crate::Node::enter_safe_mode`]; nothing passes, since the row is left alone as well.
    pub const fn enter_safe_mode(&mut self) {
        self.attendant.enter_safe_mode();
    }

    /// The bridge's own end of the wire.
    #[must_use]
    pub const fn link(&self) -> &NodeLink<KEEP> {
        self.bridge.link()
    }

    /// What passes.
    #[must_use]
    pub const fn bridge(&self) -> &Bridge<KEEP> {
        &self.bridge
    }

    /// The place for the bridge's own events.
    pub fn events(&mut self) -> &mut dyn Events {
        self.bridge.node()
    }
}

/// A bridge's line to its master.
pub(crate) struct Up<'a, const KEEP: usize>(pub &'a RefCell<BridgeNode<KEEP>>);

/// A bridge's row.
pub(crate) struct Row<'a, const KEEP: usize>(pub &'a RefCell<BridgeNode<KEEP>>);

impl<const KEEP: usize> Side for Up<'_, KEEP> {
    fn receive(&self, bytes: &[u8], now: Instant) -> Heard {
        let BridgeNode { bridge, attendant } = &mut *self.0.borrow_mut();
        let before = bridge.link().counters().frames;
        bridge.receive_up(bytes, now);
        let whole = bridge.link().counters().frames != before;
        attendant.attend(bridge.node(), now);
        Heard { whole, stirs: true }
    }

    fn address(&self) -> Option<u8> {
        None
    }

    fn connected(&self, now: Instant) -> bool {
        self.0.borrow().link().is_connected(now)
    }

    fn transmit(&self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        self.0.borrow_mut().bridge.transmit_up(now, out)
    }

    fn wake_at(&self) -> Option<Instant> {
        self.0.borrow().bridge.up_wake_at()
    }

    fn restart_due(&self, now: Instant) -> bool {
        self.0.borrow().attendant.restart_due(now)
    }
}

impl<const KEEP: usize> Side for Row<'_, KEEP> {
    fn receive(&self, bytes: &[u8], now: Instant) -> Heard {
        let bridge = &mut self.0.borrow_mut().bridge;
        bridge.receive_bus(bytes, now);
        // Most replies say nothing that is to be passed on.
        let stirs = bridge.up_wake_at().is_some_and(|at| at <= now);
        Heard { whole: true, stirs }
    }

    fn address(&self) -> Option<u8> {
        None
    }

    fn connected(&self, _: Instant) -> bool {
        true
    }

    fn transmit(&self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        self.0.borrow_mut().bridge.transmit_bus(now, out)
    }

    fn wake_at(&self) -> Option<Instant> {
        self.0.borrow().bridge.bus_wake_at()
    }

    fn restart_due(&self, now: Instant) -> bool {
        self.0.borrow().attendant.restart_due(now)
    }
}

impl<const KEEP: usize> Attended<Beacon> for RefCell<BridgeNode<KEEP>> {
    fn attend<T>(&self, now: Instant, exchange: impl FnOnce(&mut Beacon, &mut dyn Events) -> T) -> T {
        let BridgeNode { bridge, attendant } = &mut *self.borrow_mut();
        attendant.attend(bridge.node(), now);
        exchange(attendant.device_mut(), bridge.node())
    }

    fn wake_at(&self, now: Instant) -> Option<Instant> {
        self.borrow().attendant.wake_at(now)
    }

    fn unsaved(&self, now: Instant) -> Option<Kept> {
        self.borrow().attendant.unsaved(now)
    }

    fn saved(&self, now: Instant, kept: Result<(), NotKept>) {
        let BridgeNode { bridge, attendant } = &mut *self.borrow_mut();
        attendant.saved(bridge.node(), now, kept);
    }

    fn restart_due(&self, now: Instant) -> bool {
        self.borrow().attendant.restart_due(now)
    }
}
