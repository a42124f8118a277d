//! A limit on sign-in attempts, by three rules that all must let an attempt pass.
//!
//! **One account from one place** may not fail often: five failures cost nothing, then each doubles a wait. Whoever guesses
//! waits; the account's owner, who sits elsewhere, does not.
//! **One account from strange places** together may fail so often and no more, or many machines would guess for one.
//! **One address** may fail often, because a whole classroom signs in from one; but not without end, or whoever sits
//! there could try one password on every account.
//!
//! A place is a browser in which the account was signed in before, told by its [mark](super::Mark), else an address. A marked
//! browser is held to the first rule alone, an address from which the account was signed in to the first and the third: what
//! others do keeps nobody out at home.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::net::{IpAddr, Ipv6Addr};

/// Failures of an account at one place that cost nothing.
const FREE: u32 = 5;
/// Failures of an account at all strange places together that cost nothing.
const FREE_ELSEWHERE: u32 = 100;
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

/// Where an attempt comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The address; none where the server does not know it.
    pub address: Option<IpAddr>,
    /// Number of the browser, where its mark is the account's.
    pub browser: Option<u128>,
}

/// Failures of one account.
#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: i64,
}

impl Failures {
    fn wait_until(self, free: u32) -> i64 {
        let Some(beyond) = self.count.checked_sub(free) else {
            return 0;
        };
        self.last + (FIRST_WAIT << beyond.min(20)).min(LONGEST_WAIT)
    }
}

/// Failures by the hash of whom they are of: names may be of any length and are chosen by who tries.
#[derive(Debug, Default)]
struct Counts(HashMap<u64, Failures>);

impl Counts {
    fn until(&self, key: u64, free: u32) -> i64 {
        self.0.get(&key).map_or(0, |failures| failures.wait_until(free))
    }

    fn count(&mut self, key: u64, now: i64) {
        self.0.retain(|_, failures| now - failures.last < FORGET);
        make_room(&mut self.0, |failures| failures.last);
        let failures = self.0.entry(key).or_insert(Failures { count: 0, last: now });
        failures.count += 1;
        failures.last = now;
    }

    fn take_back(&mut self, key: u64) {
        if let Some(failures) = self.0.get_mut(&key) {
            failures.count = failures.count.saturating_sub(1);
        }
    }
}

/// Failed attempts. Time comes from outside, in milliseconds of a clock that nobody sets.
#[derive(Debug, Default)]
pub struct Throttle {
    hasher: RandomState,
    /// Of an account at a place.
    at_place: Counts,
    /// Of an account at strange places.
    elsewhere: Counts,
    /// Of an account at an address from which it was signed in: when last.
    homes: HashMap<u64, i64>,
    /// When all failures of an address will have come back.
    addresses: HashMap<IpAddr, i64>,
}

/// What an attempt is counted under.
struct Keys {
    account: u64,
    at_place: u64,
    /// None where it comes from a marked browser.
    address: Option<IpAddr>,
    /// The account with the address.
    home: u64,
    marked: bool,
}

impl Throttle {
    fn keys(&self, login: &str, place: Place) -> Keys {
        let network = place.address.map(network);
        let home = self.hasher.hash_one((login, "address", network));
        let at_browser = |browser| self.hasher.hash_one((login, "browser", browser));
        Keys {
            account: self.hasher.hash_one(login),
            at_place: place.browser.map_or(home, at_browser),
            address: network.filter(|_| place.browser.is_none()),
            home,
            marked: place.browser.is_some(),
        }
    }

    /// Whether an attempt may be made now; it counts as a failure until it is said to have succeeded, so that many at
    /// once don't slip through. One that may not be made does not count.
    ///
    /// # Errors
    /// How long to wait, where there were too many failures.
    pub fn attempt(&mut self, login: &str, place: Place, now: i64) -> Result<(), Wait> {
        let keys = self.keys(login, place);
        let strange = !keys.marked && !self.homes.contains_key(&keys.home);
        let mut until = self.at_place.until(keys.at_place, FREE);
        if strange {
            until = until.max(self.elsewhere.until(keys.account, FREE_ELSEWHERE));
        }
        let back = keys.address.and_then(|address| self.addresses.get(&address).copied());
        // Full, until the next comes back.
        until = until.max(back.map_or(0, |back| back - (ROOM - 1) * COMES_BACK));
        if until > now {
            return Err(Wait(until - now));
        }
        self.at_place.count(keys.at_place, now);
        if strange {
            self.elsewhere.count(keys.account, now);
        }
        if let Some(address) = keys.address {
            self.addresses.retain(|_, back| *back > now);
            make_room(&mut self.addresses, |back| *back);
            let back = self.addresses.entry(address).or_insert(now);
            *back += COMES_BACK;
        }
        Ok(())
    }

    /// An attempt succeeded: the account's failures at this place are forgiven, its other counts get the attempt back, and
    /// the address is one of the account's own from now on. What strangers failed stays counted.
    pub fn succeeded(&mut self, login: &str, place: Place, now: i64) {
        let keys = self.keys(login, place);
        self.at_place.0.remove(&keys.at_place);
        if !keys.marked && !self.homes.contains_key(&keys.home) {
            self.elsewhere.take_back(keys.account);
        }
        if let Some(back) = keys.address.and_then(|address| self.addresses.get_mut(&address)) {
            *back -= COMES_BACK;
        }
        if place.address.is_some() {
            make_room(&mut self.homes, |last| *last);
            self.homes.insert(keys.home, now);
        }
    }
}

