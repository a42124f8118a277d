//! The drill's out part with true images, true gateway and true WMS: lights, keys, codes, weights and labels all the way.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use floor_tests::pico::{ChipFloor, ChipSpec, Label, Running, Seen};
use floor_tests::{Deed, Person, whole_drill};
use link::message::{Colour, Key, NodeKind, Settings};
use nodes::colour::rgb;
use rxing::BarcodeFormat;
use serde_json::{Value, json};

use crate::UIDS;

// The WMS finds a demo's devices by the names of their ports; what hangs behind a bridge has the bridge's.
const BRIDGE: &str = "station-1-row";
const SHELF: &str = "shelf-1";
/// Behind the same bridge, but the second group's.
const OTHER_SHELF: &str = "shelf-2";
/// The pair on which both shelves hang.
const ROW: &str = "row";
const SCANNER: &str = "station-1-scanner";
const PRINTER: &str = "station-1-printer";
const SCALE: &str = "station-1-scale";
/// Shampoo: goods of the shelf, but of none of the orders.
const OF_NO_ORDER: &str = "2000152400053";

/// A station of four chips, its shelf behind a bridge together with the next station's, and a student of each group who has
/// begun the drill.
struct Station {
    floor: ChipFloor,
    student: Person,
    run: i64,
    other: Person,
    other_run: i64,
}

impl Station {
    async fn begin(running: Running) -> Result<Self> {
        let [shelf, scanner, printer] = UIDS;
        let [scale, bridge, other_shelf] = [0xe661_4104_0396_b132, 0xe661_4104_0396_b133, 0xe661_4104_0396_b134];
        let specs = [
            ChipSpec::usb(BRIDGE, NodeKind::Bridge, bridge).joined_to(ROW),
            ChipSpec::on_bus(SHELF, NodeKind::Shelf, shelf, ROW),
            ChipSpec::on_bus(OTHER_SHELF, NodeKind::Shelf, other_shelf, ROW),
            ChipSpec::uart(SCANNER, NodeKind::Scanner, scanner),
            ChipSpec::uart(PRINTER, NodeKind::Printer, printer),
            ChipSpec::uart(SCALE, NodeKind::Scale, scale),
        ];
        let floor = ChipFloor::start_as(&specs, running).await?;
        let technician = Person::sign_in(&floor.url, "sun").await?;
        technician.assign(&format!("{other_shelf:016x}"), 2).await?;
        let student = Person::sign_in(&floor.url, "zhang").await?;
        let run = student.start_drill(1).await?;
        let other = Person::sign_in(&floor.url, "wang").await?;
        let other_run = other.start_drill(2).await?;
        Ok(Self {
            floor,
            student,
            run,
            other,
            other_run,
        })
    }

    async fn look(&self) -> Result<Value> {
        self.student.run(self.run).await
    }

    async fn events(&self, after: i64) -> Result<Vec<Value>> {
        let path = format!("/api/runs/{}/events?after={after}", self.run);
        let events = self.student.get(&path).await?;
        events.as_array().cloned().context("events are a list")
    }

    /// All changes of one kind since the run began.
    async fn changes(&self, kind: &str) -> Result<Vec<Value>> {
        let events = self.events(0).await?;
        let changes = events.iter().filter_map(|event| event["changes"].as_array()).flatten();
        Ok(changes.filter(|change| change["change"] == kind).cloned().collect())
    }

    async fn last_act(&self) -> Result<i64> {
        self.look().await?["last_act"].as_i64().context("a run has a last act")
    }

    /// Waits until the WMS has taken such an act after act `before`; gives its event. Other acts may come between: the
    /// scale speaks whenever its load changes.
    async fn taken(&self, before: i64, what: &str, so: impl Fn(&Value) -> bool) -> Result<Value> {
        let chips = &self.floor.chips;
        chips
            .until_asked(what, async || {
                let events = self.events(before).await?;
                let found = events.iter().find(|event| so(&event["act"])).cloned();
                found.with_context(|| format!("the run has {events:?} after act {before}"))
            })
            .await
    }

