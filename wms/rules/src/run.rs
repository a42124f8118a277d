//! The state of a run: its scenario with all changes applied in order.

use std::sync::Arc;

use uplink::{PrintOutcome, UnixMillis};

use crate::act::{Act, Actor, Decision, Event, Mark, RunId, Words};
use crate::change::Change;
use crate::core::codes;
use crate::core::crew::Role;
use crate::core::goods::{Catalogue, Scanned};
use crate::core::label::LabelSpec;
use crate::core::paper::{Paper, PaperKind, PaperState, Signed};
use crate::core::sentence::Sentence;
use crate::core::stock::{Stock, StockError};
use crate::head::RunHead;
use crate::inbound::Inbound;
use crate::outbound::{EMPTY_GRAMS, Outbound};
use crate::scenario::Scenario;

/// Everything about a run that rules, pages, papers and lights need.
#[derive(Clone, Debug)]
pub struct RunState {
    /// Which run it is.
    pub head: RunHead,
    /// Number of the last act applied; 0 before the first.
    pub last_act: i64,
    /// Its scenario, as it was when the run began.
    pub scenario: Arc<Scenario>,
    /// Its goods.
    pub goods: Arc<Catalogue>,
    /// What lies where.
    pub stock: Stock,
    /// Receiving and putting away.
    pub inbound: Inbound,
    /// Picking, checking, weighing, handing over.
    pub outbound: Outbound,
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
    /// The act since which the run is at what it is at now: what a button pressed before it meant is over.
    pub since: i64,
    /// The last act that did some work.
    pub worked: i64,
    /// What commands were about after the last act.
    matter: Matter,
    /// The last scan or press.
    pub hand: Option<Hand>,
    /// Grams that came to rest on the scale and were not judged yet; none where it is empty or moves.
    pub on_scale: Option<i64>,
    /// What was said last.
    pub said: Option<Said>,
    /// Acts of the group, by hand or at a device, that were wrong before the log was handed in or the run ended.
    pub errors: usize,
    /// Whether the run has ended.
    pub closed: bool,
}

/// What commands are about: the step, the line counted, and whether a question stands. None before the first act.
type Matter = Option<(Step, Option<usize>, bool)>;

/// What was said about an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The act's number.
    pub no: i64,
    /// What.
    pub words: Words,
}

/// What a hand did last: a scan or a press, and whether some work came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// What.
    pub act: Act,
    /// When, by the clock of where it was done.
    pub at: UnixMillis,
    /// Whether something changed by it.
    pub worked: bool,
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

/// What a run is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Open the inbound notice.
    Notice,
    /// Count the delivery.
    Receive,
    /// Print its labels.
    Label,
    /// Put it away.
    PutAway,
    /// Hand in the receipt.
    Receipt,
    /// Release the wave.
    Wave,
    /// Pick this order.
    Pick(usize),
    /// Check this order, or the one that is scanned.
    Check(usize),
    /// Weigh this order.
    Weigh(usize),
    /// Hand the parcels over.
    HandOver,
    /// Write the work log.
    Log,
    /// All is done.
    Done,
}

impl Step {
    /// Keys of all their names, in the order of the work.
    pub const KEYS: [&str; 12] = [
        "step.notice",
        "step.receive",
        "step.label",
        "step.put_away",
        "step.receipt",
        "step.wave",
        "step.pick",
        "step.check",
        "step.weigh",
        "step.hand_over",
        "step.log",
        "step.done",
    ];

    /// Key of its name in the locale files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Notice => "step.notice",
            Self::Receive => "step.receive",
            Self::Label => "step.label",
            Self::PutAway => "step.put_away",
            Self::Receipt => "step.receipt",
            Self::Wave => "step.wave",
            Self::Pick(_) => "step.pick",
            Self::Check(_) => "step.check",
            Self::Weigh(_) => "step.weigh",
            Self::HandOver => "step.hand_over",
            Self::Log => "step.log",
            Self::Done => "step.done",
        }
    }
}

/// Milliseconds within which the same barcode was read twice, not shown twice.
pub(super) const READ_TWICE: i64 = 1_000;
/// Milliseconds within which a press at a key that has just confirmed is the same press again.
pub const AGAIN: i64 = 1_500;
/// Labels that a run may have before their numbers come round.
const JOBS_PER_RUN: u32 = 1_000;

/// The run that asked for a label, by the number of its job.
pub fn run_of_job(job: u32) -> RunId {
    RunId::from(job / JOBS_PER_RUN)
}

