//! The shelf (电子标签货架): a light, three digits and three keys at each position.
//!
//! | what happens | what the position does |
//! |---|---|
//! | plus, minus at an adjustable light | changes the count within 0 to 999, shows it at once, says it |
//! | confirm | says count and tag; the light hurries until the answer, amber and slow once it counts as stored |
//! | right, wrong | green for a moment; red, fast, for a moment; then the light as the master wants it |
//! | a light that keeps its tag | keeps the count adjusted so far |
//! | a key at a dark position | is said with tag 0: a hand in the wrong place is worth knowing |
//!
//! A locked position (see [`answer`]) takes no keys.

pub mod answer;
pub mod board;
pub mod digits;
pub mod keys;
mod selftest;

use link::Instant;
use link::message::{
    Colour, Command, EventBody, Fault, Key, MAX_POSITIONS, Mode, NodeKind, PositionLight, Settings, Verdict,
};
use link::session::Refusal;

pub use board::ShelfBoard;

use crate::colour::{Rgb, rgb};
use crate::time::{earlier, millis, next_edge, shines};
use crate::{Device, Events};
use answer::{Answer, Cover};
use digits::Digits;
use keys::{KeyChange, KeySample, Keys};
use selftest::SelfTest;

pub use link::message::MAX_COUNT;
/// Half a period of [`Mode::Blink`], 1 Hz, in microseconds.
pub const BLINK: u64 = millis(500);
/// Half a period of [`Mode::Fast`], 4 Hz, in microseconds.
pub const FAST: u64 = millis(125);

/// What one of a light's three colours draws at 255 (µA): of common WS2812B, the thirstiest.
pub const COLOUR_MICROAMPERES: u32 = 20_000;
/// What all lights of a shelf may draw together unless its board says otherwise (mA): white everywhere stays below it at the brightness
/// a shelf has out of the box.
pub const MOST_MILLIAMPERES: u16 = 600;

#[derive(Clone, Copy, Default)]
struct Position {
    light: PositionLight,
    shown: Option<u16>,
    answer: Answer,
}

impl Position {
    fn lit(&self) -> bool {
        self.light.colour != Colour::Off || self.light.count.is_some()
    }

    fn show(&mut self, light: PositionLight) {
        let same = light.tag == self.light.tag && light.tag != 0;
        self.shown = match (light.count, self.shown) {
            (Some(_), Some(shown)) if same => Some(shown),
            (count, _) => count.map(|count| count.min(MAX_COUNT)),
        };
        self.light = light;
        if !same {
            self.answer.replaced(self.lit());
        }
    }

    /// The count after this key.
    fn step(&mut self, key: Key) -> Option<u16> {
        if self.light.adjustable {
            self.shown = self.shown.map(|count| match key {
                Key::Plus => count.saturating_add(1).min(MAX_COUNT),
                Key::Minus => count.saturating_sub(1),
                Key::Confirm => count,
            });
        }
        self.shown
    }

    fn shown(&self) -> (Colour, Mode) {
        match self.answer.cover() {
            None => (self.light.colour, self.light.mode),
            Some(Cover::Hurry) => (self.light.colour, Mode::Fast),
            Some(Cover::With(colour, mode)) => (colour, mode),
        }
    }
}

/// What these lights draw (µA).
#[must_use]
pub fn microamperes(frame: &[Rgb]) -> u32 {
    let parts = frame.iter().flat_map(|light| [light.r, light.g, light.b]);
    parts.map(u32::from).sum::<u32>() * COLOUR_MICROAMPERES / 255
}

/// The frame, all of it dimmed by as much as keeps it within this current.
fn bounded(mut frame: [Rgb; MAX_POSITIONS], most_milliamperes: u16) -> [Rgb; MAX_POSITIONS] {
    let (most, drawn) = (u32::from(most_milliamperes) * 1_000, microamperes(&frame));
    if drawn > most {
        let part = |value: u8| (u64::from(value) * u64::from(most) / u64::from(drawn)) as u8;
        for light in &mut frame {
            *light = Rgb::new(part(light.r), part(light.g), part(light.b));
        }
    }
    frame
}

