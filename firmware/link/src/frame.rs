//! How a message becomes bytes: `00 COBS(address control body check) 00`.
//!
//! The check is CRC-16/IBM-SDLC where the body is empty and CRC-32/ISO-HDLC where it is not, little-endian. On a bus it is
//! [salted](Salt) with the node meant, so that a node answers only to its own name even where two hold one address.
//!
//! A delimiter stands before *and* after each frame: what noise left on the line ends there and costs no frame.

use crc::{CRC_16_IBM_SDLC, CRC_32_ISO_HDLC, Crc};

use crate::message::{BootId, MAX_BODY, Uid};

/// Longest frame on any line, delimiters included, in bytes.
pub const MAX_FRAME: usize = MAX_CODED + 2;
/// Bytes of address and control.
const HEADER: usize = 2;
/// Longest content, decoded.
const MAX_CONTENT: usize = HEADER + MAX_BODY + 4;
/// Shortest content, decoded.
const MIN_CONTENT: usize = HEADER + 2;
/// Shortest content, COBS-coded.
pub(crate) const MIN_CODED: usize = MIN_CONTENT + 1;
/// Longest content, COBS-coded.
const MAX_CODED: usize = cobs::max_encoding_length(MAX_CONTENT);
// One COBS block holds it: one byte of overhead, never two.
const _: () = assert!(MAX_CONTENT == 254 && MAX_CODED == 255);

const CRC16: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_SDLC);
const CRC32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// Address that all on a bus listen to.
pub const EVERYONE: u8 = 0xFF;

/// A message's encoded bytes.
pub type Body = heapless::Vec<u8, MAX_BODY>;

/// Kind of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A session's message on a duplex line; without a body: the child at this address left.
    Data,
    /// Bus: the master asks a node, and may hand it a message.
    Poll,
    /// Bus: the node's answer, which may hold a message.
    Reply,
    /// Bus: finding nodes and giving addresses, [`crate::bus::Admin`].
    Admin,
}

/// The control byte, from bit 7: kind (2), poll's number (2), sequence, acknowledge, flag, reserved (0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// Kind.
    pub kind: Kind,
    /// Number of the poll, 0 to 3; a reply echoes it, so that a late one is known.
    pub number: u8,
    /// Alternates with each new body.
    pub sequence: bool,
    /// Sequence of the last body taken from the other side.
    pub acknowledge: bool,
    /// In a poll: *fresh*, forget sequences. In a reply: *more*, there is another message waiting.
    pub flag: bool,
}

impl Control {
    /// A frame of this kind with all else zero.
    #[must_use]
    pub const fn new(kind: Kind) -> Self {
        Self {
            kind,
            number: 0,
            sequence: false,
            acknowledge: false,
            flag: false,
        }
    }

    /// As it stands on the wire.
    #[must_use]
    pub const fn to_byte(self) -> u8 {
        let kind = match self.kind {
            Kind::Data => 0,
            Kind::Poll => 1,
            Kind::Reply => 2,
            Kind::Admin => 3,
        };
        kind << 6
            | (self.number & 3) << 4
            | (self.sequence as u8) << 3
            | (self.acknowledge as u8) << 2
            | (self.flag as u8) << 1
    }

    /// From the wire. The reserved bit is not looked at.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Self {
        Self {
            kind: match byte >> 6 {
                0 => Kind::Data,
                1 => Kind::Poll,
                2 => Kind::Reply,
                _ => Kind::Admin,
            },
            number: byte >> 4 & 3,
            sequence: byte & 8 != 0,
            acknowledge: byte & 4 != 0,
            flag: byte & 2 != 0,
        }
    }
}

/// What is XORed into a check: a digest of the node meant, or [`Salt::NONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt {
    crc16: u16,
    crc32: u32,
}

impl Salt {
    /// For duplex lines and for frames to everyone.
    pub const NONE: Self = Self { crc16: 0, crc32: 0 };

    /// For polls of this node and its replies.
    #[must_use]
    pub fn of(uid: Uid, boot: BootId) -> Self {
        let mut name = [0; 12];
        name[..8].copy_from_slice(&uid.0.to_le_bytes());
        name[8..].copy_from_slice(&boot.0.to_le_bytes());
        Self {
            crc16: CRC16.checksum(&name),
            crc32: CRC32.checksum(&name),
        }
    }
}

/// Writes one frame and gives its length.
///
/// `body` is at most [`MAX_BODY`] bytes long, which [`Body`] guarantees; what is beyond is cut.
pub fn encode(address: u8, control: Control, body: &[u8], salt: Salt, out: &mut [u8; MAX_FRAME]) -> usize {
    let body = &body[..body.len().min(MAX_BODY)];
    let mut content = [0; MAX_CONTENT];
    content[0] = address;
    content[1] = control.to_byte();
    content[HEADER..HEADER + body.len()].copy_from_slice(body);
    let end = HEADER + body.len();
    let end = if body.is_empty() {
        let check = CRC16.checksum(&content[..end]) ^ salt.crc16;
        content[end..end + 2].copy_from_slice(&check.to_le_bytes());
        end + 2
    } else {
        let check = CRC32.checksum(&content[..end]) ^ salt.crc32;
        content[end..end + 4].copy_from_slice(&check.to_le_bytes());
        end + 4
    };
    out[0] = 0;
    let coded = cobs::encode(&content[..end], &mut out[1..=MAX_CODED]);
    out[1 + coded] = 0;
    coded + 2
}

