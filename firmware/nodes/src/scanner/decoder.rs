//! From the decoder module's bytes to codes.
//!
//! | in the stream | what becomes of it |
//! |---|---|
//! | bytes up to CR, LF or TAB | a code |
//! | `]` letter digit at its start | the AIM symbology identifier |
//! | `02 00 00 01 00 33 31` anywhere | the GM65 kind's answer to a trigger: left out |
//! | STX before a code, ETX behind it | left out: they frame it |
//! | 0x1D | GS1's separator, part of the code |
//! | any other control byte | [`Read::Torn`] at the code's end: it stands where a character was lost |
//! | more than [`MAX_CODE`] bytes | [`Read::TooLong`], whole: half a code would be another code |
//! | silence after some bytes | the end of the code for a module that sends no suffix; [`Read::Torn`] for one that does |
//! | bytes after that, up to a suffix | the rest of what was torn, or a code that can't be told from it: [`Read::Torn`] once more |

use heapless::Vec;
use link::Instant;
use link::message::MAX_CODE;

use crate::time::millis;

/// Silence that ends a code without suffix (µs): fifty characters at 9600 baud.
pub const IDLE: u64 = millis(50);
/// GM65, GM861: "trigger taken".
const ACKNOWLEDGEMENT: [u8; 7] = [0x02, 0x00, 0x00, 0x01, 0x00, 0x33, 0x31];
const IDENTIFIER: usize = 3;
/// Start and end of text: some modules frame their codes so.
const STX: u8 = 0x02;
const ETX: u8 = 0x03;

/// What came out of the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// A code.
    Code {
        /// AIM identifier.
        aim: Option<[u8; 3]>,
        /// Its bytes.
        code: Vec<u8, MAX_CODE>,
    },
    /// More bytes than a code may have.
    TooLong,
    /// The stream stopped in the middle of a code.
    Torn,
}

/// Cuts the stream into codes.
#[derive(Default)]
pub struct Decoder {
    line: Vec<u8, { MAX_CODE + IDENTIFIER }>,
    overflowed: bool,
    acknowledgement: usize,
    suffix: bool,
    /// A control byte came that is no part of a code.
    damaged: bool,
    /// ETX came: nothing but a suffix may follow.
    closed: bool,
    /// What comes up to the next suffix is the rest of a torn code.
    torn: bool,
    last: Instant,
}

impl Decoder {
    /// At the start of a stream.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes bytes as they came.
    pub fn bytes(&mut self, now: Instant, bytes: &[u8], mut read: impl FnMut(Read)) {
        self.idle(now, &mut read);
        if !bytes.is_empty() {
            self.last = now;
        }
        for &byte in bytes {
            self.byte(byte, &mut read);
        }
    }

    /// Lets time pass.
    pub fn idle(&mut self, now: Instant, mut read: impl FnMut(Read)) {
        if now.since(self.last) < IDLE {
            return;
        }
        self.give_back(&mut read);
        if self.line.is_empty() && !self.overflowed {
            // Noise by itself, as when a module is switched on.
            (self.damaged, self.closed) = (false, false);
            return;
        }
        if self.suffix {
            self.line.clear();
            (self.overflowed, self.damaged, self.closed) = (false, false, false);
            // Its rest is told when its suffix comes.
            if !core::mem::replace(&mut self.torn, true) {
                read(Read::Torn);
            }
        } else {
            self.end(&mut read);
        }
    }

