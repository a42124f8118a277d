//! One run, and whether all was as it should be.

use super::*;

impl World {
    /// Lets things happen, then waits for rest and looks whether all is as it should be.
    pub fn run(&mut self) {
        while self.now < self.scenario.active {
            self.step();
        }
        let limit = self.scenario.active + 60 * S;
        let mut look = self.now;
        loop {
            self.step();
            if self.now >= look {
                look = self.now + 20 * MS;
                if self.unrest().is_none() {
                    break;
                }
                assert!(self.now < limit, "no rest: {}", self.unrest().unwrap_or_default());
            }
        }
        self.tally.rest_after = self.now - self.scenario.active;
        self.tally.time = self.now;
        for noise in &self.noise {
            self.tally.errors.add(&noise.errors);
        }
        if self.scenario.surely {
            self.was_worth_its_time();
        }
        if self.scenario.layout == Layout::Bus && self.scenario.mishap_every == 0 {
            self.line_lost_nothing();
        }
        for node in &self.nodes {
            let lost = self.ledger.lost_of(node.life());
            assert_eq!(
                lost,
                node.link.counters().events_lost,
                "events lost and events told lost"
            );
        }
    }

    /// A full bus saw noise, a reset, a restart and events of every node.
    fn was_worth_its_time(&mut self) {
        assert_eq!(self.nodes.len(), FULL);
        assert!(
            self.tally.resets > 0 && self.tally.master_restarts > 0,
            "{:?}",
            self.tally
        );
        assert!(self.tally.errors.flipped > 0, "{:?}", self.tally);
        assert!(self.tally.pushed >= FULL as u64, "{:?}", self.tally);
        self.tally.full += 1;
    }

    /// Where nobody started again, the bus itself mended what noise broke: nothing was missing, and nothing came again unless the
    /// line was so full that patience ended.
    fn line_lost_nothing(&mut self) {
        self.tally.calm += u64::from(self.scenario.is_calm());
        for info in self.master.nodes() {
            let counters = info.counters;
            assert_eq!(counters.gaps, 0, "{:x?}: {counters:?}", info.hello.uid);
            let again = counters.events_again + counters.retransmissions;
            assert!(
                again == 0 || !self.scenario.is_calm(),
                "{:x?}: {counters:?}",
                info.hello.uid
            );
        }
        for node in &self.nodes {
            let counters = node.link.counters();
            let again = counters.events_again + counters.requests_again;
            assert!(again == 0 || !self.scenario.is_calm(), "{:x?}: {counters:?}", node.uid);
        }
    }

    /// Why all is not yet at rest.
    fn unrest(&self) -> Option<String> {
        let mut addresses = HashMap::new();
        for node in &self.nodes {
            let name = || format!("node {:x} boot {:x}", node.uid.0, node.boot.0);
            let now = Instant(self.now - node.born);
            if !node.plugged {
                return Some(format!("{} is unplugged", name()));
            }
            if !node.link.is_connected(now) {
                return Some(format!("{} has no session, address {:?}", name(), node.link.address()));
            }
            if node.link.unacknowledged() > 0 {
                return Some(format!("{} keeps {} events", name(), node.link.unacknowledged()));
            }
            if !self.ledger.is_complete(node.life()) {
                return Some(format!("{}: events are missing", name()));
            }
            let Some(address) = node.link.address() else {
                return Some(format!("{} has no address", name()));
            };
            if let Some(other) = addresses.insert(address, node.uid) {
                return Some(format!("address {address} is {}'s and {other:x?}'s", name()));
            }
            if !self
                .master
                .nodes()
                .any(|info| (info.hello.uid, info.hello.boot, info.address) == (node.uid, node.boot, address))
            {
                return Some(format!("{} is not up at the master, at address {address}", name()));
            }
        }
        if let Some((token, asked)) = self.asked.iter().find(|(_, asked)| !asked.answered) {
            return Some(format!("command {token} to {:x?} has no answer", asked.uid));
        }
        if self.bridge.is_some() && !self.ledger.is_complete(self.bridge_life) {
            return Some("the bridge's events are missing".into());
        }
        None
    }
}
