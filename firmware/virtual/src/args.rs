//! What the command line says.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

/// Virtual nodes: shelf, scanner, printer and scale of some stations, with a front panel in the browser.
#[derive(Clone, Debug, Parser)]
#[command(name = "virtual-floor", version)]
pub struct Args {
    /// Stations, each with a shelf, a scanner, a printer and a scale
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub stations: u8,
    /// Folder for the ports (symbolic links to pseudo terminals, `station-1-shelf` …)
    #[arg(long)]
    pub ports: PathBuf,
    /// Address of the front panel
    #[arg(long, default_value = "127.0.0.1:8090")]
    pub panel: SocketAddr,
    /// Goods and locations whose codes can be clicked: a scenario or case file
    #[arg(long)]
    pub codes: Option<PathBuf>,
    /// Folder where the nodes keep their settings; without it they forget them
    #[arg(long)]
    pub data: Option<PathBuf>,
}
