//! `cargo xtask test`: every check, in the order in which a mistake is found soonest.

use std::time::Instant;

use anyhow::{Result, bail};
use clap::Args;

use crate::{arrows, firmware, needs, shell};

#[derive(Args)]
pub struct Test {
    /// Only these steps (see --list)
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Name the steps
    #[arg(long)]
    list: bool,
}

struct Step {
    name: &'static str,
    what: &'static str,
    run: fn() -> Result<()>,
}

const STEPS: &[Step] = &[
    Step {
        name: "needs",
        what: "Debian and Node packages the tests use",
        run: needs,
    },
    Step {
        name: "format",
        what: "rustfmt",
        run: format,
    },
    Step {
        name: "arrows",
        what: "which room may know which",
        run: arrows::run,
    },
    Step {
        name: "lints",
        what: "clippy without a warning",
        run: lints,
    },
    Step {
        name: "licences",
        what: "cargo deny, where it is installed",
        run: licences,
    },
    Step {
        name: "firmware",
        what: "the Pico images, within their budgets",
        run: firmware::run,
    },
    Step {
        name: "rust",
        what: "rules, wire, gateway, WMS on SQLite and PostgreSQL, whole floor, emulated chips",
        run: rust,
    },
    Step {
        name: "deaf",
        what: "the WMS on PostgreSQL without word between processes",
        run: deaf,
    },
    Step {
        name: "emulator",
        what: "the emulated chips' own tests",
        run: emulator,
    },
    Step {
        name: "browser",
        what: "the drill in Chromium, screenshots into artefacts/",
        run: browser,
    },
];

impl Test {
    pub fn run(&self) -> Result<()> {
        if self.list {
            STEPS.iter().for_each(|step| println!("{:10} {}", step.name, step.what));
            return Ok(());
        }
        if let Some(unknown) = self
            .only
            .iter()
            .find(|name| STEPS.iter().all(|step| step.name != **name))
        {
            bail!("no step is called {unknown}; cargo xtask test --list names them");
        }
        let begin = Instant::now();
        for step in STEPS
            .iter()
            .filter(|step| self.only.is_empty() || self.only.iter().any(|name| name == step.name))
        {
            eprintln!("══ {}: {}", step.name, step.what);
            (step.run)()?;
        }
        eprintln!("══ all well after {:.0} s", begin.elapsed().as_secs_f32());
        Ok(())
    }
}

fn needs() -> Result<()> {
    needs::ensure()?;
    needs::npm("tests/pico")?;
    needs::npm("tests/browser")
}

fn format() -> Result<()> {
    shell::run("rustfmt", &mut shell::cargo(["fmt", "--all", "--check"]))?;
    let mut pico = shell::program("cargo", ["fmt", "--all", "--check"]);
    shell::run(
        "rustfmt of the images",
        pico.current_dir(shell::root().join("firmware/pico")),
    )
}

fn lints() -> Result<()> {
    shell::run(
        "clippy",
        &mut shell::cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    )?;
    firmware::lints()
}

fn rust() -> Result<()> {
    shell::run("build", &mut shell::cargo(["build", "--workspace", "--bins"]))?;
    if shell::has("cargo-nextest") {
        shell::run(
            "tests",
            &mut shell::cargo(["nextest", "run", "--workspace", "--no-fail-fast"]),
        )
    } else {
        shell::run("tests", &mut shell::cargo(["test", "--workspace", "--no-fail-fast"]))
    }
}

/// Word between processes only saves time: what holds with it holds without.
fn deaf() -> Result<()> {
    let mut tests = if shell::has("cargo-nextest") {
        let postgres = "test(on_postgres) + test(processes)";
        shell::cargo(["nextest", "run", "-p", "wms", "--no-fail-fast", "-E", postgres])
    } else {
        shell::cargo(["test", "-p", "wms", "--no-fail-fast", "on_postgres"])
    };
    shell::run("tests", tests.env("CANGXUN_NOTIFY", "off"))
}

fn browser() -> Result<()> {
    shell::run("build", &mut shell::cargo(["build", "--workspace", "--bins"]))?;
    let mut node = shell::program("node", ["--test", "--test-reporter=spec", "tests/browser/"]);
    node.env("CANGXUN_BIN", shell::target_dir().join("debug"))
        .env("CANGXUN_ARTEFACTS", shell::root().join("artefacts"));
    shell::run("browser", &mut node)
}

/// Licences, bans and sources are decided by the lock file; advisories need a database from outside, so they only warn.
fn licences() -> Result<()> {
    if !shell::has("cargo-deny") {
        eprintln!("── cargo-deny is not installed, so licences are not checked: cargo install --locked cargo-deny");
        return Ok(());
    }
    shell::run(
        "licences",
        &mut shell::cargo(["deny", "check", "licenses", "bans", "sources"]),
    )?;
    if let Err(error) = shell::run("advisories", &mut shell::cargo(["deny", "check", "advisories"])) {
        eprintln!("── advisories could not be checked, or there are some: {error}");
    }
    Ok(())
}

fn emulator() -> Result<()> {
    let mut node = shell::program("node", ["--test", "--test-reporter=spec"]);
    shell::run("emulator", node.current_dir(shell::root().join("tests/pico")))
}
