//! What happens in a run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uplink::{EventKey, Key, PrintOutcome, UnixMillis};

use super::codes::{self, Aim};
use super::crew::Role;

/// Number of a run.
pub type RunId = i64;

/// Longest code, number or name in an act, in characters. The wire's codes are shorter.
const LONGEST_CODE: usize = 200;
/// Longest text that a person sends, in characters. Half of it comes to stand on a paper: a form sends each line's end
/// as two characters.
const LONGEST_TEXT: usize = 4000;

/// Something that happened in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Act {
    /// The run begins: its stock is set out and its notice is at hand. Always the first.
    Open,
    /// A code was read; command barcodes and the pages' buttons come as codes too.
    Scan {
        /// The code, not blank.
        #[schemars(length(min = 1, max = LONGEST_CODE))]
        code: String,
        /// AIM symbology identifier (`]C1`), where the scanner told one; a typed one may stand before the code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(max = 3), regex(pattern = "^\\][A-Za-z][0-9A-Za-z]$"))]
        aim: Option<String>,
        /// Last act on the screen whose button was pressed: what the person saw. None for a barcode before a scanner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<i64>,
    },
    /// A key at a position of the shelf.
    Key {
        /// Position from 0.
        position: u8,
        /// Which key.
        key: Key,
        /// Count shown after it; null for a position without digits.
        count: Option<u16>,
        /// Tag of the light answered; 0 for a dark position.
        tag: u32,
    },
    /// The scale's reading settled, or left its settled value.
    Weight {
        /// Grams above tare.
        grams: i32,
        /// Whether it settled.
        stable: bool,
    },
    /// A label came out, or waits.
    Printed {
        /// Number of the print job.
        job: u32,
        /// How it ended.
        outcome: PrintOutcome,
    },
    /// The difference of a line is recorded.
    RecordShort {
        /// Code of the goods.
        #[schemars(length(max = LONGEST_CODE))]
        sku: String,
        /// Why, as the student writes it; empty for the usual words.
        #[schemars(length(max = LONGEST_TEXT))]
        reason: String,
    },
    /// A label is printed again.
    Reprint {
        /// Its barcode.
        #[schemars(length(max = LONGEST_CODE))]
        barcode: String,
    },
    /// A paper is signed.
    Sign {
        /// The paper's number.
        #[schemars(length(max = LONGEST_CODE))]
        number: String,
        /// As whom: a key of the locale files' `sign` table (`keeper`).
        #[schemars(length(max = LONGEST_CODE))]
        as_whom: String,
    },
    /// The teacher accepts a paper, or sends it back.
    Judge {
        /// The paper's number.
        #[schemars(length(max = LONGEST_CODE))]
        number: String,
        /// Accepted; else sent back.
        accept: bool,
        /// Why it is sent back.
        #[schemars(length(max = LONGEST_TEXT))]
        remark: String,
    },
    /// The group hands in again a paper that was sent back.
    HandIn {
        /// Its number.
        number: String,
    },
    /// The work log is written, or written anew after it was sent back.
    WriteLog {
        /// In the student's words.
        #[schemars(length(max = LONGEST_TEXT))]
        text: String,
    },
    /// The run ends: another begins at its station.
    Close,
}

impl Act {
    /// What a person writes with it in their own words, to stand on a paper.
    pub fn written(&self) -> Option<&str> {
        match self {
            Self::RecordShort { reason: text, .. } | Self::WriteLog { text } => Some(text),
            _ => None,
        }
    }

    /// Whether what a person wrote or scanned is of a sensible length.
    pub fn fits(&self) -> bool {
        let within = |text: &str, most: usize| text.chars().count() <= most;
        match self {
            Self::Scan { code, aim, .. } => {
                let is_aim = |aim: &String| Aim::parse(aim).is_some();
                !codes::fold(code).is_empty() && within(code, LONGEST_CODE) && aim.as_ref().is_none_or(is_aim)
            }
            Self::RecordShort { sku, reason } => within(sku, LONGEST_CODE) && within(reason, LONGEST_TEXT),
            Self::Reprint { barcode } => within(barcode, LONGEST_CODE),
            Self::Sign { number, as_whom } => within(number, LONGEST_CODE) && within(as_whom, LONGEST_CODE),
            Self::Judge { number, remark, .. } => within(number, LONGEST_CODE) && within(remark, LONGEST_TEXT),
            Self::HandIn { number } => within(number, LONGEST_CODE),
            Self::WriteLog { text } => within(text, LONGEST_TEXT),
            Self::Open | Self::Key { .. } | Self::Weight { .. } | Self::Printed { .. } | Self::Close => true,
        }
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Actor {
    /// Someone at a device of the station.
    Device {
        /// Its chip's unique id.
        device: String,
    },
    /// Someone who is signed in.
    Person {
        /// Number of the account.
        id: i64,
        /// Their role then.
        role: Role,
    },
    /// The system itself.
    System,
}

impl Actor {
    /// The number of the person; none where it was a device or the system.
    pub fn person(&self) -> Option<i64> {
        match self {
            Self::Person { id, .. } => Some(*id),
            Self::Device { .. } | Self::System => None,
        }
    }

    /// Whether it is a student at a page.
    pub fn is_student(&self) -> bool {
        matches!(
            self,
            Self::Person {
                role: Role::Student,
                ..
            }
        )
    }
}

/// An act on its way: what, whence, when, by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActEnvelope {
    /// Where it arose; the same source is the same act, however often it comes.
    pub source: String,
    /// When it happened.
    pub at: UnixMillis,
    /// Whether that is told by unstepped clocks all the way.
    #[serde(default = "certain")]
    pub certain: bool,
    /// Who did it.
    pub actor: Actor,
    /// What.
    pub act: Act,
}

fn certain() -> bool {
    true
}

impl ActEnvelope {
    /// Source of a device's event.
    pub fn device_source(key: &EventKey) -> String {
        format!("device:{}:{}:{}", key.device.0, key.boot, key.event)
    }
}
