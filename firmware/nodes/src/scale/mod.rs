//! The scale: a load cell's converter, a tare key, a lamp and a beeper.
//!
//! | what happens | what is said |
//! |---|---|
//! | the load comes to rest at another weight | [`EventBody::Weight`], stable |
//! | the load leaves the weight it rested at | [`EventBody::Weight`], not stable, once |
//! | the converter is silent for [`SILENCE`], or gives its end values | [`Fault::LoadCell`], once until it is well again |
//!
//! What lies on the scale when it starts counts as nothing, as does what lies on it at each tare.

pub mod board;
mod settle;

use link::Instant;
use link::message::{Colour, Command, EventBody, Fault, NodeKind, Settings, Verdict};
use link::session::Refusal;

pub use board::ScaleBoard;
pub use settle::{Change, Settling, WINDOW};

use crate::colour::{Rgb, rgb};
use crate::scanner::{Signal, Tone};
use crate::time::{earlier, millis, next_edge, shines};
use crate::{Device, Events};

/// Without a sample for so long, the converter counts as failed (µs). It gives ten a second.
pub const SILENCE: u64 = millis(1_000);
/// The converter's end values stand for "beyond my range".
const END: i32 = 0x7f_ffff;
/// Half a period of the lamp when the device is searched (µs).
const IDENTIFY: u64 = millis(125);

/// How a load cell's counts become weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sensitivity {
    /// Counts for a kilogram more.
    pub counts_per_kilogram: i32,
}

impl Sensitivity {
    /// A cell of 30 kg and 2 mV/V behind an HX711 at gain 128: full load is 2 mV/V ÷ (0.5 ÷ 128) of 2²³ counts.
    pub const CELL_30_KG: Self = Self {
        counts_per_kilogram: 143_166,
    };

    /// Grams for so many counts, rounded to the nearest.
    #[must_use]
    pub const fn grams(self, counts: i32) -> i32 {
        let (scaled, per) = (counts as i64 * 1_000, self.counts_per_kilogram as i64);
        let half = if scaled < 0 { -per / 2 } else { per / 2 };
        ((scaled + half) / per) as i32
    }
}

/// A scale's logic.
pub struct Scale {
    sensitivity: Sensitivity,
    settling: Settling,
    zero: Option<i32>,
    sampled: Instant,
    failed: bool,
    signal: Signal,
    connected: bool,
    online: bool,
    brightness: u8,
    volume: u8,
    identify: Option<Instant>,
}

impl Scale {
    /// A scale that has seen no sample yet.
    #[must_use]
    pub fn new(sensitivity: Sensitivity) -> Self {
        let settings = Settings::default();
        Self {
            sensitivity,
            settling: Settling::new(),
            zero: None,
            sampled: Instant(0),
            failed: false,
            signal: Signal::default(),
            connected: false,
            online: true,
            brightness: settings.brightness,
            volume: settings.volume,
            identify: None,
        }
    }

    /// Takes a conversion, in counts.
    pub fn sample(&mut self, now: Instant, counts: i32, events: &mut dyn Events) {
        self.sampled = now;
        if !(-END..END).contains(&counts) {
            self.fail(now, events);
            return;
        }
        self.failed = false;
        let grams = self.sensitivity.grams(counts.saturating_sub(self.zero.unwrap_or(0)));
        let Some(change) = self.settling.sample(counts, grams) else {
            return;
        };
        match change {
            // The first rest is where counting begins.
            Change::Settled { counts, .. } if self.zero.is_none() => self.count_from(counts),
            Change::Settled { grams, .. } => {
                events.push(now, EventBody::Weight { grams, stable: true });
            }
            Change::Left { grams } if self.zero.is_some() => {
                events.push(now, EventBody::Weight { grams, stable: false });
            }
            Change::Left { .. } => {}
        }
    }

    fn count_from(&mut self, counts: i32) {
        self.zero = Some(counts);
        self.settling.rest_at(0);
    }

    fn fail(&mut self, now: Instant, events: &mut dyn Events) {
        self.settling = Settling::new();
        if !core::mem::replace(&mut self.failed, true) {
            events.push(
                now,
                EventBody::Fault {
                    fault: Fault::LoadCell,
                    position: None,
                },
            );
        }
    }

    /// The tare key.
    pub fn tare_key(&mut self, now: Instant, events: &mut dyn Events) {
        let verdict = match self.tare(now, events) {
            Ok(()) => Verdict::Right,
            Err(_) => Verdict::Wrong,
        };
        self.signal.play(verdict, now);
    }

    /// Takes the present load as nothing and says so.
    fn tare(&mut self, now: Instant, events: &mut dyn Events) -> Result<(), Refusal> {
        if self.failed {
            return Err(Refusal::Faulty);
        }
        let counts = self.settling.resting_counts().ok_or(Refusal::Busy)?;
        self.count_from(counts);
        events.push(now, EventBody::Weight { grams: 0, stable: true });
        Ok(())
    }

    /// The weight it rests at, in grams above tare; none while the load moves.
    #[must_use]
    pub fn resting(&self) -> Option<i32> {
        self.zero.and(self.settling.resting())
    }

    /// The lamp now: dim red while the load cell fails, dim amber without a master.
    #[must_use]
    pub fn lamp(&self, now: Instant) -> Rgb {
        if self.identify.is_some() {
            let colour = if shines(now, IDENTIFY) { Colour::D } else { Colour::Off };
            return rgb(colour).dimmed(self.brightness);
        }
        match self.signal.lamp(now) {
            Colour::Off if self.failed => rgb(Colour::Wrong).dimmed(self.brightness / 4),
            Colour::Off if !(self.connected && self.online) => rgb(Colour::Wait).dimmed(self.brightness / 4),
            colour => rgb(colour).dimmed(self.brightness),
        }
    }

