//! What devices have said of their own parts: which of it still holds.

use sqlx::{AnyPool, Row};
use uplink::{DeviceId, EventBody, UnixMillis};

/// The fault of a position that did not answer a self test.
pub const NO_ANSWER: &str = "no_answer";

/// Something a device said is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// When.
    pub at: UnixMillis,
    /// In a word (`key_stuck`, [`NO_ANSWER`]).
    pub fault: String,
    /// Position from 0; none where it is the whole device.
    pub position: Option<u8>,
}

/// What a device has complained of and not taken back.
///
/// # Errors
/// Where the database refuses.
pub async fn complaints(pool: &AnyPool, device: &DeviceId) -> Result<Vec<Complaint>, sqlx::Error> {
    let sql = "SELECT at, body FROM device_event WHERE run_id IS NULL AND device = $1 \
               AND (body LIKE '%\"what\":\"fault\"%' OR body LIKE '%\"what\":\"tested\"%' \
               OR body LIKE '%\"what\":\"restarted\"%') ORDER BY arrived_at, boot, event";
    let rows = sqlx::query(sql).bind(&device.0).fetch_all(pool).await?;
    let said: Vec<(UnixMillis, EventBody)> = rows
        .iter()
        .filter_map(|row| {
            let body: String = row.try_get("body").ok()?;
            Some((row.try_get("at").ok()?, serde_json::from_str(&body).ok()?))
        })
        .collect();
    Ok(holding(said))
}

/// When each device last said something that belongs to no run: a change here may be a change of its complaints.
///
/// # Errors
/// Where the database refuses.
pub async fn last_words(pool: &AnyPool) -> Result<Vec<(DeviceId, UnixMillis)>, sqlx::Error> {
    let sql = "SELECT device, MAX(arrived_at) AS newest FROM device_event WHERE run_id IS NULL GROUP BY device ORDER BY device";
    let rows = sqlx::query(sql).fetch_all(pool).await?;
    rows.iter()
        .map(|row| Ok((DeviceId(row.try_get("device")?), row.try_get("newest")?)))
        .collect()
}

/// A position that passes a self test is well. A device that starts again says anew what it still finds broken; what a
/// self test found stays until the next.
fn holding(said: impl IntoIterator<Item = (UnixMillis, EventBody)>) -> Vec<Complaint> {
    let mut holding: Vec<Complaint> = Vec::new();
    for (at, body) in said {
        match body {
            EventBody::Restarted { .. } => holding.retain(|complaint| complaint.fault == NO_ANSWER),
            EventBody::Tested { position, pressed } => {
                holding.retain(|complaint| complaint.position != Some(position));
                if !pressed {
                    holding.push(Complaint {
                        at,
                        fault: NO_ANSWER.into(),
                        position: Some(position),
                    });
                }
            }
            EventBody::Fault { fault, position } => {
                holding.retain(|complaint| complaint.position != position || complaint.fault != fault);
                holding.push(Complaint { at, fault, position });
            }
            _ => {}
        }
    }
    holding
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(fault: &str, position: Option<u8>) -> EventBody {
        EventBody::Fault {
            fault: fault.into(),
            position,
        }
    }

    fn tested(position: u8, pressed: bool) -> EventBody {
        EventBody::Tested { position, pressed }
    }

    fn restarted() -> EventBody {
        EventBody::Restarted {
            reason: "power".into(),
            panic: String::new(),
        }
    }

    #[test]
    fn the_newest_word_about_a_part_counts() {
        let holds = |said: Vec<EventBody>| -> Vec<(String, Option<u8>)> {
            holding(said.into_iter().map(|body| (0, body)))
                .into_iter()
                .map(|complaint| (complaint.fault, complaint.position))
                .collect()
        };
        let stuck = || fault("key_stuck", Some(5));
        assert_eq!(holds(vec![]), []);
        assert_eq!(holds(vec![stuck(), stuck()]), [("key_stuck".into(), Some(5))]);
        assert_eq!(holds(vec![stuck(), restarted()]), []);
        assert_eq!(holds(vec![stuck(), tested(5, true)]), []);
        assert_eq!(holds(vec![stuck(), tested(5, false)]), [(NO_ANSWER.into(), Some(5))]);
        assert_eq!(
            holds(vec![tested(4, false), tested(5, false), restarted()]),
            [(NO_ANSWER.into(), Some(4)), (NO_ANSWER.into(), Some(5))]
        );
        assert_eq!(holds(vec![tested(4, false), tested(4, true)]), []);
        assert_eq!(holds(vec![fault("load_cell", None), tested(0, true)]).len(), 1);
    }
}
