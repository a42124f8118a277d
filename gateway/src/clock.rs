//! The gateway's clock: one origin for all ports, told in the link's microseconds, tokio's instants and wall time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;
use uplink::UnixMillis;

/// What the link's clock shows at the gateway's start, µs: 60 days. A node may tell of what happened up to 24.8 days ago
/// (half its clock's range), long before this process began; that must have a place on the clock.
const BEGIN: u64 = 60 * 86_400 * 1_000_000;

/// A clock that never jumps, and the wall clock beside it.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    origin: Instant,
}

impl Default for Clock {
    fn default() -> Self {
        Self { origin: Instant::now() }
    }
}

impl Clock {
    /// Now, in the link's terms.
    #[must_use]
    pub fn now(&self) -> link::Instant {
        let elapsed = u64::try_from(self.origin.elapsed().as_micros()).unwrap_or(u64::MAX);
        link::Instant(BEGIN).after(elapsed)
    }

    /// A moment of the link in tokio's terms.
    #[must_use]
    pub fn tokio(&self, at: link::Instant) -> Instant {
        // A day ahead is as good as never, and no addition overflows.
        let ahead = at.since(self.now()).min(86_400_000_000);
        Instant::now() + Duration::from_micros(ahead)
    }

    /// The wall clock.
    #[must_use]
    pub fn unix(&self) -> UnixMillis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}
