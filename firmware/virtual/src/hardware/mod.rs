//! Imagined hardware: what hands, barcodes, paper and weights do to a node, and what eyes see of it.

pub mod printer;
pub mod scale;
pub mod scanner;
pub mod shelf;

pub use printer::PrinterHardware;
pub use scale::ScaleHardware;
pub use scanner::ScannerHardware;
pub use shelf::ShelfHardware;

use std::sync::{Mutex, MutexGuard, PoisonError};

use link::message::{ResetReason, Uid};
use serde::Serialize;
use tokio::sync::{Notify, watch};

/// Tells the panel that something looks different now.
#[derive(Clone)]
pub struct Changes(watch::Sender<u64>);

impl Changes {
    /// Nothing changed yet.
    pub fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    /// Something did.
    pub fn tell(&self) {
        self.0.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// To hear of it.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }
}

/// What is known of a node from outside.
#[derive(Clone, Debug, Default, Serialize)]
pub struct About {
    /// Its chip's unique id, 16 hex digits.
    pub uid: String,
    /// Its present boot.
    pub boot: u32,
    /// Whether it has a session with its master.
    pub connected: bool,
    /// Events it keeps because they are not committed yet.
    pub unacknowledged: usize,
    /// Whether its cable is plugged.
    pub plugged: bool,
}

/// One node's hardware, shared between the node and the panel.
pub struct Part<S> {
    /// The chip's id.
    pub uid: Uid,
    /// The cable.
    pub plugged: watch::Sender<bool>,
    /// Its ports' name.
    pub name: String,
    /// Why the next boot is.
    reset: Mutex<ResetReason>,
    resets: Notify,
    state: Mutex<S>,
    about: Mutex<About>,
    input: Notify,
    changes: Changes,
}

impl<S> Part<S> {
    /// With its cable plugged.
    pub fn new(name: String, uid: Uid, state: S, changes: Changes) -> Self {
        Self {
            uid,
            plugged: watch::Sender::new(true),
            name,
            reset: Mutex::new(ResetReason::PowerOn),
            resets: Notify::new(),
            state: Mutex::new(state),
            about: Mutex::new(About {
                uid: format!("{:016x}", uid.0),
                plugged: true,
                ..About::default()
            }),
            input: Notify::new(),
            changes,
        }
    }

    /// The hardware's state.
    pub fn state(&self) -> MutexGuard<'_, S> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something to the hardware from outside: node and panel notice.
    pub fn touch<R>(&self, act: impl FnOnce(&mut S) -> R) -> R {
        let result = act(&mut self.state());
        self.input.notify_one();
        self.changes.tell();
        result
    }

    /// Waits until something was done to the hardware.
    pub async fn touched(&self) {
        self.input.notified().await;
    }

    /// The node shows something else now.
    pub fn shows(&self) {
        self.changes.tell();
    }

    /// What is known of the node.
    pub fn about(&self) -> About {
        self.about.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes what is known of the node.
    pub fn tell_about(&self, change: impl FnOnce(&mut About)) {
        change(&mut self.about.lock().unwrap_or_else(PoisonError::into_inner));
        self.changes.tell();
    }

    /// Pulls or plugs the cable.
    pub fn plug(&self, plugged: bool) {
        self.plugged.send_replace(plugged);
        self.tell_about(|about| about.plugged = plugged);
    }

    /// Takes the node's power away for a moment, or lets its watchdog bite.
    pub fn reset(&self, reason: ResetReason) {
        *self.reset.lock().unwrap_or_else(PoisonError::into_inner) = reason;
        self.resets.notify_one();
    }

    /// Waits for [`Self::reset`].
    pub async fn is_reset(&self) {
        self.resets.notified().await;
    }

    /// Why the node boots now; unless told otherwise the next time is by command.
    pub fn take_reason(&self) -> ResetReason {
        let mut reason = self.reset.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut reason, ResetReason::Commanded)
    }
}
