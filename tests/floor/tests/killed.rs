//! Gateway and WMS are killed (SIGKILL) at random moments of the drill: no scan, press, weight or label is lost, nothing is
//! booked or printed twice.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use floor_tests::{Database, Deed, Floor, Person, Random, Student, until, whole_drill};
use serde_json::Value;
use throwaway_postgres::{Cluster, Durability};

/// Kills in each test; 50 over both databases would do, each has its own 50.
const KILLS: usize = 50;

/// Labels of one drill: three of goods and three of parcels.
const LABELS: u64 = 6;

async fn killed(database: Database, seed: u64) -> Result<()> {
    let mut floor = Floor::start(database, 1).await?;
    let zhang = Person::sign_in(&floor.url, "zhang").await?;
    let mut random = Random(seed);
    let mut kills = 0;
    // One drill has fewer moments than we want kills: do as many drills as it takes.
    while kills < KILLS {
        until("the devices", async || {
            let station = floor.panel(1).look().await?;
            let up = ["shelf", "scanner", "printer", "scale"]
                .iter()
                .all(|device| station[device]["connected"] == true);
            ensure!(up && station["scale"]["grams"] == 0, "{station}");
            Ok(())
        })
        .await?;
        let printed = labels(&floor).await?;
        let run = zhang.start_drill(1).await?;
        for deed in whole_drill()? {
            let student = Student {
                person: &zhang,
                panel: floor.panel(1),
                run,
            };
            let by_device = !matches!(deed, Deed::Log(_) | Deed::Weigh(0));
            if !by_device || random.below(2) == 0 {
                student
                    .does(&deed)
                    .await
                    .with_context(|| format!("seed {seed}, {deed:?}"))?;
                continue;
            }
            let before = student.run_now().await?;
            if let Deed::Press(position, _) = &deed {
                student.sees_light(*position).await?;
            }
            student.lays_hands_on(&deed).await?;
            // Anywhere between the finger and the committed answer.
            tokio::time::sleep(Duration::from_micros(random.below(12_000))).await;
            kills += 1;
            match random.below(3) {
                0 => floor.gateway.kill(),
                1 => floor.wms.kill(),
                _ => {
                    floor.gateway.kill();
                    floor.wms.kill();
                }
            }
            if !floor.wms.running() {
                floor.wms.begin()?;
                floor.wait_for_wms().await?;
            }
            if !floor.gateway.running() {
                floor.gateway.begin()?;
            }
            let student = Student {
                person: &zhang,
                panel: floor.panel(1),
                run,
            };
            student
                .sees_done(&deed, &before)
                .await
                .with_context(|| format!("seed {seed}, kill {kills}, {deed:?}"))?;
        }
        let end = zhang.run(run).await?;
        ensure!(
            end["step"] == "step.done",
            "seed {seed}: the drill ended at {}",
            end["step"]
        );
        zhang.prove(run).await?;
        until("the labels on paper", async || {
            let events = zhang.get(&format!("/api/runs/{run}/events?after=0")).await?;
            let told = acts(&events, "printed").filter(|event| event["changes"][0]["outcome"] == "done");
            ensure!(told.count() as u64 == LABELS, "seed {seed}: each label is told of once");
            Ok(())
        })
        .await?;
        let events = zhang.get(&format!("/api/runs/{run}/events?after=0")).await?;
        ensure!(done_in(&events) == wished()?, "seed {seed}: {events}");
        let more = labels(&floor).await? - printed;
        ensure!(more == LABELS, "seed {seed}: {more} labels came out");
    }
    Ok(())
}

/// Labels that have come out of the printer.
async fn labels(floor: &Floor) -> Result<u64> {
    let station = floor.panel(1).look().await?;
    let labels = station["printer"]["labels"].as_array().context("labels")?;
    Ok(labels.last().and_then(|label| label["number"].as_u64()).unwrap_or(0))
}

fn acts<'a>(events: &'a Value, what: &'static str) -> impl Iterator<Item = &'a Value> {
    let events = events.as_array().into_iter().flatten();
    events.filter(move |event| event["act"]["do"] == what)
}

/// Everything that hands did, in order and each once: codes, keys, and weights that settled with something on the scale.
type Done = (Vec<String>, Vec<(u64, String)>, Vec<i64>);

fn wished() -> Result<Done> {
    let (mut scans, mut keys, mut weights) = Done::default();
    for deed in whole_drill()? {
        match deed {
            Deed::Scan(code) => scans.push(code),
            Deed::Press(position, key) => keys.push((position as u64, key.to_owned())),
            Deed::Weigh(grams) if grams > 0 => weights.push(grams),
            Deed::Weigh(_) | Deed::Log(_) => {}
        }
    }
    Ok((scans, keys, weights))
}

fn done_in(events: &Value) -> Done {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let scans = acts(events, "scan").map(|event| text(&event["act"]["code"]));
    let keys = acts(events, "key").map(|event| {
        let act = &event["act"];
        (act["position"].as_u64().unwrap_or(u64::MAX), text(&act["key"]))
    });
    let settled = acts(events, "weight").filter(|event| event["act"]["stable"] == true);
    let weights = settled.filter_map(|event| event["act"]["grams"].as_i64().filter(|grams| *grams > 0));
    (scans.collect(), keys.collect(), weights.collect())
}

#[tokio::test]
async fn killed_at_random_moments_nothing_is_lost_or_twice_on_sqlite() -> Result<()> {
    killed(Database::Sqlite, 0x5eed_0001).await
}

#[tokio::test]
async fn killed_at_random_moments_nothing_is_lost_or_twice_on_postgres() -> Result<()> {
    let cluster = Cluster::start(Durability::Full)?;
    killed(Database::Postgres(cluster.create("killed")?), 0x5eed_0002).await
}
