//! A label's raster as print commands: rows compressed by PackBits, each message holding whole rows.
//!
//! PackBits (Apple's Macintosh Technical Note 1023): a header n of 0…127 is followed by n + 1 bytes as they are, a header
//! of −1…−127 by one byte to be repeated 1 − n times, −128 means nothing.

use ::link::message::{Command, MAX_PRINT_CHUNK};
use crc::{CRC_32_ISO_HDLC, Crc};

use crate::words::Text;

const CRC32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
/// Widest row whose worst case still fits one message.
const WIDEST: usize = MAX_PRINT_CHUNK - 2;
/// Highest label: 4 m at 8 dots/mm is beyond any roll's label, and bounds what a printer is asked to keep.
const HIGHEST: u16 = 32_000;

/// All commands that print the label, in order.
///
/// # Errors
/// Sizes and raster don't agree, or no printer could take them.
pub fn commands(job: u32, width: u16, height: u16, hex: &str) -> Result<Vec<Command>, Text> {
    let row_bytes = usize::from(width / 8);
    let fits = width > 0 && width.is_multiple_of(8) && row_bytes <= WIDEST && (1..=HIGHEST).contains(&height);
    if !fits {
        return Err(Text::new("print-size")
            .with("width", width)
            .with("height", height)
            .with("widest", WIDEST * 8));
    }
    let raster = unhex(hex).ok_or_else(|| Text::new("print-not-hex"))?;
    let expected = row_bytes * usize::from(height);
    if raster.len() != expected {
        return Err(Text::new("print-length")
            .with("expected", expected)
            .with("got", raster.len()));
    }
    let mut commands = vec![Command::PrintStart {
        job,
        row_bytes: row_bytes as u8,
        rows: height,
    }];
    let (mut first, mut data) = (0_u16, heapless::Vec::<u8, MAX_PRINT_CHUNK>::new());
    let mut packed = Vec::with_capacity(row_bytes + 2);
    for (number, row) in (0_u16..).zip(raster.chunks(row_bytes)) {
        packed.clear();
        pack_bits(row, &mut packed);
        if data.extend_from_slice(&packed).is_err() {
            commands.push(Command::PrintRows {
                job,
                first,
                data: std::mem::take(&mut data),
            });
            first = number;
            data.extend_from_slice(&packed).map_err(|_| Text::new("print-size"))?;
        }
    }
    commands.push(Command::PrintRows { job, first, data });
    commands.push(Command::PrintEnd {
        job,
        crc: CRC32.checksum(&raster),
    });
    Ok(commands)
}

fn unhex(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
    let bytes = hex.as_bytes();
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    bytes
        .chunks_exact(2)
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect()
}

/// Packs one row. At worst one byte in 128 more than it was.
fn pack_bits(row: &[u8], out: &mut Vec<u8>) {
    let run = |from: usize| {
        row[from..]
            .iter()
            .take(128)
            .take_while(|byte| **byte == row[from])
            .count()
    };
    let mut at = 0;
    while at < row.len() {
        let same = run(at);
        if same >= 2 {
            out.extend_from_slice(&[(257 - same) as u8, row[at]]);
            at += same;
            continue;
        }
        // Literal bytes up to the next run of three: a run of two inside them saves nothing.
        let start = at;
        while at < row.len() && at - start < 128 && run(at) < 3 {
            at += 1;
        }
        out.push((at - start - 1) as u8);
        out.extend_from_slice(&row[start..at]);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Written from the description above, not from the packer.
    fn unpack(mut data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        while let Some((head, rest)) = data.split_first() {
            let head = i32::from(*head as i8);
            data = match head {
                0..=127 => {
                    let (bytes, rest) = rest.split_at(head as usize + 1);
                    out.extend_from_slice(bytes);
                    rest
                }
                -127..=-1 => {
                    out.extend(std::iter::repeat_n(rest[0], (1 - head) as usize));
                    &rest[1..]
                }
                _ => rest,
            };
        }
        out
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_label_comes_back_row_by_row(
            row_bytes in 1_usize..=72,
            rows in 1_usize..24,
            dots in prop::collection::vec(prop_oneof![3 => Just(0_u8), 1 => any::<u8>()], 72 * 24),
        ) {
            let raster = &dots[..row_bytes * rows];
            let commands = commands(7, row_bytes as u16 * 8, rows as u16, &hex(raster)).unwrap();
            let mut back = Vec::new();
            for command in &commands {
                match command {
                    Command::PrintStart { job, row_bytes: r, rows: n } => {
                        prop_assert_eq!((*job, usize::from(*r), usize::from(*n)), (7, row_bytes, rows));
                    }
                    Command::PrintRows { job, first, data } => {
                        prop_assert_eq!((*job, usize::from(*first) * row_bytes), (7, back.len()));
                        back.extend(unpack(data));
                        prop_assert_eq!(back.len() % row_bytes, 0);
                    }
                    Command::PrintEnd { crc, .. } => prop_assert_eq!(*crc, CRC32.checksum(raster)),
                    other => prop_assert!(false, "{:?}", other),
                }
            }
            prop_assert_eq!(back, raster);
        }

        #[test]
        fn hostile_rasters_are_refused_in_words(width: u16, height: u16, raster in ".{0,64}") {
            if let Ok(commands) = commands(1, width, height, &raster) {
                prop_assert_eq!(raster.len(), usize::from(width / 8) * usize::from(height) * 2);
                prop_assert!(commands.len() >= 3);
            }
        }
    }

    #[test]
    fn an_empty_row_costs_two_bytes() {
        let mut out = Vec::new();
        pack_bits(&[0; 48], &mut out);
        assert_eq!(out, [(257_u16 - 48) as u8, 0]);
    }
}
