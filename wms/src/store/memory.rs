//! What pages ask for again and again and what changes seldom, held in memory: written through here, and looked at again
//! once a moment has passed, for other processes write too.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use uplink::DeviceId;

use super::{Complaint, Device, Station};

/// What is older is read again: so late is seen what another process wrote.
const FRESH: Duration = Duration::from_secs(1);

/// Stations, devices and what devices complain of, as they were read last.
#[derive(Debug, Default)]
pub(super) struct Fleet {
    /// Counts what was written here.
    moved: AtomicU64,
    pub(super) stations: Held<Station>,
    pub(super) devices: Held<Device>,
    pub(super) complaints: Held<(DeviceId, Complaint)>,
}

/// Rows as they were read: when, and how much had been written here before.
#[derive(Debug)]
pub(super) struct Held<T>(Mutex<Option<(Instant, u64, Vec<T>)>>);

impl<T> Default for Held<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl Fleet {
    /// Something was written, and is committed.
    pub(super) fn moved(&self) {
        self.moved.fetch_add(1, Ordering::AcqRel);
    }

    /// The rows that are held, or else those that `read` finds.
    pub(super) async fn rows<T: Clone, E>(
        &self,
        held: &Held<T>,
        read: impl Future<Output = Result<Vec<T>, E>>,
    ) -> Result<Vec<T>, E> {
        let before = self.moved.load(Ordering::Acquire);
        {
            let held = held.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((at, moved, rows)) = &*held
                && *moved == before
                && at.elapsed() < FRESH
            {
                return Ok(rows.clone());
            }
        }
        let at = Instant::now();
        let rows = read.await?;
        *held.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, before, rows.clone()));
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_written_is_read_anew_and_else_it_is_held() {
        let fleet = Fleet::default();
        let station = |id| Station {
            id,
            name: String::new(),
            run: None,
        };
        let asked = AtomicU64::new(0);
        let read = || async {
            let nth = asked.fetch_add(1, Ordering::Relaxed);
            Ok::<_, ()>(vec![station(i64::try_from(nth).expect("few"))])
        };
        for _ in 0..3 {
            assert_eq!(fleet.rows(&fleet.stations, read()).await, Ok(vec![station(0)]));
        }
        fleet.moved();
        assert_eq!(fleet.rows(&fleet.stations, read()).await, Ok(vec![station(1)]));
        // Written while it was read: what was read may be what stood before.
        let while_read = async {
            fleet.moved();
            read().await
        };
        fleet.moved();
        assert_eq!(fleet.rows(&fleet.stations, while_read).await, Ok(vec![station(2)]));
        assert_eq!(fleet.rows(&fleet.stations, read()).await, Ok(vec![station(3)]));
    }
}
