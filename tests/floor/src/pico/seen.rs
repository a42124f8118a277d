//! What the emulator tells of its boards.

use std::fmt;

use anyhow::{Context, Result};
use serde_json::Value;

/// What is seen of a chip's board from outside.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Colours along the chain of lights, `rrggbb`, as decoded from the line's edges.
    pub lights: Vec<String>,
    /// When they last changed.
    pub lights_at: FloorTime,
    /// What the digits show at each position.
    pub digits: Vec<Option<u16>>,
    /// Pitches heard of the buzzer (Hz), oldest first; 0 where it fell silent.
    pub tones: Vec<u16>,
    /// Whether the buzzer's pin stays high although nothing sounds.
    pub buzzer_high: bool,
    /// Labels that came out, oldest first.
    pub labels: Vec<Label>,
    /// How the chip started, oldest first: `power`, `watchdog`, `forced`, `system`.
    pub starts: Vec<String>,
    /// Whether it stopped at a fault.
    pub fault: bool,
    /// Of strobes in which the core hung: dots hot at once, and for how many µs.
    pub hung: Vec<(u32, f64)>,
    /// Milliseconds from there until the head had no supply.
    pub unpowered: Vec<f64>,
}

/// A moment on the floor's own clock, in milliseconds since it started. It goes with the wall's unless the machine can't
/// keep up; see [`Measured::slipped_millis`]. Moments of chips that share no pair are of one clock only where they run
/// [together](super::Running::together).
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct FloorTime(pub f64);

impl FloorTime {
    pub(super) fn read(line: &Value) -> Self {
        Self(line["at"].as_f64().unwrap_or_default())
    }

    /// Milliseconds from `earlier` to here.
    #[must_use]
    pub fn since(self, earlier: Self) -> f64 {
        self.0 - earlier.0
    }
}

/// How far a floor has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct FloorClock {
    /// The chips' time.
    pub at: FloorTime,
    /// Milliseconds by the wall's clock since the floor started.
    pub wall: f64,
    /// Milliseconds by which the chips' time has fallen behind the wall's.
    pub slipped: f64,
}

impl FloorClock {
    pub(super) fn read(line: &Value) -> Self {
        let number = |name: &str| line[name].as_f64().unwrap_or_default();
        Self {
            at: FloorTime::read(line),
            wall: number("wall_millis"),
            slipped: number("slipped_millis"),
        }
    }

    /// The one that is furthest behind.
    pub(super) fn slowest(clocks: impl Iterator<Item = Self>) -> Self {
        clocks
            .max_by(|a, b| a.slipped.total_cmp(&b.slipped))
            .unwrap_or_default()
    }
}

impl fmt::Display for FloorClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = |millis: f64| millis / 1_000.0;
        let (at, wall, slipped) = (seconds(self.at.0), seconds(self.wall), seconds(self.slipped));
        write!(
            f,
            "{at:.1} s of their time in {wall:.1} s of the wall's; they fell {slipped:.1} s behind"
        )
    }
}

/// A label as burnt on paper.
#[derive(Clone, Debug)]
pub struct Label {
    /// Dots across.
    pub width: usize,
    /// One byte for each dot, row by row: 0 burnt, 255 white.
    pub luma: Vec<u8>,
    /// Rows from the label's edge to the first that was burnt.
    pub from_edge: u32,
    /// Most dots that burnt at once.
    pub most_at_once: u32,
    /// Least and most energy of a dot, as shares of what the paper wants at the head's temperature.
    pub energy: (f64, f64),
    /// Least time from the head's supply to a strobe (µs).
    pub soft_start: f64,
    /// Strobes at the level that burns while the head had no supply, since the board was built.
    pub cold_strobes: u32,
    /// Steps that the rotor did not follow, since the board was built.
    pub slips: u32,
}

/// Frames on the RS-485 pairs and how well the machine kept up, by each process that runs chips.
#[derive(Clone, Debug)]
pub struct Measured(pub(super) Vec<Value>);

impl Seen {
    pub(super) fn brief(&self) -> String {
        format!(
            "lights {}, digits {:?}, {} labels, starts {:?}{}",
            self.lights.join(" "),
            self.digits,
            self.labels.len(),
            self.starts,
            if self.fault { ", stopped at a fault" } else { "" }
        )
    }

    pub(super) fn take(&mut self, line: &Value) -> Result<()> {
        if let Some(lights) = line.get("lights") {
            self.lights = serde_json::from_value(lights.clone())?;
            self.lights_at = FloorTime::read(line);
        }
        if let Some(digits) = line.get("digits") {
            self.digits = serde_json::from_value(digits.clone())?;
        }
        if let Some(hz) = line["tone"].as_u64() {
            self.tones.push(u16::try_from(hz)?);
            self.buzzer_high = hz == 0 && line["level"] == true;
        }
        if let Some(label) = line.get("label") {
            self.labels.push(Label::read(label)?);
        }
        if let Some(how) = line["started"].as_str() {
            self.starts.push(how.to_owned());
        }
        if let Some(hung) = line.get("hung") {
            let dots = u32::try_from(hung["dots"].as_u64().context("dots are a number")?)?;
            self.hung
                .push((dots, hung["micros"].as_f64().context("µs are a number")?));
        }
        self.unpowered.extend(line["unpowered"].as_f64());
        self.fault |= line["fault"].as_bool().unwrap_or(false);
        Ok(())
    }
}

