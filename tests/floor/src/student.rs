//! A student with the drill in their hands: what they see on the screen, they do at the devices.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::panel::Panel;
use crate::process::until;
use crate::wms::Person;

/// A step of the drill, as the hands see it: one thing done at a device or on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A code held before the scanner.
    Scan(String),
    /// A key at a position of the shelf.
    Press(usize, &'static str),
    /// So many grams on the scale.
    Weigh(i64),
    /// The work log written on the page.
    Log(String),
}

impl Deed {
    /// What its act is called.
    fn kind(&self) -> &'static str {
        match self {
            Self::Scan(_) => "scan",
            Self::Press(..) => "key",
            Self::Weigh(_) => "weight",
            Self::Log(_) => "write_log",
        }
    }
}

/// What RY010's slot really holds, where the book says 14.
pub const REALLY_THERE: i64 = 1;

/// The goods of the drill by code: unit's barcode, case's barcode, weight.
fn goods(code: &str) -> Result<(&'static str, &'static str, i64)> {
    Ok(match code {
        "RY001" => ("2000152400015", "12000152400012", 2150),
        "RY002" => ("2000152400022", "12000152400029", 620),
        "RY003" => ("2000152400039", "12000152400036", 150),
        "RY004" => ("2000152400046", "12000152400043", 820),
        "RY006" => ("2000152400060", "12000152400067", 1180),
        "RY010" => ("2000152400107", "12000152400104", 430),
        other => bail!("the drill has no {other}"),
    })
}

/// Everything done from the notice to the log, in order, as a student who makes no mistake does it.
///
/// # Errors
/// When the drill is not the one this script knows.
pub fn whole_drill() -> Result<Vec<Deed>> {
    let scan = |code: &str| Deed::Scan(code.to_owned());
    let mut deeds = vec![scan("CMD-CONFIRM")];
    for (sku, arrives, announced) in [("RY001", 4, 4), ("RY003", 2, 3), ("RY004", 3, 3)] {
        let (_, case, _) = goods(sku)?;
        deeds.extend((0..arrives).map(|_| scan(case)));
        deeds.push(scan(if arrives == announced {
            "CMD-CONFIRM"
        } else {
            "CMD-SHORT"
        }));
    }
    deeds.push(scan("CMD-NEXT"));
    for (location, sku) in [
        ("S-01-01-03", "RY001"),
        ("S-01-01-04", "RY003"),
        ("S-01-02-01", "RY004"),
    ] {
        deeds.extend([scan(location), scan(goods(sku)?.1)]);
    }
    deeds.extend([scan("CMD-CONFIRM"), scan("CMD-NEXT")]);
    // Order by order: positions lit, and the one slot that holds less than its light says.
    deeds.extend([Deed::Press(0, "confirm"), Deed::Press(2, "confirm")]);
    deeds.extend([
        Deed::Press(1, "confirm"),
        Deed::Press(10, "confirm"),
        Deed::Press(16, "minus"),
        Deed::Press(16, "confirm"),
    ]);
    deeds.push(Deed::Press(2, "confirm"));
    let orders: [&[(&str, i64)]; 3] = [
        &[("RY001", 2), ("RY003", 1)],
        &[("RY002", 3), ("RY006", 1), ("RY010", REALLY_THERE)],
        &[("RY003", 4)],
    ];
    for lines in orders {
        let mut grams = 180;
        for (sku, units) in lines {
            let (unit, _, weight) = goods(sku)?;
            grams += weight * units;
            deeds.extend((0..*units).map(|_| scan(unit)));
        }
        deeds.extend([Deed::Weigh(grams), Deed::Weigh(0)]);
    }
    deeds.extend(["CK-0001", "CK-0002", "CK-0003"].map(scan));
    deeds.push(Deed::Log("三行到货，一行短少一箱；一处拣货短少，已记录。".to_owned()));
    Ok(deeds)
}

/// A student at a station.
pub struct Student<'a> {
    /// Their account.
    pub person: &'a Person,
    /// Their devices.
    pub panel: Panel,
    /// Their run.
    pub run: i64,
}

impl Student<'_> {
    /// Does one thing and waits until the WMS has committed it; gives the run as it stands then.
    ///
    /// # Errors
    /// When it is not committed.
    pub async fn does(&self, deed: &Deed) -> Result<Value> {
        if let Deed::Press(position, _) = deed {
            self.sees_light(*position).await?;
        }
        let before = self.run_now().await?;
        self.lays_hands_on(deed).await?;
        self.sees_done(deed, &before).await
    }

    /// Waits until a deed done after `before` is committed; gives the run as it stands then.
    ///
    /// # Errors
    /// When it is not committed.
    pub async fn sees_done(&self, deed: &Deed, before: &Value) -> Result<Value> {
        if *deed == Deed::Weigh(0) {
            // Taking a parcel off says nothing to the run.
            return self.run_now().await;
        }
        let before = before["last_act"].as_i64().context("a run has a last act")?;
        until(&format!("{deed:?}"), async || {
            // The printer's word may come between; wait for this very kind of act.
            let since = self
                .person
                .get(&format!("/api/runs/{}/events?after={before}", self.run))
                .await?;
            let kind = deed.kind();
            let mut acts = since.as_array().into_iter().flatten();
            ensure!(
                acts.any(|event| event["act"]["do"] == kind),
                "no {kind} after act {before}: {since}"
            );
            let run = self.run_now().await?;
            // While a parcel is put down the scale says more than once that it is not steady yet.
            ensure!(
                !matches!(deed, Deed::Weigh(_)) || run["step"] != "step.weigh",
                "not weighed yet"
            );
            Ok(run)
        })
        .await
    }

    /// Waits until a position is lit, as eyes would.
    ///
    /// # Errors
    /// When it stays dark.
    pub async fn sees_light(&self, position: usize) -> Result<()> {
        until(&format!("light at {position}"), async || {
            let shelf = self.panel.look().await?;
            let light = &shelf["shelf"]["positions"][position];
            ensure!(light["colour"] == "a", "{light}; the run: {}", self.run_now().await?);
            Ok(())
        })
        .await
    }

    /// Does one thing and does not wait.
    ///
    /// # Errors
    /// When the panel or the page refuses.
    pub async fn lays_hands_on(&self, deed: &Deed) -> Result<()> {
        match deed {
            Deed::Scan(code) => self.panel.scan(code).await,
            Deed::Press(position, key) => self.panel.press(*position, key).await,
            Deed::Weigh(grams) => self.panel.weigh(*grams).await,
            Deed::Log(text) => {
                self.person
                    .act(self.run, &json!({ "do": "write_log", "text": text }))
                    .await?;
                Ok(())
            }
        }
    }

    /// The run as it stands.
    ///
    /// # Errors
    /// When the WMS does not answer.
    pub async fn run_now(&self) -> Result<Value> {
        self.person.run(self.run).await
    }
}
