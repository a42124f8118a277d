//! Sets a decoder module of the GM65 kind up, and looks whether it took it.
//!
//! Such a module acknowledges every write, also of what it then does not keep, and answers a trigger in any mode, but scans on it in
//! command mode alone. So each setting is read, written where it differs, and read again; what was written is saved in the module.
//! Addresses and bits: GM65 manual, "zone bit" table; GM861 and GM805 have the same.

use crc::{CRC_16_XMODEM, Crc};
use link::Instant;

use crate::time::millis;

const CRC: Crc<u16> = Crc::<u16>::new(&CRC_16_XMODEM);
/// An answer not there after so long does not come (µs): both ways take 17 ms at 9600 baud, and a module may be at a code just then.
pub const ANSWER: u64 = millis(300);
/// Times that a module is asked: it takes some two seconds to start.
pub const TRIES: u8 = 10;

/// Bytes of a request with one byte of data.
pub const REQUEST: usize = 9;
/// Bytes of an answer with one byte of data.
const ANSWERED: usize = 7;
/// How each answer with one byte of data begins: two bytes of head, "done", one byte.
const HEAD: [u8; 4] = [0x02, 0x00, 0x00, 0x01];
const READ: u8 = 7;
const WRITE: u8 = 8;
const SAVE: u8 = 9;

/// One setting: of the byte at this address the bits of the mask are to be so.
#[derive(Clone, Copy)]
struct Zone {
    address: u16,
    mask: u8,
    bits: u8,
}

impl Zone {
    const fn is_right(self, value: u8) -> bool {
        value & self.mask == self.bits
    }

    const fn mended(self, value: u8) -> u8 {
        value & !self.mask | self.bits
    }
}

const ZONES: [Zone; 3] = [
    // Bits 1 and 0: 01 is command mode.
    Zone {
        address: 0x0000,
        mask: 0b11,
        bits: 0b01,
    },
    // Bit 0: there is a suffix; bits 6 and 5: 00 is CR.
    Zone {
        address: 0x0060,
        mask: 0b0110_0001,
        bits: 0b0000_0001,
    },
    // Bit 7: the AIM identifier goes before the code.
    Zone {
        address: 0x00d0,
        mask: 0b1000_0000,
        bits: 0b1000_0000,
    },
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Not begun, or ended.
    Rests,
    /// One of [`ZONES`].
    Reads(usize),
    Writes(usize, u8),
    /// Reads what was written.
    Verifies(usize),
    Saves,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The module is as it should be.
    Well,
    /// It does not answer, or does not keep what is written.
    Badly,
}

/// Talks to the module: bytes and time in, requests out.
pub struct Setup {
    step: Step,
    /// The request is to be sent.
    unsent: bool,
    /// When it was sent.
    sent: Instant,
    tries: u8,
    written: bool,
    answer: heapless::Vec<u8, ANSWERED>,
}

