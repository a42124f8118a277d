//! Rows that earlier programs wrote are read to what they meant: stock, papers, signatures, logs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rules::core::crew::By;
use rules::core::scenario::Scenario;
use rules::core::stock::Status;
use rules::{Event, RunHead, RunState, stored};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use throwaway_postgres::{Cluster, Durability};
use wms::engine::App;
use wms::store::{self, Db, check};

/// All of them. Format 2 differs from format 1 by a column alone and has none of its own.
const GOLDENS: [&str; 2] = ["format-1", "format-3"];

fn folder(golden: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens").join(golden)
}

fn text(golden: &str, name: &str) -> String {
    std::fs::read_to_string(folder(golden).join(name)).expect(name)
}

/// Formats 1 and 2 kept names.
fn name(by: &By) -> Value {
    match by {
        By::Named { name } => json!(name),
        By::Person { id } => json!(id),
        By::Group => Value::Null,
    }
}

/// What a run's rows mean, in words of the trade: nothing in it hangs on how the program keeps it.
fn meaning(run: &RunState) -> Value {
    let lines = run.inbound.lines.iter().map(|line| {
        let placed = line.placed.as_ref().map(|placed| [&placed.lpn, &placed.location]);
        let why = line.difference.as_ref().map(|difference| &difference.key);
        json!({ "sku": line.sku, "lot": line.lot, "counted": line.units, "done": line.done, "difference": why,
            "placed": placed, "put_away": line.put_away })
    });
    let orders = run.outbound.orders.iter().map(|order| {
        let lines = order.lines.iter();
        let lines = lines.map(|line| json!([line.sku, line.ordered, line.picked(), line.checked]));
        json!({ "number": order.number, "lines": lines.collect::<Vec<_>>(), "grams": order.grams,
            "handed_over": order.handed_over })
    });
    let papers = run.ground.papers.iter().map(|paper| {
        let signed = paper.signatures.iter();
        let signed = signed.map(|signed| json!([signed.as_whom, name(&signed.by)]));
        json!({ "number": paper.number, "kind": paper.kind, "order": paper.order, "state": paper.state,
            "by": name(&paper.made_by), "signed": signed.collect::<Vec<_>>(), "remark": paper.remark })
    });
    let labels = run.ground.labels.iter();
    let labels = labels.map(|label| json!([label.job, label.spec.barcode(), label.outcome]));
    let stock = run.ground.stock.iter().map(|(place, balance)| {
        let mut line = json!([place.location, place.sku, place.lot, balance.quantity, balance.reserved]);
        // Since format 3.
        if (place.lpn.as_str(), place.status) != ("", Status::Available) {
            line = json!([line, place.lpn, place.status]);
        }
        line
    });
    let head = &run.ground.head;
    let mut meaning = json!({ "run": head.id, "scenario": head.scenario, "group": head.group_name, "station": head.station, "day": head.day,
        "day_run": head.day_run, "closed": run.ground.closed, "acts": run.last_act, "stock": stock.collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(), "orders": orders.collect::<Vec<_>>(), "papers": papers.collect::<Vec<_>>(),
        "labels": labels.collect::<Vec<_>>(), "notes": run.ground.notes.iter().map(|note| &note.what.key).collect::<Vec<_>>(),
        "log": run.ground.log });
    // Since format 3.
    let demand = run.ground.demand.iter();
    let demand: Vec<_> = demand.map(|(want, units)| json!([want, units])).collect();
    if !demand.is_empty() {
        meaning["demand"] = demand.into();
    }
    meaning
}

fn agrees(golden: &str, name: &str, runs: &[Value]) {
    let expected: Value = serde_json::from_str(&text(golden, name)).expect("JSON");
    let found = Value::from(runs);
    if found != expected {
        let at = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("found-{golden}-{name}"));
        std::fs::write(&at, serde_json::to_string_pretty(&found).expect("JSON")).expect("written");
        panic!(
            "{name} does not say what its rows were read to, which is in {}",
            at.display()
        );
    }
}

/// A database that an earlier program wrote, brought up to date and read by this one.
async fn reads(golden: &str, url: &str, name: &str) {
    let db = Db::open(url).await.expect("an old database opens");
    let app = App::new(db, wms::engine::scenarios::load(None).expect("scenarios"));
    let mut runs = Vec::new();
    for run in 1..=3 {
        runs.push(meaning(&app.run_state(run).await.expect("run")));
        let report = check(app.db(), run).await.expect("check");
        assert_eq!(report.differences, []);
    }
    agrees(golden, name, &runs);
    wms::check(url).await.expect("the command agrees");
    // It goes on being worked with.
    let zhang = crate::common::hands::scan(&app, 3, "CMD-CONFIRM").await;
    assert!(zhang.no > Some(0));
    assert_eq!(
        store::events(&app.db().pool, 3, 0)
            .await
            .expect("events")
            .last()
            .map(|event| event.no),
        zhang.no
    );
}

