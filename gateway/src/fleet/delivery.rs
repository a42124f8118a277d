//! Up to which event a node may forget, on one port. Pure.
//!
//! Events become durable in any order (one by the WMS's answer, the next by the disk); a node hears one number, so only
//! an unbroken row of durable ones counts.

use std::collections::VecDeque;

/// Events of one boot of one device that it still keeps.
#[derive(Debug, Default)]
pub struct Delivery {
    boot: u32,
    /// Number and whether it is durable, in the order they came.
    kept: VecDeque<(u32, bool)>,
    /// An event was turned away: neither it nor any after it may be forgotten in this session.
    turned_away: bool,
}

impl Delivery {
    /// A new session: the device tells again what it keeps.
    pub fn of(boot: u32) -> Self {
        Self {
            boot,
            ..Self::default()
        }
    }

    /// The boot it is of.
    pub fn boot(&self) -> u32 {
        self.boot
    }

    /// The device told this event.
    pub fn came(&mut self, boot: u32, event: u32) {
        if boot != self.boot {
            *self = Self::of(boot);
        }
        if !self.turned_away && self.kept.back().is_none_or(|(last, _)| *last < event) {
            self.kept.push_back((event, false));
        }
    }

    /// The event that would have come next was not taken: the node is to keep it and tell it anew in its next session.
    pub fn turn_away(&mut self) {
        self.turned_away = true;
    }

    /// The event is durable. Gives the newest that may now be forgotten, if that has changed.
    pub fn durable(&mut self, boot: u32, event: u32) -> Option<u32> {
        if boot != self.boot {
            return None;
        }
        let at = self.kept.binary_search_by_key(&event, |(number, _)| *number).ok()?;
        self.kept[at].1 = true;
        let mut newest = None;
        while let Some((number, true)) = self.kept.front() {
            newest = Some(*number);
            self.kept.pop_front();
        }
        newest
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Never says "forget" of an event that isn't durable, and says it of all once all are.
        #[test]
        fn only_an_unbroken_row_counts(order in Just((1_u32..=40).collect::<Vec<_>>()).prop_shuffle()) {
            let mut delivery = Delivery::default();
            (1..=40).for_each(|event| delivery.came(9, event));
            let (mut done, mut told) = (std::collections::BTreeSet::new(), 0);
            for event in order {
                done.insert(event);
                if let Some(newest) = delivery.durable(9, event) {
                    prop_assert!(newest > told && (1..=newest).all(|event| done.contains(&event)));
                    told = newest;
                }
                prop_assert!(!done.contains(&(told + 1)));
            }
            prop_assert_eq!(told, 40);
        }
    }

    #[test]
    fn nothing_is_forgotten_from_the_first_turned_away_on() {
        let mut delivery = Delivery::of(1);
        delivery.came(1, 5);
        delivery.turn_away();
        delivery.came(1, 7);
        assert_eq!(delivery.durable(1, 7), None);
        assert_eq!(delivery.durable(1, 5), Some(5));
        assert_eq!(delivery.durable(1, 7), None);
    }

    #[test]
    fn another_boot_is_another_row() {
        let mut delivery = Delivery::default();
        delivery.came(1, 5);
        delivery.came(2, 1);
        assert_eq!(delivery.durable(1, 5), None);
        assert_eq!(delivery.durable(2, 1), Some(1));
    }
}
