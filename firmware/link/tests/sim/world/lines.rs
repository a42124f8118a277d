//! What ends say, and what of it arrives where.

use super::*;

impl World {
    pub(super) fn serve(&mut self, end: End) {
        self.fetch(end);
        self.transmit(end, Wire::Port);
        self.transmit(end, Wire::Bus);
        self.fetch(end);
        let place = Self::place(end);
        let wake = match end {
            End::Master => self.master.wake_at().map(|at| at.0),
            End::Bridge => self
                .bridge
                .as_ref()
                .and_then(|b| b.wake_at())
                .map(|at| at.0 + self.bridge_born),
            End::Node(index) => {
                let node = &self.nodes[index];
                node.link.wake_at().map(|at| at.0 + node.born)
            }
        };
        let Some(wake) = wake else { return };
        // A transmitter that is busy is served when it is free.
        let free = self.free[place].iter().copied().filter(|free| *free > self.now).min();
        let at = if wake > self.now {
            let set = self.wakes[place];
            if self.asked_wakes[place] == wake && set != u64::MAX && free.is_none_or(|free| set <= free) {
                // Its timer is set.
                return;
            }
            self.asked_wakes[place] = wake;
            // Timers are late: tasks wait for each other, hosts schedule.
            wake + if end == End::Master {
                self.random.below(300)
            } else {
                self.random.below(50)
            }
        } else if let Some(free) = free {
            free
        } else {
            let spins = &mut self.spins[place];
            *spins = if spins.0 == self.now {
                (self.now, spins.1 + 1)
            } else {
                (self.now, 1)
            };
            assert!(spins.1 < 50, "{end:?} says it has something to say, and says nothing");
            self.now
        };
        // Never wake later than a transmitter frees itself.
        self.wake(end, free.map_or(at, |free| at.min(free)));
    }

    pub(super) fn transmit(&mut self, end: End, wire: Wire) {
        let place = Self::place(end);
        let line = wire as usize;
        if self.free[place][line] > self.now {
            return;
        }
        let mut out = [0; MAX_FRAME];
        let length = match (end, wire, self.scenario.layout) {
            (End::Master, Wire::Port, Layout::Duplex | Layout::Bridge) | (End::Master, Wire::Bus, Layout::Bus) => {
                self.master.transmit(Instant(self.now), &mut out)
            }
            (End::Bridge, _, Layout::Bridge) => {
                let now = Instant(self.now - self.bridge_born);
                let Some(bridge) = &mut self.bridge else { return };
                if wire == Wire::Port {
                    bridge.transmit_up(now, &mut out)
                } else {
                    bridge.transmit_bus(now, &mut out)
                }
            }
            (End::Node(index), Wire::Port, Layout::Duplex)
            | (End::Node(index), Wire::Bus, Layout::Bus | Layout::Bridge) => {
                let node = &mut self.nodes[index];
                node.link.transmit(Instant(self.now - node.born), &mut out)
            }
            _ => None,
        };
        let Some(length) = length else { return };
        self.tally.frames += 1;
        let bytes = out[..length].to_vec();
        if self.trace {
            self.tell_frame(end, &bytes);
        }
        let baud = if wire == Wire::Port && self.bridge.is_some() {
            4_000_000
        } else {
            self.scenario.baud
        };
        let end_at = self.now + bytes_micros(length as u64, baud);
        self.free[place][line] = end_at;
        match wire {
            Wire::Port => self.send_on_port(end, bytes, end_at),
            Wire::Bus => self.send_on_bus(end, bytes, end_at),
        }
    }

    /// Prints a frame as it leaves its sender.
    pub(super) fn tell_frame(&self, by: End, bytes: &[u8]) {
        let mut content = bytes[1..bytes.len() - 1].to_vec();
        let Ok(length) = cobs::decode_in_place(&mut content) else {
            return;
        };
        let control = Control::from_byte(content[1]);
        let body = if length > 6 { &content[2..length - 4] } else { &[][..] };
        let from_master = by == End::Master || by == End::Bridge && control.kind != Kind::Data;
        let said = match (control.kind, from_master) {
            (Kind::Admin, _) => format!("{:?}", Admin::decode(body)),
            _ if body.is_empty() => String::new(),
            (_, true) => format!("{:?}", Down::decode(body)),
            (_, false) => format!("{:?}", Up::decode(body)),
        };
        let said: String = said.chars().take(160).collect();
        let bit = |bit, letter| if bit { letter } else { '-' };
        let (s, a, f) = (
            bit(control.sequence, 's'),
            bit(control.acknowledge, 'a'),
            bit(control.flag, 'f'),
        );
        println!(
            "{:>12} {by:?} @{} {:?}{}{s}{a}{f} {said}",
            self.now, content[0], control.kind, control.number
        );
    }

    pub(super) fn send_on_port(&mut self, by: End, bytes: Vec<u8>, end_at: u64) {
        let to = match (by, self.bridge.is_some()) {
            (End::Master, true) => End::Bridge,
            (End::Master, false) => End::Node(0),
            _ => End::Master,
        };
        let cut = matches!((by, to), (End::Node(index), _) | (_, End::Node(index)) if !self.nodes[index].plugged);
        // A USB line is clean: its packets have checks and are repeated. Bytes may still be lost when an end restarts.
        let mut bytes = if cut { Vec::new() } else { bytes };
        if self.bridge.is_none() {
            let direction = usize::from(by == End::Master);
            self.noise[direction].pass(&mut bytes, &mut self.random);
        }
        // In one piece, or in two with a pause between.
        let split = self.random.below(bytes.len() as u64 * 2 + 1) as usize;
        if split < bytes.len() {
            let (a, b) = bytes.split_at(split);
            self.at(end_at.saturating_sub(100), Happening::Arrive { to, bytes: a.to_vec() });
            self.at(end_at, Happening::Arrive { to, bytes: b.to_vec() });
        } else {
            self.at(end_at, Happening::Arrive { to, bytes });
        }
    }

