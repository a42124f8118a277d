//! The scale: a load cell's converter, a tare key, a lamp and a beeper.
//!
//! | what happens | what is said |
//! |---|---|
//! | the load comes to rest at another weight | [`EventBody::Weight`], stable |
//! | the load leaves the weight it rested at | [`EventBody::Weight`], not stable, once |
//! | the converter is silent for [`SILENCE`], or gives its end values | [`Fault::LoadCell`], once until it is well again |
//!
//! The zero is what lies on it at each tare, and what lies on it when it starts: that of before where only the chip was reset, and the
//! calibration's where there is more than [`START_LOAD`]. While it rests near zero, the zero slowly follows: cells drift with heat.
//!
//! A cell gives some per cent more or less than is printed on it ([`Sensitivity::CELL_30_KG`]): the span is calibrated with a known
//! weight, the empty platform first.

pub mod board;
mod settle;

use link::Instant;
use link::message::{Colour, Command, EventBody, Fault, NodeKind, Settings, Verdict};
use link::session::Refusal;

pub use board::ScaleBoard;
pub use settle::{Change, Settling, WINDOW};

use crate::colour::{Rgb, rgb};
use crate::scanner::{Signal, Tone};
use crate::settings::Calibration;
use crate::time::{earlier, millis, next_edge, shines};
use crate::{Device, Events};

/// Without a sample for so long, the converter counts as failed (µs). It gives ten a second.
pub const SILENCE: u64 = millis(1_000);
/// The converter's end values stand for "beyond my range".
const END: i32 = 0x7f_ffff;
/// A platform that gives so much more or less than when it was calibrated has a load on it as the scale starts: 2 % of 30 kg (g).
pub const START_LOAD: i32 = 600;
/// The least weight that calibrates (g): a smaller one would tell less than the converter's noise.
pub const LEAST_SPAN: u32 = 2_000;
/// The greatest (g): what the cell bears.
pub const MOST_SPAN: u32 = 30_000;
/// So near to zero (g) the zero follows the load …
const NEAR_ZERO: i32 = 2;
/// … by this part of a kilogram's counts with each sample, one count at least: 0.05 g a second. A label laid on it is not taken for drift.
const FOLLOWS: i32 = 200_000;
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

    /// Of so many counts for so many grams. None where no cell that weighs to the gram gives so few.
    #[must_use]
    pub fn of(counts: i32, grams: u32) -> Option<Self> {
        let counts = i64::from(counts) * 1_000 / i64::from(grams.max(1));
        let counts_per_kilogram = i32::try_from(counts).ok()?;
        (counts_per_kilogram >= LEAST_COUNTS).then_some(Self { counts_per_kilogram })
    }

    /// Grams for so many counts, rounded to the nearest.
    #[must_use]
    pub const fn grams(self, counts: i32) -> i32 {
        let (scaled, per) = (counts as i64 * 1_000, self.counts_per_kilogram as i64);
        let half = if scaled < 0 { -per / 2 } else { per / 2 };
        ((scaled + half) / per) as i32
    }
}

/// Counts for a kilogram below which noise is grams. A cell wired the wrong way round gives less than none.
const LEAST_COUNTS: i32 = 20_000;

/// A scale's logic.
pub struct Scale {
    sensitivity: Sensitivity,
    settling: Settling,
    zero: Option<i32>,
    /// The empty platform as it was calibrated.
    platform: Option<i32>,
    /// Counts of the empty platform while it is being calibrated.
    span_from: Option<i32>,
    /// To be kept.
    learnt: Option<Calibration>,
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
            platform: None,
            span_from: None,
            learnt: None,
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

    /// Goes on from the zero of before a reset.
    pub const fn resume(&mut self, zero: i32) {
        self.zero = Some(zero);
    }

