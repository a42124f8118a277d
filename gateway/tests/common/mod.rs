//! A floor in the test's own process: the gateway, a small WMS that keeps the uplink's contract, and nodes made of the
//! link's own node end, on TCP and on pseudo terminals.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, missing_docs)]

pub mod node;
pub mod process;
pub mod wms;

use std::{future::Future, net::SocketAddr, path::Path, time::Duration};

use device_profiles::Profiles;
use gateway::{
    config::{Config, OutboxConfig, PortConfig, StatusConfig, WmsConfig},
    data,
    diagnostics::doctor,
    fleet::status::Status,
    hub,
    words::{Lang, Text},
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longest a test waits for something that must come; nothing is measured by it.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A running gateway.
pub struct Gateway {
    stop: CancellationToken,
    task: JoinHandle<Result<(), Text>>,
    data: std::path::PathBuf,
}

pub fn config(data: &Path, wms: SocketAddr, ports: &[String]) -> Config {
    Config {
        language: Lang::En,
        data: data.to_owned(),
        wms: WmsConfig {
            url: format!("ws://{wms}/uplink"),
            key: wms::KEY.into(),
        },
        outbox: OutboxConfig::default(),
        status: StatusConfig {
            listen: "127.0.0.1:0".parse().unwrap(),
        },
        ports: ports.iter().map(|place| PortConfig::of_place(place.clone())).collect(),
        profiles: None,
    }
}

impl Gateway {
    pub fn start(config: Config) -> Self {
        let _ = tracing_subscriber::fmt()
            .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
            .with_test_writer()
            .try_init();
        let stop = CancellationToken::new();
        let data = config.data.clone();
        let _ = std::fs::remove_file(data.join("status.addr"));
        let task = tokio::spawn(hub::run(config, Profiles::embedded().unwrap(), stop.clone()));
        Self { stop, task, data }
    }

    /// Stops it as SIGTERM does.
    pub async fn stop(self) -> Result<(), Text> {
        self.stop.cancel();
        self.task.await.unwrap()
    }

    pub async fn status(&self) -> Status {
        until("the status port answers", async || {
            let address = data::status_address(&self.data)?;
            doctor::ask(address).await
        })
        .await
    }

    /// Waits until the status is as wished.
    pub async fn when(&self, what: &str, wished: impl Fn(&Status) -> bool) -> Status {
        until(what, async || Some(self.status().await).filter(&wished)).await
    }
}

/// Asks again until there is an answer.
pub async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    within(what, async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
}

/// Waits for something that must come.
pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, future).await {
        Ok(answer) => answer,
        Err(_) => panic!("waited in vain: {what}"),
    }
}
