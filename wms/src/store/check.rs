//! The proof that balances are what the ledger says, that each SKU's sum is zero, and that papers agree with the ledger.

use std::collections::BTreeMap;

use rules::RunState;
use rules::core::stock::{CUSTOMER, PACKING, Place, RECEIVING, SUPPLIER, is_of_the_book};
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::Row;

use crate::store::{self, Db, StoreError, chain, texts};

/// What was compared, and what differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// The run; 0 for all.
    pub run: i64,
    /// Movements read.
    pub movements: usize,
    /// Balances read.
    pub balances: usize,
    /// What differs; empty where all agrees.
    pub differences: Vec<Difference>,
}

/// Two figures that should be equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// Number of the run.
    pub run: i64,
    /// What is compared: a place's balance, a paper's line.
    pub what: String,
    /// Figure by the ledger.
    pub ledger: i64,
    /// Figure found there.
    pub other: i64,
}

/// Checks one run, which may go on meanwhile: balances against movements, and what papers say against them.
///
/// # Errors
/// Where the database refuses or holds rows that can't be read.
pub async fn check(db: &Db, run: i64) -> Result<Report, StoreError> {
    // One reading of all three, or an act taken between two of them would look like a difference.
    let mut tx = db.snapshot().await?;
    let (head, scenario) = store::run(&mut *tx, run).await?;
    let events = store::events(&mut *tx, run, 0).await?;
    let movements = store::ledger(&mut *tx, run).await?;
    let balances = store::balances(&mut *tx, run).await?;
    let broken = chain::broken(&mut *tx, run).await?;
    let changed = texts::changed(&mut *tx, run).await?;
    tx.commit().await?;
    let mut state = RunState::new(head, scenario);
    let mut report = Report {
        run,
        ..Report::default()
    };
    let differs = |what: String, ledger: i64, other: i64| Difference {
        run,
        what,
        ledger,
        other,
    };
    for no in broken {
        let what = format!("act {no}: it does not hold the hash of the row before it");
        report.differences.push(differs(what, 0, 0));
    }
    for no in changed {
        let what = format!("act {no}: its words are not those that were kept with it");
        report.differences.push(differs(what, 0, 0));
    }
    for event in events {
        let no = event.no;
        if let Err(error) = state.replay(&event) {
            report.differences.push(differs(format!("act {no}: {error}"), 0, 0));
        }
    }
    let mut sums: BTreeMap<Place, i64> = BTreeMap::new();
    let mut by_sku: BTreeMap<String, i64> = BTreeMap::new();
    let mut between: BTreeMap<(String, String, String), i64> = BTreeMap::new();
    for line in movements {
        report.movements += 1;
        let movement = line.movement;
        for (place, sign) in movement.places().into_iter().zip([-1, 1]) {
            *sums.entry(place).or_default() += sign * movement.quantity;
        }
        *between
            .entry((movement.from.location, movement.to.location, movement.sku))
            .or_default() += movement.quantity;
    }
    for (place, balance) in balances {
        report.balances += 1;
        let ledger = sums.remove(&place).unwrap_or_default();
        *by_sku.entry(place.sku.clone()).or_default() += balance.quantity;
        if ledger != balance.quantity {
            report.differences.push(differs(
                format!("balance {} {} {}", place.location, place.sku, place.lot),
                ledger,
                balance.quantity,
            ));
        }
        let (remembered, legal) = (state.ground.stock.at(&place), is_of_the_book(&place.location));
        if remembered != balance {
            let what = format!("run's state {} {} {}", place.location, place.sku, place.lot);
            report
                .differences
                .push(differs(what, remembered.quantity, balance.quantity));
        }
        if !legal && (balance.quantity < 0 || balance.reserved < 0 || balance.reserved > balance.quantity) {
            let what = format!("reserved {} {} {}", place.location, place.sku, place.lot);
            report
                .differences
                .push(differs(what, balance.quantity, balance.reserved));
        }
    }
    for (place, ledger) in sums.into_iter().filter(|(_, sum)| *sum != 0) {
        report.differences.push(differs(
            format!("balance {} {} {}", place.location, place.sku, place.lot),
            ledger,
            0,
        ));
    }
    for (sku, sum) in by_sku.into_iter().filter(|(_, sum)| *sum != 0) {
        report
            .differences
            .push(differs(format!("sum of {sku} over all locations"), 0, sum));
    }
    let moved = |from: &str, to: &str, sku: &str| {
        between
            .get(&(from.to_owned(), to.to_owned(), sku.to_owned()))
            .copied()
            .unwrap_or_default()
    };
    // The receipt says what was counted and done; the outbound orders say what was picked and handed over.
    for line in state.inbound.lines.iter().filter(|line| line.done) {
        let ledger = moved(SUPPLIER, RECEIVING, &line.sku);
        if ledger != line.units {
            report
                .differences
                .push(differs(format!("receipt, line {}", line.sku), ledger, line.units));
        }
    }
    // The pick list says what was taken from each slot: what went to packing, less what the check booked back.
    let mut shipped: BTreeMap<&str, i64> = BTreeMap::new();
    let mut taken: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for order in &state.outbound.orders {
        for line in &order.lines {
            for pick in &line.picks {
                *taken.entry((&pick.location, &line.sku)).or_default() += pick.picked.unwrap_or_default();
            }
            *shipped.entry(&line.sku).or_default() += if order.handed_over { line.picked() } else { 0 };
        }
    }
    for ((location, sku), other) in taken {
        let ledger = moved(location, PACKING, sku) - moved(PACKING, location, sku);
        if ledger != other {
            report
                .differences
                .push(differs(format!("pick list, {location} {sku}"), ledger, other));
        }
    }
    for (sku, other) in shipped {
        let ledger = moved(PACKING, CUSTOMER, sku);
        if ledger != other {
            report
                .differences
                .push(differs(format!("outbound orders, {sku}"), ledger, other));
        }
    }
    Ok(report)
}

/// Checks every run of a database.
///
/// # Errors
/// Where the database refuses or holds rows that can't be read.
pub async fn check_all(db: &Db) -> Result<Report, StoreError> {
    let mut all = Report::default();
    let runs = sqlx::query("SELECT id FROM run ORDER BY id")
        .fetch_all(&db.pool)
        .await?;
    for row in runs {
        let report = check(db, row.try_get("id")?).await?;
        all.movements += report.movements;
        all.balances += report.balances;
        all.differences.extend(report.differences);
    }
    Ok(all)
}