    /// The zero, in counts, once there is one: to be remembered across a reset.
    #[must_use]
    pub const fn zero(&self) -> Option<i32> {
        self.zero
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
            self.follow(counts);
            return;
        };
        match change {
            // The first rest is where counting begins.
            Change::Settled { counts, .. } if self.zero.is_none() => self.begin(now, counts, events),
            Change::Settled { grams, .. } => {
                events.push(now, EventBody::Weight { grams, stable: true });
            }
            Change::Left { grams } if self.zero.is_some() => {
                events.push(now, EventBody::Weight { grams, stable: false });
            }
            Change::Left { .. } => {}
        }
    }

    /// The first rest since the supply came on.
    fn begin(&mut self, now: Instant, counts: i32, events: &mut dyn Events) {
        let load = |platform: i32| self.sensitivity.grams(counts.saturating_sub(platform));
        match self.platform.map(|platform| (platform, load(platform))) {
            Some((platform, grams)) if grams.abs() > START_LOAD => {
                self.zero = Some(platform);
                self.settling.rest_at(grams);
                events.push(now, EventBody::Weight { grams, stable: true });
            }
            _ => self.count_from(counts),
        }
    }

    /// The zero goes with an empty platform that drifts.
    fn follow(&mut self, counts: i32) {
        let (Some(zero), Some(grams)) = (self.zero, self.settling.resting()) else {
            return;
        };
        if grams.abs() <= NEAR_ZERO {
            let step = (self.sensitivity.counts_per_kilogram / FOLLOWS).max(1);
            self.zero = Some(zero + (counts - zero).clamp(-step, step));
        }
    }

    /// One of the two steps of a calibration; see [`Command::Calibrate`].
    fn span(&mut self, now: Instant, grams: u32, events: &mut dyn Events) -> Result<(), Refusal> {
        if self.failed {
            return Err(Refusal::Faulty);
        }
        if grams == 0 {
            self.tare(now, events)?;
            self.span_from = self.zero;
            return Ok(());
        }
        let zero = self.span_from.ok_or(Refusal::OutOfOrder)?;
        if !(LEAST_SPAN..=MOST_SPAN).contains(&grams) {
            return Err(Refusal::OutOfRange);
        }
        let counts = self.settling.resting_counts().ok_or(Refusal::Busy)?;
        let sensitivity = Sensitivity::of(counts.saturating_sub(zero), grams).ok_or(Refusal::OutOfRange)?;
        self.learnt = Some(Calibration {
            zero,
            counts_per_kilogram: sensitivity.counts_per_kilogram,
        });
        Ok(())
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
            Command::Calibrate { grams } => self.span(now, *grams, events)?,
            Command::Verdict { verdict, .. } => self.signal.play(*verdict, now),
            Command::Online(online) => self.online = *online,
            Command::Identify { seconds } => {
                self.identify = (*seconds > 0).then(|| now.after(millis(u64::from(*seconds) * 1_000)));
            }
            _ => return Err(Refusal::Unsupported),
        }
        Ok(())
    }

    fn to_keep(&mut self) -> Option<Calibration> {
        self.learnt.take()
    }

    fn calibrate(&mut self, calibration: &Calibration) {
        if calibration.counts_per_kilogram < LEAST_COUNTS {
            // A flash that holds such a thing holds nothing.
            return;
        }
        self.sensitivity = Sensitivity {
            counts_per_kilogram: calibration.counts_per_kilogram,
        };
        self.platform = Some(calibration.zero);
        self.span_from = None;
        // What lies there is weighed anew.
        self.settling = Settling::new();
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
            let mut bench = Self::starting();
            bench.load(0, WINDOW);
            bench
        }

        /// Before the first sample.
        fn starting() -> Self {
            Self {
                scale: Scale::new(Sensitivity::CELL_30_KG),
                said: Said::default(),
                now: 0,
            }
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

    /// A bench whose cell gives 10 % more than its sheet says.
    fn load_spread(bench: &mut Bench, grams: i64, samples: usize) {
        bench.load(grams * 11 / 10, samples);
    }

    fn calibrate(bench: &mut Bench, grams: u32) -> Result<Option<Calibration>, Refusal> {
        let now = Instant(bench.now);
        bench
            .scale
            .command(now, &Command::Calibrate { grams }, &mut bench.said)?;
        Ok(bench.scale.to_keep())
    }

    fn told(bench: &Bench) -> Option<i32> {
        match bench.said.0.last() {
            Some(EventBody::Weight { grams, stable: true }) => Some(*grams),
            _ => None,
        }
    }

    #[test]
    fn h12_a_cell_ten_per_cent_off_is_right_to_a_thousandth_once_it_is_calibrated() {
        let mut bench = Bench::new();
        load_spread(&mut bench, 20_000, 3 * WINDOW);
        assert_eq!(told(&bench), Some(22_000));
        assert_eq!(
            calibrate(&mut bench, 20_000),
            Err(Refusal::OutOfOrder),
            "the empty platform comes first"
        );
        load_spread(&mut bench, 0, 3 * WINDOW);
        assert_eq!(calibrate(&mut bench, 0), Ok(None));
        load_spread(&mut bench, 0, WINDOW);
        assert_eq!(
            calibrate(&mut bench, 20_000),
            Err(Refusal::OutOfRange),
            "nothing lies there"
        );
        load_spread(&mut bench, 20_000, 2);
        assert_eq!(
            calibrate(&mut bench, 20_000),
            Err(Refusal::Busy),
            "it has not come to rest"
        );
        load_spread(&mut bench, 20_000, 3 * WINDOW);
        assert_eq!(calibrate(&mut bench, 1_999), Err(Refusal::OutOfRange));
        assert_eq!(calibrate(&mut bench, 30_001), Err(Refusal::OutOfRange));
        let learnt = calibrate(&mut bench, 20_000).unwrap().unwrap();
        load_spread(&mut bench, 20_000, 3 * WINDOW);
        assert_eq!(told(&bench), Some(22_000), "it counts once it is kept");
        bench.scale.calibrate(&learnt);
        for grams in [20_000, 2_520, 0, 30_000] {
            load_spread(&mut bench, grams, 4 * WINDOW);
            let read = told(&bench).unwrap();
            assert!(
                (read - grams as i32).abs() <= (grams as i32 / 1_000).max(1),
                "{grams} g read as {read}"
            );
        }
    }

    #[test]
    fn h12_the_zero_follows_the_drift_and_a_light_thing_is_not_taken_for_one() {
        let mut bench = Bench::new();
        // 9 g in an hour, as heat does it.
        for minute in 0..60 {
            for second in 0..60 {
                bench.now += millis(100);
                let counts = 84_000 + 9_000 * (minute * 60 + second) / 3_600 * 143_166 / 1_000_000;
                for _ in 0..10 {
                    bench.now += millis(100);
                    bench.scale.sample(Instant(bench.now), counts, &mut bench.said);
                }
            }
        }
        assert_eq!(bench.said.0, [], "nothing was laid on it");
        let begin = 84_000 + 9_000 * 143_166 / 1_000_000;
        let zero = bench.scale.zero().unwrap();
        assert!((zero - begin).abs() <= 143, "{zero} counts, not {begin}");
        // 6 g, for a minute.
        for _ in 0..600 {
            bench.now += millis(100);
            bench.scale.sample(Instant(bench.now), begin + 6 * 143, &mut bench.said);
        }
        assert!(matches!(told(&bench), Some(5..=7)), "{:?}", bench.said.0);
        assert_eq!(bench.scale.resting(), told(&bench));
    }

    #[test]
    fn h12_a_load_at_the_start_is_weighed_and_after_a_reset_the_zero_is_that_of_before() {
        let calibration = Calibration {
            zero: 84_000,
            counts_per_kilogram: 143_166,
        };
        for (grams, read) in [
            (601, Some(601)),
            (10_000, Some(10_000)),
            (-700, Some(-700)),
            (600, None),
            (0, None),
        ] {
            let mut bench = Bench::starting();
            bench.scale.calibrate(&calibration);
            bench.load(grams, 2 * WINDOW);
            let told = told(&bench);
            let near = told.zip(read).is_none_or(|(told, read)| (told - read).abs() <= 1);
            assert!(
                told.is_some() == read.is_some() && near,
                "{grams} g at the start: {told:?}"
            );
            assert_eq!(
                bench.scale.resting().map(|rest| rest.signum()),
                Some(read.map_or(0, i32::signum))
            );
        }
        // A reset with a parcel on it: it weighs what it weighed.
        let mut bench = Bench::starting();
        bench.scale.resume(84_000);
        bench.load(2_520, 2 * WINDOW);
        assert!(matches!(told(&bench), Some(2_519..=2_521)));
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
