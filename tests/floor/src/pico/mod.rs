//! The true Pico images on emulated chips (`tests/pico`), as a process that ends with the test. Their links are
//! pseudo-terminals: a gateway opens them like any serial port.

mod floor;
mod pty;
mod seen;

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};
use command_fds::{CommandFdExt, FdMapping};
use link::message::{Key, NodeKind, Uid};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::sync::{oneshot, watch};

use crate::process::built;
pub use floor::ChipFloor;
use pty::Pty;
pub use seen::{FloorClock, FloorTime, Label, Measured, Seen};

/// How long anything on an emulated floor may take before a test gives up, by the floor's own clock: a busy machine makes the floor
/// slow, not wrong.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Most of the wall's time that a floor's may take, to see what a slow machine does: `PICO_SPEED=0.25 cargo nextest run …`.
const SPEED: &str = "PICO_SPEED";
/// Speed of an RS-485 pair unless a node's settings say otherwise.
pub const BUS_BAUD: u32 = 250_000;
/// First descriptor handed to the emulator, after stdin, stdout and stderr.
const FIRST_FD: i32 = 3;

/// One emulated Pico on its board.
#[derive(Clone, Debug)]
pub struct ChipSpec {
    name: String,
    kind: NodeKind,
    uid: Uid,
    links: Vec<Link>,
    bus: Option<String>,
}

/// What a chip's own port is.
#[derive(Clone, Copy, Debug)]
enum Link {
    Uart,
    Usb,
}

impl ChipSpec {
    /// A chip whose port is its UART.
    #[must_use]
    pub fn uart(name: &str, kind: NodeKind, uid: u64) -> Self {
        Self {
            name: name.into(),
            kind,
            uid: Uid(uid),
            links: vec![Link::Uart],
            bus: None,
        }
    }

    /// A chip whose port is its USB socket.
    #[must_use]
    pub fn usb(name: &str, kind: NodeKind, uid: u64) -> Self {
        Self {
            links: vec![Link::Usb],
            ..Self::uart(name, kind, uid)
        }
    }

    /// A chip that can be reached by either: its USB socket's port has its name, its UART's that name and `-uart`.
    #[must_use]
    pub fn usb_and_uart(name: &str, kind: NodeKind, uid: u64) -> Self {
        Self {
            links: vec![Link::Usb, Link::Uart],
            ..Self::uart(name, kind, uid)
        }
    }

    /// A chip that is reached by an RS-485 pair alone.
    #[must_use]
    pub fn on_bus(name: &str, kind: NodeKind, uid: u64, bus: &str) -> Self {
        Self {
            links: Vec::new(),
            ..Self::uart(name, kind, uid)
        }
        .joined_to(bus)
    }

    /// The same chip, its transceiver on this RS-485 pair as well.
    #[must_use]
    pub fn joined_to(mut self, bus: &str) -> Self {
        self.bus = Some(bus.into());
        self
    }
}

/// A floor of emulated chips.
pub struct Chips {
    child: Child,
    stdin: Mutex<ChildStdin>,
    replies: Replies,
    seen: watch::Receiver<HashMap<String, Seen>>,
    clock: watch::Receiver<FloorClock>,
    next_id: AtomicU64,
    ports: tempfile::TempDir,
    // A port whose last user has closed it hangs up; these keep it open until the floor ends.
    _slaves: Vec<File>,
}

type Replies = Arc<Mutex<HashMap<u64, oneshot::Sender<Result<Value>>>>>;

impl Chips {
    /// Starts chips, with their images as built by `cargo xtask firmware`; they are running when this returns.
    /// A pair without a bridge gets a plain adapter, whose port has the pair's name.
    ///
    /// # Errors
    /// When Node.js, the emulator's packages (`npm ci` in tests/pico) or an image is missing.
    pub async fn start(specs: &[ChipSpec]) -> Result<Self> {
        let speed = match std::env::var(SPEED) {
            Ok(speed) => speed.parse().with_context(|| format!("{SPEED}={speed} is no number"))?,
            Err(_) => 1.0,
        };
        Self::start_at(specs, speed).await
    }

