//! From a scan at the node to the light at the shelf: true images on emulated chips paced to the wall clock, true gateway,
//! true WMS on SQLite.

use std::time::Duration;

use anyhow::{Context, Result};
use floor_tests::pico::{ChipFloor, ChipSpec, Running, Seen};
use floor_tests::{Deed, Person, whole_drill};
use link::master::{Line as MasterLine, Master, Output};
use link::message::{BootId, Colour, Command, EventBody, Mode, NodeKind, PositionLight, Uid};
use link::node::{Line, NodeLink};
use link::timing::bytes_micros;
use link::{Instant, MAX_FRAME};
use serde_json::{Value, json};
use wms::store::Db;

use crate::row::{Budget, Row, percentile};
use crate::{bare, node};

const SHELF: &str = "station-1-shelf";
const SCANNER: &str = "station-1-scanner";
const UIDS: [u64; 2] = [0xe661_4104_0396_b12f, 0xe661_4104_0396_b130];
/// Releases the wave: the scan that the first order's lights follow.
const RELEASE: &str = "CMD-NEXT";
/// Speed of both nodes' UARTs.
const BAUD: u32 = 115_200;
/// Scans measured …
const SCANS: usize = 100;
/// … after so many that warm caches.
const WARM_UP: usize = 5;

/// A station of two chips, and a student there.
struct Station {
    floor: ChipFloor,
    student: Person,
    /// The scanner's lamp while nothing was scanned and the WMS is there.
    idle: String,
}

impl Station {
    async fn begin() -> Result<Self> {
        let specs = [
            ChipSpec::uart(SHELF, NodeKind::Shelf, UIDS[0]),
            ChipSpec::uart(SCANNER, NodeKind::Scanner, UIDS[1]),
        ];
        // A scan and the light that follows are told by one clock.
        let running = Running {
            together: true,
            ..Running::from_environment()?
        };
        let floor = ChipFloor::start_as(&specs, running).await?;
        let student = Person::sign_in(&floor.url, "zhang").await?;
        // Amber until the gateway has told that the WMS is there.
        tokio::time::sleep(Duration::from_secs(1)).await;
        let idle = floor.chips.seen(SCANNER).lights.first().cloned().context("a lamp")?;
        Ok(Self { floor, student, idle })
    }

    /// A fresh drill, taken up to the wave as from a page; the shelf is dark.
    async fn at_the_wave(&self, deeds: &[Deed]) -> Result<i64> {
        let run = self.student.start_drill(1).await?;
        for deed in deeds {
            if let Deed::Scan(code) = deed {
                self.student.act(run, &json!({ "do": "scan", "code": code })).await?;
            }
        }
        self.floor.chips.until(SHELF, "a dark shelf", |seen| !lit(seen)).await?;
        Ok(run)
    }

    /// Milliseconds of the floor's own clock from the scan's last character at the chip to the shelf's changed lights, and to
    /// the scanner's changed lamp.
    async fn scan(&self) -> Result<(f64, f64)> {
        // The lamp still tells of the scan before for two seconds.
        let idle = |seen: &Seen| seen.lights == [self.idle.clone()];
        self.floor.chips.until(SCANNER, "a lamp at rest", idle).await?;
        let scanned = self.floor.chips.scan(SCANNER, "]C0", RELEASE).await?;
        let shelf = self.floor.chips.until(SHELF, "lights", lit).await?;
        let lamp = |seen: &Seen| seen.lights_at.since(scanned) > 0.0;
        let lamp = self.floor.chips.until(SCANNER, "a verdict", lamp).await?;
        Ok((shelf.lights_at.since(scanned), lamp.lights_at.since(scanned)))
    }
}

fn lit(seen: &Seen) -> bool {
    seen.lights.iter().any(|light| light != "000000")
}

/// Bytes of the two frames that have to cross a wire: the scan up, all lights of the shelf down.
struct Wire {
    up: u64,
    down: u64,
}

/// Both frames, made by the link's own two ends.
fn wire(lights: &[PositionLight]) -> Result<Wire> {
    let mut master: Master<1> = Master::new(MasterLine::Duplex, 7);
    let mut shelf: NodeLink<8> = NodeLink::new(node::shelf(Uid(UIDS[0]), BootId(0x9e37_79b1)), Line::Duplex, "");
    let mut ends = Ends {
        frame: [0; MAX_FRAME],
        now: 0,
        up: 0,
        down: 0,
    };
    // Acquainted, and past the first event, which tells of the start.
    ends.talk(&mut master, &mut shelf, 50);
    let code = RELEASE.bytes().collect();
    shelf.push(
        EventBody::Scan {
            aim: Some(*b"]C0"),
            code,
        },
        Instant(ends.now),
    );
    let up = ends.next_up(&mut shelf)?;
    ends.talk(&mut master, &mut shelf, 50);
    let lights = lights.iter().copied().collect();
    master
        .send(Uid(UIDS[0]), 1, Command::Lights { first: 0, lights })
        .map_err(|why| anyhow::anyhow!("{why:?}"))?;
    let down = ends.next_down(&mut master)?;
    Ok(Wire { up, down })
}

struct Ends {
    frame: [u8; MAX_FRAME],
    now: u64,
    up: u64,
    down: u64,
}

