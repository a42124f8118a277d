//! A device on the wire, without I/O.

use link::message::{Command, EventBody, EventId, Fault, Protocol, Settings};
use link::node::{Identity, Line, NodeLink};
use link::session::{Outcome, Refusal, Request};
use link::{Instant, MAX_FRAME};

use crate::settings::{Kept, NotKept, acceptable, settings_crc};
use crate::time::{earlier, millis};
use crate::{Device, Events};

/// Between the answer to [`Command::Restart`] and the restart, so that the answer gets out even on a bus (µs).
const RESTART_AFTER: u64 = millis(200);

/// The first minor in which a master knows [`Fault::SafeMode`].
const KNOWS_SAFE_MODE: u8 = 1;

impl<const KEEP: usize> Events for NodeLink<KEEP> {
    fn push(&mut self, at: Instant, body: EventBody) -> EventId {
        Self::push(self, body, at)
    }
}

/// A device and its settings: obeys commands that come over a [`NodeLink`], whatever carries its frames.
pub struct Attendant<D> {
    device: D,
    connected: bool,
    settings: Settings,
    unsaved: Option<(Request, Kept)>,
    restart: Option<Instant>,
    safe: Option<SafeMode>,
}

/// The device is left alone: what needs it is refused.
struct SafeMode {
    /// The master has an event about it.
    told: bool,
}

impl<D: Device> Attendant<D> {
    /// With the settings found in store.
    #[must_use]
    pub fn new(mut device: D, settings: Settings) -> Self {
        device.apply(&settings);
        Self {
            device,
            connected: false,
            settings,
            unsaved: None,
            restart: None,
            safe: None,
        }
    }

    /// Leaves the device alone from here on. See [`Node::enter_safe_mode`].
    pub const fn enter_safe_mode(&mut self) {
        self.safe = Some(SafeMode { told: false });
    }

    /// Carries out commands that came and lets the device do what is due.
    pub fn attend<const KEEP: usize>(&mut self, link: &mut NodeLink<KEEP>, now: Instant) {
        let connected = link.is_connected(now);
        let known = |protocol: Protocol| protocol.minor >= KNOWS_SAFE_MODE;
        if let Some(safe) = &mut self.safe
            && !safe.told
            && connected
            && link.master_protocol().is_some_and(known)
        {
            safe.told = true;
            link.push(
                EventBody::Fault {
                    fault: Fault::SafeMode,
                    position: None,
                },
                now,
            );
        }
        if connected != self.connected {
            self.connected = connected;
            self.device.connected(now, connected);
        }
        while let Some((request, command)) = link.next_command() {
            let outcome = match self.obey(request, &command, link, now) {
                Ok(Some(outcome)) => outcome,
                Ok(None) => continue,
                Err(refusal) => Outcome::Refused(refusal),
            };
            link.answer(request, outcome);
        }
        if self.safe.is_none() {
            self.device.poll(now, link);
        }
    }

    /// The outcome; none where it comes later.
    fn obey<const KEEP: usize>(
        &mut self,
        request: Request,
        command: &Command,
        link: &mut NodeLink<KEEP>,
        now: Instant,
    ) -> Result<Option<Outcome>, Refusal> {
        let settings = match *command {
            Command::Settings(settings) => Some(settings),
            Command::Signals { brightness: 0, .. } => return Err(Refusal::OutOfRange),
            Command::Signals { brightness, volume } => Some(Settings {
                brightness,
                volume,
                ..self.settings
            }),
            _ => None,
        };
        if let Some(settings) = settings {
            return if !acceptable(&settings) {
                Err(Refusal::OutOfRange)
            } else if settings == self.settings {
                Ok(Some(Outcome::Taken))
            } else if self.unsaved.is_some() {
                Err(Refusal::Busy)
            } else {
                self.unsaved = Some((request, Kept::Settings(settings)));
                Ok(None)
            };
        }
        match command {
            Command::Calibrate { .. } if self.unsaved.is_some() => Err(Refusal::Busy),
            Command::Restart => {
                self.restart.get_or_insert(now.after(RESTART_AFTER));
                Ok(Some(Outcome::Taken))
            }
            // Taken would be a lie: nobody carries it out.
            _ if self.safe.is_some() => Err(Refusal::Faulty),
            _ => {
                self.device.command(now, command, link)?;
                let Some(calibration) = self.device.to_keep() else {
                    return Ok(Some(Outcome::Taken));
                };
                self.unsaved = Some((request, Kept::Calibration(calibration)));
                Ok(None)
            }
        }
    }

    /// What is to be kept now, which may make the chip stand still; say [`Self::saved`] afterwards. None while the device is
    /// busy.
    #[must_use]
    pub fn unsaved(&self, now: Instant) -> Option<Kept> {
        let free = self.safe.is_some() || !self.device.busy(now);
        self.unsaved.filter(|_| free).map(|(_, kept)| kept)
    }

