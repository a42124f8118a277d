//! Barcodes that do what buttons do.

use serde::{Deserialize, Serialize};

/// Barcodes that do what buttons do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// `CMD-CONFIRM`: do what the page offers first.
    Confirm,
    /// `CMD-SHORT`: record that less came, or that less is in the parcel than was booked.
    Short,
    /// `CMD-NEXT`: on to the next.
    Next,
    /// `CMD-BACK`: take the last scan back: a count, a location, a unit checked.
    Back,
}

impl Command {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Confirm, Self::Short, Self::Next, Self::Back];

    /// What its barcode says.
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirm => "CMD-CONFIRM",
            Self::Short => "CMD-SHORT",
            Self::Next => "CMD-NEXT",
            Self::Back => "CMD-BACK",
        }
    }

    /// The command of a code in capitals.
    pub(super) fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.code() == key)
    }
}