    /// When [`Self::idle`] may have something to say.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        let open = !self.line.is_empty() || self.overflowed || self.damaged || self.acknowledgement > 0;
        open.then(|| self.last.after(IDLE))
    }

    fn byte(&mut self, byte: u8, read: &mut impl FnMut(Read)) {
        if ACKNOWLEDGEMENT.get(self.acknowledgement) == Some(&byte) {
            self.acknowledgement = (self.acknowledgement + 1) % ACKNOWLEDGEMENT.len();
            return;
        }
        self.give_back(read);
        if byte == ACKNOWLEDGEMENT[0] {
            self.acknowledgement = 1;
        } else {
            self.content(byte, read);
        }
    }

    /// What began like an acknowledgement and was none belongs to the code.
    fn give_back(&mut self, read: &mut impl FnMut(Read)) {
        let taken = core::mem::take(&mut self.acknowledgement);
        for &byte in ACKNOWLEDGEMENT.iter().take(taken) {
            self.content(byte, read);
        }
    }

    fn content(&mut self, byte: u8, read: &mut impl FnMut(Read)) {
        match byte {
            b'\r' | b'\n' | b'\t' => {
                if !self.line.is_empty() || self.overflowed || self.damaged {
                    self.suffix = true;
                    self.end(read);
                }
            }
            0x1d | 0x20..=0x7e | 0x80.. => {
                self.damaged |= self.closed;
                self.overflowed |= self.line.push(byte).is_err();
            }
            STX if self.line.is_empty() && !self.overflowed => {}
            ETX => self.closed = true,
            _ => self.damaged = true,
        }
    }

    fn end(&mut self, read: &mut impl FnMut(Read)) {
        let line = core::mem::take(&mut self.line);
        let overflowed = core::mem::take(&mut self.overflowed);
        let damaged = core::mem::take(&mut self.damaged);
        self.closed = false;
        if core::mem::take(&mut self.torn) || damaged {
            read(Read::Torn);
            return;
        }
        let (aim, rest) = identifier(&line);
        match Vec::from_slice(rest) {
            Ok(code) if !overflowed => {
                if !code.is_empty() {
                    read(Read::Code { aim, code });
                }
            }
            _ => read(Read::TooLong),
        }
    }
}

