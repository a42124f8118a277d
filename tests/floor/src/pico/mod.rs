//! The true Pico images on emulated chips (`tests/pico`), as a process that ends with the test. Their links are
//! pseudo-terminals: a gateway opens them like any serial port.

mod emulator;
mod floor;
mod pty;
mod seen;

use std::collections::HashMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use link::message::{Key, NodeKind, Uid};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::process::built;
use emulator::Emulator;
pub use floor::ChipFloor;
pub use seen::{FloorClock, FloorTime, Label, Measured, Seen};

/// How long anything on an emulated floor may take before a test gives up, by the floor's own clock: a busy machine makes the floor
/// slow, not wrong.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Most of the wall's time that a floor's may take, to see what a slow machine does: `PICO_SPEED=0.25 cargo nextest run …`.
const SPEED: &str = "PICO_SPEED";
/// Speed of an RS-485 pair unless a node's settings say otherwise.
pub const BUS_BAUD: u32 = 250_000;
/// Most processes that a floor is spread over: its gateway, its WMS and the test want to run as well.
const PROCESSES: usize = 2;

/// One emulated Pico on its board.
#[derive(Clone, Debug)]
pub struct ChipSpec {
    name: String,
    kind: NodeKind,
    uid: Uid,
    links: Vec<Link>,
    bus: Option<String>,
    /// A printer's head burns at the low level, and its image knows.
    burns_low: bool,
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
            burns_low: false,
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

    /// The same printer with a head whose low burns, and the image for it.
    #[must_use]
    pub const fn burning_low(mut self) -> Self {
        self.burns_low = true;
        self
    }

    /// The image's name.
    const fn image(&self) -> &'static str {
        match (self.kind, self.burns_low) {
            (NodeKind::Printer, true) => "printer-low",
            (kind, _) => kind_name(kind),
        }
    }

    /// The same chip, its transceiver on this RS-485 pair as well.
    #[must_use]
    pub fn joined_to(mut self, bus: &str) -> Self {
        self.bus = Some(bus.into());
        self
    }
}

/// How chips run.
#[derive(Clone, Copy, Debug)]
pub struct Running {
    /// Most of the wall's time that the floor's may take: above 0, up to 1.
    pub speed: f64,
    /// All in one process, so that moments of chips on different lines can be held against each other. Else groups that share
    /// no pair use a second core.
    pub together: bool,
}

impl Running {
    /// As fast as the machine can, or as the environment says.
    ///
    /// # Errors
    /// When the environment's speed is no number.
    pub fn from_environment() -> Result<Self> {
        let speed = match std::env::var(SPEED) {
            Ok(speed) => speed.parse().with_context(|| format!("{SPEED}={speed} is no number"))?,
            Err(_) => 1.0,
        };
        Ok(Self { speed, together: false })
    }
}

/// A floor of emulated chips.
pub struct Chips {
    emulators: Vec<Emulator>,
    /// Which of them holds a chip.
    home: HashMap<String, usize>,
    seen: watch::Receiver<HashMap<String, Seen>>,
    ports: tempfile::TempDir,
}

impl Chips {
    /// Starts chips, with their images as built by `cargo xtask firmware`; they are running when this returns.
    /// A pair without a bridge gets a plain adapter, whose port has the pair's name.
    ///
    /// # Errors
    /// When Node.js, the emulator's packages (`npm ci` in tests/pico) or an image is missing.
    pub async fn start(specs: &[ChipSpec]) -> Result<Self> {
        Self::start_as(specs, Running::from_environment()?).await
    }

    /// Starts chips that run so.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn start_as(specs: &[ChipSpec], running: Running) -> Result<Self> {
        let speed = running.speed;
        ensure!(
            speed > 0.0 && speed <= 1.0,
            "a floor's speed is above 0 and up to 1, not {speed}"
        );
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let shares = shares(specs, if running.together { 1 } else { cores.min(PROCESSES) });
        let ports = tempfile::tempdir()?;
        let (publish, seen) = watch::channel(HashMap::new());
        let publish = Arc::new(publish);
        let (mut emulators, mut home) = (Vec::new(), HashMap::new());
        for share in shares {
            home.extend(share.iter().map(|spec| (spec.name.clone(), emulators.len())));
            emulators.push(Emulator::start(&share, speed, ports.path(), &publish).await?);
        }
        Ok(Self {
            emulators,
            home,
            seen,
            ports,
        })
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