/// What can be wrong with bytes between two delimiters. All are recoverable: the next frame is not touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameError {
    /// Not COBS.
    Coding,
    /// More than the longest frame.
    TooLong,
    /// Less than the shortest frame.
    TooShort,
    /// The check does not match.
    Check,
}

/// How often what was wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    /// Not COBS.
    pub coding: u32,
    /// Too long.
    pub too_long: u32,
    /// Too short.
    pub too_short: u32,
    /// The check does not match.
    pub check: u32,
}

impl Errors {
    /// Counts one.
    pub const fn count(&mut self, error: FrameError) {
        let counter = match error {
            FrameError::Coding => &mut self.coding,
            FrameError::TooLong => &mut self.too_long,
            FrameError::TooShort => &mut self.too_short,
            FrameError::Check => &mut self.check,
        };
        *counter = counter.wrapping_add(1);
    }

    /// All together.
    #[must_use]
    pub const fn total(&self) -> u32 {
        self.coding
            .wrapping_add(self.too_long)
            .wrapping_add(self.too_short)
            .wrapping_add(self.check)
    }
}

/// A frame whose check has not been looked at: which salt it needs depends on its address.
#[derive(Clone, Copy, Debug)]
pub struct Unchecked<'a> {
    content: &'a [u8],
}

/// A whole frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Address.
    pub address: u8,
    /// Control.
    pub control: Control,
    /// Body; may be empty.
    pub body: &'a [u8],
}

impl<'a> Unchecked<'a> {
    /// The address it seems to bear.
    #[must_use]
    pub fn address(&self) -> u8 {
        self.content[0]
    }

    /// The kind it seems to be of.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Control::from_byte(self.content[1]).kind
    }

    /// Looks at its check.
    ///
    /// # Errors
    /// [`FrameError::Check`], or [`FrameError::TooShort`] where there is too little for one.
    pub fn open(self, salt: Salt) -> Result<Frame<'a>, FrameError> {
        let length = self.content.len();
        let (content, matches) = match length {
            MIN_CONTENT => {
                let (content, check) = self.content.split_at(length - 2);
                (content, (CRC16.checksum(content) ^ salt.crc16).to_le_bytes() == check)
            }
            n if n > HEADER + 4 => {
                let (content, check) = self.content.split_at(length - 4);
                (content, (CRC32.checksum(content) ^ salt.crc32).to_le_bytes() == check)
            }
            _ => return Err(FrameError::TooShort),
        };
        if !matches {
            return Err(FrameError::Check);
        }
        Ok(Frame {
            address: content[0],
            control: Control::from_byte(content[1]),
            body: &content[HEADER..],
        })
    }
}

/// Finds frames in bytes that come in any pieces. Holds one frame at most; resynchronises at the next delimiter.
pub struct Decoder {
    buffer: [u8; MAX_CODED],
    length: usize,
    /// More came than a frame can hold: dropped up to the next delimiter.
    overrun: bool,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

impl Decoder {
    /// An empty one.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            buffer: [0; MAX_CODED],
            length: 0,
            overrun: false,
        }
    }

    /// Takes bytes from the front of `bytes` up to the end of the next frame, and gives that; none once all are taken.
    pub fn next(&mut self, bytes: &mut &[u8]) -> Option<Result<Unchecked<'_>, FrameError>> {
        loop {
            let piece = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
            let room = MAX_CODED - self.length;
            let kept = piece.min(room);
            self.buffer[self.length..self.length + kept].copy_from_slice(&bytes[..kept]);
            self.length += kept;
            self.overrun |= kept < piece;
            if piece == bytes.len() {
                *bytes = &[];
                return None;
            }
            *bytes = &bytes[piece + 1..];
            let length = core::mem::take(&mut self.length);
            if core::mem::take(&mut self.overrun) {
                return Some(Err(FrameError::TooLong));
            }
            if length > 0 {
                return Some(self.decoded(length));
            }
        }
    }

    fn decoded(&mut self, length: usize) -> Result<Unchecked<'_>, FrameError> {
        let length = cobs::decode_in_place(&mut self.buffer[..length]).map_err(|_| FrameError::Coding)?;
        if length < MIN_CONTENT {
            return Err(FrameError::TooShort);
        }
        Ok(Unchecked {
            content: &self.buffer[..length],
        })
    }

    /// Forgets an unfinished frame; whether there was one.
    pub const fn clear(&mut self) -> bool {
        let unfinished = self.length > 0 || self.overrun;
        self.length = 0;
        self.overrun = false;
        unfinished
    }
}