    /// Holds a code before the decoder; gives the mark that the student gets for it.
    async fn scan(&self, code: &str) -> Result<Value> {
        let before = self.last_act().await?;
        let aim = if code.len() == 13 { "]E0" } else { "]C0" };
        self.floor.chips.scan(SCANNER, aim, code).await?;
        let scan = json!({ "do": "scan", "code": code, "aim": aim });
        let event = self
            .taken(before, &format!("the scan of {code}"), |act| *act == scan)
            .await?;
        Ok(event["words"]["mark"].clone())
    }

    async fn scan_right(&self, code: &str) -> Result<()> {
        let mark = self.scan(code).await?;
        ensure!(mark == "right", "{code} is {mark} at {}", self.look().await?["step"]);
        Ok(())
    }

    /// Holds a wrong code before the decoder until its lamp was red. It is so for two seconds and only where the verdict
    /// comes within three: a busy machine may need another scan.
    async fn scan_wrong(&self, code: &str) -> Result<()> {
        let red = |seen: &Seen| seen.lights == [shines(Colour::Wrong)];
        let chips = &self.floor.chips;
        chips
            .until_asked("a red lamp", async || {
                // Another scan when the lamp's time is over, by the chips' clock.
                let begin = chips.clock().at;
                let lamp = async {
                    while chips.clock().at.since(begin) < 5_000.0 {
                        if red(&chips.seen(SCANNER)) {
                            return true;
                        }
                        tokio::time::sleep(Duration::from_millis(25)).await;
                    }
                    false
                };
                let (mark, lamp) = tokio::join!(self.scan(code), lamp);
                let mark = mark?;
                ensure!(mark == "wrong", "{code} is {mark}");
                ensure!(lamp, "the lamp was not red");
                Ok(())
            })
            .await
    }

    /// Presses a key; gives the mark that the student gets for it.
    async fn press(&self, position: u8, key: Key) -> Result<Value> {
        let before = self.last_act().await?;
        self.floor.chips.press(SHELF, position, key).await?;
        let event = self
            .taken(before, &format!("{key:?} at {position}"), |act| {
                act["do"] == "key" && act["position"] == position
            })
            .await?;
        Ok(event["words"]["mark"].clone())
    }

    async fn confirm_right(&self, position: u8) -> Result<()> {
        let mark = self.press(position, Key::Confirm).await?;
        ensure!(mark == "right", "the pick at {position} is {mark}");
        Ok(())
    }

    /// Waits until these positions, no others, are lit for this many units, on the wires and in the WMS alike.
    async fn lit(&self, expected: &[(usize, u16)]) -> Result<()> {
        let shown = |seen: &Seen| shows(seen, expected);
        self.floor
            .chips
            .until(SHELF, &format!("lights {expected:?}"), shown)
            .await?;
        let lights = &self.look().await?["lights"];
        let wanted = lit_in(lights);
        ensure!(
            wanted == expected,
            "the WMS wants {wanted:?}, the shelf shows {expected:?}"
        );
        Ok(())
    }

    async fn labels(&self, count: usize) -> Result<Vec<Label>> {
        let what = format!("{count} labels");
        let seen = self
            .floor
            .chips
            .until(PRINTER, &what, |seen| seen.labels.len() >= count)
            .await?;
        ensure!(seen.labels.len() == count, "{} labels, not {count}", seen.labels.len());
        Ok(seen.labels)
    }

    /// The second group takes the first of its order's goods, at its own shelf on the same pair.
    async fn other_picks_one(&self) -> Result<()> {
        let both = |seen: &Seen| shows(seen, &[(0, 2), (2, 1)]);
        self.floor
            .chips
            .until(OTHER_SHELF, "the second group's lights", both)
            .await?;
        self.floor.chips.press(OTHER_SHELF, 0, Key::Confirm).await?;
        let one = |seen: &Seen| shows(seen, &[(2, 1)]);
        self.floor
            .chips
            .until(OTHER_SHELF, "the second group's light that is left", one)
            .await?;
        Ok(())
    }

    /// What the first group does all the while changes nothing at the second's shelf.
    fn other_still_shows_one(&self) -> Result<()> {
        let seen = self.floor.chips.seen(OTHER_SHELF);
        ensure!(
            shows(&seen, &[(2, 1)]),
            "the second group's lights are {:?}",
            seen.lights
        );
        Ok(())
    }