/// Half a period, for what blinks.
const fn half_period(mode: Mode) -> Option<u64> {
    match mode {
        Mode::On => None,
        Mode::Blink => Some(BLINK),
        Mode::Fast => Some(FAST),
    }
}

/// A shelf's logic.
pub struct Shelf {
    positions: [Position; MAX_POSITIONS],
    units: u8,
    keys: Keys,
    brightness: u8,
    most_milliamperes: u16,
    connected: bool,
    online: bool,
    identify: Option<Instant>,
    test: Option<SelfTest>,
}

impl Shelf {
    /// A dark shelf of so many positions, at most [`MAX_POSITIONS`].
    #[must_use]
    pub fn new(units: u8) -> Self {
        Self {
            positions: [Position::default(); MAX_POSITIONS],
            units: units.min(MAX_POSITIONS as u8),
            keys: Keys::new(),
            brightness: Settings::default().brightness,
            most_milliamperes: MOST_MILLIAMPERES,
            connected: false,
            online: true,
            identify: None,
            test: None,
        }
    }

    /// The same, on a supply that bears so much for the lights (mA).
    #[must_use]
    pub const fn with_most_milliamperes(mut self, most: u16) -> Self {
        self.most_milliamperes = most;
        self
    }

    /// When the keys should next be sampled.
    #[must_use]
    pub fn keys_due(&self) -> Option<Instant> {
        self.keys.due()
    }

    /// Takes a sample of all keys; see [`keys::SAMPLE`].
    pub fn sample(&mut self, now: Instant, sample: KeySample, events: &mut dyn Events) {
        let mut keys = core::mem::take(&mut self.keys);
        keys.sample(now, sample, |change| self.changed(now, change, events));
        self.keys = keys;
    }

    fn changed(&mut self, now: Instant, change: KeyChange, events: &mut dyn Events) {
        match change {
            KeyChange::Pressed(position, key) => self.press(now, position, key, events),
            KeyChange::Stuck(position, _) if position < self.units => {
                events.push(
                    now,
                    EventBody::Fault {
                        fault: Fault::KeyStuck,
                        position: Some(position),
                    },
                );
            }
            KeyChange::Stuck(..) => {}
        }
    }

    fn press(&mut self, now: Instant, index: u8, key: Key, events: &mut dyn Events) {
        let reachable = self.reachable();
        if index >= self.units {
            return;
        }
        if let Some(test) = &mut self.test {
            if test.pressed(index, key) {
                self.test = None;
            }
            return;
        }
        let Some(position) = self.positions.get_mut(usize::from(index)) else {
            return;
        };
        if position.answer.locks() {
            return;
        }
        let count = position.step(key);
        let tag = if position.lit() { position.light.tag } else { 0 };
        let event = events.push(
            now,
            EventBody::Key {
                position: index,
                key,
                count,
                tag,
            },
        );
        if key == Key::Confirm {
            position.answer.confirmed(event, now, reachable);
        }
    }

    const fn reachable(&self) -> bool {
        self.connected && self.online
    }

    /// How a position shines, whatever the blinking is at just now.
    #[must_use]
    pub fn shown(&self, index: u8) -> (Colour, Mode) {
        let Some(position) = self.own().nth(usize::from(index)) else {
            return (Colour::Off, Mode::On);
        };
        match &self.test {
            Some(test) => (test.colour(index), Mode::On),
            None if self.identify.is_some() => (Colour::D, Mode::Fast),
            None => position.shown(),
        }
    }

    /// What the lights show now, one for each position; those beyond the shelf's own stay dark. Where all of them would draw more than
    /// their supply bears, each is dimmed by as much.
    #[must_use]
    pub fn frame(&self, now: Instant) -> [Rgb; MAX_POSITIONS] {
        let mut frame = [Rgb::OFF; MAX_POSITIONS];
        for (index, light) in frame.iter_mut().enumerate() {
            let (colour, mode) = self.shown(index as u8);
            if half_period(mode).is_none_or(|half| shines(now, half)) {
                *light = rgb(colour).dimmed(self.brightness);
            }
        }
        bounded(frame, self.most_milliamperes)
    }

