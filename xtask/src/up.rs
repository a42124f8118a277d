//! `cargo xtask up`: the whole floor on this machine.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::shell;

#[derive(Args)]
pub struct Up {
    /// Port of the pages
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Port of the virtual nodes' front panel
    #[arg(long, default_value_t = 8090)]
    panel_port: u16,
    /// Port of the gateway's metrics and status
    #[arg(long, default_value_t = 8091)]
    status_port: u16,
    /// Stations, each with a shelf of 24 positions, a scanner, a printer and a scale
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=8))]
    stations: u8,
    /// Where the floor keeps its data; remove the folder to begin anew
    #[arg(long, default_value = "floor-data")]
    data: PathBuf,
    /// Database instead of the SQLite file in the data folder (postgres://…)
    #[arg(long)]
    database: Option<String>,
    /// Optimised builds: slower to build, quicker to run
    #[arg(long)]
    release: bool,
}

/// A part of the floor, with the name people see.
struct Part {
    name: &'static str,
    child: Child,
}

impl Up {
    pub fn run(&self) -> Result<()> {
        let begin = Instant::now();
        for (port, flag) in [
            (self.port, "--port"),
            (self.panel_port, "--panel-port"),
            (self.status_port, "--status-port"),
        ] {
            free(port, flag)?;
        }
        eprintln!("── building WMS, gateway and virtual nodes (the first time takes some minutes)");
        let mut build = vec!["build", "-p", "wms", "-p", "gateway", "-p", "virtual-floor"];
        build.extend(self.release.then_some("--release"));
        shell::run("build", &mut shell::cargo(build))?;

        let data = std::path::absolute(&self.data)?;
        let ports = data.join("ports");
        std::fs::create_dir_all(&ports).with_context(|| format!("{} can't be made", ports.display()))?;
        let key = enrolment_key(&data)?;
        let database = self
            .database
            .clone()
            .unwrap_or_else(|| format!("sqlite:{}", data.join("floor.db").display()));
        let web = SocketAddr::from(([127, 0, 0, 1], self.port));
        let panel = SocketAddr::from(([127, 0, 0, 1], self.panel_port));
        let status = SocketAddr::from(([127, 0, 0, 1], self.status_port));

        let (stop, stopped) = channel();
        ctrlc::set_handler(move || {
            let _ = stop.send(());
        })?;
        let mut parts = Vec::new();
        let mut start = |name: &'static str, args: &[&str]| -> Result<()> {
            let child = Command::new(self.binary(name))
                .args(args)
                .current_dir(&data)
                .spawn()
                .with_context(|| format!("{name} could not be started"))?;
            parts.push(Part { name, child });
            Ok(())
        };
        let ports = ports.to_string_lossy();
        let codes = shell::root().join("wms/scenarios/first-drill.toml");
        start(
            "virtual-floor",
            &[
                "--stations",
                &self.stations.to_string(),
                "--ports",
                &ports,
                "--panel",
                &panel.to_string(),
                "--data",
                &data.join("nodes").to_string_lossy(),
                "--codes",
                &codes.to_string_lossy(),
            ],
        )?;
        start(
            "wms",
            &[
                "serve",
                "--database",
                &database,
                "--listen",
                &web.to_string(),
                "--key",
                &key,
                "--demo",
                "--panel-url",
                &format!("http://{panel}"),
            ],
        )?;
        start(
            "gateway",
            &[
                "run",
                "--wms",
                &format!("ws://{web}/uplink"),
                "--key",
                &key,
                "--data",
                &data.join("gateway").to_string_lossy(),
                "--ports",
                &ports,
                "--metrics",
                &status.to_string(),
            ],
        )?;
        let ended = watch(&mut parts, &stopped, web, || {
            eprintln!(
                "\n  仓训 · the floor is up ({:.0} s)\n\n  pages    http://{web}\n  panel    http://{panel}\n  data     {}\n\n  Ctrl+C ends it; the next start goes on where it stopped.\n",
                begin.elapsed().as_secs_f32(),
                data.display(),
            );
        });
        end(&mut parts);
        ended
    }

    fn binary(&self, name: &str) -> PathBuf {
        let profile = if self.release { "release" } else { "debug" };
        shell::target_dir().join(profile).join(name)
    }
}

/// Sees that a port is free, so that the message comes before the build and not after.
fn free(port: u16, flag: &str) -> Result<()> {
    TcpListener::bind(("127.0.0.1", port))
        .map(drop)
        .with_context(|| format!("port {port} is taken: end the program that uses it, or choose another with {flag}"))
}

/// The key with which the gateway shows itself to the WMS; drawn once for each data folder.
fn enrolment_key(data: &Path) -> Result<String> {
    let file = data.join("enrolment.key");
    if let Ok(key) = std::fs::read_to_string(&file) {
        return Ok(key.trim().to_owned());
    }
    let mut bytes = [0; 16];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    let key: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    std::fs::write(&file, &key).with_context(|| format!("{} can't be written", file.display()))?;
    Ok(key)
}

/// Waits until the pages answer, says so, then waits until the person ends it or a part dies.
fn watch(
    parts: &mut [Part],
    stopped: &std::sync::mpsc::Receiver<()>,
    web: SocketAddr,
    say: impl FnOnce(),
) -> Result<()> {
    let mut say = Some(say);
    loop {
        match stopped.recv_timeout(Duration::from_millis(100)) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        for part in parts.iter_mut() {
            if let Some(status) = part.child.try_wait()? {
                bail!("{} ended with {status}; what it said stands above", part.name);
            }
        }
        if say.is_some() && healthy(web) {
            say.take().into_iter().for_each(|say| say());
        }
    }
}

fn healthy(web: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&web, Duration::from_millis(200))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(b"GET /health HTTP/1.0\r\n\r\n")?;
        let mut head = [0; 12];
        stream.read_exact(&mut head)?;
        Ok(head.ends_with(b"200"))
    };
    ask().unwrap_or(false)
}

/// Asks every part to end (they hear Ctrl+C too), and ends those that don't.
fn end(parts: &mut [Part]) {
    for part in parts.iter() {
        let _ = Command::new("kill").arg(part.child.id().to_string()).status();
    }
    let deadline = Instant::now() + Duration::from_secs(5);
    for part in parts {
        while Instant::now() < deadline && matches!(part.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = part.child.kill();
        let _ = part.child.wait();
    }
}
