//! The master's end in the size that a port needs: most ports have one node, and a thousand of them should not each keep
//! room for thirty-three.

use ::link::{
    Instant, MAX_FRAME,
    master::{Line, Master, NodeInfo, Output, PortCounters, SendError},
    message::{BootId, Command, EventId, Uid},
};

/// Most nodes at one port: a bridge and its 32 children.
pub const MOST: usize = 33;

/// [`Master`] of any size.
pub trait MasterEnd: Send {
    /// [`Master::receive`]
    fn receive(&mut self, bytes: &[u8], now: Instant) -> usize;
    /// [`Master::transmit`]
    fn transmit(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize>;
    /// [`Master::wake_at`]
    fn wake_at(&self) -> Option<Instant>;
    /// [`Master::next_output`]
    fn next_output(&mut self) -> Option<Output>;
    /// [`Master::committed`]
    fn committed(&mut self, uid: Uid, boot: BootId, event: EventId);
    /// [`Master::send`]
    ///
    /// # Errors
    /// Nothing was queued.
    fn send(&mut self, uid: Uid, token: u32, command: Command) -> Result<(), SendError>;
    /// [`Master::nodes`]
    fn nodes(&self) -> Vec<NodeInfo>;
    /// [`Master::counters`]
    fn counters(&self) -> PortCounters;
}

impl<const NODES: usize> MasterEnd for Master<NODES> {
    fn receive(&mut self, bytes: &[u8], now: Instant) -> usize {
        self.receive(bytes, now)
    }

    fn transmit(&mut self, now: Instant, out: &mut [u8; MAX_FRAME]) -> Option<usize> {
        self.transmit(now, out)
    }

    fn wake_at(&self) -> Option<Instant> {
        self.wake_at()
    }

    fn next_output(&mut self) -> Option<Output> {
        self.next_output()
    }

    fn committed(&mut self, uid: Uid, boot: BootId, event: EventId) {
        self.committed(uid, boot, event);
    }

    fn send(&mut self, uid: Uid, token: u32, command: Command) -> Result<(), SendError> {
        self.send(uid, token, command)
    }

    fn nodes(&self) -> Vec<NodeInfo> {
        self.nodes().collect()
    }

    fn counters(&self) -> PortCounters {
        self.counters()
    }
}

/// For a port just opened: a bus may have many nodes, a line of its own has one until a bridge shows itself.
#[must_use]
pub fn first(line: Line, seed: u64) -> Box<dyn MasterEnd> {
    match line {
        Line::Bus(_) => many(line, seed),
        Line::Duplex => Box::new(Master::<1>::new(line, seed)),
    }
}

/// For a port with a bridge or a bus.
#[must_use]
pub fn many(line: Line, seed: u64) -> Box<dyn MasterEnd> {
    Box::new(Master::<MOST>::new(line, seed))
}