impl Label {
    /// From rows of hex digits, a bit for each dot, set where burnt.
    fn read(label: &Value) -> Result<Self> {
        let rows: Vec<String> = serde_json::from_value(label["rows"].clone())?;
        let mut luma = Vec::new();
        for digit in rows.iter().flat_map(|row| row.chars()) {
            let four = digit.to_digit(16).context("a row is hex digits")?;
            luma.extend((0..4).rev().map(|bit| if four >> bit & 1 == 1 { 0 } else { 255 }));
        }
        let count = |what: &str| Ok::<_, anyhow::Error>(u32::try_from(label[what].as_u64().unwrap_or(u64::MAX))?);
        Ok(Self {
            width: rows.first().map_or(0, |row| row.len() * 4),
            luma,
            from_edge: count("from_edge")?,
            most_at_once: count("most_at_once")?,
            energy: serde_json::from_value(label["energy"].clone())?,
            soft_start: label["soft_start"].as_f64().context("a time is a number")?,
            cold_strobes: count("cold_strobes")?,
            slips: count("slips")?,
        })
    }

    /// Dots down.
    #[must_use]
    pub fn height(&self) -> usize {
        self.luma.len().checked_div(self.width).unwrap_or(0)
    }

    /// Dots burnt.
    #[must_use]
    pub fn burnt(&self) -> usize {
        self.luma.iter().filter(|dot| **dot == 0).count()
    }
}

impl Measured {
    /// Bytes on this pair that two senders spoilt for each other.
    #[must_use]
    pub fn collisions(&self, bus: &str) -> u64 {
        self.of(bus, "collisions")
    }

    /// Milliseconds by which the floor's clock has fallen behind the wall's since it started.
    #[must_use]
    pub fn slipped_millis(&self) -> u64 {
        self.clock().slipped as u64
    }

    /// The floor's clock then.
    #[must_use]
    pub fn clock(&self) -> FloorClock {
        FloorClock::slowest(self.0.iter().map(FloorClock::read))
    }

    /// Instructions that a chip has executed since the floor started.
    #[must_use]
    pub fn instructions(&self, chip: &str) -> u64 {
        let chips = self
            .0
            .iter()
            .filter_map(|process| process["chips"].as_array())
            .flatten();
        chips
            .filter(|entry| entry["name"] == chip)
            .filter_map(|entry| entry["instructions"].as_u64())
            .sum()
    }

    /// Bytes that a sender put on its pin while its driver was off, or cut short by turning it off.
    #[must_use]
    pub fn undriven(&self, bus: &str) -> u64 {
        self.of(bus, "undriven")
    }

    /// The longest time (µs) from a chip's last bit on this pair until its driver was off.
    #[must_use]
    pub fn overhang_micros(&self, bus: &str) -> f64 {
        self.longest("buses", bus, "overhang_micros")
    }

    /// The longest time (ms) that a driver was on.
    #[must_use]
    pub fn drive_millis(&self, bus: &str) -> f64 {
        self.longest("buses", bus, "drive_millis")
    }

    /// The longest that a shelf took to look at its keys (µs).
    #[must_use]
    pub fn scan_micros(&self, chip: &str) -> f64 {
        self.longest("chips", chip, "scan_micros")
    }

    /// The longest that a scale took to read its converter (µs).
    #[must_use]
    pub fn reading_micros(&self, chip: &str) -> f64 {
        self.longest("chips", chip, "reading_micros")
    }

    /// What a chip asks of its USB hub (mA).
    #[must_use]
    pub fn usb_milliamperes(&self, chip: &str) -> f64 {
        self.longest("chips", chip, "usb_milliamperes")
    }

    fn longest(&self, kind: &str, name: &str, what: &str) -> f64 {
        let entries = self.0.iter().filter_map(|process| process[kind].as_array()).flatten();
        let times = entries.filter(|entry| entry["name"] == name);
        times.filter_map(|entry| entry[what].as_f64()).fold(0.0, f64::max)
    }

    /// Bytes on this pair.
    #[must_use]
    pub fn bytes(&self, bus: &str) -> u64 {
        self.of(bus, "bytes")
    }

    fn of(&self, bus: &str, what: &str) -> u64 {
        let buses = self
            .0
            .iter()
            .filter_map(|process| process["buses"].as_array())
            .flatten();
        buses
            .filter(|entry| entry["name"] == bus)
            .filter_map(|entry| entry[what].as_u64())
            .sum()
    }
}
