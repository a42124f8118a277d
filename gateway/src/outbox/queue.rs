//! Which events go to the WMS next, and which go to the disk. Pure: events, answers and sessions in, sends out.
//!
//! The events of one device go in the order they came. Devices take turns, so that neither a long backlog nor a device
//! that speaks without end stands before another's press. At most [`WINDOW`] are on their way unanswered, [`SHARE`] of
//! one device, so that a WMS that catches up is not flooded; a session's end puts every device back to its oldest.
//!
//! The disk takes so many events and no more. What comes beyond it is *held*: the node keeps it and hears no
//! acknowledgement until the WMS has it or there is room again. A node's own store is the designed end of it, and says
//! how many it lost.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use uplink::{DeviceEvent, DeviceId, EventKey};

use super::Seq;

/// Events sent and not yet answered, at most.
pub const WINDOW: usize = 256;
/// Of these, events of one device.
pub const SHARE: usize = 32;
/// Events kept in memory beyond the window before they are only on disk.
const IN_MEMORY: usize = 1_024;
/// Events of one device held beyond what the disk takes, at most. Our own nodes keep 48 or 64, and some more where they
/// start again meanwhile: one with more has forgotten that it must wait.
const HELD: usize = 256;

#[derive(Debug)]
struct Entry {
    key: EventKey,
    lane: usize,
    event: Option<DeviceEvent>,
    stored: bool,
    sent: bool,
    /// Asked back from disk, not yet here.
    reading: bool,
}

/// One device's turn.
#[derive(Debug, Default)]
struct Lane {
    /// In this session, in order; what was answered meanwhile is passed over.
    unsent: VecDeque<Seq>,
    in_flight: usize,
    held: usize,
    /// Stands in `turns` or `hungry`.
    queued: bool,
}

/// The queue.
#[derive(Debug)]
pub struct Queue {
    entries: BTreeMap<Seq, Entry>,
    by_key: HashMap<EventKey, Seq>,
    next: Seq,
    lanes: Vec<Lane>,
    lane_of: HashMap<DeviceId, usize>,
    /// Lanes that may have something to send.
    turns: VecDeque<usize>,
    /// Lanes that wait until something may be read back for them.
    hungry: Vec<usize>,
    in_flight: usize,
    in_memory: usize,
    reading: usize,
    online: bool,
    /// Not to be written yet.
    held: BTreeSet<Seq>,
    /// Events on disk, at most.
    most: usize,
    writable: bool,
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
    /// New, and not to be written yet: the disk has as many as it takes.
    Held,
    /// Known, not yet on disk.
    Waiting,
    /// Known and on disk.
    Stored,
    /// Neither taken nor remembered: its device has too many held.
    Refused,
}

impl Queue {
    /// What a folder held, to be sent from the oldest on; `most` events are written to disk.
    #[must_use]
    pub fn new(pending: Vec<(Seq, EventKey)>, next: Seq, most: usize) -> Self {
        let mut queue = Self {
            entries: BTreeMap::new(),
            by_key: HashMap::with_capacity(pending.len()),
            next,
            lanes: Vec::new(),
            lane_of: HashMap::new(),
            turns: VecDeque::new(),
            hungry: Vec::new(),
            in_flight: 0,
            in_memory: 0,
            reading: 0,
            online: false,
            held: BTreeSet::new(),
            most,
            writable: true,
        };
        for (seq, key) in pending {
            queue.insert(seq, key, None);
        }
        queue
    }

    fn insert(&mut self, seq: Seq, key: EventKey, event: Option<DeviceEvent>) -> usize {
        let lane = self.lane(&key.device);
        self.by_key.insert(key.clone(), seq);
        self.lanes[lane].unsent.push_back(seq);
        self.in_memory += usize::from(event.is_some());
        let entry = Entry {
            key,
            lane,
            stored: event.is_none(),
            event,
            sent: false,
            reading: false,
        };
        self.entries.insert(seq, entry);
        lane
    }

