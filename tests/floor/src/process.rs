//! One process of the floor: started, killed, started again, ended with the test.

use std::future::Future;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::clock::WallClock;

/// A process that ends when it is dropped. What it said is copied to the folder `CANGXUN_KEEP_LOGS`, where that is set.
pub struct Process {
    name: String,
    program: PathBuf,
    args: Vec<String>,
    clock: Option<WallClock>,
    log: PathBuf,
    child: Option<Child>,
}

impl Process {
    /// Starts one of the workspace's binaries; what it prints goes to `folder/name.log`.
    ///
    /// # Errors
    /// When the binary was not built or can't be started.
    pub fn start(name: &str, label: &str, args: Vec<String>, folder: &Path) -> Result<Self> {
        let mut process = Self {
            name: label.to_owned(),
            program: binary(name)?,
            args,
            clock: None,
            log: folder.join(format!("{label}.log")),
            child: None,
        };
        process.begin()?;
        Ok(process)
    }

    /// From its next start on it reads this wall clock.
    pub fn set_clock(&mut self, clock: &WallClock) {
        self.clock = Some(clock.clone());
    }

    /// Starts it again with the same arguments, after [`Self::kill`].
    ///
    /// # Errors
    /// When it can't be started.
    pub fn begin(&mut self) -> Result<()> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(&self.log)?;
        let mut command = Command::new(&self.program);
        if let Some(clock) = &self.clock {
            clock.give_to(&mut command)?;
        }
        let child = command
            .args(&self.args)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .env("RUST_BACKTRACE", "1")
            .spawn()
            .with_context(|| format!("{} could not be started", self.name))?;
        self.child = Some(child);
        Ok(())
    }

    /// SIGKILL: the process gets no chance to tidy up.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// What it has printed so far.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Whether it still runs.
    pub fn running(&mut self) -> bool {
        self.child
            .as_mut()
            .is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// Process id, where it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        if let Some(folder) = std::env::var_os("CANGXUN_KEEP_LOGS") {
            let _ = std::fs::create_dir_all(&folder);
            let _ = std::fs::copy(&self.log, Path::new(&folder).join(format!("{}.log", self.name)));
        }
        if std::thread::panicking() {
            let log = self.log();
            let tail: Vec<&str> = log.lines().rev().take(40).collect();
            eprintln!("--- {} said last:", self.name);
            tail.iter().rev().for_each(|line| eprintln!("{line}"));
        }
    }
}

/// Where a binary of the workspace was built: beside this program.
///
/// # Errors
/// When it is not there.
pub fn binary(name: &str) -> Result<PathBuf> {
    built(name)?.with_context(|| {
        format!("{name} is missing: cargo build --workspace --bins first, or use cargo xtask test or cargo xtask bench")
    })
}

/// What a build left under this name, at or above this program's own folder: a test lies in `target/PROFILE/deps`, a
/// program in `target/PROFILE`, images in `target/firmware-images`.
pub(crate) fn built(name: &str) -> Result<Option<PathBuf>> {
    let program = std::env::current_exe()?;
    let folders = program.ancestors().skip(1).take(3);
    Ok(folders.map(|folder| folder.join(name)).find(|path| path.is_file()))
}

/// A port nobody listens on now.
///
/// # Errors
/// When the system has none.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Asks again and again until there is an answer; the limit only ends a test that would hang.
///
/// # Errors
/// After 60 s, with the last reason.
pub async fn until<T, F, Fut>(what: &str, mut ask: F) -> Result<T>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T>>,
{
    let begin = Instant::now();
    loop {
        match ask().await {
            Ok(answer) => return Ok(answer),
            Err(reason) if begin.elapsed() > Duration::from_secs(60) => {
                return Err(reason.context(format!("waited 60 s for: {what}")));
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(25)).await,
        }
    }
}
