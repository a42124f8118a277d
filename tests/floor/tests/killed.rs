//! Gateway and WMS are killed (SIGKILL) at random moments of the drill: no scan is lost, nothing is booked twice.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use floor_tests::{Database, Deed, Floor, Person, Student, until, whole_drill};
use serde_json::Value;
use throwaway_postgres::{Cluster, Durability};

/// Kills in each test; 50 over both databases would do, each has its own 50.
const KILLS: usize = 50;

/// xorshift64: repeatable from its seed, which a failure prints.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

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
        let run = zhang.start_drill(1).await?;
        let mut scans = 0;
        for deed in whole_drill()? {
            let student = Student {
                person: &zhang,
                panel: floor.panel(1),
                run,
            };
            scans += usize::from(matches!(deed, Deed::Scan(_)));
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
        let events = zhang.get(&format!("/api/runs/{run}/events?after=0")).await?;
        ensure!(
            scans_in(&events) == scans,
            "seed {seed}: {scans} scans made, {} kept",
            scans_in(&events)
        );
    }
    Ok(())
}

fn scans_in(events: &Value) -> usize {
    let events = events.as_array().into_iter().flatten();
    events.filter(|event| event["act"]["do"] == "scan").count()
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
