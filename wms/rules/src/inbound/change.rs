//! What changes of a delivery.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::core::sentence::Sentence;

/// One change of a delivery, told apart by `change`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// The inbound notice was opened.
    NoticeOpened,
    /// Units of a delivery were counted.
    Counted {
        /// Line of the notice.
        line: usize,
        /// Units more; below 0 where a count is taken back.
        units: i64,
    },
    /// A line was counted to its end.
    LineDone {
        /// Line of the notice.
        line: usize,
        /// Why it differs; null where it does not.
        difference: Option<Sentence>,
    },
    /// Where received goods should go, and their label.
    Placed {
        /// Line of the notice.
        line: usize,
        /// Licence plate, as the label's barcode says it.
        lpn: String,
        /// Location.
        location: String,
        /// Why there.
        reason: Sentence,
    },
    /// A location was scanned, and goods should follow; null: it was forgotten again.
    Aimed {
        /// Line of the notice whose goods belong there.
        line: Option<usize>,
    },
    /// Goods were put away.
    PutAway {
        /// Line of the notice.
        line: usize,
    },
}
