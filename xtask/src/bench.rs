//! `cargo xtask bench`: what the floor takes, beside what it could take at best.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{firmware, needs, shell};

#[derive(Args)]
pub struct Bench {
    /// Only these groups of rows: bus, idle, start, light, picks, term, watch
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

impl Bench {
    /// Measures with optimised programs and true images; leave the machine alone meanwhile.
    pub fn run(&self) -> Result<()> {
        if self.wants("light") || self.wants("idle") {
            needs::ensure()?;
            needs::npm("tests/pico")?;
            firmware::run()?;
        }
        let artefacts = shell::root().join("artefacts");
        std::fs::create_dir_all(&artefacts)?;
        let mut build = shell::cargo(["build", "--release", "-p", "load"]);
        build.args(["-p", "wms", "-p", "gateway", "-p", "virtual-floor"]);
        shell::run("build", &mut build)?;
        let mut load = Command::new(shell::target_dir().join("release/load"));
        load.current_dir(shell::root())
            .arg("--out")
            .arg(artefacts.join("bench.jsonl"));
        if !self.only.is_empty() {
            load.arg("--only").arg(self.only.join(","));
        }
        shell::run("bench", &mut load)
    }

    fn wants(&self, rows: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == rows)
    }
}