    /// Puts another decoder module in, as it comes from the shop; a stubborn one acknowledges what it is told and does not keep it.
    ///
    /// # Errors
    /// When the chip has no decoder.
    pub async fn replace_module(&self, chip: &str, stubborn: bool) -> Result<FloorTime> {
        self.tell(chip, "replace", json!({ "stubborn": stubborn })).await
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

    /// Turns the signal of the printer's gap sensor round, as one that is wired to the other rail, or back.
    ///
    /// # Errors
    /// When the chip has no printer.
    pub async fn upturn_sensor(&self, chip: &str, upturned: bool) -> Result<FloorTime> {
        self.tell(chip, "upturn", json!({ "upturned": upturned })).await
    }

    /// Makes the chip's core hang `micros` into the strobe that comes after so many others; see [`Seen::hung`].
    ///
    /// # Errors
    /// When the chip has no printer.
    pub async fn hang_in_strobe(&self, chip: &str, strobes: u32, micros: u32) -> Result<FloorTime> {
        self.tell(chip, "hang_in_strobe", json!({ "strobes": strobes, "micros": micros }))
            .await
    }

    /// Makes the chip's core hang, so that only its watchdog brings it back.
    ///
    /// # Errors
    /// When there is no such chip.
    pub async fn hang(&self, chip: &str) -> Result<FloorTime> {
        self.tell(chip, "hang", json!({})).await
    }

    /// The same, at the moment this pin next rises.
    ///
    /// # Errors
    /// When there is no such chip.
    pub async fn hang_at_rise(&self, chip: &str, pin: u8) -> Result<FloorTime> {
        self.tell(chip, "hang", json!({ "at_rise": pin })).await
    }

    /// Makes the chip's USB controller answer nothing until the chip is reset.
    ///
    /// # Errors
    /// When it is not on USB.
    pub async fn wedge(&self, chip: &str) -> Result<FloorTime> {
        self.tell(chip, "wedge", json!({})).await
    }

    /// Flips segment a of a position's right digit, so that 7 shows as 1, and bits of its light.
    ///
    /// # Errors
    /// When the chip has no such position.
    pub async fn spark(&self, chip: &str, position: u8) -> Result<FloorTime> {
        self.tell(chip, "spark", json!({ "position": position })).await
    }

    /// The load cell gives so much more than it should, as a factor, and its zero wanders so many grams a minute.
    ///
    /// # Errors
    /// When the chip has no load cell.
    pub async fn cell(&self, chip: &str, spread: f64, drift: f64) -> Result<FloorTime> {
        self.tell(chip, "cell", json!({ "spread": spread, "drift": drift }))
            .await
    }

    /// What the chip puts on a pin (none: nothing), and the milliamperes at which it still keeps its level there.
    ///
    /// # Errors
    /// When there is no such chip.
    pub async fn pin(&self, chip: &str, pin: u8) -> Result<(Option<bool>, u64)> {
        let said = self.ask(chip, "pin", json!({ "pin": pin })).await?;
        let milliamperes = said["milliamperes"].as_u64().context("the chip is without supply")?;
        Ok((said["output"].as_bool(), milliamperes))
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

    /// The floor's clock, a quarter of a second ago at most: of several processes the one that is furthest behind.
    #[must_use]
    pub fn clock(&self) -> FloorClock {
        FloorClock::slowest(self.emulators.iter().map(Emulator::clock))
    }

    /// What comes of `work`, or none when [`PATIENCE`] of the floor's time has passed without.
    async fn within<F: Future>(&self, work: F) -> Option<F::Output> {
        let over = async {
            for emulator in &self.emulators {
                emulator.patience().await;
            }
        };
        tokio::select! {
            biased;
            done = work => Some(done),
            () = over => None,
        }
    }

    /// Bytes, collisions and undriven bytes of each bus, what each chip executed, and the floor's lag.
    ///
    /// # Errors
    /// When the emulator has ended.
    pub async fn measure(&self) -> Result<Measured> {
        let mut measured = Vec::new();
        for emulator in &self.emulators {
            measured.push(emulator.ask(json!({ "do": "measure" })).await?);
        }
        Ok(Measured(measured))
    }

    async fn tell(&self, chip: &str, what: &str, details: Value) -> Result<FloorTime> {
        self.ask(chip, what, details).await.map(|done| FloorTime::read(&done))
    }

    async fn ask(&self, chip: &str, what: &str, mut details: Value) -> Result<Value> {
        let emulator = self.home.get(chip).and_then(|home| self.emulators.get(*home));
        let emulator = emulator.with_context(|| format!("there is no chip {chip}"))?;
        details["chip"] = chip.into();
        details["do"] = what.into();
        emulator.ask(details).await
    }
}

impl Drop for Chips {
    fn drop(&mut self) {
        eprintln!("emulated chips: {}", self.clock());
    }
}

/// Chips for each process: those on one pair stay together.
fn shares(specs: &[ChipSpec], processes: usize) -> Vec<Vec<&ChipSpec>> {
    let mut groups: Vec<Vec<&ChipSpec>> = Vec::new();
    for spec in specs {
        let pair = |group: &&mut Vec<&ChipSpec>| group.iter().any(|other| spec.bus.is_some() && other.bus == spec.bus);
        match groups.iter_mut().find(pair) {
            Some(group) => group.push(spec),
            None => groups.push(vec![spec]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let mut shares = vec![Vec::new(); processes.clamp(1, groups.len().max(1))];
    for group in groups {
        if let Some(least) = shares.iter_mut().min_by_key(|share| share.len()) {
            least.extend(group);
        }
    }
    shares
}

/// The root of the workspace this program was started in: what was compiled in may be another checkout.
fn workspace() -> Result<PathBuf> {
    let here = std::env::current_dir()?;
    let root = here
        .ancestors()
        .find(|folder| folder.join("tests/pico/floor.mjs").is_file());
    root.map(Path::to_path_buf)
        .with_context(|| format!("{} is in no checkout of Cangxun", here.display()))
}

const fn kind_name(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Shelf => "shelf",
        NodeKind::Scanner => "scanner",
        NodeKind::Printer => "printer",
        NodeKind::Scale => "scale",
        NodeKind::Bridge => "bridge",
    }
}

/// An image, as `cargo xtask firmware` leaves it beside the workspace's own binaries.
fn image(name: &str) -> Result<PathBuf> {
    let name = format!("firmware-images/{name}.uf2");
    built(&name)?.with_context(|| format!("{name} is missing: run cargo xtask firmware"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(specs: &[ChipSpec], processes: usize) -> Vec<Vec<&str>> {
        let shares = shares(specs, processes);
        let name = |share: &Vec<&ChipSpec>| {
            specs
                .iter()
                .filter(|spec| share.iter().any(|other| other.name == spec.name))
                .map(|spec| spec.name.as_str())
                .collect()
        };
        shares.iter().map(name).collect()
    }

    #[test]
    fn chips_of_one_pair_share_a_process_and_the_others_take_the_second() {
        let specs = [
            ChipSpec::uart("scanner", NodeKind::Scanner, 1),
            ChipSpec::on_bus("shelf-1", NodeKind::Shelf, 2, "row"),
            ChipSpec::uart("printer", NodeKind::Printer, 3),
            ChipSpec::on_bus("shelf-2", NodeKind::Shelf, 4, "row"),
            ChipSpec::usb("bridge", NodeKind::Bridge, 5).joined_to("row"),
            ChipSpec::uart("scale", NodeKind::Scale, 6),
        ];
        let row = vec!["shelf-1", "shelf-2", "bridge"];
        assert_eq!(names(&specs, 2), [row, vec!["scanner", "printer", "scale"]]);
        assert_eq!(names(&specs, 1)[0].len(), 6);
        assert_eq!(names(&specs[..1], 2), [["scanner"]]);
        assert_eq!(names(&[], 2), [Vec::<&str>::new()]);
    }
}
