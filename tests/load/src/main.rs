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
    // Told as they come: what fails later takes no row with it.
    let tell = |rows: Vec<row::Row>| row::print(&rows, &cli.out);
    if wanted("bus") {
        for baud in [250_000, 1_000_000] {
            tell(bus::rows(baud)?)?;
        }
    }
    if wanted("idle") {
        tell(idle::rows().await?)?;
    }
    if wanted("start") {
        tell(start::rows().await?)?;
    }
    if wanted("light") {
        tell(light::rows().await?)?;
    }
    if wanted("picks") {
        tell(picks::rows().await?)?;
    }
    if wanted("term") {
        tell(term::rows().await?)?;
    }
    if wanted("watch") {
        tell(watch::rows().await?)?;
    }
    println!("one JSON line each in {}", cli.out.display());
    Ok(())
}
