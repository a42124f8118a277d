//! The state of a run: its scenario with all changes applied in order.

use std::sync::Arc;

use uplink::UnixMillis;

use crate::area::Desk;
use crate::areas::Change;
use crate::core::act::{Act, Actor, RunId};
use crate::core::crew::Role;
use crate::core::ground::{self, Ground};
use crate::core::hand::{AGAIN, Hand, Last};
use crate::core::head::RunHead;
use crate::core::paper::{PaperKind, PaperState};
use crate::core::scenario::Scenario;
use crate::core::stock::StockError;
use crate::core::words::{Mark, Words};
use crate::event::Event;
use crate::inbound::{self, Inbound};
use crate::outbound::{self, EMPTY_GRAMS, Outbound};

/// Everything about a run that rules, pages, papers and lights need. What an act does not touch is shared with the state before
/// it.
#[derive(Clone, Debug)]
pub struct RunState {
    /// What all areas share.
    pub ground: Arc<Ground>,
    /// Number of the last act applied; 0 before the first.
    pub last_act: i64,
    /// Receiving and putting away.
    pub inbound: Arc<Inbound>,
    /// Picking, checking, weighing, handing over.
    pub outbound: Arc<Outbound>,
    /// The act since which the run is at what it is at now: what a button pressed before it meant is over.
    pub since: i64,
    /// The last act that did some work.
    pub worked: i64,
    /// What commands were about after the last act.
    matter: Matter,
    /// The hand that works.
    pub hand: Hand,
    /// What was said last.
    pub said: Option<Said>,
    /// Acts of the group, by hand or at a device, that were wrong before the log was handed in or the run ended.
    pub errors: usize,
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

impl RunState {
    /// A run before its first act.
    pub fn new(head: RunHead, scenario: Scenario) -> Self {
        Self {
            last_act: 0,
            inbound: Arc::new(Inbound::new(&scenario.inbound)),
            outbound: Arc::new(Outbound::new(&scenario.order)),
            since: 0,
            worked: 0,
            matter: Matter::default(),
            hand: Hand::default(),
            said: None,
            errors: 0,
            ground: Arc::new(Ground::new(head, scenario)),
        }
    }

    /// What receiving has before it.
    pub fn receiving(&self) -> Desk<'_, Inbound> {
        Desk {
            ground: &self.ground,
            own: &self.inbound,
            hand: &self.hand,
        }
    }

    /// What shipping has before it.
    pub fn shipping(&self) -> Desk<'_, Outbound> {
        Desk {
            ground: &self.ground,
            own: &self.outbound,
            hand: &self.hand,
        }
    }

    /// Its number.
    pub fn id(&self) -> RunId {
        self.ground.head.id
    }

    /// What it is at.
    pub fn step(&self) -> Step {
        if let Some(step) = self.inbound.step() {
            return step.into();
        }
        match self.ground.paper(PaperKind::Receipt, None) {
            Some(receipt) if receipt.state != PaperState::Draft => {}
            _ => return Step::Receipt,
        }
        if let Some(step) = self.outbound.step() {
            return step.into();
        }
        if self.ground.log.is_none() {
            Step::Log
        } else {
            Step::Done
        }
    }

    fn matter(&self) -> (Step, Option<usize>, bool) {
        let step = self.step();
        let line = self.inbound.counting().filter(|_| step == Step::Receive);
        (step, line, self.ground.asked.is_some())
    }

    /// When its work was over: the log was handed in, or the run ended without one. None while it goes on. In
    /// milliseconds since 1970-01-01 UTC.
    pub fn ended_at(&self) -> Option<UnixMillis> {
        let log = self.ground.paper(PaperKind::WorkLog, None);
        log.map(|paper| paper.made_at).or(self.ground.head.closed_at)
    }

    /// How far it has come: parts done, of all.
    pub fn progress(&self) -> (usize, usize) {
        let (in_done, in_all) = self.inbound.progress();
        let (out_done, out_all) = self.outbound.progress();
        let log = usize::from(self.ground.log.is_some());
        let receipt = usize::from(self.step() > Step::Receipt);
        (in_done + out_done + log + receipt, in_all + out_all + 2)
    }

    /// It has ended, at this moment where none is told.
    fn close(&mut self, at: UnixMillis) {
        if self.ground.closed && self.ground.head.closed_at.is_none() {
            Arc::make_mut(&mut self.ground).head.closed_at = Some(at);
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
        self.close(event.at);
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
                Change::Ground(
                    ground::Change::LabelState { .. }
                        | ground::Change::Signed { .. }
                        | ground::Change::PaperMoved { .. }
                )
            )
        };
        if event.changes.iter().any(is_work) {
            self.worked = event.no;
        }
        if matches!(event.act, Act::Scan { .. } | Act::Key { .. }) {
            let worked = !event.changes.is_empty();
            let double = !worked && self.hand.is_double(&event.act, event.at, AGAIN);
            match &mut self.hand.last {
                // The same one still: a third within a moment of the second is none either.
                Some(last) if double && last.worked => last.at = event.at,
                last => {
                    *last = Some(Last {
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
                Change::Outbound(
                    outbound::Change::Weighed { .. }
                        | outbound::Change::WeighedOff { .. }
                        | outbound::Change::CheckReset { .. }
                )
            )
        };
        if let Act::Weight { grams, stable } = event.act {
            let there = i64::from(grams) >= EMPTY_GRAMS;
            self.hand.on_scale = (stable && there).then_some(i64::from(grams));
        }
        if event.changes.iter().any(judged) {
            self.hand.on_scale = None;
        }
        if let Some(words) = &event.words {
            let of_the_group = match &event.actor {
                Actor::Device { .. } => true,
                Actor::Person { role, .. } => *role == Role::Student,
                Actor::System => false,
            };
            // What was handed in stands: a code scanned after the log is nobody's error any more.
            let goes_on = !self.ground.closed && self.ground.log.is_none();
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
        if self.ground.asked.is_some() && !matches!(change, Change::Ground(ground::Change::LabelState { .. })) {
            // Whatever goes on answers the question.
            Arc::make_mut(&mut self.ground).asked = None;
        }
        match change {
            Change::Ground(change) => Arc::make_mut(&mut self.ground).apply(change)?,
            Change::Inbound(change) => Arc::make_mut(&mut self.inbound).apply(change),
            Change::Outbound(change) => Arc::make_mut(&mut self.outbound).apply(change),
        }
        Ok(())
    }

    /// The run as it would be with these changes; none where the ledger refuses one.
    pub fn after<'a>(&self, changes: impl IntoIterator<Item = &'a Change>) -> Option<Self> {
        let mut after = self.clone();
        changes
            .into_iter()
            .try_for_each(|change| after.apply(change))
            .is_ok()
            .then_some(after)
    }
}

impl From<inbound::Step> for Step {
    fn from(step: inbound::Step) -> Self {
        match step {
            inbound::Step::Notice => Self::Notice,
            inbound::Step::Receive => Self::Receive,
            inbound::Step::Label => Self::Label,
            inbound::Step::PutAway => Self::PutAway,
        }
    }
}

impl From<outbound::Step> for Step {
    fn from(step: outbound::Step) -> Self {
        match step {
            outbound::Step::Wave => Self::Wave,
            outbound::Step::Pick(order) => Self::Pick(order),
            outbound::Step::Check(order) => Self::Check(order),
            outbound::Step::Weigh(order) => Self::Weigh(order),
            outbound::Step::HandOver => Self::HandOver,
        }
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