fn identifier(line: &[u8]) -> (Option<[u8; 3]>, &[u8]) {
    match line {
        [b']', letter, modifier, rest @ ..] if letter.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => {
            (Some([b']', *letter, *modifier]), rest)
        }
        _ => (None, line),
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec as List;

    use proptest::prelude::*;

    use super::*;

    fn code(aim: Option<&[u8; 3]>, code: &[u8]) -> Read {
        Read::Code {
            aim: aim.copied(),
            code: Vec::from_slice(code).unwrap(),
        }
    }

    fn read(stream: &[u8]) -> List<Read> {
        let mut reads = List::new();
        Decoder::new().bytes(Instant(0), stream, |read| reads.push(read));
        reads
    }

    #[test]
    fn each_suffix_ends_a_code_and_two_in_a_row_end_one() {
        assert_eq!(read(b"A-01-02-03\r"), [code(None, b"A-01-02-03")]);
        assert_eq!(
            read(b"1\r\n2\n3\t\r\n"),
            [code(None, b"1"), code(None, b"2"), code(None, b"3")]
        );
    }

    #[test]
    fn the_identifier_is_told_apart() {
        assert_eq!(
            read(b"]C10112000152400012\x1d10A\r"),
            [code(Some(b"]C1"), b"0112000152400012\x1d10A")]
        );
        assert_eq!(read(b"]E\r"), [code(None, b"]E")]);
        assert_eq!(read(b"]C1\r"), []);
    }

    #[test]
    fn a_trigger_answer_is_left_out_wherever_it_stands() {
        assert_eq!(read(b"\x02\0\0\x01\x003120001\r"), [code(None, b"20001")]);
        assert_eq!(read(b"20\x02\0\0\x01\x0031001\r"), [code(None, b"20001")]);
        // One that breaks off is none: what it leaves behind belongs to no code.
        assert_eq!(read(b"\x02\0\0\x01\x003\r"), [Read::Torn]);
        assert_eq!(read(b"\x02\x02\0\0\x01\x00317\r"), [code(None, b"7")]);
    }

    #[test]
    fn r15_a_control_byte_inside_tears_the_code() {
        for torn in [
            &b"12\x0034\r"[..],
            b"\x001234\r",
            b"1234\x00\r",
            b"12\x1b34\n",
            b"12\x7f34\t",
            b"12\x0234\r",
            b"12\x0334\r",
            b"\x00\r",
        ] {
            assert_eq!(read(torn), [Read::Torn], "{torn:?}");
            let mut stream = List::from(torn);
            stream.extend(b"2000152400039\r");
            assert_eq!(read(&stream), [Read::Torn, code(None, b"2000152400039")], "{torn:?}");
        }
        assert_eq!(read(b"\x021234\x03\r"), [code(None, b"1234")], "a frame is no damage");
        assert_eq!(read(b"\x1d0112\x1d10A\r"), [code(None, b"\x1d0112\x1d10A")]);
    }

    #[test]
    fn r15_without_a_suffix_too_and_noise_by_itself_is_nothing() {
        let mut decoder = Decoder::new();
        let mut reads = List::new();
        decoder.bytes(Instant(0), b"\0\0", |read| reads.push(read));
        assert_eq!(decoder.due(), Some(Instant(IDLE)));
        decoder.bytes(Instant(IDLE), b"1234", |read| reads.push(read));
        decoder.bytes(Instant(IDLE * 2), b"12\x0034", |read| reads.push(read));
        decoder.idle(Instant(IDLE * 3), |read| reads.push(read));
        assert_eq!(reads, [code(None, b"1234"), Read::Torn]);
        assert_eq!(decoder.due(), None);
    }

    #[test]
    fn silence_ends_a_code_only_where_no_suffix_is_sent() {
        let mut decoder = Decoder::new();
        let mut reads = List::new();
        decoder.bytes(Instant(0), b"200015", |read| reads.push(read));
        assert_eq!(decoder.due(), Some(Instant(IDLE)));
        decoder.idle(Instant(IDLE - 1), |read| reads.push(read));
        assert_eq!(reads, []);
        decoder.idle(Instant(IDLE), |read| reads.push(read));
        assert_eq!(reads, [code(None, b"200015")]);
        decoder.bytes(Instant(IDLE * 2), b"1\r2", |read| reads.push(read));
        decoder.idle(Instant(IDLE * 3), |read| reads.push(read));
        assert_eq!(reads[1..], [code(None, b"1"), Read::Torn]);
        assert_eq!(decoder.due(), None);
    }

    #[test]
    fn the_rest_of_a_torn_code_is_no_code() {
        let mut decoder = Decoder::new();
        let mut reads = List::new();
        decoder.bytes(Instant(0), b"1\r690123", |read| reads.push(read));
        decoder.bytes(Instant(IDLE), b"4567", |read| reads.push(read));
        decoder.bytes(Instant(IDLE * 2), b"892\r", |read| reads.push(read));
        assert_eq!(reads, [code(None, b"1"), Read::Torn, Read::Torn]);
        decoder.bytes(Instant(IDLE * 9), b"6901234567892\r", |read| reads.push(read));
        assert_eq!(reads[3..], [code(None, b"6901234567892")]);
    }

    #[test]
    fn a_code_too_long_is_told_and_the_next_is_whole() {
        let longest = [b'7'; MAX_CODE];
        let mut stream = List::from(longest);
        stream.extend(b"\r");
        stream.extend(longest);
        stream.extend(b"77777\r8\r");
        assert_eq!(read(&stream), [code(None, &longest), Read::TooLong, code(None, b"8")]);
        // An identifier takes no room from the code.
        let mut stream = List::from(*b"]Q3");
        stream.extend(longest);
        stream.extend(b"\r");
        assert_eq!(read(&stream), [code(Some(b"]Q3"), &longest)]);
    }

    proptest! {
        #[test]
        fn how_the_stream_is_cut_does_not_matter(stream in prop::collection::vec(
            prop_oneof![4 => any::<u8>(), 2 => Just(b'\r'), 1 => Just(2), 1 => Just(0), 1 => Just(b'3')], 0..400),
            cuts in prop::collection::vec(1..20_usize, 1..50)) {
            let mut decoder = Decoder::new();
            let mut reads = List::new();
            let mut rest = &stream[..];
            for cut in cuts.iter().cycle() {
                let (now, later) = rest.split_at((*cut).min(rest.len()));
                decoder.bytes(Instant(0), now, |read| reads.push(read));
                rest = later;
                if rest.is_empty() {
                    break;
                }
            }
            prop_assert_eq!(reads, read(&stream));
        }

        #[test]
        fn printable_codes_come_through_between_acknowledgements(codes in prop::collection::vec("[A-Z0-9-]{1,40}", 1..8)) {
            let mut stream = List::new();
            for code in &codes {
                stream.extend(ACKNOWLEDGEMENT);
                stream.extend(code.as_bytes());
                stream.push(b'\r');
            }
            let expected: List<_> = codes.iter().map(|text| code(None, text.as_bytes())).collect();
            prop_assert_eq!(read(&stream), expected);
        }
    }
}
