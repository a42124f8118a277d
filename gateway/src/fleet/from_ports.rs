//! What ports tell: devices that come and go, and what happens at them.

use device_profiles::DriverName;
use uplink::{
    DeviceEvent, DeviceId, DeviceState, EventBody, EventKey, FromGateway, Known, Strange, UnixMillis, Verdict, believe,
};

use super::{DEVICES, Device, Effect, Fleet, PORT_DEVICES, PortId, kind_words, status, wants_verdict};
use crate::{
    drivers::{Introduction, Report, Tell},
    outbox::{queue::Taken, record::Record},
    words::Text,
};

impl Fleet {
    pub(super) fn port_closed(&mut self, port: &PortId, why: &Text, now: UnixMillis, out: &mut Vec<Effect>) {
        let status = self.ports.entry(port.name.clone()).or_default();
        status.closed(port.opening, why.say(self.lang), now);
        let there = |(_, device): &(&DeviceId, &Device)| {
            device.port == *port || device.heard.iter().any(|hearing| hearing.port == *port)
        };
        let gone: Vec<DeviceId> = self.devices.iter().filter(there).map(|(id, _)| id.clone()).collect();
        for id in gone {
            self.unheard(&id, port, now, out);
        }
    }

    /// The place is no longer there; one that has come back meanwhile stays.
    pub(super) fn port_forgotten(&mut self, port: &PortId) {
        if self
            .ports
            .get(&port.name)
            .is_some_and(|status| status.is_of(port.opening))
        {
            self.ports.remove(&port.name);
        }
    }

    /// This port does not hear the device any more.
    fn unheard(&mut self, id: &DeviceId, port: &PortId, now: UnixMillis, out: &mut Vec<Effect>) {
        let Some(device) = self.devices.get_mut(id) else { return };
        match device.unhear(port) {
            // Another does: that is its place now.
            Some((other, who)) => self.show(other, &who, None, now, out),
            None if device.port == *port => self.offline(id, now, out),
            None => {}
        }
    }

    fn offline(&mut self, id: &DeviceId, now: UnixMillis, out: &mut Vec<Effect>) {
        let Some(device) = self.devices.get_mut(id) else { return };
        if device.report.state == DeviceState::Offline {
            return;
        }
        device.report.state = DeviceState::Offline;
        let (report, waiting) = (device.tell(now), device.take_momentary());
        self.say(FromGateway::Device(report), out);
        // What only makes sense at the moment it was asked for is not kept for later.
        for desire in waiting {
            self.fail(desire.device, desire.number, Text::new("device-offline"), out);
        }
    }

    pub(super) fn report(&mut self, port: PortId, report: Report, now: UnixMillis, out: &mut Vec<Effect>) {
        match report {
            Report::Up(who) => {
                if self.meet(&port, &who.device)
                    && let Some(device) = self.devices.get_mut(&who.device)
                {
                    device.hear(&port, &who, self.seconds);
                    if device.heard.len() > 1 {
                        let text = status::doubled(device);
                        tracing::warn!("{}", text.say(self.lang));
                    }
                    self.show(port, &who, None, now, out);
                }
            }
            Report::Unusable { device, why } => {
                if self.meet(&port, &device.device) {
                    self.show(port, &device, Some(why), now, out);
                }
            }
            Report::Down(id) => self.unheard(&id, &port, now, out),
            Report::Event(event) => self.event(port, event, now, out),
            Report::Progress(progress) => {
                if let Some(device) = self.devices.get_mut(&progress.device) {
                    device.progress(progress.number, &progress.stage);
                    device.report.last_seen = now;
                }
                self.counts.progress(&progress.stage);
                let device = progress.device.clone();
                self.say(FromGateway::Progress(progress), out);
                self.next_label(&device, out);
            }
            Report::Trouble(text) => self.trouble(&port, Some(&text)),
            Report::TroubleOver => self.trouble(&port, None),
            Report::Counted {
                device,
                retransmissions,
            } => {
                if let Some(device) = self.devices.get_mut(&device).filter(|device| device.port == port) {
                    device.report.retransmissions = retransmissions;
                }
            }
            Report::Frames { whole, damaged } => {
                if let Some(status) = self.ports.get_mut(&port.name) {
                    (status.frames, status.damaged) = (whole, damaged);
                }
            }
        }
    }

    fn trouble(&mut self, port: &PortId, text: Option<&Text>) {
        if let Some(text) = text {
            tracing::warn!(port = %port.name, "{}", text.say(self.lang));
        }
        if let Some(status) = self.ports.get_mut(&port.name) {
            status.trouble = text.map(|text| text.say(self.lang));
        }
    }

    /// Makes a device known. Whoever gives ever new names at a port, or is one too many, is told of and not heard.
    fn meet(&mut self, port: &PortId, id: &DeviceId) -> bool {
        if self.devices.contains_key(id) {
            return true;
        }
        let met = self.ports.entry(port.name.clone()).or_default();
        let refused = if met.met >= PORT_DEVICES {
            Some(Text::new("port-many-names").with("most", PORT_DEVICES))
        } else if self.devices.len() >= DEVICES {
            Some(Text::new("fleet-crowded").with("most", DEVICES))
        } else {
            None
        };
        if let Some(text) = refused {
            if met.trouble.is_none() {
                self.trouble(port, Some(&text));
            }
            return false;
        }
        met.met += 1;
        self.devices.insert(id.clone(), Device::unseen(id.clone()));
        true
    }

