//! What waits to be written. Pure.

use std::collections::{BTreeMap, HashMap};

use super::record::{Record, Seq};

/// Records in the order in which they came. What is answered before it was ever written is not written at all: while the
/// disk refuses, no more waits than is unanswered.
#[derive(Debug, Default)]
pub struct Waiting {
    records: BTreeMap<u64, Record>,
    /// Events among them.
    events: HashMap<Seq, u64>,
    next: u64,
    /// Those before this were in a write that failed, and may have reached the disk: they are taken back by their
    /// answer's record only.
    tried: u64,
}

impl Waiting {
    /// Takes a record.
    pub fn push(&mut self, record: Record) {
        match &record {
            Record::Answered(seq) => {
                if let Some(at) = self.events.get(seq).copied().filter(|at| *at >= self.tried) {
                    self.events.remove(seq);
                    self.records.remove(&at);
                    return;
                }
            }
            Record::Event(seq, _) => {
                self.events.insert(*seq, self.next);
            }
            Record::Printed(_) => {}
        }
        self.records.insert(self.next, record);
        self.next += 1;
    }

    /// How many wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The oldest, at most so many.
    #[must_use]
    pub fn first(&self, most: usize) -> Vec<&Record> {
        self.records.values().take(most).collect()
    }

    /// The first so many are written; gives the events among them.
    pub fn written(&mut self, count: usize) -> Vec<Seq> {
        let mut stored = Vec::new();
        for _ in 0..count {
            if let Some((_, Record::Event(seq, _))) = self.records.pop_first() {
                self.events.remove(&seq);
                stored.push(seq);
            }
        }
        stored
    }

    /// Writing the first so many failed.
    pub fn failed(&mut self, count: usize) {
        if let Some((at, _)) = self.records.iter().nth(count.saturating_sub(1)) {
            self.tried = self.tried.max(at + 1);
        }
    }
}
