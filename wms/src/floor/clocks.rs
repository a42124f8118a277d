//! Whose clock is wrong: gateways' against ours, and ours against itself. Nothing hangs on it; people are told.

use std::collections::BTreeMap;

use uplink::{Moment, UnixMillis, moment};

/// Clocks that differ by less are one; the way of a message may explain it (ms).
pub const AGREE: i64 = 2_000;
/// How long a step of our own clock is told (ms).
const TOLD: i64 = 24 * 3_600_000;

/// A clock was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// By so much: above 0 forward, below back (ms).
    pub by: i64,
    /// When, as the clock says since.
    pub at: UnixMillis,
}

/// What is known of clocks.
#[derive(Debug, Default)]
pub struct Clocks {
    /// By how much each gateway's clock is ahead of ours (ms).
    ahead: BTreeMap<String, i64>,
    /// Our wall clock less the one that is never set, when last looked at.
    ours: Option<(Moment, UnixMillis)>,
    step: Option<Step>,
}

impl Clocks {
    /// A gateway says what its clock shows. Gives by how much it is ahead of ours; 0 where it does not say.
    pub fn told(&mut self, gateway: &str, shows: UnixMillis, wall: UnixMillis) -> i64 {
        // What no calendar shows is no clock's word.
        let Some(shows) = moment(shows).filter(|shows| *shows != 0) else {
            return 0;
        };
        let ahead = shows.saturating_sub(wall);
        let before = self.ahead.insert(gateway.to_owned(), ahead);
        if before.is_some_and(|before| before.saturating_sub(ahead).saturating_abs() >= AGREE) {
            tracing::warn!(gateway, ahead_ms = ahead, "the gateway's clock or ours was set");
        }
        ahead
    }

    /// A gateway is away: its clock is nobody's business.
    pub fn gone(&mut self, gateway: &str) {
        self.ahead.remove(gateway);
    }

    /// Looks at our own clocks.
    pub fn look(&mut self, now: Moment, wall: UnixMillis) {
        if let Some((then, showed)) = self.ours.replace((now, wall)) {
            let by = wall
                .saturating_sub(showed)
                .saturating_sub(now.millis.saturating_sub(then.millis));
            if by.saturating_abs() >= AGREE {
                tracing::warn!(by_ms = by, "this server's clock was set");
                self.step = Some(Step { by, at: wall });
            }
        }
    }

    /// How our clock was set last, while that is still news.
    pub fn step(&self, wall: UnixMillis) -> Option<Step> {
        self.step
            .filter(|step| wall.saturating_sub(step.at).saturating_abs() < TOLD)
    }

    /// Gateways whose clock is not ours, and by how much it is ahead (ms).
    pub fn apart(&self) -> impl Iterator<Item = (&str, i64)> {
        let apart = self.ahead.iter().filter(|(_, ahead)| ahead.saturating_abs() >= AGREE);
        apart.map(|(gateway, ahead)| (gateway.as_str(), *ahead))
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "a test may fail")]
mod tests {
    use super::*;

    #[test]
    fn w5_a_clock_that_steps_is_told() {
        let mut clocks = Clocks::default();
        let at = |millis| Moment { boot: 1, millis };
        clocks.look(at(0), 10_000_000);
        clocks.look(at(1_000), 10_001_001);
        assert_eq!(clocks.step(10_001_001), None);
        clocks.look(at(2_000), 7_002_000);
        let step = Step {
            by: -3_000_001,
            at: 7_002_000,
        };
        assert_eq!(clocks.step(7_002_000), Some(step));
        clocks.look(at(3_000), 7_003_000);
        assert_eq!(clocks.step(7_003_000), Some(step));
        assert_eq!(clocks.step(7_003_000 + TOLD), None);
    }

    #[test]
    fn w5_a_gateway_whose_clock_is_not_ours_is_told() {
        let mut clocks = Clocks::default();
        for (shows, ahead, apart) in [
            (0, 0, None),
            (100_500, 500, None),
            (520_000, 420_000, Some(420_000)),
            (99_000, -1_000, None),
            (i64::MIN, 0, None),
        ] {
            assert_eq!(clocks.told("g", shows, 100_000), ahead);
            assert_eq!(clocks.apart().next(), apart.map(|ahead| ("g", ahead)), "{shows}");
        }
        clocks.gone("g");
        assert_eq!(clocks.apart().next(), None);
    }
}
