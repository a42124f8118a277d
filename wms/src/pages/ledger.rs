//! The stock ledger of a run: balances, movements, and the check that they agree.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Response};
use rules::RunState;
use rules::core::stock::{Spot, Status};
use rules::core::{codes, stock};
use rules::locale::{Lang, Words};
use serde::Deserialize;

use super::station::RunHead;
use super::{Turn, sheet};
use crate::http::{Fault, Frame, Path, Query, SignedIn, Web};
use crate::store;

/// One balance.
#[derive(Clone, Debug, Default)]
pub struct BalanceRow {
    /// Where.
    pub location: String,
    /// What.
    pub goods: String,
    /// Of which lot.
    pub lot: String,
    /// How many, with unit.
    pub quantity: String,
    /// Of these promised.
    pub reserved: String,
}

/// What an order's line wants and has not got.
#[derive(Clone, Debug, Default)]
pub struct DemandRow {
    /// Number of the order.
    pub order: String,
    /// What.
    pub goods: String,
    /// Of which lot.
    pub lot: String,
    /// From which face; empty where none has it.
    pub face: String,
    /// How many, with unit.
    pub quantity: String,
}

/// One movement.
#[derive(Clone, Debug, Default)]
pub struct MovementRow {
    /// The act it came of.
    pub act: i64,
    /// When.
    pub time: String,
    /// What.
    pub goods: String,
    /// Of which lot.
    pub lot: String,
    /// From where.
    pub from: String,
    /// To where.
    pub to: String,
    /// How many, with unit.
    pub quantity: String,
}

/// What the check of the ledger found.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// Whether all agrees.
    pub holds: bool,
    /// In words.
    pub text: String,
}

/// The stock ledger.
#[derive(Template)]
#[template(path = "ledger.html")]
pub struct LedgerPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Which run.
    pub run: RunHead,
    /// Goods to filter by: code and name.
    pub goods: Vec<(String, String)>,
    /// Goods shown; empty for all.
    pub filter_sku: String,
    /// Location shown; empty for all.
    pub filter_location: String,
    /// What the check found, where it was asked for.
    pub proof: Option<Proof>,
    /// Balances.
    pub balances: Vec<BalanceRow>,
    /// What orders want and have not got.
    pub demand: Vec<DemandRow>,
    /// Movements, newest first.
    pub movements: Vec<MovementRow>,
    /// The way to older ones, and back to the newest.
    pub turn: Turn,
}

/// What to show.
#[derive(Deserialize)]
pub struct Filter {
    #[serde(default)]
    sku: String,
    #[serde(default)]
    location: String,
    #[serde(default)]
    prove: String,
    /// Only movements before this one: number of its act, a dot, which of the act's lines.
    #[serde(default)]
    before: String,
}

/// Movements on one page.
const PAGE: i64 = 100;

/// Name of a location; those of the book have words.
fn location(code: &str, w: &Words) -> String {
    match code {
        stock::OPENING => w.get("ledger.opening").to_owned(),
        stock::SUPPLIER => w.get("ledger.supplier").to_owned(),
        stock::CUSTOMER => w.get("ledger.customer").to_owned(),
        stock::LOSS => w.get("ledger.loss").to_owned(),
        code => code.to_owned(),
    }
}

/// A side of a movement: its location, on which licence plate, and its status where that is not the usual.
fn spot(spot: &Spot, w: &Words) -> String {
    let mut text = location(&spot.location, w);
    if !spot.lpn.is_empty() {
        text = format!("{text} · {}", spot.lpn);
    }
    if spot.status != Status::Available {
        text = format!("{text} · {}", w.get(spot.status.key()));
    }
    text
}

fn quantity(run: &RunState, sku: &str, units: i64) -> String {
    format!("{units} {}", run.ground.goods.unit(sku))
}

/// Name of goods as it stands in exported lists; empty where the scenario has none such.
fn name(run: &RunState, sku: &str) -> String {
    run.ground
        .goods
        .sku(sku)
        .map_or_else(String::new, |sku| sku.name.clone())
}

