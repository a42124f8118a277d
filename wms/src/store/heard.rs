//! What devices said: known by its event, answered once, set aside where it became no act.

use rules::{Answer, RunId};
use sqlx::Row;
use uplink::{DeviceEvent, EventBody, EventKey, Known, Moment, UnixMillis};

use super::{Db, StoreError};

/// What a device said, on its way into the database with the act it became.
#[derive(Clone, Debug)]
pub struct Heard {
    /// What.
    pub event: DeviceEvent,
    /// When it arrived.
    pub arrived_at: UnixMillis,
}

/// What is known of a device's event before it is taken.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// The first answer to it, where it came before.
    pub answer: Option<Answer>,
    /// The run at the device's station.
    pub run: Option<Made>,
    /// What its gateway reported of the device.
    pub device: Option<Known>,
}

/// A run and when it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// Which.
    pub run: RunId,
    /// By the wall clock of then.
    pub at: UnixMillis,
    /// By its machine's clock that is never set; none for runs older than this column.
    pub moment: Option<Moment>,
}

/// Why what a person did at a device became no act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// It was done before the run at its station began.
    BeforeRun,
    /// No run was at its station.
    NoRun,
    /// The run it speaks of is not known, or can't take it.
    NoSuch,
    /// It is no code: nothing that can be seen, or longer than any.
    NoCode,
}

impl Why {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::BeforeRun, Self::NoRun, Self::NoSuch, Self::NoCode];

    /// Key of its words in the locale files.
    pub fn key(self) -> &'static str {
        match self {
            Self::BeforeRun => "aside.before_run",
            Self::NoRun => "aside.no_run",
            Self::NoSuch => "aside.no_such",
            Self::NoCode => "aside.no_code",
        }
    }

    /// In rows.
    pub fn code(self) -> &'static str {
        match self {
            Self::BeforeRun => "before_run",
            Self::NoRun => "no_run",
            Self::NoSuch => "no_such",
            Self::NoCode => "no_code",
        }
    }
}

/// What a person did at a device that became no act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// The device.
    pub device: String,
    /// When.
    pub at: UnixMillis,
    /// What.
    pub body: EventBody,
    /// Why.
    pub why: Why,
}

/// How much was set aside at a run's station while it was there, and the newest of it, at most `most`.
///
/// # Errors
/// Where the database refuses.
pub async fn asides(db: &Db, run: RunId, most: i64) -> Result<(i64, Vec<Aside>), StoreError> {
    let count = sqlx::query("SELECT COUNT(*) AS count FROM device_event WHERE aside IS NOT NULL AND aside_run = $1")
        .bind(run)
        .fetch_one(&db.pool)
        .await?
        .try_get("count")?;
    if count == 0 {
        return Ok((0, Vec::new()));
    }
    let sql = "SELECT device, at, body, aside FROM device_event WHERE aside IS NOT NULL AND aside_run = $1 \
               ORDER BY arrived_at DESC, device, boot, event DESC LIMIT $2";
    let mut asides = Vec::new();
    for row in sqlx::query(sql).bind(run).bind(most).fetch_all(&db.pool).await? {
        let (body, code): (String, String) = (row.try_get("body")?, row.try_get("aside")?);
        asides.push(Aside {
            device: row.try_get("device")?,
            at: row.try_get("at")?,
            body: serde_json::from_str(&body)?,
            why: Why::ALL
                .into_iter()
                .find(|why| why.code() == code)
                .unwrap_or(Why::NoSuch),
        });
    }
    Ok((count, asides))
}

/// How much was set aside of the runs that stand at stations.
///
/// # Errors
/// Where the database refuses.
pub async fn set_aside(db: &Db) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) AS count FROM station s JOIN device_event e ON e.aside_run = s.run_id WHERE e.aside IS NOT NULL";
    Ok(sqlx::query(sql).fetch_one(&db.pool).await?.try_get("count")?)
}

/// Whether something that a device did before this event, in the same boot, is an act of this run.
///
/// # Errors
/// Where the database refuses.
pub async fn follows_act_of(db: &Db, key: &EventKey, run: RunId) -> Result<bool, StoreError> {
    let sql =
        "SELECT 1 AS one FROM device_event WHERE device = $1 AND boot = $2 AND event < $3 AND run_id = $4 LIMIT 1";
    let row = sqlx::query(sql)
        .bind(&key.device.0)
        .bind(i64::from(key.boot))
        .bind(i64::from(key.event))
        .bind(run)
        .fetch_optional(&db.pool)
        .await?;
    Ok(row.is_some())
}

/// Looks up a device's event and the run it would belong to.
///
/// # Errors
/// Where the database refuses.
pub async fn before(db: &Db, key: &EventKey) -> Result<Before, StoreError> {
    let sql = "SELECT e.answer, r.id, r.started_at, r.made_boot, r.made_moment, d.kind, d.units FROM (SELECT 1 AS one) AS o \
               LEFT JOIN device_event e ON e.device = $1 AND e.boot = $2 AND e.event = $3 \
               LEFT JOIN device d ON d.id = $1 LEFT JOIN station s ON s.id = d.station_id LEFT JOIN run r ON r.id = s.run_id";
    let row = sqlx::query(sql)
        .bind(&key.device.0)
        .bind(i64::from(key.boot))
        .bind(i64::from(key.event))
        .fetch_one(&db.pool)
        .await?;
    let answer: Option<String> = row.try_get("answer")?;
    let run: Option<RunId> = row.try_get("id")?;
    let (kind, units): (Option<String>, Option<i64>) = (row.try_get("kind")?, row.try_get("units")?);
    let at: Option<UnixMillis> = row.try_get("started_at")?;
    let boot: Option<i64> = row.try_get("made_boot")?;
    let millis: Option<i64> = row.try_get("made_moment")?;
    let moment = boot.and_then(|boot| u32::try_from(boot).ok()).zip(millis);
    let moment = moment.map(|(boot, millis)| Moment { boot, millis });
    Ok(Before {
        answer: answer.map(|answer| serde_json::from_str(&answer)).transpose()?,
        run: run.zip(at).map(|(run, at)| Made { run, at, moment }),
        device: kind.zip(units).and_then(|(kind, units)| {
            Some(Known {
                kind: serde_json::from_value(kind.into()).ok()?,
                units: u8::try_from(units).ok()?,
            })
        }),
    })
}
