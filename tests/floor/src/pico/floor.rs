//! Emulated chips with a true gateway and a true WMS above them.

use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::Value;
use tempfile::TempDir;

use super::{ChipSpec, Chips, Running};
use crate::floor::{Database, gateway_words, wms_words};
use crate::process::{Process, free_port, until};

/// The parts in the order in which they end.
pub struct ChipFloor {
    /// The gateway, which opens the chips' ports.
    pub gateway: Process,
    /// The WMS, on SQLite.
    pub wms: Process,
    /// The chips.
    pub chips: Chips,
    /// Address of the pages, `http://…`.
    pub url: String,
    folder: TempDir,
}

impl ChipFloor {
    /// Starts everything and waits until the gateway says of each chip that it is online.
    ///
    /// # Errors
    /// When a part can't be started, or a chip stays away.
    pub async fn start(specs: &[ChipSpec]) -> Result<Self> {
        Self::around(Chips::start(specs).await?, specs.len()).await
    }

    /// The same with chips that run so.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn start_as(specs: &[ChipSpec], running: Running) -> Result<Self> {
        Self::around(Chips::start_as(specs, running).await?, specs.len()).await
    }

    async fn around(chips: Chips, count: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let at = folder.path();
        let (web, status) = (free_port()?, free_port()?);
        let url = format!("http://127.0.0.1:{web}");
        let wms = Process::start("wms", "wms", wms_words(&Database::Sqlite, at, web), at)?;
        until("the WMS", async || {
            let answer = reqwest::get(format!("{url}/health")).await?;
            Ok(answer.error_for_status().map(drop)?)
        })
        .await?;
        let words = gateway_words(at, chips.ports(), web, status);
        let gateway = Process::start("gateway", "gateway", words, at)?;
        let all_online = async || {
            let status: Value = reqwest::get(format!("http://127.0.0.1:{status}/status"))
                .await?
                .json()
                .await?;
            let devices = status["devices"].as_array().into_iter().flatten();
            let online = devices.filter(|device| device["state"]["is"] == "online").count();
            ensure!(online == count, "{status}");
            Ok(())
        };
        chips.until_asked("every chip to be online", all_online).await?;
        Ok(Self {
            gateway,
            wms,
            chips,
            url,
            folder,
        })
    }

    /// The floor's own folder; the WMS's file in it is `floor.db`.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
