//! What devices were told to show and print, so that only differences are told again.

use std::collections::HashMap;

use sqlx::{AnyPool, Row};
use uplink::{DesireBody, DeviceId, Light};

use super::fleet::Device;
use crate::labels::{self, LabelSpec};
use crate::locale::Lang;
use crate::training::RunId;
use crate::training::store::StoreError;

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
    /// What a shelf is to be told so that it shows these lights; nothing for other devices, or where it shows them already.
    pub fn lights(&mut self, device: &Device, lights: &[Light]) -> Option<Wish> {
        let told = self.lights.get(&device.id).map(Vec::as_slice);
        if device.kind != "shelf" || told == Some(lights) {
            return None;
        }
        self.lights.insert(device.id.clone(), lights.to_vec());
        Some(Wish {
            device: device.id.clone(),
            body: DesireBody::Lights {
                lights: lights.to_vec(),
            },
            label: None,
        })
    }

    /// Labels of the run at a station that are not on paper yet, for its printer. With a new session all are wished anew,
    /// also what a printer has taken: gateway and printer print each number once, however often they hear it, and one of
    /// them may have lost its memory meanwhile.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn labels(&mut self, pool: &AnyPool, station: i64, device: &Device) -> Result<Vec<Wish>, StoreError> {
        let mut wishes = Vec::new();
        // Not those of runs that are over: nobody waits for them at the printer.
        let sql = "SELECT p.run_id, p.job, p.label FROM print_job p JOIN station s ON s.id = p.station_id AND s.run_id = p.run_id \
                   WHERE p.station_id = $1 AND p.state IN ('queued', 'sent', 'taken', 'waiting') ORDER BY p.job";
        for row in sqlx::query(sql).bind(station).fetch_all(pool).await? {
            let (run, job): (RunId, i64) = (row.try_get("run_id")?, row.try_get("job")?);
            let label: String = row.try_get("label")?;
            let job = u32::try_from(job).unwrap_or_default();
            if !self.printed.entry(device.id.clone()).or_default().insert(job) {
                continue;
            }
            let label: LabelSpec = serde_json::from_str(&label)?;
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
        Ok(wishes)
    }
}
