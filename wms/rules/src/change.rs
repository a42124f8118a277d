//! What an act changes. A run's state is its scenario with all changes applied in order; nothing else is kept of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uplink::{PrintOutcome, UnixMillis};

use crate::core::label::LabelSpec;
use crate::core::paper::{PaperKind, PaperState};
use crate::core::sentence::Sentence;
use crate::core::stock::{Movement, Place};
use crate::outbound::Pick;

/// One change of a run, told apart by `change`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Goods went from one location to another.
    Moved(Movement),
    /// Units were promised to an order, or given back (a quantity below 0).
    Reserved {
        /// Goods of which lot, and where.
        place: Place,
        /// Units more.
        quantity: i64,
    },
    /// The inbound notice was opened.
    NoticeOpened,
    /// Units of a delivery were counted.
    Counted {
        /// Line of the notice.
        line: usize,
        /// Units more; below 0 where a count is taken back.
        units: i64,
    },
    /// Less was to be recorded where nothing was counted: it is asked whether that is meant.
    ShortAsked {
        /// When.
        at: UnixMillis,
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
    /// A label is to be printed.
    LabelQueued {
        /// Number of the print job.
        job: u32,
        /// What it says.
        label: LabelSpec,
    },
    /// A label came out, or waits.
    LabelState {
        /// Number of the print job.
        job: u32,
        /// How it ended.
        outcome: PrintOutcome,
    },
    /// A paper was made.
    PaperMade {
        /// The paper's number.
        number: String,
        /// What it is.
        kind: PaperKind,
        /// The order it is about; null where it is about none.
        order: Option<usize>,
        /// Who made it.
        by: String,
        /// When, in milliseconds since 1970-01-01 UTC.
        at: UnixMillis,
    },
    /// A paper's state changed.
    PaperMoved {
        /// The paper's number.
        number: String,
        /// The new state.
        state: PaperState,
        /// Why it was sent back; empty where it was not.
        remark: String,
    },
    /// A paper was signed.
    Signed {
        /// The paper's number.
        number: String,
        /// As whom: a key of the locale files' `sign` table.
        as_whom: String,
        /// Name of who signed.
        name: String,
        /// When, in milliseconds since 1970-01-01 UTC.
        at: UnixMillis,
    },
    /// The wave was released.
    WaveReleased {
        /// Picks of each order's each line.
        picks: Vec<Vec<Vec<Pick>>>,
    },
    /// The count at a light was changed before confirming.
    Adjusted {
        /// The light's tag.
        tag: u16,
        /// The new count.
        count: i64,
    },
    /// A light was confirmed.
    Picked {
        /// The light's tag.
        tag: u16,
        /// Units taken.
        quantity: i64,
    },
    /// Units booked as taken at a light are not there: they are back in their slot's book.
    Unpicked {
        /// The light's.
        tag: u16,
        /// Units fewer.
        units: i64,
    },
    /// An order's check began.
    CheckBegun {
        /// Which order.
        order: usize,
    },
    /// Units were checked against an order.
    Checked {
        /// Which order.
        order: usize,
        /// Its line.
        line: usize,
        /// Units more; below 0 where a scan is taken back.
        units: i64,
    },
    /// An order's check begins anew: nothing of it counts as checked.
    CheckReset {
        /// Which.
        order: usize,
    },
    /// A parcel was weighed and fits.
    Weighed {
        /// Which order.
        order: usize,
        /// Its weight in grams.
        grams: i64,
    },
    /// A parcel was weighed and does not fit: it is weighed once more.
    WeighedOff {
        /// Which order.
        order: usize,
        /// Its weight in grams.
        grams: i64,
    },
    /// A parcel was handed over.
    HandedOver {
        /// Which order.
        order: usize,
    },
    /// The work log was written.
    LogWritten {
        /// What it says.
        text: String,
    },
    /// Something out of the ordinary, for the work log.
    Noted {
        /// What it was.
        what: Sentence,
        /// When, in milliseconds since 1970-01-01 UTC.
        at: UnixMillis,
    },
    /// The run ended.
    Closed,
}
