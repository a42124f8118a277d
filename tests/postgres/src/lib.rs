//! A PostgreSQL cluster of a test's own: made from Debian's packages in a temporary folder, reachable at 127.0.0.1 alone,
//! gone with its handle, and gone too where the test is killed.

use std::io;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long a cluster may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why there is no cluster.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// It is not installed.
    #[error("PostgreSQL is not installed: no /usr/lib/postgresql/*/bin/initdb (Debian: apt-get install postgresql)")]
    NotInstalled,
    /// PostgreSQL refuses to run as root, and there is nobody else.
    #[error("PostgreSQL does not run as root, and there is no user postgres to run it as")]
    NoUser,
    /// A program failed.
    #[error("{program} failed: {detail}")]
    Failed {
        /// Which.
        program: String,
        /// What it said.
        detail: String,
    },
    /// It never answered.
    #[error("PostgreSQL did not answer within {} s: {log}", PATIENCE.as_secs())]
    Silent {
        /// The end of its log.
        log: String,
    },
    /// The system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Whether a commit waits for the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// It does: for measurements.
    Full,
    /// It does not: for tests, which never cut the power.
    None,
}

/// A running cluster; ends when dropped.
#[derive(Debug)]
pub struct Cluster {
    bin: PathBuf,
    port: u16,
    stop: Option<mpsc::Sender<()>>,
    keeper: Option<JoinHandle<()>>,
    _folder: TempDir,
}

impl Cluster {
    /// Makes and starts a cluster, and waits until it answers.
    ///
    /// # Errors
    /// Where PostgreSQL is not installed or does not start.
    pub fn start(durability: Durability) -> Result<Self, ClusterError> {
        let bin = newest_bin().ok_or(ClusterError::NotInstalled)?;
        let folder = tempfile::Builder::new().prefix("cangxun-postgres-").tempdir()?;
        let owner = owner()?;
        if let Some((user, group)) = owner {
            chown(folder.path(), Some(user), Some(group))?;
        }
        let data = folder.path().join("data");
        let mut initdb = as_owner(owner, &bin.join("initdb"));
        initdb.args([
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "-D",
        ]);
        run("initdb", initdb.arg(&data))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut server = as_owner(owner, &bin.join("postgres"));
        server
            .arg("-D")
            .arg(&data)
            .args(["-h", "127.0.0.1", "-p", &port.to_string(), "-k", ""]);
        if durability == Durability::None {
            server.args([
                "-c",
                "fsync=off",
                "-c",
                "synchronous_commit=off",
                "-c",
                "full_page_writes=off",
            ]);
        }
        let log = folder.path().join("log");
        let out = std::fs::File::create(&log)?;
        server.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(out);
        let mut end = as_owner(owner, &bin.join("pg_ctl"));
        end.args(["stop", "--silent", "--mode=immediate", "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let (stop, stopped) = mpsc::channel();
        // The server is to die with the thread that started it, so one thread lives for just that.
        let keeper = thread::spawn(move || {
            let Ok(mut child) = server.spawn() else { return };
            let _ = stopped.recv();
            // Asked first, so that it gives its shared memory back.
            let _ = end.status();
            let _ = child.kill();
            let _ = child.wait();
        });
        let cluster = Self {
            bin,
            port,
            stop: Some(stop),
            keeper: Some(keeper),
            _folder: folder,
        };
        cluster.wait(&log)?;
        Ok(cluster)
    }

    /// Address of a database of this name.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes an empty database; its address.
    ///
    /// # Errors
    /// Where there is one of that name.
    pub fn create(&self, database: &str) -> Result<String, ClusterError> {
        run("createdb", self.client("createdb").arg(database))?;
        Ok(self.url(database))
    }

    /// Writes a database out as plain SQL, without owners.
    ///
    /// # Errors
    /// Where there is no such database.
    pub fn dump(&self, database: &str, file: &Path) -> Result<(), ClusterError> {
        let mut dump = self.client("pg_dump");
        dump.args(["--no-owner", "--no-privileges", "--file"])
            .arg(file)
            .arg(database);
        run("pg_dump", &mut dump)?;
        // What stands between these two lines is data; a client older than they are refuses them.
        let text = std::fs::read_to_string(file)?;
        let kept = text
            .lines()
            .filter(|line| !line.starts_with("\\restrict ") && !line.starts_with("\\unrestrict "));
        std::fs::write(file, kept.collect::<Vec<_>>().join("\n") + "\n")?;
        Ok(())
    }

    /// Reads what [`Self::dump`] wrote into an empty database.
    ///
    /// # Errors
    /// Where a statement fails.
    pub fn restore(&self, database: &str, file: &Path) -> Result<(), ClusterError> {
        let mut psql = self.client("psql");
        psql.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file"])
            .arg(file)
            .arg(database);
        run("psql", &mut psql)
    }

    /// One of PostgreSQL's own programs, that will connect to this cluster.
    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.bin.join(program));
        command.args(["-h", "127.0.0.1", "-U", "postgres", "-p", &self.port.to_string()]);
        command
    }

    fn wait(&self, log: &Path) -> Result<(), ClusterError> {
        let begin = Instant::now();
        loop {
            let mut ready = Command::new(self.bin.join("pg_isready"));
            ready.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
            if ready.status()?.success() {
                return Ok(());
            }
            let ended = self.keeper.as_ref().is_none_or(JoinHandle::is_finished);
            if ended || begin.elapsed() > PATIENCE {
                let text = std::fs::read_to_string(log).unwrap_or_default();
                let tail: Vec<&str> = text.lines().rev().take(5).collect();
                return Err(ClusterError::Silent {
                    log: tail.into_iter().rev().collect::<Vec<_>>().join("; "),
                });
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(keeper) = self.keeper.take() {
            let _ = keeper.join();
        }
    }
}

/// The newest version's programs.
fn newest_bin() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let number = |path: &Path| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest = versions
        .filter_map(|entry| Some((number(&entry.path())?, entry.path())))
        .max()?
        .1
        .join("bin");
    newest.join("initdb").exists().then_some(newest)
}

/// Whom to run it as: nobody else where we are not root.
fn owner() -> Result<Option<(u32, u32)>, ClusterError> {
    if std::fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd")?;
    let line = users
        .lines()
        .find(|line| line.starts_with("postgres:"))
        .ok_or(ClusterError::NoUser)?;
    let fields: Vec<&str> = line.split(':').collect();
    let id = |index: usize| fields.get(index).and_then(|field| field.parse().ok());
    Ok(Some(id(2).zip(id(3)).ok_or(ClusterError::NoUser)?))
}

/// A program run as the owner, killed with the thread that starts it.
fn as_owner(owner: Option<(u32, u32)>, program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]);
    if let Some((user, group)) = owner {
        command.args([
            "--reuid",
            &user.to_string(),
            "--regid",
            &group.to_string(),
            "--clear-groups",
        ]);
    }
    command.arg("--").arg(program);
    command
}

fn run(program: &str, command: &mut Command) -> Result<(), ClusterError> {
    let failed = |detail: String| ClusterError::Failed {
        program: program.to_owned(),
        detail,
    };
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_is_gone_with_its_handle() {
        let cluster = Cluster::start(Durability::None).expect("a cluster");
        cluster.create("one").expect("a database");
        assert!(matches!(cluster.create("one"), Err(ClusterError::Failed { .. })));
        let (port, folder) = (cluster.port, cluster._folder.path().to_owned());
        drop(cluster);
        assert!(!folder.exists());
        assert!(TcpListener::bind(("127.0.0.1", port)).is_ok(), "the port is free again");
    }
}
