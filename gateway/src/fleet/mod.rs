//! The fleet: every device, what it should show, and every event's way. Pure: what happened goes in, effects come out.
//!
//! An event goes to the outbox and to the WMS at the same moment; whichever is durable first lets the node forget it.
//! Three things are told apart everywhere: *on the wire* (bytes given to the port), *taken by the node* (it answered)
//! and *committed by the WMS* (it answered).

mod delivery;
mod device;
pub mod status;

use std::collections::{BTreeMap, HashMap};

use device_profiles::{DriverName, Profiles};
use uplink::{
    Desire, DeviceEvent, DeviceId, DeviceState, EventBody, EventKey, FromGateway, FromWms, Progress, Stage, UnixMillis,
    Verdict,
};

use self::device::Device;
use crate::{
    drivers::{Introduction, Report, Tell},
    outbox::{
        queue::{Due, Queue, Taken},
        record::Record,
        writer,
    },
    words::{Lang, Text},
};

/// A verdict older than this, ms, speaks of a press the person has long left: it is not shown any more.
const VERDICT_FRESH: i64 = 10_000;
/// Devices one gateway knows, at most.
const DEVICES: usize = 4_096;
/// Devices in one message, at most, so that it stays within [`uplink::MAX_MESSAGE`]; the others follow one by one.
const FLEET: usize = 256;

/// One opening of one port.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortId {
    /// In the gateway's words (`/dev/serial/by-id/…`, `tcp:host:port`).
    pub name: String,
    /// Rises with each opening.
    pub opening: u64,
}

/// What happened.
#[derive(Debug)]
pub enum Input {
    /// A port was opened.
    PortOpened(PortId),
    /// A port is gone or could not be opened.
    PortClosed {
        /// Which.
        port: PortId,
        /// Why.
        why: Text,
    },
    /// A port's place is no longer there, or no longer watched.
    PortForgotten(String),
    /// A port's driver tells something.
    Port(PortId, Report),
    /// The outbox tells something.
    Outbox(writer::Report),
    /// A session with the WMS stands.
    UplinkUp,
    /// It is over, or could not begin.
    UplinkDown(Text),
    /// The WMS says something.
    Uplink(FromWms),
    /// A second has passed.
    Tick,
}

/// What to do.
#[derive(Debug, PartialEq)]
pub enum Effect {
    /// Tell a port's driver.
    Tell(PortId, Tell),
    /// Ask the outbox's writer.
    Keep(Record),
    /// Read back from the outbox.
    Fetch(Vec<u64>),
    /// Tell the WMS.
    Say(FromGateway),
}

/// The fleet.
#[derive(Debug)]
pub struct Fleet {
    devices: BTreeMap<DeviceId, Device>,
    ports: BTreeMap<String, status::PortStatus>,
    queue: Queue,
    profiles: Profiles,
    lang: Lang,
    online: bool,
    uplink: status::UplinkStatus,
    outbox_fault: Option<String>,
    counts: status::Counts,
    /// When events came in, for the latencies; only of those on their way.
    came: HashMap<EventKey, UnixMillis>,
}

impl Fleet {
    /// A fleet of which nothing is known but what the outbox held.
    #[must_use]
    pub fn new(queue: Queue, profiles: Profiles, lang: Lang) -> Self {
        let mut fleet = Self {
            devices: BTreeMap::new(),
            ports: BTreeMap::new(),
            profiles,
            lang,
            online: false,
            uplink: status::UplinkStatus::default(),
            outbox_fault: None,
            counts: status::Counts::default(),
            came: HashMap::new(),
            queue,
        };
        for key in fleet.queue.keys() {
            *fleet.counts.pending_of.entry(key.device.clone()).or_default() += 1;
        }
        fleet
    }

