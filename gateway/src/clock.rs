//! The gateway's clocks: one that never jumps, with one origin for all ports; the machine's own, which goes on over a
//! restart of this program; and the wall clock, which may be set at any time and proves nothing.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::time::{ClockId, clock_gettime};
use tokio::time::Instant;
use uplink::{Age, DeviceEvent, Moment, UnixMillis};

/// What the link's clock shows at the gateway's start, µs: 60 days. A node may tell of what happened up to 24.8 days ago
/// (half its clock's range), long before this process began; that must have a place on the clock.
const BEGIN: u64 = 60 * 86_400 * 1_000_000;

/// A clock that never jumps, and the wall clock beside it.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    origin: Instant,
    /// Which start of the machine this is.
    boot: u32,
}

impl Default for Clock {
    fn default() -> Self {
        Self::of_boot(boot())
    }
}

/// The first digits of the kernel's name for this start of the machine. Where there is none, this process is a start of its
/// own: what it kept is then uncertain to the next.
fn boot() -> u32 {
    let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let digits = id.get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    digits.unwrap_or_else(|| fastrand::u32(..))
}

impl Clock {
    /// The clock of this start of the machine.
    #[must_use]
    pub fn of_boot(boot: u32) -> Self {
        Self {
            origin: Instant::now(),
            boot,
        }
    }

    /// Now, by the machine's clock that is never set and goes on while it sleeps.
    #[must_use]
    pub fn moment(&self) -> Moment {
        let up = clock_gettime(ClockId::Boottime);
        Moment {
            boot: self.boot,
            millis: up.tv_sec * 1_000 + up.tv_nsec / 1_000_000,
        }
    }

    /// How long ago an event happened. One kept since before the machine started is known by the wall clock alone.
    #[must_use]
    pub fn age(&self, event: &DeviceEvent) -> Age {
        let now = self.moment();
        let (millis, sure) = match event.moment {
            Some(moment) if moment.boot == now.boot => (now.millis.saturating_sub(moment.millis), true),
            _ => (self.unix().saturating_sub(event.at), false),
        };
        Age {
            millis: u64::try_from(millis).unwrap_or(0),
            sure,
        }
    }

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

#[cfg(test)]
mod tests {
    use uplink::{DeviceId, EventBody, EventKey};

    use super::*;

    fn event(clock: &Clock, ago: i64, wall_ago: i64) -> DeviceEvent {
        let moment = clock.moment();
        let key = EventKey {
            device: DeviceId("aa".into()),
            boot: 1,
            event: 1,
        };
        DeviceEvent {
            key,
            at: clock.unix() - wall_ago,
            age: None,
            moment: Some(Moment {
                millis: moment.millis - ago,
                ..moment
            }),
            body: EventBody::Lost { count: 1 },
        }
    }

    #[test]
    fn r2_an_age_is_told_by_the_clock_that_is_never_set() {
        let clock = Clock::of_boot(7);
        // The wall clock was 7 minutes ahead then.
        let age = clock.age(&event(&clock, 60_000, -420_000));
        assert!(age.sure && age.millis >= 60_000 && age.millis < 420_000, "{age:?}");
        // Another process in the same start of the machine.
        assert!(Clock::of_boot(7).age(&event(&clock, 5_000, 0)).millis >= 5_000);
        // What seems to lie ahead happened now.
        assert_eq!(clock.age(&event(&clock, -99_000, 0)), Age { millis: 0, sure: true });
    }

    #[test]
    fn r2_over_a_start_of_the_machine_the_wall_clock_counts_and_that_is_told() {
        let (before, since) = (Clock::of_boot(7), Clock::of_boot(8));
        let age = since.age(&event(&before, 5_000, 60_000));
        assert!(!age.sure && age.millis >= 60_000, "{age:?}");
        assert_eq!(
            since.age(&event(&before, 5_000, -60_000)),
            Age { millis: 0, sure: false }
        );
        let old = DeviceEvent {
            moment: None,
            ..event(&before, 0, 60_000)
        };
        assert!(!before.age(&old).sure, "an outbox from before moments were kept");
    }
}
