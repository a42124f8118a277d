//! What devices say is broken, written beside their events: the newest word about a part counts.

use sqlx::{Any, Transaction};
use uplink::{EventBody, plain};

use super::{Heard, StoreError};

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
