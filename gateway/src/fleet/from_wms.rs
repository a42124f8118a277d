//! What the WMS says, and what it means for devices when it comes and goes.

use uplink::{Desire, EventKey, FromGateway, FromWms, Progress, Stage, UnixMillis, Verdict};

use super::{DEVICES, Device, Effect, FLEET, Fleet, device::Wish, wants_verdict};
use crate::{drivers::Tell, outbox::record::Record, words::Text};

impl Fleet {
    pub(super) fn verdict(&self, key: EventKey, verdict: Verdict, out: &mut Vec<Effect>) {
        let Some(device) = self.devices.get(&key.device).filter(|device| device.is_online()) else {
            return;
        };
        // To where it was pressed, which need not be where the device is told what to show.
        for port in device.tellers(&key) {
            let key = key.clone();
            out.push(Effect::Tell(port.clone(), Tell::Verdict { key, verdict }));
        }
    }

    pub(super) fn uplink_up(&mut self, now: UnixMillis, out: &mut Vec<Effect>) {
        self.online = true;
        self.uplink.up(now);
        let mut seen = self
            .devices
            .values_mut()
            .filter(|device| device.is_seen())
            .map(|device| device.tell(now));
        let devices = seen.by_ref().take(FLEET).collect();
        out.push(Effect::Say(FromGateway::Fleet { devices }));
        out.extend(seen.map(|report| Effect::Say(FromGateway::Device(report))));
        self.tell_online(out);
        self.queue.begin();
    }

    pub(super) fn uplink_down(&mut self, why: &Text, now: UnixMillis, out: &mut Vec<Effect>) {
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
            .filter(|(event, stored)| *stored && wants_verdict(event) && self.is_fresh(event, now))
            .map(|(event, _)| event.key.clone())
            .collect();
        for key in waiting {
            self.verdict(key, Verdict::Stored, out);
        }
        self.queue.end();
    }

    pub(super) fn tell_online(&self, out: &mut Vec<Effect>) {
        let online = self.online;
        for (id, device) in self.devices.iter().filter(|(_, device)| device.is_online()) {
            out.extend(device.heard.iter().map(|hearing| {
                let device = id.clone();
                Effect::Tell(hearing.port.clone(), Tell::Online { device, online })
            }));
        }
    }

    pub(super) fn uplink(&mut self, message: FromWms, now: UnixMillis, out: &mut Vec<Effect>) {
        match message {
            FromWms::Answer { key, verdict } => {
                let Some((seq, event)) = self.queue.answered(&key) else {
                    return;
                };
                self.counts.committed += 1;
                if let Some(came) = self.came.remove(&key) {
                    metrics::histogram!("gateway_answer_seconds").record(now.saturating_sub(came) as f64 / 1_000.0);
                }
                self.no_longer_pending(&key.device);
                let fresh = event.is_some_and(|event| self.is_fresh(&event, now));
                self.fresh_until.remove(&key);
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

    pub(super) fn desire(&mut self, desire: Desire, out: &mut Vec<Effect>) {
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
            Wish::Send => out.push(Effect::Tell(device.port.clone(), Tell::Desire(desire))),
            Wish::Kept => self.next_label(&desire.device, out),
            Wish::Done => {
                let progress = Progress {
                    device: desire.device,
                    number: desire.number,
                    stage: Stage::Taken,
                };
                self.say(FromGateway::Progress(progress), out);
            }
            Wish::Refused(why) => self.fail(desire.device, desire.number, why, out),
        }
    }
}
