//! The bus's master: whose turn it is, what it is told, who joins and who is gone.

use super::{Admin, BusTiming, SLOTS, Upper};
use crate::frame::{self, Body, Control, Decoder, EVERYONE, Errors, Frame, FrameError, Kind, Salt};
use crate::message::{BootId, Uid};
use crate::timing::{bytes_micros, join_micros, turnaround_micros};
use crate::{Instant, MAX_FRAME};

/// Between two calls for new nodes, in µs, when nothing was heard at the last and there are nodes to poll.
const JOIN_INTERVAL: u64 = 500_000;
/// The same on an empty bus, or after something was heard.
const JOIN_SOON: u64 = 50_000;
/// Offers taken from one call.
const OFFERS: usize = SLOTS.1 as usize;
/// Failures in a row after which a node is suspect, and after which it is given up.
const SUSPECT: u8 = 3;
const GONE: u8 = 10;
/// First wait of a suspect, in µs; it doubles. With [`GONE`], a node is given up after 1.3 s.
const BACK_OFF: u64 = 10_000;

pub(super) struct Slot {
    pub(super) uid: Uid,
    pub(super) boot: BootId,
    pub(super) salt: Salt,
    /// Answered at least once.
    pub(super) joined: bool,
    /// The next poll tells it to forget sequences.
    pub(super) fresh: bool,
    pub(super) number: u8,
    /// Handed to the node and not yet acknowledged.
    pub(super) outbox: Option<Body>,
    /// Sequence of `outbox`, or of the next.
    pub(super) sequence: bool,
    /// Sequence of the last body taken.
    pub(super) taken: bool,
    pub(super) failures: u8,
    /// Not asked before.
    pub(super) not_before: Instant,
    /// Has, or is likely to have, something to say.
    pub(super) eager: bool,
}

impl Slot {
    fn new(uid: Uid, boot: BootId) -> Self {
        Self {
            uid,
            boot,
            salt: Salt::of(uid, boot),
            joined: false,
            fresh: true,
            number: 0,
            outbox: None,
            sequence: false,
            taken: true,
            failures: 0,
            not_before: Instant(0),
            eager: false,
        }
    }

    pub(super) const fn is_suspect(&self) -> bool {
        self.failures >= SUSPECT
    }
}

#[derive(Clone, Copy)]
pub(super) enum Phase {
    /// The line is ours from this moment on.
    Ours(Instant),
    /// A reply is due by `until`; each byte heard moves it, `last` at most.
    Polling { slot: usize, until: Instant, last: Instant },
    /// Offers may come until then.
    Joining { until: Instant, damaged: bool },
}

/// The master of a bus with up to `NODES` nodes, addresses 1 to `NODES`.
pub struct BusMaster<const NODES: usize> {
    timing: BusTiming,
    epoch: u16,
    decoder: Decoder,
    pub(super) phase: Phase,
    pub(super) slots: [Option<Slot>; NODES],
    /// Of the slots, so many are used.
    usable: usize,
    /// Where the round stands.
    pub(super) round: usize,
    pub(super) round_began: Instant,
    /// Where the search for the eager goes on.
    pub(super) eager: usize,
    /// The last poll was out of turn: the next is in turn.
    pub(super) out_of_turn: bool,
    pub(super) join_at: Instant,
    join_slots: u8,
    /// Offers of the last call that have no address yet.
    offers: heapless::Vec<(Uid, BootId), OFFERS>,
    /// Nodes were turned away for want of addresses.
    crowded: bool,
    frames: u32,
    errors: Errors,
}

impl<const NODES: usize> BusMaster<NODES> {
    const ADDRESSES: () = assert!(NODES >= 1 && NODES < EVERYONE as usize, "addresses are 1 to 254");

    /// A master that has just started. `epoch` must differ from the last start's.
    #[must_use]
    pub fn new(timing: BusTiming, epoch: u16) -> Self {
        let () = Self::ADDRESSES;
        Self {
            timing,
            epoch,
            decoder: Decoder::new(),
            phase: Phase::Ours(Instant(0)),
            slots: [const { None }; NODES],
            usable: NODES,
            round: 0,
            round_began: Instant(0),
            eager: 0,
            out_of_turn: false,
            join_at: Instant(0),
            join_slots: SLOTS.0,
            offers: heapless::Vec::new(),
            crowded: false,
            frames: 0,
            errors: Errors::default(),
        }
    }

    /// Gives addresses 1 to `usable` only.
    pub(crate) fn limited(mut self, usable: usize) -> Self {
        self.usable = usable.min(NODES);
        self
    }

