//! The floor: stations, the devices on them, and the gateways that bring their word.

// What is reckoned here comes from outside.
#![warn(clippy::arithmetic_side_effects)]

mod clocks;
mod events;
mod holders;
mod pulse;
mod session;
mod test;
mod time;
mod wishes;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, watch};
use uplink::{Desire, DesireBody, DeviceId, DeviceReport, DeviceState, EventKey, FromWms, Progress, Stage, Strange};

use self::clocks::Clocks;
use self::holders::Holders;
use crate::clock;
use crate::engine::App;
use crate::serve::Ending;
use crate::store::{self, Backend, Device, StoreError};

pub use clocks::Step;
pub use pulse::{Pulse, pulse};
pub use session::uplink;
pub use test::TestSeen;

/// Words to a gateway waiting to be sent, before the session counts as stuck.
const OUTBOX: usize = 1024;

/// How often our own clocks are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// What gateways' sessions share.
#[derive(Clone)]
pub struct Floor(Arc<Inner>);

struct Inner {
    app: App,
    key: String,
    /// Whether devices find their station by their port's name (`station-2-shelf`).
    by_port: bool,
    links: Mutex<Links>,
    /// Counts on when a device may have changed its gateway.
    let_go: watch::Sender<u64>,
    /// Sessions end with the server.
    ending: Ending,
}

#[derive(Default)]
struct Links {
    /// The session through which a device is reached now.
    reach: HashMap<DeviceId, mpsc::Sender<FromWms>>,
    /// What was last said of each device.
    reports: BTreeMap<DeviceId, DeviceReport>,
    /// Last number of a desire, of each device.
    numbers: HashMap<DeviceId, u64>,
    /// How far the newest desire of each device has come.
    stages: HashMap<DeviceId, (u64, Stage)>,
    /// Devices that said what they can't be saying: how often, and what was wrong last.
    strange: HashMap<DeviceId, (u64, Strange)>,
    /// Self tests, of the shelves where one was begun.
    tests: HashMap<DeviceId, test::Test>,
    /// Events that made a session panic. They are kept as they came when they come again, or they would stop their device
    /// for ever.
    fatal: HashSet<EventKey>,
    clocks: Clocks,
    holders: Holders,
}

/// Why a device can't be asked for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReachError {
    /// Its gateway is away.
    #[error("the device's gateway is away")]
    Away,
}

impl Floor {
    /// A floor whose gateways show this enrolment key.
    pub fn new(app: App, key: String, by_port: bool) -> Self {
        Self(Arc::new(Inner {
            app,
            key,
            by_port,
            links: Mutex::default(),
            ending: Ending::default(),
            let_go: watch::Sender::new(0),
        }))
    }

