//! The gateway's program with true images behind it, and no WMS: nothing a node said is lost, and people see that.

use std::path::Path;

use anyhow::{Result, ensure};
use floor_tests::pico::{ChipSpec, Chips};
use floor_tests::{KEY, Process, free_port};
use link::message::{Colour, Key, NodeKind, Settings};
use nodes::colour::rgb;
use serde_json::Value;

use crate::UIDS;

struct Gateway {
    process: Process,
    status: String,
}

impl Gateway {
    /// A gateway whose WMS is away.
    fn start(ports: &Path, folder: &Path) -> Self {
        let (status, nobody) = (free_port().unwrap(), free_port().unwrap());
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let args = vec![
            "run".to_owned(),
            "--wms".to_owned(),
            format!("ws://127.0.0.1:{nobody}/uplink"),
            "--key".to_owned(),
            KEY.to_owned(),
            "--data".to_owned(),
            text(folder),
            "--ports".to_owned(),
            text(ports),
            "--metrics".to_owned(),
            format!("127.0.0.1:{status}"),
        ];
        let process = Process::start("gateway", "gateway", args, folder).unwrap();
        Self {
            process,
            status: format!("http://127.0.0.1:{status}/status"),
        }
    }

    async fn when(&self, chips: &Chips, what: &str, so: impl Fn(&Value) -> bool) -> Value {
        let ask = async || -> Result<Value> {
            let status: Value = reqwest::get(&self.status).await?.json().await?;
            ensure!(so(&status), "{status}");
            Ok(status)
        };
        chips.until_asked(what, ask).await.unwrap()
    }
}

fn models(status: &Value) -> Vec<&str> {
    let devices = status["devices"].as_array().into_iter().flatten();
    let mut models: Vec<_> = devices.filter_map(|device| device["profile"].as_str()).collect();
    models.sort_unstable();
    models
}

#[tokio::test]
async fn without_its_wms_a_floor_shows_amber_and_a_killed_gateway_loses_nothing() {
    let [shelf, scanner, _] = UIDS;
    let chips = Chips::start(&[
        ChipSpec::uart("shelf", NodeKind::Shelf, shelf),
        ChipSpec::uart("scanner", NodeKind::Scanner, scanner),
    ])
    .await
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut gateway = Gateway::start(chips.ports(), folder.path());
    gateway
        .when(&chips, "both devices matched to their profiles", |status| {
            models(status) == ["cangxun-scanner", "cangxun-shelf-24"]
        })
        .await;

    chips.scan("scanner", "]E0", "6901234567892").await.unwrap();
    let amber = rgb(Colour::Wait).dimmed(Settings::default().brightness);
    let amber = format!("{:02x}{:02x}{:02x}", amber.r, amber.g, amber.b);
    chips
        .until("scanner", "an amber lamp", |seen| seen.lights == [amber.clone()])
        .await
        .unwrap();
    // Two starts and the scan.
    gateway
        .when(&chips, "three events in the outbox", |status| {
            status["events"]["pending"] == 3
        })
        .await;

    gateway.process.kill();
    for code in ["LOC-01-02-3", "6901234567892"] {
        chips.scan("scanner", "]E0", code).await.unwrap();
    }
    chips.press("shelf", 5, Key::Confirm).await.unwrap();
    gateway.process.begin().unwrap();
    gateway
        .when(&chips, "six events in the outbox", |status| {
            status["events"]["pending"] == 6
        })
        .await;
}

fn online<'a>(status: &'a Value, kind: &str) -> Vec<&'a str> {
    let devices = status["devices"].as_array().into_iter().flatten();
    let there = devices.filter(|device| device["kind"] == kind && device["state"]["is"] == "online");
    there.filter_map(|device| device["device"].as_str()).collect()
}

#[tokio::test]
async fn a_row_that_loses_its_supply_is_told_as_away_and_comes_back_by_itself() {
    let [bridge, first, second] = UIDS;
    let scanner = 0xe661_4104_0396_b132;
    let chips = Chips::start(&[
        ChipSpec::usb("bridge", NodeKind::Bridge, bridge).joined_to("row"),
        ChipSpec::on_bus("shelf-1", NodeKind::Shelf, first, "row"),
        ChipSpec::on_bus("shelf-2", NodeKind::Shelf, second, "row"),
        ChipSpec::usb("scanner", NodeKind::Scanner, scanner),
    ])
    .await
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let gateway = Gateway::start(chips.ports(), folder.path());
    let whole = |status: &Value| {
        online(status, "bridge").len() == 1
            && online(status, "shelf").len() == 2
            && online(status, "scanner").len() == 1
    };
    gateway.when(&chips, "the whole station", whole).await;

    chips.power("shelf-2", false).await.unwrap();
    gateway
        .when(&chips, "one shelf of two", |status| {
            online(status, "shelf") == [format!("{first:016x}")]
        })
        .await;
    for chip in ["bridge", "shelf-1"] {
        chips.power(chip, false).await.unwrap();
    }
    gateway
        .when(&chips, "the scanner alone", |status| {
            online(status, "bridge").is_empty()
                && online(status, "shelf").is_empty()
                && online(status, "scanner").len() == 1
        })
        .await;
    for chip in ["shelf-2", "shelf-1", "bridge"] {
        chips.power(chip, true).await.unwrap();
    }
    gateway.when(&chips, "the whole station again", whole).await;
}
