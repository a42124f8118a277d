//! What a node on a bus need not hear: the frames of others, most of what is on a full pair.

use heapless::Deque;

use crate::frame::EVERYONE;

/// Where in a frame the last byte stood.
#[derive(Clone, Copy)]
enum At {
    /// Before it.
    Start,
    /// At its COBS byte, which is held back until the address decides; none where it has passed.
    Code(Option<u8>),
    /// In a frame that passes, under this address.
    Passes(u8),
    /// In another's.
    Others,
}

/// Stands before [`NodeLink::receive`](super::NodeLink::receive) on a bus and passes whole frames for this node and for everyone, so that a chip wakes
/// for those alone; cheap enough for an interrupt. The link makes the same of what passes as of everything, but for the count of what came
/// damaged: of others' frames nothing is known any more. Holds up to `N` bytes; what finds no room is lost, as in a UART.
pub struct Sieve<const N: usize> {
    bytes: Deque<u8, N>,
    at: At,
    /// The node's own address; 0 while it has none.
    address: u8,
    /// A frame for this node or everyone was the last, and the line has not been quiet since. What follows straight on passes as well: it may
    /// say that the frame's end was another's beginning, or come under an address that the frame has just given.
    straight_on: bool,
    due: bool,
}

impl<const N: usize> Default for Sieve<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Sieve<N> {
    /// For a node without an address.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            bytes: Deque::new(),
            at: At::Start,
            address: 0,
            straight_on: false,
            due: false,
        }
    }

    /// The node's address from here on, as [`NodeLink::address`](super::NodeLink::address) tells it.
    pub fn listen(&mut self, address: Option<u8>) {
        self.address = address.unwrap_or(0);
    }

    /// Takes a byte off the line.
    pub fn take(&mut self, byte: u8) {
        self.at = match (self.at, byte) {
            (At::Start, _) if self.straight_on => {
                self.keep(byte);
                self.due = true;
                if byte == 0 { At::Start } else { At::Code(None) }
            }
            (At::Start | At::Others, 0) => At::Start,
            (At::Start, _) => At::Code(Some(byte)),
            (At::Others, _) => At::Others,
            (At::Code(Some(_)), _) if !self.is_ours(byte) => unless_ended(byte, At::Others),
            (At::Code(held), _) => {
                held.into_iter().for_each(|code| self.keep(code));
                self.pass(byte, byte)
            }
            (At::Passes(address), _) => self.pass(byte, address),
        };
    }

    const fn is_ours(&self, address: u8) -> bool {
        address == EVERYONE || address == self.address && address != 0
    }

    fn pass(&mut self, byte: u8, address: u8) -> At {
        self.keep(byte);
        if byte == 0 {
            // Asked at its end: the address may have been given meanwhile.
            self.straight_on |= self.is_ours(address);
            self.due = true;
        }
        // What follows a frame is looked at as it comes, the frame itself once it is whole.
        self.due |= self.straight_on;
        unless_ended(byte, At::Passes(address))
    }

    fn keep(&mut self, byte: u8) {
        let _ = self.bytes.push_back(byte);
    }

    /// The line has been quiet for [`receive_micros`](crate::timing::receive_micros): nothing follows straight on.
    pub fn quiet(&mut self) {
        self.straight_on = false;
    }

    /// Whether there is something to be [read](Self::read) now.
    #[must_use]
    pub const fn is_due(&self) -> bool {
        self.due
    }

    /// Gives what passed, as much as finds room, and how much.
    pub fn read(&mut self, into: &mut [u8]) -> usize {
        let mut count = 0;
        for place in into {
            let Some(byte) = self.bytes.pop_front() else { break };
            *place = byte;
            count += 1;
        }
        self.due &= !self.bytes.is_empty();
        count
    }
}

const fn unless_ended(byte: u8, inside: At) -> At {
    if byte == 0 { At::Start } else { inside }
}