impl Ends {
    /// Carries frames both ways for so many milliseconds.
    fn talk(&mut self, master: &mut Master<1>, node: &mut NodeLink<8>, millis: u64) {
        for _ in 0..millis {
            self.now += 1_000;
            while let Some(length) = master.transmit(Instant(self.now), &mut self.frame) {
                self.down = length as u64;
                node.receive(&self.frame[..length], Instant(self.now));
            }
            while let Some(length) = node.transmit(Instant(self.now), &mut self.frame) {
                self.up = length as u64;
                let mut rest = &self.frame[..length];
                while !rest.is_empty() {
                    rest = &rest[master.receive(rest, Instant(self.now))..];
                    while let Some(output) = master.next_output() {
                        if let Output::Event { uid, boot, event, .. } = output {
                            master.committed(uid, boot, event.id);
                        }
                    }
                }
            }
        }
    }

    fn next_up(&mut self, node: &mut NodeLink<8>) -> Result<u64> {
        let length = node.transmit(Instant(self.now), &mut self.frame);
        Ok(length.context("the scan gives a frame")? as u64)
    }

    fn next_down(&mut self, master: &mut Master<1>) -> Result<u64> {
        let length = master.transmit(Instant(self.now), &mut self.frame);
        Ok(length.context("the lights give a frame")? as u64)
    }
}

/// What the WMS wants the shelf to show, as it goes over the wire.
fn on_the_wire(lights: &Value) -> Vec<PositionLight> {
    let lights = lights.as_array().into_iter().flatten();
    lights
        .map(|light| {
            let number = |name: &str| light[name].as_u64().and_then(|number| u32::try_from(number).ok());
            let tag = number("tag").unwrap_or_default();
            PositionLight {
                colour: if tag == 0 { Colour::Off } else { Colour::A },
                mode: Mode::On,
                count: number("count").and_then(|count| u16::try_from(count).ok()),
                adjustable: light["adjustable"] == true,
                tag,
            }
        })
        .collect()
}

/// The rows.
///
/// # Errors
/// When the floor can't be started or does not answer.
pub async fn rows() -> Result<Vec<Row>> {
    let deeds = whole_drill()?;
    let first = deeds.iter().position(|deed| matches!(deed, Deed::Press(..)));
    let before = &deeds[..first.context("there are picks")? - 1];
    let station = Station::begin().await?;
    let (mut lights, mut lamps) = (Vec::new(), Vec::new());
    let mut wanted = Vec::new();
    for n in 0..WARM_UP + SCANS {
        let run = station.at_the_wave(before).await?;
        let (light, lamp) = station.scan().await?;
        if n >= WARM_UP {
            lights.push(light);
            lamps.push(lamp);
        } else {
            wanted = on_the_wire(&station.student.run(run).await?["lights"]);
        }
    }
    let slipped = station.floor.chips.measure().await?.slipped_millis();
    let mut floor = station.floor;
    floor.wms.kill();

    let file = |name: &str| format!("sqlite:{}", floor.folder().join(name).display());
    let database = Db::open(&file("floor.db")).await?;
    let commits = bare::read(&database).await?;
    let mut commit = bare::replay(&database, &file("bare.db"), &commits, 1).await?.millis;
    let commit = percentile(&mut commit, 50);
    let Wire { up, down } = wire(&wanted)?;
    let on_wire = bytes_micros(up + down, BAUD) as f64 / 1_000.0;

    let how = format!(
        "{SCANS} scans, chips' own clock (fell {slipped} ms behind the wall's in all); limit: {up} bytes up and {down} down at \
         {BAUD} baud = {on_wire:.2} ms, and one durable commit of the same rows = {commit:.2} ms"
    );
    let row = |what: &str, measured: f64, limit: Option<f64>, budget: Budget| Row {
        what: what.to_owned(),
        measured,
        limit,
        unit: "ms",
        budget,
        how: how.clone(),
    };
    let limit = Some(on_wire + commit);
    // What one light's change takes, which is what a shelf is told of one.
    let lit = wanted.iter().find(|light| light.tag != 0).context("a light shines")?;
    let one = wire(std::slice::from_ref(lit))?;
    let least = bytes_micros(one.up + one.down, BAUD) as f64 / 1_000.0 + commit;
    let (p50, p99) = (percentile(&mut lights, 50), percentile(&mut lights, 99));
    Ok(vec![
        row("scan → shelf's light p50, 115200 baud", p50, limit, Budget::AtMost(1.5)),
        row("scan → shelf's light p99, 115200 baud", p99, limit, Budget::AtMost(2.0)),
        row("scan → shelf's light p99, 115200 baud", p99, None, Budget::AtMost(50.0)),
        row(
            "the same above one light's bytes and a commit, p50",
            p50 - least,
            None,
            Budget::AtMost(3.0),
        ),
        row(
            "the same above one light's bytes and a commit, p99",
            p99 - least,
            None,
            Budget::AtMost(12.0),
        ),
        row(
            "scan → scanner's lamp p50, 115200 baud",
            percentile(&mut lamps, 50),
            None,
            Budget::Shown,
        ),
        row(
            "scan → scanner's lamp p99, 115200 baud",
            percentile(&mut lamps, 99),
            None,
            Budget::Shown,
        ),
    ])
}
