//! Events kept until committed.

use heapless::Deque;

use crate::Instant;
use crate::message::{Event, EventBody, EventId, NodeMillis};

/// Up to `KEEP` events, oldest first. Room for the first and for a record of loss is always there.
pub struct Store<const KEEP: usize> {
    events: Deque<Event, KEEP>,
    /// Number the next event gets.
    next: u32,
    /// Dropped since the store was full: when the first was, and how many.
    dropped: Option<(NodeMillis, u32)>,
    /// All ever dropped.
    lost: u32,
}

/// The node's clock for the wire; `now` counts from boot.
pub fn node_millis(now: Instant) -> NodeMillis {
    NodeMillis((now.0 / 1000) as u32)
}

impl<const KEEP: usize> Store<KEEP> {
    const ENOUGH: () = assert!(KEEP >= 2, "a node keeps at least two events");

    pub const fn new() -> Self {
        let () = Self::ENOUGH;
        Self {
            events: Deque::new(),
            next: 1,
            dropped: None,
            lost: 0,
        }
    }

    /// Records an event, or counts it lost.
    pub fn push(&mut self, body: EventBody, now: Instant) -> EventId {
        self.tell_loss();
        let id = EventId(self.next);
        let at = node_millis(now);
        self.next += 1;
        if self.dropped.is_some() || self.events.push_back(Event { id, at, body }).is_err() {
            let (since, count) = self.dropped.unwrap_or((at, 0));
            self.dropped = Some((since, count + 1));
            self.lost = self.lost.wrapping_add(1);
        }
        id
    }

    /// Puts the record of loss where there is room for it. Once there it never changes: it may already be on its way.
    fn tell_loss(&mut self) {
        if let Some((at, count)) = self.dropped
            && !self.events.is_full()
        {
            let record = Event {
                id: EventId(self.next),
                at,
                body: EventBody::Lost { count },
            };
            if self.events.push_back(record).is_ok() {
                self.next += 1;
                self.dropped = None;
            }
        }
    }

    /// Forgets all up to `upto`.
    pub fn commit(&mut self, upto: EventId) {
        while self.events.front().is_some_and(|event| event.id <= upto) {
            self.events.pop_front();
        }
        self.tell_loss();
    }

    /// The oldest kept, or the next to come.
    pub fn oldest(&self) -> EventId {
        self.events.front().map_or(EventId(self.next), |event| event.id)
    }

    /// Number the next event gets: none as high was ever given.
    pub const fn next(&self) -> EventId {
        EventId(self.next)
    }

    /// The first event after `after`.
    pub fn first_after(&self, after: EventId) -> Option<&Event> {
        self.events.iter().find(|event| event.id > after)
    }

    /// How many are kept with numbers after `after` and up to `upto`.
    pub fn between(&self, after: EventId, upto: EventId) -> usize {
        self.events
            .iter()
            .filter(|event| event.id > after && event.id <= upto)
            .count()
    }

    pub fn len(&self) -> usize {
        self.events.len()
    }

    pub const fn lost(&self) -> u32 {
        self.lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(position: u8) -> EventBody {
        EventBody::Key {
            position,
            key: crate::message::Key::Confirm,
            count: None,
            tag: 0,
        }
    }

    #[test]
    fn loss_is_one_record_in_the_place_of_what_was_lost() {
        let mut store = Store::<3>::new();
        for position in 0..5 {
            assert_eq!(
                store.push(key(position), Instant(u64::from(position) * 1000)),
                EventId(u32::from(position) + 1)
            );
        }
        assert_eq!((store.len(), store.lost()), (3, 2));
        store.commit(EventId(1));
        let last = store.first_after(EventId(3)).unwrap();
        assert_eq!(
            *last,
            Event {
                id: EventId(6),
                at: NodeMillis(3),
                body: EventBody::Lost { count: 2 }
            }
        );
        // The record took the only room: what comes now is lost anew, and told anew.
        assert_eq!(store.push(key(9), Instant(9_000)), EventId(7));
        store.commit(EventId(6));
        assert_eq!(
            store.first_after(EventId(6)).unwrap().body,
            EventBody::Lost { count: 1 }
        );
        assert_eq!(store.oldest(), EventId(8));
        store.commit(EventId(8));
        assert_eq!((store.oldest(), store.next(), store.len()), (EventId(9), EventId(9), 0));
    }
}
