//! The ground that all areas share: stock, papers, labels, notes.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uplink::{PrintOutcome, UnixMillis};

use super::act::RunId;
use super::codes;
use super::crew::By;
use super::demand::{Demand, Want};
use super::goods::{Catalogue, Scanned};
use super::head::RunHead;
use super::label::LabelSpec;
use super::lot::Lots;
use super::paper::{Paper, PaperKind, PaperState, Signed};
use super::scenario::Scenario;
use super::sentence::Sentence;
use super::stock::{Movement, Place, Stock, StockError};

/// One change of the ground, told apart by `change`.
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
    /// An order wants more, or less than before (units below 0): it was promised, taken, given up.
    Wanted {
        /// What, of which lot, at which face.
        want: Want,
        /// Units more.
        units: i64,
    },
    /// Less was to be recorded where nothing was counted: it is asked whether that is meant.
    ShortAsked {
        /// When.
        at: UnixMillis,
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
        by: By,
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
        /// Who.
        by: By,
        /// When, in milliseconds since 1970-01-01 UTC.
        at: UnixMillis,
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

/// A label that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Number of the job.
    pub job: u32,
    /// What it says.
    pub spec: LabelSpec,
    /// How its printing ended, or why it waits; none until the printer says.
    pub outcome: Option<PrintOutcome>,
}

/// Something out of the ordinary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: UnixMillis,
    /// What.
    pub what: Sentence,
}

/// What all areas of a run share.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Which run it is.
    pub head: RunHead,
    /// Its scenario, as it was when the run began.
    pub scenario: Arc<Scenario>,
    /// Its goods.
    pub goods: Arc<Catalogue>,
    /// What lies where.
    pub stock: Stock,
    /// What orders want and have not got.
    pub demand: Demand,
    /// The dates of its lots.
    pub lots: Lots,
    /// Papers, in the order in which they were made.
    pub papers: Vec<Paper>,
    /// Labels, in the order in which they were asked for.
    pub labels: Vec<Label>,
    /// Out of the ordinary, for the work log.
    pub notes: Vec<Note>,
    /// The work log's text; none until it is written.
    pub log: Option<String>,
    /// When it was asked whether nothing at all is there, if that is not answered yet.
    pub asked: Option<UnixMillis>,
    /// Whether the run has ended.
    pub closed: bool,
}

/// Milliseconds within which the same barcode was read twice, not shown twice.
pub const READ_TWICE: i64 = 1_000;
/// Numbers of labels that each run has.
const JOBS_PER_RUN: u32 = 1_000;
/// Labels that a drill may need by itself.
pub const MOST_LABELS: usize = 500;
/// Labels from which on none is printed again: numbers for [`MOST_LABELS`] are left.
const MOST_REPRINTED: usize = 499;

/// The run that asked for a label, by the number of its job.
pub fn run_of_job(job: u32) -> RunId {
    RunId::from(job / JOBS_PER_RUN)
}

impl Ground {
    /// Before the first act.
    pub fn new(head: RunHead, scenario: Scenario) -> Self {
        Self {
            closed: head.closed_at.is_some(),
            head,
            goods: Arc::new(Catalogue::new(&scenario.sku)),
            stock: Stock::default(),
            demand: Demand::default(),
            lots: Lots::default(),
            papers: Vec::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            log: None,
            asked: None,
            scenario: Arc::new(scenario),
        }
    }

    /// What a code is to it. `aim`: the symbology identifier, where a scanner told one.
    pub fn read(&self, code: &str, aim: Option<&str>) -> Scanned {
        self.goods.read(code, aim, |code| self.scenario.is_location(code))
    }

    /// The paper of a kind, about an order or about none.
    pub fn paper(&self, kind: PaperKind, order: Option<usize>) -> Option<&Paper> {
        self.papers
            .iter()
            .find(|paper| paper.kind == kind && paper.order == order)
    }

    /// The number of the `nth` paper made after those that are: code, day, run, counter.
    pub fn next_number(&self, kind: PaperKind, nth: usize) -> String {
        let made = self.papers.iter().filter(|paper| paper.kind == kind).count();
        codes::paper_number(kind.code(), self.head.day, self.head.id, made + nth + 1)
    }

    /// Number of the `nth` label asked for after those that are. Each run has its own thousand, so that a printer never
    /// takes one for another's.
    pub fn next_job(&self, nth: usize) -> u32 {
        let run = u32::try_from(self.head.id % 4_000_000).unwrap_or(0);
        run * JOBS_PER_RUN + u32::try_from(self.labels.len() + nth + 1).unwrap_or(0) % JOBS_PER_RUN
    }

    /// Whether labels may still be printed again: the numbers left are those that the work itself may need, and none comes
    /// round.
    pub fn may_reprint(&self) -> bool {
        self.labels.len() < MOST_REPRINTED
    }

    /// Whether it was asked if nothing at all is there, and this is the answer: the same barcode read twice is none.
    pub fn was_asked(&self, at: UnixMillis) -> bool {
        self.asked
            .is_some_and(|asked| !(0..READ_TWICE).contains(&at.saturating_sub(asked)))
    }

    /// Applies one change.
    ///
    /// # Errors
    /// Where it breaks the ledger's rules. Nothing is changed then.
    pub fn apply(&mut self, change: &Change) -> Result<(), StockError> {
        match change {
            Change::ShortAsked { at } => self.asked = Some(*at),
            Change::Moved(movement) => {
                self.stock.apply(movement)?;
                self.lots.moved(movement, &self.goods, self.head.day);
            }
            Change::Reserved { place, quantity } => self.stock.reserve(place, *quantity)?,
            Change::Wanted { want, units } => self.demand.add(want, *units)?,
            Change::LabelQueued { job, label } => {
                self.labels.push(Label {
                    job: *job,
                    spec: label.clone(),
                    outcome: None,
                });
            }
            Change::LabelState { job, outcome } => {
                let label = self.labels.iter_mut().find(|label| label.job == *job);
                if let Some(label) = label.filter(|label| label.outcome != Some(PrintOutcome::Done)) {
                    label.outcome = Some(*outcome);
                }
            }
            Change::PaperMade {
                number,
                kind,
                order,
                by,
                at,
            } => self.papers.push(Paper {
                number: number.clone(),
                kind: *kind,
                order: *order,
                state: PaperState::Draft,
                made_by: by.clone(),
                made_at: *at,
                signatures: Vec::new(),
                remark: String::new(),
            }),
            Change::PaperMoved { number, state, remark } => {
                if let Some(paper) = self.papers.iter_mut().find(|paper| paper.number == *number) {
                    paper.state = *state;
                    // Handed in again, it keeps why it was sent back until it is judged anew.
                    if *state != PaperState::Submitted || !remark.is_empty() {
                        paper.remark.clone_from(remark);
                    }
                }
            }
            Change::Signed {
                number,
                as_whom,
                by,
                at,
            } => {
                if let Some(paper) = self.papers.iter_mut().find(|paper| paper.number == *number) {
                    paper.signatures.push(Signed {
                        as_whom: as_whom.clone(),
                        by: by.clone(),
                        at: *at,
                    });
                }
            }
            Change::LogWritten { text } => self.log = Some(text.clone()),
            Change::Noted { what, at } => self.notes.push(Note {
                at: *at,
                what: what.clone(),
            }),
            Change::Closed => self.closed = true,
        }
        Ok(())
    }
}
