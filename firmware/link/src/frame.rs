//! How a message becomes bytes.

/// Longest frame on any line, delimiters included, in bytes.
pub const MAX_FRAME: usize = 258;
