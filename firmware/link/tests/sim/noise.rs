//! What a bad line does to bytes.

use super::random::Random;

/// Error rates.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// Each bit flips.
    pub bit: f64,
    /// Each byte is lost.
    pub loss: f64,
    /// Each byte comes twice.
    pub repeat: f64,
}

/// A bad line. Counts down to its next error, so that good bytes cost nothing.
pub struct Noise {
    rates: Rates,
    to_bit: u64,
    to_loss: u64,
    to_repeat: u64,
    pub errors: u64,
}

impl Noise {
    pub fn new(rates: Rates, random: &mut Random) -> Self {
        Self {
            rates,
            to_bit: random.run_length(rates.bit),
            to_loss: random.run_length(rates.loss),
            to_repeat: random.run_length(rates.repeat),
            errors: 0,
        }
    }

    /// What arrives of what was sent.
    pub fn pass(&mut self, mut bytes: Vec<u8>, random: &mut Random) -> Vec<u8> {
        let length = bytes.len() as u64;
        let mut at = 0;
        while length * 8 - at > self.to_bit {
            at += self.to_bit;
            bytes[(at / 8) as usize] ^= 1 << (at % 8);
            at += 1;
            self.errors += 1;
            self.to_bit = random.run_length(self.rates.bit);
        }
        self.to_bit = self.to_bit.saturating_sub(length * 8 - at);
        if self.to_loss < length {
            bytes.remove(self.to_loss as usize);
            self.errors += 1;
            self.to_loss = random.run_length(self.rates.loss);
        } else {
            self.to_loss -= length;
        }
        let length = bytes.len() as u64;
        if self.to_repeat < length {
            let at = self.to_repeat as usize;
            bytes.insert(at, bytes[at]);
            self.errors += 1;
            self.to_repeat = random.run_length(self.rates.repeat);
        } else {
            self.to_repeat -= length;
        }
        bytes
    }
}
