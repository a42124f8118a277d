//! Which gateway has which device. A device belongs to the gateway that hears it, until that one says that it is gone, or
//! goes itself: another that names it meanwhile is told of and waits. Pure.

use std::collections::{BTreeMap, BTreeSet};

use uplink::{DeviceId, DeviceState};

/// Number of a gateway's session.
pub type SessionId = u64;

/// Sessions and what they hold.
#[derive(Debug, Default)]
pub struct Holders {
    /// The newest session of each gateway.
    gateways: BTreeMap<String, SessionId>,
    /// Who hears a device now.
    of: BTreeMap<DeviceId, SessionId>,
    /// Who else names it.
    claims: BTreeMap<DeviceId, BTreeSet<SessionId>>,
    last: SessionId,
}

/// What becomes of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// It counts.
    Counts,
    /// It counts, and others who name the device may have it now.
    LetsGo,
    /// Another gateway has the device.
    Waits,
}

impl Holders {
    /// A gateway came. One of the same name before it is half dead, and has nothing any more.
    pub fn came(&mut self, gateway: &str) -> SessionId {
        self.last = self.last.saturating_add(1);
        if let Some(before) = self.gateways.insert(gateway.to_owned(), self.last) {
            self.forget(before);
        }
        self.last
    }

    /// A session is over. Whether its gateway went with it.
    pub fn went(&mut self, gateway: &str, session: SessionId) -> bool {
        self.forget(session);
        let newest = self.gateways.get(gateway) == Some(&session);
        if newest {
            self.gateways.remove(gateway);
        }
        newest
    }

    fn forget(&mut self, session: SessionId) {
        self.of.retain(|_, holder| *holder != session);
        self.claims.retain(|_, claims| {
            claims.remove(&session);
            !claims.is_empty()
        });
    }

    /// Whether a gateway is here.
    pub fn is_here(&self, gateway: &str) -> bool {
        self.gateways.contains_key(gateway)
    }

    /// A session reports a device in this state.
    pub fn reports(&mut self, session: SessionId, device: &DeviceId, state: &DeviceState) -> Report {
        let hears = *state != DeviceState::Offline;
        let holder = self.of.get(device).copied();
        match holder {
            Some(holder) if holder != session => {
                if hears {
                    self.claims.entry(device.clone()).or_default().insert(session);
                } else {
                    self.unclaim(session, device);
                }
                Report::Waits
            }
            _ if hears => {
                self.of.insert(device.clone(), session);
                self.unclaim(session, device);
                Report::Counts
            }
            _ => {
                self.of.remove(device);
                Report::LetsGo
            }
        }
    }

    fn unclaim(&mut self, session: SessionId, device: &DeviceId) {
        if let Some(claims) = self.claims.get_mut(device) {
            claims.remove(&session);
            if claims.is_empty() {
                self.claims.remove(device);
            }
        }
    }

    /// Whether what a session says of a device counts: nobody else hears it.
    pub fn counts(&self, session: SessionId, device: &DeviceId) -> bool {
        self.of.get(device).is_none_or(|holder| *holder == session)
    }

    /// Devices that more than one gateway names: which has it, and which names it too.
    pub fn doubled(&self) -> Vec<(DeviceId, String, String)> {
        let name = |session: SessionId| {
            let mut names = self.gateways.iter();
            names.find(|(_, of)| **of == session).map(|(name, _)| name.clone())
        };
        let mut doubled = Vec::new();
        for (device, claims) in &self.claims {
            let holder = self.of.get(device).and_then(|holder| name(*holder));
            for other in claims.iter().filter_map(|claim| name(*claim)) {
                doubled.push((device.clone(), holder.clone().unwrap_or_default(), other));
            }
        }
        doubled
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "a test may fail")]
mod tests {
    use super::*;

    #[test]
    fn r14_a_device_stays_with_its_gateway_until_it_moves() {
        let device = DeviceId("aa".into());
        let mut holders = Holders::default();
        let (one, two) = (holders.came("one"), holders.came("two"));
        assert_eq!(holders.reports(one, &device, &DeviceState::Online), Report::Counts);
        assert_eq!(holders.reports(two, &device, &DeviceState::Online), Report::Waits);
        assert!(holders.counts(one, &device) && !holders.counts(two, &device));
        assert_eq!(holders.doubled(), [(device.clone(), "one".into(), "two".into())]);
        // The other never had it: what it says of its end is nothing.
        assert_eq!(holders.reports(two, &device, &DeviceState::Offline), Report::Waits);
        assert_eq!(holders.doubled(), []);
        holders.reports(two, &device, &DeviceState::Online);
        // It moves.
        assert_eq!(holders.reports(one, &device, &DeviceState::Offline), Report::LetsGo);
        assert_eq!(holders.reports(two, &device, &DeviceState::Online), Report::Counts);
        assert_eq!(holders.doubled(), []);
        // Its gateway goes.
        assert_eq!(holders.reports(one, &device, &DeviceState::Online), Report::Waits);
        assert!(holders.went("two", two) && !holders.is_here("two"));
        assert_eq!(holders.reports(one, &device, &DeviceState::Online), Report::Counts);
    }

    #[test]
    fn r14_a_gateway_that_comes_again_has_its_devices() {
        let device = DeviceId("aa".into());
        let mut holders = Holders::default();
        let before = holders.came("one");
        holders.reports(before, &device, &DeviceState::Online);
        let now = holders.came("one");
        assert_eq!(holders.reports(now, &device, &DeviceState::Online), Report::Counts);
        assert!(!holders.went("one", before), "the gateway is here by its newer session");
        assert!(holders.is_here("one") && holders.counts(now, &device));
    }
}