    /// Looks at this server's own clocks from now on.
    pub fn watch_clocks(&self) {
        let watched = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            let mut look = tokio::time::interval(LOOK);
            loop {
                look.tick().await;
                let Some(inner) = watched.upgrade() else { return };
                Self(inner).links(|links| links.clocks.look(clock::moment(), clock::now()));
            }
        });
    }

    /// How this server's own clock was set last, while that is still news.
    pub fn clock_set(&self) -> Option<Step> {
        self.links(|links| links.clocks.step(clock::now()))
    }

    /// Gateways whose clock is not ours, and by how much each is ahead (ms).
    pub fn clocks_apart(&self) -> Vec<(String, i64)> {
        self.links(|links| {
            let apart = links.clocks.apart();
            apart.map(|(gateway, ahead)| (gateway.to_owned(), ahead)).collect()
        })
    }

    /// The same, whose sessions end when the server does. To be said before the first session.
    #[must_use]
    pub fn until(mut self, ending: &Ending) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.ending = ending.clone();
        }
        self
    }

    /// The runs.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The key that a gateway must show.
    pub fn key(&self) -> &str {
        &self.0.key
    }

    /// All devices as they are now: one whose gateway is away answers nobody.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn devices(&self) -> Result<Vec<Device>, StoreError> {
        let mut devices = store::devices(self.0.app.db()).await?;
        // On PostgreSQL another process may hold the gateway, and says of its devices what is so.
        if self.0.app.db().backend == Backend::Sqlite {
            self.links(|links| {
                let away = |device: &&mut Device| !links.holders.is_here(&device.gateway);
                for device in devices.iter_mut().filter(away) {
                    device.state = DeviceState::Offline;
                }
            });
        }
        Ok(devices)
    }

    /// Gateways that are away, of those that these devices hang on.
    pub fn gateways_away(&self, devices: &[Device]) -> BTreeSet<String> {
        let mut away: BTreeSet<String> = devices.iter().map(|device| device.gateway.clone()).collect();
        self.links(|links| away.retain(|gateway| !links.holders.is_here(gateway)));
        // Whose devices answer is here, by another process.
        let answers = |device: &&Device| device.state != DeviceState::Offline;
        for device in devices.iter().filter(answers) {
            away.remove(&device.gateway);
        }
        away
    }

    /// Devices that more than one gateway names: which has it, and which names it too.
    pub fn doubled(&self) -> Vec<(DeviceId, String, String)> {
        self.links(|links| links.holders.doubled())
    }

    /// What was last said of a device since this process started.
    pub fn report(&self, device: &DeviceId) -> Option<DeviceReport> {
        self.links(|links| links.reports.get(device).cloned())
    }

    /// How far the newest thing that a device was told has come: on the wire, taken, or why not.
    pub fn stage(&self, device: &DeviceId) -> Option<Stage> {
        self.links(|links| links.stages.get(device).map(|(_, stage)| stage.clone()))
    }

    /// How far this one has come; none where nothing is known of it, or of a newer one.
    pub fn stage_of(&self, device: &DeviceId, number: u64) -> Option<Stage> {
        self.links(|links| {
            let (known, stage) = links.stages.get(device)?;
            (*known == number).then(|| stage.clone())
        })
    }

    /// All that was said strangely, so that a change of it is seen.
    pub fn strangeness(&self) -> u64 {
        self.links(|links| {
            let counts = links.strange.values().map(|(count, _)| *count);
            counts.fold(0, u64::saturating_add)
        })
    }

    /// How often a device said what it can't be saying since this process started, and what was wrong last.
    pub fn strange(&self, device: &DeviceId) -> Option<(u64, Strange)> {
        self.links(|links| links.strange.get(device).copied())
    }

    /// A device said what it can't be saying. Devices that nobody knows are not remembered: their names may be endless.
    fn is_strange(&self, device: &DeviceId, strange: Strange) {
        if strange != Strange::Unknown {
            self.links(|links| {
                let (count, last) = links.strange.entry(device.clone()).or_insert((0, strange));
                (*count, *last) = (count.saturating_add(1), strange);
            });
        }
    }

    /// Begins a shelf's self test.
    ///
    /// # Errors
    /// Where its gateway is away.
    pub fn begin_test(&self, device: &DeviceId, units: u8) -> Result<(), ReachError> {
        let number = self.ask(device, DesireBody::SelfTest)?;
        self.links(|links| links.tests.insert(device.clone(), test::Test::begin(number, units)));
        Ok(())
    }

    /// Ends it. What was judged stays judged.
    ///
    /// # Errors
    /// Where its gateway is away.
    pub fn end_test(&self, device: &DeviceId) -> Result<(), ReachError> {
        self.ask(device, DesireBody::Identify { seconds: 0 })?;
        self.links(|links| links.tests.remove(device));
        Ok(())
    }

    /// The self test of a shelf that goes on, or was given up since it was begun here.
    pub fn test(&self, device: &DeviceId) -> Option<TestSeen> {
        self.links(|links| links.tests.get(device).map(|test| test.seen(Instant::now())))
    }

    /// A shelf judged a position.
    fn tested(&self, device: &DeviceId, position: u8) {
        self.links(|links| {
            if links.tests.get_mut(device).is_some_and(|test| test.told(position)) {
                links.tests.remove(device);
            }
        });
    }

    /// A shelf has work: a test there is over.
    fn at_work(&self, device: &DeviceId) {
        self.links(|links| links.tests.remove(device));
    }

    /// A gateway says how far a desire has come. Word of an older one than the newest known is passed over.
    fn came(&self, progress: &Progress) {
        self.links(|links| {
            // Refused, it was never begun.
            let began = links.tests.get(&progress.device).map(|test| test.number);
            if began == Some(progress.number) && matches!(progress.stage, Stage::Failed { .. }) {
                links.tests.remove(&progress.device);
            }
            let known = links.stages.get(&progress.device);
            if known.is_none_or(|(number, _)| *number <= progress.number) {
                links
                    .stages
                    .insert(progress.device.clone(), (progress.number, progress.stage.clone()));
            }
        });
    }

    /// Asks a device for something now; what it should show follows from its station's run and is not asked for here.
    ///
    /// # Errors
    /// Where its gateway is away.
    pub fn ask(&self, device: &DeviceId, body: DesireBody) -> Result<u64, ReachError> {
        let (reach, desire) = self.links(|links| {
            let reach = links.reach.get(device).cloned().ok_or(ReachError::Away)?;
            Ok((reach, links.desire(device, body)))
        })?;
        let number = desire.number;
        reach.try_send(FromWms::Desire(desire)).map_err(|_| ReachError::Away)?;
        Ok(number)
    }

    /// Gives a device to a station, or takes it from any; it shows at once what belongs there.
    ///
    /// # Errors
    /// Where the database refuses, or there is no such station.
    pub async fn assign(&self, device: &DeviceId, station: Option<i64>) -> Result<(), StoreError> {
        store::assign(self.0.app.db(), device, station).await?;
        self.0.app.places_changed().await
    }

    /// Whoever names a device that another gateway had may have it now.
    fn let_go(&self) {
        self.0.let_go.send_modify(|count| *count = count.wrapping_add(1));
    }

    fn links<T>(&self, act: impl FnOnce(&mut Links) -> T) -> T {
        act(&mut self.0.links.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Links {
    /// A desire with the next number. Numbers follow the clock, so that they rise over a restart of this server too.
    fn desire(&mut self, device: &DeviceId, body: DesireBody) -> Desire {
        let last = self.numbers.entry(device.clone()).or_default();
        let clock = u64::try_from(clock::now()).unwrap_or_default();
        *last = clock.max(last.saturating_add(1));
        Desire {
            device: device.clone(),
            number: *last,
            body,
        }
    }
}