/// Forgets the one that was quiet longest, where there are too many.
fn make_room<K: Copy + Eq + Hash, V>(known: &mut HashMap<K, V>, last: impl Fn(&V) -> i64) {
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

    const NOWHERE: Place = Place {
        address: None,
        browser: None,
    };

    fn address(text: &str) -> Place {
        Place {
            address: Some(text.parse().expect("an address")),
            browser: None,
        }
    }

    fn browser(number: u128, address: &str) -> Place {
        Place {
            browser: Some(number),
            ..self::address(address)
        }
    }

    /// Guesses until the place has to wait.
    fn guess(throttle: &mut Throttle, place: Place) {
        while throttle.attempt("teacher", place, 0).is_ok() {}
    }

    #[test]
    fn an_account_s_wait_doubles_and_ends() {
        let mut throttle = Throttle::default();
        for _ in 0..FREE {
            assert_eq!(throttle.attempt("a", NOWHERE, 0), Ok(()));
        }
        assert_eq!(throttle.attempt("a", NOWHERE, 0), Err(Wait(5_000)));
        assert_eq!(throttle.attempt("b", NOWHERE, 0), Ok(()));
        assert_eq!(throttle.attempt("a", NOWHERE, 5_000), Ok(()));
        assert_eq!(throttle.attempt("a", NOWHERE, 5_000), Err(Wait(10_000)));
        let mut now = 5_000;
        for _ in 0..20 {
            now += LONGEST_WAIT;
            assert_eq!(throttle.attempt("a", NOWHERE, now), Ok(()));
        }
        assert_eq!(throttle.attempt("a", NOWHERE, now), Err(Wait(LONGEST_WAIT)));
        throttle.succeeded("a", NOWHERE, now);
        assert_eq!(throttle.attempt("a", NOWHERE, now), Ok(()));
        assert_eq!(Wait(1).seconds(), 1);
    }

    /// Who guesses waits, and nobody else.
    #[test]
    fn r8_a_guesser_locks_out_themselves() {
        let mut throttle = Throttle::default();
        let (guesser, home) = (address("10.0.0.66"), address("10.0.0.1"));
        guess(&mut throttle, guesser);
        assert_eq!(throttle.attempt("teacher", guesser, 0), Err(Wait(FIRST_WAIT)));
        assert_eq!(throttle.attempt("teacher", home, 0), Ok(()));
    }

    /// From one address, as behind a proxy, the owner is told by their browser.
    #[test]
    fn r8_a_known_browser_passes_where_everybody_shares_one_address() {
        let mut throttle = Throttle::default();
        let (guesser, own) = (address("10.0.0.1"), browser(7, "10.0.0.1"));
        guess(&mut throttle, guesser);
        for n in 0..ROOM {
            let _ = throttle.attempt(&format!("student{n}"), guesser, 0);
        }
        assert_eq!(
            throttle.attempt("teacher", own, 0),
            Ok(()),
            "though the address is full"
        );
        throttle.succeeded("teacher", own, 0);
        // Even a mark that was stolen gives no more guesses than any place.
        guess(&mut throttle, own);
        assert_eq!(throttle.attempt("teacher", own, 0), Err(Wait(FIRST_WAIT)));
        assert_eq!(throttle.attempt("teacher", browser(8, "10.0.0.1"), 0), Ok(()));
    }

    /// Many machines that guess for one: strangers wait, an address that the account was signed in from does not.
    #[test]
    fn r8_many_strangers_have_to_wait_and_a_known_address_does_not() {
        let mut throttle = Throttle::default();
        let home = address("10.0.0.1");
        assert_eq!(throttle.attempt("teacher", home, 0), Ok(()));
        throttle.succeeded("teacher", home, 0);
        for n in 0..30 {
            guess(&mut throttle, address(&format!("10.0.1.{n}")));
        }
        let stranger = address("10.0.2.1");
        assert!(throttle.attempt("teacher", stranger, 0).is_err());
        assert_eq!(throttle.attempt("other", stranger, 0), Ok(()), "another account");
        assert_eq!(throttle.attempt("teacher", home, 0), Ok(()));
        throttle.succeeded("teacher", home, 0);
        assert!(
            throttle.attempt("teacher", stranger, 0).is_err(),
            "that forgives no stranger"
        );
        assert_eq!(throttle.attempt("teacher", stranger, LONGEST_WAIT), Ok(()));
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
            throttle.succeeded(&login, here, 0);
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
            let here = Place {
                address: Some(IpAddr::V4(n.into())),
                browser: None,
            };
            assert_eq!(throttle.attempt(&n.to_string(), here, n.into()), Ok(()));
            throttle.succeeded(&n.to_string(), here, n.into());
            assert_eq!(throttle.attempt(&n.to_string(), here, n.into()), Ok(()));
        }
        let sizes = |throttle: &Throttle| {
            let (places, elsewhere) = (throttle.at_place.0.len(), throttle.elsewhere.0.len());
            [places, elsewhere, throttle.homes.len(), throttle.addresses.len()]
        };
        assert!(
            sizes(&throttle).iter().all(|size| *size <= MOST),
            "{:?}",
            sizes(&throttle)
        );
        let late = throttle.attempt("late", address("10.0.0.1"), FORGET * 2);
        assert_eq!((late, sizes(&throttle)), (Ok(()), [1, 1, MOST, 1]));
    }
}