    /// The device is at this port: tells the WMS, and the device what it should show.
    fn show(&mut self, port: PortId, who: &Introduction, why: Option<Text>, now: UnixMillis, out: &mut Vec<Effect>) {
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
        let Some(device) = self.devices.get_mut(&who.device) else {
            return;
        };
        device.up(port.clone(), who, state, profile, pending, now);
        let report = device.tell(now);
        let lights = device.desired().filter(|_| why.is_none());
        let given_up = device.labels.up(who.boot);
        self.say(FromGateway::Device(report), out);
        for label in given_up {
            self.fail(label.device, label.number, Text::new("label-fells-printer"), out);
        }
        if why.is_none() {
            let (device, online) = (who.device.clone(), self.online);
            out.push(Effect::Tell(port.clone(), Tell::Online { device, online }));
        }
        out.extend(lights.map(|desire| Effect::Tell(port, Tell::Desire(desire))));
        self.next_label(&who.device, out);
    }

    /// Gives the driver the next label, if the one before it has been taken.
    pub(super) fn next_label(&mut self, id: &DeviceId, out: &mut Vec<Effect>) {
        if let Some(device) = self.devices.get_mut(id).filter(|device| device.is_online())
            && let Some(label) = device.labels.next()
        {
            out.push(Effect::Tell(device.port.clone(), Tell::Desire(label)));
        }
    }

    fn event(&mut self, port: PortId, event: DeviceEvent, now: UnixMillis, out: &mut Vec<Effect>) {
        let Some(device) = self.devices.get_mut(&event.key.device) else {
            return;
        };
        device.report.last_seen = now;
        let Some(hearing) = device.heard.iter_mut().find(|hearing| hearing.port == port) else {
            return;
        };
        let known = Known {
            kind: hearing.who.kind,
            units: hearing.who.units,
        };
        if let Err(strange) = believe(Some(known), &event.body) {
            self.not_believed(port, event, strange, out);
            return;
        }
        let began = hearing.since;
        let taken = self.queue.push(&event);
        if taken == Taken::Refused {
            hearing.delivery.turn_away();
            let text = Text::new("device-unbounded").with("device", &event.key.device.0);
            if self.ports.get(&port.name).is_some_and(|port| port.trouble.is_none()) {
                self.trouble(&port, Some(&text));
            }
            return;
        }
        hearing.delivery.came(event.key.boot, event.key.event);
        if let EventBody::Printed {
            job,
            outcome: uplink::PrintOutcome::Done,
        } = event.body
        {
            let printed = device.printed(job);
            out.extend(printed.map(|printed| Effect::Keep(Record::Printed(printed))));
        }
        match taken {
            Taken::New(_) | Taken::Held => {
                device.report.pending += 1;
                self.counts.events += 1;
                *self.counts.pending_of.entry(event.key.device.clone()).or_default() += 1;
                self.note(&event, began, now);
                if self.online {
                    self.came.insert(event.key.clone(), now);
                }
                // To the WMS first: the disk's turn costs the person nothing.
                self.drain(out);
                if let Taken::New(seq) = taken {
                    out.push(Effect::Keep(Record::Event(seq, event)));
                }
            }
            Taken::Waiting | Taken::Refused => {}
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

    /// A device said what it can't be saying: it is told so and may forget it, and the technician is told.
    fn not_believed(&mut self, port: PortId, event: DeviceEvent, strange: Strange, out: &mut Vec<Effect>) {
        self.counts.strange = self.counts.strange.saturating_add(1);
        let EventKey {
            device,
            boot,
            event: number,
        } = event.key.clone();
        if let Some(hearing) = self
            .devices
            .get_mut(&device)
            .and_then(|device| device.heard.iter_mut().find(|hearing| hearing.port == port))
        {
            hearing.delivery.came(boot, number);
        }
        let text = match strange {
            Strange::Position { position, units } => Text::new("device-strange-position")
                .with("position", position)
                .with("units", units),
            Strange::Kind | Strange::Unknown => Text::new("device-strange-kind"),
        };
        if self.ports.get(&port.name).is_some_and(|port| port.trouble.is_none()) {
            self.trouble(&port, Some(&text.with("device", &device.0)));
        }
        if wants_verdict(&event) {
            let key = event.key.clone();
            out.push(Effect::Tell(
                port,
                Tell::Verdict {
                    key,
                    verdict: Verdict::Wrong,
                },
            ));
        }
        self.durable(&event.key, out);
    }

    /// Lets the node forget, as far as it may: on each port where it told this.
    pub(super) fn durable(&mut self, key: &EventKey, out: &mut Vec<Effect>) {
        let Some(device) = self.devices.get_mut(&key.device) else {
            return;
        };
        for hearing in &mut device.heard {
            if let Some(event) = hearing.delivery.durable(key.boot, key.event) {
                let upto = EventKey { event, ..key.clone() };
                out.push(Effect::Tell(hearing.port.clone(), Tell::Committed(upto)));
            }
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
