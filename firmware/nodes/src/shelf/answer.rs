//! What a position shows between a confirm and the master's answer.
//!
//! A confirm *locks* its position: its meaning (this count for this tag) has been said and is kept until committed, so a
//! second press says nothing new and is not sent. The lock ends with the answer: a verdict other than stored, a light with
//! another tag, a new session, or [`PATIENCE`] without either, so that nobody is ever locked out.

use link::Instant;
use link::message::{Colour, EventId, Mode, Verdict};

use crate::colour::of_verdict;
use crate::time::millis;

/// Without a verdict for so long, a press counts as stored and shows amber (µs).
pub const STORED_AFTER: u64 = millis(500);
/// How long a right or neutral answer shines (µs).
pub const RIGHT: u64 = millis(400);
/// How long a wrong answer shines (µs).
pub const WRONG: u64 = millis(1_500);
/// After so long without an answer, though the master is there, the position may be pressed again (µs).
pub const PATIENCE: u64 = millis(10_000);

/// State of a position's answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    /// Nothing was asked.
    #[default]
    None,
    /// A confirm went out.
    Waiting {
        /// It.
        event: EventId,
        /// When.
        since: Instant,
    },
    /// Kept, not yet judged.
    Stored {
        /// The confirm.
        event: EventId,
        /// When it was said, or when the master was last known to be away.
        since: Instant,
    },
    /// An answer shines.
    Verdict {
        /// Right, wrong or neutral.
        verdict: Verdict,
        /// Until then.
        until: Instant,
    },
}

/// How an answer changes the light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// The light's own colour, fast.
    Hurry,
    /// This colour instead, so.
    With(Colour, Mode),
}

impl Answer {
    /// Whether a confirm has been said and not answered.
    #[must_use]
    pub const fn locks(&self) -> bool {
        matches!(self, Self::Waiting { .. } | Self::Stored { .. })
    }

    /// A confirm went out; `reachable`: master and WMS are there.
    pub const fn confirmed(&mut self, event: EventId, now: Instant, reachable: bool) {
        *self = if reachable {
            Self::Waiting { event, since: now }
        } else {
            Self::Stored { event, since: now }
        };
    }

    /// The verdict on an event; true if it was this position's.
    pub fn judged(&mut self, event: EventId, verdict: Verdict, now: Instant) -> bool {
        match *self {
            Self::Waiting { event: mine, since } | Self::Stored { event: mine, since } if mine == event => {
                *self = match verdict {
                    Verdict::Right | Verdict::Neutral => Self::Verdict {
                        verdict,
                        until: now.after(RIGHT),
                    },
                    Verdict::Wrong => Self::Verdict {
                        verdict,
                        until: now.after(WRONG),
                    },
                    Verdict::Stored => Self::Stored { event, since },
                };
                true
            }
            _ => false,
        }
    }

    /// The light was replaced by one with another tag: whatever was asked is answered by it.
    /// An answer that shines goes on over darkness, and gives way to a new task.
    pub const fn replaced(&mut self, lit: bool) {
        if lit || self.locks() {
            *self = Self::None;
        }
    }

    /// Lets time pass; `reachable`: master and WMS are there.
    pub fn poll(&mut self, now: Instant, reachable: bool) {
        match *self {
            Self::Waiting { event, since } if now.since(since) >= STORED_AFTER => *self = Self::Stored { event, since },
            Self::Stored { event, .. } if !reachable => *self = Self::Stored { event, since: now },
            Self::Stored { since, .. } if now.since(since) >= PATIENCE => *self = Self::None,
            Self::Verdict { until, .. } if now >= until => *self = Self::None,
            _ => {}
        }
    }

    /// When [`Self::poll`] changes something.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        match *self {
            Self::None => None,
            Self::Waiting { since, .. } => Some(since.after(STORED_AFTER)),
            Self::Stored { since, .. } => Some(since.after(PATIENCE)),
            Self::Verdict { until, .. } => Some(until),
        }
    }

    /// What it does to the light.
    #[must_use]
    pub const fn cover(&self) -> Option<Cover> {
        match self {
            Self::None => None,
            Self::Waiting { .. } => Some(Cover::Hurry),
            Self::Stored { .. } => Some(Cover::With(Colour::Wait, Mode::Blink)),
            Self::Verdict { verdict, .. } => {
                let mode = match verdict {
                    Verdict::Wrong => Mode::Fast,
                    Verdict::Right | Verdict::Neutral | Verdict::Stored => Mode::On,
                };
                Some(Cover::With(of_verdict(*verdict), mode))
            }
        }
    }
}
