//! The outbox's records on disk.
//!
//! A segment is a header line and then records, each `length u32 | CRC-32 u32 | body`, little endian, the body being
//! JSON of one [`Record`]. The CRC covers length and body, so a torn or rotten tail can't pass for a record.

use crc::{CRC_32_ISO_HDLC, Crc};
use serde::{Deserialize, Serialize};
use uplink::{DeviceEvent, DeviceId};

const CRC32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
/// First bytes of every segment; the digit is the format's version.
pub const MAGIC: &[u8; 16] = b"cangxun outbox1\n";
/// Longest body accepted when reading; an event is far below it.
pub const MAX_BODY: usize = 16 * 1024;
/// Bytes before a record's body.
pub const HEAD: usize = 8;

/// Number of an event in the outbox: rises by one for each, and is above that of every event still held after a restart.
pub type Seq = u64;

/// One line of the outbox's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// An event came.
    Event(Seq, DeviceEvent),
    /// The WMS has answered it.
    Answered(Seq),
    /// A printer has printed a label: a WMS that has not heard so yet will desire it again.
    Printed(Printed),
}

/// A label that is on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The printer.
    pub device: DeviceId,
    /// The WMS's number of the job.
    pub job: u32,
    /// CRC-32 of its picture: a WMS that begins with an empty database counts jobs anew.
    pub picture: u32,
}

/// Appends a record to `out`; gives the offset and length of its body within `out`.
///
/// # Errors
/// The record can't be written as JSON.
pub fn encode(record: &Record, out: &mut Vec<u8>) -> serde_json::Result<(usize, usize)> {
    let start = out.len();
    out.extend_from_slice(&[0; HEAD]);
    serde_json::to_writer(&mut *out, record)?;
    let body = start + HEAD;
    let length = (out.len() - body) as u32;
    out[start..start + 4].copy_from_slice(&length.to_le_bytes());
    let mut digest = CRC32.digest();
    digest.update(&length.to_le_bytes());
    digest.update(&out[body..]);
    out[start + 4..body].copy_from_slice(&digest.finalize().to_le_bytes());
    Ok((body, length as usize))
}

/// What reading on in a segment gave.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// A whole record and where its body lies.
    Record {
        /// It.
        record: Record,
        /// Offset of the body within the segment.
        body: usize,
        /// Offset just after it.
        end: usize,
    },
    /// Nothing follows.
    End,
    /// What follows is no whole record: a write that a crash cut short, or a bad disk.
    Torn,
}

/// Reads the record at `offset` of `bytes`.
#[must_use]
pub fn decode(bytes: &[u8], offset: usize) -> Next {
    let rest = bytes.get(offset..).unwrap_or_default();
    if rest.is_empty() {
        return Next::End;
    }
    let Some((head, rest)) = rest.split_at_checked(HEAD) else {
        return Next::Torn;
    };
    let length = u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as usize;
    let crc = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
    let Some(body) = rest.get(..length).filter(|_| length <= MAX_BODY) else {
        return Next::Torn;
    };
    let mut digest = CRC32.digest();
    digest.update(&head[..4]);
    digest.update(body);
    if digest.finalize() != crc {
        return Next::Torn;
    }
    match serde_json::from_slice(body) {
        Ok(record) => Next::Record {
            record,
            body: offset + HEAD,
            end: offset + HEAD + length,
        },
        Err(_) => Next::Torn,
    }
}
