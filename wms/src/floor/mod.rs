//! The floor: stations, the devices on them, and the gateways that bring their word.

mod complaints;
mod events;
mod fleet;
mod session;
mod wishes;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;
use uplink::{Desire, DesireBody, DeviceId, DeviceReport, FromWms, Progress, Stage};

pub use complaints::{Complaint, NO_ANSWER, complaints, last_words};
pub use fleet::{Device, Station, devices, ensure_station, stations};
pub use session::uplink;

use crate::clock;
use crate::training::App;

/// Words to a gateway waiting to be sent, before the session counts as stuck.
const OUTBOX: usize = 1024;

/// What gateways' sessions share.
#[derive(Clone)]
pub struct Floor(Arc<Inner>);

struct Inner {
    app: App,
    key: String,
    /// Whether devices find their station by their port's name (`station-2-shelf`).
    by_port: bool,
    links: Mutex<Links>,
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
        }))
    }

    /// The runs.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The key that a gateway must show.
    pub fn key(&self) -> &str {
        &self.0.key
    }

    /// What was last said of a device since this process started.
    pub fn report(&self, device: &DeviceId) -> Option<DeviceReport> {
        self.links(|links| links.reports.get(device).cloned())
    }

    /// How far the newest thing that a device was told has come: on the wire, taken, or why not.
    pub fn stage(&self, device: &DeviceId) -> Option<Stage> {
        self.links(|links| links.stages.get(device).map(|(_, stage)| stage.clone()))
    }

    /// A gateway says how far a desire has come. Word of an older one than the newest known is passed over.
    fn came(&self, progress: &Progress) {
        self.links(|links| {
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
    pub async fn assign(&self, device: &DeviceId, station: Option<i64>) -> Result<(), sqlx::Error> {
        fleet::assign(&self.0.app.db().pool, device, station).await?;
        self.0.app.places_changed().await
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
        *last = clock.max(*last + 1);
        Desire {
            device: device.clone(),
            number: *last,
            body,
        }
    }
}
