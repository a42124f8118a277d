//! The messages between gateway and WMS, versioned; the only crate that both know.
//!
//! Carried as JSON text messages over one WebSocket (`/uplink`), opened by the gateway.
//!
//! # One session
//! 1. Gateway: [`FromGateway::Hello`]. WMS: [`FromWms::Welcome`], or [`FromWms::Refused`] and close.
//! 2. Gateway: [`FromGateway::Fleet`], then its outbox from the oldest event on, then events as they happen.
//! 3. WMS: one [`FromWms::Answer`] for each event, after its commit; a repeated event gets the first answer again.
//! 4. WMS: [`FromWms::Desire`] whenever what a device should show changes; the whole state, so a repeat does no harm.
//!    On a new session it desires everything anew.
//!
//! # Rules of change
//! Fields are only added, with a default. A new kind of message raises [`PROTOCOL`]; each side speaks from
//! [`OLDEST_PROTOCOL`] on and says so in words where the other is too old.

mod door;

pub use door::{Known, Strange, believe, is_name, moment, plain};

use serde::{Deserialize, Serialize};

/// Version of these messages.
pub const PROTOCOL: u16 = 3;
/// Oldest version still spoken: before it a light's tag ended at 65,535, and tags came round within a term.
pub const OLDEST_PROTOCOL: u16 = 3;
/// Greatest tag of a light: what the nodes' wire has room for.
pub const MAX_TAG: u32 = (1 << 28) - 1;
/// Longest message either side accepts, in bytes: a 60 × 40 mm label as raster is some 20 KB.
pub const MAX_MESSAGE: usize = 256 * 1024;

/// A device's name: the chip's unique id in 16 hexadecimal digits for our nodes, else what its driver found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeviceId(pub String);

/// Milliseconds since 1970-01-01 UTC.
pub type UnixMillis = i64;

/// What an event is known by: the same key is the same event, however often it comes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventKey {
    /// Where.
    pub device: DeviceId,
    /// Its boot.
    pub boot: u32,
    /// Its number within that boot.
    pub event: u32,
}

/// What the gateway says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum FromGateway {
    /// First message.
    Hello(GatewayHello),
    /// All devices known, each time a session begins.
    Fleet {
        /// Every one.
        devices: Vec<DeviceReport>,
    },
    /// One device changed.
    Device(DeviceReport),
    /// Something happened at a device.
    Event(DeviceEvent),
    /// How far a desire has come.
    Progress(Progress),
    /// The gateway's wall clock, again and again: it may be set at any time.
    Clock {
        /// Now.
        now: UnixMillis,
    },
}

/// The gateway's introduction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayHello {
    /// [`PROTOCOL`].
    pub protocol: u16,
    /// [`OLDEST_PROTOCOL`].
    pub oldest: u16,
    /// The gateway's own name, kept in its data folder.
    pub gateway: String,
    /// Its software's version.
    pub version: String,
    /// Enrolment key.
    pub key: String,
    /// Events waiting in its outbox.
    pub pending: u64,
    /// Its clock, so that the WMS can tell its times in its own; 0 where it does not say.
    #[serde(default)]
    pub now: UnixMillis,
}

/// A device as the gateway sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceReport {
    /// Its name.
    pub device: DeviceId,
    /// What it is.
    pub kind: DeviceKind,
    /// Profile matched (`cangxun-shelf-24`).
    pub profile: String,
    /// Port it hangs on, in the gateway's words (`/dev/serial/by-id/…`).
    pub port: String,
    /// Firmware version (`1.3.0+1a2b3c4d`), empty where unknown.
    pub firmware: String,
    /// Positions of a shelf; 1 for others.
    pub units: u8,
    /// Whether it answers.
    pub state: DeviceState,
    /// When it last answered; 0 for never.
    pub last_seen: UnixMillis,
    /// Frames sent again since the session with it began.
    #[serde(default)]
    pub retransmissions: u64,
    /// Events that are kept at the gateway and not yet committed by the WMS.
    #[serde(default)]
    pub pending: u64,
}

/// Kinds of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// 电子标签货架
    Shelf,
    /// 扫描器
    Scanner,
    /// 条码打印机
    Printer,
    /// 秤
    Scale,
    /// 总线桥
    Bridge,
}

/// Whether a device answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum DeviceState {
    /// Answers.
    Online,
    /// Does not answer, or its port is gone.
    Offline,
    /// Answers, but can't be used; why, for the technician.
    Unusable {
        /// In words.
        why: String,
    },
}

/// Something that happened at a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceEvent {
    /// Its name.
    #[serde(flatten)]
    pub key: EventKey,
    /// When, by the device's clock mapped to the gateway's wall clock as it stood then.
    pub at: UnixMillis,
    /// How long ago, as the gateway sends it. None while the gateway keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<Age>,
    /// When, by a clock that is never set: for the gateway that keeps it, and never sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moment: Option<Moment>,
    /// What.
    pub body: EventBody,
}

/// How long ago something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Age {
    /// Milliseconds.
    pub millis: u64,
    /// Measured by clocks that are never set, all the way from the device. Else by wall clocks, over a start of the machine.
    pub sure: bool,
}

