//! From the start of the WMS to its first page, and what a floor at rest holds of memory.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use floor_tests::{Database, Floor, Process, free_port, until, wms_words};
use serde_json::Value;

use crate::memory::Memory;
use crate::row::{Budget, Row, percentile};

/// Starts on a folder that is new each time, and as many on one that is not.
const STARTS: usize = 10;
/// Stations of the floor at rest, each with shelf, scanner, printer and scale.
const STATIONS: u8 = 8;
/// How long it rests before it is looked at.
const REST: Duration = Duration::from_secs(5);
/// Between two tries to get the first page.
const AGAIN: Duration = Duration::from_millis(2);

/// The rows.
///
/// # Errors
/// When a program does not start.
pub async fn rows() -> Result<Vec<Row>> {
    let mut rows = cold_start().await?;
    rows.extend(at_rest().await?);
    Ok(rows)
}

async fn cold_start() -> Result<Vec<Row>> {
    let kept = tempfile::tempdir()?;
    first_page(kept.path()).await?;
    let (mut fresh, mut again) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let folder = tempfile::tempdir()?;
        fresh.push(first_page(folder.path()).await?);
        again.push(first_page(kept.path()).await?);
    }
    let how = format!(
        "from exec to the whole first page, tried each {} ms, median of {STARTS}",
        AGAIN.as_millis()
    );
    let row = |what: &str, starts: &mut [f64]| Row {
        what: what.to_owned(),
        measured: percentile(starts, 50),
        limit: None,
        unit: "s",
        budget: Budget::AtMost(1.0),
        how: how.clone(),
    };
    Ok(vec![
        row("WMS: cold start to first page, new database", &mut fresh),
        row("WMS: cold start to first page, database there", &mut again),
    ])
}

/// Seconds.
async fn first_page(folder: &std::path::Path) -> Result<f64> {
    let web = free_port()?;
    let begin = Instant::now();
    let _wms = Process::start("wms", "wms", wms_words(&Database::Sqlite, folder, web), folder)?;
    let http = reqwest::Client::new();
    loop {
        if let Ok(answer) = http.get(format!("http://127.0.0.1:{web}/sign-in")).send().await {
            ensure!(answer.status().is_success(), "the first page: {}", answer.status());
            let page = answer.text().await?;
            ensure!(page.contains("</html>"), "the first page is not whole");
            return Ok(begin.elapsed().as_secs_f64());
        }
        ensure!(begin.elapsed() < Duration::from_secs(30), "no page within 30 s");
        tokio::time::sleep(AGAIN).await;
    }
}

async fn at_rest() -> Result<Vec<Row>> {
    let floor = Floor::start(Database::Sqlite, STATIONS).await?;
    until("all devices", async || {
        let status: Value = reqwest::get(format!("{}/status", floor.status_url))
            .await?
            .json()
            .await?;
        let devices = status["devices"].as_array().into_iter().flatten();
        let online = devices.filter(|device| device["state"]["is"] == "online").count();
        ensure!(online == usize::from(STATIONS) * 4, "{online} devices online");
        Ok(())
    })
    .await?;
    tokio::time::sleep(REST).await;
    let row = |what: &str, process: &Process| -> Result<Row> {
        Ok(Row {
            what: what.to_owned(),
            measured: Memory::of(process.pid().context("it runs")?)?.now,
            limit: None,
            unit: "MiB",
            budget: Budget::AtMost(64.0),
            how: format!(
                "resident, {} virtual devices, {} s after the last came online",
                STATIONS * 4,
                REST.as_secs()
            ),
        })
    };
    Ok(vec![
        row("WMS at rest, memory", &floor.wms)?,
        row("gateway at rest, memory", &floor.gateway)?,
    ])
}
