//! How long to wait before the next try. Pure.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);

/// Doubles from try to try, with jitter, so that a room's gateways don't all come back at the same moment. A session that
/// was greeted and broke at once counts as a try: a WMS whose disk is full greets everybody.
#[derive(Debug, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The wait after a try. `of_use`: whether there was a session in which something was done, so that counting begins
    /// anew. `dice` is in 0…1.
    pub fn next(&mut self, of_use: bool, dice: f64) -> Duration {
        self.failures = if of_use { 0 } else { self.failures.saturating_add(1) };
        let full = FIRST
            .saturating_mul(1_u32.checked_shl(self.failures.min(16)).unwrap_or(u32::MAX))
            .min(LONGEST);
        full.mul_f64(0.5 + 0.5 * dice.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_up_to_the_longest_and_begins_anew_after_a_session() {
        let mut backoff = Backoff::default();
        assert_eq!(backoff.next(true, 1.0), FIRST);
        assert_eq!(backoff.next(false, 1.0), FIRST * 2);
        assert_eq!(backoff.next(false, 0.0), FIRST * 2);
        for _ in 0..100 {
            backoff.next(false, 1.0);
        }
        assert_eq!(backoff.next(false, 1.0), LONGEST);
        assert_eq!(backoff.next(true, 0.0), FIRST / 2);
    }
}
