//! Which events go to the WMS next. Pure: events, answers and sessions in, sends out.
//!
//! Events go in the order they came, live ones behind those that wait. At most [`WINDOW`] are on their way unanswered,
//! so that a WMS that catches up is not flooded; a session's end puts the cursor back to the oldest.

use std::collections::{BTreeMap, HashMap};

use uplink::{DeviceEvent, EventKey};

use super::Seq;

/// Events sent and not yet answered, at most.
pub const WINDOW: usize = 256;
/// Events kept in memory beyond the window before they are only on disk.
const IN_MEMORY: usize = 1_024;

#[derive(Debug)]
struct Entry {
    key: EventKey,
    event: Option<DeviceEvent>,
    stored: bool,
    sent: bool,
}

/// The queue.
#[derive(Debug)]
pub struct Queue {
    entries: BTreeMap<Seq, Entry>,
    by_key: HashMap<EventKey, Seq>,
    next: Seq,
    /// First number not yet sent in this session.
    cursor: Seq,
    in_flight: usize,
    in_memory: usize,
    /// Up to which number bodies were asked back from disk.
    fetched: Seq,
    online: bool,
}

/// What to do after something changed.
#[derive(Debug, Default, PartialEq)]
pub struct Due {
    /// Send these, in this order.
    pub send: Vec<DeviceEvent>,
    /// Read these back from disk, then call [`Queue::fetched`].
    pub fetch: Vec<Seq>,
}

/// What became of an event that came.
#[derive(Debug, PartialEq)]
pub enum Taken {
    /// New: to be written under this number.
    New(Seq),
    /// Known, not yet on disk.
    Waiting,
    /// Known and on disk.
    Stored,
}

impl Queue {
    /// What a folder held, to be sent from the oldest on.
    #[must_use]
    pub fn new(pending: Vec<(Seq, EventKey)>, next: Seq) -> Self {
        let by_key = pending.iter().map(|(seq, key)| (key.clone(), *seq)).collect();
        let entries = pending
            .into_iter()
            .map(|(seq, key)| {
                (
                    seq,
                    Entry {
                        key,
                        event: None,
                        stored: true,
                        sent: false,
                    },
                )
            })
            .collect();
        Self {
            entries,
            by_key,
            next,
            cursor: 0,
            in_flight: 0,
            in_memory: 0,
            fetched: 0,
            online: false,
        }
    }

    /// Events that are not answered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Events that are not answered, by device.
    pub fn keys(&self) -> impl Iterator<Item = &EventKey> {
        self.entries.values().map(|entry| &entry.key)
    }

    /// An event came from a device.
    pub fn push(&mut self, event: &DeviceEvent) -> Taken {
        if let Some(seq) = self.by_key.get(&event.key) {
            return if self.entries.get(seq).is_some_and(|entry| entry.stored) {
                Taken::Stored
            } else {
                Taken::Waiting
            };
        }
        let seq = self.next;
        self.next += 1;
        self.by_key.insert(event.key.clone(), seq);
        self.in_memory += 1;
        let entry = Entry {
            key: event.key.clone(),
            event: Some(event.clone()),
            stored: false,
            sent: false,
        };
        self.entries.insert(seq, entry);
        Taken::New(seq)
    }

    /// It is on disk. Gives its key and whether `wants` holds of it, or none if it has been answered meanwhile.
    pub fn stored(&mut self, seq: Seq, wants: impl Fn(&DeviceEvent) -> bool) -> Option<(EventKey, bool)> {
        // What is about to be sent, or was just read back, stays.
        let spare = self.in_memory > IN_MEMORY && seq >= self.fetched;
        let entry = self.entries.get_mut(&seq)?;
        entry.stored = true;
        let wanted = entry.event.as_ref().is_some_and(wants);
        if spare && !entry.sent && entry.event.take().is_some() {
            self.in_memory -= 1;
        }
        Some((entry.key.clone(), wanted))
    }

    /// The WMS has committed it. Gives its number and, where it is in memory, the event.
    pub fn answered(&mut self, key: &EventKey) -> Option<(Seq, Option<DeviceEvent>)> {
        let seq = self.by_key.remove(key)?;
        let entry = self.entries.remove(&seq)?;
        self.in_memory -= usize::from(entry.event.is_some());
        if entry.sent {
            self.in_flight = self.in_flight.saturating_sub(1);
        }
        Some((seq, entry.event))
    }

