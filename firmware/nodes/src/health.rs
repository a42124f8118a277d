//! Staying alive: who must check in before the watchdog is fed, and what to do when resets come in a storm.

use core::cell::Cell;

use link::Instant;
use link::message::ResetReason;

use crate::time::millis;

/// Tasks of a node. The watchdog is fed only when each has checked in since it was last fed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Bytes to and from the master.
    Link,
    /// Inputs and outputs of the device.
    Board,
    /// Bytes to and from the row below a bridge.
    Row,
}

/// Hears that a task is alive.
pub trait Guard {
    /// This task came round.
    fn alive(&self, task: Task);
}

/// Nobody watches: a host process.
impl Guard for () {
    fn alive(&self, _: Task) {}
}

/// Collects check-ins of all tasks.
#[derive(Debug)]
pub struct CheckIns {
    /// A bit for each task.
    seen: Cell<u8>,
    expected: u8,
}

impl CheckIns {
    /// Of a node's two tasks, with nobody checked in.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            seen: Cell::new(0),
            expected: 1 << Task::Link as u8 | 1 << Task::Board as u8,
        }
    }

    /// Of a bridge's three.
    #[must_use]
    pub const fn of_bridge() -> Self {
        Self {
            expected: Self::new().expected | 1 << Task::Row as u8,
            ..Self::new()
        }
    }

    /// True once when all tasks have checked in: feed the watchdog then.
    pub fn take(&self) -> bool {
        let all = self.seen.get() == self.expected;
        if all {
            self.seen.set(0);
        }
        all
    }
}

impl Default for CheckIns {
    fn default() -> Self {
        Self::new()
    }
}

impl Guard for CheckIns {
    fn alive(&self, task: Task) {
        self.seen.set(self.seen.get() | 1 << task as u8);
    }
}

/// Boots remembered: each of the last three ended in a reset.
const BOOTS: usize = 3;
/// There was no such boot.
const NONE: u8 = u8::MAX;
/// Seconds within which three resets are a storm.
const STORM_SECONDS: u32 = 60;
const MARK: u8 = 0xca;

/// Finds a storm of resets: three within a minute. The node then goes into safe mode, where it only introduces itself and
/// takes settings and a restart, so that it can still be repaired over the wire.
///
/// Lives as one word in memory that survives a reset (a watchdog scratch register): a mark, and how many seconds this boot
/// and the two before it lasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResetLog {
    lasted: [u8; BOOTS],
}

impl ResetLog {
    /// At boot: what the word says. A start that somebody asked for, by supply, pin or wire, begins anew: nothing is held
    /// against the node then, and a node in safe mode leaves it so.
    #[must_use]
    pub const fn at_boot(word: u32, reason: ResetReason) -> Self {
        let [last, before, first, mark] = word.to_le_bytes();
        let asked_for = matches!(reason, ResetReason::PowerOn | ResetReason::Pin | ResetReason::Commanded);
        if mark == MARK && !asked_for {
            Self {
                lasted: [last, before, first],
            }
        } else {
            Self { lasted: [NONE; BOOTS] }
        }
    }

    /// Whether this boot is one of a storm.
    #[must_use]
    pub fn storm(&self) -> bool {
        let [last, before, first] = self.lasted;
        // The oldest boot's own length doesn't lie between the resets; that there was one makes them three.
        first != NONE && u32::from(last) + u32::from(before) < STORM_SECONDS
    }

    /// The word to keep while this boot lasts; write it every second.
    #[must_use]
    pub fn word(&self, uptime_seconds: u32) -> u32 {
        let [last, before, _] = self.lasted;
        u32::from_le_bytes([uptime_seconds.min(u32::from(NONE - 1)) as u8, last, before, MARK])
    }
}

/// A port that had a session and has none for so long is taken as wedged (µs).
const WEDGED: u64 = millis(60_000);
/// The same where events wait to be told: a restart loses them, and a gateway's machine may take some minutes to start.
const WEDGED_WITH_EVENTS: u64 = millis(600_000);

/// Watches over a USB port. The RP2040's controller may stop answering on a busy hub (erratum RP2040-E15) while everything else goes
/// on; only a reset brings it back. One without a session ever, or whose master has moved to another line, is left alone.
#[derive(Default)]
pub struct UsbWatch {
    /// When a session was last seen on it.
    seen: Option<Instant>,
}