    /// What became of [`Self::unsaved`]: it counts, and the master hears so, only once it is kept.
    pub fn saved<const KEEP: usize>(&mut self, link: &mut NodeLink<KEEP>, now: Instant, kept: Result<(), NotKept>) {
        let Some((request, wanted)) = self.unsaved.take() else {
            return;
        };
        let outcome = match kept {
            Ok(()) => {
                match wanted {
                    Kept::Settings(settings) => {
                        self.settings = settings;
                        self.device.apply(&settings);
                        link.set_settings_crc(settings_crc(&settings));
                    }
                    Kept::Calibration(calibration) => self.device.calibrate(&calibration),
                }
                Outcome::Taken
            }
            Err(NotKept) => {
                link.push(
                    EventBody::Fault {
                        fault: Fault::Settings,
                        position: None,
                    },
                    now,
                );
                Outcome::Refused(Refusal::Faulty)
            }
        };
        link.answer(request, outcome);
    }

    /// Whether the master asked for a restart and has had time to hear the answer.
    #[must_use]
    pub fn restart_due(&self, now: Instant) -> bool {
        self.restart.is_some_and(|at| now >= at)
    }

    /// When [`Self::attend`] is next worth while although nothing came.
    #[must_use]
    pub fn wake_at(&self, now: Instant) -> Option<Instant> {
        let device = match self.safe {
            None => self.device.wake_at(now),
            Some(_) => None,
        };
        earlier(self.restart, device)
    }

    /// The device.
    pub fn device(&self) -> &D {
        &self.device
    }

    /// The device, to give it input.
    pub fn device_mut(&mut self) -> &mut D {
        &mut self.device
    }
}

/// A device on the wire: bytes, samples and time in; bytes, lights and tones out.
pub struct Node<D, const KEEP: usize> {
    link: NodeLink<KEEP>,
    attendant: Attendant<D>,
}

impl<D: Device, const KEEP: usize> Node<D, KEEP> {
    /// A node that has just booted with the settings found in store; `panic` as in [`NodeLink::new`].
    ///
    /// Kind, units and settings' checksum of `identity` are filled in from device and settings.
    #[must_use]
    pub fn new(identity: Identity, line: Line, panic: &str, device: D, settings: Settings) -> Self {
        let identity = Identity {
            kind: D::KIND,
            units: device.units(),
            settings_crc: settings_crc(&settings),
            ..identity
        };
        Self {
            link: NodeLink::new(identity, line, panic),
            attendant: Attendant::new(device, settings),
        }
    }

    /// Leaves the device alone from here on: what came before may have been its doing. The node still introduces itself, keeps
    /// settings and starts again when asked; all else is [`Refusal::Faulty`], and the master is told [`Fault::SafeMode`].
    pub const fn enter_safe_mode(&mut self) {
        self.attendant.enter_safe_mode();
    }

    /// Takes bytes off the line and carries out what they ask. Gives whether they changed anything for the device.
    pub fn receive(&mut self, bytes: &[u8], now: Instant) -> bool {
        let before = self.link.messages();
        self.link.receive(bytes, now);
        // On a bus most bytes ask whether there is anything to say, no more.
        let changed = self.link.messages() != before || self.attendant.connected != self.link.is_connected(now);
        if changed {
            self.poll(now);
        }
        changed
    }

    /// Lets the device do what is due.
    pub fn poll(&mut self, now: Instant) {
        self.attendant.attend(&mut self.link, now);
    }

    /// The next frame to put on the line. Call until it gives none.
    pub fn transmit(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        self.link.transmit(now, out)
    }

    /// When [`Self::transmit`] should be called although nothing came.
    #[must_use]
    pub fn link_wake_at(&self) -> Option<Instant> {
        self.link.wake_at()
    }

    /// When [`Self::poll`] should be called although nothing came.
    #[must_use]
    pub fn device_wake_at(&self, now: Instant) -> Option<Instant> {
        self.attendant.wake_at(now)
    }

    /// The device and the place for its events, to give it input.
    pub fn device_and_events(&mut self) -> (&mut D, &mut dyn Events) {
        (self.attendant.device_mut(), &mut self.link)
    }

    /// The device, to look at its outputs.
    pub fn device(&self) -> &D {
        self.attendant.device()
    }

    /// The wire's end.
    pub fn link(&self) -> &NodeLink<KEEP> {
        &self.link
    }

    /// What is to be kept now, which may make the chip stand still; say [`Self::saved`] afterwards. None while the device is
    /// busy.
    #[must_use]
    pub fn unsaved(&self, now: Instant) -> Option<Kept> {
        self.attendant.unsaved(now)
    }

    /// What became of [`Self::unsaved`].
    pub fn saved(&mut self, now: Instant, kept: Result<(), NotKept>) {
        self.attendant.saved(&mut self.link, now, kept);
    }

    /// Whether it is time to start again because the master asked for it.
    #[must_use]
    pub fn restart_due(&self, now: Instant) -> bool {
        self.attendant.restart_due(now)
    }
}
