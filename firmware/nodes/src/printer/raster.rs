//! A label's raster as it comes: whole rows, packed, in order, checked at the end.

use crc::{CRC_32_ISO_HDLC, Crc};
use link::session::Refusal;

const CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// A job's raster in room of the caller's.
pub struct Raster<S> {
    room: S,
    row_bytes: usize,
    rows: u16,
    received: u16,
}

impl<S: AsRef<[u8]> + AsMut<[u8]>> Raster<S> {
    /// Empty.
    pub const fn new(room: S) -> Self {
        Self {
            room,
            row_bytes: 0,
            rows: 0,
            received: 0,
        }
    }

    /// Begins another raster.
    ///
    /// # Errors
    /// It has no dots, or more than there is room for.
    pub fn begin(&mut self, row_bytes: u8, rows: u16) -> Result<(), Refusal> {
        let bytes = usize::from(row_bytes) * usize::from(rows);
        if bytes == 0 || bytes > self.room.as_ref().len() {
            return Err(Refusal::OutOfRange);
        }
        (self.row_bytes, self.rows, self.received) = (row_bytes.into(), rows, 0);
        Ok(())
    }

    /// Takes packed rows.
    ///
    /// # Errors
    /// They don't follow those that came, are no whole rows, or are more than were announced. Nothing was taken then.
    pub fn rows(&mut self, first: u16, packed: &[u8]) -> Result<(), Refusal> {
        if first != self.received {
            return Err(Refusal::OutOfOrder);
        }
        let begin = usize::from(self.received) * self.row_bytes;
        let end = usize::from(self.rows) * self.row_bytes;
        let free = self.room.as_mut().get_mut(begin..end).unwrap_or_default();
        let taken = unpack(packed, free).ok_or(Refusal::Damaged)?;
        if self.row_bytes == 0 || !taken.is_multiple_of(self.row_bytes) {
            return Err(Refusal::Damaged);
        }
        self.received += (taken / self.row_bytes) as u16;
        Ok(())
    }

    /// Whether all rows came and their CRC-32 is this one.
    ///
    /// # Errors
    /// They are not what was sent.
    pub fn end(&self, crc: u32) -> Result<(), Refusal> {
        let bytes = self
            .room
            .as_ref()
            .get(..usize::from(self.rows) * self.row_bytes)
            .unwrap_or_default();
        let whole = self.received == self.rows && CRC.checksum(bytes) == crc;
        whole.then_some(()).ok_or(Refusal::Damaged)
    }

    /// A row's bytes; none after the last.
    pub fn row(&self, index: u16) -> Option<&[u8]> {
        let begin = usize::from(index) * self.row_bytes;
        (index < self.rows).then(|| self.room.as_ref().get(begin..begin + self.row_bytes))?
    }
}

/// Unpacks PackBits (a header of 0…127: so many bytes and one more as they are; −1…−127: one byte repeated 1 − n times; −128:
/// nothing). Gives the bytes written; none where it is torn or has more than fits.
fn unpack(mut packed: &[u8], out: &mut [u8]) -> Option<usize> {
    let mut at = 0;
    while let Some((&header, rest)) = packed.split_first() {
        packed = match header.cast_signed() {
            -128 => rest,
            header @ 0.. => {
                let count = header as usize + 1;
                let (bytes, rest) = rest.split_at_checked(count)?;
                out.get_mut(at..at + count)?.copy_from_slice(bytes);
                at += count;
                rest
            }
            header => {
                let count = 1 + usize::from(header.unsigned_abs());
                let (byte, rest) = rest.split_first()?;
                out.get_mut(at..at + count)?.fill(*byte);
                at += count;
                rest
            }
        };
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rows_come_in_order_and_whole() {
        let mut raster = Raster::new([0; 8]);
        assert_eq!(raster.begin(2, 5), Err(Refusal::OutOfRange));
        assert_eq!(raster.begin(0, 5), Err(Refusal::OutOfRange));
        assert_eq!(raster.begin(2, 4), Ok(()));
        assert_eq!(raster.rows(1, &[0xff, 0xaa]), Err(Refusal::OutOfOrder));
        // Two rows: one of a pair repeated, one as it is.
        assert_eq!(raster.rows(0, &[0xff, 0xaa, 1, 1, 2]), Ok(()));
        assert_eq!(raster.rows(2, &[0, 9]), Err(Refusal::Damaged));
        assert_eq!(raster.rows(2, &[5, 9]), Err(Refusal::Damaged));
        assert_eq!(raster.end(0), Err(Refusal::Damaged));
        assert_eq!(raster.rows(2, &[0xfd, 7]), Ok(()));
        assert_eq!(raster.end(CRC.checksum(&[0xaa, 0xaa, 1, 2, 7, 7, 7, 7])), Ok(()));
        assert_eq!(raster.rows(4, &[0, 1]), Err(Refusal::Damaged));
        assert_eq!((raster.row(1), raster.row(4)), (Some(&[1, 2][..]), None));
    }

    proptest! {
        #[test]
        fn whatever_comes_nothing_breaks(
            rows in prop::collection::vec((0_u16..6, prop::collection::vec(any::<u8>(), 0..20)), 0..20), crc in any::<u32>())
        {
            let mut raster = Raster::new([0; 40]);
            prop_assert_eq!(raster.begin(8, 5), Ok(()));
            for (first, packed) in rows {
                let _ = raster.rows(first, &packed);
            }
            let _ = raster.end(crc);
        }
    }
}
