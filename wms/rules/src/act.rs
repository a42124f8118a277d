//! What happens in a run, and what is answered.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uplink::{EventKey, Key, PrintOutcome, UnixMillis, Verdict};

use crate::change::Change;
use crate::core::codes::{self, Aim};
use crate::core::crew::Role;
use crate::core::sentence::Sentence;

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
        tag: u16,
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
        /// Name as it is shown.
        name: String,
        /// Their role then.
        role: Role,
    },
    /// The system itself.
    System,
}

impl Actor {
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

/// How an act is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// ✓ It was right.
    Right,
    /// ✕ It was wrong.
    Wrong,
    /// … It is neither yet.
    Waiting,
}

/// One sentence about an act: mark, what it was, what it should have been, what to do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// How it is marked.
    pub mark: Mark,
    /// What it was, and what it should have been.
    pub was: Sentence,
    /// What to do now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<Sentence>,
    /// The how manieth time in a row the same is said to the same scan or press, from 2; null the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

impl Words {
    /// It was right.
    pub fn right(was: Sentence) -> Self {
        Self {
            mark: Mark::Right,
            was,
            then: None,
            times: None,
        }
    }

    /// It was wrong.
    pub fn wrong(was: Sentence) -> Self {
        Self {
            mark: Mark::Wrong,
            was,
            then: None,
            times: None,
        }
    }

    /// It is neither yet.
    pub fn waiting(was: Sentence) -> Self {
        Self {
            mark: Mark::Waiting,
            was,
            then: None,
            times: None,
        }
    }

    /// And now.
    #[must_use]
    pub fn then(mut self, then: Sentence) -> Self {
        self.then = Some(then);
        self
    }

    /// Of a text that goes onto paper: what can't be printed of it is said first, what to do now after it.
    #[must_use]
    pub fn lacking(mut self, unprintable: Sentence) -> Self {
        self.then = Some(match self.then {
            Some(then) => Sentence::new("print.unprintable_then")
                .with_sentence("missing", unprintable)
                .with_sentence("then", then),
            None => unprintable,
        });
        self
    }

    /// What a device says.
    pub fn verdict(&self) -> Verdict {
        match self.mark {
            Mark::Right => Verdict::Right,
            Mark::Wrong => Verdict::Wrong,
            Mark::Waiting => Verdict::Stored,
        }
    }
}

/// What the rules say to an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What changes, in order.
    pub changes: Vec<Change>,
    /// What is said to the student; none where there is nothing to say.
    pub words: Option<Words>,
}

impl Decision {
    /// Nothing changes; this is why.
    pub fn only(words: Words) -> Self {
        Self {
            changes: Vec::new(),
            words: Some(words),
        }
    }
}

/// What is answered to an act, once it is committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// The run; null for a device's event outside any run.
    pub run: Option<RunId>,
    /// The act's number; null as the run.
    pub no: Option<i64>,
    /// What is said; null where there is nothing to say.
    pub words: Option<Words>,
    /// What a device would say; null as the words.
    pub verdict: Option<Verdict>,
}

/// An act that was committed, with all that came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// The run.
    pub run: RunId,
    /// Its number, from 1.
    pub no: i64,
    /// Where it arose: `person:account:source`, `page:account:id`, `device:id:boot:event`, or the system's own.
    pub source: String,
    /// When it happened, in milliseconds since 1970-01-01 UTC: how long before it arrived, by the server's clock.
    pub at: UnixMillis,
    /// Whether that was measured by clocks that are never set. False: by wall clocks, over a start of a machine. Null for
    /// acts kept before this was told.
    #[serde(default)]
    pub certain: Option<bool>,
    /// When it arrived here, by the server's clock.
    pub arrived_at: UnixMillis,
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub act: Act,
    /// What changed by it, in order.
    pub changes: Vec<Change>,
    /// What was said to it; null where there was nothing to say.
    pub words: Option<Words>,
}

impl Event {
    /// What is answered to it, the first time and each time it comes again.
    pub fn answer(&self) -> Answer {
        Answer {
            run: Some(self.run),
            no: Some(self.no),
            words: self.words.clone(),
            verdict: self.words.as_ref().map(Words::verdict),
        }
    }
}