/// A moment by a machine's clock that is never set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Which start of which machine: moments of different ones can't be compared.
    pub boot: u32,
    /// Milliseconds since that start; below 0 for what a device did before it.
    pub millis: i64,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum EventBody {
    /// A key at a shelf position.
    Key {
        /// Position from 0.
        position: u8,
        /// Which.
        key: Key,
        /// Count shown after it.
        count: Option<u16>,
        /// Tag of the light answered; 0 for a dark position.
        tag: u32,
    },
    /// A code was read.
    Scan {
        /// AIM identifier.
        aim: Option<String>,
        /// The code; bytes that are not UTF-8 are replaced.
        code: String,
    },
    /// The weight settled or left its settled value.
    Weight {
        /// Grams above tare.
        grams: i32,
        /// Settled.
        stable: bool,
    },
    /// A print job ended or waits.
    Printed {
        /// The WMS's number of the job.
        job: u32,
        /// How.
        outcome: PrintOutcome,
    },
    /// The printer's condition changed.
    Printer {
        /// Paper under the sensor.
        paper: bool,
        /// Cover shut.
        closed: bool,
        /// Head, °C.
        head_celsius: i8,
    },
    /// The device started.
    Restarted {
        /// Why (`watchdog`, `panic` …).
        reason: String,
        /// The panic's message.
        panic: String,
    },
    /// Events were lost at the device because its store was full.
    Lost {
        /// How many.
        count: u32,
    },
    /// A part failed, or a self test's answer; for the technician.
    Fault {
        /// In a word (`key_stuck`).
        fault: String,
        /// Position from 0.
        position: Option<u8>,
    },
    /// A position's answer to a self test.
    Tested {
        /// Position from 0.
        position: u8,
        /// Whether its key was pressed while lit.
        pressed: bool,
    },
}

/// Keys at a shelf position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PrintOutcome {
    /// On paper.
    Done,
    /// Waits for paper.
    PaperOut,
    /// Waits for the cover.
    CoverOpen,
    /// Waits for the head to cool.
    HeadHot,
    /// The raster came damaged; nothing was printed.
    Damaged,
}

/// What the WMS says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum FromWms {
    /// The session stands.
    Welcome {
        /// Version both will speak.
        protocol: u16,
        /// The WMS's clock.
        now: UnixMillis,
    },
    /// The session can't stand.
    Refused(Refusal),
    /// The event is committed, and this is what the device should say about it.
    Answer {
        /// The event.
        #[serde(flatten)]
        key: EventKey,
        /// None: nothing to say at the device.
        verdict: Option<Verdict>,
    },
    /// What a device should show or do.
    Desire(Desire),
}

/// Why a session can't stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Refusal {
    /// No version in common.
    #[error(
        "gateway speaks uplink {gateway_oldest} to {gateway}, WMS {wms_oldest} to {wms}: update the older of the two"
    )]
    Protocol {
        /// Its newest.
        gateway: u16,
        /// Its oldest.
        gateway_oldest: u16,
        /// Ours.
        wms: u16,
        /// Ours.
        wms_oldest: u16,
    },
    /// Wrong enrolment key.
    #[error(
        "the enrolment key is not this WMS's: copy it from the WMS's devices page into the gateway's configuration"
    )]
    Key,
    /// The message could not be read.
    #[error("message not understood: {detail}")]
    Malformed {
        /// What was wrong.
        detail: String,
    },
}

/// What a device should show or do. Whole state, numbered, so that a repeat does no harm and the newest wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desire {
    /// Which device.
    pub device: DeviceId,
    /// Rises with each desire of this device; also names it in [`Progress`].
    pub number: u64,
    /// What.
    pub body: DesireBody,
}

/// What a device should show or do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum DesireBody {
    /// All positions of a shelf, from 0; positions beyond the list are dark.
    Lights {
        /// One for each.
        lights: Vec<Light>,
    },
    /// One label. The same job is printed once, however often it is desired.
    Print {
        /// The WMS's number of the job.
        job: u32,
        /// Dots in a row, a multiple of 8.
        width: u16,
        /// Rows.
        height: u16,
        /// Rows from the top, 1 bit a dot, 1 = black, most significant first; in lower-case hexadecimal.
        raster: String,
    },
    /// Zero the scale.
    Tare,
    /// Ask each position for its key. Refused where a light shines: somebody works there.
    SelfTest,
    /// Show where the device is.
    Identify {
        /// Seconds; 0 ends it, and a self test.
        seconds: u8,
    },
    /// Calibrate the scale: its empty platform first, then a known weight.
    Calibrate {
        /// Grams that rest on it; 0 for the empty platform.
        grams: u32,
    },
    /// How its lamps shine and its tones sound, which it keeps.
    Signals {
        /// 1 to 255.
        brightness: u8,
        /// 0 (silent) to 3.
        volume: u8,
    },
}

/// What a position should show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Light {
    /// Colour by meaning.
    pub colour: Colour,
    /// How it shines.
    pub mode: Mode,
    /// Digits, 0 to 999; null where they are dark.
    pub count: Option<u16>,
    /// Whether plus and minus work.
    pub adjustable: bool,
    /// Comes back with each key; not 0 for a lit position, at most [`MAX_TAG`].
    pub tag: u32,
}

/// Colours by meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
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
    /// Waiting, amber.
    Wait,
}

/// How a light shines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Green, high.
    Right,
    /// Red, twice low.
    Wrong,
    /// Amber, soft: the WMS is away.
    Stored,
    /// White: nothing was booked, and nobody is blamed.
    Neutral,
}

/// How far a desire has come. "Committed by the WMS" is said of events, by [`FromWms::Answer`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Device.
    pub device: DeviceId,
    /// [`Desire::number`].
    pub number: u64,
    /// How far.
    pub stage: Stage,
}

/// How far a desire has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Stage {
    /// Its last byte has been given to the port.
    OnWire,
    /// The node said it took it.
    Taken,
    /// It won't be: why, for the technician.
    Failed {
        /// In words.
        why: String,
    },
}
