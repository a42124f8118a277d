//! One process that runs chips.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, anyhow, bail};
use command_fds::{CommandFdExt, FdMapping};
use link::message::NodeKind;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::sync::{oneshot, watch};

use super::pty::Pty;
use super::{BUS_BAUD, ChipSpec, FloorClock, Link, PATIENCE, Seen, image, kind_name, workspace};

/// First descriptor handed to the emulator, after stdin, stdout and stderr.
const FIRST_FD: i32 = 3;

type Replies = Arc<Mutex<HashMap<u64, oneshot::Sender<Result<Value>>>>>;
type Publish = Arc<watch::Sender<HashMap<String, Seen>>>;

pub(super) struct Emulator {
    child: Child,
    stdin: Mutex<ChildStdin>,
    replies: Replies,
    clock: watch::Receiver<FloorClock>,
    next_id: AtomicU64,
    // A port whose last user has closed it hangs up; these keep it open until the floor ends.
    _slaves: Vec<File>,
}

impl Emulator {
    /// Starts chips, their ports in this folder; what is seen of them is published.
    pub async fn start(share: &[&ChipSpec], speed: f64, ports: &Path, publish: &Publish) -> Result<Self> {
        let emulator = workspace()?.join("tests/pico");
        if !emulator.join("node_modules").exists() {
            bail!("the emulator's packages are missing: run npm ci in tests/pico");
        }
        let mut masters = Vec::new();
        let mut slaves = Vec::new();
        let mut chips = Vec::new();
        for spec in share {
            let mut chip = json!({
                "name": spec.name,
                "kind": kind_name(spec.kind),
                "uid": format!("{:016x}", spec.uid.0),
                "image": image(spec.image())?,
                "burns": !spec.burns_low,
            });
            let mut linked = Vec::new();
            for (nth, link) in spec.links.iter().enumerate() {
                let name = match nth {
                    0 => spec.name.clone(),
                    _ => format!("{}-uart", spec.name),
                };
                let pty = Pty::open(&ports.join(name))?;
                let fd = FIRST_FD + i32::try_from(masters.len())?;
                masters.push(FdMapping {
                    parent_fd: pty.master,
                    child_fd: fd,
                });
                slaves.push(pty.slave);
                let over = match link {
                    Link::Uart => "uart",
                    Link::Usb => "usb",
                };
                linked.push(json!({ "port": fd, "over": over }));
            }
            chip["ports"] = linked.into();
            if let Some(bus) = &spec.bus {
                chip["bus"] = bus.as_str().into();
            }
            chips.push(chip);
        }
        let mut buses: Vec<&str> = share.iter().filter_map(|spec| spec.bus.as_deref()).collect();
        buses.sort_unstable();
        buses.dedup();
        let mut described = Vec::new();
        for name in buses {
            let mut bus = json!({ "name": name });
            let bridged = |spec: &&ChipSpec| spec.kind == NodeKind::Bridge && spec.bus.as_deref() == Some(name);
            if !share.iter().any(bridged) {
                let pty = Pty::open(&ports.join(name))?;
                let fd = FIRST_FD + i32::try_from(masters.len())?;
                masters.push(FdMapping {
                    parent_fd: pty.master,
                    child_fd: fd,
                });
                slaves.push(pty.slave);
                bus["port"] = fd.into();
                bus["baud"] = BUS_BAUD.into();
            }
            described.push(bus);
        }
        let buses = described;

        let mut child = Command::new("node")
            .arg("floor.mjs")
            .current_dir(&emulator)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .fd_mappings(masters)?
            .spawn()
            .context("node could not be started: the emulated chips need Node.js 20 or later")?;
        let stdin = child.stdin.take().context("no stdin")?;
        let stdout = child.stdout.take().context("no stdout")?;
        let (tick, clock) = watch::channel(FloorClock::default());
        let replies = Replies::default();
        let stdout = tokio::process::ChildStdout::from_std(stdout)?;
        tokio::spawn(listen(stdout, Arc::clone(&replies), Arc::clone(publish), tick));
        let started = Self {
            child,
            stdin: Mutex::new(stdin),
            replies,
            clock,
            next_id: AtomicU64::new(1),
            _slaves: slaves,
        };
        started
            .ask(json!({
                "chips": chips,
                "buses": buses,
                "speed": speed,
                "verbose": std::env::var_os("PICO_LOG").is_some(),
            }))
            .await?;
        Ok(started)
    }

    pub fn clock(&self) -> FloorClock {
        *self.clock.borrow()
    }

    /// Returns when [`PATIENCE`] has passed by the chips' clock, or they have ended.
    pub async fn patience(&self) {
        let end = self.clock().at.0 + PATIENCE.as_secs_f64() * 1_000.0;
        let mut clock = self.clock.clone();
        let _ = clock.wait_for(|clock| clock.at.0 > end).await;
    }

    /// Sends a line and waits for its reply.
    pub async fn ask(&self, mut line: Value) -> Result<Value> {
        use std::io::Write;
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        line["id"] = id.into();
        let (sender, receiver) = oneshot::channel();
        self.replies
            .lock()
            .map_err(|_| anyhow!("a test panicked meanwhile"))?
            .insert(id, sender);
        writeln!(
            self.stdin.lock().map_err(|_| anyhow!("a test panicked meanwhile"))?,
            "{line}"
        )
        .context("the emulator has ended")?;
        tokio::select! {
            biased;
            reply = receiver => reply.context("the emulator has ended")?,
            () = self.patience() => bail!("the emulator has ended, or did not answer within {PATIENCE:?} of its own time"),
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn listen(
    stdout: tokio::process::ChildStdout,
    replies: Replies,
    publish: Publish,
    tick: watch::Sender<FloorClock>,
) -> io::Result<()> {
    let mut lines = BufReader::new(stdout).lines();
    while let Some(text) = lines.next_line().await? {
        let line: Value = serde_json::from_str(&text)?;
        if let Some(id) = line["reply"].as_u64() {
            let Some(waiting) = replies.lock().ok().and_then(|mut replies| replies.remove(&id)) else {
                continue;
            };
            let answer = match line["error"].as_str() {
                Some(words) => Err(anyhow!("{words}")),
                None => Ok(line["result"].clone()),
            };
            let _ = waiting.send(answer);
        } else if let Some(clock) = line.get("clock") {
            tick.send_replace(FloorClock::read(clock));
        } else if let Some(chip) = line["chip"].as_str() {
            let mut unread = None;
            publish.send_modify(|all| unread = all.entry(chip.to_owned()).or_default().take(&line).err());
            if let Some(reason) = unread {
                return Err(io::Error::other(reason));
            }
        }
    }
    Ok(())
}
