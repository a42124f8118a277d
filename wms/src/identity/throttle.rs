//! A limit on sign-in attempts. A classroom signs in from one address, so an address may fail often; one account from
//! one address may not.

use std::collections::HashMap;

/// Failures that cost nothing.
const FREE: u32 = 5;
/// First wait, in milliseconds; it doubles with each further failure.
const FIRST_WAIT: i64 = 5_000;
/// Longest wait.
const LONGEST_WAIT: i64 = 15 * 60_000;
/// After this long without a failure all is forgotten.
const FORGET: i64 = 60 * 60_000;
/// Accounts remembered at most; beyond, the oldest are forgotten.
const MOST: usize = 10_000;

/// How long to wait, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub i64);

impl Wait {
    /// In whole seconds, rounded up.
    pub fn seconds(self) -> i64 {
        (self.0 + 999) / 1000
    }
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: i64,
}

impl Failures {
    fn wait_until(self) -> i64 {
        let Some(beyond) = self.count.checked_sub(FREE) else {
            return 0;
        };
        self.last + (FIRST_WAIT << beyond.min(20)).min(LONGEST_WAIT)
    }
}

/// Failed attempts, by whatever names who tries. Time comes from outside, in milliseconds.
#[derive(Debug, Default)]
pub struct Throttle {
    failures: HashMap<String, Failures>,
}

impl Throttle {
    /// Whether an attempt may be made now.
    ///
    /// # Errors
    /// How long to wait, where there were too many failures.
    pub fn check(&self, who: &str, now: i64) -> Result<(), Wait> {
        let until = self.failures.get(who).map_or(0, |failures| failures.wait_until());
        if until > now { Err(Wait(until - now)) } else { Ok(()) }
    }

    /// An attempt failed.
    pub fn failed(&mut self, who: &str, now: i64) {
        self.failures.retain(|_, failures| now - failures.last < FORGET);
        if self.failures.len() >= MOST {
            let oldest = self
                .failures
                .iter()
                .min_by_key(|(_, failures)| failures.last)
                .map(|(who, _)| who.clone());
            oldest.and_then(|who| self.failures.remove(&who));
        }
        let failures = self
            .failures
            .entry(who.to_owned())
            .or_insert(Failures { count: 0, last: now });
        failures.count += 1;
        failures.last = now;
    }

    /// An attempt succeeded.
    pub fn succeeded(&mut self, who: &str) {
        self.failures.remove(who);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_ends() {
        let mut throttle = Throttle::default();
        for _ in 0..FREE - 1 {
            throttle.failed("a", 0);
            assert_eq!(throttle.check("a", 0), Ok(()));
        }
        throttle.failed("a", 0);
        assert_eq!(throttle.check("a", 0), Err(Wait(5_000)));
        assert_eq!(throttle.check("b", 0), Ok(()));
        assert_eq!(throttle.check("a", 5_000), Ok(()));
        throttle.failed("a", 5_000);
        assert_eq!(throttle.check("a", 5_000), Err(Wait(10_000)));
        for _ in 0..100 {
            throttle.failed("a", 6_000);
        }
        assert_eq!(throttle.check("a", 6_000), Err(Wait(LONGEST_WAIT)));
        throttle.succeeded("a");
        assert_eq!(throttle.check("a", 6_000), Ok(()));
        assert_eq!(Wait(1).seconds(), 1);
    }

    #[test]
    fn memory_is_bounded_and_old_failures_are_forgotten() {
        let mut throttle = Throttle::default();
        for n in 0..i64::try_from(MOST).expect("fits") + 50 {
            throttle.failed(&n.to_string(), n);
        }
        assert!(throttle.failures.len() <= MOST);
        throttle.failed("late", FORGET * 2);
        assert_eq!(throttle.failures.len(), 1);
    }
}
