//! Times as the wire counts them, in microseconds.

use link::Instant;

/// Milliseconds as microseconds.
#[must_use]
pub const fn millis(n: u64) -> u64 {
    n * 1_000
}

/// The earlier of two moments that may be absent.
#[must_use]
pub fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The next moment after `now` at which a signal of this half period changes. All lights of a node blink in step.
#[must_use]
pub const fn next_edge(now: Instant, half_period: u64) -> Instant {
    Instant((now.0 / half_period + 1) * half_period)
}

/// Whether a signal of this half period is in its shining half.
#[must_use]
pub const fn shines(now: Instant, half_period: u64) -> bool {
    (now.0 / half_period).is_multiple_of(2)
}
