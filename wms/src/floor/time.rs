//! When something happened at a device, and whether in the run at its station. Wall clocks are set, so they prove nothing:
//! what counts is how long ago it was, measured by clocks that never are. Pure.

use uplink::{DeviceEvent, Moment, UnixMillis, moment};

use crate::store::Made;

/// What the way of a message may add to an age (ms): what happened so shortly before the run counts as in it.
const SLACK: i64 = 2_000;

/// When something happened, by this server's clock that is never set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Milliseconds since the server's machine started; below 0 for what is older.
    pub moment: i64,
    /// Whether clocks that are never set reach there all the way from the device.
    pub certain: bool,
}

impl Happened {
    /// Of an event that came `now`, when the wall clock showed `wall`. Only where the gateway tells no age is its wall
    /// clock asked, which is `ahead` of ours by so much.
    pub fn of(event: &DeviceEvent, ahead: i64, now: Moment, wall: UnixMillis) -> Self {
        let (age, certain) = match event.age {
            Some(age) => (i64::try_from(age.millis).unwrap_or(i64::MAX), age.sure),
            // A time that no calendar shows is none: it happened when it came.
            None => {
                let age = |at| wall.saturating_add(ahead).saturating_sub(at).max(0);
                (moment(event.at).map_or(0, age), false)
            }
        };
        Self {
            moment: now.millis.saturating_sub(age),
            certain,
        }
    }

    /// How long ago it is (ms).
    pub fn age(self, now: Moment) -> i64 {
        now.millis.saturating_sub(self.moment)
    }

    /// As our wall clock tells it now.
    pub fn wall(self, now: Moment, wall: UnixMillis) -> UnixMillis {
        wall.saturating_sub(self.age(now)).max(0)
    }

    /// Whether it happened in this run, and whether that is certain. `known`: since when this server has known the run, by
    /// the clock that is never set.
    pub fn within(self, run: &Made, known: i64, now: Moment, wall: UnixMillis) -> (bool, bool) {
        let made = run.moment.filter(|moment| moment.boot == now.boot);
        match made {
            Some(made) => (self.moment.saturating_add(SLACK) >= made.millis, self.certain),
            // Another machine made it, or this one before it started anew. What came after we knew it is in it all the same.
            None if self.moment >= known => (true, self.certain),
            None => (self.wall(now, wall).saturating_add(SLACK) >= run.at, false),
        }
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "a test may fail")]
mod tests {
    use uplink::{Age, DeviceId, EventBody, EventKey};

    use super::*;

    const NOW: Moment = Moment {
        boot: 1,
        millis: 1_000_000,
    };
    const WALL: UnixMillis = 1_790_000_000_000;

    fn event(at: UnixMillis, age: Option<Age>) -> DeviceEvent {
        let key = EventKey {
            device: DeviceId("aa".into()),
            boot: 1,
            event: 1,
        };
        DeviceEvent {
            key,
            at,
            age,
            moment: None,
            body: EventBody::Lost { count: 1 },
        }
    }

    fn ago(millis: i64, certain: bool) -> Happened {
        Happened {
            moment: NOW.millis - millis,
            certain,
        }
    }

    #[test]
    fn r2_an_age_counts_and_no_wall_clock() {
        for (at, age, ahead, expected) in [
            (0, Some((120, true)), 77, ago(120, true)),
            (WALL + 480_000, Some((5, false)), 0, ago(5, false)),
            // A gateway that tells no age: by its wall clock, as far ahead of ours as it is now.
            (WALL + 60_000, None, 61_000, ago(1_000, false)),
            (WALL - 3_000, None, 0, ago(3_000, false)),
            // Never in the future, and nothing overflows.
            (WALL + 9_000, None, 0, ago(0, false)),
            (i64::MAX, None, i64::MIN, ago(0, false)),
            (0, Some((u64::MAX, true)), 0, ago(i64::MAX, true)),
        ] {
            let age = age.map(|(millis, sure)| Age { millis, sure });
            let happened = Happened::of(&event(at, age), ahead, NOW, WALL);
            let expected = Happened {
                moment: expected.moment.max(NOW.millis.saturating_sub(i64::MAX)),
                ..expected
            };
            assert_eq!(happened, expected, "{at} {age:?} {ahead}");
            assert!((0..=WALL).contains(&happened.wall(NOW, WALL)));
        }
    }

    #[test]
    fn r2_w5_a_run_holds_what_came_after_it_was_made() {
        let made = |boot, ago: i64, wall| Made {
            run: 1,
            at: wall,
            moment: Some(Moment {
                boot,
                millis: NOW.millis - ago,
            }),
        };
        let hours = 3_600_000;
        let never = i64::MAX;
        for (what, run, known, happened, expected) in [
            ("in it", made(1, 60_000, WALL), never, ago(50_000, true), (true, true)),
            ("before", made(1, 60_000, WALL), never, ago(70_000, true), (false, true)),
            (
                "just before",
                made(1, 60_000, WALL),
                never,
                ago(61_000, true),
                (true, true),
            ),
            (
                "our clock was 8 h ahead",
                made(1, 60_000, WALL + 8 * hours),
                never,
                ago(50_000, true),
                (true, true),
            ),
            (
                "our clock was 8 h behind",
                made(1, 60_000, WALL - 8 * hours),
                never,
                ago(70_000, true),
                (false, true),
            ),
            (
                "by wall clocks of the gateway",
                made(1, 60_000, WALL),
                never,
                ago(50_000, false),
                (true, false),
            ),
            // Over a start of our machine, the wall clock having been 8 h ahead before it.
            (
                "known",
                made(2, 0, WALL + 8 * hours),
                NOW.millis - 9_000,
                ago(8_000, true),
                (true, true),
            ),
            (
                "not known",
                made(2, 0, WALL + 8 * hours),
                NOW.millis - 9_000,
                ago(10_000, true),
                (false, false),
            ),
            (
                "by the wall clock",
                made(2, 0, WALL - hours),
                NOW.millis,
                ago(10_000, true),
                (true, false),
            ),
        ] {
            assert_eq!(happened.within(&run, known, NOW, WALL), expected, "{what}");
        }
        let old = Made {
            run: 1,
            at: WALL - 60_000,
            moment: None,
        };
        assert_eq!(ago(50_000, true).within(&old, never, NOW, WALL), (true, false));
        assert_eq!(ago(90_000, true).within(&old, never, NOW, WALL), (false, false));
    }
}