#[test]
fn goldens_are_as_they_were_recorded() {
    for golden in GOLDENS {
        let sums = text(golden, "SHA256SUMS");
        for line in sums.lines() {
            let (sum, name) = line.split_once("  ").expect("a sum and a name");
            let bytes = std::fs::read(folder(golden).join(name)).expect(name);
            let found: String = Sha256::digest(&bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            assert_eq!(found, sum, "{golden}/{name} is never changed");
        }
        assert_eq!(
            sums.lines().count() + 1,
            std::fs::read_dir(folder(golden)).expect("folder").count(),
            "each file has its sum"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_golden_sqlite_file_is_read() {
    for golden in GOLDENS {
        let home = tempfile::tempdir().expect("folder");
        let file = home.path().join("floor.db");
        std::fs::copy(folder(golden).join("floor.db"), &file).expect("copied");
        reads(golden, &format!("sqlite:{}", file.display()), "sqlite.json").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_golden_dump_is_read() {
    let cluster = Cluster::start(Durability::None).expect("a cluster");
    for golden in GOLDENS {
        let database = golden.replace('-', "_");
        let url = cluster.create(&database).expect("a database");
        cluster
            .restore(&database, &folder(golden).join("floor.sql"))
            .expect("restored");
        reads(golden, &url, "postgres.json").await;
    }
}

/// The acts alone, without any table beside them, tell the same.
fn replays(golden: &str, lines: &str, name: &str) {
    let mut runs: Vec<RunState> = Vec::new();
    let mut scenarios: BTreeMap<String, Scenario> = BTreeMap::new();
    let mut own_words: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for line in text(golden, lines).lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let text = |row: &Value, name: &str| row[name].as_str().expect(name).to_owned();
        let number = |row: &Value, name: &str| row[name].as_i64().expect(name);
        if let Some(row) = line.get("scenario") {
            let scenario = stored::scenario(number(row, "format"), &text(row, "body")).expect("a scenario");
            scenarios.insert(text(row, "hash"), scenario);
        } else if let Some(row) = line.get("run") {
            let head = RunHead {
                id: number(row, "id"),
                scenario: text(row, "scenario_id"),
                group: number(row, "group_id"),
                group_name: text(row, "group_name"),
                station: number(row, "station_id"),
                day: number(row, "day"),
                day_run: number(row, "day_run"),
                started_at: number(row, "started_at"),
                closed_at: row["closed_at"].as_i64(),
            };
            let scenario = match row["scenario_hash"].as_str() {
                Some(hash) => scenarios[hash].clone(),
                None => stored::scenario(1, &text(row, "scenario")).expect("a scenario"),
            };
            own_words.clear();
            runs.push(RunState::new(head, scenario));
        } else if let Some(row) = line.get("text") {
            let texts = serde_json::from_str(&text(row, "texts")).expect("a list of texts");
            own_words.insert(number(row, "no"), texts);
        } else {
            let event = event(&line["act"], &own_words);
            let run = runs.last_mut().expect("its run stands before it");
            run.replay(&event).expect("stock allows it");
        }
    }
    agrees(golden, name, &runs.iter().map(meaning).collect::<Vec<_>>());
}

fn event(row: &Value, own_words: &BTreeMap<i64, Vec<String>>) -> Event {
    // The lines of format 1 name no format.
    let format = row["format"].as_i64().unwrap_or(1);
    let text = |name: &str| row[name].as_str().expect(name);
    let answer: Value = serde_json::from_str(text("answer")).expect("JSON");
    let mut event = Event {
        run: row["run_id"].as_i64().expect("run"),
        no: row["no"].as_i64().expect("number"),
        source: text("source").to_owned(),
        at: row["at"].as_i64().expect("time"),
        certain: row["certain"].as_i64().map(|certain| certain != 0),
        arrived_at: row["arrived_at"].as_i64().expect("time"),
        actor: stored::actor(format, text("actor")).expect("an actor"),
        act: stored::act(format, text("act")).expect("an act"),
        changes: stored::changes(format, text("changes")).expect("changes"),
        words: serde_json::from_value(answer["words"].clone()).expect("words"),
    };
    if format >= 3 {
        let own = own_words.get(&event.no);
        stored::free::texts(&mut event, &mut |text| {
            if let Some((nth, _)) = text.split_once(':') {
                let nth: usize = nth.parse().expect("which of the act's texts");
                *text = own.expect("the act's own words")[nth].clone();
            }
        });
    }
    event
}

#[test]
fn golden_acts_replay_from_their_lines() {
    for golden in GOLDENS {
        replays(golden, "sqlite.jsonl", "sqlite.json");
        replays(golden, "postgres.jsonl", "postgres.json");
    }
}