    /// Events not yet committed by the WMS.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.queue.len()
    }

    /// Takes what happened at `now`.
    pub fn handle(&mut self, input: Input, now: UnixMillis, out: &mut Vec<Effect>) {
        match input {
            Input::PortOpened(port) => {
                let status = status::PortStatus::open(port.opening, now);
                self.ports.insert(port.name, status);
            }
            Input::PortClosed { port, why } => self.port_closed(&port, &why, now, out),
            Input::PortForgotten(name) => {
                self.ports.remove(&name);
            }
            Input::Port(port, report) => self.report(port, report, now, out),
            Input::Outbox(report) => self.outbox(report, out),
            Input::UplinkUp => self.uplink_up(now, out),
            Input::UplinkDown(why) => self.uplink_down(&why, now, out),
            Input::Uplink(message) => self.uplink(message, now, out),
            Input::Tick => self.tick(now, out),
        }
        self.drain(out);
    }

    /// Sends what may go to the WMS now.
    fn drain(&mut self, out: &mut Vec<Effect>) {
        let Due { send, fetch } = self.queue.due();
        out.extend(send.into_iter().map(|event| Effect::Say(FromGateway::Event(event))));
        if !fetch.is_empty() {
            out.push(Effect::Fetch(fetch));
        }
    }

    fn port_closed(&mut self, port: &PortId, why: &Text, now: UnixMillis, out: &mut Vec<Effect>) {
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

    fn offline(&mut self, id: &DeviceId, out: &mut Vec<Effect>) {
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

    fn fail(&mut self, device: DeviceId, number: u64, why: Text, out: &mut Vec<Effect>) {
        let stage = Stage::Failed {
            why: why.say(self.lang),
        };
        self.say(FromGateway::Progress(Progress { device, number, stage }), out);
    }

    fn say(&self, message: FromGateway, out: &mut Vec<Effect>) {
        if self.online {
            out.push(Effect::Say(message));
        }
    }

    fn report(&mut self, port: PortId, report: Report, now: UnixMillis, out: &mut Vec<Effect>) {
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
                    device.progress(progress.number, &progress.stage);
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

    fn up(&mut self, port: PortId, who: Introduction, why: Option<Text>, now: UnixMillis, out: &mut Vec<Effect>) {
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

    fn event(&mut self, port: PortId, event: DeviceEvent, now: UnixMillis, out: &mut Vec<Effect>) {
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
            device.printed(job);
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
    fn durable(&mut self, key: &EventKey, out: &mut Vec<Effect>) {
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

    fn outbox(&mut self, report: writer::Report, out: &mut Vec<Effect>) {
        match report {
            writer::Report::Stored(seqs) => {
                for seq in seqs {
                    let Some((key, wants)) = self.queue.stored(seq, wants_verdict) else {
                        continue;
                    };
                    self.durable(&key, out);
                    if !self.online && wants {
                        self.verdict(key, Verdict::Stored, out);
                    }
                }
            }
            writer::Report::Fetched(events) => self.queue.fetched(events),
            writer::Report::Failing(why) => {
                tracing::error!(%why, "the outbox can't be written: nodes keep their events until the WMS has them");
                self.outbox_fault = Some(why);
            }
            writer::Report::Recovered => {
                tracing::info!("the outbox can be written again");
                self.outbox_fault = None;
            }
        }
    }

    fn verdict(&self, key: EventKey, verdict: Verdict, out: &mut Vec<Effect>) {
        if let Some(device) = self.devices.get(&key.device).filter(|device| device.is_online()) {
            out.push(Effect::Tell(device.port.clone(), Tell::Verdict { key, verdict }));
        }
    }

    fn uplink_up(&mut self, now: UnixMillis, out: &mut Vec<Effect>) {
        self.online = true;
        self.uplink.up(now);
        let mut seen = self
            .devices
            .values()
            .filter(|device| device.is_seen())
            .map(|device| device.report.clone());
        let devices = seen.by_ref().take(FLEET).collect();
        out.push(Effect::Say(FromGateway::Fleet { devices }));
        out.extend(seen.map(|report| Effect::Say(FromGateway::Device(report))));
        self.tell_online(out);
        self.queue.begin();
    }

    fn uplink_down(&mut self, why: &Text, now: UnixMillis, out: &mut Vec<Effect>) {
        self.uplink.down(why.say(self.lang), now);
        if !self.online {
            return;
        }
        self.online = false;
        self.came.clear();
        self.tell_online(out);
        // Those who wait for an answer hear that their press is kept.
        let waiting: Vec<EventKey> = self
            .queue
            .in_flight()
            .filter(|(event, stored)| *stored && wants_verdict(event) && now - event.at < VERDICT_FRESH)
            .map(|(event, _)| event.key.clone())
            .collect();
        for key in waiting {
            self.verdict(key, Verdict::Stored, out);
        }
        self.queue.end();
    }

    fn tell_online(&self, out: &mut Vec<Effect>) {
        let online = self.online;
        out.extend(
            self.devices
                .iter()
                .filter(|(_, device)| device.is_online())
                .map(|(id, device)| {
                    Effect::Tell(
                        device.port.clone(),
                        Tell::Online {
                            device: id.clone(),
                            online,
                        },
                    )
                }),
        );
    }

    fn uplink(&mut self, message: FromWms, now: UnixMillis, out: &mut Vec<Effect>) {
        match message {
            FromWms::Answer { key, verdict } => {
                let Some((seq, event)) = self.queue.answered(&key) else {
                    return;
                };
                self.counts.committed += 1;
                if let Some(came) = self.came.remove(&key) {
                    metrics::histogram!("gateway_answer_seconds").record((now - came) as f64 / 1_000.0);
                }
                if let Some(pending) = self.counts.pending_of.get_mut(&key.device) {
                    *pending = pending.saturating_sub(1);
                }
                if let Some(device) = self.devices.get_mut(&key.device) {
                    device.report.pending = device.report.pending.saturating_sub(1);
                    device.changed = true;
                }
                let fresh = event.is_some_and(|event| now - event.at < VERDICT_FRESH);
                if let Some(verdict) = verdict.filter(|_| fresh) {
                    self.verdict(key.clone(), verdict, out);
                }
                self.durable(&key, out);
                out.push(Effect::Keep(Record::Answered(seq)));
            }
            FromWms::Desire(desire) => self.desire(desire, out),
            FromWms::Welcome { .. } | FromWms::Refused(_) => {
                tracing::warn!(?message, "the WMS says this in the middle of a session; passed over");
            }
        }
    }

    fn desire(&mut self, desire: Desire, out: &mut Vec<Effect>) {
        // After a restart the WMS may speak of a device before the device has answered: that is kept for it.
        if !self.devices.contains_key(&desire.device) {
            if self.devices.len() >= DEVICES {
                self.fail(desire.device, desire.number, Text::new("device-unknown"), out);
                return;
            }
            self.devices
                .insert(desire.device.clone(), Device::unseen(desire.device.clone()));
        }
        let Some(device) = self.devices.get_mut(&desire.device) else {
            return;
        };
        match device.desire(desire.clone()) {
            device::Wish::Send => out.push(Effect::Tell(device.port.clone(), Tell::Desire(desire))),
            device::Wish::Kept => {}
            device::Wish::Done => {
                let progress = Progress {
                    device: desire.device,
                    number: desire.number,
                    stage: Stage::Taken,
                };
                self.say(FromGateway::Progress(progress), out);
            }
            device::Wish::Refused(why) => self.fail(desire.device, desire.number, why, out),
        }
    }

    fn tick(&mut self, now: UnixMillis, out: &mut Vec<Effect>) {
        // As long as a session stands the driver asks the device again and again, and hears it.
        for device in self.devices.values_mut().filter(|device| device.is_online()) {
            device.report.last_seen = now;
        }
        let mut changed = Vec::new();
        for device in self.devices.values_mut().filter(|device| device.changed) {
            device.changed = false;
            changed.push(FromGateway::Device(device.report.clone()));
        }
        for report in changed {
            self.say(report, out);
        }
        self.publish();
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

/// The kind in words.
#[must_use]
pub fn kind_words(kind: uplink::DeviceKind) -> Text {
    match kind {
        uplink::DeviceKind::Shelf => Text::new("kind-shelf"),
        uplink::DeviceKind::Scanner => Text::new("kind-scanner"),
        uplink::DeviceKind::Printer => Text::new("kind-printer"),
        uplink::DeviceKind::Scale => Text::new("kind-scale"),
        uplink::DeviceKind::Bridge => Text::new("kind-bridge"),
    }
}

/// Whether a person stands there and waits for an answer.
fn wants_verdict(event: &DeviceEvent) -> bool {
    matches!(event.body, EventBody::Key { .. } | EventBody::Scan { .. })
}
