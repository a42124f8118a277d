//! What devices have said of their own parts and not taken back.

use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};
use uplink::{DeviceId, UnixMillis};

pub use crate::training::store::NO_ANSWER;

/// Something a device said is broken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Complaint {
    /// When.
    pub at: UnixMillis,
    /// In a word (`key_stuck`, [`NO_ANSWER`]).
    pub fault: String,
    /// Position from 0; none where it is the whole device.
    pub position: Option<u8>,
}

/// What devices have complained of and not taken back, of each the oldest first. Positions that a device has not are left
/// out: such a word of an older server's day is no complaint.
///
/// # Errors
/// Where the database refuses.
pub async fn complaints(pool: &AnyPool) -> Result<Vec<(DeviceId, Complaint)>, sqlx::Error> {
    let sql = "SELECT c.device, c.position, c.fault, c.at FROM device_complaint c LEFT JOIN device d ON d.id = c.device \
               WHERE c.position < COALESCE(d.units, 256) ORDER BY c.device, c.arrived_at, c.position, c.fault";
    sqlx::query(sql).fetch_all(pool).await?.iter().map(complaint).collect()
}

fn complaint(row: &AnyRow) -> Result<(DeviceId, Complaint), sqlx::Error> {
    let position: i64 = row.try_get("position")?;
    let complaint = Complaint {
        at: row.try_get("at")?,
        fault: row.try_get("fault")?,
        position: u8::try_from(position).ok(),
    };
    Ok((DeviceId(row.try_get("device")?), complaint))
}
