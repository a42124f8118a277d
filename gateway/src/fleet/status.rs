//! What the fleet tells people and programs about itself.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use uplink::{DeviceId, DeviceReport, DeviceState, Stage, UnixMillis};

use super::{Device, Fleet};
use crate::words::Text;

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
    /// Whole frames since it was opened.
    #[serde(default)]
    pub frames: u64,
    /// Damaged frames since it was opened.
    #[serde(default)]
    pub damaged: u64,
    /// Which opening this is.
    #[serde(skip)]
    opening: u64,
    /// Devices first met in this opening.
    #[serde(skip)]
    pub(super) met: u32,
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
    /// Why events are held back that only their nodes keep, in words.
    #[serde(default)]
    pub outbox_full: Option<String>,
    /// So many are held back.
    #[serde(default)]
    pub held: u64,
    /// Not believed since the start: their device can't be saying that.
    #[serde(default)]
    pub strange: u64,
    /// Lost since the start because the disk gave back something else than was written.
    #[serde(default)]
    pub spoiled: u64,
}

#[derive(Debug, Default)]
pub(super) struct Counts {
    pub events: u64,
    pub committed: u64,
    on_wire: u64,
    taken: u64,
    failed: u64,
    pub spoiled: u64,
    pub strange: u64,
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
            since: now,
            opening,
            ..Self::default()
        }
    }

    pub(super) fn closed(&mut self, opening: u64, why: String, now: UnixMillis) {
        if opening >= self.opening {
            let since = if self.open || self.since == 0 { now } else { self.since };
            *self = Self {
                why: Some(why),
                since,
                opening,
                ..Self::default()
            };
        }
    }

    /// Whether nothing is known of a later opening than this.
    pub(super) fn is_of(&self, opening: u64) -> bool {
        self.opening <= opening
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
            ports: self.ports_now(),
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
                outbox_full: self.full.then(|| self.outbox_full().say(self.lang)),
                held: self.queue.held() as u64,
                strange: self.counts.strange,
                spoiled: self.counts.spoiled,
            },
        }
    }

    /// Ports, with what only all of them together show.
    fn ports_now(&self) -> BTreeMap<String, PortStatus> {
        let mut ports = self.ports.clone();
        for device in self.devices.values().filter(|device| device.heard.len() > 1) {
            let text = doubled(device).say(self.lang);
            for hearing in &device.heard {
                if let Some(status) = ports.get_mut(&hearing.port.name) {
                    status.trouble.get_or_insert_with(|| text.clone());
                }
            }
        }
        ports
    }

    pub(super) fn outbox_full(&self) -> Text {
        Text::new("outbox-full").with("most", self.queue.most())
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
        metrics::gauge!("gateway_events_held").set(self.queue.held() as f64);
        metrics::counter!("gateway_events_spoiled_total").absolute(self.counts.spoiled);
        metrics::counter!("gateway_events_strange_total").absolute(self.counts.strange);
        let frames = |count: fn(&PortStatus) -> u64| self.ports.values().map(count).sum::<u64>() as f64;
        metrics::gauge!("gateway_frames", "state" => "whole").set(frames(|port| port.frames));
        metrics::gauge!("gateway_frames", "state" => "damaged").set(frames(|port| port.damaged));
    }
}

/// Two chips with one name, on two ports, in words.
pub(super) fn doubled(device: &Device) -> Text {
    let ports: Vec<&str> = device.heard.iter().map(|hearing| hearing.port.name.as_str()).collect();
    Text::new("node-same-uid-ports")
        .with("uid", &device.report.device.0)
        .with("ports", ports.join(", "))
}
