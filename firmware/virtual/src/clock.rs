//! A node's clock on the host.

use link::Instant;
use nodes::Clock;

/// Counts from a node's boot.
#[derive(Clone, Copy)]
pub struct HostClock(tokio::time::Instant);

impl HostClock {
    /// Boots now.
    pub fn boot() -> Self {
        Self(tokio::time::Instant::now())
    }
}

impl Clock for HostClock {
    fn now(&self) -> Instant {
        Instant(u64::try_from(self.0.elapsed().as_micros()).unwrap_or(u64::MAX))
    }

    async fn sleep_until(&self, at: Instant) {
        tokio::time::sleep_until(self.0 + std::time::Duration::from_micros(at.0)).await;
    }
}
