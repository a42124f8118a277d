//! Something to be said, apart from any language.

use std::collections::BTreeMap;
use std::fmt::Display;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something to be said, apart from any language: a key of the locale files and its particulars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sentence {
    /// Key of the locale files.
    pub key: String,
    /// What stands for each `{name}` in the text of the key; left out where there is none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, Particular>,
}

/// What stands for a placeholder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Particular {
    /// As it is: a code, a name, a number.
    Text(String),
    /// Itself to be said in the reader's language.
    Sentence(Sentence),
}

impl Sentence {
    /// A sentence without particulars.
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            with: BTreeMap::new(),
        }
    }

    /// Adds a particular.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Display) -> Self {
        self.with.insert(name.to_owned(), Particular::Text(value.to_string()));
        self
    }

    /// Adds a particular that is itself said in the reader's language.
    #[must_use]
    pub fn with_sentence(mut self, name: &str, value: Self) -> Self {
        self.with.insert(name.to_owned(), Particular::Sentence(value));
        self
    }
}
