//! The line between gateway and WMS is cut without a goodbye: each end is stopped in its turn, and the other says so.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use floor_tests::{Database, Floor, Person, Process, until};
use serde_json::Value;

/// Stops a process where it stands, or lets it go on: its sockets stay.
fn signal(process: &Process, signal: &str) -> Result<()> {
    let pid = process.pid().context("it runs")?.to_string();
    let done = Command::new("kill").args([signal, &pid]).status()?;
    ensure!(done.success(), "kill {signal} {pid}");
    Ok(())
}

async fn page_says(person: &Person, words: &str) -> Result<()> {
    until(words, async || {
        let page = String::from_utf8(person.page("/devices").await?)?;
        ensure!(page.contains(words), "the page does not say {words}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn r5_silence_is_away_on_both_ends() -> Result<()> {
    let floor = Floor::start(Database::Sqlite, 1).await?;
    let sun = Person::sign_in(&floor.url, "sun").await?;
    page_says(&sun, "● 在线").await?;
    signal(&floor.gateway, "-STOP")?;
    page_says(&sun, "检查它的电源和网络").await?;
    let page = String::from_utf8(sun.page("/devices").await?)?;
    ensure!(
        !page.contains("● 在线"),
        "nobody is online behind a gateway that is away"
    );
    signal(&floor.gateway, "-CONT")?;
    page_says(&sun, "● 在线").await?;

    signal(&floor.wms, "-STOP")?;
    let uplink = async || -> Result<Value> {
        let status: Value = reqwest::get(format!("{}/status", floor.status_url))
            .await?
            .json()
            .await?;
        Ok(status["uplink"].clone())
    };
    until("the gateway's word", async || {
        let uplink = uplink().await?;
        ensure!(uplink["online"] == false, "{uplink}");
        Ok(())
    })
    .await?;
    signal(&floor.wms, "-CONT")?;
    until("the session", async || {
        let uplink = uplink().await?;
        ensure!(uplink["online"] == true, "{uplink}");
        Ok(())
    })
    .await
}
