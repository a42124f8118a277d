//! Rows that earlier programs wrote are read to what they meant: stock, papers, signatures, logs.

use std::path::{Path, PathBuf};

use rules::core::crew::By;
use rules::{Event, RunHead, RunState, stored};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use throwaway_postgres::{Cluster, Durability};
use wms::engine::App;
use wms::store::{self, Db, check};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/format-1")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect(name)
}

/// Formats 1 and 2 kept names.
fn name(by: &By) -> &str {
    match by {
        By::Named { name } => name,
        By::Person { .. } | By::Group => panic!("{by:?} is no name"),
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
        let signed = signed.map(|signed| [signed.as_whom.as_str(), name(&signed.by)]);
        json!({ "number": paper.number, "kind": paper.kind, "order": paper.order, "state": paper.state,
            "by": name(&paper.made_by), "signed": signed.collect::<Vec<_>>(), "remark": paper.remark })
    });
    let labels = run.ground.labels.iter();
    let labels = labels.map(|label| json!([label.job, label.spec.barcode(), label.outcome]));
    let stock = run
        .ground
        .stock
        .iter()
        .map(|(place, balance)| json!([place.location, place.sku, place.lot, balance.quantity, balance.reserved]));
    let head = &run.ground.head;
    json!({ "run": head.id, "scenario": head.scenario, "group": head.group_name, "station": head.station, "day": head.day,
        "day_run": head.day_run, "closed": run.ground.closed, "acts": run.last_act, "stock": stock.collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(), "orders": orders.collect::<Vec<_>>(), "papers": papers.collect::<Vec<_>>(),
        "labels": labels.collect::<Vec<_>>(), "notes": run.ground.notes.iter().map(|note| &note.what.key).collect::<Vec<_>>(),
        "log": run.ground.log })
}

fn agrees(name: &str, runs: &[Value]) {
    let expected: Value = serde_json::from_str(&text(name)).expect("JSON");
    let found = Value::from(runs);
    if found != expected {
        let at = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("found-{name}"));
        std::fs::write(&at, serde_json::to_string_pretty(&found).expect("JSON")).expect("written");
        panic!(
            "{name} does not say what its rows were read to, which is in {}",
            at.display()
        );
    }
}

/// A database that an earlier program wrote, brought up to date and read by this one.
async fn reads(url: &str, name: &str) {
    let db = Db::open(url).await.expect("an old database opens");
    let app = App::new(db, wms::engine::scenarios::load(None).expect("scenarios"));
    let mut runs = Vec::new();
    for run in 1..=3 {
        runs.push(meaning(&app.run_state(run).await.expect("run")));
        let report = check(app.db(), run).await.expect("check");
        assert_eq!(report.differences, []);
    }
    agrees(name, &runs);
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
    for line in text("SHA256SUMS").lines() {
        let (sum, name) = line.split_once("  ").expect("a sum and a name");
        let bytes = std::fs::read(folder().join(name)).expect(name);
        let found: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(found, sum, "{name} is never changed");
    }
    let listed = text("SHA256SUMS").lines().count();
    assert_eq!(
        listed + 1,
        std::fs::read_dir(folder()).expect("folder").count(),
        "each file has its sum"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_golden_sqlite_file_is_read() {
    let home = tempfile::tempdir().expect("folder");
    let file = home.path().join("floor.db");
    std::fs::copy(folder().join("floor.db"), &file).expect("copied");
    reads(&format!("sqlite:{}", file.display()), "sqlite.json").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_golden_dump_is_read() {
    let cluster = Cluster::start(Durability::None).expect("a cluster");
    let url = cluster.create("golden").expect("a database");
    cluster
        .restore("golden", &folder().join("floor.sql"))
        .expect("restored");
    reads(&url, "postgres.json").await;
}

/// The acts alone, without any table beside them, tell the same.
fn replays(lines: &str, name: &str) {
    let mut runs: Vec<RunState> = Vec::new();
    for line in text(lines).lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let within = |value: &Value| serde_json::from_str::<Value>(value.as_str().expect("text")).expect("JSON");
        if let Some(run) = line.get("run") {
            let head = RunHead {
                id: run["id"].as_i64().expect("id"),
                scenario: run["scenario_id"].as_str().expect("scenario").to_owned(),
                group: run["group_id"].as_i64().expect("group"),
                group_name: run["group_name"].as_str().expect("name").to_owned(),
                station: run["station_id"].as_i64().expect("station"),
                day: run["day"].as_i64().expect("day"),
                day_run: run["day_run"].as_i64().expect("run of the day"),
                started_at: run["started_at"].as_i64().expect("time"),
                closed_at: run["closed_at"].as_i64(),
            };
            let scenario = serde_json::from_value(within(&run["scenario"])).expect("a scenario");
            runs.push(RunState::new(head, scenario));
            continue;
        }
        let act = &line["act"];
        // Formats 1 and 2 name no format in their lines.
        let changes = stored::changes(1, act["changes"].as_str().expect("text")).expect("changes");
        let event = json!({ "run": act["run_id"], "no": act["no"], "source": act["source"], "at": act["at"],
            "arrived_at": act["arrived_at"], "actor": within(&act["actor"]), "act": within(&act["act"]),
            "changes": changes, "words": within(&act["answer"])["words"] });
        let event: Event = serde_json::from_value(event).expect("an act");
        let run = runs.last_mut().expect("its run stands before it");
        run.replay(&event).expect("stock allows it");
    }
    agrees(name, &runs.iter().map(meaning).collect::<Vec<_>>());
}

#[test]
fn golden_acts_replay_from_their_lines() {
    replays("sqlite.jsonl", "sqlite.json");
    replays("postgres.jsonl", "postgres.json");
}
