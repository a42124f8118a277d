//! One device: its report, what it should show, what it still keeps.

use std::collections::VecDeque;

use crc::{CRC_32_ISO_HDLC, Crc};
use uplink::{Desire, DesireBody, DeviceId, DeviceReport, DeviceState, Stage, UnixMillis};

use super::{PortId, delivery::Delivery};
use crate::{drivers::Introduction, outbox::record::Printed, words::Text};

const CRC32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
/// Labels kept for a printer that is away, at most.
const LABELS: usize = 64;
/// Finished print jobs remembered, so that a repeated desire prints nothing.
const FINISHED: usize = 256;

#[derive(Debug)]
pub(super) struct Device {
    pub report: DeviceReport,
    pub port: PortId,
    pub delivery: Delivery,
    /// Counters have changed since the last report.
    pub changed: bool,
    lights: Option<Desire>,
    labels: VecDeque<Desire>,
    momentary: Vec<Desire>,
    /// Jobs and checksums of their pictures.
    finished: VecDeque<(u32, u32)>,
}

/// What to do with a desire.
#[derive(Debug, PartialEq)]
pub(super) enum Wish {
    /// Pass it on.
    Send,
    /// The device is away; it will get it when it is back.
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
            delivery: Delivery::default(),
            changed: false,
            lights: None,
            labels: VecDeque::new(),
            momentary: Vec::new(),
            finished: VecDeque::new(),
        }
    }

    pub fn up(
        &mut self,
        port: PortId,
        who: &Introduction,
        state: DeviceState,
        profile: String,
        pending: u64,
        now: UnixMillis,
    ) {
        // The driver of another opening tells all kept events anew; the same one goes on where it was.
        if self.port != port {
            self.delivery.begin(who.boot);
        }
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

    /// Everything it should show or do, for a device that is back.
    pub fn desired(&self) -> Vec<Desire> {
        self.lights.iter().chain(&self.labels).cloned().collect()
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
            DesireBody::Print { job, .. } => {
                if self.finished.contains(&(*job, picture(&desire))) {
                    return Wish::Done;
                }
                if let Some(same) = self.labels.iter_mut().find(|label| self::job(label) == Some(*job)) {
                    *same = desire;
                } else if self.labels.len() >= LABELS {
                    return Wish::Refused(Text::new("too-many-waiting"));
                } else {
                    self.labels.push_back(desire);
                }
            }
            DesireBody::Tare | DesireBody::SelfTest | DesireBody::Identify { .. } => {
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

    /// A desire has come so far. Gives the label that the printer has now taken.
    pub fn progress(&mut self, number: u64, stage: &Stage) -> Option<Printed> {
        if *stage == Stage::OnWire {
            return None;
        }
        self.momentary.retain(|desire| desire.number != number);
        let at = self.labels.iter().position(|label| label.number == number)?;
        let label = self.labels.remove(at)?;
        if *stage == Stage::Taken {
            self.finish(&label)
        } else {
            None
        }
    }

    /// A label is on paper.
    pub fn printed(&mut self, job: u32) -> Option<Printed> {
        let at = self.labels.iter().position(|label| self::job(label) == Some(job))?;
        let label = self.labels.remove(at)?;
        self.finish(&label)
    }

    fn finish(&mut self, label: &Desire) -> Option<Printed> {
        let printed = Printed {
            device: label.device.clone(),
            job: job(label)?,
            picture: picture(label),
        };
        self.remember(&printed);
        Some(printed)
    }

    /// The printer has taken this, now or before the gateway's start.
    pub fn remember(&mut self, printed: &Printed) {
        if self.finished.len() == FINISHED {
            self.finished.pop_front();
        }
        self.finished.push_back((printed.job, printed.picture));
    }

    /// Whether it has ever answered here.
    pub fn is_seen(&self) -> bool {
        self.report.last_seen > 0
    }
}

/// A label's picture, by which two that carry the same job's number are told apart.
fn picture(desire: &Desire) -> u32 {
    match &desire.body {
        DesireBody::Print { raster, .. } => CRC32.checksum(raster.as_bytes()),
        _ => 0,
    }
}

fn job(desire: &Desire) -> Option<u32> {
    match desire.body {
        DesireBody::Print { job, .. } => Some(job),
        _ => None,
    }
}
