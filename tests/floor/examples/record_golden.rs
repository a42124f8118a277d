//! Records a golden: a drill with what goes wrong in one, through the whole floor, as the databases and as its acts in lines.
//!
//! `cargo run -p floor-tests --example record_golden -- FOLDER`, after `cargo build --workspace --bins`. It records the house as
//! it stands; a golden that is there already is never recorded again (`wms/tests/goldens/README.md`).

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use floor_tests::{Database, Deed, Floor, Person, Student, until, whole_drill};
use serde_json::{Map, Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Column, Row};
use throwaway_postgres::{Cluster, Durability};

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).context("which folder?")?);
    if folder.exists() {
        bail!("{} is there already: a golden is recorded once", folder.display());
    }
    std::fs::create_dir_all(&folder)?;
    sqlx::any::install_default_drivers();

    let mut floor = Floor::start(Database::Sqlite, 2).await?;
    play(&floor).await?;
    floor.wms.kill();
    let url = format!("sqlite:{}", floor.folder().join("floor.db").display());
    let pool = AnyPool::connect(&url).await?;
    let target = folder.join("floor.db");
    sqlx::query("VACUUM INTO $1")
        .bind(text(&target)?)
        .execute(&pool)
        .await?;
    lines(&pool, &folder.join("sqlite.jsonl")).await?;
    pool.close().await;

    let cluster = Cluster::start(Durability::None)?;
    let url = cluster.create("golden")?;
    let mut floor = Floor::start(Database::Postgres(url.clone()), 2).await?;
    play(&floor).await?;
    floor.wms.kill();
    cluster.dump("golden", &folder.join("floor.sql"))?;
    lines(&AnyPool::connect(&url).await?, &folder.join("postgres.jsonl")).await
}

fn text(path: &Path) -> Result<String> {
    Ok(path.to_str().context("a path in UTF-8")?.to_owned())
}

/// Scenarios, then each run, its people's own words and its acts: one JSON object a line, texts as they stand in the rows.
async fn lines(pool: &AnyPool, file: &Path) -> Result<()> {
    let mut out = String::new();
    let mut tell = |what: &str, rows: Vec<AnyRow>| -> Result<()> {
        for row in rows {
            out += &format!("{}\n", json!({ what: columns(&row)? }));
        }
        Ok(())
    };
    let all = async |sql: &'static str, run: i64| sqlx::query(sql).bind(run).fetch_all(pool).await;
    tell(
        "scenario",
        sqlx::query("SELECT * FROM scenario ORDER BY hash")
            .fetch_all(pool)
            .await?,
    )?;
    for run in sqlx::query("SELECT * FROM run ORDER BY id").fetch_all(pool).await? {
        let id = run.try_get("id")?;
        tell("run", vec![run])?;
        tell(
            "text",
            all("SELECT * FROM free_text WHERE run_id = $1 ORDER BY no", id).await?,
        )?;
        tell("act", all("SELECT * FROM act WHERE run_id = $1 ORDER BY no", id).await?)?;
    }
    Ok(std::fs::write(file, out)?)
}

/// A row as it stands: numbers, texts, nulls.
fn columns(row: &AnyRow) -> Result<Map<String, Value>> {
    let mut columns = Map::new();
    for column in row.columns() {
        let name = column.name();
        let number = row.try_get::<Option<i64>, _>(name).map(|number| json!(number));
        let value = number.or_else(|_| row.try_get::<Option<String>, _>(name).map(|text| json!(text)))?;
        columns.insert(name.to_owned(), value);
    }
    Ok(columns)
}

