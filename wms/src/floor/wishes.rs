//! What the devices of a station should show or print, from the state of its run.

use std::collections::HashMap;

use sqlx::Row;
use uplink::{DesireBody, DeviceId, Light};

use super::fleet::{self, Device};
use crate::labels::{self, LabelSpec};
use crate::locale::Lang;
use crate::training::{ActError, App, RunId, store};

/// One thing wished of one device.
pub struct Wish {
    /// Which device.
    pub device: DeviceId,
    /// What.
    pub body: DesireBody,
    /// The label that it prints.
    pub label: Option<(RunId, u32)>,
}

/// Remembers what was wished last, so that only differences are wished again.
#[derive(Default)]
pub struct Wishes {
    lights: HashMap<DeviceId, Vec<Light>>,
    printed: HashMap<DeviceId, std::collections::HashSet<u32>>,
}

impl Wishes {
    /// Forgets what a device was told: it started again, or its gateway did.
    pub fn forget(&mut self, device: &DeviceId) {
        self.lights.remove(device);
        self.printed.remove(device);
    }

    /// What the devices of a station should do now that they were not told yet.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn of_station(&mut self, app: &App, station: i64, devices: &[Device]) -> Result<Vec<Wish>, ActError> {
        let pool = &app.db().pool;
        let stations = fleet::stations(pool).await.map_err(store::StoreError::from)?;
        let run = stations
            .iter()
            .find(|known| known.id == station)
            .and_then(|known| known.run);
        let mut wishes = Vec::new();
        for device in devices.iter().filter(|device| device.station == Some(station)) {
            match device.kind.as_str() {
                "shelf" => {
                    let lights = match run {
                        Some(run) => crate::outbound::lights(&*app.run_state(run).await?),
                        None => Vec::new(),
                    };
                    if self.lights.get(&device.id) != Some(&lights) {
                        self.lights.insert(device.id.clone(), lights.clone());
                        wishes.push(Wish {
                            device: device.id.clone(),
                            body: DesireBody::Lights { lights },
                            label: None,
                        });
                    }
                }
                "printer" => self.labels(app, station, device, &mut wishes).await?,
                _ => {}
            }
        }
        Ok(wishes)
    }

    /// Labels that are not on paper yet. A printer prints each number once, however often it hears it.
    async fn labels(
        &mut self,
        app: &App,
        station: i64,
        device: &Device,
        wishes: &mut Vec<Wish>,
    ) -> Result<(), ActError> {
        let sql = "SELECT run_id, job, label FROM print_job WHERE station_id = $1 AND state IN ('queued', 'sent') \
                   ORDER BY run_id, job";
        let rows = sqlx::query(sql)
            .bind(station)
            .fetch_all(&app.db().pool)
            .await
            .map_err(store::StoreError::from)?;
        for row in rows {
            let read = || -> Result<(RunId, i64, String), sqlx::Error> {
                Ok((row.try_get("run_id")?, row.try_get("job")?, row.try_get("label")?))
            };
            let (run, job, label) = read().map_err(store::StoreError::from)?;
            let job = u32::try_from(job).unwrap_or_default();
            if !self.printed.entry(device.id.clone()).or_default().insert(job) {
                continue;
            }
            let label: LabelSpec = serde_json::from_str(&label).map_err(store::StoreError::from)?;
            let raster = match labels::raster(&label, Lang::Zh) {
                Ok(raster) => raster,
                Err(error) => {
                    tracing::error!(%error, run, job, "a label can't be made");
                    continue;
                }
            };
            let (width, height) = (u16::try_from(labels::HEAD_DOTS), u16::try_from(raster.height));
            let (Ok(width), Ok(height)) = (width, height) else {
                continue;
            };
            wishes.push(Wish {
                device: device.id.clone(),
                body: DesireBody::Print {
                    job,
                    width,
                    height,
                    raster: raster.hex(),
                },
                label: Some((run, job)),
            });
        }
        Ok(())
    }
}