impl UsbWatch {
    /// Nothing seen yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { seen: None }
    }

    /// Takes a look: whether a session stands, and if so whether on USB; how many events wait to be told. True when the chip should
    /// start again.
    pub fn wedged(&mut self, now: Instant, session: Option<OnUsb>, unsent: usize) -> bool {
        match session {
            Some(OnUsb(true)) => self.seen = Some(now),
            Some(OnUsb(false)) => self.seen = None,
            None => {}
        }
        let patience = if unsent == 0 { WEDGED } else { WEDGED_WITH_EVENTS };
        self.seen.is_some_and(|seen| now.since(seen) >= patience)
    }
}

/// Whether a session stands on USB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnUsb(pub bool);

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks every half second until it says wedged; seconds from the session's end.
    fn seconds_until_wedged(watch: &mut UsbWatch, unsent: usize) -> Option<u64> {
        let begin = Instant(millis(5_000));
        (0..4_000)
            .find(|n| watch.wedged(begin.after(millis(n * 500)), None, unsent))
            .map(|n| n / 2)
    }

    #[test]
    fn h15_a_usb_port_that_lost_its_session_for_a_minute_is_wedged() {
        let mut watch = UsbWatch::new();
        assert_eq!(seconds_until_wedged(&mut watch, 0), None, "it never had one");
        let at = Instant(millis(5_000));
        assert!(!watch.wedged(at, Some(OnUsb(true)), 0));
        assert_eq!(seconds_until_wedged(&mut watch, 0), Some(60));
        assert!(!watch.wedged(at, Some(OnUsb(true)), 3));
        assert_eq!(seconds_until_wedged(&mut watch, 3), Some(600), "events would be lost");
        assert!(!watch.wedged(at, Some(OnUsb(false)), 0));
        assert_eq!(
            seconds_until_wedged(&mut watch, 0),
            None,
            "its master moved to the other line"
        );
    }

    /// Boots of these lengths, one after the other from power on, each ended by the watchdog; whether the boot after them is in
    /// a storm.
    fn storm_after(lengths: &[u32]) -> bool {
        let mut word = 0;
        for seconds in lengths {
            word = ResetLog::at_boot(word, ResetReason::Watchdog).word(*seconds);
        }
        ResetLog::at_boot(word, ResetReason::Watchdog).storm()
    }

    #[test]
    fn three_resets_within_a_minute_are_a_storm() {
        assert!(!storm_after(&[]));
        assert!(!storm_after(&[5]));
        // The first boot's own length does not lie between resets.
        assert!(!storm_after(&[5, 5]));
        assert!(storm_after(&[5, 5, 5]));
        assert!(storm_after(&[9_000, 29, 30]));
        assert!(!storm_after(&[9_000, 30, 30]));
        assert!(!storm_after(&[5, 5, 5, 9_000]));
    }

    #[test]
    fn resets_that_were_asked_for_are_none_and_end_a_storm() {
        for asked_for in [ResetReason::PowerOn, ResetReason::Pin, ResetReason::Commanded] {
            let mut word = 0;
            for _ in 0..5 {
                let log = ResetLog::at_boot(word, asked_for);
                assert!(!log.storm(), "{asked_for:?}");
                word = log.word(5);
            }
            for _ in 0..3 {
                word = ResetLog::at_boot(word, ResetReason::Panic).word(5);
            }
            assert!(ResetLog::at_boot(word, ResetReason::Unknown).storm());
            assert!(!ResetLog::at_boot(word, asked_for).storm());
        }
    }

    #[test]
    fn the_watchdog_is_fed_when_all_have_come_round() {
        let all = CheckIns::new();
        assert!(!all.take());
        all.alive(Task::Link);
        all.alive(Task::Link);
        assert!(!all.take());
        all.alive(Task::Board);
        assert!(all.take());
        assert!(!all.take());
    }

    #[test]
    fn a_bridge_has_three_tasks() {
        let all = CheckIns::of_bridge();
        all.alive(Task::Link);
        all.alive(Task::Board);
        assert!(!all.take());
        all.alive(Task::Row);
        assert!(all.take());
    }
}