    /// Events on their way to the WMS, and whether they are on disk.
    pub fn in_flight(&self) -> impl Iterator<Item = (&DeviceEvent, bool)> {
        self.entries
            .values()
            .filter(|entry| entry.sent)
            .filter_map(|entry| Some((entry.event.as_ref()?, entry.stored)))
    }

    /// A session begins.
    pub fn begin(&mut self) {
        self.online = true;
        self.cursor = 0;
        self.fetched = 0;
        self.in_flight = 0;
        for entry in self.entries.values_mut() {
            entry.sent = false;
        }
    }

    /// The session is over.
    pub fn end(&mut self) {
        self.online = false;
    }

    /// As asked for in [`Due::fetch`].
    pub fn fetched(&mut self, events: Vec<(Seq, DeviceEvent)>) {
        for (seq, event) in events {
            if let Some(entry) = self.entries.get_mut(&seq).filter(|entry| entry.event.is_none()) {
                entry.event = Some(event);
                self.in_memory += 1;
            }
        }
    }

    /// What should be sent or read back now.
    pub fn due(&mut self) -> Due {
        let mut due = Due::default();
        if !self.online {
            return due;
        }
        let room = WINDOW.saturating_sub(self.in_flight);
        let mut blocked = false;
        for (seq, entry) in self.entries.range_mut(self.cursor..).take(room) {
            match &entry.event {
                Some(event) if !blocked => {
                    due.send.push(event.clone());
                    entry.sent = true;
                    self.in_flight += 1;
                    self.cursor = seq + 1;
                }
                Some(_) => {}
                None => {
                    blocked = true;
                    if *seq >= self.fetched {
                        due.fetch.push(*seq);
                        self.fetched = seq + 1;
                    }
                }
            }
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uplink::{DeviceId, EventBody};

    use super::*;

    fn event(number: u32) -> DeviceEvent {
        DeviceEvent {
            key: EventKey {
                device: DeviceId("00000000000000aa".into()),
                boot: 1,
                event: number,
            },
            at: 0,
            body: EventBody::Lost { count: number },
        }
    }

    #[derive(Clone, Debug)]
    enum Step {
        Push,
        PushAgain,
        Store,
        Answer(usize),
        Begin,
        End,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            8 => Just(Step::Push),
            1 => Just(Step::PushAgain),
            6 => Just(Step::Store),
            4 => (0_usize..8).prop_map(Step::Answer),
            1 => Just(Step::Begin),
            1 => Just(Step::End),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever happens: each session sees every unanswered event in order and once, none beyond the window,
        /// and in the end all are answered.
        #[test]
        fn in_order_within_a_session(steps in prop::collection::vec(step(), 1..600)) {
            let mut queue = Queue::new(Vec::new(), 1);
            let (mut disk, mut unstored) = (Vec::new(), Vec::new());
            let (mut pushed, mut last_sent) = (0, 0);
            let mut open: Vec<EventKey> = Vec::new();
            let steps = steps.into_iter().chain([Step::Begin]).chain((0..1_200).map(|_| Step::Answer(0)));
            for step in steps {
                match step {
                    Step::Push => {
                        pushed += 1;
                        let event = event(pushed);
                        let Taken::New(seq) = queue.push(&event) else { panic!("new") };
                        unstored.push((seq, event));
                    }
                    Step::PushAgain => {
                        let first = queue.keys().next().cloned();
                        if let Some(key) = first {
                            prop_assert!(!matches!(queue.push(&event(key.event)), Taken::New(_)));
                        }
                    }
                    Step::Store => if !unstored.is_empty() {
                        let (seq, event) = unstored.remove(0);
                        queue.stored(seq, |_| false);
                        disk.push((seq, event));
                    }
                    Step::Answer(which) => if !open.is_empty() {
                        let key = open.remove(which % open.len());
                        prop_assert!(queue.answered(&key).is_some());
                    }
                    Step::Begin => { queue.begin(); last_sent = 0; open.clear(); }
                    Step::End => { queue.end(); open.clear(); }
                }
                loop {
                    let due = queue.due();
                    for event in due.send {
                        prop_assert!(event.key.event > last_sent);
                        last_sent = event.key.event;
                        open.push(event.key);
                    }
                    prop_assert!(open.len() <= WINDOW);
                    if due.fetch.is_empty() { break }
                    let back = due.fetch.iter().map(|seq| disk.iter().find(|(s, _)| s == seq).unwrap().clone());
                    queue.fetched(back.collect());
                }
            }
            prop_assert!(queue.is_empty(), "{} left", queue.len());
        }
    }
}