/// `GET /runs/{run}/ledger`
pub async fn page(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(id): Path<i64>,
    Query(filter): Query<Filter>,
) -> Result<Html<String>, Fault> {
    let (run, head) = web.visible_run(&account, id, frame.lang).await?;
    let (w, db) = (frame.words(), web.app.db());
    let wanted = codes::key(&filter.location);
    let of_sku = |sku: &str| filter.sku.is_empty() || sku == filter.sku;
    let at = |code: &str| wanted.is_empty() || code.starts_with(&wanted);
    let proof = match filter.prove.as_str() {
        "1" => Some(prove(&web, id, w).await?),
        _ => None,
    };
    let balances = store::balances(&db.pool, id).await?;
    let balances = balances.iter().filter(|(place, balance)| {
        of_sku(&place.sku) && at(&place.location) && balance.quantity != 0 && !stock::is_of_the_book(&place.location)
    });
    let balance = |(place, balance): &(stock::Place, stock::Balance)| BalanceRow {
        location: spot(&place.spot(), w),
        goods: run.ground.goods.called(&place.sku),
        lot: place.lot.clone(),
        quantity: quantity(&run, &place.sku, balance.quantity),
        reserved: if balance.reserved == 0 {
            String::new()
        } else {
            balance.reserved.to_string()
        },
    };
    let demand = run.ground.demand.iter();
    let demand = demand.filter(|(want, _)| of_sku(&want.sku) && at(&want.face));
    let demand = demand.map(|(want, units)| DemandRow {
        order: want.order.clone(),
        goods: run.ground.goods.called(&want.sku),
        lot: want.lot.clone(),
        face: want.face.clone(),
        quantity: quantity(&run, &want.sku, units),
    });
    let before = filter.before.split_once('.');
    let before = before.and_then(|(no, line)| Some((no.parse().ok()?, line.parse().ok()?)));
    let wanted_lines = store::LedgerFilter {
        sku: &filter.sku,
        location: &wanted,
        before,
    };
    // One more tells whether there are older ones.
    let mut movements = store::ledger_before(db, id, &wanted_lines, PAGE + 1).await?;
    let more = i64::try_from(movements.len()).is_ok_and(|count| count > PAGE);
    movements.truncate(usize::try_from(PAGE).unwrap_or_default());
    let way = |before: &str| -> Result<String, Fault> {
        let fields = [
            ("sku", filter.sku.as_str()),
            ("location", &filter.location),
            ("before", before),
        ];
        let fields: Vec<_> = fields.iter().filter(|(_, value)| !value.is_empty()).collect();
        let fields = serde_urlencoded::to_string(fields).map_err(|error| Fault::ours(&error))?;
        Ok(format!("/runs/{id}/ledger?{fields}"))
    };
    let oldest = movements.last().filter(|_| more);
    let turn = Turn {
        shown: String::new(),
        older: oldest
            .map(|line| way(&format!("{}.{}", line.no, line.line)))
            .transpose()?,
        newer: before.map(|_| way("")).transpose()?,
    };
    let movement = |line: &store::LedgerLine| MovementRow {
        act: line.no,
        time: frame.zone.time_on(line.at, run.ground.head.started_at),
        goods: run.ground.goods.called(&line.movement.sku),
        lot: line.movement.lot.clone(),
        from: spot(&line.movement.from, w),
        to: spot(&line.movement.to, w),
        quantity: quantity(&run, &line.movement.sku, line.movement.quantity),
    };
    let page = LedgerPage {
        goods: run
            .ground
            .scenario
            .sku
            .iter()
            .map(|sku| (sku.code.clone(), sku.name.clone()))
            .collect(),
        proof,
        balances: balances.map(balance).collect(),
        demand: demand.collect(),
        movements: movements.iter().map(movement).collect(),
        turn,
        filter_sku: filter.sku.clone(),
        filter_location: filter.location.clone(),
        run: head,
        w,
        frame,
    };
    Ok(Html(page.render()?))
}

