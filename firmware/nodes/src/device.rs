//! What the runner needs of a device, whatever its kind.

use link::Instant;
use link::message::{Command, EventBody, EventId, NodeKind, Settings};
use link::session::Refusal;

use crate::settings::Calibration;

/// Where a device puts what happened. The event is numbered at once, so that its verdict can be recognised later.
pub trait Events {
    /// Records an event that happened at `at`.
    fn push(&mut self, at: Instant, body: EventBody) -> EventId;
}

/// The logic of one kind of node.
///
/// Inputs of its hardware are methods of the concrete type; this is what is common to all.
pub trait Device {
    /// Its kind, for the introduction.
    const KIND: NodeKind;

    /// Positions of a shelf; 1 for the others.
    fn units(&self) -> u8 {
        1
    }

    /// Obeys a command that is not the runner's own ([`Command::Settings`], [`Command::Signals`] and [`Command::Restart`] are).
    ///
    /// # Errors
    /// The reason why not; nothing has changed then.
    fn command(&mut self, now: Instant, command: &Command, events: &mut dyn Events) -> Result<(), Refusal>;

    /// What the command that was just obeyed wants kept: it counts, and is answered, once that is so. See [`Self::calibrate`].
    fn to_keep(&mut self) -> Option<Calibration> {
        None
    }

    /// Takes over what was kept, at start and once it is kept anew.
    fn calibrate(&mut self, _: &Calibration) {}

    /// Takes settings over, at start and whenever the master sends others.
    fn apply(&mut self, settings: &Settings);

    /// The session with the master began (`true`) or ended.
    fn connected(&mut self, now: Instant, connected: bool);

    /// Whether standing still for half a second would spoil something just now: settings are then written later.
    fn busy(&self, now: Instant) -> bool;

    /// Does what has fallen due.
    fn poll(&mut self, now: Instant, events: &mut dyn Events);

    /// When [`Self::poll`] or a look at the outputs is next worth while; none while nothing moves by itself.
    fn wake_at(&self, now: Instant) -> Option<Instant>;
}
