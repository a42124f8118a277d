//! Wall clocks of gateway and WMS are wrong and are set right, before, in and after a run: every scan is an act of the run
//! in which it was made, and dated so that nobody wonders.

use anyhow::{Context, Result, ensure};
use floor_tests::{Database, Deed, Floor, Person, Student, WallClock, until};
use serde_json::Value;

const MINUTES: i64 = 60;
const HOURS: i64 = 3_600;
/// No machine is so slow, and every step is longer (ms).
const NEAR: i64 = 180_000;

/// Offsets of gateway and WMS, s.
type Clocks = (i64, i64);

struct Case {
    /// As the gateway says hello.
    hello: Clocks,
    /// As the run begins.
    begin: Clocks,
    /// Within the run, one after another.
    within: &'static [Clocks],
}

const CASES: &[Case] = &[
    // The gateway is ahead as it says hello, then right, then behind.
    Case {
        hello: (7 * MINUTES, 0),
        begin: (0, 0),
        within: &[(0, 0), (-7 * MINUTES, 0)],
    },
    // It is behind, then right within the run.
    Case {
        hello: (-3 * HOURS, 0),
        begin: (-3 * HOURS, 0),
        within: &[(-3 * HOURS, 0), (0, 0), (3 * HOURS, 0)],
    },
    // Both machines keep local time for UTC, and are set right after the run began.
    Case {
        hello: (8 * HOURS, 8 * HOURS),
        begin: (8 * HOURS, 8 * HOURS),
        within: &[(8 * HOURS, 0), (0, 0)],
    },
    // The WMS alone, both ways.
    Case {
        hello: (0, -8 * HOURS),
        begin: (0, -8 * HOURS),
        within: &[(0, 0), (0, 8 * HOURS), (0, -8 * HOURS)],
    },
    Case {
        hello: (0, 8 * HOURS),
        begin: (0, 8 * HOURS),
        within: &[(0, 0), (0, -8 * HOURS)],
    },
];

/// A floor whose gateway and WMS read clocks of the test's.
struct Timed {
    floor: Floor,
    gateway: WallClock,
    wms: WallClock,
}

impl Timed {
    async fn start() -> Result<Self> {
        let mut floor = Floor::start(Database::Sqlite, 1).await?;
        let gateway = WallClock::new(floor.folder(), "gateway")?;
        let wms = WallClock::new(floor.folder(), "wms")?;
        floor.gateway.kill();
        floor.wms.kill();
        floor.gateway.set_clock(&gateway);
        floor.wms.set_clock(&wms);
        floor.wms.begin()?;
        floor.wait_for_wms().await?;
        floor.gateway.begin()?;
        Ok(Self { floor, gateway, wms })
    }

    fn set(&self, (gateway, wms): Clocks) -> Result<()> {
        self.gateway.set(gateway)?;
        self.wms.set(wms)
    }

    async fn connected(&self) -> Result<()> {
        until("the scanner", async || {
            let station = self.floor.panel(1).look().await?;
            ensure!(station["scanner"]["connected"] == true, "{station}");
            Ok(())
        })
        .await
    }

    /// The WMS's clock, ms.
    fn wms_now(&self, offset: i64) -> Result<i64> {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
        Ok(i64::try_from(now.as_millis())? + offset * 1_000)
    }
}

async fn last_event(person: &Person, run: i64) -> Result<Value> {
    let events = person.get(&format!("/api/runs/{run}/events?after=0")).await?;
    let last = events.as_array().and_then(|events| events.last());
    last.cloned().context("an act")
}

#[tokio::test]
async fn r2_w5_whatever_the_clocks_do_a_scan_is_an_act_of_its_run() -> Result<()> {
    let mut timed = Timed::start().await?;
    for (number, case) in CASES.iter().enumerate() {
        let of = format!("case {number}");
        timed.floor.gateway.kill();
        timed.set(case.hello)?;
        timed.floor.gateway.begin()?;
        timed.connected().await?;
        timed.set(case.begin)?;
        // A session may not outlive a step of the clock: sign in under the newest.
        let zhang = Person::sign_in(&timed.floor.url, "zhang").await?;
        let run = zhang.start_drill(1).await?;
        let mut codes = ["CMD-CONFIRM", "12000152400012", "12000152400012", "12000152400012"].into_iter();
        for clocks in case.within {
            timed.set(*clocks)?;
            let person = Person::sign_in(&timed.floor.url, "zhang").await?;
            let student = Student {
                person: &person,
                panel: timed.floor.panel(1),
                run,
            };
            let deed = Deed::Scan(codes.next().context("a code")?.to_owned());
            student.does(&deed).await.with_context(|| format!("{of}, {clocks:?}"))?;
            let event = last_event(&person, run).await?;
            let now = timed.wms_now(clocks.1)?;
            let (at, arrived) = (event["at"].as_i64(), event["arrived_at"].as_i64());
            let near = |time: Option<i64>| time.is_some_and(|time| (time - now).abs() < NEAR);
            ensure!(near(at) && near(arrived), "{of}, {clocks:?}: now {now}, {event}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn r2_w5_what_was_done_before_the_run_is_set_aside_and_told() -> Result<()> {
    let mut timed = Timed::start().await?;
    timed.connected().await?;
    timed.floor.gateway.kill();
    let before = Deed::Scan("CMD-CONFIRM".to_owned());
    timed.floor.panel(1).scan("CMD-CONFIRM").await?;
    // Well before the run, which begins when both clocks say that it was well after.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    timed.set((3 * HOURS, -8 * HOURS))?;
    let zhang = Person::sign_in(&timed.floor.url, "zhang").await?;
    let run = zhang.start_drill(1).await?;
    timed.floor.gateway.begin()?;
    let state = until("it is told", async || {
        let state = zhang.run(run).await?;
        ensure!(state["aside"] == 1, "{state}");
        Ok(state)
    })
    .await?;
    ensure!(state["last_act"] == 1, "it became an act: {state}");
    let page = String::from_utf8(zhang.page(&format!("/runs/{run}/events")).await?)?;
    ensure!(page.contains("在本次作业开始之前"), "the page does not say why: {page}");
    let student = Student {
        person: &zhang,
        panel: timed.floor.panel(1),
        run,
    };
    student.does(&before).await?;
    Ok(())
}

/// Guesses cost a guesser a moment, whatever the server's clock is set to meanwhile.
#[tokio::test]
async fn r8_a_clock_set_back_lets_nobody_wait_a_day() -> Result<()> {
    let timed = Timed::start().await?;
    // As often as it takes: on a slow machine a wait is over before the next guess.
    let wait = async || {
        for _ in 0..40 {
            let guess = reqwest::Client::new()
                .post(format!("{}/sign-in", timed.floor.url))
                .header("content-type", "application/x-www-form-urlencoded")
                .body("login=chen&password=guessed");
            let answer = guess.send().await?;
            if answer.status().as_u16() == 429 {
                let page = answer.text().await?;
                let (before, _) = page.split_once(" 秒后再试").context("the page tells how long")?;
                let (_, seconds) = before.rsplit_once('，').context("a number")?;
                return Ok(seconds.parse::<u32>()?);
            }
        }
        anyhow::bail!("nobody has to wait")
    };
    const LONGEST: u32 = 15 * 60;
    for clock in [0, -24 * HOURS, 24 * HOURS] {
        timed.set((0, clock))?;
        let seconds = wait().await?;
        ensure!((1..=LONGEST).contains(&seconds), "{clock}: {seconds} s");
    }
    Ok(())
}