/// Three runs: a whole drill with its mistakes and papers, one begun after it at the same station, one of another group.
async fn play(floor: &Floor) -> Result<()> {
    let [zhang, li, wang, chen] = [
        Person::sign_in(&floor.url, "zhang").await?,
        Person::sign_in(&floor.url, "li").await?,
        Person::sign_in(&floor.url, "wang").await?,
        Person::sign_in(&floor.url, "chen").await?,
    ];
    until("the devices", async || {
        let look = floor.panel(1).look().await?;
        ensure!(
            look["shelf"]["connected"] == true && look["scale"]["grams"] == 0,
            "{look}"
        );
        Ok(())
    })
    .await?;
    // Said where no run is open: kept, and of no run.
    floor.panel(2).scan("2000152400015").await?;
    let run = zhang.start_drill(1).await?;
    let student = Student {
        person: &zhang,
        panel: floor.panel(1),
        run,
    };
    let scan = |code: &str| Deed::Scan(code.to_owned());
    let mut weighed = false;
    for (index, deed) in whole_drill()?.into_iter().enumerate() {
        match &deed {
            Deed::Scan(code) if code == "CMD-SHORT" => {
                let act = json!({ "do": "record_short", "sku": "RY003", "reason": "车上少一箱，司机在场" });
                zhang.act(run, &act).await?;
                continue;
            }
            Deed::Scan(_) if index == 1 => {
                for code in ["6901234567892", "12000152400043", "12000152400012", "CMD-BACK"] {
                    student.does(&scan(code)).await?;
                }
            }
            Deed::Scan(code) if code == "S-01-01-03" => {
                for code in ["S-01-01-01", "S-01-01-04", "CMD-BACK"] {
                    student.does(&scan(code)).await?;
                }
            }
            Deed::Press(1, _) => {
                student.lays_hands_on(&Deed::Press(20, "confirm")).await?;
            }
            Deed::Weigh(grams) if *grams > 0 && !weighed => {
                weighed = true;
                // Weighed twice: the second time its check begins anew.
                student.lays_hands_on(&Deed::Weigh(300)).await?;
                until("the first wrong weight", async || {
                    let events = zhang.get(&format!("/api/runs/{run}/events?after=0")).await?.to_string();
                    ensure!(events.contains("weighed_off"), "{events}");
                    Ok(())
                })
                .await?;
                student.does(&Deed::Weigh(0)).await?;
                // It settles.
                tokio::time::sleep(Duration::from_secs(2)).await;
                student.lays_hands_on(&Deed::Weigh(300)).await?;
                until("the wrong weight", async || {
                    let now = student.run_now().await?;
                    ensure!(now["step"] == "step.check", "{}", now["step"]);
                    Ok(())
                })
                .await?;
                student.does(&Deed::Weigh(0)).await?;
                for code in ["2000152400015", "2000152400015", "2000152400039"] {
                    student.does(&scan(code)).await?;
                }
            }
            _ => {}
        }
        student.does(&deed).await?;
        if matches!(deed, Deed::Log(_)) {
            papers(&chen, &li, &zhang, run).await?;
        }
    }
    let last = zhang.run(run).await?;
    ensure!(last["step"] == "step.done", "{}", last["step"]);
    zhang.prove(run).await?;
    let label = zhang.get(&format!("/api/runs/{run}/events?after=0")).await?;
    let barcode = label
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|event| event["changes"].as_array().into_iter().flatten())
        .find(|change| change["change"] == "label_queued")
        .and_then(|change| change["label"]["lpn"].as_str())
        .context("a label")?
        .to_owned();
    zhang.act(run, &json!({ "do": "reprint", "barcode": barcode })).await?;
    // Labels come out in their own time.
    tokio::time::sleep(Duration::from_secs(3)).await;

    let next = li.start_drill(1).await?;
    let student = Student {
        person: &li,
        panel: floor.panel(1),
        run: next,
    };
    for code in ["CMD-CONFIRM", "12000152400012"] {
        student.does(&scan(code)).await?;
    }
    let other = wang.start_drill(2).await?;
    let student = Student {
        person: &wang,
        panel: floor.panel(2),
        run: other,
    };
    for deed in whole_drill()?
        .iter()
        .take_while(|deed| !matches!(deed, Deed::Press(10, _)))
    {
        student.does(deed).await?;
    }
    student.lays_hands_on(&Deed::Press(10, "minus")).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    wang.prove(other).await?;
    Ok(())
}

/// Signed by two, the log sent back and written anew, the others accepted.
async fn papers(chen: &Person, li: &Person, zhang: &Person, run: i64) -> Result<()> {
    let papers = zhang.run(run).await?["papers"].as_array().context("papers")?.clone();
    let number = |paper: &Value| paper["number"].as_str().unwrap_or_default().to_owned();
    for paper in &papers {
        for as_whom in ["driver", "supervisor", "picker", "maker", "owner", "student"] {
            let act = json!({ "do": "sign", "number": number(paper), "as_whom": as_whom });
            li.act(run, &act).await?;
        }
    }
    for paper in &papers {
        let accept = !matches!(paper["kind"].as_str(), Some("work_log" | "receipt"));
        let remark = if accept { "" } else { "少一箱的原因没有写清" };
        let act = json!({ "do": "judge", "number": number(paper), "accept": accept, "remark": remark });
        chen.act(run, &act).await?;
        match paper["kind"].as_str() {
            Some("work_log") => {
                let text = "三行到货。\r\n牙膏短少一箱，司机在场；RY010 货位少一件。";
                zhang.act(run, &json!({ "do": "write_log", "text": text })).await?;
            }
            Some("receipt") => {
                zhang
                    .act(run, &json!({ "do": "hand_in", "number": number(paper) }))
                    .await?;
            }
            _ => continue,
        }
        let act = json!({ "do": "judge", "number": number(paper), "accept": true, "remark": "" });
        chen.act(run, &act).await?;
        let act = json!({ "do": "sign", "number": number(paper), "as_whom": "teacher" });
        chen.act(run, &act).await?;
    }
    Ok(())
}