    /// Nodes that answer.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.slots.iter().flatten().filter(|slot| slot.joined).count()
    }

    /// Whole frames heard, and damaged ones by kind.
    #[must_use]
    pub const fn counters(&self) -> (u32, Errors) {
        (self.frames, self.errors)
    }

    /// Whether a node had to be turned away since this was last asked.
    pub fn take_crowded(&mut self) -> bool {
        core::mem::take(&mut self.crowded)
    }

    fn turnaround(&self) -> u64 {
        turnaround_micros(self.timing.baud)
    }

    /// Takes bytes up to the end of the next frame; whether there was one.
    pub fn receive(&mut self, bytes: &mut &[u8], now: Instant, upper: &mut impl Upper) -> bool {
        if bytes.is_empty() {
            return false;
        }
        let quiet = self.timing.quiet();
        match &mut self.phase {
            // Bytes are coming, perhaps damaged: the line isn't ours before it has been quiet for a while.
            Phase::Polling { until, last, .. } => *until = now.after(quiet).max(*until).min(*last),
            Phase::Joining { .. } => {}
            Phase::Ours(from) => *from = (*from).max(now.after(turnaround_micros(self.timing.baud))),
        }
        // What the frame says is looked at with the decoder's buffer lent out.
        let mut decoder = core::mem::take(&mut self.decoder);
        let found = decoder.next(bytes);
        let some = found.is_some();
        if let Some(found) = found {
            let done = match (found, self.phase) {
                (Err(error), _) => Err(error),
                (Ok(frame), Phase::Polling { slot, .. })
                    if frame.kind() == Kind::Reply && usize::from(frame.address()) == slot + 1 =>
                {
                    let salt = self.slots[slot].as_ref().map_or(Salt::NONE, |slot| slot.salt);
                    frame.open(salt).map(|frame| self.replied(slot, frame, now, upper))
                }
                (Ok(frame), Phase::Joining { .. }) if frame.kind() == Kind::Admin => {
                    frame.open(Salt::NONE).map(|frame| self.offered(frame))
                }
                // Our own echo, or a reply nobody waits for any more.
                (Ok(_), _) => Ok(()),
            };
            match done {
                Ok(()) => self.frames = self.frames.wrapping_add(1),
                Err(error) => self.damaged(error),
            }
        }
        self.decoder = decoder;
        some
    }

    fn damaged(&mut self, error: FrameError) {
        self.errors.count(error);
        if let Phase::Joining { damaged, .. } = &mut self.phase {
            *damaged = true;
        }
    }

    fn replied(&mut self, index: usize, frame: Frame<'_>, now: Instant, upper: &mut impl Upper) {
        let address = frame.address;
        let Some(slot) = &mut self.slots[index] else { return };
        let Control {
            number,
            sequence,
            acknowledge,
            flag: more,
            ..
        } = frame.control;
        if number != slot.number {
            // An answer to an earlier poll.
            return;
        }
        self.phase = Phase::Ours(now.after(turnaround_micros(self.timing.baud)));
        slot.failures = 0;
        slot.fresh = false;
        slot.eager = more;
        if !slot.joined {
            slot.joined = true;
            upper.joined(address);
        }
        if slot.outbox.is_some() && acknowledge == slot.sequence {
            slot.outbox = None;
            slot.sequence = !slot.sequence;
            // What it was told may well make it speak, if it hasn't just now.
            slot.eager |= frame.body.is_empty();
        }
        if !frame.body.is_empty() && sequence != slot.taken && upper.heard(address, frame.body, now) {
            slot.taken = sequence;
        }
    }

    fn offered(&mut self, frame: Frame<'_>) {
        if let Some(Admin::Offer { uid, boot }) = Admin::decode(frame.body)
            && !self.offers.contains(&(uid, boot))
        {
            // There are as many places as slots.
            let _ = self.offers.push((uid, boot));
        }
    }

    /// The next frame for the bus, if it is ours to speak. Keeps the bus's clock too.
    pub fn transmit(&mut self, now: Instant, upper: &mut impl Upper, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        match self.phase {
            Phase::Ours(from) if now < from => return None,
            Phase::Polling { until, .. } | Phase::Joining { until, .. } if now < until => return None,
            Phase::Ours(_) => {}
            Phase::Polling { slot, .. } => self.failed(slot, now, upper),
            Phase::Joining { damaged, .. } => self.joining_ended(damaged, now),
        }
        self.phase = Phase::Ours(now);
        while let Some((uid, boot)) = self.offers.pop() {
            if let Some(address) = self.admit(uid, boot, now, upper) {
                let assign = Admin::Assign {
                    epoch: self.epoch,
                    uid,
                    boot,
                    address,
                };
                let length = frame::encode(EVERYONE, Control::new(Kind::Admin), &assign.encode(), Salt::NONE, out);
                self.phase = Phase::Ours(self.end(now, length).after(self.turnaround()));
                return Some(length);
            }
            self.crowded = true;
        }
        if now >= self.join_at {
            return Some(self.call(now, out));
        }
        let index = self.choose(now, upper)?;
        Some(self.poll(index, now, upper, out))
    }

    /// When the last byte of what begins now will have left.
    fn end(&self, now: Instant, length: usize) -> Instant {
        now.after(bytes_micros(length as u64, self.timing.baud))
    }

    /// An address for a node that offered itself: the one it had, if it is known.
    fn admit(&mut self, uid: Uid, boot: BootId, now: Instant, upper: &mut impl Upper) -> Option<u8> {
        let known = |slot: &Option<Slot>| slot.as_ref().is_some_and(|slot| (slot.uid, slot.boot) == (uid, boot));
        let index = self.slots.iter().position(known).or_else(|| {
            // A node that restarted makes its own place free.
            let before = |slot: &Option<Slot>| slot.as_ref().is_some_and(|slot| slot.uid == uid && slot.is_suspect());
            self.slots
                .iter()
                .position(before)
                .or_else(|| self.slots[..self.usable].iter().position(Option::is_none))
        })?;
        let address = index as u8 + 1;
        if self.slots[index].as_ref().is_some_and(|slot| slot.joined) {
            upper.left(address);
        }
        self.slots[index] = Some(Slot {
            not_before: now,
            eager: true,
            ..Slot::new(uid, boot)
        });
        Some(address)
    }

    fn call(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> usize {
        let join = Admin::Join {
            epoch: self.epoch,
            slots: self.join_slots,
        };
        let length = frame::encode(EVERYONE, Control::new(Kind::Admin), &join.encode(), Salt::NONE, out);
        let until = now.after(join_micros(self.timing, u64::from(self.join_slots)));
        self.phase = Phase::Joining { until, damaged: false };
        length
    }

    fn joining_ended(&mut self, damaged: bool, now: Instant) {
        // Offers over each other leave bytes that no delimiter ends.
        let damaged = self.decoder.clear() || damaged;
        let heard = damaged || !self.offers.is_empty();
        let lonely = self.slots.iter().all(Option::is_none);
        self.join_at = now.after(if heard || lonely { JOIN_SOON } else { JOIN_INTERVAL });
        self.join_slots = if damaged || self.offers.len() > usize::from(self.join_slots / 2) {
            self.join_slots.saturating_mul(2).min(SLOTS.1)
        } else {
            (self.join_slots / 2).max(SLOTS.0)
        };
    }

    fn poll(&mut self, index: usize, now: Instant, upper: &mut impl Upper, out: &mut [u8; MAX_FRAME]) -> usize {
        let address = index as u8 + 1;
        let Some(slot) = &mut self.slots[index] else { return 0 };
        slot.number = (slot.number + 1) & 3;
        slot.eager = false;
        if slot.outbox.is_none() && !slot.fresh {
            slot.outbox = upper.take_for(address, now);
        }
        let control = Control {
            kind: Kind::Poll,
            number: slot.number,
            sequence: slot.sequence,
            acknowledge: slot.taken,
            flag: slot.fresh,
        };
        let body = if slot.fresh {
            &[][..]
        } else {
            slot.outbox.as_deref().unwrap_or_default()
        };
        let length = frame::encode(address, control, body, slot.salt, out);
        let quiet = self.timing.quiet();
        let until = self.end(now, length).after(self.turnaround() + quiet);
        let last = until.after(bytes_micros(MAX_FRAME as u64, self.timing.baud) + quiet);
        self.phase = Phase::Polling {
            slot: index,
            until,
            last,
        };
        length
    }

    fn failed(&mut self, index: usize, now: Instant, upper: &mut impl Upper) {
        let address = index as u8 + 1;
        let Some(slot) = &mut self.slots[index] else { return };
        slot.failures += 1;
        upper.lost_poll(address);
        if slot.failures >= GONE || !slot.joined && slot.failures > SUSPECT {
            if slot.joined {
                upper.left(address);
            }
            self.slots[index] = None;
            self.join_at = self.join_at.min(now.after(JOIN_SOON));
        } else if slot.is_suspect() {
            slot.not_before = now.after(BACK_OFF << (slot.failures - SUSPECT));
        }
    }
}
