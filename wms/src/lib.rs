//! 仓训: the warehouse management system of a training floor.
//!
//! What an act means stands in the crate `rules`, how it looks on paper in `print`. Here is what runs: [`store`] keeps, the
//! [`engine`]'s clerks decide and commit, [`floor`] talks with gateways, [`http`] lets people and programs in, [`access`] says
//! who may do what, [`api`] and [`pages`] face them. Each room knows those before it and none behind it, which
//! `cargo xtask test --only arrows` holds.

pub mod access;
pub mod api;
pub mod clock;
pub mod engine;
pub mod floor;
pub mod http;
pub mod identity;
pub mod pages;
pub mod panics;
pub mod serve;
pub mod store;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use axum::Router;
use axum::routing::get;
use rules::core::clock::Zone;
use rules::scenario::ScenarioError;
use tokio::net::TcpListener;

use crate::engine::{App, scenarios};
use crate::floor::Floor;
use crate::http::{Gate, Hosts, NoHost, Site, Web};
use crate::identity::{Accounts, IdentityError, NewAccount};
use crate::serve::Ending;
use crate::store::{Db, DbError, Difference, StoreError};

/// Fewest characters of an enrolment key. An empty one would welcome any gateway.
pub const SHORTEST_KEY: usize = 16;
/// Stations that a demo floor begins with.
const DEMO_STATIONS: i64 = 2;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite:FILE` or `postgres://…`.
    pub database: String,
    /// Address of the pages.
    pub listen: SocketAddr,
    /// Enrolment key that gateways show.
    pub key: String,
    /// People and stations to try it with.
    pub demo: bool,
    /// Address of the virtual nodes' front panel.
    pub panel_url: Option<String>,
    /// Folder with a school's own scenarios.
    pub scenarios: Option<PathBuf>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// Names under which the server answers, besides the machine's own.
    pub hosts: Vec<String>,
    /// The school's zone: what pages and papers show, and the day that numbers bear.
    pub zone: Zone,
}

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The database can't be used.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A scenario file is wrong.
    #[error("a scenario can't be used: {0}")]
    Scenario(#[from] ScenarioError),
    /// People could not be set up.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// Rows can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The enrolment key is none that keeps anybody out.
    #[error(
        "the enrolment key has {found} characters and needs {SHORTEST_KEY}: draw one with `openssl rand -hex 16`, and give it to \
         every gateway"
    )]
    Key {
        /// Its characters.
        found: usize,
    },
    /// A name to be known by is none.
    #[error(transparent)]
    Host(#[from] NoHost),
    /// The address can't be had.
    #[error("{listen} can't be listened on ({error}): end the program that uses it, or choose another with --listen")]
    Listen {
        /// Which.
        listen: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// Nobody has that login.
    #[error("nobody signs in as {0:?}; logins are in small letters")]
    NoLogin(String),
    /// The server broke.
    #[error("the server broke: {0}")]
    Io(#[from] std::io::Error),
    /// Figures that should be equal are not.
    #[error("{} figures differ:\n{}", .0.len(), list(.0))]
    Differs(Vec<Difference>),
}

fn list(differences: &[Difference]) -> String {
    let line = |difference: &Difference| {
        let Difference {
            run,
            what,
            ledger,
            other,
        } = difference;
        format!("  run {run}: {what}: {ledger} by the ledger, {other} found")
    };
    differences.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Everything that answers on one address.
///
/// # Errors
/// Where the database, a scenario or the demo's people can't be used.
pub async fn router(settings: &Settings) -> Result<Router, ServeError> {
    Ok(router_until(settings, &Ending::default()).await?.0)
}

async fn router_until(settings: &Settings, ending: &Ending) -> Result<(Router, Db), ServeError> {
    let db = Db::open(&settings.database).await?;
    store::write_first(&db).await?;
    tokio::spawn(db.health().clone().watch(db.clone()));
    let accounts = Accounts::new(db.clone());
    if settings.demo {
        identity::demo::seed(&accounts, clock::now()).await?;
        for station in 1..=DEMO_STATIONS {
            store::ensure_station(&db, station).await?;
        }
    }
    let scenarios = scenarios::load(settings.scenarios.as_deref())?;
    let app = App::in_zone(db.clone(), scenarios, settings.zone.clone());
    app.know_runs().await?;
    let floor = Floor::new(app.clone(), settings.key.clone(), settings.demo).until(ending);
    floor.watch_clocks();
    let gate = Gate::new(accounts, settings.demo, &settings.proxies).known_as(Hosts::new(&settings.hosts)?);
    let site = Site {
        panel_url: settings.panel_url.as_deref().map(Into::into),
        demo: settings.demo,
        zone: settings.zone.clone(),
        health: app.db().health().clone(),
    };
    let health = Router::new()
        .route("/health", get(http::health))
        .with_state(app.db().clone());
    let web = Web::new(gate, site, app, floor.clone());
    let (pages, _) = pages::router(&web);
    let machines = Router::new().route("/uplink", get(floor::uplink)).with_state(floor);
    let machines = http::told(&web.site, machines);
    let all = machines.merge(health).merge(pages);
    Ok((serve::with_streams_that_end(all, ending), db))
}

/// Serves until it is asked to end.
///
/// # Errors
/// Says what to do, where something can't be used.
pub async fn serve(settings: Settings) -> Result<(), ServeError> {
    let listen = settings.listen;
    let found = settings.key.trim().chars().count();
    if found < SHORTEST_KEY {
        return Err(ServeError::Key { found });
    }
    // The address first: a second server must not touch the first one's database.
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| ServeError::Listen { listen, error })?;
    let _lock = Db::lock(&settings.database).await?;
    let ending = Ending::default();
    let (router, db) = router_until(&settings, &ending).await?;
    tracing::info!(%listen, "the WMS serves");
    serve::serve(listener, router, &settings.proxies, &ending, asked_to_end()).await;
    db.save().await;
    Ok(())
}

async fn asked_to_end() {
    let mut term = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(term) => term,
        Err(error) => {
            tracing::warn!(%error, "only Ctrl+C ends this server");
            let _ = tokio::signal::ctrl_c().await;
            return;
        }
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// The API's document, as a running server serves it at `/api/openapi.json`.
pub fn openapi() -> serde_json::Value {
    http::openapi::document(pages::routes().table())
}

/// Makes an account, so that a first instructor can sign in.
///
/// # Errors
/// Where the database can't be used, the login is taken or the password too short.
pub async fn add_account(database: &str, account: NewAccount<'_>) -> Result<(), ServeError> {
    let db = Db::open(database).await?;
    let login = account.login.to_owned();
    let named = format!("{}{}", account.name, account.group.unwrap_or_default());
    Accounts::new(db.clone()).add(account, clock::now()).await?;
    println!("{login} can sign in now");
    if let Some(missing) = print::fonts::unprintable(&named) {
        eprintln!("wms: {}", rules::locale::Lang::of_environment().words().say(&missing));
    }
    Ok(())
}

/// Prints all that is kept of one person, as JSON.
///
/// # Errors
/// Where the database can't be used, or nobody has the login.
pub async fn export_person(database: &str, login: &str) -> Result<(), ServeError> {
    let db = Db::open_existing(database).await?;
    let file = store::person::export(&db, login).await?;
    let file = file.ok_or_else(|| ServeError::NoLogin(login.to_owned()))?;
    println!("{}", serde_json::to_string_pretty(&file).map_err(StoreError::from)?);
    Ok(())
}

/// Erases one person's name, login, password and own words; what they did stays, under their number.
///
/// # Errors
/// Where the database can't be used, or nobody has the login.
pub async fn erase_person(database: &str, login: &str) -> Result<(), ServeError> {
    let db = Db::open_existing(database).await?;
    let erased = store::person::erase(&db, login).await?;
    let store::person::Erased { texts, sessions, kept } =
        erased.ok_or_else(|| ServeError::NoLogin(login.to_owned()))?;
    println!("erased: name, login and password of {login}, own words of {texts} acts, {sessions} sessions");
    println!("a server that runs on this database remembers the words until it is started again");
    if kept > 0 {
        println!("{kept} acts of formats 1 and 2 hold the name itself: acts are never changed");
    }
    Ok(())
}

/// Proves that balances, ledger and papers agree, and says so.
///
/// # Errors
/// Where they don't, with each difference.
pub async fn check(database: &str) -> Result<(), ServeError> {
    let db = Db::open_existing(database).await?;
    let report = store::check_all(&db).await?;
    if report.differences.is_empty() {
        println!(
            "{} movements, {} balances: ledger, balances and papers agree",
            report.movements, report.balances
        );
        return Ok(());
    }
    Err(ServeError::Differs(report.differences))
}
