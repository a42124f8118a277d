//! The bare database: the rows that a WMS has written, written again by nothing but a loop, one durable commit for each act.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};
use wms::store::{Backend, Db};

/// All rows of one act.
pub struct Commit {
    run: i64,
    no: i64,
    act: Vec<Cell>,
    heard: Vec<Cell>,
    movements: Vec<Vec<Cell>>,
    balances: Vec<Vec<Cell>>,
    papers: Vec<Vec<Cell>>,
}

/// What stands in one column.
#[derive(Clone)]
enum Cell {
    Number(i64),
    Text(String),
    None,
}

/// How a replay went.
pub struct Replayed {
    /// Milliseconds of each commit.
    pub millis: Vec<f64>,
    /// Seconds for all.
    pub seconds: f64,
}

const ACT: &str = "run_id, no, format, source, at, certain, arrived_at, actor, act, changes, answer, person, on_behalf, hand, \
                   place, run_millis, day, outcome, before";
/// Which of them holds the changes.
const CHANGES: usize = 9;
const HEARD: &str = "device, boot, event, at, arrived_at, body, run_id, act_no, answer";
const MOVEMENT: &str =
    "run_id, no, line, sku, lot, from_location, from_lpn, from_status, to_location, to_lpn, to_status, quantity";
const BALANCE: &str = "run_id, location, lpn, sku, lot, status, quantity, reserved";
const PAPER: &str = "run_id, number, kind, state, made_at";
/// Whose rows the others refer to, with their columns.
const PARENTS: [(&str, &str); 4] = [
    ("scenario", "hash, format, body"),
    ("student_group", "id, name"),
    ("station", "id, name"),
    (
        "run",
        "id, scenario_id, scenario, group_id, group_name, station_id, day, day_run, started_at, last_act, \
         scenario_hash",
    ),
];

/// The rows of every act that came from a device, by run.
///
/// # Errors
/// When the database can't be read.
pub async fn read(db: &Db) -> Result<BTreeMap<i64, Vec<Commit>>> {
    let acts = table(db, ACT, "act", "WHERE source LIKE 'device:%' ORDER BY run_id, no").await?;
    let mut heard = by_act(
        table(db, HEARD, "device_event", "WHERE act_no IS NOT NULL").await?,
        6,
        7,
    );
    let mut movements = by_act(
        table(db, MOVEMENT, "movement", "ORDER BY run_id, no, line").await?,
        0,
        1,
    );
    let mut commits: BTreeMap<i64, Vec<Commit>> = BTreeMap::new();
    for act in acts {
        let (run, no) = (number(&act, 0)?, number(&act, 1)?);
        let Some(Cell::Text(changes)) = act.get(CHANGES) else {
            continue;
        };
        let changes: Vec<Value> = serde_json::from_str(changes)?;
        commits.entry(run).or_default().push(Commit {
            run,
            no,
            heard: heard.remove(&(run, no)).unwrap_or_default().pop().unwrap_or_default(),
            movements: movements.remove(&(run, no)).unwrap_or_default(),
            balances: balances(run, &changes),
            papers: papers(run, &changes),
            act,
        });
    }
    Ok(commits)
}

/// Places whose balance the act touched. The figures don't matter to the disk; the keys do.
fn balances(run: i64, changes: &[Value]) -> Vec<Vec<Cell>> {
    let mut places: BTreeMap<[String; 4], ()> = BTreeMap::new();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for change in changes {
        match change["change"].as_str() {
            Some("moved") => {
                for end in ["from", "to"] {
                    let spot = &change[end];
                    let key = [&spot["location"], &spot["lpn"], &change["sku"], &change["lot"]];
                    places.insert(key.map(text), ());
                }
            }
            Some("reserved") => {
                let place = &change["place"];
                let key = [&place["location"], &place["lpn"], &place["sku"], &place["lot"]];
                places.insert(key.map(text), ());
            }
            _ => {}
        }
    }
    let row = |key: [String; 4]| {
        let mut row = vec![Cell::Number(run)];
        row.extend(key.map(Cell::Text));
        row.push(Cell::Text("available".to_owned()));
        row.extend([Cell::Number(1_000), Cell::Number(1)]);
        row
    };
    places.into_keys().map(row).collect()
}

fn papers(run: i64, changes: &[Value]) -> Vec<Vec<Cell>> {
    let made = changes.iter().filter(|change| change["change"] == "paper_made");
    made.map(|paper| {
        vec![
            Cell::Number(run),
            Cell::Text(paper["number"].as_str().unwrap_or_default().to_owned()),
            Cell::Text(paper["kind"].as_str().unwrap_or_default().to_owned()),
            Cell::Text("draft".to_owned()),
            Cell::Number(paper["at"].as_i64().unwrap_or_default()),
        ]
    })
    .collect()
}

