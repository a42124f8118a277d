//! Virtual nodes under a real master: presses, scans, pulled cables and resets, over the pseudo terminals a gateway opens.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can not go on has failed"
)]

mod cable;
mod master;
mod page;
mod press;
mod print;
mod scan;
mod weigh;

use clap::Parser;
use master::Master;
use serde_json::{Value, json};
use tempfile::TempDir;
use virtual_floor::{Args, Floor};

/// One station's floor in a folder of its own, and hands at its panel.
pub(crate) struct Bench {
    pub(crate) floor: Floor,
    http: reqwest::Client,
    folder: TempDir,
}

impl Bench {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let args = [
            "virtual-floor",
            "--panel",
            "127.0.0.1:0",
            "--ports",
            &path("ports"),
            "--data",
            &path("data"),
        ];
        let floor = Floor::start(Args::parse_from(args)).await.unwrap();
        Self {
            floor,
            http: reqwest::Client::new(),
            folder,
        }
    }

    pub(crate) fn port(&self, device: &str) -> std::path::PathBuf {
        self.folder.path().join("ports").join(format!("station-1-{device}"))
    }

    pub(crate) async fn master(&self, device: &str) -> Master {
        Master::open(self.port(device)).await
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}/api/stations/1{path}", self.floor.panel())
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> u16 {
        self.http
            .post(self.url(path))
            .json(&body)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    }

    pub(crate) async fn press(&self, position: u8, key: &str) {
        assert_eq!(
            self.post("/shelf/keys", json!({"position": position, "key": key}))
                .await,
            204
        );
    }

    pub(crate) async fn get(&self, path: &str) -> reqwest::Response {
        self.http.get(self.url(path)).send().await.unwrap()
    }

    pub(crate) async fn look(&self) -> Value {
        self.get("").await.json().await.unwrap()
    }

    /// Looks until what is seen is as wanted.
    pub(crate) async fn see(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..1_000 {
            let seen = self.look().await;
            if wanted(&seen) {
                return seen;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("never seen: {what}; now {:#}", self.look().await);
    }
}
