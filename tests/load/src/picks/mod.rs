//! Confirmed picks a second: 64 stations at once on one WMS, against the bare database doing the same rows.

mod scenario;
mod stations;

use anyhow::{Context, Result, ensure};
use floor_tests::{Database, Person, Process, free_port, until, wms_words};
use scenario::{ORDERS, SLOTS};
use serde_json::{Value, json};
use stations::Stations;
use throwaway_postgres::{Cluster, Durability};
use wms::store::Db;

use crate::bare;
use crate::memory::Memory;
use crate::row::{Budget, Row, percentile};

const STATIONS: u32 = 64;

/// The rows, on both databases.
///
/// # Errors
/// When a WMS or a database can't be started, or a pick is not answered.
pub async fn rows() -> Result<Vec<Row>> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    let mut rows = on("SQLite", Database::Sqlite, &file("floor.db"), &file("bare.db")).await?;
    let cluster = Cluster::start(Durability::Full)?;
    let (floor, bare) = (cluster.create("floor")?, cluster.create("bare")?);
    rows.extend(on("PostgreSQL", Database::Postgres(floor.clone()), &floor, &bare).await?);
    Ok(rows)
}

async fn on(name: &str, database: Database, floor: &str, bare: &str) -> Result<Vec<Row>> {
    // A SQLite file lies in the folder of its WMS.
    let folder = floor
        .strip_prefix("sqlite:")
        .and_then(|path| path.strip_suffix("/floor.db"));
    let own = tempfile::tempdir()?;
    let folder = folder.map_or(own.path(), std::path::Path::new);
    let scenarios = folder.join("scenarios");
    std::fs::create_dir_all(&scenarios)?;
    std::fs::write(scenarios.join("many-picks.toml"), scenario::toml())?;
    let web = free_port()?;
    let mut words = wms_words(&database, folder, web);
    words.extend(["--scenarios".to_owned(), scenarios.to_string_lossy().into_owned()]);
    let mut wms = Process::start("wms", "wms", words, folder)?;
    let url = format!("http://127.0.0.1:{web}");
    let teacher = until("the WMS", async || Person::sign_in(&url, "chen").await).await?;

    let picks = SLOTS * ORDERS;
    let stations = Stations::connect(web, STATIONS, picks).await?;
    until("the stations", async || {
        let stations = teacher.get("/api/stations").await?;
        let known = stations.as_array().map_or(0, Vec::len);
        ensure!(known == STATIONS as usize, "{known} stations");
        Ok(())
    })
    .await?;
    for station in 1..=STATIONS {
        up_to_the_wave(&teacher, station).await?;
    }
    stations.go().await;
    let begin = std::time::Instant::now();
    let mut waits = stations.done().await?;
    let seconds = begin.elapsed().as_secs_f64();
    let made = waits.len() as f64;
    let memory = Memory::of(wms.pid().context("the WMS runs")?)?;
    wms.kill();

    let floor = Db::open(floor).await?;
    let commits = bare::read(&floor).await?;
    let rows: usize = commits.values().map(Vec::len).sum();
    ensure!(rows as f64 == made, "{rows} picks in the database, {made} answered");
    let connections = bare::connections(&floor);
    let replayed = bare::replay(&floor, bare, &commits, connections).await?;

    let how = format!(
        "{STATIONS} stations on one session, {made} picks in {seconds:.2} s, each answered after its durable commit; limit: the \
         same rows by {connections} connection(s), one durable commit each, {:.2} s",
        replayed.seconds
    );
    let row = |what: String, measured, limit, unit, budget| Row {
        what,
        measured,
        limit,
        unit,
        budget,
        how: how.clone(),
    };
    Ok(vec![
        row(
            format!("confirmed picks a second, {STATIONS} stations, {name}"),
            made / seconds,
            Some(made / replayed.seconds),
            "/s",
            Budget::AtLeast(1.0),
        ),
        row(
            format!("press → answer p50 under that load, {name}"),
            percentile(&mut waits, 50),
            None,
            "ms",
            Budget::Shown,
        ),
        row(
            format!("press → answer p99 under that load, {name}"),
            percentile(&mut waits, 99),
            None,
            "ms",
            Budget::Shown,
        ),
        row(
            format!("WMS, most memory under that load, {name}"),
            memory.most,
            None,
            "MiB",
            Budget::AtMost(256.0),
        ),
    ])
}

/// A run whose goods are put away and whose wave is released, as from a page.
async fn up_to_the_wave(teacher: &Person, station: u32) -> Result<()> {
    let start = json!({ "scenario": scenario::ID, "station": station, "group": 1 });
    let run = teacher.post("/api/runs", &start).await?["id"]
        .as_i64()
        .context("a run has a number")?;
    let scenario::Arrives { case, unit } = scenario::codes(1);
    let scan = async |code: &str| {
        let answer = teacher.act(run, &json!({ "do": "scan", "code": code })).await?;
        ensure!(answer["verdict"] != "wrong", "{code}: {answer}");
        anyhow::Ok(())
    };
    for code in ["CMD-CONFIRM", &case, "CMD-CONFIRM", "CMD-NEXT"] {
        scan(code).await?;
    }
    let events: Value = teacher.get(&format!("/api/runs/{run}/events?after=0")).await?;
    let changes = events
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|event| event["changes"].as_array());
    let placed = changes.flatten().find(|change| change["change"] == "placed");
    let location = placed
        .and_then(|placed| placed["location"].as_str())
        .context("goods have a place")?;
    for code in [location, &unit, "CMD-CONFIRM", "CMD-NEXT"] {
        scan(code).await?;
    }
    let step = &teacher.run(run).await?["step"];
    ensure!(*step == "step.pick", "the run is at {step}");
    Ok(())
}
