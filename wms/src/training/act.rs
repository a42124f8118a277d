//! What happens in a run, and what is answered.

use serde::{Deserialize, Serialize};
use uplink::{EventKey, Key, PrintOutcome, UnixMillis, Verdict};

use super::change::Change;
use crate::identity::Role;
use crate::locale::Sentence;

/// Number of a run.
pub type RunId = i64;

/// Something that happened in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Act {
    /// The run begins: its stock is set out and its notice is at hand. Always the first.
    Open,
    /// A code was read; command barcodes and the pages' buttons come as codes too.
    Scan {
        /// The code.
        code: String,
        /// Last act on the screen whose button was pressed: what the person saw. None for a barcode before a scanner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<i64>,
    },
    /// A key at a position of the shelf.
    Key {
        /// Position from 0.
        position: u8,
        /// Which.
        key: Key,
        /// Count shown after it.
        count: Option<u16>,
        /// Tag of the light answered; 0 for a dark position.
        tag: u16,
    },
    /// The scale's reading settled, or left its settled value.
    Weight {
        /// Grams above tare.
        grams: i32,
        /// Settled.
        stable: bool,
    },
    /// A label came out, or waits.
    Printed {
        /// Number of the job.
        job: u32,
        /// How.
        outcome: PrintOutcome,
    },
    /// A printer started again; what it had taken and not printed is gone.
    PrinterRestarted {
        /// Numbers of these jobs.
        lost: Vec<u32>,
    },
    /// The difference of a line is recorded.
    RecordShort {
        /// Code of the goods.
        sku: String,
        /// Why, as the student writes it; empty for the default.
        reason: String,
    },
    /// A label is printed again.
    Reprint {
        /// Its barcode.
        barcode: String,
    },
    /// A paper is signed.
    Sign {
        /// Its number.
        number: String,
        /// As whom: a key of the locale files' `sign` table (`keeper`).
        as_whom: String,
    },
    /// The teacher accepts a paper, or sends it back.
    Judge {
        /// Its number.
        number: String,
        /// Accepted.
        accept: bool,
        /// Why not.
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
        text: String,
    },
    /// The run ends: another begins at its station.
    Close,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Actor {
    /// Someone at a device of the station.
    Device {
        /// Its name.
        device: String,
    },
    /// Someone who is signed in.
    Person {
        /// Account.
        id: i64,
        /// Name.
        name: String,
        /// Role.
        role: Role,
    },
    /// The system itself.
    System,
}

/// An act on its way: what, whence, when, by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActEnvelope {
    /// Where it arose; the same source is the same act, however often it comes.
    pub source: String,
    /// When it happened.
    pub at: UnixMillis,
    /// Who did it.
    pub actor: Actor,
    /// What.
    pub act: Act,
}

impl ActEnvelope {
    /// Source of a device's event.
    pub fn device_source(key: &EventKey) -> String {
        format!("device:{}:{}:{}", key.device.0, key.boot, key.event)
    }
}

/// How an act is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// ✓
    Right,
    /// ✕
    Wrong,
    /// …
    Waiting,
}

/// One sentence about an act: mark, what it was, what it should have been, what to do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Mark.
    pub mark: Mark,
    /// What it was, and what it should have been.
    pub was: Sentence,
    /// What to do now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<Sentence>,
}

impl Words {
    /// It was right.
    pub fn right(was: Sentence) -> Self {
        Self {
            mark: Mark::Right,
            was,
            then: None,
        }
    }

    /// It was wrong.
    pub fn wrong(was: Sentence) -> Self {
        Self {
            mark: Mark::Wrong,
            was,
            then: None,
        }
    }

    /// It is neither yet.
    pub fn waiting(was: Sentence) -> Self {
        Self {
            mark: Mark::Waiting,
            was,
            then: None,
        }
    }

    /// And now.
    #[must_use]
    pub fn then(mut self, then: Sentence) -> Self {
        self.then = Some(then);
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The run; none for a device's event outside any run.
    pub run: Option<RunId>,
    /// The act's number.
    pub no: Option<i64>,
    /// What is said; none where there is nothing to say.
    pub words: Option<Words>,
    /// What the device says.
    pub verdict: Option<Verdict>,
}

/// An act that was committed, with all that came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The run.
    pub run: RunId,
    /// Its number, from 1.
    pub no: i64,
    /// Where it arose.
    pub source: String,
    /// When it happened.
    pub at: UnixMillis,
    /// When it arrived here.
    pub arrived_at: UnixMillis,
    /// Who.
    pub actor: Actor,
    /// What.
    pub act: Act,
    /// What changed.
    pub changes: Vec<Change>,
    /// What was said.
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