    fn lane(&mut self, device: &DeviceId) -> usize {
        if let Some(lane) = self.lane_of.get(device) {
            return *lane;
        }
        self.lanes.push(Lane::default());
        self.lane_of.insert(device.clone(), self.lanes.len() - 1);
        self.lanes.len() - 1
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

    /// Events that only their nodes keep, for want of room on the disk.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// How many events the disk takes.
    #[must_use]
    pub fn most(&self) -> usize {
        self.most
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
        // In order: while one is held, those after it are as well.
        let hold = !self.has_room() || !self.held.is_empty();
        let lane = self.lane(&event.key.device);
        if hold && self.lanes[lane].held >= HELD {
            return Taken::Refused;
        }
        let seq = self.next;
        self.next += 1;
        self.insert(seq, event.key.clone(), Some(event.clone()));
        self.wake(lane);
        if hold {
            self.held.insert(seq);
            self.lanes[lane].held += 1;
            return Taken::Held;
        }
        Taken::New(seq)
    }

    /// Whether the disk takes events at all.
    pub fn set_writable(&mut self, writable: bool) {
        self.writable = writable;
    }

    fn has_room(&self) -> bool {
        self.writable && self.entries.len() - self.held.len() < self.most
    }

    /// The oldest event held, where there is room on the disk for it now.
    pub fn next_to_write(&mut self) -> Option<(Seq, DeviceEvent)> {
        if !self.has_room() {
            return None;
        }
        let seq = self.held.pop_first()?;
        let entry = self.entries.get(&seq)?;
        self.lanes[entry.lane].held -= 1;
        // Only what is stored is ever dropped from memory.
        Some((seq, entry.event.clone()?))
    }

    /// It is on disk. Gives its key and whether `wants` holds of it, or none if it has been answered meanwhile.
    pub fn stored(&mut self, seq: Seq, wants: impl Fn(&DeviceEvent) -> bool) -> Option<(EventKey, bool)> {
        let spare = self.in_memory > IN_MEMORY;
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
        let seq = *self.by_key.get(key)?;
        let (_, event) = self.remove(seq)?;
        Some((seq, event))
    }

    /// It can't be read back from the disk and never will be: nothing is left of it but its name.
    pub fn spoiled(&mut self, seq: Seq) -> Option<EventKey> {
        if self.entries.get(&seq)?.event.is_some() {
            return None;
        }
        Some(self.remove(seq)?.0)
    }

    fn remove(&mut self, seq: Seq) -> Option<(EventKey, Option<DeviceEvent>)> {
        let entry = self.entries.remove(&seq)?;
        self.by_key.remove(&entry.key);
        self.in_memory -= usize::from(entry.event.is_some());
        let lane = &mut self.lanes[entry.lane];
        if self.held.remove(&seq) {
            lane.held -= 1;
        }
        if entry.sent {
            self.in_flight = self.in_flight.saturating_sub(1);
            lane.in_flight = lane.in_flight.saturating_sub(1);
        }
        if entry.reading {
            self.read();
        }
        self.wake(entry.lane);
        Some((entry.key, entry.event))
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
        self.in_flight = 0;
        self.turns.clear();
        self.hungry.clear();
        for lane in &mut self.lanes {
            (lane.in_flight, lane.queued) = (0, false);
            lane.unsent.clear();
        }
        for (seq, entry) in &mut self.entries {
            entry.sent = false;
            self.lanes[entry.lane].unsent.push_back(*seq);
        }
        for lane in 0..self.lanes.len() {
            self.wake(lane);
        }
    }

    /// The session is over.
    pub fn end(&mut self) {
        self.online = false;
    }

    /// As asked for in [`Due::fetch`].
    pub fn fetched(&mut self, events: Vec<(Seq, DeviceEvent)>) {
        for (seq, event) in events {
            let Some(entry) = self.entries.get_mut(&seq).filter(|entry| entry.reading) else {
                continue;
            };
            entry.reading = false;
            let lane = entry.lane;
            if entry.event.replace(event).is_none() {
                self.in_memory += 1;
            }
            self.read();
            self.wake(lane);
        }
    }

    /// One event less is being read back: those who wait to ask for some may.
    fn read(&mut self) {
        self.reading -= 1;
        self.turns.extend(self.hungry.drain(..));
    }

    fn wake(&mut self, lane: usize) {
        let state = &mut self.lanes[lane];
        if !state.queued && !state.unsent.is_empty() {
            state.queued = true;
            self.turns.push_back(lane);
        }
    }

    /// What should be sent or read back now.
    pub fn due(&mut self) -> Due {
        let mut due = Due::default();
        while self.online
            && self.in_flight < WINDOW
            && let Some(at) = self.turns.pop_front()
        {
            let lane = &mut self.lanes[at];
            lane.queued = false;
            let Some(seq) = lane.unsent.front().copied().filter(|_| lane.in_flight < SHARE) else {
                // It is woken by the next answer or event.
                continue;
            };
            match self.entries.get_mut(&seq) {
                None => {
                    lane.unsent.pop_front();
                    self.wake(at);
                }
                Some(entry) => match &entry.event {
                    Some(event) => {
                        due.send.push(event.clone());
                        entry.sent = true;
                        self.in_flight += 1;
                        lane.in_flight += 1;
                        lane.unsent.pop_front();
                        self.wake(at);
                    }
                    None => self.fetch(at, &mut due),
                },
            }
        }
        due
    }

    /// Asks for a lane's next events.
    fn fetch(&mut self, at: usize, due: &mut Due) {
        let lane = &mut self.lanes[at];
        for seq in lane.unsent.iter().take(SHARE - lane.in_flight) {
            let Some(entry) = self.entries.get_mut(seq) else {
                continue;
            };
            if entry.event.is_some() || entry.reading {
                continue;
            }
            if self.reading >= WINDOW {
                lane.queued = true;
                self.hungry.push(at);
                return;
            }
            entry.reading = true;
            self.reading += 1;
            due.fetch.push(*seq);
        }
        // It is woken by what comes back.
    }
}

#[cfg(test)]
mod tests;
