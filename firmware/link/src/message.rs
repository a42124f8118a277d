//! Everything a node and its master may say, on one page that both sides compile.
//!
//! # Rules of change
//! Variants and fields are only appended, never reordered or removed; golden byte vectors in `tests/` guard that.
//! A new variant raises [`PROTOCOL`]'s minor; anything an old peer would misread raises its major.
//! Every type is bounded; [`MAX_BODY`] bounds them all.

use heapless::{String, Vec};
use serde::{Deserialize, Serialize};

/// Protocol spoken here.
pub const PROTOCOL: Protocol = Protocol {
    major: 1,
    minor: 3,
    oldest_minor: 0,
};
/// From this minor on a light's tag may be above [`u16::MAX`]; an older node can't read one that is.
pub const WIDE_TAGS: u8 = 3;
/// From this minor on a node shows [`Verdict::Neutral`]; an older one is told [`Verdict::Stored`] instead.
pub const KNOWS_NEUTRAL: u8 = 3;
/// Greatest tag of a light: four bytes on the wire, so that the lights of all positions fit one frame.
pub const MAX_TAG: u32 = (1 << 28) - 1;
/// Greatest count a position shows: three digits.
pub const MAX_COUNT: u16 = 999;
/// Largest encoded body of a frame, in bytes: an up or down message with its session. A whole frame then fits one COBS
/// block (254 bytes).
pub const MAX_BODY: usize = 248;
/// Positions one shelf message may carry, and the most a shelf node drives.
pub const MAX_POSITIONS: usize = 24;
/// Longest scanned code kept, in bytes. GS1 allows at most 48 characters in linear symbols; 2-D codes may be longer.
pub const MAX_CODE: usize = 120;
/// Raster bytes one [`Command::PrintRows`] may carry.
pub const MAX_PRINT_CHUNK: usize = 192;

/// Version of the protocol, exchanged in the first message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protocol {
    /// Peers of different majors do not talk.
    pub major: u8,
    /// What this side knows.
    pub minor: u8,
    /// The oldest minor this side still speaks.
    pub oldest_minor: u8,
}

impl Protocol {
    /// Whether there is a version both speak: the same major, and a minor that neither finds too old.
    #[must_use]
    pub const fn shares_a_version_with(self, other: Self) -> bool {
        self.major == other.major && self.minor >= other.oldest_minor && other.minor >= self.oldest_minor
    }
}

/// The chip's unique id: a node's only name on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Uid(pub u64);

/// Drawn at every boot. Events are numbered within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BootId(pub u32);

/// Number of an event within a boot; consecutive from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventId(pub u32);

/// Milliseconds since the node's boot, on the node's own clock; wraps after 49 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NodeMillis(pub u32);

/// What the node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NodeKind {
    /// Lights, digits and keys along a rack (电子标签货架).
    Shelf,
    /// A barcode decoder with a verdict lamp and a beeper.
    Scanner,
    /// A thermal label printer.
    Printer,
    /// A load cell.
    Scale,
    /// Master of an RS-485 row; passes frames.
    Bridge,
}

/// Why the node started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResetReason {
    /// Supply came on.
    PowerOn,
    /// The reset pin or a debugger.
    Pin,
    /// The watchdog found a task that no longer checked in.
    Watchdog,
    /// The master asked for it.
    Commanded,
    /// A panic; its message follows as [`EventBody::Restarted`].
    Panic,
    /// The chip does not tell.
    Unknown,
}

/// Version of a firmware image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Firmware {
    /// Incompatible change.
    pub major: u8,
    /// Feature.
    pub minor: u8,
    /// Repair.
    pub patch: u8,
    /// First four bytes of the commit's hash; zero when unknown.
    pub git: [u8; 4],
}

/// A node's introduction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// What it speaks.
    pub protocol: Protocol,
    /// Its kind.
    pub kind: NodeKind,
    /// Positions (shelf), heads (others: 1).
    pub units: u8,
    /// Its name.
    pub uid: Uid,
    /// What it runs.
    pub firmware: Firmware,
    /// CRC-32 of the settings it holds, so that a returning master skips configuring it anew.
    pub settings_crc: u32,
    /// This boot.
    pub boot: BootId,
    /// Why it booted.
    pub reset: ResetReason,
    /// Its clock when it sent this.
    pub now: NodeMillis,
}

/// A thing that happened at the node, kept there until the master says it is committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its number.
    pub id: EventId,
    /// When it happened.
    pub at: NodeMillis,
    /// What happened.
    pub body: EventBody,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventBody {
    /// Events were dropped because the node's store was full: an explicit record, never silence.
    /// It stands in the place of the `count` dropped events, whose ids end just before its own.
    Lost {
        /// How many.
        count: u32,
    },
    /// The node started; the first event of every boot.
    Restarted {
        /// Why.
        reason: ResetReason,
        /// The panic's message, empty where there was none.
        panic: String<96>,
    },
    /// A key at a shelf position.
    Key {
        /// Position, from 0, along the node's chain.
        position: u8,
        /// Which key.
        key: Key,
        /// The count shown after this key had its effect; none where no count was shown.
        count: Option<u16>,
        /// [`PositionLight::tag`] of the light that was answered; 0 where the position was dark.
        tag: u32,
    },
    /// A code was read.
    Scan {
        /// AIM symbology identifier (`]C1`), where the decoder gives one.
        aim: Option<[u8; 3]>,
        /// The code's bytes without identifier and suffix.
        code: Vec<u8, MAX_CODE>,
    },
    /// The weight settled, or left its settled value.
    Weight {
        /// Grams above tare.
        grams: i32,
        /// Whether it has settled.
        stable: bool,
    },
    /// A print job ended.
    Printed {
        /// [`Command::PrintStart::job`].
        job: u32,
        /// How.
        outcome: PrintOutcome,
    },
    /// The printer's condition changed.
    Printer(PrinterCondition),
    /// One position's answer to [`Command::SelfTest`].
    Tested {
        /// Position, from 0.
        position: u8,
        /// Whether a key was pressed while it was lit.
        pressed: bool,
    },
    /// A part failed.
    Fault {
        /// Which part.
        fault: Fault,
        /// Where, on a shelf.
        position: Option<u8>,
    },
}

