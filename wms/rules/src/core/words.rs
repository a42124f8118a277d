//! What is said about an act.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uplink::Verdict;

use super::sentence::Sentence;

/// Stands for what the run is at, until it is said. As a key of the locale files it takes the step.
pub const NOW: &str = "now.is";
/// Stands for what the run is at after the act's changes, until it is said. No key of the locale files.
pub const AFTER: &str = "after";

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

    /// And now: what the run is at. The rules of an area don't know that; who gathers their decision says it.
    #[must_use]
    pub fn then_now(self) -> Self {
        self.then(Sentence::new(NOW))
    }

    /// The same, of the run as it is once the changes are applied.
    #[must_use]
    pub fn then_after(self) -> Self {
        self.then(Sentence::new(AFTER))
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
            Mark::Waiting => Verdict::Neutral,
        }
    }
}
