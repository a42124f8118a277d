//! The project's own commands. `cargo xtask --help` lists them.

mod arrows;
mod bench;
mod firmware;
mod needs;
mod shell;
mod test;
mod tree;
mod up;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "仓训 Cangxun: build, run and test the training floor")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the whole floor: WMS on SQLite, gateway, virtual nodes, a drill ready to start
    Up(up::Up),
    /// Run every check and test, installing what they need where that is allowed
    Test(test::Test),
    /// Measure, each figure beside the limit it is held against
    Bench(bench::Bench),
    /// Build the Pico images and hold their size against the budget
    Firmware,
}

fn main() -> anyhow::Result<()> {
    tree::settle()?;
    match Cli::parse().command {
        Command::Up(up) => up.run(),
        Command::Test(test) => test.run(),
        Command::Bench(bench) => bench.run(),
        Command::Firmware => firmware::run(),
    }
}