    /// The tone now.
    #[must_use]
    pub fn tone(&self, now: Instant) -> Tone {
        self.signal.tone(now, self.volume)
    }
}

impl Device for Scale {
    const KIND: NodeKind = NodeKind::Scale;

    fn command(&mut self, now: Instant, command: &Command, events: &mut dyn Events) -> Result<(), Refusal> {
        match command {
            Command::Tare => self.tare(now, events)?,
            Command::Verdict { verdict, .. } => self.signal.play(*verdict, now),
            Command::Online(online) => self.online = *online,
            Command::Identify { seconds } => {
                self.identify = (*seconds > 0).then(|| now.after(millis(u64::from(*seconds) * 1_000)));
            }
            _ => return Err(Refusal::Unsupported),
        }
        Ok(())
    }

    fn apply(&mut self, settings: &Settings) {
        self.brightness = settings.brightness;
        self.volume = settings.volume;
    }

    fn connected(&mut self, _: Instant, connected: bool) {
        self.connected = connected;
    }

    /// A tone would go on for as long.
    fn busy(&self, now: Instant) -> bool {
        self.tone(now) != Tone::SILENCE
    }

    fn poll(&mut self, now: Instant, events: &mut dyn Events) {
        if now.since(self.sampled) >= SILENCE {
            self.fail(now, events);
        }
        if self.identify.is_some_and(|until| now >= until) {
            self.identify = None;
        }
    }

    fn wake_at(&self, now: Instant) -> Option<Instant> {
        let silence = (!self.failed).then(|| self.sampled.after(SILENCE));
        let identify = self.identify.map(|until| until.min(next_edge(now, IDENTIFY)));
        earlier(earlier(silence, identify), self.signal.due(now))
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use link::message::EventId;

    use super::*;

    #[derive(Default)]
    struct Said(Vec<EventBody>);

    impl Events for Said {
        fn push(&mut self, _: Instant, body: EventBody) -> EventId {
            self.0.push(body);
            EventId(self.0.len() as u32)
        }
    }

    struct Bench {
        scale: Scale,
        said: Said,
        now: u64,
    }

    impl Bench {
        /// With a platform of half a kilogram that has come to rest.
        fn new() -> Self {
            let mut bench = Self {
                scale: Scale::new(Sensitivity::CELL_30_KG),
                said: Said::default(),
                now: 0,
            };
            bench.load(0, WINDOW);
            bench
        }

        fn load(&mut self, grams: i64, samples: usize) {
            for n in 0..samples {
                self.now += millis(100);
                let noise = [40, -40, 10, -25, 0][n % 5];
                let counts = 84_000 + grams * 143_166 / 1_000 + noise;
                self.scale.sample(Instant(self.now), counts as i32, &mut self.said);
            }
        }
    }

    fn weight(grams: i32, stable: bool) -> EventBody {
        EventBody::Weight { grams, stable }
    }

    #[test]
    fn what_lies_there_at_the_start_counts_as_nothing() {
        let bench = Bench::new();
        assert_eq!(bench.said.0, []);
        assert_eq!(bench.scale.resting(), Some(0));
    }

    #[test]
    fn a_load_is_told_once_when_it_leaves_and_once_when_it_rests() {
        let mut bench = Bench::new();
        bench.load(2_520, 3 * WINDOW);
        assert!(matches!(
            bench.said.0[..],
            [
                EventBody::Weight { stable: false, .. },
                EventBody::Weight {
                    grams: 2_519..=2_521,
                    stable: true
                }
            ]
        ));
        bench.load(0, 3 * WINDOW);
        assert_eq!(bench.said.0.len(), 4);
        assert_eq!(bench.said.0[3], weight(0, true));
    }

    #[test]
    fn tare_waits_for_rest() {
        let mut bench = Bench::new();
        bench.load(1_000, 2);
        let now = Instant(bench.now);
        assert_eq!(
            bench.scale.command(now, &Command::Tare, &mut bench.said),
            Err(Refusal::Busy)
        );
        bench.load(1_000, 2 * WINDOW);
        assert_eq!(bench.scale.command(now, &Command::Tare, &mut bench.said), Ok(()));
        assert_eq!(bench.said.0.last(), Some(&weight(0, true)));
        bench.load(1_500, 3 * WINDOW);
        assert!(matches!(
            bench.said.0.last(),
            Some(EventBody::Weight {
                grams: 499..=501,
                stable: true
            })
        ));
    }

    #[test]
    fn a_silent_or_saturated_cell_is_told_once() {
        let mut bench = Bench::new();
        let late = Instant(bench.now + SILENCE);
        bench.scale.poll(late, &mut bench.said);
        bench.scale.poll(late.after(SILENCE), &mut bench.said);
        bench.scale.sample(late, END, &mut bench.said);
        assert_eq!(
            bench.said.0,
            [EventBody::Fault {
                fault: Fault::LoadCell,
                position: None
            }]
        );
        assert_eq!(
            bench.scale.command(late, &Command::Tare, &mut bench.said),
            Err(Refusal::Faulty)
        );
        // Well again: it rests where it rested, and the zero is kept.
        bench.now += 2 * SILENCE;
        bench.load(700, 2 * WINDOW);
        assert!(matches!(
            bench.said.0.last(),
            Some(EventBody::Weight {
                grams: 699..=701,
                stable: true
            })
        ));
    }

    #[test]
    fn grams_round_to_the_nearest_on_both_sides_of_zero() {
        let cell = Sensitivity {
            counts_per_kilogram: 1_000_000,
        };
        assert_eq!(
            [-1_500, -1_499, -499, 499, 500].map(|counts| cell.grams(counts)),
            [-2, -1, 0, 0, 1]
        );
    }
}