    pub(super) fn send_on_bus(&mut self, by: End, bytes: Vec<u8>, end_at: u64) {
        if matches!(by, End::Node(index) if !self.nodes[index].plugged) {
            return;
        }
        let mut bytes = bytes;
        let (start, length) = (self.now, bytes.len() as u64);
        // The COBS byte stands before the address, and neither that nor the control is zero on a bus.
        let is_reply = Control::from_byte(bytes[3]).kind == Kind::Reply;
        for other in &mut self.on_bus {
            if other.end <= start {
                continue;
            }
            // However many hold one address, the one that is meant answers, if their names differ in a short check.
            assert!(
                !(is_reply && other.is_reply) || alike(&self.nodes, by, other.by),
                "{by:?} and {:?} answer one poll",
                other.by
            );
            // Two drivers against each other: what both say is garbage.
            self.tally.collisions += 1;
            let per_byte = (other.end - other.start).div_ceil(other.bytes.len() as u64).max(1);
            let from = ((start - other.start) / per_byte) as usize;
            let overlap = (((other.end.min(end_at)) - start) / per_byte + 1) as usize;
            let end = other.bytes.len().min(from + overlap);
            for byte in &mut other.bytes[from.min(end)..end] {
                *byte = self.random.next() as u8;
            }
            for byte in &mut bytes[..overlap.min(length as usize)] {
                *byte = self.random.next() as u8;
            }
        }
        self.order += 1;
        let number = self.order;
        let spoken = Spoken {
            number,
            by,
            start,
            end: end_at,
            bytes,
            is_reply,
            heard: 0,
        };
        self.at(self.heard_at(&spoken), Happening::Spoken(number));
        self.on_bus.push_back(spoken);
    }

    /// When receivers hand over the next of what they hear: a whole piece as soon as it is there, the rest after a silence.
    fn heard_at(&self, spoken: &Spoken) -> u64 {
        let piece = spoken.heard as u64 + RECEIVE_PIECE;
        if piece <= spoken.bytes.len() as u64 {
            spoken.start + bytes_micros(piece, self.scenario.baud)
        } else {
            spoken.end + receive_micros(self.scenario.baud)
        }
    }

    pub(super) fn spoken(&mut self, number: u64) {
        let Some(place) = self.on_bus.iter().position(|spoken| spoken.number == number) else {
            return;
        };
        let mut bytes = core::mem::take(&mut self.piece);
        let spoken = &mut self.on_bus[place];
        let (by, from) = (spoken.by, spoken.heard);
        let to = spoken.bytes.len().min(from + RECEIVE_PIECE as usize);
        spoken.heard = to;
        bytes.clear();
        bytes.extend_from_slice(&spoken.bytes[from..to]);
        if to == spoken.bytes.len() {
            self.on_bus.remove(place);
        } else {
            let at = self.heard_at(&self.on_bus[place]);
            self.at(at, Happening::Spoken(number));
        }
        self.noise[2].pass(&mut bytes, &mut self.random);
        let mut rest = &bytes[..];
        while let Some(found) = self.sniffer.next(&mut rest) {
            if let Ok(frame) = found.and_then(|frame| frame.open(Salt::NONE))
                && let Some(Admin::Join { epoch, .. }) = Admin::decode(frame.body)
            {
                self.epoch = Some(epoch);
            }
        }
        let top = if self.bridge.is_some() {
            End::Bridge
        } else {
            End::Master
        };
        if top != by || self.scenario.echo {
            self.deliver(top, Wire::Bus, &bytes);
        }
        for index in 0..self.nodes.len() {
            if self.nodes[index].plugged && (by != End::Node(index) || self.scenario.echo) {
                self.deliver(End::Node(index), Wire::Bus, &bytes);
            }
        }
        self.piece = bytes;
    }

    pub(super) fn deliver(&mut self, to: End, wire: Wire, bytes: &[u8]) {
        match to {
            End::Master => {
                let mut rest = bytes;
                while !rest.is_empty() {
                    let taken = self.master.receive(rest, Instant(self.now));
                    rest = &rest[taken..];
                    self.fetch(End::Master);
                }
            }
            End::Bridge => {
                let now = Instant(self.now - self.bridge_born);
                let Some(bridge) = &mut self.bridge else { return };
                if wire == Wire::Port {
                    bridge.receive_up(bytes, now)
                } else {
                    bridge.receive_bus(bytes, now)
                }
            }
            End::Node(index) => {
                let node = &mut self.nodes[index];
                node.link.receive(bytes, Instant(self.now - node.born));
                // What is meant for a node on a bus moves its timers. Most is not: nothing has changed, its timer is set.
                let wake = node.link.wake_at().map(|at| at.0 + node.born);
                let place = Self::place(to);
                let is_set = |wake| wake > self.now && wake == self.asked_wakes[place] && self.wakes[place] != u64::MAX;
                if wire == Wire::Bus && wake.is_none_or(is_set) {
                    return;
                }
            }
        }
        self.serve(to);
    }
}

/// Whether two nodes open each other's empty polls: one pair of names in 65,536.
fn alike(nodes: &[Node], one: End, other: End) -> bool {
    let poll = |end| {
        let End::Node(index) = end else { return None };
        let Node { uid, boot, .. } = nodes[index];
        let mut out = [0; MAX_FRAME];
        let length = encode(1, Control::new(Kind::Poll), &[], Salt::of(uid, boot), &mut out);
        Some(out[..length].to_vec())
    };
    poll(one) == poll(other)
}
