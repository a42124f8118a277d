//! A status in words. Pure.

use uplink::{DeviceReport, DeviceState, UnixMillis};

use crate::{
    fleet::{
        kind_words,
        status::{PortStatus, Status},
    },
    words::{Lang, Text},
};

/// What a technician reads, line by line.
#[must_use]
pub fn lines(status: &Status, now: UnixMillis, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say = |text: Text| lines.push(text.say(lang));
    // Whoever looks for himself is no gateway: the ports are all there is to tell.
    if !status.gateway.is_empty() {
        gateway(status, now, &mut say);
    }
    if status.ports.is_empty() {
        say(Text::new("doctor-no-ports"));
    }
    for (name, port) in &status.ports {
        say(match (&port.open, &port.why) {
            (true, _) => Text::new("doctor-port-open").with("port", name),
            (false, why) => Text::new("doctor-port-closed")
                .with("port", name)
                .with("why", why.as_deref().unwrap_or("–")),
        });
        if let Some(trouble) = &port.trouble {
            say(Text::new("doctor-port-trouble").with("trouble", trouble));
        }
        if is_noisy(port) {
            say(Text::new("doctor-port-noise")
                .with("damaged", port.damaged)
                .with("all", port.frames + port.damaged));
        }
        for device in status.devices.iter().filter(|device| is_at(device, name)) {
            say(line(device, now));
        }
        if is_silent(status, name, port) {
            say(Text::new("doctor-port-silent"));
        }
    }
    let elsewhere = |device: &&DeviceReport| !status.ports.keys().any(|name| is_at(device, name));
    for device in status.devices.iter().filter(elsewhere) {
        say(line(device, now));
    }
    lines
}

fn gateway(status: &Status, now: UnixMillis, say: &mut impl FnMut(Text)) {
    say(Text::new("doctor-gateway")
        .with("name", &status.gateway)
        .with("version", &status.version));
    let since = ago(status.uplink.since, now);
    say(match (&status.uplink.online, &status.uplink.why) {
        (true, _) => Text::new("doctor-uplink-up").with_text("since", since),
        (false, Some(why)) => Text::new("doctor-uplink-down").with("why", why),
        (false, None) => Text::new("doctor-uplink-waiting"),
    });
    let events = &status.events;
    say(Text::new("doctor-events")
        .with("came", events.came)
        .with("committed", events.committed)
        .with("pending", events.pending));
    say(Text::new("doctor-desires")
        .with("wire", events.on_wire)
        .with("taken", events.taken)
        .with("failed", events.failed));
    if let Some(fault) = &events.outbox_fault {
        say(Text::new("doctor-outbox-fault").with("cause", fault));
    }
    if let Some(why) = &events.outbox_full {
        say(Text::new("doctor-outbox-full")
            .with("why", why)
            .with("held", events.held));
    }
    if events.spoiled > 0 {
        say(Text::new("doctor-spoiled").with("count", events.spoiled));
    }
}

/// Whether nothing needs a person's hand. Where nobody runs (`status` has no gateway's name) the WMS is no matter.
#[must_use]
pub fn is_well(status: &Status) -> bool {
    let (uplink, events) = (&status.uplink, &status.events);
    let port_is_well = |(name, port): (&String, &PortStatus)| {
        port.open && port.trouble.is_none() && !is_noisy(port) && !is_silent(status, name, port)
    };
    (uplink.online || status.gateway.is_empty())
        && events.outbox_fault.is_none()
        && events.outbox_full.is_none()
        && events.spoiled == 0
        && !status.ports.is_empty()
        && status.ports.iter().all(port_is_well)
        && status.devices.iter().all(|device| device.state == DeviceState::Online)
}

fn is_at(device: &DeviceReport, port: &str) -> bool {
    let rest = device.port.strip_prefix(port);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" #"))
}

fn is_silent(status: &Status, name: &str, port: &PortStatus) -> bool {
    port.open && !status.devices.iter().any(|device| is_at(device, name))
}

/// More than one frame in a hundred: every line has a few when something is plugged in.
fn is_noisy(port: &PortStatus) -> bool {
    port.damaged > 20 && port.damaged * 100 > port.frames
}

fn line(device: &DeviceReport, now: UnixMillis) -> Text {
    let state = match &device.state {
        DeviceState::Online => Text::new("doctor-online").with_text("since", ago(device.last_seen, now)),
        DeviceState::Offline => Text::new("doctor-offline").with_text("since", ago(device.last_seen, now)),
        DeviceState::Unusable { why } => Text::new("doctor-unusable").with("why", why),
    };
    Text::new("doctor-device")
        .with_text("kind", kind_words(device.kind))
        .with("device", &device.device.0)
        .with("port", &device.port)
        .with(
            "profile",
            if device.profile.is_empty() {
                "–"
            } else {
                &device.profile
            },
        )
        .with(
            "firmware",
            if device.firmware.is_empty() {
                "–"
            } else {
                &device.firmware
            },
        )
        .with("again", device.retransmissions)
        .with("pending", device.pending)
        .with_text("state", state)
}

fn ago(then: UnixMillis, now: UnixMillis) -> Text {
    let seconds = (now - then).max(0) / 1_000;
    match seconds {
        _ if then == 0 => Text::new("ago-never"),
        0..=119 => Text::new("ago-seconds").with("n", seconds),
        120..=7_199 => Text::new("ago-minutes").with("n", seconds / 60),
        _ => Text::new("ago-hours").with("n", seconds / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(frames: u64, damaged: u64) -> PortStatus {
        let mut port = PortStatus::default();
        (port.open, port.frames, port.damaged) = (true, frames, damaged);
        port
    }

    fn status(ports: &[(&str, PortStatus)], device_at: &str) -> Status {
        let device = DeviceReport {
            device: uplink::DeviceId("00000000000000aa".into()),
            kind: uplink::DeviceKind::Scale,
            profile: String::new(),
            port: device_at.into(),
            firmware: String::new(),
            units: 1,
            state: DeviceState::Online,
            last_seen: 1,
            retransmissions: 0,
            pending: 0,
        };
        Status {
            ports: ports
                .iter()
                .map(|(name, port)| ((*name).to_owned(), port.clone()))
                .collect(),
            devices: vec![device],
            ..Status::default()
        }
    }

    #[test]
    fn what_wants_a_hand_is_said_and_is_not_well() {
        for (status, word) in [
            (status(&[], "a"), "No ports found"),
            (
                status(&[("a", open(9, 0)), ("b", open(9, 0))], "a #3"),
                "No device answers",
            ),
            (
                status(&[("a", open(1_000, 100))], "a"),
                "100 of 1100 frames came damaged",
            ),
        ] {
            let lines = lines(&status, 1, Lang::En).join("\n");
            assert!(lines.contains(word) && !is_well(&status), "{lines}");
        }
        let well = status(&[("a", open(100_000, 100))], "a");
        assert!(is_well(&well) && lines(&well, 1, Lang::En).len() == 2);
        let running = Status {
            gateway: "g".into(),
            ..well
        };
        assert!(!is_well(&running), "a gateway that runs wants a WMS");
    }
}
