//! `wms`: serves a training floor, or proves its stock.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use rules::core::clock::Zone;
use rules::core::crew::Role;
use wms::Settings;
use wms::http::{Hosts, NoHost};
use wms::identity::NewAccount;

#[derive(Parser)]
#[command(
    name = "wms",
    version,
    about = "仓训 WMS: the warehouse management system of a training floor"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The database that a command works on.
#[derive(Args)]
struct Database {
    /// sqlite:FILE or postgres://…
    #[arg(
        long = "database",
        value_name = "DATABASE",
        default_value = "sqlite:cangxun.db",
        env = "CANGXUN_DATABASE",
        hide_env_values = true
    )]
    url: String,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages, API and gateways
    Serve {
        #[command(flatten)]
        database: Database,
        /// Address of the pages
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// Enrolment key that gateways show
        #[arg(long, env = "CANGXUN_ENROLMENT_KEY", hide_env_values = true)]
        key: String,
        /// Set up people and stations to try it with, and let anyone sign in as them
        #[arg(long)]
        demo: bool,
        /// Address of the virtual nodes' front panel, shown beside the pages
        #[arg(long)]
        panel_url: Option<String>,
        /// Folder with a school's own scenarios
        #[arg(long)]
        scenarios: Option<PathBuf>,
        /// Address of a proxy in front, whose X-Forwarded-For is believed; may be given more than once
        #[arg(long = "trusted-proxy", value_name = "ADDRESS")]
        proxies: Vec<IpAddr>,
        /// Another name or address by which people open the pages, as a proxy's; may be given more than once
        #[arg(long = "known-host", value_name = "NAME", value_parser = host)]
        hosts: Vec<String>,
        /// The school's time zone, by its IANA name; the machine's own is not asked
        #[arg(long, value_name = "NAME", default_value = Zone::USUAL, value_parser = Zone::of_name, env = "CANGXUN_TIME_ZONE")]
        time_zone: Zone,
    },
    /// Make an account; its password is read from the standard input
    AddAccount {
        #[command(flatten)]
        database: Database,
        /// What they sign in with
        #[arg(long)]
        login: String,
        /// Name as it is shown
        #[arg(long)]
        name: String,
        /// student, instructor or technician
        #[arg(long, value_parser = role)]
        role: Role,
        /// A student's group; made where it is new
        #[arg(long, required_if_eq("role", "student"))]
        group: Option<String>,
    },
    /// Prove that balances, ledger and papers agree
    Check {
        #[command(flatten)]
        database: Database,
    },
    /// Print all that is kept of one person, as JSON: account, acts, their own words
    ExportPerson {
        #[command(flatten)]
        database: Database,
        /// What they sign in with
        #[arg(long)]
        login: String,
    },
    /// Erase one person's name, login, password and own words. What they did stays, under their number. There is no way back
    ErasePerson {
        #[command(flatten)]
        database: Database,
        /// What they sign in with
        #[arg(long)]
        login: String,
        /// That it is meant
        #[arg(long, required = true)]
        yes: bool,
    },
    /// Print the API's document, OpenAPI 3.1, for programs that make clients or tests of it
    Openapi,
}

fn host(name: &str) -> Result<String, NoHost> {
    let name = name.to_owned();
    Hosts::new(std::slice::from_ref(&name)).map(|_| name)
}

fn role(code: &str) -> Result<Role, String> {
    Role::from_code(code).ok_or_else(|| "student, instructor or technician".to_owned())
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env();
    let filter = filter.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // A log that can't be written, as on a full disk, would otherwise panic whoever logs.
        .log_internal_errors(false)
        .init();
    let done = match Cli::parse().command {
        Command::Serve {
            database,
            listen,
            key,
            demo,
            panel_url,
            scenarios,
            proxies,
            hosts,
            time_zone,
        } => {
            let settings = Settings {
                database: database.url,
                listen,
                key,
                demo,
                panel_url,
                scenarios,
                proxies,
                hosts,
                zone: time_zone,
            };
            wms::serve(settings).await
        }
        Command::AddAccount {
            database,
            login,
            name,
            role,
            group,
        } => {
            let mut password = String::new();
            eprintln!("password for {login}:");
            let read = std::io::stdin().read_line(&mut password);
            let account = NewAccount {
                login: &login.trim().to_lowercase(),
                name: &name,
                role,
                group: group.as_deref(),
                password: Some(password.trim_end_matches(['\r', '\n'])),
            };
            match read {
                Ok(_) => wms::add_account(&database.url, account).await,
                Err(error) => Err(error.into()),
            }
        }
        Command::Check { database } => wms::check(&database.url).await,
        Command::ExportPerson { database, login } => wms::export_person(&database.url, &login).await,
        Command::ErasePerson { database, login, .. } => wms::erase_person(&database.url, &login).await,
        Command::Openapi => {
            println!("{:#}", wms::openapi());
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wms: {error}");
            ExitCode::FAILURE
        }
    }
}
