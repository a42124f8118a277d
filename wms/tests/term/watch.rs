//! Hears the statements that are made, from what the database's driver tells of each.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::{Mutex as Turn, MutexGuard as Alone};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

#[derive(Default)]
struct Heard {
    statements: BTreeSet<String>,
    rows: u64,
    /// Asked since the count began.
    since: Vec<String>,
}

static HEARD: Mutex<Heard> = Mutex::new(Heard {
    statements: BTreeSet::new(),
    rows: 0,
    since: Vec::new(),
});
static ALONE: Turn<()> = Turn::const_new(());

fn heard() -> MutexGuard<'static, Heard> {
    HEARD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Hears this process's statements; one at a time.
pub struct Watch(#[allow(dead_code)] Alone<'static, ()>);

impl Watch {
    pub async fn start() -> Self {
        static EAR: OnceLock<()> = OnceLock::new();
        let alone = ALONE.lock().await;
        EAR.get_or_init(|| {
            let ear = tracing_subscriber::registry().with(Ear);
            tracing::subscriber::set_global_default(ear).expect("nobody else listens");
        });
        *heard() = Heard::default();
        Self(alone)
    }

    /// Counts rows and statements from here on.
    pub fn begin(&self) {
        let mut heard = heard();
        heard.rows = 0;
        heard.since.clear();
    }

    /// What was asked since.
    pub fn since(&self) -> Vec<String> {
        heard().since.clone()
    }

    /// Rows that were read since.
    pub fn rows(&self) -> u64 {
        heard().rows
    }

    /// All that was asked so far.
    pub fn statements(&self) -> BTreeSet<String> {
        heard().statements.clone()
    }
}

struct Ear;

impl<S: Subscriber> Layer<S> for Ear {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != "sqlx::query" {
            return;
        }
        let mut told = Told::default();
        event.record(&mut told);
        let sql = if told.statement.trim().is_empty() {
            told.summary
        } else {
            told.statement
        };
        let sql = sql.trim();
        let reads = sql.starts_with("SELECT") && !sql.contains("pg_notify") && !sql.contains("information_schema");
        if reads && !sql.contains("sqlite_master") && !sql.contains("_sqlx_migrations") && sql.contains(" FROM ") {
            let mut heard = heard();
            heard.rows += told.rows;
            heard.since.push(sql.to_owned());
            heard.statements.insert(sql.to_owned());
        }
    }
}

#[derive(Default)]
struct Told {
    summary: String,
    statement: String,
    rows: u64,
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.statement),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "rows_returned" {
            self.rows = value;
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