async fn prove(web: &Web, run: i64, w: &Words) -> Result<Proof, Fault> {
    let report = store::check(web.app.db(), run).await?;
    let holds = report.differences.is_empty();
    let text = if holds {
        w.fill(
            "ledger.holds",
            &[("movements", &report.movements), ("balances", &report.balances)],
        )
    } else {
        let some = report.differences.iter().take(3);
        let some: Vec<String> = some
            .map(|found| format!("{}: {} / {}", found.what, found.ledger, found.other))
            .collect();
        w.fill(
            "ledger.differs",
            &[("count", &report.differences.len()), ("some", &some.join("; "))],
        )
    };
    Ok(Proof { holds, text })
}

/// `GET /runs/{run}/ledger.csv`, and the same as `.xlsx`: the movements.
pub async fn export(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(id): Path<i64>,
) -> Result<Response, Fault> {
    let (run, _) = web.visible_run(&account, id, Lang::default()).await?;
    let w = frame.words();
    let movements = store::ledger(&web.app.db().pool, id).await?;
    let rows = movements.iter().map(|line| {
        let movement = &line.movement;
        [
            line.no.to_string(),
            frame.zone.date_time(line.at),
            movement.sku.clone(),
            name(&run, &movement.sku),
            movement.lot.clone(),
            spot(&movement.from, w),
            spot(&movement.to, w),
            movement.quantity.to_string(),
            run.ground.goods.unit(&movement.sku).to_owned(),
        ]
    });
    let head = [
        "ledger.act",
        "ledger.time",
        "paper.code",
        "paper.name",
        "ledger.lot",
        "ledger.from",
        "ledger.to",
        "ledger.quantity",
        "paper.unit",
    ]
    .map(|key| w.get(key));
    sheet::file(&frame.path, &format!("ledger-{id}"), head, &[0, 7], rows).await
}

/// `GET /runs/{run}/balances.csv`, and the same as `.xlsx`
pub async fn export_balances(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(id): Path<i64>,
) -> Result<Response, Fault> {
    let (run, _) = web.visible_run(&account, id, Lang::default()).await?;
    let w = frame.words();
    let balances = store::balances(&web.app.db().pool, id).await?;
    let shown = balances
        .iter()
        .filter(|(place, balance)| balance.quantity != 0 && !stock::is_of_the_book(&place.location));
    let rows = shown.map(|(place, balance)| {
        [
            place.location.clone(),
            place.lpn.clone(),
            place.sku.clone(),
            name(&run, &place.sku),
            place.lot.clone(),
            run.ground
                .lots
                .get(&place.sku, &place.lot)
                .and_then(|lot| lot.expiry.clone())
                .unwrap_or_default(),
            w.get(place.status.key()).to_owned(),
            balance.quantity.to_string(),
            balance.reserved.to_string(),
            run.ground.goods.unit(&place.sku).to_owned(),
        ]
    });
    let head = [
        "ledger.location",
        "ledger.lpn",
        "paper.code",
        "paper.name",
        "ledger.lot",
        "ledger.expiry",
        "ledger.status",
        "ledger.quantity",
        "ledger.reserved",
        "paper.unit",
    ]
    .map(|key| w.get(key));
    sheet::file(&frame.path, &format!("balances-{id}"), head, &[7, 8], rows).await
}

/// `GET /runs/{run}/demand.csv`, and the same as `.xlsx`
pub async fn export_demand(
    frame: Frame,
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(id): Path<i64>,
) -> Result<Response, Fault> {
    let (run, _) = web.visible_run(&account, id, Lang::default()).await?;
    let w = frame.words();
    let rows = run.ground.demand.iter().map(|(want, units)| {
        [
            want.order.clone(),
            want.sku.clone(),
            name(&run, &want.sku),
            want.lot.clone(),
            want.face.clone(),
            units.to_string(),
            run.ground.goods.unit(&want.sku).to_owned(),
        ]
    });
    let head = [
        "ledger.order",
        "paper.code",
        "paper.name",
        "ledger.lot",
        "ledger.face",
        "ledger.wanted",
        "paper.unit",
    ]
    .map(|key| w.get(key));
    sheet::file(&frame.path, &format!("demand-{id}"), head, &[5], rows).await
}
