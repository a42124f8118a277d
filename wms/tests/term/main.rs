//! A term's data: what pages read stays what they read on the first day. Nothing here measures time; `cargo xtask bench
//! --only term` does. What is looked at are the statements that the pages really make: how the database goes about each, and
//! how many rows come of it.

#![allow(
    clippy::expect_used,
    dead_code,
    missing_docs,
    reason = "a test's helpers may fail the test"
)]

#[path = "../common/home.rs"]
mod home;
#[path = "../uplink/server.rs"]
mod server;
mod watch;

use axum::http::StatusCode;
use home::Home;
use server::Server;
use sqlx::{AnyConnection, Connection, Row};
use watch::Watch;
use wms::store::{Db, ensure_station};

const RUNS: i64 = 150;
const LONG: i64 = 2_000;
/// Rows that a page may read more than on the first day: a page of events, the board's latest acts and papers.
const A_PAGE: u64 = 200;

/// Tables that are small however long the floor is used, by the names that statements give them: stations, devices, people,
/// what is broken now, and rows made in the statement.
const SMALL: [&str; 13] = [
    "station",
    "s",
    "device",
    "d",
    "account",
    "student_group",
    "g",
    "device_complaint",
    "c",
    "o",
    "CONSTANT",
    "newest",
    "1",
];

/// A floor with a run at work; `term` fills it with what came before.
async fn floor(home: &Home, term: bool) -> (Server, i64) {
    let server = Server::on(&home.url).await;
    let template = server.start(1).await;
    server.receive(template).await;
    if term {
        fill(home, template).await;
    }
    // Its number comes after all of them.
    let run = server.start(1).await;
    server.receive(run).await;
    (server, run)
}

async fn fill(home: &Home, template: i64) {
    let db = Db::open(&home.url).await.expect("opens");
    ensure_station(&db, 1).await.expect("a station");
    for (device, kind) in [("5649525400000101", "shelf"), ("5649525400000102", "scanner")] {
        let sql = "INSERT INTO device (id, gateway, kind, profile, port, firmware, units, state, last_seen, station_id) \
                   VALUES ($1, 'g', $2, 'p', 'p', '1', 24, '{\"is\":\"online\"}', 1, 1)";
        let device = sqlx::query(sql).bind(device).bind(kind);
        device.execute(&db.pool).await.expect("a device");
    }
    let sql = include_str!("fill.sql")
        .replace("{template}", &template.to_string())
        .replace("{runs}", &RUNS.to_string())
        .replace("{acts}", "60")
        .replace("{long}", &LONG.to_string())
        .replace("{words}", "3000");
    for statement in sql.split("\n--\n") {
        let filled = sqlx::query(sqlx::AssertSqlSafe(statement.to_owned()));
        filled.execute(&db.pool).await.expect(statement);
    }
    db.pool.close().await;
}

/// Pages that people look at all day, and the longest run's.
fn pages(run: i64, long: i64) -> Vec<(&'static str, String)> {
    let mut pages = vec![
        ("chen", "/board".to_owned()),
        ("chen", "/".to_owned()),
        ("sun", "/devices".to_owned()),
        ("sun", "/devices.csv".to_owned()),
        ("zhang", "/papers".to_owned()),
        ("zhang", "/events".to_owned()),
        ("chen", "/ledger".to_owned()),
    ];
    for page in ["", "/events", "/papers", "/ledger"] {
        pages.push(("zhang", format!("/runs/{run}{page}")));
    }
    for page in ["/events", "/events?before=1500"] {
        pages.push(("chen", format!("/runs/{long}{page}")));
    }
    pages
}

/// Asks for a page, and gives its size and the rows that were read for it.
async fn read(server: &Server, watch: &Watch, login: &str, path: &str) -> (usize, u64) {
    // Signed in, and read once: what is in memory is not read again.
    server.page(login, path).await;
    watch.begin();
    let (status, page) = server.page(login, path).await;
    assert!(status == StatusCode::OK || status.is_redirection(), "{path}: {status}");
    (page.len(), watch.rows())
}

async fn pages_read_as_on_the_first_day(first_day: &Home, term: &Home) {
    let watch = Watch::start().await;
    let (server, run) = floor(first_day, false).await;
    let mut before = Vec::new();
    // There the run itself stands for the long one.
    for (login, path) in pages(run, run) {
        before.push(read(&server, &watch, login, &path).await);
    }
    let (server, run) = floor(term, true).await;
    for ((login, path), (bytes, rows)) in pages(run, run - 1).into_iter().zip(before) {
        let (bytes_now, rows_now) = read(&server, &watch, login, &path).await;
        assert!(
            rows_now <= rows + A_PAGE,
            "{path}: {rows} rows on the first day, {rows_now} now"
        );
        assert!(
            bytes_now <= bytes + 100_000,
            "{path}: {bytes} bytes on the first day, {bytes_now} now"
        );
    }
    let mut database = AnyConnection::connect(&term.url).await.expect("a connection");
    let statements = watch.statements();
    assert!(
        statements.len() > 10,
        "the pages' statements were heard: {statements:#?}"
    );
    for sql in statements {
        let steps = whole_tables(&mut database, &sql, term.url.starts_with("sqlite")).await;
        assert!(steps.is_empty(), "whole tables are read ({steps:?}) by: {sql}");
    }
}