/// Keys at a shelf position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Key {
    /// 确认
    Confirm,
    /// +
    Plus,
    /// −
    Minus,
}

/// How a print job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrintOutcome {
    /// On paper, whole.
    Done,
    /// Stopped for want of paper; the job is kept and printed anew when paper is back.
    PaperOut,
    /// Stopped by the cover; kept likewise.
    CoverOpen,
    /// Waiting for the head to cool.
    HeadHot,
    /// The raster did not match its checksum, or rows were missing; nothing was burnt.
    Damaged,
}

/// A printer's condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrinterCondition {
    /// Paper under the sensor.
    pub paper: bool,
    /// Cover shut.
    pub closed: bool,
    /// Head temperature, °C.
    pub head_celsius: i8,
}

/// Parts that can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// The decoder module does not answer or sends nonsense.
    Decoder,
    /// The load cell's converter does not answer or is out of range.
    LoadCell,
    /// A key stays pressed for more than 10 s.
    KeyStuck,
    /// Settings in flash could not be read or written.
    Settings,
    /// The gap between labels was not found.
    LabelGap,
    /// Three resets within a minute: the node leaves its hardware alone until it is told to start again. Since minor 1.
    SafeMode,
}

/// What the master may ask of a node. Desired state, not toggles: a repeat does no harm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Replace the lights of positions `first..first + lights.len()`; others stay.
    Lights {
        /// First position.
        first: u8,
        /// One for each position.
        lights: Vec<PositionLight, MAX_POSITIONS>,
    },
    /// The answer to an event, shown and sounded at the device.
    Verdict {
        /// The event answered.
        event: EventId,
        /// The answer.
        verdict: Verdict,
    },
    /// Whether the WMS can be reached: where not, the node shows amber and calls scans stored.
    Online(bool),
    /// Begin a label. Replaces an unfinished one with the same number.
    PrintStart {
        /// Number of the job, the master's own.
        job: u32,
        /// Bytes in a row: dots ÷ 8.
        row_bytes: u8,
        /// Rows.
        rows: u16,
    },
    /// Rows of the label, PackBits-compressed, in order.
    PrintRows {
        /// The job.
        job: u32,
        /// First row held here.
        first: u16,
        /// Compressed rows; no row is split between two messages.
        data: Vec<u8, MAX_PRINT_CHUNK>,
    },
    /// Print it, if all rows came and this is their CRC-32 (uncompressed, in order).
    PrintEnd {
        /// The job.
        job: u32,
        /// CRC-32/ISO-HDLC.
        crc: u32,
    },
    /// Take the present load as zero.
    Tare,
    /// Light every position in turn and wait for its key. Refused as busy where a light shines: somebody works there.
    SelfTest,
    /// Show where this device is, for this long.
    Identify {
        /// Seconds; 0 ends it, and a self test.
        seconds: u8,
    },
    /// Keep these settings in flash.
    Settings(Settings),
    /// Start again.
    Restart,
    /// The scale's span: its empty platform first, then a known weight on it. What comes of it is kept. Since minor 2.
    Calibrate {
        /// Grams that rest on it; 0 for the empty platform.
        grams: u32,
    },
    /// How lamps shine and tones sound; kept in flash before it is answered, the rest of the settings untouched. From minor 3 on.
    Signals {
        /// [`Settings::brightness`], at least 1.
        brightness: u8,
        /// [`Settings::volume`].
        volume: u8,
    },
}

/// What a position should show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionLight {
    /// Colour.
    pub colour: Colour,
    /// How it shines.
    pub mode: Mode,
    /// Digits, 0 to [`MAX_COUNT`]; none leaves them dark.
    pub count: Option<u16>,
    /// Whether plus and minus change the count before it is confirmed.
    pub adjustable: bool,
    /// Chosen by the master, at most [`MAX_TAG`]; comes back with each key. A light that keeps its tag keeps the count
    /// adjusted so far.
    pub tag: u32,
}

/// Colours by meaning; the node holds their red, green and blue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Colour {
    /// Dark.
    #[default]
    Off,
    /// Picker A, blue.
    A,
    /// Picker B, orange.
    B,
    /// Picker C, magenta.
    C,
    /// Picker D, white.
    D,
    /// Done, green.
    Done,
    /// Wrong, red.
    Wrong,
    /// Stored or waiting, amber.
    Wait,
}

/// How a light shines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mode {
    /// Steady.
    #[default]
    On,
    /// 1 Hz.
    Blink,
    /// 4 Hz.
    Fast,
}

/// The answer to a scan or a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Green, one high short tone.
    Right,
    /// Red, two low tones.
    Wrong,
    /// Amber, one soft tone: kept, not yet judged.
    Stored,
    /// White, one middle tone: heard and understood; nothing was booked, and nobody is blamed.
    Neutral,
}

/// Settings a node keeps in flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Lights' brightness, 0 to 255.
    pub brightness: u8,
    /// Beeper's loudness, 0 to 3.
    pub volume: u8,
    /// RS-485 speed in baud, for nodes on a bus.
    pub bus_baud: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            brightness: 96,
            volume: 2,
            bus_baud: 250_000,
        }
    }
}
