//! The clocks, where they are read: rules get the time as an argument. The wall clock may be set at any time: it is for
//! showing. What must be right hangs on the machine's clock that is never set.

use std::sync::OnceLock;
use std::time::Instant;

use jiff::Timestamp;
use rustix::time::{ClockId, clock_gettime};
use uplink::{Moment, UnixMillis};

/// Now, in milliseconds since 1970-01-01 UTC.
pub fn now() -> UnixMillis {
    Timestamp::now().as_millisecond()
}

/// Now, by the machine's clock that is never set and goes on while it sleeps.
pub fn moment() -> Moment {
    let up = clock_gettime(ClockId::Boottime);
    Moment {
        boot: boot(),
        millis: up.tv_sec * 1_000 + up.tv_nsec / 1_000_000,
    }
}

/// The first digits of the kernel's name for this start of the machine. Where there is none, this process is a start of its
/// own.
fn boot() -> u32 {
    static BOOT: OnceLock<u32> = OnceLock::new();
    *BOOT.get_or_init(|| {
        let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        let digits = id.get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        digits.unwrap_or_else(|| {
            let mut bytes = [0; 4];
            // Without either, moments of two processes look alike: no worse than a clock that is never set wrong.
            let _ = getrandom::fill(&mut bytes);
            u32::from_le_bytes(bytes)
        })
    })
}

/// Milliseconds since this program first asked, by a clock that nobody sets: for waits, never for showing.
pub fn unstepped() -> i64 {
    static FIRST: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    i64::try_from(FIRST.elapsed().as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unstepped_clock_never_goes_back() {
        let first = unstepped();
        assert!(first >= 0 && unstepped() >= first);
    }
}
