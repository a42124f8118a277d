//! What an area of the work is given to decide by, and what it gives back.

use uplink::UnixMillis;

use crate::core::ground::{self, Ground};
use crate::core::hand::Hand;
use crate::core::sentence::Sentence;
use crate::core::words::Words;

/// What an area may look at: the ground, its own facts, the hand that acts. No other area.
#[derive(Debug)]
pub struct Desk<'a, S> {
    /// What all share.
    pub ground: &'a Ground,
    /// The area's own.
    pub own: &'a S,
    /// Who acts.
    pub hand: &'a Hand,
}

impl<S> Clone for Desk<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Desk<'_, S> {}

/// A change of the ground, or of the area's own facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<C> {
    /// Of what all share.
    Ground(ground::Change),
    /// Of its own.
    Own(C),
}

/// An area's facts as they are after what was decided.
pub fn after<S: Clone, C>(own: &S, changes: &[Change<C>], apply: impl Fn(&mut S, &C)) -> S {
    let mut after = own.clone();
    for change in changes {
        if let Change::Own(change) = change {
            apply(&mut after, change);
        }
    }
    after
}

impl<C> From<ground::Change> for Change<C> {
    fn from(change: ground::Change) -> Self {
        Self::Ground(change)
    }
}

/// What rules say to an act: of an area, or of all gathered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<C> {
    /// What changes, in order.
    pub changes: Vec<C>,
    /// What is said to the student; none where there is nothing to say.
    pub words: Option<Words>,
}

impl<C> Default for Decision<C> {
    fn default() -> Self {
        Self {
            changes: Vec::new(),
            words: None,
        }
    }
}

impl<C> Decision<C> {
    /// Nothing changes; this is why.
    pub fn only(words: Words) -> Self {
        Self {
            changes: Vec::new(),
            words: Some(words),
        }
    }

    /// The same with changes of another kind.
    pub fn lift<D>(self, lift: impl FnMut(C) -> D) -> Decision<D> {
        Decision {
            changes: self.changes.into_iter().map(lift).collect(),
            words: self.words,
        }
    }
}

impl<S> Desk<'_, S> {
    /// Asks whether that is meant; the same command again says so.
    pub fn ask<C>(&self, was: Sentence, then: Sentence, at: UnixMillis) -> Decision<Change<C>> {
        Decision {
            changes: match self.ground.asked {
                Some(_) => Vec::new(),
                None => vec![ground::Change::ShortAsked { at }.into()],
            },
            words: Some(Words::waiting(was).then(then)),
        }
    }
}
