//! What devices were told to show and print, so that only differences are told again.

use std::collections::HashMap;

use print::labels;
use rules::RunId;
use rules::core::label::HEAD_DOTS;
use rules::locale::Lang;
use uplink::{DesireBody, DeviceId, Light};

use crate::store::{self, Db, Device, StoreError, Waits};

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
    pub async fn labels(&mut self, db: &Db, station: i64, device: &Device) -> Result<Vec<Wish>, StoreError> {
        let mut wishes = Vec::new();
        for Waits { run, job, label } in store::waiting_labels(db, station).await? {
            if !self.printed.entry(device.id.clone()).or_default().insert(job) {
                continue;
            }
            let raster = match labels::raster(&label, Lang::Zh) {
                Ok(raster) => raster,
                Err(error) => {
                    tracing::error!(%error, run, job, "a label can't be made");
                    continue;
                }
            };
            let (width, height) = (u16::try_from(HEAD_DOTS), u16::try_from(raster.height));
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
