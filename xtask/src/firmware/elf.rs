//! What an ELF file puts into the chip: the flash's bytes and how much RAM it takes.

use anyhow::{Context, Result, bail, ensure};

/// Where the chip sees its flash.
pub const FLASH_START: u32 = 0x1000_0000;
const FLASH_END: u32 = 0x1020_0000;
const RAM_START: u32 = 0x2000_0000;
const RAM_END: u32 = 0x2004_2000;
const LOAD: u32 = 1;

/// An image as it will lie in the chip.
pub struct Image {
    /// From [`FLASH_START`] on, gaps filled with 0xff.
    pub flash: Vec<u8>,
    /// Bytes of RAM given away before the stack.
    pub ram_bytes: u32,
}

/// Reads a 32-bit little-endian ELF file's load segments.
///
/// # Errors
/// When it is not such a file, is cut short, or loads something outside of flash and RAM.
pub fn parse(file: &[u8]) -> Result<Image> {
    ensure!(
        file.starts_with(b"\x7fELF\x01\x01"),
        "not a 32-bit little-endian ELF file"
    );
    let table = word(file, 0x1c)? as usize;
    let (size, count) = (half(file, 0x2a)? as usize, half(file, 0x2c)? as usize);
    let mut image = Image {
        flash: Vec::new(),
        ram_bytes: 0,
    };
    for index in 0..count {
        let at = table + index * size;
        let [kind, offset, address, load, in_file, in_memory] =
            [0, 4, 8, 12, 16, 20].map(|field| word(file, at + field));
        let (in_file, in_memory) = (in_file? as usize, in_memory?);
        if kind? != LOAD || in_memory == 0 {
            continue;
        }
        let (offset, address, load) = (offset? as usize, address?, load?);
        if (RAM_START..RAM_END).contains(&address) {
            image.ram_bytes += in_memory;
        }
        if in_file > 0 {
            if !(FLASH_START..FLASH_END).contains(&load) {
                bail!("a segment loads to {load:#010x}, outside of the flash");
            }
            let bytes = file.get(offset..offset + in_file).context("a segment is cut short")?;
            let begin = (load - FLASH_START) as usize;
            if image.flash.len() < begin + in_file {
                image.flash.resize(begin + in_file, 0xff);
            }
            image.flash[begin..begin + in_file].copy_from_slice(bytes);
        }
    }
    ensure!(!image.flash.is_empty(), "nothing in it loads into the flash");
    Ok(image)
}

fn word(file: &[u8], at: usize) -> Result<u32> {
    let bytes = file.get(at..at + 4).context("the file is cut short")?;
    Ok(bytes.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)))
}

fn half(file: &[u8], at: usize) -> Result<u16> {
    let bytes = file.get(at..at + 2).context("the file is cut short")?;
    Ok(u16::from(bytes[0]) | u16::from(bytes[1]) << 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with these segments: (address, load address, bytes in the file, bytes in memory).
    fn file(segments: &[(u32, u32, &[u8], u32)]) -> Vec<u8> {
        let mut out = b"\x7fELF\x01\x01".to_vec();
        out.resize(0x34, 0);
        out[0x1c] = 0x34;
        out[0x2a] = 32;
        out[0x2c] = segments.len() as u8;
        let mut at = 0x34 + 32 * segments.len() as u32;
        for (address, load, bytes, in_memory) in segments {
            for word in [LOAD, at, *address, *load, bytes.len() as u32, *in_memory, 0, 4] {
                out.extend(word.to_le_bytes());
            }
            at += bytes.len() as u32;
        }
        segments
            .iter()
            .for_each(|(_, _, bytes, _)| out.extend_from_slice(bytes));
        out
    }

    #[test]
    fn initial_values_of_ram_lie_in_flash() {
        let image = parse(&file(&[
            (0x1000_0000, 0x1000_0000, b"boot", 4),
            (0x2000_0000, 0x1000_0008, b"data", 4),
            (0x2000_0004, 0x2000_0004, b"", 100),
        ]));
        let image = image.expect("a good file");
        assert_eq!(image.flash, b"boot\xff\xff\xff\xffdata");
        assert_eq!(image.ram_bytes, 104);
    }

    #[test]
    fn a_file_cut_short_is_an_error() {
        let whole = file(&[(0x1000_0000, 0x1000_0000, b"boot", 4)]);
        for length in 0..whole.len() {
            assert!(parse(&whole[..length]).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn what_is_no_flash_is_refused() {
        assert!(parse(&file(&[(0, 0, b"boot", 4)])).is_err());
    }
}
