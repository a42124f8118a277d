//! What is true of events and commands, and what the master's user holds durably; finds every difference.

use std::collections::HashMap;

use link::message::{Event, EventBody, EventId};

/// One boot of one node.
pub type Life = (u64, u32);

#[derive(Default)]
pub struct Ledger {
    /// What nodes pushed, in order of numbers.
    pushed: HashMap<Life, Vec<(u32, EventBody)>>,
    /// What the user holds, in order; survives the master's restarts.
    durable: HashMap<Life, Vec<Event>>,
    /// Highest number seen by this run of the master, durable or on its way there.
    seen: HashMap<Life, u32>,
    /// Last number told since the node came up: within one up each comes once.
    told: HashMap<Life, u32>,
    /// Repeats after a restart, recognised by the user.
    pub repeats: u64,
    pub lost: u64,
    pub events: u64,
}

/// What the user is to do with an event.
#[derive(PartialEq, Eq)]
pub enum Verdict {
    /// Make it durable, then say so.
    New,
    /// It is durable: say so again.
    Known,
    /// It is on its way.
    OnItsWay,
}

impl Ledger {
    pub fn pushed(&mut self, life: Life, id: EventId, body: EventBody) {
        let pushed = self.pushed.entry(life).or_default();
        assert!(
            pushed.last().is_none_or(|(last, _)| *last < id.0),
            "number {id:?} given after {:?}",
            pushed.last()
        );
        pushed.push((id.0, body));
    }

    fn last_durable(&self, life: Life) -> u32 {
        self.durable
            .get(&life)
            .and_then(|events| events.last())
            .map_or(0, |event| event.id.0)
    }

    /// The node came up: what it tells begins anew.
    pub fn up(&mut self, life: Life) {
        self.told.remove(&life);
    }

    /// The master told an event.
    pub fn told(&mut self, life: Life, event: &Event) -> Verdict {
        if let Some(last) = self.told.insert(life, event.id.0) {
            assert_eq!(
                first_number(event),
                last + 1,
                "within one up: {life:x?} told {event:?} after {last}"
            );
        }
        let durable = self.last_durable(life);
        let seen = self.seen.entry(life).or_insert(durable);
        if event.id.0 <= *seen {
            self.repeats += 1;
            return if event.id.0 <= durable {
                Verdict::Known
            } else {
                Verdict::OnItsWay
            };
        }
        assert!(
            first_number(event) == *seen + 1,
            "{life:x?}: {event:?} told after {seen}: something is missing"
        );
        *seen = event.id.0;
        Verdict::New
    }

    /// The user has made it durable.
    pub fn commit(&mut self, life: Life, event: Event) {
        let last = self.last_durable(life);
        assert_eq!(
            first_number(&event),
            last + 1,
            "{life:x?}: {event:?} committed after {last}"
        );
        let pushed = &self.pushed[&life];
        let place = pushed.binary_search_by_key(&event.id.0, |(number, _)| *number);
        match (&event.body, place.ok().map(|place| &pushed[place].1)) {
            (EventBody::Lost { count }, None) => self.lost += u64::from(*count),
            (body, Some(pushed)) => assert_eq!(body, pushed, "{life:x?}: event {:?} changed on its way", event.id),
            (body, None) => panic!("{life:x?}: {body:?} was never pushed"),
        }
        self.events += 1;
        self.durable.entry(life).or_default().push(event);
    }

    /// The master's process ended: what was not durable is forgotten.
    pub fn master_restarted(&mut self) {
        self.seen.clear();
        self.told.clear();
    }

    /// Whether all that this boot pushed is durable or told lost.
    pub fn is_complete(&self, life: Life) -> bool {
        let highest = self.pushed[&life].last().map_or(0, |(number, _)| *number);
        self.last_durable(life) >= highest
    }

    /// How many events of this boot were told lost.
    pub fn lost_of(&self, life: Life) -> u32 {
        let of = |event: &Event| match event.body {
            EventBody::Lost { count } => count,
            _ => 0,
        };
        self.durable.get(&life).map_or(0, |events| events.iter().map(of).sum())
    }
}

/// The first number an event stands for.
fn first_number(event: &Event) -> u32 {
    match event.body {
        EventBody::Lost { count } => event.id.0 - count,
        _ => event.id.0,
    }
}