/// Steps of a statement's plan that go through all rows of a table that grows.
async fn whole_tables(database: &mut AnyConnection, sql: &str, sqlite: bool) -> Vec<String> {
    let few = sql.contains("LIMIT");
    let small = |name: &str| SMALL.contains(&name) || name.starts_with('(');
    if sqlite {
        let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
        let plan = sqlx::query(explain).fetch_all(database).await.expect(sql);
        let steps = plan.iter().map(|row| row.get::<String, _>("detail"));
        let whole = |step: &String| {
            let Some(name) = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next()) else {
                return false;
            };
            // The first few of an index are few.
            let first = few && step.contains("INDEX");
            !small(name) && !first
        };
        return steps.filter(whole).collect();
    }
    // Without parameters, and as if nothing but an index would do: whole tables are read only where there is none.
    let given = (1..).take_while(|number| sql.contains(&format!("${number}"))).count();
    let given = if given == 0 {
        String::new()
    } else {
        format!("({})", vec!["NULL"; given].join(", "))
    };
    for prepare in [
        "DEALLOCATE ALL".to_owned(),
        "SET enable_seqscan = off".to_owned(),
        "SET plan_cache_mode = force_generic_plan".to_owned(),
        format!("PREPARE looked_at AS {sql}"),
    ] {
        let prepared = sqlx::raw_sql(sqlx::AssertSqlSafe(prepare));
        prepared.execute(&mut *database).await.expect(sql);
    }
    let explain = sqlx::AssertSqlSafe(format!("EXPLAIN EXECUTE looked_at{given}"));
    let plan = sqlx::raw_sql(explain).fetch_all(database).await.expect(sql);
    let lines: Vec<String> = plan.iter().map(|row| row.get::<String, _>(0)).collect();
    let mut whole = Vec::new();
    for (line, next) in lines.iter().zip(lines.iter().skip(1).chain([&String::new()])) {
        let Some((scan, on)) = line.split_once(" on ") else {
            continue;
        };
        let name = on.split_whitespace().next().unwrap_or_default();
        let bounded = next.contains("Index Cond") || (few && scan.contains("Index"));
        if scan.contains("Scan") && !scan.contains("Bitmap") && !small(name) && !bounded {
            whole.push(line.trim().to_owned());
        }
    }
    whole
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_pages_read_after_a_term_as_on_the_first_day_on_sqlite() {
    pages_read_as_on_the_first_day(&Home::sqlite(), &Home::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_pages_read_after_a_term_as_on_the_first_day_on_postgres() {
    pages_read_as_on_the_first_day(&Home::postgres(), &Home::postgres()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_the_file_of_a_long_run_is_whole_and_its_pages_lead_through_it() {
    let _alone = Watch::start().await;
    let home = Home::sqlite();
    let (server, run) = floor(&home, true).await;
    let long = run - 1;
    let (_, csv) = server.page("chen", &format!("/runs/{long}/events.csv")).await;
    assert_eq!(
        csv.lines().count(),
        usize::try_from(LONG).expect("small") + 1,
        "each act and the head"
    );
    let mut path = format!("/runs/{long}/events");
    let (mut acts, mut pages) = (0, 0);
    loop {
        let (status, page) = server.page("chen", &path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        (acts, pages) = (acts + page.matches("<tr><td").count(), pages + 1);
        let older = page
            .split("<a class=\"button\" href=\"")
            .find(|piece| piece.contains("rel=\"next\""));
        let Some(older) = older.and_then(|piece| piece.split('"').next()) else {
            break;
        };
        path = older.to_owned();
    }
    assert_eq!((acts, pages), (2_000, 20), "each act on one page");
    let (_, page) = server.page("chen", &path).await;
    let newer = page
        .split("<a class=\"button\" href=\"")
        .find(|piece| piece.contains("rel=\"prev\""));
    assert!(
        newer.is_some_and(|piece| piece.starts_with(&format!("/runs/{long}/events?before=201\""))),
        "and back"
    );
}

/// What a station shows is in memory: runs as the clerk published them, devices, who is signed in. What is held is looked at
/// again now and then, for all pages together; so a page that happens to do that is asked for once more.
async fn a_station_page_costs_no_query(home: &Home) {
    let watch = Watch::start().await;
    let (server, run) = floor(home, false).await;
    let path = format!("/runs/{run}");
    let cookie = server.cookie("zhang").await;
    let mut asked = Vec::new();
    for _ in 0..20 {
        server.page_with(&cookie, &path).await;
        watch.begin();
        let (status, page) = server.page_with(&cookie, &path).await;
        assert!(status == StatusCode::OK && page.contains("class=\"verb\""), "{status}");
        asked = watch.since();
        // Where no word comes from other processes, each reader asks how far they are.
        if std::env::var_os("CANGXUN_NOTIFY").is_some_and(|word| word == "off") {
            asked.retain(|sql| !sql.starts_with("SELECT last_act FROM run"));
        }
        if asked.is_empty() {
            return;
        }
    }
    panic!("each time something is asked: {asked:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_station_page_costs_no_query_on_sqlite() {
    a_station_page_costs_no_query(&Home::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_station_page_costs_no_query_on_postgres() {
    a_station_page_costs_no_query(&Home::postgres()).await;
}