    /// Confirms a pick while the shelf's core hangs right after: whether the press got out before is nobody's to say.
    async fn confirm_and_hang(&self, position: u8, rest: &[(usize, u16)], all: &[(usize, u16)]) -> Result<()> {
        self.floor.chips.press(SHELF, position, Key::Confirm).await?;
        let hung = self.floor.chips.hang(SHELF).await?;
        let back = |seen: &Seen| {
            seen.starts == ["power", "watchdog"]
                && seen.lights_at.since(hung) > 0.0
                && (shows(seen, rest) || shows(seen, all))
        };
        self.floor
            .chips
            .until(SHELF, "its lights after the watchdog's bite", back)
            .await?;
        // Pressed again where the first press was lost with the core's memory, and where it was not: it counts once.
        self.floor.chips.press(SHELF, position, Key::Confirm).await?;
        self.lit(rest).await
    }
}

/// The in part, from the notice to the released wave. The shelf has no part in it, so it comes as from a page.
async fn receive(student: &Person, run: i64, deeds: &[Deed]) -> Result<()> {
    for deed in deeds {
        let Deed::Scan(code) = deed else { continue };
        student.act(run, &json!({ "do": "scan", "code": code })).await?;
        let said = &student.run(run).await?["said"];
        ensure!(said["words"]["mark"] != "wrong", "{code}: {said}");
    }
    Ok(())
}

/// What a light's three bytes are at the brightness a node has out of the box.
fn shines(colour: Colour) -> String {
    let shown = rgb(colour).dimmed(Settings::default().brightness);
    format!("{:02x}{:02x}{:02x}", shown.r, shown.g, shown.b)
}

/// Whether lights and digits show these positions with these counts, and nothing else.
fn shows(seen: &Seen, expected: &[(usize, u16)]) -> bool {
    let count = |place: usize| expected.iter().find(|(lit, _)| *lit == place).map(|(_, count)| *count);
    let colour = |place: usize| shines(if count(place).is_some() { Colour::A } else { Colour::Off });
    seen.lights.len() == 24
        && seen.digits.len() == 24
        && (0..24).all(|place| seen.lights[place] == colour(place) && seen.digits[place] == count(place))
}

fn lit_in(lights: &Value) -> Vec<(usize, u16)> {
    let lights = lights.as_array().into_iter().flatten().enumerate();
    let lit = lights.filter(|(_, light)| light["tag"] != 0);
    lit.filter_map(|(place, light)| Some((place, u16::try_from(light["count"].as_u64()?).ok()?)))
        .collect()
}

/// What a reader makes of a label.
fn read(label: &Label) -> Result<String> {
    let (width, height) = (u32::try_from(label.width)?, u32::try_from(label.height())?);
    let read = rxing::helpers::detect_in_luma(label.luma.clone(), width, height, Some(BarcodeFormat::CODE_128))?;
    Ok(read.getText().to_owned())
}

#[tokio::test]
async fn three_orders_go_out_by_true_lights_keys_codes_weights_and_labels() -> Result<()> {
    three_orders_go_out(&Station::begin(Running::from_environment()?).await?).await
}

/// A machine at a quarter of the speed makes the floor slow, not wrong.
#[tokio::test]
async fn three_orders_go_out_though_the_chips_take_a_quarter_of_the_wall_s_time() -> Result<()> {
    let running = Running {
        speed: 0.25,
        ..Running::from_environment()?
    };
    let station = Station::begin(running).await?;
    three_orders_go_out(&station).await?;
    let clock = station.floor.chips.measure().await?.clock();
    ensure!(clock.at.0 <= 0.3 * clock.wall, "the switch held nothing back: {clock}");
    Ok(())
}

