//! Whose turn it is.

use super::master::{BusMaster, Phase};
use super::{MIN_ROUND, Upper};
use crate::{Instant, earlier};

impl<const NODES: usize> BusMaster<NODES> {
    /// Who is to be asked now.
    pub(super) fn choose(&mut self, now: Instant, upper: &impl Upper) -> Option<usize> {
        if !core::mem::replace(&mut self.out_of_turn, true)
            && let Some(index) = self.find_eager(now, upper)
        {
            return Some(index);
        }
        if let Some(index) = self.find_in_turn(now) {
            self.out_of_turn = false;
            return Some(index);
        }
        // The round is over and the next may not begin yet: whoever is eager need not wait for it.
        let index = self.find_eager(now, upper);
        self.out_of_turn = false;
        index
    }

    fn find_in_turn(&mut self, now: Instant) -> Option<usize> {
        let ready = |index: &usize| self.slots[*index].as_ref().is_some_and(|slot| now >= slot.not_before);
        let mut found = (self.round..NODES).find(ready);
        if found.is_none() && now >= self.round_began.after(MIN_ROUND) {
            found = (0..NODES).find(ready);
            self.round_began = now;
        }
        self.round = found.map_or(NODES, |index| index + 1);
        found
    }

    fn find_eager(&mut self, now: Instant, upper: &impl Upper) -> Option<usize> {
        let is_eager = |index: usize| {
            self.slots[index].as_ref().is_some_and(|slot| {
                now >= slot.not_before
                    && !slot.is_suspect()
                    && (slot.eager || slot.failures > 0 || slot.outbox.is_some() || upper.has_for(index as u8 + 1))
            })
        };
        let found = (self.eager..NODES)
            .chain(0..self.eager)
            .find(|&index| is_eager(index))?;
        self.eager = (found + 1) % NODES;
        Some(found)
    }

    /// When [`transmit`](Self::transmit) should be called although nothing came.
    #[must_use]
    pub fn wake_at(&self, upper: &impl Upper) -> Option<Instant> {
        match self.phase {
            Phase::Polling { until, .. } | Phase::Joining { until, .. } => Some(until),
            Phase::Ours(from) => {
                let mut next = Some(self.join_at);
                let round = if self.round < NODES {
                    Instant(0)
                } else {
                    self.round_began.after(MIN_ROUND)
                };
                for (index, slot) in self.slots.iter().enumerate() {
                    let Some(slot) = slot else { continue };
                    let eager = !slot.is_suspect()
                        && (slot.eager || slot.failures > 0 || slot.outbox.is_some() || upper.has_for(index as u8 + 1));
                    let at = if eager {
                        slot.not_before
                    } else {
                        slot.not_before.max(round)
                    };
                    next = earlier(next, Some(at));
                }
                next.map(|next| next.max(from))
            }
        }
    }
}