impl RunState {
    /// A run before its first act.
    pub fn new(head: RunHead, scenario: Scenario) -> Self {
        Self {
            closed: head.closed_at.is_some(),
            head,
            last_act: 0,
            goods: Arc::new(Catalogue::new(&scenario.sku)),
            stock: Stock::default(),
            inbound: Inbound::new(&scenario.inbound),
            outbound: Outbound::new(&scenario.order),
            papers: Vec::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            log: None,
            asked: None,
            since: 0,
            worked: 0,
            matter: Matter::default(),
            hand: None,
            on_scale: None,
            said: None,
            errors: 0,
            scenario: Arc::new(scenario),
        }
    }

    /// Its number.
    pub fn id(&self) -> RunId {
        self.head.id
    }

    /// What it is at.
    pub fn step(&self) -> Step {
        if let Some(step) = self.inbound.step() {
            return step;
        }
        match self.paper(PaperKind::Receipt, None) {
            Some(receipt) if receipt.state != PaperState::Draft => {}
            _ => return Step::Receipt,
        }
        if let Some(step) = self.outbound.step() {
            return step;
        }
        if self.log.is_none() { Step::Log } else { Step::Done }
    }

    fn matter(&self) -> (Step, Option<usize>, bool) {
        let step = self.step();
        let line = self.inbound.counting().filter(|_| step == Step::Receive);
        (step, line, self.asked.is_some())
    }

    /// When its work was over: the log was handed in, or the run ended without one. None while it goes on. In
    /// milliseconds since 1970-01-01 UTC.
    pub fn ended_at(&self) -> Option<UnixMillis> {
        let log = self.paper(PaperKind::WorkLog, None);
        log.map(|paper| paper.made_at).or(self.head.closed_at)
    }

    /// What a code is to it. `aim`: the symbology identifier, where a scanner told one.
    pub fn read(&self, code: &str, aim: Option<&str>) -> Scanned {
        self.goods.read(code, aim, |code| self.scenario.is_location(code))
    }

    /// How far it has come: parts done, of all.
    pub fn progress(&self) -> (usize, usize) {
        let (in_done, in_all) = self.inbound.progress();
        let (out_done, out_all) = self.outbound.progress();
        let log = usize::from(self.log.is_some());
        let receipt = usize::from(self.step() > Step::Receipt);
        (in_done + out_done + log + receipt, in_all + out_all + 2)
    }

    /// The paper of a kind, about an order or about none.
    pub fn paper(&self, kind: PaperKind, order: Option<usize>) -> Option<&Paper> {
        self.papers
            .iter()
            .find(|paper| paper.kind == kind && paper.order == order)
    }

    /// The number of the `nth` paper made after those that are: code, date, group, the group's run of that day, counter.
    pub fn next_number(&self, kind: PaperKind, nth: usize) -> String {
        let made = self.papers.iter().filter(|paper| paper.kind == kind).count();
        let RunHead {
            day, group, day_run, ..
        } = self.head;
        codes::paper_number(kind.code(), day, group, day_run, made + nth + 1)
    }

    /// Number of the `nth` label asked for after those that are. Each run has its own thousand, so that a printer never
    /// takes one for another's.
    pub fn next_job(&self, nth: usize) -> u32 {
        let run = u32::try_from(self.head.id % 4_000_000).unwrap_or(0);
        run * JOBS_PER_RUN + u32::try_from(self.labels.len() + nth + 1).unwrap_or(0) % JOBS_PER_RUN
    }

    /// Whether it was asked if nothing at all is there, and this is the answer: the same barcode read twice is none.
    pub fn was_asked(&self, at: UnixMillis) -> bool {
        self.asked
            .is_some_and(|asked| !(0..READ_TWICE).contains(&at.saturating_sub(asked)))
    }

    /// Whether a scan or press now, in the same hand's next moment, would be the last one over again: the same code, or the
    /// same key at the same position, within so many milliseconds. Clocks of two devices may differ, so the order of the
    /// two is not looked at.
    pub fn is_double(&self, act: &Act, at: UnixMillis, within: i64) -> bool {
        let Some(last) = &self.hand else { return false };
        let alike = match (&last.act, act) {
            (Act::Scan { code: one, .. }, Act::Scan { code: other, .. }) => codes::same(one, other),
            (
                Act::Key {
                    position: one, key: a, ..
                },
                Act::Key {
                    position: other,
                    key: b,
                    ..
                },
            ) => one == other && a == b,
            _ => false,
        };
        alike && at.abs_diff(last.at) < within.unsigned_abs()
    }