impl Setup {
    /// Nothing to do.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            step: Step::Rests,
            unsent: false,
            sent: Instant(0),
            tries: 0,
            written: false,
            answer: heapless::Vec::new(),
        }
    }

    /// Begins from the first setting.
    pub fn begin(&mut self) {
        self.written = false;
        self.ask(Step::Reads(0));
    }

    fn ask(&mut self, step: Step) {
        self.step = step;
        self.tries = 0;
        self.unsent = step != Step::Rests;
    }

    /// Whether it still talks: nothing else should be asked meanwhile.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.step != Step::Rests
    }

    /// The request to be sent now.
    pub fn request(&mut self, now: Instant) -> Option<[u8; REQUEST]> {
        if !core::mem::take(&mut self.unsent) {
            return None;
        }
        self.sent = now;
        Some(match self.step {
            Step::Rests => return None,
            Step::Reads(at) | Step::Verifies(at) => request(READ, ZONES[at].address, 1),
            Step::Writes(at, value) => request(WRITE, ZONES[at].address, value),
            Step::Saves => request(SAVE, 0, 0),
        })
    }

    /// Takes a byte from the module; what belongs to no answer is given to `rest`. How it ended, once it has.
    pub fn byte(&mut self, byte: u8, mut rest: impl FnMut(u8)) -> Option<Ended> {
        if !self.goes_on() {
            rest(byte);
            return None;
        }
        let begins = HEAD.get(self.answer.len()).is_none_or(|head| *head == byte);
        if !begins {
            self.answer.iter().for_each(|taken| rest(*taken));
            self.answer.clear();
            if byte != HEAD[0] {
                rest(byte);
                return None;
            }
        }
        // There is room: it is emptied when it is full.
        let _ = self.answer.push(byte);
        let [_, _, kind, length, value, high, low] = self.answer[..] else {
            return None;
        };
        let whole = CRC.checksum(&[kind, length, value]) == u16::from_be_bytes([high, low]);
        self.answer.clear();
        // A torn answer is asked for again.
        if whole { self.answered(value) } else { None }
    }

    fn answered(&mut self, value: u8) -> Option<Ended> {
        match self.step {
            Step::Rests => {}
            Step::Reads(at) | Step::Verifies(at) if ZONES[at].is_right(value) => return self.next(at),
            Step::Reads(at) => {
                self.written = true;
                self.ask(Step::Writes(at, ZONES[at].mended(value)));
            }
            Step::Writes(at, _) => self.ask(Step::Verifies(at)),
            Step::Verifies(_) => return Some(self.end(Ended::Badly)),
            Step::Saves => return Some(self.end(Ended::Well)),
        }
        None
    }

    fn next(&mut self, at: usize) -> Option<Ended> {
        if at + 1 < ZONES.len() {
            self.ask(Step::Reads(at + 1));
            None
        } else if self.written {
            self.ask(Step::Saves);
            None
        } else {
            Some(self.end(Ended::Well))
        }
    }

    fn end(&mut self, how: Ended) -> Ended {
        self.ask(Step::Rests);
        how
    }

    /// Lets time pass.
    pub fn idle(&mut self, now: Instant, rest: impl FnMut(u8)) -> Option<Ended> {
        if !self.goes_on() || self.unsent || now.since(self.sent) < ANSWER {
            return None;
        }
        // What began like an answer was none.
        self.answer.iter().copied().for_each(rest);
        self.answer.clear();
        self.tries += 1;
        if self.tries >= TRIES {
            return Some(self.end(Ended::Badly));
        }
        self.unsent = true;
        None
    }

    /// When [`Self::idle`] or [`Self::request`] has something to do.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        self.goes_on().then(|| {
            if self.unsent {
                self.sent
            } else {
                self.sent.after(ANSWER)
            }
        })
    }
}

impl Default for Setup {
    fn default() -> Self {
        Self::new()
    }
}

