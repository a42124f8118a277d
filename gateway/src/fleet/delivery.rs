//! Up to which event a node may forget. Pure.
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
}

impl Delivery {
    /// A new session: the device tells again what it keeps.
    pub fn begin(&mut self, boot: u32) {
        self.boot = boot;
        self.kept.clear();
    }

    /// The device told this event.
    pub fn came(&mut self, boot: u32, event: u32) {
        if boot != self.boot {
            self.begin(boot);
        }
        if self.kept.back().is_none_or(|(last, _)| *last < event) {
            self.kept.push_back((event, false));
        }
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
    fn another_boot_is_another_row() {
        let mut delivery = Delivery::default();
        delivery.came(1, 5);
        delivery.came(2, 1);
        assert_eq!(delivery.durable(1, 5), None);
        assert_eq!(delivery.durable(2, 1), Some(1));
    }
}
