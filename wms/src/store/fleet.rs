//! Stations and devices, as the gateways report them and as technicians place them.

use rules::RunId;
use sqlx::Row;
use sqlx::any::AnyRow;
use uplink::{DeviceId, DeviceReport, DeviceState, UnixMillis};

use super::{Db, StoreError};

/// A place with a screen and devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Station {
    /// Number.
    pub id: i64,
    /// Name.
    pub name: String,
    /// The run that what happens here belongs to.
    pub run: Option<RunId>,
}

/// A device that was reported once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its name.
    pub id: DeviceId,
    /// Its gateway's name.
    pub gateway: String,
    /// `shelf`, `scanner` …
    pub kind: String,
    /// Profile.
    pub profile: String,
    /// Port.
    pub port: String,
    /// Firmware.
    pub firmware: String,
    /// Positions of a shelf.
    pub units: i64,
    /// Whether it answers.
    pub state: DeviceState,
    /// When it last answered; 0 for never.
    pub last_seen: UnixMillis,
    /// Its station.
    pub station: Option<i64>,
}

impl Device {
    /// Whether a report says of it what is known: the same device at the same port in the same state.
    pub fn is_as(&self, report: &DeviceReport) -> bool {
        self.state == report.state
            && self.port == report.port
            && self.firmware == report.firmware
            && self.profile == report.profile
            && self.units == i64::from(report.units)
            && self.kind == kind_code(report)
    }
}

/// The kind's word in rows and messages.
fn kind_code(report: &DeviceReport) -> String {
    let kind = serde_json::to_value(report.kind).ok();
    kind.and_then(|kind| kind.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// All stations, by number.
///
/// # Errors
/// Where the database refuses.
pub async fn stations(db: &Db) -> Result<Vec<Station>, StoreError> {
    db.fleet.rows(&db.fleet.stations, read_stations(db)).await
}

async fn read_stations(db: &Db) -> Result<Vec<Station>, StoreError> {
    let rows = sqlx::query("SELECT id, name, run_id FROM station ORDER BY id")
        .fetch_all(&db.pool)
        .await?;
    let station = |row: &AnyRow| -> Result<Station, sqlx::Error> {
        Ok(Station {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            run: row.try_get("run_id")?,
        })
    };
    Ok(rows.iter().map(station).collect::<Result<_, _>>()?)
}

/// Sees to it that a station is there.
///
/// # Errors
/// Where the database refuses.
pub async fn ensure_station(db: &Db, id: i64) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO station (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
        .bind(id)
        .bind(format!("{id} 号工位"))
        .execute(&db.pool)
        .await?;
    db.fleet.moved();
    Ok(())
}

fn device(row: &AnyRow) -> Result<Device, sqlx::Error> {
    let state: String = row.try_get("state")?;
    Ok(Device {
        id: DeviceId(row.try_get("id")?),
        gateway: row.try_get("gateway")?,
        kind: row.try_get("kind")?,
        profile: row.try_get("profile")?,
        port: row.try_get("port")?,
        firmware: row.try_get("firmware")?,
        units: row.try_get("units")?,
        state: serde_json::from_str(&state).unwrap_or(DeviceState::Offline),
        last_seen: row.try_get("last_seen")?,
        station: row.try_get("station_id")?,
    })
}

/// All devices, by station and kind.
///
/// # Errors
/// Where the database refuses.
pub async fn devices(db: &Db) -> Result<Vec<Device>, StoreError> {
    db.fleet.rows(&db.fleet.devices, read_devices(db)).await
}

async fn read_devices(db: &Db) -> Result<Vec<Device>, StoreError> {
    let sql = "SELECT id, gateway, kind, profile, port, firmware, units, state, last_seen, station_id FROM device \
               ORDER BY COALESCE(station_id, 0), kind, id";
    let rows = sqlx::query(sql).fetch_all(&db.pool).await?;
    Ok(rows.iter().map(device).collect::<Result<_, _>>()?)
}

/// Gives a device to a station, or takes it from any.
///
/// # Errors
/// Where the database refuses, or there is no such station.
pub async fn assign(db: &Db, device: &DeviceId, station: Option<i64>) -> Result<(), StoreError> {
    sqlx::query("UPDATE device SET station_id = $1 WHERE id = $2")
        .bind(station)
        .bind(&device.0)
        .execute(&db.pool)
        .await?;
    db.fleet.moved();
    Ok(())
}

/// Keeps what a gateway reports of a device. With `by_port` a new one goes to the station that its port names.
///
/// # Errors
/// Where the database refuses.
pub async fn keep_device(db: &Db, gateway: &str, report: &DeviceReport, by_port: bool) -> Result<(), StoreError> {
    let station = station_in(&report.port).filter(|_| by_port);
    if let Some(station) = station {
        ensure_station(db, station).await?;
    }
    let state = serde_json::to_string(&report.state).unwrap_or_default();
    sqlx::query(
        "INSERT INTO device (id, gateway, kind, profile, port, firmware, units, state, last_seen, station_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (id) DO UPDATE SET gateway = excluded.gateway, kind = excluded.kind, profile = excluded.profile, \
         port = excluded.port, firmware = excluded.firmware, units = excluded.units, state = excluded.state, \
         last_seen = excluded.last_seen, station_id = COALESCE(device.station_id, excluded.station_id)",
    )
    .bind(&report.device.0)
    .bind(gateway)
    .bind(kind_code(report))
    .bind(&report.profile)
    .bind(&report.port)
    .bind(&report.firmware)
    .bind(i64::from(report.units))
    .bind(state)
    .bind(report.last_seen)
    .bind(station)
    .execute(&db.pool)
    .await?;
    db.fleet.moved();
    Ok(())
}

/// Notes that a device can't be reached because its gateway went, unless its row is another than what was written of it
/// last: somebody has heard of it since.
///
/// # Errors
/// Where the database refuses.
pub async fn away(db: &Db, gateway: &str, device: &DeviceId, last_seen: UnixMillis) -> Result<(), StoreError> {
    let state = serde_json::to_string(&DeviceState::Offline).unwrap_or_default();
    sqlx::query("UPDATE device SET state = $1 WHERE id = $2 AND gateway = $3 AND last_seen = $4")
        .bind(state)
        .bind(&device.0)
        .bind(gateway)
        .bind(last_seen)
        .execute(&db.pool)
        .await?;
    db.fleet.moved();
    Ok(())
}

/// The station named by a port: `…/station-2-shelf` is 2.
fn station_in(port: &str) -> Option<i64> {
    let name = port.rsplit('/').next()?.strip_prefix("station-")?;
    let number: i64 = name.split('-').next()?.parse().ok()?;
    (1..=999).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_name_stations() {
        for (port, station) in [
            ("/run/floor/ports/station-2-shelf", Some(2)),
            ("station-12-scale", Some(12)),
            ("/dev/ttyACM0", None),
            ("station-x-shelf", None),
            ("station-0-shelf", None),
        ] {
            assert_eq!(station_in(port), station, "{port}");
        }
    }
}