/// A request with one byte of data. The module looks at its checksum.
fn request(kind: u8, address: u16, data: u8) -> [u8; REQUEST] {
    let [high, low] = address.to_be_bytes();
    let body = [kind, 1, high, low, data];
    let [first, second] = CRC.checksum(&body).to_be_bytes();
    [0x7e, 0x00, kind, 1, high, low, data, first, second]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::vec::Vec;

    use super::*;

    /// A module: what it holds by address, and whether it takes what is written.
    struct Module {
        zones: BTreeMap<u16, u8>,
        stubborn: bool,
        saved: u32,
    }

    impl Module {
        fn from_the_factory() -> Self {
            Self {
                zones: BTreeMap::from([(0x0000, 0xd6), (0x0060, 0x60), (0x00d0, 0x00)]),
                stubborn: false,
                saved: 0,
            }
        }

        fn answer(&mut self, asked: &[u8; REQUEST]) -> [u8; ANSWERED] {
            let [0x7e, 0x00, kind, 1, high, low, data, ..] = *asked else {
                panic!("no request: {asked:02x?}");
            };
            assert_eq!(CRC.checksum(&asked[2..]), 0, "{asked:02x?}");
            let at = u16::from_be_bytes([high, low]);
            let value = match kind {
                READ => self.zones[&at],
                WRITE => {
                    if !self.stubborn {
                        self.zones.insert(at, data);
                    }
                    0
                }
                SAVE => {
                    self.saved += 1;
                    0
                }
                _ => panic!("{kind}"),
            };
            let [first, second] = CRC.checksum(&[0, 1, value]).to_be_bytes();
            [0x02, 0x00, 0x00, 0x01, value, first, second]
        }
    }

    fn set_up(module: &mut Module) -> (Ended, usize) {
        let mut setup = Setup::new();
        setup.begin();
        let mut now = Instant(0);
        for asked in 1.. {
            let request = setup.request(now).expect("it goes on");
            now = now.after(millis(20));
            for byte in module.answer(&request) {
                if let Some(ended) = setup.byte(byte, |byte| panic!("{byte:02x} is no code's")) {
                    return (ended, asked);
                }
            }
        }
        unreachable!()
    }

    #[test]
    fn h14_a_module_from_the_factory_is_set_up_verified_and_saved_once() {
        let mut module = Module::from_the_factory();
        assert_eq!(set_up(&mut module), (Ended::Well, 10));
        assert_eq!(
            module.zones,
            BTreeMap::from([(0x0000, 0xd5), (0x0060, 0x01), (0x00d0, 0x80)]),
            "other bits are left as they are"
        );
        assert_eq!(module.saved, 1);
        assert_eq!(set_up(&mut module), (Ended::Well, 3), "it is only looked at");
        assert_eq!(module.saved, 1, "its flash is not worn");
    }

    #[test]
    fn h14_a_module_that_says_yes_and_does_not_is_told() {
        let mut module = Module {
            stubborn: true,
            ..Module::from_the_factory()
        };
        assert_eq!(set_up(&mut module), (Ended::Badly, 3));
        assert_eq!(module.saved, 0);
    }

    #[test]
    fn h14_a_silent_module_is_asked_again_and_given_up() {
        let mut setup = Setup::new();
        setup.begin();
        let (mut now, mut asked) = (Instant(0), 0);
        let ended = loop {
            asked += u32::from(setup.request(now).is_some());
            now = now.after(ANSWER);
            if let Some(ended) = setup.idle(now, |_| {}) {
                break ended;
            }
        };
        assert_eq!((ended, asked), (Ended::Badly, u32::from(TRIES)));
        assert_eq!(setup.due(), None);
    }

    #[test]
    fn codes_and_torn_answers_between_its_answers_are_neither_lost_nor_believed() {
        let mut module = Module::from_the_factory();
        let mut setup = Setup::new();
        setup.begin();
        let request = setup.request(Instant(0)).unwrap();
        let answer = module.answer(&request);
        let mut codes = Vec::new();
        let mut torn = answer;
        torn[4] ^= 1;
        for byte in b"69\x02\0".iter().chain(b"01\r").chain(&torn).chain(&answer[..5]) {
            assert_eq!(setup.byte(*byte, |byte| codes.push(byte)), None);
        }
        assert_eq!(codes, b"69\x02\x0001\r");
        assert_eq!(setup.idle(Instant(ANSWER), |byte| codes.push(byte)), None);
        assert_eq!(codes[7..], answer[..5], "it broke off");
        assert_eq!(setup.request(Instant(ANSWER)), Some(request), "asked again");
    }

    #[test]
    fn its_checksum_is_the_manual_s() {
        // "Save", as the manual prints it.
        assert_eq!(request(SAVE, 0, 0), [0x7e, 0, 9, 1, 0, 0, 0, 0xde, 0xc8]);
    }
}
