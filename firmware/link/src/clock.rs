//! A node's clock, told on the master's.

// What a node says of its clock may be anything.
#![warn(clippy::arithmetic_side_effects)]

use crate::Instant;
use crate::message::NodeMillis;

/// How long one window of samples is, in µs. Two crystals 100 ppm apart drift 3 ms in it.
const WINDOW: u64 = 30_000_000;

/// Maps a node's clock to the master's by the quickest message seen lately: what a message took on its way only ever makes
/// the node seem late, so the smallest difference is the truest.
#[derive(Clone, Debug, Default)]
pub struct ClockMap {
    /// Latest sample: node's clock unwrapped, in ms.
    last: Option<(u32, i64)>,
    /// Smallest difference in the window before this one and in this one, in µs.
    best: [Option<i64>; 2],
    turned: Instant,
}

impl ClockMap {
    /// A message that said the node's clock came now.
    pub fn sample(&mut self, node: NodeMillis, now: Instant) {
        let millis = self.unwrap(node);
        self.last = Some((node.0, millis));
        if self.best[1].is_some() && now.since(self.turned) >= WINDOW {
            self.best = [self.best[1], None];
        }
        if self.best[1].is_none() {
            self.turned = now;
        }
        let difference = (now.0 as i64).saturating_sub(millis.saturating_mul(1000));
        self.best[1] = Some(self.best[1].map_or(difference, |best| best.min(difference)));
    }

    /// A moment of the node's clock on the master's, never later than `now`; `now` where there was no sample yet. A moment
    /// before the master's origin is told as the origin: a master that may be younger than its nodes' events begins
    /// its clock 25 days on.
    #[must_use]
    pub fn map(&self, node: NodeMillis, now: Instant) -> Instant {
        let Some(difference) = self.best.iter().flatten().min() else {
            return now;
        };
        let micros = self.unwrap(node).saturating_mul(1000).saturating_add(*difference);
        Instant(u64::try_from(micros).unwrap_or(0)).min(now)
    }

    /// The node's clock without its wrap after 49 days: the reading nearest to the last one.
    fn unwrap(&self, node: NodeMillis) -> i64 {
        match self.last {
            Some((raw, millis)) => millis.saturating_add(i64::from(node.0.wrapping_sub(raw) as i32)),
            None => i64::from(node.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quickest_sample_counts() {
        let mut map = ClockMap::default();
        map.sample(NodeMillis(1_000), Instant(5_030_000));
        map.sample(NodeMillis(1_500), Instant(5_502_000));
        map.sample(NodeMillis(2_000), Instant(6_090_000));
        assert_eq!(map.map(NodeMillis(1_800), Instant(9_000_000)), Instant(5_802_000));
    }

    #[test]
    fn never_later_than_now_and_sound_across_the_wrap() {
        let mut map = ClockMap::default();
        map.sample(NodeMillis(u32::MAX - 9), Instant(1_000_000));
        assert_eq!(map.map(NodeMillis(10), Instant(1_020_000)), Instant(1_020_000));
        assert_eq!(map.map(NodeMillis(9), Instant(2_000_000)), Instant(1_019_000));
        map.sample(NodeMillis(90), Instant(1_101_000));
        assert_eq!(
            map.map(NodeMillis(u32::MAX - 9), Instant(2_000_000)),
            Instant(1_000_000)
        );
    }

    #[test]
    fn what_is_older_than_the_master_has_its_time_where_the_masters_clock_has_room() {
        const DAY: u64 = 86_400_000;
        let (mut map, begin) = (ClockMap::default(), 60 * DAY * 1_000);
        // A node of 49 days, as old as its clock can be without a wrap.
        let node = (49 * DAY) as u32;
        map.sample(NodeMillis(node), Instant(begin));
        for age in [5_000, DAY, 24 * DAY] {
            let at = map.map(NodeMillis(node - age as u32), Instant(begin));
            assert_eq!(at, Instant(begin - age * 1_000));
        }
    }

    #[test]
    fn r7_a_clock_that_leaps_for_ever_overflows_nothing() {
        let mut map = ClockMap {
            last: Some((0, i64::MAX / 1_000)),
            ..ClockMap::default()
        };
        for step in 0..8_u32 {
            let node = NodeMillis(step.wrapping_mul(i32::MAX as u32));
            map.sample(node, Instant(1_000));
            assert!(map.map(node, Instant(u64::MAX)) <= Instant(u64::MAX));
        }
        map.last = Some((0, i64::MIN / 1_000));
        map.sample(NodeMillis(1 << 31), Instant(u64::MAX));
        let _ = map.map(NodeMillis(0), Instant(0));
    }

    #[test]
    fn follows_a_slow_crystal() {
        let mut map = ClockMap::default();
        for second in 0..3600_u64 {
            map.sample(NodeMillis((second * 9_999 / 10) as u32), Instant(second * 1_000_000));
        }
        let at = map.map(NodeMillis((3_599 * 9_999 / 10) as u32), Instant(3_600_000_000));
        let error = at.0.abs_diff(3_599_000_000);
        assert!(error < 8_000, "off by {error} µs");
    }
}