    /// Asks whether that is meant; the same command again says so.
    pub fn ask(&self, was: Sentence, then: Sentence, at: UnixMillis) -> Decision {
        Decision {
            changes: match self.asked {
                Some(_) => Vec::new(),
                None => vec![Change::ShortAsked { at }],
            },
            words: Some(Words::waiting(was).then(then)),
        }
    }

    /// Applies an act that was committed: its changes, then its number and words.
    ///
    /// # Errors
    /// Where a change breaks the ledger's rules: the act's rows are damaged.
    pub fn replay(&mut self, event: &Event) -> Result<(), StockError> {
        for change in &event.changes {
            self.apply(change)?;
        }
        self.follow(event);
        Ok(())
    }

    /// Remembers an act's number and what was said about it.
    pub fn follow(&mut self, event: &Event) {
        self.last_act = event.no;
        let matter = Some(self.matter());
        if matter != self.matter {
            (self.matter, self.since) = (matter, event.no);
        }
        // A label that came out, a signature, a judgement leave the work where it was.
        let is_work = |change: &Change| {
            !matches!(
                change,
                Change::LabelState { .. } | Change::Signed { .. } | Change::PaperMoved { .. }
            )
        };
        if event.changes.iter().any(is_work) {
            self.worked = event.no;
        }
        if matches!(event.act, Act::Scan { .. } | Act::Key { .. }) {
            let worked = !event.changes.is_empty();
            let double = !worked && self.is_double(&event.act, event.at, AGAIN);
            match &mut self.hand {
                // The same one still: a third within a moment of the second is none either.
                Some(hand) if double && hand.worked => hand.at = event.at,
                hand => {
                    *hand = Some(Hand {
                        act: event.act.clone(),
                        at: event.at,
                        worked,
                    });
                }
            }
        }
        let judged = |change: &Change| {
            matches!(
                change,
                Change::Weighed { .. } | Change::WeighedOff { .. } | Change::CheckReset { .. }
            )
        };
        if let Act::Weight { grams, stable } = event.act {
            let there = i64::from(grams) >= EMPTY_GRAMS;
            self.on_scale = (stable && there).then_some(i64::from(grams));
        }
        if event.changes.iter().any(judged) {
            self.on_scale = None;
        }
        if let Some(words) = &event.words {
            let of_the_group = match &event.actor {
                Actor::Device { .. } => true,
                Actor::Person { role, .. } => *role == Role::Student,
                Actor::System => false,
            };
            // What was handed in stands: a code scanned after the log is nobody's error any more.
            let goes_on = !self.closed && self.log.is_none();
            let counts = of_the_group && goes_on && words.mark == Mark::Wrong;
            self.errors += usize::from(counts);
            self.said = Some(Said {
                no: event.no,
                words: words.clone(),
            });
        }
    }

    /// Applies one change.
    ///
    /// # Errors
    /// Where it breaks the ledger's rules. Nothing is changed then.
    pub fn apply(&mut self, change: &Change) -> Result<(), StockError> {
        if !matches!(change, Change::LabelState { .. }) {
            // Whatever goes on answers the question.
            self.asked = None;
        }
        match change {
            Change::ShortAsked { at } => self.asked = Some(*at),
            Change::Moved(movement) => {
                self.stock.apply(movement)?;
            }
            Change::Reserved { place, quantity } => self.stock.reserve(place, *quantity)?,
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
                    paper.remark.clone_from(remark);
                }
            }
            Change::Signed {
                number,
                as_whom,
                name,
                at,
            } => {
                if let Some(paper) = self.papers.iter_mut().find(|paper| paper.number == *number) {
                    paper.signatures.push(Signed {
                        as_whom: as_whom.clone(),
                        name: name.clone(),
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
            other => {
                self.inbound.apply(other);
                self.outbound.apply(other);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn the_list_of_keys_holds_each_step_s_in_order() {
        let steps = [
            Step::Notice,
            Step::Receive,
            Step::Label,
            Step::PutAway,
            Step::Receipt,
            Step::Wave,
            Step::Pick(0),
            Step::Check(0),
            Step::Weigh(0),
            Step::HandOver,
            Step::Log,
            Step::Done,
        ];
        assert_eq!(steps.map(Step::key), Step::KEYS);
    }
}
