//! One key to ground, with a pull-up: a trigger, a tare key.

use core::future::pending;

use embedded_hal::digital::InputPin;
use embedded_hal_async::digital::Wait;
use link::Instant;

use crate::time::millis;

/// A contact bounces for less than this when it opens or closes (µs).
pub const BOUNCE: u64 = millis(30);
/// A finger's trembling: two presses within this are one (µs).
pub const TREMBLING: u64 = millis(200);

/// The key.
pub struct PushKey<I> {
    pin: I,
    down: bool,
    changed: bool,
    changed_at: Option<Instant>,
    pressed_at: Option<Instant>,
}

impl<I: InputPin + Wait> PushKey<I> {
    /// The key. One that is down at start is not a press: nobody's finger is that quick.
    pub const fn new(pin: I) -> Self {
        Self {
            pin,
            down: true,
            changed: false,
            changed_at: None,
            pressed_at: None,
        }
    }

    /// Waits until the key goes down or comes up; for ever where its pin fails. Cancel safe.
    pub async fn change(&mut self) {
        let change = if self.down {
            self.pin.wait_for_high().await
        } else {
            self.pin.wait_for_low().await
        };
        if change.is_err() {
            pending().await
        }
        self.down = !self.down;
        self.changed = true;
    }

    /// Whether a press has come since it was last asked.
    pub fn pressed(&mut self, now: Instant) -> bool {
        if !core::mem::take(&mut self.changed) {
            return false;
        }
        let long = |since: Option<Instant>, time| since.is_none_or(|since| now.since(since) >= time);
        let bounced = !long(self.changed_at.replace(now), BOUNCE);
        if bounced || !self.down || !long(self.pressed_at, TREMBLING) {
            return false;
        }
        self.pressed_at = Some(now);
        true
    }
}