    /// Starts chips whose time takes this much of the wall's at most: above 0, up to 1.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn start_at(specs: &[ChipSpec], speed: f64) -> Result<Self> {
        ensure!(
            speed > 0.0 && speed <= 1.0,
            "a floor's speed is above 0 and up to 1, not {speed}"
        );
        let emulator = workspace()?.join("tests/pico");
        if !emulator.join("node_modules").exists() {
            bail!("the emulator's packages are missing: run npm ci in tests/pico");
        }
        let ports = tempfile::tempdir()?;
        let mut masters = Vec::new();
        let mut slaves = Vec::new();
        let mut chips = Vec::new();
        for spec in specs {
            let mut chip = json!({
                "name": spec.name,
                "kind": kind_name(spec.kind),
                "uid": format!("{:016x}", spec.uid.0),
                "image": image(spec.kind)?,
            });
            let mut linked = Vec::new();
            for (nth, link) in spec.links.iter().enumerate() {
                let name = match nth {
                    0 => spec.name.clone(),
                    _ => format!("{}-uart", spec.name),
                };
                let pty = Pty::open(&ports.path().join(name))?;
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
        let mut buses: Vec<&str> = specs.iter().filter_map(|spec| spec.bus.as_deref()).collect();
        buses.sort_unstable();
        buses.dedup();
        let mut described = Vec::new();
        for name in buses {
            let mut bus = json!({ "name": name });
            let bridged = |spec: &ChipSpec| spec.kind == NodeKind::Bridge && spec.bus.as_deref() == Some(name);
            if !specs.iter().any(bridged) {
                let pty = Pty::open(&ports.path().join(name))?;
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
        let (publish, seen) = watch::channel(HashMap::new());
        let (tick, clock) = watch::channel(FloorClock::default());
        let replies = Replies::default();
        let stdout = tokio::process::ChildStdout::from_std(stdout)?;
        tokio::spawn(listen(stdout, Arc::clone(&replies), publish, tick));
        let started = Self {
            child,
            stdin: Mutex::new(stdin),
            replies,
            seen,
            clock,
            next_id: AtomicU64::new(1),
            ports,
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

    /// The port of a chip: what a gateway opens.
    #[must_use]
    pub fn port(&self, chip: &str) -> PathBuf {
        self.ports.path().join(chip)
    }

    /// The folder that holds every chip's port under the chip's name.
    #[must_use]
    pub fn ports(&self) -> &Path {
        self.ports.path()
    }

    /// Presses a key for 60 ms of the floor's time; returns when it is up again.
    ///
    /// # Errors
    /// When the chip has no such key.
    pub async fn press(&self, chip: &str, position: u8, key: Key) -> Result<FloorTime> {
        let key = match key {
            Key::Confirm => "confirm",
            Key::Plus => "plus",
            Key::Minus => "minus",
        };
        self.tell(chip, "press", json!({ "position": position, "key": key, "millis": 60 }))
            .await
    }

    /// Holds a code before the decoder; `aim` is the symbology's identifier, such as `]C1`. Returns when its last character
    /// has reached the chip.
    ///
    /// # Errors
    /// When the chip has no decoder.
    pub async fn scan(&self, chip: &str, aim: &str, code: &str) -> Result<FloorTime> {
        self.tell(chip, "scan", json!({ "aim": aim, "code": code })).await
    }

    /// Puts a code before the decoder, which reads it at the next pull of the trigger.
    ///
    /// # Errors
    /// When the chip has no decoder.
    pub async fn present(&self, chip: &str, aim: &str, code: &str) -> Result<FloorTime> {
        self.tell(chip, "present", json!({ "aim": aim, "code": code })).await
    }

    /// Silences the decoder, as if its cable had come off, or lets it speak again.
    ///
    /// # Errors
    /// When the chip has no decoder.
    pub async fn mute(&self, chip: &str, silent: bool) -> Result<FloorTime> {
        self.tell(chip, "mute", json!({ "silent": silent })).await
    }

    /// Pulls the trigger for 60 ms of the floor's time; returns when it is up again.
    ///
    /// # Errors
    /// When the chip has no trigger.
    pub async fn trigger(&self, chip: &str) -> Result<FloorTime> {
        self.tell(chip, "trigger", json!({ "millis": 60 })).await
    }

    /// Presses the tare key for 60 ms of the floor's time; returns when it is up again.
    ///
    /// # Errors
    /// When the chip has no tare key.
    pub async fn tare(&self, chip: &str) -> Result<FloorTime> {
        self.tell(chip, "tare", json!({ "millis": 60 })).await
    }

    /// Puts a load on the scale.
    ///
    /// # Errors
    /// When the chip has no load cell.
    pub async fn weigh(&self, chip: &str, grams: f64) -> Result<FloorTime> {
        self.tell(chip, "weigh", json!({ "grams": grams })).await
    }

    /// Loads or takes out the printer's paper.
    ///
    /// # Errors
    /// When the chip has no printer.
    pub async fn paper(&self, chip: &str, loaded: bool) -> Result<FloorTime> {
        self.tell(chip, "paper", json!({ "loaded": loaded })).await
    }

    /// Shuts or opens the printer's cover.
    ///
    /// # Errors
    /// When the chip has no printer.
    pub async fn cover(&self, chip: &str, shut: bool) -> Result<FloorTime> {
        self.tell(chip, "cover", json!({ "shut": shut })).await
    }

    /// Heats or cools the printer's head.
    ///
    /// # Errors
    /// When the chip has no printer.
    pub async fn head(&self, chip: &str, celsius: f64) -> Result<FloorTime> {
        self.tell(chip, "head", json!({ "celsius": celsius })).await
    }

    /// Makes the chip's core hang, so that only its watchdog brings it back.
    ///
    /// # Errors
    /// When there is no such chip.
    pub async fn hang(&self, chip: &str) -> Result<FloorTime> {
        self.tell(chip, "hang", json!({})).await
    }

    /// Cuts the supply, or puts it on again.
    ///
    /// # Errors
    /// When there is no such chip.
    pub async fn power(&self, chip: &str, on: bool) -> Result<FloorTime> {
        self.tell(chip, "power", json!({ "on": on })).await
    }

    /// What is seen of a chip now.
    #[must_use]
    pub fn seen(&self, chip: &str) -> Seen {
        self.seen.borrow().get(chip).cloned().unwrap_or_default()
    }

    /// Waits until a chip is seen to be so, and gives what was seen then.
    ///
    /// # Errors
    /// After [`PATIENCE`], with what is seen instead, or when the emulator ends.
    pub async fn until(&self, chip: &str, what: &str, so: impl Fn(&Seen) -> bool) -> Result<Seen> {
        let mut seen = self.seen.clone();
        match self.within(seen.wait_for(|all| all.get(chip).is_some_and(&so))).await {
            Some(Ok(all)) => Ok(all.get(chip).cloned().unwrap_or_default()),
            Some(Err(_)) => bail!("the emulator ended before {chip}: {what}"),
            None => bail!(
                "waited {PATIENCE:?} of the floor's time for {chip}: {what}; seen instead: {:?}",
                self.seen(chip).brief()
            ),
        }
    }

    /// Asks again and again until there is an answer.
    ///
    /// # Errors
    /// After [`PATIENCE`] of the floor's time, with the last reason.
    pub async fn until_asked<T, F, Fut>(&self, what: &str, mut ask: F) -> Result<T>
    where
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<T>>,
    {
        let begin = self.clock();
        loop {
            match ask().await {
                Ok(answer) => return Ok(answer),
                Err(reason) if self.clock().at.since(begin.at) > PATIENCE.as_secs_f64() * 1_000.0 => {
                    return Err(reason.context(format!("waited {PATIENCE:?} of the floor's time for: {what}")));
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(25)).await,
            }
        }
    }

    /// The floor's clock, a quarter of a second ago at most.
    #[must_use]
    pub fn clock(&self) -> FloorClock {
        *self.clock.borrow()
    }

    /// What comes of `work`, or none when [`PATIENCE`] of the floor's time has passed without.
    async fn within<F: Future>(&self, work: F) -> Option<F::Output> {
        let mut clock = self.clock.clone();
        let end = self.clock().at.0 + PATIENCE.as_secs_f64() * 1_000.0;
        tokio::select! {
            biased;
            done = work => Some(done),
            _ = clock.wait_for(|clock| clock.at.0 > end) => None,
        }
    }

    /// Bytes, collisions and undriven bytes of each bus, and the floor's lag.
    ///
    /// # Errors
    /// When the emulator has ended.
    pub async fn measure(&self) -> Result<Measured> {
        self.ask(json!({ "do": "measure" })).await.map(Measured)
    }

    async fn tell(&self, chip: &str, what: &str, mut details: Value) -> Result<FloorTime> {
        details["chip"] = chip.into();
        details["do"] = what.into();
        self.ask(details).await.map(|done| FloorTime::read(&done))
    }

    async fn ask(&self, mut line: Value) -> Result<Value> {
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
        self.within(receiver)
            .await
            .with_context(|| {
                format!("the emulator has ended, or did not answer within {PATIENCE:?} of the floor's time")
            })?
            .context("the emulator has ended")?
    }
}

impl Drop for Chips {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        eprintln!("emulated chips: {}", self.clock());
    }
}

async fn listen(
    stdout: tokio::process::ChildStdout,
    replies: Replies,
    publish: watch::Sender<HashMap<String, Seen>>,
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

/// The root of the workspace this program was started in: what was compiled in may be another checkout.
fn workspace() -> Result<PathBuf> {
    let here = std::env::current_dir()?;
    let root = here.ancestors().find(|folder| folder.join("tests/pico").is_dir());
    root.map(Path::to_path_buf)
        .with_context(|| format!("{} is in no checkout of Cangxun", here.display()))
}

fn kind_name(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Shelf => "shelf",
        NodeKind::Scanner => "scanner",
        NodeKind::Printer => "printer",
        NodeKind::Scale => "scale",
        NodeKind::Bridge => "bridge",
    }
}

/// The image of a kind, as `cargo xtask firmware` leaves it beside the workspace's own binaries.
fn image(kind: NodeKind) -> Result<PathBuf> {
    let name = format!("firmware-images/{}.uf2", kind_name(kind));
    built(&name)?.with_context(|| format!("{name} is missing: run cargo xtask firmware"))
}