    /// What the digits show.
    #[must_use]
    pub fn digits(&self) -> [Digits; MAX_POSITIONS] {
        let mut all = [digits::DARK; MAX_POSITIONS];
        for (index, (digits, position)) in all.iter_mut().zip(self.own()).enumerate() {
            let shown = match &self.test {
                Some(test) => test.digits(index as u8),
                None => position.shown,
            };
            *digits = shown.map_or(digits::DARK, digits::number);
        }
        all
    }

    /// Whether anybody works by its lights now.
    fn lit(&self) -> bool {
        self.own().any(Position::lit)
    }

    fn own(&self) -> impl Iterator<Item = &Position> {
        self.positions.iter().take(usize::from(self.units))
    }

    fn own_mut(&mut self) -> impl Iterator<Item = &mut Position> {
        self.positions.iter_mut().take(usize::from(self.units))
    }

    fn lights(&mut self, first: u8, lights: &[PositionLight]) -> Result<(), Refusal> {
        let first = usize::from(first);
        let end = first + lights.len();
        if end > usize::from(self.units) {
            return Err(Refusal::OutOfRange);
        }
        for (position, light) in self.own_mut().skip(first).zip(lights) {
            position.show(*light);
        }
        // Work comes first.
        if self.lit() {
            self.test = None;
        }
        Ok(())
    }
}

impl Device for Shelf {
    const KIND: NodeKind = NodeKind::Shelf;

    fn units(&self) -> u8 {
        self.units
    }

    fn command(&mut self, now: Instant, command: &Command, _: &mut dyn Events) -> Result<(), Refusal> {
        match command {
            Command::Lights { first, lights } => self.lights(*first, lights)?,
            Command::Verdict { event, verdict } => {
                // A verdict on a press that is answered already, or on plus and minus, changes nothing here.
                let _ = self
                    .own_mut()
                    .any(|position| position.answer.judged(*event, *verdict, now));
            }
            Command::Online(online) => self.online = *online,
            Command::SelfTest if self.lit() => return Err(Refusal::Busy),
            Command::SelfTest => self.test = Some(SelfTest::new(self.units, now)),
            Command::Identify { seconds } => {
                if *seconds == 0 {
                    self.test = None;
                }
                self.identify = (*seconds > 0).then(|| now.after(millis(u64::from(*seconds) * 1_000)));
            }
            _ => return Err(Refusal::Unsupported),
        }
        Ok(())
    }

    fn apply(&mut self, settings: &Settings) {
        self.brightness = settings.brightness;
    }

    fn connected(&mut self, _: Instant, connected: bool) {
        if connected && !self.connected {
            // A new session desires everything anew; what was asked before is answered by that.
            for position in self.own_mut().filter(|position| position.answer.locks()) {
                position.answer = Answer::None;
            }
        }
        self.connected = connected;
    }

    fn busy(&self, _: Instant) -> bool {
        self.keys.pressed()
    }

    fn poll(&mut self, now: Instant, events: &mut dyn Events) {
        let reachable = self.reachable();
        for position in self.own_mut() {
            position.answer.poll(now, reachable);
        }
        if self.identify.is_some_and(|until| now >= until) {
            self.identify = None;
        }
        if let Some(test) = &mut self.test
            && test.poll(now, |position, pressed| {
                events.push(now, EventBody::Tested { position, pressed });
            })
        {
            self.test = None;
        }
    }

    fn wake_at(&self, now: Instant) -> Option<Instant> {
        let mut wake = earlier(self.identify, self.test.as_ref().map(|test| test.due()));
        for position in self.own() {
            wake = earlier(wake, position.answer.due());
        }
        let moving = (0..self.units)
            .filter_map(|index| half_period(self.shown(index).1))
            .min();
        earlier(wake, moving.map(|half| next_edge(now, half)))
    }
}

impl Shelf {
    /// Whether a self test goes on, for a front panel.
    #[must_use]
    pub const fn testing(&self) -> bool {
        self.test.is_some()
    }

    /// The verdict that shines at a position, for a front panel.
    #[must_use]
    pub fn verdict(&self, position: u8) -> Option<Verdict> {
        match self.positions.get(usize::from(position))?.answer {
            Answer::Verdict { verdict, .. } => Some(verdict),
            Answer::Stored { .. } => Some(Verdict::Stored),
            Answer::None | Answer::Waiting { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
