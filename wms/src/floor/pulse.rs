//! Whether something about the devices changed, felt for all who watch together.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use tokio::sync::watch;

use super::Floor;
use crate::panics::{self, caught};
use crate::store::{self, StoreError};

/// How often devices are looked at while somebody watches.
const LOOK: Duration = Duration::from_secs(1);

/// What devices are like, as far as a page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pulse {
    /// All that can be told of any device.
    pub all: u64,
    /// Of each station: which devices it has, whether they answer, what is broken there.
    pub stations: BTreeMap<i64, u64>,
}

/// Looks at the devices for all watchers together, and tells when something about them changed.
pub fn pulse(floor: Floor) -> watch::Sender<Pulse> {
    let (sender, _) = watch::channel(Pulse::default());
    let beats = sender.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(LOOK).await;
            if beats.receiver_count() == 0 {
                continue;
            }
            let Ok(Ok(now)) = caught("the pulse", feel(&floor)).await else {
                continue;
            };
            beats.send_if_modified(|last| {
                let differs = *last != now;
                *last = now;
                differs
            });
        }
    });
    sender
}

async fn feel(floor: &Floor) -> Result<Pulse, StoreError> {
    let devices = floor.devices().await?;
    let complaints = store::complaints(floor.app().db()).await?;
    let mut all = DefaultHasher::new();
    let mut stations: BTreeMap<i64, DefaultHasher> = BTreeMap::new();
    // Every page says when the database can't be written.
    let trouble = format!("{:?}", floor.app().db().health().now());
    trouble.hash(&mut all);
    for device in &devices {
        let state = serde_json::to_string(&device.state).unwrap_or_default();
        let complaints: Vec<_> = complaints.iter().filter(|(id, _)| *id == device.id).collect();
        let health = (&device.id, device.station, state, complaints, floor.test(&device.id));
        if let Some(station) = device.station {
            let hasher = stations.entry(station).or_default();
            health.hash(hasher);
            trouble.hash(hasher);
        }
        health.hash(&mut all);
        device.firmware.hash(&mut all);
        floor
            .report(&device.id)
            .map(|report| (report.pending, report.retransmissions))
            .hash(&mut all);
        serde_json::to_string(&floor.stage(&device.id))
            .unwrap_or_default()
            .hash(&mut all);
    }
    (floor.strangeness(), panics::count()).hash(&mut all);
    floor.gateways_away(&devices).hash(&mut all);
    floor.doubled().hash(&mut all);
    floor.clock_set().map(|step| (step.by, step.at)).hash(&mut all);
    for (gateway, ahead) in floor.clocks_apart() {
        // As the page says it, which is by the minute.
        (gateway, ahead / 60_000).hash(&mut all);
    }
    Ok(Pulse {
        all: all.finish(),
        stations: stations.into_iter().map(|(id, hasher)| (id, hasher.finish())).collect(),
    })
}
