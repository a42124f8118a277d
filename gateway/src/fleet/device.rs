//! One device: its report, the ports that hear it, what it should show.

use uplink::{Desire, DesireBody, DeviceId, DeviceReport, DeviceState, EventKey, Stage, UnixMillis};

use super::{
    PortId,
    delivery::Delivery,
    labels::{Labels, Wished},
};
use crate::{drivers::Introduction, outbox::record::Printed, words::Text};

/// How long mere counters may wait until the WMS is told of them, ms: a report is work for it.
const COUNTERS: i64 = 10_000;

#[derive(Debug)]
pub(super) struct Device {
    pub report: DeviceReport,
    /// Where it is told what to show: the port that has heard it last.
    pub port: PortId,
    /// Ports on which a session with it stands. More than one only where two chips give one name, or for the moment in
    /// which a node moves from one cable to another.
    pub heard: Vec<Hearing>,
    /// Retransmissions and pending events that the WMS was told of, and when.
    told: (u64, u64, UnixMillis),
    lights: Option<Desire>,
    pub labels: Labels,
    momentary: Vec<Desire>,
}

/// A device as one port hears it.
#[derive(Debug)]
pub(super) struct Hearing {
    pub port: PortId,
    pub who: Introduction,
    /// In which of the fleet's seconds the session began.
    pub since: u64,
    /// What it still keeps of what it told there.
    pub delivery: Delivery,
}

/// What to do with a desire.
#[derive(Debug, PartialEq)]
pub(super) enum Wish {
    /// Pass it on.
    Send,
    /// It will get it when it is back, or when its turn has come.
    Kept,
    /// It has been done before.
    Done,
    /// It can't be.
    Refused(Text),
}

impl Device {
    /// A device that the WMS speaks of before it has answered here.
    pub fn unseen(device: DeviceId) -> Self {
        let report = DeviceReport {
            device,
            kind: uplink::DeviceKind::Shelf,
            profile: String::new(),
            port: String::new(),
            firmware: String::new(),
            units: 0,
            state: DeviceState::Offline,
            last_seen: 0,
            retransmissions: 0,
            pending: 0,
        };
        Self {
            report,
            port: PortId::default(),
            heard: Vec::new(),
            told: (0, 0, 0),
            lights: None,
            labels: Labels::default(),
            momentary: Vec::new(),
        }
    }

    /// A session with it stands on this port: there it tells all events anew that it keeps.
    pub fn hear(&mut self, port: &PortId, who: &Introduction, second: u64) {
        self.heard.retain(|hearing| hearing.port != *port);
        self.heard.push(Hearing {
            port: port.clone(),
            who: who.clone(),
            since: second,
            delivery: Delivery::of(who.boot),
        });
    }

    /// The session on this port is over. Gives another port that still hears the device, where that is its only way now.
    pub fn unhear(&mut self, port: &PortId) -> Option<(PortId, Introduction)> {
        self.heard.retain(|hearing| hearing.port != *port);
        let other = self.heard.last().filter(|_| self.port == *port)?;
        Some((other.port.clone(), other.who.clone()))
    }

    /// It answers, or can't be used, on this port.
    pub fn up(
        &mut self,
        port: PortId,
        who: &Introduction,
        state: DeviceState,
        profile: String,
        pending: u64,
        now: UnixMillis,
    ) {
        let name = if who.address == 0 {
            port.name.clone()
        } else {
            format!("{} #{}", port.name, who.address)
        };
        self.report = DeviceReport {
            device: who.device.clone(),
            kind: who.kind,
            profile,
            port: name,
            firmware: who.firmware.clone(),
            units: who.units,
            state,
            last_seen: now,
            retransmissions: 0,
            pending,
        };
        self.port = port;
    }

    pub fn is_online(&self) -> bool {
        self.report.state == DeviceState::Online
    }

    /// The report, for the WMS.
    pub fn tell(&mut self, now: UnixMillis) -> DeviceReport {
        self.told = (self.report.retransmissions, self.report.pending, now);
        self.report.clone()
    }

    /// The report, where the WMS should hear of the counters in it.
    pub fn tell_counters(&mut self, now: UnixMillis) -> Option<DeviceReport> {
        let (retransmissions, pending, at) = self.told;
        let changed = (retransmissions, pending) != (self.report.retransmissions, self.report.pending);
        let crossed = (pending == 0) != (self.report.pending == 0);
        let due = changed && (crossed || now.saturating_sub(at).saturating_abs() >= COUNTERS);
        due.then(|| self.tell(now))
    }

    /// Where those hang that told this event.
    pub fn tellers(&self, key: &EventKey) -> impl Iterator<Item = &PortId> {
        let boot = key.boot;
        let tellers = self.heard.iter().filter(move |hearing| hearing.delivery.boot() == boot);
        tellers.map(|hearing| &hearing.port)
    }

    /// What it should show, for a device that is back.
    pub fn desired(&self) -> Option<Desire> {
        self.lights.clone()
    }

    pub fn desire(&mut self, desire: Desire) -> Wish {
        if let DeviceState::Unusable { why } = &self.report.state {
            return Wish::Refused(Text::new("device-unusable").with("why", why));
        }
        let online = self.is_online();
        match &desire.body {
            DesireBody::Lights { .. } => {
                // Within a session the last to come is the newest.
                self.lights = Some(desire);
            }
            DesireBody::Print { .. } => {
                let (device, number) = (desire.device.clone(), desire.number);
                return match self.labels.desire(desire) {
                    Wished::Waits => Wish::Kept,
                    Wished::Again => Wish::Send,
                    Wished::Done => Wish::Done,
                    Wished::NoRoom => {
                        tracing::warn!(device = %device.0, number, "too many labels wait; the WMS keeps this one");
                        Wish::Kept
                    }
                };
            }
            DesireBody::Tare
            | DesireBody::SelfTest
            | DesireBody::Identify { .. }
            | DesireBody::Calibrate { .. }
            | DesireBody::Signals { .. } => {
                if !online {
                    return Wish::Refused(Text::new("device-offline"));
                }
                self.momentary.push(desire);
            }
        }
        if online { Wish::Send } else { Wish::Kept }
    }

    pub fn take_momentary(&mut self) -> Vec<Desire> {
        std::mem::take(&mut self.momentary)
    }

    /// A desire has come so far.
    pub fn progress(&mut self, number: u64, stage: &Stage) {
        if *stage != Stage::OnWire {
            self.momentary.retain(|desire| desire.number != number);
        }
        self.labels.progress(number, stage);
    }

    /// A label is on paper.
    pub fn printed(&mut self, job: u32) -> Option<Printed> {
        self.labels.printed(job)
    }

    /// Whether it has ever answered here.
    pub fn is_seen(&self) -> bool {
        self.report.last_seen > 0
    }
}
