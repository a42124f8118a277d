//! The store, the clerks and the check: the same suite on SQLite and on a real PostgreSQL.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

mod drill;
mod files;
mod floor;
mod ledger;
mod processes;

use std::sync::atomic::{AtomicI64, Ordering};

use tempfile::TempDir;
use throwaway_postgres::{Cluster, Durability};
use wms::db::Db;
use wms::floor::ensure_station;
use wms::identity::Accounts;
use wms::training::{Act, ActEnvelope, Actor, Answer, App, Mark, RunId, scenario};

/// A database of a test's own.
pub struct Home {
    /// Its address.
    pub url: String,
    _folder: Option<TempDir>,
    _cluster: Option<Cluster>,
}

impl Home {
    /// A file.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let url = format!("sqlite:{}", folder.path().join("floor.db").display());
        Self {
            url,
            _folder: Some(folder),
            _cluster: None,
        }
    }

    /// A cluster.
    pub fn postgres() -> Self {
        let cluster = Cluster::start(Durability::None).expect("a cluster");
        let url = cluster.create("floor").expect("a database");
        Self {
            url,
            _folder: None,
            _cluster: Some(cluster),
        }
    }

    /// A WMS on it, with two stations and a group at each.
    pub async fn app(&self) -> App {
        let db = Db::open(&self.url).await.expect("opens");
        let accounts = Accounts::new(db.pool.clone());
        for station in 1..=2 {
            ensure_station(&db, station).await.expect("station");
            accounts.group(&format!("第{station}组")).await.expect("group");
        }
        App::new(db, scenario::load(None).expect("scenarios"))
    }
}

static SOURCE: AtomicI64 = AtomicI64::new(1);

/// What someone at a device does; sources never repeat.
pub fn envelope(act: Act) -> ActEnvelope {
    let source = format!("test:{}:{}", std::process::id(), SOURCE.fetch_add(1, Ordering::Relaxed));
    ActEnvelope {
        source,
        at: 1_764_000_000_000,
        actor: Actor::Device { device: "test".into() },
        act,
    }
}

/// Begins the first drill at a station, by the group of the same number.
pub async fn start(app: &App, station: i64) -> RunId {
    app.start_run("first-drill", station, station, Actor::System)
        .await
        .expect("starts")
        .id
}

/// An act that is taken.
pub async fn act(app: &App, run: RunId, act: Act) -> Answer {
    app.act(run, envelope(act)).await.expect("taken")
}

/// A scan that is taken.
pub async fn scan(app: &App, run: RunId, code: &str) -> Answer {
    act(
        app,
        run,
        Act::Scan {
            code: code.into(),
            seen: None,
        },
    )
    .await
}

/// A scan that is right.
pub async fn right(app: &App, run: RunId, code: &str) {
    let words = scan(app, run, code).await.words.expect("something is said");
    assert_eq!(words.mark, Mark::Right, "{code}: {words:?}");
}

/// Each suite function once for each database.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(&$crate::Home::sqlite()).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(&$crate::Home::postgres()).await;
            })*
        }
    };
}
