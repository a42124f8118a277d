//! What ports tell: devices that come and go, and what happens at them.

use device_profiles::DriverName;
use uplink::{DeviceEvent, DeviceId, DeviceState, EventBody, EventKey, FromGateway, UnixMillis, Verdict};

use super::{Device, Effect, Fleet, PortId, kind_words, wants_verdict};
use crate::{
    drivers::{Introduction, Report, Tell},
    outbox::{queue::Taken, record::Record},
    words::Text,
};

impl Fleet {
    pub(super) fn port_closed(&mut self, port: &PortId, why: &Text, now: UnixMillis, out: &mut Vec<Effect>) {
        let status = self.ports.entry(port.name.clone()).or_default();
        status.closed(port.opening, why.say(self.lang), now);
        let gone: Vec<DeviceId> = self
            .devices
            .iter()
            .filter(|(_, device)| device.port == *port)
            .map(|(id, _)| id.clone())
            .collect();
        for id in gone {
            self.offline(&id, out);
        }
    }

    pub(super) fn offline(&mut self, id: &DeviceId, out: &mut Vec<Effect>) {
        let Some(device) = self.devices.get_mut(id) else { return };
        if device.report.state == DeviceState::Offline {
            return;
        }
        device.report.state = DeviceState::Offline;
        let (report, waiting) = (device.report.clone(), device.take_momentary());
        self.say(FromGateway::Device(report), out);
        // What only makes sense at the moment it was asked for is not kept for later.
        for desire in waiting {
            self.fail(desire.device, desire.number, Text::new("device-offline"), out);
        }
    }

    pub(super) fn report(&mut self, port: PortId, report: Report, now: UnixMillis, out: &mut Vec<Effect>) {
        match report {
            Report::Up(introduction) => self.up(port, introduction, None, now, out),
            Report::Unusable { device, why } => self.up(port, device, Some(why), now, out),
            Report::Down(id) => {
                if self.devices.get(&id).is_some_and(|device| device.port == port) {
                    self.offline(&id, out);
                }
            }
            Report::Event(event) => self.event(port, event, now, out),
            Report::Progress(progress) => {
                if let Some(device) = self.devices.get_mut(&progress.device) {
                    let printed = device.progress(progress.number, &progress.stage);
                    out.extend(printed.map(|printed| Effect::Keep(Record::Printed(printed))));
                    device.report.last_seen = now;
                }
                self.counts.progress(&progress.stage);
                self.say(FromGateway::Progress(progress), out);
            }
            Report::Trouble(text) => {
                if let Some(status) = self.ports.get_mut(&port.name) {
                    status.trouble = Some(text.say(self.lang));
                }
                tracing::warn!(port = %port.name, "{}", text.say(self.lang));
            }
            Report::Counted {
                device,
                retransmissions,
            } => {
                if let Some(device) = self.devices.get_mut(&device) {
                    device.report.retransmissions = retransmissions;
                    device.changed = true;
                }
            }
        }
    }

    pub(super) fn up(
        &mut self,
        port: PortId,
        who: Introduction,
        why: Option<Text>,
        now: UnixMillis,
        out: &mut Vec<Effect>,
    ) {
        let profile = self.profiles.find(DriverName::Link, profile_kind(who.kind), who.units);
        let why = why.or_else(|| {
            let kind = kind_words(who.kind);
            profile.is_none().then(|| {
                Text::new("profile-none")
                    .with_text("kind", kind)
                    .with("units", who.units)
            })
        });
        let state = match &why {
            None => DeviceState::Online,
            Some(why) => DeviceState::Unusable {
                why: why.say(self.lang),
            },
        };
        let profile = profile.map_or_else(String::new, |profile| profile.model.clone());
        tracing::info!(device = %who.device.0, port = %port.name, %profile, firmware = %who.firmware, ?state, "device up");
        let pending = self.counts.pending_of.get(&who.device).copied().unwrap_or(0);
        let device = self
            .devices
            .entry(who.device.clone())
            .or_insert_with_key(|id| Device::unseen(id.clone()));
        device.up(port.clone(), &who, state, profile, pending, now);
        let report = device.report.clone();
        let again = if why.is_none() { device.desired() } else { Vec::new() };
        self.say(FromGateway::Device(report), out);
        if why.is_none() {
            out.push(Effect::Tell(
                port.clone(),
                Tell::Online {
                    device: who.device,
                    online: self.online,
                },
            ));
        }
        out.extend(
            again
                .into_iter()
                .map(|desire| Effect::Tell(port.clone(), Tell::Desire(desire))),
        );
    }

    pub(super) fn event(&mut self, port: PortId, event: DeviceEvent, now: UnixMillis, out: &mut Vec<Effect>) {
        let Some(device) = self.devices.get_mut(&event.key.device) else {
            return;
        };
        device.delivery.came(event.key.boot, event.key.event);
        device.report.last_seen = now;
        if let EventBody::Printed {
            job,
            outcome: uplink::PrintOutcome::Done,
        } = event.body
        {
            out.extend(
                device
                    .printed(job)
                    .map(|printed| Effect::Keep(Record::Printed(printed))),
            );
        }
        match self.queue.push(&event) {
            Taken::New(seq) => {
                device.report.pending += 1;
                device.changed = true;
                self.counts.events += 1;
                *self.counts.pending_of.entry(event.key.device.clone()).or_default() += 1;
                if self.online {
                    self.came.insert(event.key.clone(), now);
                }
                // To the WMS first: the disk's turn costs the person nothing.
                self.drain(out);
                out.push(Effect::Keep(Record::Event(seq, event)));
            }
            Taken::Waiting => {}
            Taken::Stored => {
                self.durable(&event.key, out);
                if !self.online && wants_verdict(&event) {
                    out.push(Effect::Tell(
                        port,
                        Tell::Verdict {
                            key: event.key,
                            verdict: Verdict::Stored,
                        },
                    ));
                }
            }
        }
    }

    /// Lets the node forget, as far as it may.
    pub(super) fn durable(&mut self, key: &EventKey, out: &mut Vec<Effect>) {
        let Some(device) = self.devices.get_mut(&key.device) else {
            return;
        };
        if let Some(event) = device.delivery.durable(key.boot, key.event) {
            out.push(Effect::Tell(
                device.port.clone(),
                Tell::Committed(EventKey { event, ..key.clone() }),
            ));
        }
    }
}

fn profile_kind(kind: uplink::DeviceKind) -> device_profiles::Kind {
    match kind {
        uplink::DeviceKind::Shelf => device_profiles::Kind::Shelf,
        uplink::DeviceKind::Scanner => device_profiles::Kind::Scanner,
        uplink::DeviceKind::Printer => device_profiles::Kind::Printer,
        uplink::DeviceKind::Scale => device_profiles::Kind::Scale,
        uplink::DeviceKind::Bridge => device_profiles::Kind::Bridge,
    }
}