async fn three_orders_go_out(station: &Station) -> Result<()> {
    let deeds = whole_drill()?;
    let is_press = |deed: &Deed| matches!(deed, Deed::Press(..));
    let first = deeds.iter().position(is_press).context("there are picks")?;
    let last = deeds.iter().rposition(is_press).context("there are picks")?;
    station.lit(&[]).await?;
    receive(&station.student, station.run, &deeds[..first]).await?;
    receive(&station.other, station.other_run, &deeds[..first]).await?;
    station.other_picks_one().await?;
    let plates: Vec<_> = station
        .changes("placed")
        .await?
        .iter()
        .map(|placed| placed["lpn"].clone())
        .collect();
    let read_back: Vec<_> = station.labels(3).await?.iter().map(read).collect::<Result<_>>()?;
    ensure!(plates == read_back, "goods' labels: {read_back:?}, plates: {plates:?}");

    // The first order, an impatient hand at a light that was answered, and one at a light that never shone.
    station.lit(&[(0, 2), (2, 1)]).await?;
    station.confirm_right(0).await?;
    station.lit(&[(2, 1)]).await?;
    // The same press again is none; where the floor lags, it comes too late to be told from a new one.
    let mark = station.press(0, Key::Confirm).await?;
    ensure!(mark != "right", "a key that was answered is {mark}");
    let mark = station.press(20, Key::Confirm).await?;
    ensure!(mark == "wrong", "a key in the dark is {mark}");
    station.confirm_right(2).await?;

    // The second: a reset, goods of no order, and a slot that holds one where the book says fourteen.
    station.lit(&[(1, 3), (10, 1), (16, 2)]).await?;
    station
        .confirm_and_hang(1, &[(10, 1), (16, 2)], &[(1, 3), (10, 1), (16, 2)])
        .await?;
    station.scan_wrong(OF_NO_ORDER).await?;
    station.confirm_right(10).await?;
    station.lit(&[(16, 2)]).await?;
    station.press(16, Key::Minus).await?;
    let one = |seen: &Seen| seen.digits.get(16) == Some(&Some(1));
    station.floor.chips.until(SHELF, "one to take", one).await?;
    station.confirm_right(16).await?;

    station.lit(&[(2, 4)]).await?;
    station.confirm_right(2).await?;
    station.lit(&[]).await?;
    station.other_still_shows_one()?;
    let picked: Vec<_> = station
        .changes("picked")
        .await?
        .iter()
        .map(|pick| pick["quantity"].clone())
        .collect();
    ensure!(picked == [2, 1, 3, 1, 1, 4], "each light counts once: {picked:?}");

    check_weigh_and_hand_over(station, &deeds[last + 1..]).await?;
    station
        .student
        .act(
            station.run,
            &json!({ "do": "write_log", "text": "一处拣货短少，已记录。" }),
        )
        .await?;
    let step = &station.look().await?["step"];
    ensure!(*step == "step.done", "the drill ends at {step}");
    station.student.prove(station.run).await?;
    station.other.prove(station.other_run).await?;
    let measured = station.floor.chips.measure().await?;
    ensure!(
        measured.undriven(ROW) == 0,
        "a driver was off while its chip spoke: {measured:?}"
    );
    Ok(())
}

/// Units by the decoder, parcels on the load cell, and their labels, as they came out of the head, by the decoder again.
async fn check_weigh_and_hand_over(station: &Station, deeds: &[Deed]) -> Result<()> {
    for deed in deeds {
        match deed {
            Deed::Scan(code) if code.starts_with("CK-") => {}
            Deed::Scan(code) => station.scan_right(code).await?,
            Deed::Weigh(grams) => {
                // The scale counts from what it bore when it started. That was nothing, and long ago on the floor's
                // clock: three labels have come out since.
                station
                    .floor
                    .chips
                    .weigh(SCALE, f64::from(i32::try_from(*grams)?))
                    .await?;
                let weighed = async || {
                    let run = station.look().await?;
                    ensure!(run["step"] != "step.weigh", "{}", run["said"]);
                    Ok(())
                };
                let chips = &station.floor.chips;
                chips.until_asked(&format!("{grams} g weighed"), weighed).await?;
            }
            Deed::Press(..) | Deed::Log(_) => {}
        }
    }
    let labels = station.labels(6).await?;
    let orders: Vec<_> = labels[3..].iter().map(read).collect::<Result<_>>()?;
    ensure!(
        orders == ["CK-0001", "CK-0002", "CK-0003"],
        "parcels' labels: {orders:?}"
    );
    for order in &orders {
        station.scan_right(order).await?;
    }
    let weighed = station.changes("weighed").await?;
    ensure!(weighed.len() == 3, "each parcel is weighed once: {weighed:?}");
    Ok(())
}
