//! The drill, through every layer that is not copper: node code, link, gateway, WMS and its database, as processes.

use anyhow::{Result, ensure};
use floor_tests::{Database, Deed, Floor, Person, Student, until, whole_drill};
use serde_json::Value;
use throwaway_postgres::{Cluster, Durability};

async fn drill(database: Database) -> Result<()> {
    let floor = Floor::start(database, 2).await?;
    let zhang = Person::sign_in(&floor.url, "zhang").await?;
    until("the devices", async || {
        let stations = floor.panel(1).look().await?;
        ensure!(
            stations["shelf"]["connected"] == true && stations["scale"]["grams"] == 0,
            "{stations}"
        );
        Ok(())
    })
    .await?;
    let run = zhang.start_drill(1).await?;
    let student = Student {
        person: &zhang,
        panel: floor.panel(1),
        run,
    };
    for deed in whole_drill()? {
        let now = student.does(&deed).await?;
        ensure!(
            now["said"]["words"]["mark"] != "wrong",
            "{deed:?} was wrong: {}",
            now["said"]
        );
    }
    let end = zhang.run(run).await?;
    ensure!(end["step"] == "step.done", "the drill is done: {}", end["step"]);
    zhang.prove(run).await?;
    assert_stock(&zhang, run).await?;
    until("the labels on paper", async || {
        let printer = floor.panel(1).look().await?;
        let labels = printer["printer"]["labels"].as_array().map_or(0, Vec::len);
        ensure!(labels == 6, "three of goods and three of parcels, got {labels}");
        let events = zhang.get(&format!("/api/runs/{run}/events?after=0")).await?;
        let events = events.as_array().into_iter().flatten();
        let told = events.filter(|event| event["act"]["do"] == "printed" && event["changes"][0]["outcome"] == "done");
        ensure!(told.count() == 6, "the run knows of each label that it is on paper");
        Ok(())
    })
    .await?;
    side_by_side(&floor, &zhang, run).await
}

/// The stock at the end, reckoned by hand from the scenario: opening + received − shipped.
async fn assert_stock(person: &Person, run: i64) -> Result<()> {
    let moved = |events: &Value, from: &str, to: &str| -> i64 {
        let events = events.as_array().into_iter().flatten();
        let changes = events.flat_map(|event| event["changes"].as_array().into_iter().flatten());
        changes
            .filter(|change| {
                change["change"] == "moved" && change["from"]["location"] == from && change["to"]["location"] == to
            })
            .filter_map(|change| change["quantity"].as_i64())
            .sum()
    };
    let events = person.get(&format!("/api/runs/{run}/events?after=0")).await?;
    // 4 cases of 6, 2 of 72, 3 of 12.
    ensure!(moved(&events, "@supplier", "R") == 24 + 144 + 36, "received");
    // 2 + 1, 3 + 1 + 1 (one of two was missing), 4.
    ensure!(moved(&events, "P", "@customer") == 3 + 5 + 4, "shipped");
    Ok(())
}

/// A second group at the second station sees nothing of the first.
async fn side_by_side(floor: &Floor, zhang: &Person, first: i64) -> Result<()> {
    let wang = Person::sign_in(&floor.url, "wang").await?;
    ensure!(wang.run(first).await.is_err(), "another group's run is not shown");
    let second = wang.start_drill(2).await?;
    ensure!(zhang.run(second).await.is_err(), "nor the other way");
    let student = Student {
        person: &wang,
        panel: floor.panel(2),
        run: second,
    };
    let before = zhang.run(first).await?["last_act"].clone();
    student.does(&Deed::Scan("CMD-CONFIRM".into())).await?;
    ensure!(
        zhang.run(first).await?["last_act"] == before,
        "an act at station 2 is none at station 1"
    );
    // Starting again is a new run; the old one stays as it was.
    let again = zhang.start_drill(1).await?;
    ensure!(
        again != first && zhang.run(again).await?["step"] == "step.notice",
        "a fresh run"
    );
    ensure!(zhang.run(first).await?["step"] == "step.done", "the old run stays");
    Ok(())
}

#[tokio::test]
async fn drill_from_notice_to_log_on_sqlite() -> Result<()> {
    drill(Database::Sqlite).await
}

#[tokio::test]
async fn drill_from_notice_to_log_on_postgres() -> Result<()> {
    let cluster = Cluster::start(Durability::Full)?;
    drill(Database::Postgres(cluster.create("drill")?)).await
}
