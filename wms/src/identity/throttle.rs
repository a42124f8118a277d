//! A limit on sign-in attempts, by two rules that both must let an attempt pass.
//!
//! **One account** may not fail often, wherever it is tried from: five failures cost nothing, then each doubles a wait.
//! **One address** may fail often, because a whole classroom signs in from one; but not without end, or whoever sits
//! there could try one password on every account.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr};

/// Failures of an account that cost nothing.
const FREE: u32 = 5;
/// First wait of an account, in milliseconds; it doubles with each further failure.
const FIRST_WAIT: i64 = 5_000;
/// Longest wait of an account.
const LONGEST_WAIT: i64 = 15 * 60_000;
/// After this long without a failure an account's are forgotten.
const FORGET: i64 = 60 * 60_000;

/// Failures that an address may have at once: sixty people at the beginning of a lesson, five each.
const ROOM: i64 = 300;
/// One of them comes back after this long: all in 25 minutes, 17,280 a day.
const COMES_BACK: i64 = 5_000;

/// Accounts, and addresses, that are remembered at most; beyond, the ones longest quiet are forgotten.
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

/// Failures of one account.
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

/// Failed attempts. Time comes from outside, in milliseconds.
#[derive(Debug, Default)]
pub struct Throttle {
    /// Names may be of any length and are chosen by who tries, so their hashes are kept.
    accounts: HashMap<u64, Failures>,
    hasher: RandomState,
    /// When all failures of an address will have come back.
    addresses: HashMap<IpAddr, i64>,
}

impl Throttle {
    /// Whether an attempt may be made now; it counts as a failure until it is said to have succeeded, so that many at
    /// once don't slip through. One that may not be made does not count.
    ///
    /// # Errors
    /// How long to wait, where there were too many failures.
    pub fn attempt(&mut self, login: &str, address: Option<IpAddr>, now: i64) -> Result<(), Wait> {
        let account = self.hasher.hash_one(login);
        let address = address.map(network);
        let account_until = self.accounts.get(&account).map_or(0, |failures| failures.wait_until());
        let back = address.and_then(|address| self.addresses.get(&address).copied());
        // Full, until the next comes back.
        let address_until = back.map_or(0, |back| back - (ROOM - 1) * COMES_BACK);
        let until = account_until.max(address_until);
        if until > now {
            return Err(Wait(until - now));
        }
        self.accounts.retain(|_, failures| now - failures.last < FORGET);
        make_room(&mut self.accounts, |failures| failures.last);
        let failures = self.accounts.entry(account).or_insert(Failures { count: 0, last: now });
        failures.count += 1;
        failures.last = now;
        if let Some(address) = address {
            self.addresses.retain(|_, back| *back > now);
            make_room(&mut self.addresses, |back| *back);
            let back = self.addresses.entry(address).or_insert(now);
            *back += COMES_BACK;
        }
        Ok(())
    }

    /// An attempt succeeded: the account's failures are forgiven, the address's attempt is given back.
    pub fn succeeded(&mut self, login: &str, address: Option<IpAddr>) {
        self.accounts.remove(&self.hasher.hash_one(login));
        if let Some(back) = address.and_then(|address| self.addresses.get_mut(&network(address))) {
            *back -= COMES_BACK;
        }
    }
}

/// Forgets the one that was quiet longest, where there are too many.
fn make_room<K: Copy + Eq + std::hash::Hash, V>(known: &mut HashMap<K, V>, last: impl Fn(&V) -> i64) {
    if known.len() >= MOST {
        let oldest = known.iter().min_by_key(|(_, value)| last(value)).map(|(key, _)| *key);
        oldest.and_then(|key| known.remove(&key));
    }
}