/// Writes the rows into a fresh database with the same schema, over so many connections at once: each takes some of the
/// runs, and commits each act for itself.
///
/// # Errors
/// When the database refuses.
pub async fn replay(
    from: &Db,
    url: &str,
    commits: &BTreeMap<i64, Vec<Commit>>,
    connections: usize,
) -> Result<Replayed> {
    let to = Db::open(url).await?;
    for (name, columns) in PARENTS {
        for row in table(from, columns, name, "ORDER BY 1").await? {
            let mut tx = to.begin().await?;
            insert(&mut tx, name, columns, &row).await?;
            tx.commit().await?;
        }
    }
    let begin = Instant::now();
    let workers = (0..connections).map(|worker| {
        let to = to.clone();
        let mine: Vec<&Vec<Commit>> = commits.values().skip(worker).step_by(connections).collect();
        async move {
            let mut millis = Vec::new();
            for commit in mine.into_iter().flatten() {
                let begin = Instant::now();
                write(&to, commit).await?;
                millis.push(begin.elapsed().as_secs_f64() * 1_000.0);
            }
            anyhow::Ok(millis)
        }
    });
    let millis = futures_util::future::try_join_all(workers).await?;
    Ok(Replayed {
        millis: millis.concat(),
        seconds: begin.elapsed().as_secs_f64(),
    })
}

async fn write(db: &Db, commit: &Commit) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("UPDATE run SET last_act = $1 WHERE id = $2")
        .bind(commit.no)
        .bind(commit.run)
        .execute(&mut *tx)
        .await?;
    insert(&mut tx, "act", ACT, &commit.act).await?;
    for movement in &commit.movements {
        insert(&mut tx, "movement", MOVEMENT, movement).await?;
    }
    for paper in &commit.papers {
        insert(&mut tx, "paper", PAPER, paper).await?;
    }
    for balance in &commit.balances {
        insert(&mut tx, "balance", BALANCE, balance).await?;
    }
    if !commit.heard.is_empty() {
        insert(&mut tx, "device_event", HEARD, &commit.heard).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn insert(tx: &mut Transaction<'static, Any>, name: &str, columns: &str, row: &[Cell]) -> Result<()> {
    let values: Vec<String> = (1..=row.len()).map(|n| format!("${n}")).collect();
    let mut sql = format!("INSERT INTO {name} ({columns}) VALUES ({})", values.join(", "));
    match name {
        "balance" => {
            sql += " ON CONFLICT (run_id, location, lpn, sku, lot, status) DO UPDATE SET quantity = excluded.quantity, \
                    reserved = excluded.reserved";
        }
        "act" | "movement" | "paper" | "device_event" => {}
        _ => sql += " ON CONFLICT DO NOTHING",
    }
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for cell in row {
        query = match cell {
            Cell::Number(number) => query.bind(*number),
            Cell::Text(text) => query.bind(text.clone()),
            Cell::None => query.bind(None::<i64>),
        };
    }
    query
        .execute(&mut **tx)
        .await
        .with_context(|| format!("a row of {name}"))?;
    Ok(())
}

async fn table(db: &Db, columns: &str, name: &str, rest: &str) -> Result<Vec<Vec<Cell>>> {
    let sql = format!("SELECT {columns} FROM {name} {rest}");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&db.pool).await?;
    Ok(rows.iter().map(cells).collect())
}

fn cells(row: &AnyRow) -> Vec<Cell> {
    let cell = |index: usize| {
        row.try_get::<i64, _>(index)
            .map(Cell::Number)
            .or_else(|_| row.try_get::<String, _>(index).map(Cell::Text))
            .unwrap_or(Cell::None)
    };
    (0..row.len()).map(cell).collect()
}

/// Rows by the act that they belong to.
fn by_act(rows: Vec<Vec<Cell>>, run: usize, no: usize) -> BTreeMap<(i64, i64), Vec<Vec<Cell>>> {
    let mut acts: BTreeMap<_, Vec<Vec<Cell>>> = BTreeMap::new();
    for row in rows {
        if let (Ok(run), Ok(no)) = (number(&row, run), number(&row, no)) {
            acts.entry((run, no)).or_default().push(row);
        }
    }
    acts
}

fn number(row: &[Cell], index: usize) -> Result<i64> {
    match row.get(index) {
        Some(Cell::Number(number)) => Ok(*number),
        _ => anyhow::bail!("column {index} holds no number"),
    }
}

/// Connections that get most out of the bare database: a SQLite file has one writer.
pub fn connections(db: &Db) -> usize {
    match db.backend {
        Backend::Sqlite => 1,
        Backend::Postgres => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The schema that the bare rows are written into is today's.
    #[tokio::test]
    async fn what_a_wms_wrote_is_written_again_row_for_row() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let file = |name: &str| folder.path().join(name);
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../../wms/tests/goldens/format-3/floor.db");
        std::fs::copy(golden, file("floor.db"))?;
        let url = |name: &str| format!("sqlite:{}", file(name).display());
        let from = Db::open(&url("floor.db")).await?;
        let commits = read(&from).await?;
        let acts = commits.values().map(Vec::len).sum::<usize>();
        let moved = commits
            .values()
            .flatten()
            .map(|commit| commit.movements.len())
            .sum::<usize>();
        anyhow::ensure!(acts > 50 && moved > 20, "{acts} acts, {moved} movements");
        let replayed = replay(&from, &url("bare.db"), &commits, 1).await?;
        assert_eq!(replayed.millis.len(), acts);
        let to = Db::open(&url("bare.db")).await?;
        assert_eq!(table(&to, ACT, "act", "").await?.len(), acts);
        assert_eq!(table(&to, MOVEMENT, "movement", "").await?.len(), moved);
        Ok(())
    }
}
