//! A whole floor: virtual nodes, WMS and gateway as processes.

use std::path::Path;

use anyhow::{Result, ensure};
use tempfile::TempDir;

use crate::panel::Panel;
use crate::process::{Process, free_port, until};

/// Where the WMS keeps its data.
pub enum Database {
    /// A file in the floor's own folder.
    Sqlite,
    /// A PostgreSQL database by its URL.
    Postgres(String),
}

/// The parts in the order in which they end.
pub struct Floor {
    /// The gateway.
    pub gateway: Process,
    /// The WMS.
    pub wms: Process,
    /// The virtual nodes.
    pub nodes: Process,
    /// Address of the pages, `http://…`.
    pub url: String,
    /// Address of the front panel, `http://…`.
    pub panel_url: String,
    /// Address of the gateway's status, `http://…`.
    pub status_url: String,
    folder: TempDir,
}

impl Floor {
    /// Starts a floor of so many stations and waits until WMS and panel answer.
    ///
    /// # Errors
    /// When a part can't be started or does not answer.
    pub async fn start(database: Database, stations: u8) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("cangxun-floor-").tempdir()?;
        let at = folder.path();
        let (web, panel, status) = (free_port()?, free_port()?, free_port()?);
        let ports = at.join("ports");
        std::fs::create_dir_all(&ports)?;
        let nodes = Process::start(
            "virtual-floor",
            "virtual-floor",
            words(&[
                "--stations",
                &stations.to_string(),
                "--ports",
                &text(&ports),
                "--panel",
                &format!("127.0.0.1:{panel}"),
                "--data",
                &text(&at.join("nodes")),
            ]),
            at,
        )?;
        let wms = Process::start("wms", "wms", wms_words(&database, at, web), at)?;
        let gateway = Process::start("gateway", "gateway", gateway_words(at, &ports, web, status), at)?;
        let floor = Self {
            gateway,
            wms,
            nodes,
            url: format!("http://127.0.0.1:{web}"),
            panel_url: format!("http://127.0.0.1:{panel}"),
            status_url: format!("http://127.0.0.1:{status}"),
            folder,
        };
        floor.wait_for_wms().await?;
        until("the panel", || answers(format!("{}/api/stations", floor.panel_url))).await?;
        Ok(floor)
    }

    /// Waits until the WMS answers, for example after it was started again.
    ///
    /// # Errors
    /// When it does not.
    pub async fn wait_for_wms(&self) -> Result<()> {
        until("the WMS", || answers(format!("{}/health", self.url))).await
    }

    /// The hands at a station's virtual devices.
    #[must_use]
    pub fn panel(&self, station: u8) -> Panel {
        Panel::new(&self.panel_url, station)
    }

    /// The floor's own folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// The enrolment key of every test floor.
pub const KEY: &str = "floor-test-enrolment-key";

/// Arguments of a WMS on this database and port.
#[must_use]
pub fn wms_words(database: &Database, folder: &Path, port: u16) -> Vec<String> {
    let database = match database {
        Database::Sqlite => format!("sqlite:{}", text(&folder.join("floor.db"))),
        Database::Postgres(url) => url.clone(),
    };
    words(&[
        "serve",
        "--database",
        &database,
        "--listen",
        &format!("127.0.0.1:{port}"),
        "--key",
        KEY,
        "--demo",
    ])
}

/// Arguments of a gateway for the WMS on port `web` of this machine, with its own data in the floor's folder.
pub(crate) fn gateway_words(folder: &Path, ports: &Path, web: u16, status: u16) -> Vec<String> {
    words(&[
        "run",
        "--wms",
        &format!("ws://127.0.0.1:{web}/uplink"),
        "--key",
        KEY,
        "--data",
        &text(&folder.join("gateway")),
        "--ports",
        &text(ports),
        "--metrics",
        &format!("127.0.0.1:{status}"),
    ])
}

async fn answers(url: String) -> Result<()> {
    let answer = reqwest::get(&url).await?;
    ensure!(answer.status().is_success(), "{url}: {}", answer.status());
    Ok(())
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
