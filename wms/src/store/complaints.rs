//! What devices have said of their own parts and not taken back: the newest word about a part counts.

use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};
use uplink::{DeviceId, EventBody, UnixMillis, plain};

use super::{Db, Heard, StoreError};

/// The fault of a position that did not answer a self test.
pub const NO_ANSWER: &str = "no_answer";
/// Longest word for a fault, in characters; ours are far shorter.
const LONGEST: usize = 64;

/// Follows a device's word about itself. A position that passes a self test is well. A device that starts again says anew
/// what it still finds broken; what a self test found stays until the next.
pub(super) async fn follow(tx: &mut Transaction<'static, Any>, heard: &Heard) -> Result<(), StoreError> {
    let device = &heard.event.key.device.0;
    let (position, fault) = match &heard.event.body {
        EventBody::Restarted { .. } => {
            sqlx::query("DELETE FROM device_complaint WHERE device = $1 AND fault <> $2")
                .bind(device)
                .bind(NO_ANSWER)
                .execute(&mut **tx)
                .await?;
            return Ok(());
        }
        EventBody::Tested { position, pressed } => {
            sqlx::query("DELETE FROM device_complaint WHERE device = $1 AND position = $2")
                .bind(device)
                .bind(i64::from(*position))
                .execute(&mut **tx)
                .await?;
            if *pressed {
                return Ok(());
            }
            (i64::from(*position), NO_ANSWER.to_owned())
        }
        EventBody::Fault { fault, position } => (
            position.map_or(-1, i64::from),
            plain(fault).chars().take(LONGEST).collect::<String>(),
        ),
        _ => return Ok(()),
    };
    sqlx::query(
        "INSERT INTO device_complaint (device, position, fault, at, arrived_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (device, position, fault) DO UPDATE SET at = excluded.at, arrived_at = excluded.arrived_at",
    )
    .bind(device)
    .bind(position)
    .bind(fault)
    .bind(heard.event.at)
    .bind(heard.arrived_at)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

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
pub async fn complaints(db: &Db) -> Result<Vec<(DeviceId, Complaint)>, StoreError> {
    db.fleet.rows(&db.fleet.complaints, read_complaints(db)).await
}

async fn read_complaints(db: &Db) -> Result<Vec<(DeviceId, Complaint)>, StoreError> {
    let sql = "SELECT c.device, c.position, c.fault, c.at FROM device_complaint c LEFT JOIN device d ON d.id = c.device \
               WHERE c.position < COALESCE(d.units, 256) ORDER BY c.device, c.arrived_at, c.position, c.fault";
    let rows = sqlx::query(sql).fetch_all(&db.pool).await?;
    Ok(rows.iter().map(complaint).collect::<Result<_, _>>()?)
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
