//! The store, the clerks and the check: the same suite on SQLite and on a real PostgreSQL.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

#[path = "../common/mod.rs"]
mod common;
mod drill;
mod files;
mod floor;
mod goldens;
mod ledger;
mod panics;
mod person;
mod processes;

use common::Home;
use common::hands::{act, envelope};
use rules::{Actor, RunId};
use wms::engine::App;
use wms::identity::Accounts;
use wms::store::{Db, ensure_station};

impl Home {
    /// A WMS on it, with two stations and a group at each.
    pub async fn app(&self) -> App {
        Self::app_on(Db::open(&self.url).await.expect("opens")).await
    }

    /// One that hears no other.
    pub async fn deaf_app(&self) -> App {
        Self::app_on(Db::open(&self.url).await.expect("opens").deaf()).await
    }

    async fn app_on(db: Db) -> App {
        let accounts = Accounts::new(db.clone());
        for station in 1..=2 {
            ensure_station(&db, station).await.expect("station");
            accounts.group(&format!("第{station}组")).await.expect("group");
        }
        App::new(db, wms::engine::scenarios::load(None).expect("scenarios"))
    }
}

/// Begins the first drill at a station, by the group of the same number.
pub async fn start(app: &App, station: i64) -> RunId {
    app.start_run("first-drill", station, station, Actor::System)
        .await
        .expect("starts")
        .id
}
