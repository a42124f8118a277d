//! Receiving: count a delivery against its notice, record what differs, label it, put it away.

mod change;
mod mend;
mod put_away;
mod rules;

use crate::area::{self, Decision};
use crate::core::scenario::{Notice, NoticeLine};
use crate::core::sentence::Sentence;

pub use change::Change;
pub use mend::{record_short, take_back};
pub use put_away::suggest;
pub use rules::{aim, back, confirm, count, scan_label};

/// What is decided about a delivery.
pub type Decided = Decision<area::Change<Change>>;

impl From<Change> for area::Change<Change> {
    fn from(change: Change) -> Self {
        Self::Own(change)
    }
}

/// What a delivery is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Open the inbound notice.
    Notice,
    /// Count the delivery.
    Receive,
    /// Print its labels.
    Label,
    /// Put it away.
    PutAway,
}

/// A delivery on its way into the rack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inbound {
    /// Whether the notice was opened.
    pub opened: bool,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Line counted last.
    pub current: Option<usize>,
    /// Scans of lines still open, oldest first: line and units. The last can be taken back.
    pub counts: Vec<(usize, i64)>,
    /// Line whose location was scanned, so that its goods should follow.
    pub aimed: Option<usize>,
}

/// A line of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub sku: String,
    /// Lot.
    pub lot: String,
    /// Cases announced.
    pub cases: i64,
    /// Units counted.
    pub units: i64,
    /// Counted to its end.
    pub done: bool,
    /// Why it differs, where it does.
    pub difference: Option<Sentence>,
    /// Licence plate, and where it should go; none until labels are printed, or where nothing came.
    pub placed: Option<Placed>,
    /// Whether it lies there.
    pub put_away: bool,
}

/// Where received goods should go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Licence plate.
    pub lpn: String,
    /// Location.
    pub location: String,
    /// Why there.
    pub reason: Sentence,
}

impl Inbound {
    /// A delivery that was announced.
    pub fn new(notice: &Notice) -> Self {
        let line = |line: &NoticeLine| Line {
            sku: line.sku.clone(),
            lot: line.lot.clone(),
            cases: line.cases,
            units: 0,
            done: false,
            difference: None,
            placed: None,
            put_away: false,
        };
        Self {
            lines: notice.line.iter().map(line).collect(),
            ..Self::default()
        }
    }

    /// What it is at; none when all is put away.
    pub fn step(&self) -> Option<Step> {
        let received = || self.lines.iter().filter(|line| line.units > 0);
        if !self.opened {
            Some(Step::Notice)
        } else if self.lines.iter().any(|line| !line.done) {
            Some(Step::Receive)
        } else if received().any(|line| line.placed.is_none()) {
            Some(Step::Label)
        } else if received().any(|line| !line.put_away) {
            Some(Step::PutAway)
        } else {
            None
        }
    }

    /// The line counted now: the last counted, else the first that is not done.
    pub fn counting(&self) -> Option<usize> {
        let open = |index: &usize| self.lines.get(*index).is_some_and(|line| !line.done);
        self.current
            .filter(open)
            .or_else(|| self.lines.iter().position(|line| !line.done))
    }

    /// Parts done, of all.
    pub fn progress(&self) -> (usize, usize) {
        let done: usize = self
            .lines
            .iter()
            .map(|line| usize::from(line.done) + usize::from(line.put_away || (line.done && line.units == 0)))
            .sum();
        (done + usize::from(self.opened), self.lines.len() * 2 + 1)
    }

    /// Applies a change.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::NoticeOpened => self.opened = true,
            Change::Aimed { line } => self.aimed = *line,
            Change::Counted { line, units } => {
                self.current = Some(*line);
                if *units > 0 {
                    self.counts.push((*line, *units));
                } else {
                    self.counts.pop();
                }
                self.change(*line, |line| line.units += units);
            }
            Change::LineDone { line, difference } => {
                self.counts.retain(|(counted, _)| counted != line);
                self.change(*line, |line| {
                    line.done = true;
                    line.difference.clone_from(difference);
                });
            }
            Change::Placed {
                line,
                lpn,
                location,
                reason,
            } => self.change(*line, |line| {
                line.placed = Some(Placed {
                    lpn: lpn.clone(),
                    location: location.clone(),
                    reason: reason.clone(),
                });
            }),
            Change::PutAway { line } => {
                self.aimed = None;
                self.change(*line, |line| line.put_away = true);
            }
        }
    }

    fn change(&mut self, index: usize, change: impl FnOnce(&mut Line)) {
        if let Some(line) = self.lines.get_mut(index) {
            change(line);
        }
    }
}
