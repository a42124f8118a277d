/// Moments that a test chooses: xorshift64, repeatable from its seed, which is not 0 and which a failure prints.
pub struct Random(pub u64);

impl Random {
    /// One of so many numbers from 0.
    pub const fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
