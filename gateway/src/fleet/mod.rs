//! The fleet: every device, what it should show, and every event's way. Pure: what happened goes in, effects come out.
//!
//! An event goes to the outbox and to the WMS at the same moment; whichever is durable first lets the node forget it.
//! Three things are told apart everywhere: *on the wire* (bytes given to the port), *taken by the node* (it answered)
//! and *committed by the WMS* (it answered).

mod delivery;
mod device;
mod from_ports;
mod from_wms;
mod labels;
pub mod status;

use std::collections::{BTreeMap, HashMap};

use device_profiles::Profiles;
use uplink::{DeviceEvent, DeviceId, EventBody, EventKey, FromGateway, FromWms, Progress, Stage, UnixMillis, Verdict};

use self::device::Device;
use crate::{
    drivers::{Report, Tell},
    outbox::{
        queue::{Due, Queue},
        record::{Printed, Record, Seq},
        writer,
    },
    words::{Lang, Text},
};

/// A verdict on a press older than this, s, speaks of one the person has long left: it is not shown any more.
const VERDICT_FRESH: u64 = 10;
/// Devices one gateway knows, at most.
const DEVICES: usize = 4_096;
/// Devices first met at one opening of one port, at most: four times what a full row holds. One that draws a new name for
/// each hello would else fill the gateway and the WMS.
const PORT_DEVICES: u32 = 128;
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
    /// A port's place is no longer there, or no longer watched; its last opening.
    PortForgotten(PortId),
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
    /// It was told that the outbox is full.
    full: bool,
    counts: status::Counts,
    /// When events came in, for the latencies; only of those on their way.
    came: HashMap<EventKey, UnixMillis>,
    /// Seconds since this gateway began, by its ticks: nobody sets them.
    seconds: u64,
    /// Up to which of them a verdict on an event is fresh; only of those not answered.
    fresh_until: HashMap<EventKey, u64>,
}

impl Fleet {
    /// A fleet of which nothing is known but what the outbox held.
    #[must_use]
    pub fn new(queue: Queue, printed: &[Printed], profiles: Profiles, lang: Lang) -> Self {
        let mut fleet = Self {
            devices: BTreeMap::new(),
            ports: BTreeMap::new(),
            profiles,
            lang,
            online: false,
            uplink: status::UplinkStatus::default(),
            outbox_fault: None,
            full: false,
            counts: status::Counts::default(),
            came: HashMap::new(),
            seconds: 0,
            fresh_until: HashMap::new(),
            queue,
        };
        for printed in printed {
            let device = fleet.devices.entry(printed.device.clone());
            device
                .or_insert_with_key(|id| Device::unseen(id.clone()))
                .labels
                .remember(printed);
        }
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
            Input::PortForgotten(port) => self.port_forgotten(&port),
            Input::Port(port, report) => self.report(port, report, now, out),
            Input::Outbox(report) => self.outbox(report, out),
            Input::UplinkUp => self.uplink_up(now, out),
            Input::UplinkDown(why) => self.uplink_down(&why, now, out),
            Input::Uplink(message) => self.uplink(message, now, out),
            Input::Tick => self.tick(now, out),
        }
        self.drain(out);
    }

    /// Sends what may go to the WMS now, and writes what the disk has room for.
    fn drain(&mut self, out: &mut Vec<Effect>) {
        let Due { send, fetch } = self.queue.due();
        out.extend(send.into_iter().map(|event| Effect::Say(FromGateway::Event(event))));
        if !fetch.is_empty() {
            out.push(Effect::Fetch(fetch));
        }
        while let Some((seq, event)) = self.queue.next_to_write() {
            out.push(Effect::Keep(Record::Event(seq, event)));
        }
    }

    fn fail(&mut self, device: DeviceId, number: u64, why: Text, out: &mut Vec<Effect>) {
        let stage = Stage::Failed {
            why: why.say(self.lang),
        };
        self.counts.progress(&stage);
        self.say(FromGateway::Progress(Progress { device, number, stage }), out);
    }

    fn say(&self, message: FromGateway, out: &mut Vec<Effect>) {
        if self.online {
            out.push(Effect::Say(message));
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
            writer::Report::Spoiled(seqs) => {
                for seq in seqs {
                    self.spoiled(seq, out);
                }
            }
            writer::Report::Failing(why) => {
                tracing::error!(%why, "the outbox fails: nodes keep their events until the WMS has them");
                self.outbox_fault = Some(why);
                // What the disk does not take must not pile up before it.
                self.queue.set_writable(false);
            }
            writer::Report::Recovered => {
                tracing::info!("the outbox works again");
                self.outbox_fault = None;
                self.queue.set_writable(true);
            }
        }
    }

    /// What the disk gave back is not what was written: one event is lost, and those behind it must not wait for it.
    fn spoiled(&mut self, seq: Seq, out: &mut Vec<Effect>) {
        let Some(key) = self.queue.spoiled(seq) else { return };
        tracing::error!(device = %key.device.0, boot = key.boot, event = key.event, "an event in the outbox was spoiled on disk and is lost");
        self.counts.spoiled += 1;
        self.no_longer_pending(&key.device);
        out.push(Effect::Keep(Record::Answered(seq)));
    }

    fn no_longer_pending(&mut self, device: &DeviceId) {
        if let Some(pending) = self.counts.pending_of.get_mut(device) {
            *pending = pending.saturating_sub(1);
        }
        if let Some(device) = self.devices.get_mut(device) {
            device.report.pending = device.report.pending.saturating_sub(1);
        }
    }

    /// An event came in on a session that began in this second. One that happened in the session counts from when it is heard:
    /// a node's clock may run slow, and the difference to ours is then told as age. It can't exceed the session's. What is older was kept
    /// from before, and its age is true.
    fn note(&mut self, event: &DeviceEvent, began: u64, now: UnixMillis) {
        let age = u64::try_from(now.saturating_sub(event.at)).unwrap_or(0) / 1_000;
        let age = if age <= self.seconds - began + 1 { 0 } else { age };
        if wants_verdict(event) && age < VERDICT_FRESH {
            let until = self.seconds + VERDICT_FRESH - age;
            self.fresh_until.insert(event.key.clone(), until);
        }
    }

    /// Whether the person may still stand there and wait for the verdict. Of what an earlier gateway heard there is only the time
    /// noted beside it, on a clock that may have been set since.
    fn is_fresh(&self, event: &DeviceEvent, now: UnixMillis) -> bool {
        let just = |age: u64| age < VERDICT_FRESH;
        let noted = || just(self.seconds) && just(now.saturating_sub(event.at).unsigned_abs() / 1_000);
        self.fresh_until.contains_key(&event.key) || noted()
    }

    fn tick(&mut self, now: UnixMillis, out: &mut Vec<Effect>) {
        self.seconds += 1;
        self.fresh_until.retain(|_, until| self.seconds <= *until);
        // As long as a session stands the driver asks the device again and again, and hears it.
        for device in self.devices.values_mut().filter(|device| device.is_online()) {
            device.report.last_seen = now;
        }
        if self.online {
            let devices = self.devices.values_mut();
            let changed = devices.filter_map(|device| device.tell_counters(now));
            out.extend(changed.map(|report| Effect::Say(FromGateway::Device(report))));
        }
        let full = self.queue.held() > 0 && self.outbox_fault.is_none();
        if full != std::mem::replace(&mut self.full, full) {
            if full {
                tracing::error!("{}", self.outbox_full().say(self.lang));
            } else {
                tracing::info!("the outbox has room again");
            }
        }
        self.publish();
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
