//! A panic is a fault of ours: it ends what it happened in and nothing else, and is counted, so that people learn of it.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::FutureExt;

static COUNT: AtomicU64 = AtomicU64::new(0);

/// Something panicked; it is counted and logged already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fault of this program, told in its log, stopped {0}")]
pub struct Panicked(pub &'static str);

/// Panics caught since this process started.
pub fn count() -> u64 {
    COUNT.load(Ordering::Relaxed)
}

/// Does something that may panic. What it worked on must be given up afterwards: it may be half done.
///
/// # Errors
/// Where it panicked; `what` names it for the log.
pub async fn caught<T>(what: &'static str, work: impl Future<Output = T>) -> Result<T, Panicked> {
    AssertUnwindSafe(work).catch_unwind().await.map_err(|panic| {
        COUNT.fetch_add(1, Ordering::Relaxed);
        let why = panic.downcast_ref::<&str>().copied();
        let why = why.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        tracing::error!(
            what,
            why = why.unwrap_or("?"),
            "a fault of ours was caught; where it is stands in the line before"
        );
        Panicked(what)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn r7_a_panic_is_caught_and_counted() {
        assert_eq!(caught("a test", async { 7 }).await, Ok(7));
        let before = count();
        let fault: Result<(), _> = caught("a test", async { panic!("on purpose") }).await;
        assert_eq!(fault, Err(Panicked("a test")));
        assert!(count() > before);
    }
}
