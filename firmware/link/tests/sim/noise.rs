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

impl Rates {
    /// All alike.
    pub const fn all(rate: f64) -> Self {
        Self {
            bit: rate,
            loss: rate,
            repeat: rate,
        }
    }
}

/// What went wrong so often.
#[derive(Clone, Copy, Debug, Default)]
pub struct Errors {
    pub flipped: u64,
    pub lost: u64,
    pub repeated: u64,
}

impl Errors {
    pub fn add(&mut self, other: &Self) {
        self.flipped += other.flipped;
        self.lost += other.lost;
        self.repeated += other.repeated;
    }
}

/// A bad line. Counts down to its next error, so that good bytes cost nothing.
pub struct Noise {
    rates: Rates,
    to_bit: u64,
    to_loss: u64,
    to_repeat: u64,
    pub errors: Errors,
}

impl Noise {
    pub fn new(rates: Rates, random: &mut Random) -> Self {
        Self {
            rates,
            to_bit: random.run_length(rates.bit),
            to_loss: random.run_length(rates.loss),
            to_repeat: random.run_length(rates.repeat),
            errors: Errors::default(),
        }
    }

    /// Makes of what was sent what arrives.
    pub fn pass(&mut self, bytes: &mut Vec<u8>, random: &mut Random) {
        let length = bytes.len() as u64;
        let mut at = 0;
        while length * 8 - at > self.to_bit {
            at += self.to_bit;
            bytes[(at / 8) as usize] ^= 1 << (at % 8);
            at += 1;
            self.errors.flipped += 1;
            self.to_bit = random.run_length(self.rates.bit);
        }
        self.to_bit = self.to_bit.saturating_sub(length * 8 - at);
        if self.to_loss < length {
            bytes.remove(self.to_loss as usize);
            self.errors.lost += 1;
            self.to_loss = random.run_length(self.rates.loss);
        } else {
            self.to_loss -= length;
        }
        let length = bytes.len() as u64;
        if self.to_repeat < length {
            let at = self.to_repeat as usize;
            bytes.insert(at, bytes[at]);
            self.errors.repeated += 1;
            self.to_repeat = random.run_length(self.rates.repeat);
        } else {
            self.to_repeat -= length;
        }
    }
}