/// What counts as one address: of IPv6 the network, of which a single machine has every address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let network = u128::from(address) >> 64 << 64;
            IpAddr::V6(Ipv6Addr::from(network))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<IpAddr> {
        Some(text.parse().expect("an address"))
    }

    #[test]
    fn an_account_s_wait_doubles_and_ends() {
        let mut throttle = Throttle::default();
        for _ in 0..FREE {
            assert_eq!(throttle.attempt("a", None, 0), Ok(()));
        }
        assert_eq!(throttle.attempt("a", None, 0), Err(Wait(5_000)));
        assert_eq!(
            throttle.attempt("a", address("10.0.0.1"), 0),
            Err(Wait(5_000)),
            "from anywhere"
        );
        assert_eq!(throttle.attempt("b", None, 0), Ok(()));
        assert_eq!(throttle.attempt("a", None, 5_000), Ok(()));
        assert_eq!(throttle.attempt("a", None, 5_000), Err(Wait(10_000)));
        let mut now = 5_000;
        for _ in 0..20 {
            now += LONGEST_WAIT;
            assert_eq!(throttle.attempt("a", None, now), Ok(()));
        }
        assert_eq!(throttle.attempt("a", None, now), Err(Wait(LONGEST_WAIT)));
        throttle.succeeded("a", None);
        assert_eq!(throttle.attempt("a", None, now), Ok(()));
        assert_eq!(Wait(1).seconds(), 1);
    }

    #[test]
    fn an_address_tries_many_accounts_but_not_without_end() {
        let mut throttle = Throttle::default();
        let here = address("10.0.0.1");
        for n in 0..ROOM {
            assert_eq!(throttle.attempt(&n.to_string(), here, 0), Ok(()), "{n}");
        }
        assert_eq!(throttle.attempt("next", here, 0), Err(Wait(COMES_BACK)));
        assert_eq!(
            throttle.attempt("next", here, 1),
            Err(Wait(COMES_BACK - 1)),
            "waiting costs nothing"
        );
        assert_eq!(
            throttle.attempt("next", address("10.0.0.2"), 0),
            Ok(()),
            "another address does not wait"
        );
        assert_eq!(throttle.attempt("one", here, COMES_BACK), Ok(()));
        assert_eq!(throttle.attempt("two", here, COMES_BACK), Err(Wait(COMES_BACK)));
        assert_eq!(throttle.attempt("all", here, COMES_BACK * (ROOM + 1)), Ok(()));
    }

    #[test]
    fn a_classroom_that_signs_in_rightly_costs_its_address_nothing() {
        let mut throttle = Throttle::default();
        let here = address("10.0.0.1");
        for n in 0..ROOM * 10 {
            let login = n.to_string();
            assert_eq!(throttle.attempt(&login, here, 0), Ok(()), "{n}");
            throttle.succeeded(&login, here);
        }
    }

    #[test]
    fn one_machine_s_many_addresses_are_one() {
        let mut throttle = Throttle::default();
        for n in 0..ROOM {
            let here = address(&format!("2001:db8:1:2::{n:x}"));
            assert_eq!(throttle.attempt(&n.to_string(), here, 0), Ok(()));
        }
        assert!(throttle.attempt("next", address("2001:db8:1:2:ffff::1"), 0).is_err());
        assert_eq!(throttle.attempt("next", address("2001:db8:1:3::1"), 0), Ok(()));
        assert_eq!(
            network("::ffff:10.0.0.1".parse().expect("mapped")).to_string(),
            "10.0.0.1"
        );
    }

    #[test]
    fn memory_is_bounded_and_old_failures_are_forgotten() {
        let mut throttle = Throttle::default();
        for n in 0..u32::try_from(MOST).expect("fits") + 50 {
            let here = IpAddr::V4(n.into());
            assert_eq!(throttle.attempt(&n.to_string(), Some(here), n.into()), Ok(()));
        }
        assert!(throttle.accounts.len() <= MOST && throttle.addresses.len() <= MOST);
        let late = throttle.attempt("late", address("10.0.0.1"), FORGET * 2);
        assert_eq!(
            (late, throttle.accounts.len(), throttle.addresses.len()),
            (Ok(()), 1, 1)
        );
    }
}
