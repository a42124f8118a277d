//! A node's end of a bus: offers itself, takes an address, replies to polls.

use super::session::NodeSession;
use crate::bus::{Admin, UNPOLLED};
use crate::frame::{self, Body, Control, EVERYONE, Frame, FrameError, Kind, MIN_CODED, Salt, Unchecked};
use crate::message::{BootId, Uid};
use crate::timing::{slot_micros, turnaround_micros};
use crate::{Instant, MAX_FRAME, earlier};

/// A reply or offer that could not leave within this time is not sent: others may be speaking by now, in µs.
const TOO_LATE: u64 = 5_000;
/// Polls of our address in a row that were for another, before the address is given up.
const CONFLICT: u8 = 8;

#[derive(Clone, Copy)]
struct Assigned {
    address: u8,
    /// Of the master that gave it.
    epoch: u16,
}

/// What is to be said, and when.
#[derive(Clone, Copy)]
enum Say {
    Nothing,
    Reply { at: Instant, number: u8 },
    Offer { at: Instant },
}

pub struct BusEnd {
    uid: Uid,
    boot: BootId,
    salt: Salt,
    baud: u32,
    random: u64,
    assigned: Option<Assigned>,
    polled_at: Instant,
    /// Polls of our address in a row whose check was not for us.
    strange: u8,
    conflicts: u32,
    say: Say,
    /// Handed to the master and not yet acknowledged.
    outbox: Option<Body>,
    /// Sequence of `outbox`, or of the next.
    sequence: bool,
    /// Sequence of the last body taken.
    taken: bool,
}

impl BusEnd {
    pub fn new(uid: Uid, boot: BootId, baud: u32) -> Self {
        Self {
            uid,
            boot,
            salt: Salt::of(uid, boot),
            baud,
            random: (uid.0 ^ u64::from(boot.0) << 32 ^ 0x9E37_79B9_7F4A_7C15).max(1),
            assigned: None,
            polled_at: Instant(0),
            strange: 0,
            conflicts: 0,
            say: Say::Nothing,
            outbox: None,
            sequence: false,
            taken: true,
        }
    }

    pub fn address(&self) -> Option<u8> {
        self.assigned.map(|assigned| assigned.address)
    }

    pub const fn conflicts(&self) -> u32 {
        self.conflicts
    }

    /// These bytes follow what was looked at. After a poll the line is ours alone: where a frame follows, the poll's end was
    /// lost, and found in the beginning of what the master says to the next. The reply would fall into that.
    pub const fn more_comes(&mut self, bytes: &[u8]) {
        if bytes.len() >= MIN_CODED && matches!(self.say, Say::Reply { .. }) {
            self.say = Say::Nothing;
        }
    }

    /// A frame from the bus; gives whether it was for us.
    pub fn heard<const KEEP: usize>(
        &mut self,
        frame: Unchecked<'_>,
        now: Instant,
        session: &mut NodeSession<KEEP>,
    ) -> Result<bool, FrameError> {
        if frame.address() == EVERYONE && frame.kind() == Kind::Admin {
            if let Some(admin) = Admin::decode(frame.open(Salt::NONE)?.body) {
                self.administered(admin, now, session);
            }
            return Ok(true);
        }
        if Some(frame.address()) != self.address() || frame.kind() != Kind::Poll {
            return Ok(false);
        }
        match frame.open(self.salt) {
            Ok(frame) => {
                self.polled(frame, now, session);
                Ok(true)
            }
            Err(error) => {
                self.strange += 1;
                if self.strange >= CONFLICT {
                    self.conflicts = self.conflicts.wrapping_add(1);
                    self.leave(session);
                }
                Err(error)
            }
        }
    }

    fn polled<const KEEP: usize>(&mut self, frame: Frame<'_>, now: Instant, session: &mut NodeSession<KEEP>) {
        let Control {
            number,
            sequence,
            acknowledge,
            flag: fresh,
            ..
        } = frame.control;
        self.polled_at = now;
        self.strange = 0;
        if fresh {
            self.sequence = false;
            self.taken = true;
        } else if self.outbox.is_some() && acknowledge == self.sequence {
            self.outbox = None;
            self.sequence = !self.sequence;
        }
        if !frame.body.is_empty() && sequence != self.taken {
            self.taken = sequence;
            session.heard(frame.body, now);
        }
        self.say = Say::Reply {
            at: now.after(turnaround_micros(self.baud)),
            number,
        };
    }

    fn administered<const KEEP: usize>(&mut self, admin: Admin, now: Instant, session: &mut NodeSession<KEEP>) {
        match admin {
            Admin::Join { epoch, slots } => {
                if self.assigned.is_some_and(|assigned| assigned.epoch != epoch) {
                    // Another master, or the same one after a restart: it knows nothing of our address.
                    self.leave(session);
                }
                if self.assigned.is_none() {
                    let slot = self.draw() % u64::from(slots.max(1));
                    let at = now.after(turnaround_micros(self.baud) + slot * slot_micros(self.baud));
                    self.say = Say::Offer { at };
                }
            }
            Admin::Assign {
                epoch,
                uid,
                boot,
                address,
            } => {
                if (uid, boot) == (self.uid, self.boot) {
                    self.assigned = Some(Assigned { address, epoch });
                    self.polled_at = now;
                    self.strange = 0;
                } else if Some(address) == self.address() {
                    self.conflicts = self.conflicts.wrapping_add(1);
                    self.leave(session);
                }
            }
            Admin::Offer { .. } => {}
        }
    }

    fn leave<const KEEP: usize>(&mut self, session: &mut NodeSession<KEEP>) {
        self.assigned = None;
        self.strange = 0;
        self.outbox = None;
        self.say = Say::Nothing;
        session.end();
    }

    /// xorshift64: only has to differ from node to node.
    fn draw(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random >> 16
    }

    pub fn transmit<const KEEP: usize>(
        &mut self,
        now: Instant,
        session: &mut NodeSession<KEEP>,
        out: &mut [u8; MAX_FRAME],
    ) -> Option<usize> {
        if self.assigned.is_some() && now.since(self.polled_at) >= UNPOLLED {
            self.leave(session);
        }
        match self.say {
            Say::Reply { at, number } if now >= at => {
                self.say = Say::Nothing;
                let address = self.address().filter(|_| now.since(at) < TOO_LATE)?;
                if self.outbox.is_none() {
                    self.outbox = session.next_body(now);
                }
                let control = Control {
                    kind: Kind::Reply,
                    number,
                    sequence: self.sequence,
                    acknowledge: self.taken,
                    flag: session.is_due(),
                };
                let body = self.outbox.as_deref().unwrap_or_default();
                Some(frame::encode(address, control, body, self.salt, out))
            }
            Say::Offer { at } if now >= at => {
                self.say = Say::Nothing;
                if now.since(at) >= slot_micros(self.baud) / 4 {
                    return None;
                }
                let body = Admin::Offer {
                    uid: self.uid,
                    boot: self.boot,
                }
                .encode();
                Some(frame::encode(
                    EVERYONE,
                    Control::new(Kind::Admin),
                    &body,
                    Salt::NONE,
                    out,
                ))
            }
            _ => None,
        }
    }

    pub fn wake_at(&self) -> Option<Instant> {
        let say = match self.say {
            Say::Nothing => None,
            Say::Reply { at, .. } | Say::Offer { at } => Some(at),
        };
        earlier(say, self.assigned.map(|_| self.polled_at.after(UNPOLLED)))
    }
}
