//! Acts that were committed, and what was answered.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uplink::{UnixMillis, Verdict};

use crate::areas::Change;
use crate::core::act::{Act, Actor, RunId};
use crate::core::ground;
use crate::core::words::Words;

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

    /// What changed in the ground that all areas share, in order.
    pub fn ground(&self) -> impl Iterator<Item = &ground::Change> {
        self.changes.iter().filter_map(Change::ground)
    }
}
