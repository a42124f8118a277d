//! The watchdog: fed only while every task that must go on has checked in.

use embassy_rp::Peri;
use embassy_rp::peripherals::WATCHDOG;
use embassy_rp::watchdog::Watchdog;
use embassy_time::{Duration, Instant, Timer};
use link::message::ResetReason;
use nodes::health::{CheckIns, ResetLog};

/// How often is looked whether all have checked in; they do so every half second.
const ROUND: Duration = Duration::from_millis(250);
/// The chip's reset comes this long after the last good round: for so long a hung chip may keep its whole row from speaking. More than a
/// flash page's erasing (0.4 s) and a frame given up (1 s) together; at most 8.388 s (erratum RP2040-E1).
const PATIENCE: Duration = Duration::from_millis(2_500);
/// The scratch register that holds the log of resets. Register 0 is `crash`'s, 3 the scale's zero, 4 to 7 are the
/// boot ROM's.
const LOG: usize = 1;
/// The scratch register that says whether hardware is just being put at rest.
const RESTING: usize = 2;
/// What it says then.
const BEGUN: u32 = 0x5245_4d45;

/// The watchdog, running from here on.
pub struct Guardian {
    watchdog: Watchdog,
    resets: ResetLog,
}

impl Guardian {
    /// Starts it. `reset` is why the chip starts.
    pub fn start(part: Peri<'static, WATCHDOG>, reset: ResetReason) -> Self {
        let mut watchdog = Watchdog::new(part);
        let resets = ResetLog::at_boot(watchdog.get_scratch(LOG), reset);
        watchdog.set_scratch(LOG, resets.word(0));
        if !resets.storm() {
            watchdog.set_scratch(RESTING, 0);
        }
        watchdog.start(PATIENCE);
        Self { watchdog, resets }
    }

    /// Whether this boot is one of a storm of resets.
    pub fn storm(&self) -> bool {
        self.resets.storm()
    }

    /// Puts hardware at rest in a storm: what shone when the chip went down would else shine on. Where that is just what brings the chip
    /// down it is not tried again.
    pub async fn put_at_rest(&mut self, rest: impl Future<Output = ()>) {
        if self.watchdog.get_scratch(RESTING) != BEGUN {
            self.watchdog.set_scratch(RESTING, BEGUN);
            rest.await;
            self.watchdog.set_scratch(RESTING, 0);
        }
    }

    /// Feeds it for ever, or until a task no longer checks in.
    pub async fn watch(mut self, tasks: &CheckIns) -> ! {
        loop {
            Timer::after(ROUND).await;
            if tasks.take() {
                self.watchdog.feed(PATIENCE);
            }
            let uptime = Instant::now().as_secs();
            self.watchdog
                .set_scratch(LOG, self.resets.word(uptime.try_into().unwrap_or(u32::MAX)));
        }
    }
}
