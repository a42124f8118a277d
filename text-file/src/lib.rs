//! Text files that people bring. They are read as UTF-8, with or without a byte order mark. Editors on Chinese Windows save
//! in other encodings as well: these are not guessed at, but named, with the line where they show, and what to do.

use std::path::Path;
use std::{fmt, io};

/// How a file's text is encoded, where it is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, which Notepad calls Unicode.
    Utf16,
    /// UTF-32.
    Utf32,
    /// GB 18030 or its elder GBK, which Notepad on Chinese Windows calls ANSI.
    Gb18030,
    /// None of these; perhaps no text at all.
    Unknown,
}

impl Encoding {
    /// Its name for people who look for it in an editor; empty for [`Encoding::Unknown`].
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "UTF-16",
            Self::Utf32 => "UTF-32",
            Self::Gb18030 => "GB18030 (GBK, ANSI)",
            Self::Unknown => "",
        }
    }
}

/// A text that is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// What it seems to be.
    pub encoding: Encoding,
    /// First line that shows it, from 1.
    pub line: usize,
}

impl fmt::Display for NotUtf8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.encoding {
            Encoding::Unknown => write!(f, "line {} is not UTF-8 text", self.line)?,
            encoding => write!(
                f,
                "the text is {}, from line {} on, and not UTF-8",
                encoding.name(),
                self.line
            )?,
        }
        write!(f, ": open it in an editor, choose Save as, encoding UTF-8")
    }
}

impl std::error::Error for NotUtf8 {}

/// Why a text file was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It can't be read at all.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is not UTF-8.
    #[error(transparent)]
    Encoding(#[from] NotUtf8),
}

/// Reads a whole file, without its byte order mark.
///
/// # Errors
/// Where the file can't be read, or its text is not UTF-8.
pub fn read(path: &Path) -> Result<String, ReadError> {
    Ok(decode(std::fs::read(path)?)?)
}

/// The text of these bytes, without a byte order mark.
///
/// # Errors
/// Where they are not UTF-8: in which encoding they seem to be.
pub fn decode(bytes: Vec<u8>) -> Result<String, NotUtf8> {
    let wide = of_wide(&bytes);
    if let Some(encoding) = wide {
        return Err(NotUtf8 { encoding, line: 1 });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let bad = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let encoding = if is_gb18030(&bytes) {
            Encoding::Gb18030
        } else {
            Encoding::Unknown
        };
        // GB 18030 shows with its first character; it may look like UTF-8 for a while.
        let shows = match encoding {
            Encoding::Gb18030 => bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bad),
            _ => bad,
        };
        let before = bytes.iter().take(shows);
        NotUtf8 {
            encoding,
            line: before.filter(|byte| **byte == b'\n').count() + 1,
        }
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// UTF-16 and UTF-32: by their mark, or by the zero bytes that ASCII has in them and that no text file has else.
fn of_wide(bytes: &[u8]) -> Option<Encoding> {
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Some(Encoding::Utf32);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Some(Encoding::Utf16);
    }
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let (most, least) = (even.max(odd), even.min(odd));
    // Every fourth unit at least is ASCII, as in any file of settings; where both halves are zero, it is no text.
    (most > 0 && most * 4 >= bytes.len() / 2 && least * 4 < most).then_some(Encoding::Utf16)
}

/// Whether all is built as GB 18030 is: of one, two or four bytes a character.
fn is_gb18030(mut bytes: &[u8]) -> bool {
    loop {
        bytes = match bytes {
            [] => return true,
            [0..=0x7f, rest @ ..]
            | [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, rest @ ..]
            | [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, rest @ ..] => rest,
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "id = \"own\"\nname = \"第一次实训\"\n# 李玥 𬭎\n";

    fn gb18030(text: &str) -> Vec<u8> {
        encoding_rs::GB18030.encode(text).0.into_owned()
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn p8_each_encoding_is_named_with_the_line_where_it_shows() {
        let told = |bytes: Vec<u8>| decode(bytes).expect_err("refused");
        let gb = NotUtf8 {
            encoding: Encoding::Gb18030,
            line: 2,
        };
        assert_eq!(told(gb18030(TEXT)), gb);
        assert!(gb.to_string().contains("GB18030 (GBK, ANSI), from line 2"), "{gb}");
        for little in [true, false] {
            for mark in ["", "\u{feff}"] {
                let bytes = utf16(&format!("{mark}{TEXT}"), little);
                assert_eq!(
                    told(bytes),
                    NotUtf8 {
                        encoding: Encoding::Utf16,
                        line: 1
                    },
                    "{little} {mark:?}"
                );
            }
        }
        let wide: Vec<u8> = "\u{feff}a".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert_eq!(told(wide).encoding, Encoding::Utf32);
        assert_eq!(
            told(b"a\nb\xffc\xff".to_vec()),
            NotUtf8 {
                encoding: Encoding::Unknown,
                line: 2
            }
        );
    }

    #[test]
    fn p8_utf8_is_read_with_and_without_its_mark() {
        assert_eq!(decode(TEXT.into()).as_deref(), Ok(TEXT));
        assert_eq!(decode(format!("\u{feff}{TEXT}").into()).as_deref(), Ok(TEXT));
        assert_eq!(decode(Vec::new()).as_deref(), Ok(""));
        let folder = tempfile::tempdir().expect("folder");
        assert!(matches!(read(&folder.path().join("none")), Err(ReadError::Io(_))));
    }

    proptest! {
        #[test]
        fn p8_what_is_utf8_is_read_and_what_is_gb18030_is_never_called_something_else(ascii in "[ -~\n]{1,40}", hanzi in "[一-龥]{1,40}") {
            let text = format!("{ascii}{hanzi}");
            prop_assert_eq!(decode(text.clone().into()), Ok(text.clone()));
            if let Err(told) = decode(gb18030(&text)) {
                prop_assert_eq!(told.encoding, Encoding::Gb18030);
            }
            prop_assert_eq!(decode(utf16(&format!("\u{feff}{text}"), true)).map_err(|told| told.encoding), Err(Encoding::Utf16));
        }
    }
}
