//! What the floor takes, beside what it could take at best: `cargo xtask bench`.

mod bare;
mod bus;
mod idle;
mod light;
mod memory;
mod node;
mod picks;
mod row;
mod start;
mod term;
mod watch;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

#[derive(Parser)]
struct Cli {
    /// Where the JSON lines go
    #[arg(long, default_value = "bench.jsonl")]
    out: PathBuf,
    /// Only these: bus, idle, light, picks, start, term, watch
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let cli = Cli::parse();
    let wanted = |name: &str| cli.only.is_empty() || cli.only.iter().any(|only| only == name);
    let mut rows = Vec::new();
    if wanted("bus") {
        for baud in [250_000, 1_000_000] {
            rows.extend(bus::rows(baud)?);
        }
    }
    if wanted("idle") {
        rows.extend(idle::rows().await?);
    }
    if wanted("start") {
        rows.extend(start::rows().await?);
    }
    if wanted("light") {
        rows.extend(light::rows().await?);
    }
    if wanted("picks") {
        rows.extend(picks::rows().await?);
    }
    if wanted("term") {
        rows.extend(term::rows().await?);
    }
    if wanted("watch") {
        rows.extend(watch::rows().await?);
    }
    row::print(&rows, &cli.out)
}
