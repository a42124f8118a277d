//! What the fleet tells people and programs about itself.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use uplink::{DeviceId, DeviceReport, DeviceState, Stage, UnixMillis};

use super::Fleet;

/// Everything at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// The gateway's own name.
    #[serde(default)]
    pub gateway: String,
    /// Its software's version.
    #[serde(default)]
    pub version: String,
    /// The session with the WMS.
    pub uplink: UplinkStatus,
    /// Ports by name.
    pub ports: BTreeMap<String, PortStatus>,
    /// Devices that have answered since the gateway started.
    pub devices: Vec<DeviceReport>,
    /// Events.
    pub events: EventStatus,
}

/// The session with the WMS.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UplinkStatus {
    /// Whether it stands.
    pub online: bool,
    /// Why not, in words.
    pub why: Option<String>,
    /// Since when; 0 for "since the start".
    pub since: UnixMillis,
}

/// A port.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PortStatus {
    /// Whether it is open.
    pub open: bool,
    /// Why not, in words.
    pub why: Option<String>,
    /// Something else that is wrong there.
    pub trouble: Option<String>,
    /// Since when.
    pub since: UnixMillis,
    /// Which opening this is.
    #[serde(skip)]
    opening: u64,
}

/// How far events and commands have come.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventStatus {
    /// Came from devices since the start.
    pub came: u64,
    /// Committed by the WMS since the start.
    pub committed: u64,
    /// Not yet committed by the WMS.
    pub pending: u64,
    /// Desires put on the wire since the start.
    pub on_wire: u64,
    /// Desires taken by the node since the start.
    pub taken: u64,
    /// Desires that failed since the start.
    pub failed: u64,
    /// Why the outbox can't be written, in words.
    pub outbox_fault: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Counts {
    pub events: u64,
    pub committed: u64,
    on_wire: u64,
    taken: u64,
    failed: u64,
    pub pending_of: HashMap<DeviceId, u64>,
}

impl Counts {
    pub fn progress(&mut self, stage: &Stage) {
        match stage {
            Stage::OnWire => self.on_wire += 1,
            Stage::Taken => self.taken += 1,
            Stage::Failed { .. } => self.failed += 1,
        }
    }
}

impl UplinkStatus {
    pub(super) fn up(&mut self, now: UnixMillis) {
        *self = Self {
            online: true,
            why: None,
            since: now,
        };
    }

    pub(super) fn down(&mut self, why: String, now: UnixMillis) {
        let since = if self.online { now } else { self.since };
        *self = Self {
            online: false,
            why: Some(why),
            since,
        };
    }
}

impl PortStatus {
    pub(super) fn open(opening: u64, now: UnixMillis) -> Self {
        Self {
            open: true,
            why: None,
            trouble: None,
            since: now,
            opening,
        }
    }

    pub(super) fn closed(&mut self, opening: u64, why: String, now: UnixMillis) {
        if opening >= self.opening {
            let since = if self.open || self.since == 0 { now } else { self.since };
            *self = Self {
                open: false,
                why: Some(why),
                trouble: None,
                since,
                opening,
            };
        }
    }
}

impl Fleet {
    /// Everything at this moment.
    #[must_use]
    pub fn status(&self) -> Status {
        Status {
            gateway: String::new(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            uplink: self.uplink.clone(),
            ports: self.ports.clone(),
            devices: self
                .devices
                .values()
                .filter(|device| device.is_seen())
                .map(|d| d.report.clone())
                .collect(),
            events: EventStatus {
                came: self.counts.events,
                committed: self.counts.committed,
                pending: self.queue.len() as u64,
                on_wire: self.counts.on_wire,
                taken: self.counts.taken,
                failed: self.counts.failed,
                outbox_fault: self.outbox_fault.clone(),
            },
        }
    }

    /// Brings the metrics up to date.
    pub(super) fn publish(&self) {
        let count = |state: fn(&DeviceState) -> bool| {
            self.devices
                .values()
                .filter(|device| device.is_seen() && state(&device.report.state))
                .count() as f64
        };
        metrics::gauge!("gateway_devices", "state" => "online").set(count(|s| matches!(s, DeviceState::Online)));
        metrics::gauge!("gateway_devices", "state" => "offline").set(count(|s| matches!(s, DeviceState::Offline)));
        metrics::gauge!("gateway_devices", "state" => "unusable")
            .set(count(|s| matches!(s, DeviceState::Unusable { .. })));
        metrics::gauge!("gateway_ports_open").set(self.ports.values().filter(|port| port.open).count() as f64);
        metrics::gauge!("gateway_uplink_online").set(f64::from(u8::from(self.uplink.online)));
        metrics::gauge!("gateway_events_pending").set(self.queue.len() as f64);
        metrics::gauge!("gateway_outbox_failing").set(f64::from(u8::from(self.outbox_fault.is_some())));
        metrics::counter!("gateway_events_total", "stage" => "came").absolute(self.counts.events);
        metrics::counter!("gateway_events_total", "stage" => "committed").absolute(self.counts.committed);
        metrics::counter!("gateway_desires_total", "stage" => "on_wire").absolute(self.counts.on_wire);
        metrics::counter!("gateway_desires_total", "stage" => "taken").absolute(self.counts.taken);
        metrics::counter!("gateway_desires_total", "stage" => "failed").absolute(self.counts.failed);
        let again: u64 = self.devices.values().map(|device| device.report.retransmissions).sum();
        metrics::gauge!("gateway_retransmissions").set(again as f64);
    }
}
