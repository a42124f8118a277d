//! A real PostgreSQL in a folder of its own, from Debian's packages, gone with the test.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use crate::process::free_port;

/// A throwaway cluster.
pub struct Cluster {
    folder: TempDir,
    binaries: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes and starts a cluster on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub fn start() -> Result<Self> {
        let binaries = binaries()?;
        let folder = tempfile::Builder::new().prefix("cangxun-postgres-").tempdir()?;
        let port = free_port()?;
        let cluster = Self { folder, binaries, port };
        if is_root() {
            // PostgreSQL refuses to run as root.
            let done = Command::new("chown")
                .arg("postgres")
                .arg(cluster.folder.path())
                .status()?;
            ensure!(done.success(), "chown: {done}");
        }
        let data = cluster.data();
        cluster.run(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "floor",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
        )?;
        let options =
            format!("-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=80",);
        let log = cluster.folder.path().join("log").to_string_lossy().into_owned();
        cluster.run("pg_ctl", &["-D", &data, "-o", &options, "-l", &log, "-w", "start"])?;
        Ok(cluster)
    }

    /// A new, empty database in it.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn database(&self, name: &str) -> Result<String> {
        let port = self.port.to_string();
        self.run("createdb", &["-h", "127.0.0.1", "-p", &port, "-U", "floor", name])?;
        Ok(format!("postgres://floor@127.0.0.1:{port}/{name}"))
    }

    fn data(&self) -> String {
        self.folder.path().join("data").to_string_lossy().into_owned()
    }

    fn run(&self, program: &str, args: &[&str]) -> Result<()> {
        let program = self.binaries.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
                .arg(&program);
            command
        } else {
            Command::new(&program)
        };
        // Into a file: the server keeps its starter's output open, and would keep us waiting for its end.
        let said = tempfile::NamedTempFile::new()?;
        let status = command
            .args(args)
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(said.reopen()?)
            .stderr(said.reopen()?)
            .status()
            .with_context(|| format!("{} could not be started", program.display()))?;
        if !status.success() {
            bail!(
                "{} ended with {status}: {}",
                program.display(),
                std::fs::read_to_string(said.path())?
            );
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.data();
        let _ = self.run("pg_ctl", &["-D", &data, "-m", "immediate", "stop"]);
    }
}

fn binaries() -> Result<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let found = versions
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .max();
    found.context("PostgreSQL is missing: apt-get install postgresql, or use cargo xtask test")
}

fn is_root() -> bool {
    Path::new("/proc/self")
        .metadata()
        .is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}
