//! What a clerk writes in one commit: acts and all that follows from them, many rows in one statement.

use std::collections::BTreeMap;

use rules::core::ground::Change;
use rules::core::stock::{Balance, Movement, Place};
use rules::{Answer, Event, RunId};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, Row, Transaction};
use uplink::{PrintOutcome, UnixMillis};

use super::chain::{self, ActRow};
use super::{Backend, Heard, StoreError, Why, complaints, set_print_state, texts};

/// Rows of one statement at most. Fewer go in powers of two, so that few different statements are ever prepared.
const ROWS: usize = 64;

/// An act on its way into the database.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'a> {
    /// Its run.
    pub run: chain::Run,
    /// Hash of the row before it, where another act of its run in this group is not that row.
    pub before: Option<&'a str>,
    /// The act.
    pub event: &'a Event,
    /// The places it touched, as they stand after it.
    pub balances: &'a [(Place, Balance)],
    /// The device's event that it is.
    pub heard: Option<&'a Heard>,
}

/// A run whose act number moves on.
#[derive(Clone, Copy, Debug)]
pub struct Advance {
    /// Which.
    pub run: RunId,
    /// From where we believe it stands …
    pub from: i64,
    /// … to here.
    pub to: i64,
    /// When it was closed, if it was.
    pub closed_at: Option<UnixMillis>,
}

type Insert<'q> = Query<'q, Any, AnyArguments>;

/// Moves runs' act numbers on, if all still stand where we believe. False: someone else acted meanwhile; the transaction
/// is to be given up.
///
/// # Errors
/// Where the database refuses.
pub async fn advance(
    tx: &mut Transaction<'static, Any>,
    backend: Backend,
    runs: &[Advance],
) -> Result<bool, StoreError> {
    if backend == Backend::Postgres && runs.len() > 1 {
        lock(tx, runs).await?;
    }
    let mut moved = 0;
    for some in in_powers_of_two(runs) {
        let sql = format!(
            "UPDATE run SET last_act = v.column3, closed_at = v.column4 FROM (VALUES {}) AS v \
             WHERE run.id = v.column1 AND run.last_act = v.column2",
            rows_of(some.len(), 4)
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for one in some {
            query = query.bind(one.run).bind(one.from).bind(one.to).bind(one.closed_at);
        }
        moved += query.execute(&mut **tx).await?.rows_affected();
    }
    Ok(moved == runs.len() as u64)
}

/// Runs are locked in one order by everyone, so that two processes never wait for each other.
async fn lock(tx: &mut Transaction<'static, Any>, runs: &[Advance]) -> Result<(), StoreError> {
    for some in in_powers_of_two(runs) {
        let sql = format!(
            "SELECT id FROM run WHERE id IN {} ORDER BY id FOR UPDATE",
            rows_of(1, some.len())
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for one in some {
            query = query.bind(one.run);
        }
        for row in query.fetch_all(&mut **tx).await? {
            row.try_get::<RunId, _>("id")?;
        }
    }
    Ok(())
}

/// Appends acts with all that follows from them, in the order in which they were decided. Gives the hash of each run's last
/// row.
///
/// # Errors
/// Where the same source or the same device's event was kept before, or the database refuses.
pub async fn write(
    tx: &mut Transaction<'static, Any>,
    acts: &[Writing<'_>],
) -> Result<BTreeMap<RunId, String>, StoreError> {
    let mut act_rows = Vec::with_capacity(acts.len());
    let mut tips: BTreeMap<RunId, String> = BTreeMap::new();
    let mut texts_apart = Vec::new();
    let mut movements = Vec::new();
    let mut balances: BTreeMap<(RunId, &Place), Balance> = BTreeMap::new();
    let mut heard = Vec::new();
    for writing in acts {
        let event = writing.event;
        let before = tips.remove(&event.run).or_else(|| writing.before.map(str::to_owned));
        let mut kept = event.clone();
        texts_apart.extend(texts::apart(&mut kept)?);
        let row = ActRow::of(&kept, &writing.run, before)?;
        if let Some(said) = writing.heard {
            heard.push(HeardRow::of(said, &event.answer(), row.answer.clone())?);
        }
        tips.insert(event.run, row.hash());
        act_rows.push(row);
        let moved = event.ground().filter_map(|change| match change {
            Change::Moved(movement) => Some(movement),
            _ => None,
        });
        movements.extend((1..).zip(moved).map(|(line, movement)| (event, line, movement)));
        // A later act of the group has the last word on a place.
        balances.extend(
            writing
                .balances
                .iter()
                .map(|(place, balance)| ((event.run, place), *balance)),
        );
    }
    insert(
        tx,
        &format!("act ({})", chain::COLUMNS),
        19,
        "",
        &act_rows,
        |query, row| {
            query
                .bind(row.run)
                .bind(row.no)
                .bind(row.format)
                .bind(&row.source)
                .bind(row.at)
                .bind(row.certain)
                .bind(row.arrived_at)
                .bind(&row.actor)
                .bind(&row.act)
                .bind(&row.changes)
                .bind(&row.answer)
                .bind(row.person)
                .bind(row.on_behalf)
                .bind(&row.hand)
                .bind(&row.place)
                .bind(row.run_millis)
                .bind(row.day)
                .bind(&row.outcome)
                .bind(&row.before)
        },
    )
    .await?;
    let own_words = texts_apart
        .iter()
        .map(|texts| Ok((texts, serde_json::to_string(&texts.texts)?)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    let into = "free_text (run_id, no, person, salt, texts)";
    insert(tx, into, 5, "", &own_words, |query, (apart, texts)| {
        query
            .bind(apart.run)
            .bind(apart.no)
            .bind(apart.person)
            .bind(&apart.salt)
            .bind(texts)
    })
    .await?;
    insert_movements(tx, &movements).await?;
    for writing in acts {
        for change in writing.event.ground() {
            follow(tx, writing.run.station, writing.event.run, change).await?;
        }
    }
    let balances: Vec<_> = balances.into_iter().collect();
    insert(
        tx,
        "balance (run_id, location, lpn, sku, lot, status, quantity, reserved)",
        8,
        " ON CONFLICT (run_id, location, lpn, sku, lot, status) DO UPDATE SET quantity = excluded.quantity, reserved = excluded.reserved",
        &balances,
        |query, ((run, place), balance)| {
            query
                .bind(*run)
                .bind(&place.location)
                .bind(&place.lpn)
                .bind(&place.sku)
                .bind(&place.lot)
                .bind(place.status.code())
                .bind(balance.quantity)
                .bind(balance.reserved)
        },
    )
    .await?;
    insert_heard_rows(tx, &heard).await?;
    Ok(tips)
}

/// Keeps what a device said and what it was answered, where no act came of it; and why, where a person did it.
///
/// # Errors
/// Where the same was kept before, or the database refuses.
pub async fn insert_heard(
    tx: &mut Transaction<'static, Any>,
    heard: &Heard,
    aside: Option<(Why, Option<RunId>)>,
    answer: &Answer,
) -> Result<(), StoreError> {
    let mut row = HeardRow::of(heard, answer, serde_json::to_string(answer)?)?;
    row.aside = aside;
    insert_heard_rows(tx, &[row]).await?;
    complaints::follow(tx, heard).await
}

struct HeardRow<'a> {
    heard: &'a Heard,
    body: String,
    run: Option<RunId>,
    no: Option<i64>,
    aside: Option<(Why, Option<RunId>)>,
    answer: String,
}

impl<'a> HeardRow<'a> {
    fn of(heard: &'a Heard, answer: &Answer, text: String) -> Result<Self, StoreError> {
        Ok(Self {
            heard,
            body: serde_json::to_string(&heard.event.body)?,
            run: answer.run,
            no: answer.no,
            aside: None,
            answer: text,
        })
    }
}

async fn insert_heard_rows(tx: &mut Transaction<'static, Any>, rows: &[HeardRow<'_>]) -> Result<(), StoreError> {
    let into = "device_event (device, boot, event, at, arrived_at, body, run_id, act_no, answer, aside, aside_run)";
    insert(tx, into, 11, "", rows, |query, row| {
        let key = &row.heard.event.key;
        query
            .bind(&key.device.0)
            .bind(i64::from(key.boot))
            .bind(i64::from(key.event))
            .bind(row.heard.event.at)
            .bind(row.heard.arrived_at)
            .bind(&row.body)
            .bind(row.run)
            .bind(row.no)
            .bind(&row.answer)
            .bind(row.aside.map(|(why, _)| why.code()))
            .bind(row.aside.and_then(|(_, run)| run))
    })
    .await
}

async fn insert_movements(
    tx: &mut Transaction<'static, Any>,
    movements: &[(&Event, i64, &Movement)],
) -> Result<(), StoreError> {
    let into = "movement (run_id, no, line, sku, lot, from_location, from_lpn, from_status, to_location, to_lpn, to_status, \
                quantity)";
    insert(tx, into, 12, "", movements, |query, (event, line, movement)| {
        query
            .bind(event.run)
            .bind(event.no)
            .bind(*line)
            .bind(&movement.sku)
            .bind(&movement.lot)
            .bind(&movement.from.location)
            .bind(&movement.from.lpn)
            .bind(movement.from.status.code())
            .bind(&movement.to.location)
            .bind(&movement.to.lpn)
            .bind(movement.to.status.code())
            .bind(movement.quantity)
    })
    .await
}

/// Papers and labels have rows of their own, so that they are found without reading the run.
async fn follow(
    tx: &mut Transaction<'static, Any>,
    station: i64,
    run: RunId,
    change: &Change,
) -> Result<(), StoreError> {
    match change {
        Change::PaperMade { number, kind, at, .. } => {
            sqlx::query("INSERT INTO paper (run_id, number, kind, state, made_at) VALUES ($1, $2, $3, 'draft', $4)")
                .bind(run)
                .bind(number)
                .bind(kind.code())
                .bind(*at)
                .execute(&mut **tx)
                .await?;
        }
        Change::PaperMoved { number, state, .. } => {
            sqlx::query("UPDATE paper SET state = $1 WHERE run_id = $2 AND number = $3")
                .bind(state.code())
                .bind(run)
                .bind(number)
                .execute(&mut **tx)
                .await?;
        }
        Change::LabelQueued { job, label } => {
            sqlx::query(
                "INSERT INTO print_job (run_id, job, station_id, label, state) VALUES ($1, $2, $3, $4, 'queued')",
            )
            .bind(run)
            .bind(i64::from(*job))
            .bind(station)
            .bind(serde_json::to_string(label)?)
            .execute(&mut **tx)
            .await?;
        }
        Change::LabelState { job, outcome } => {
            let state = match outcome {
                PrintOutcome::Done => "printed",
                PrintOutcome::Damaged => "failed",
                PrintOutcome::PaperOut | PrintOutcome::CoverOpen | PrintOutcome::HeadHot => "waiting",
            };
            set_print_state(tx, run, *job, state).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Inserts rows, many with one statement. `into` names table and columns, `then` what to do where a row is there.
async fn insert<T>(
    tx: &mut Transaction<'static, Any>,
    into: &str,
    columns: usize,
    then: &str,
    rows: &[T],
    bind: impl for<'q> Fn(Insert<'q>, &'q T) -> Insert<'q>,
) -> Result<(), StoreError> {
    for some in in_powers_of_two(rows) {
        let sql = format!("INSERT INTO {into} VALUES {}{then}", rows_of(some.len(), columns));
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for row in some {
            query = bind(query, row);
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// `($1, $2), ($3, $4)`: so many rows of so many parameters.
fn rows_of(rows: usize, columns: usize) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(rows * columns * 5);
    for row in 0..rows {
        text += if row == 0 { "(" } else { ", (" };
        for column in 1..=columns {
            let comma = if column == 1 { "" } else { ", " };
            // Writing to a string can't fail.
            let _ = write!(text, "{comma}${}", row * columns + column);
        }
        text.push(')');
    }
    text
}

/// Pieces of 64, then of 32, 16 … rows.
fn in_powers_of_two<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let most = rest.len().min(ROWS);
        let length = most.checked_ilog2().map(|power| 1 << power)?;
        let (some, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some(some)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_through() {
        assert_eq!(rows_of(1, 1), "($1)");
        assert_eq!(rows_of(2, 3), "($1, $2, $3), ($4, $5, $6)");
    }

    #[test]
    fn every_row_is_in_one_piece_and_pieces_have_few_lengths() {
        for length in 0..200 {
            let rows: Vec<usize> = (0..length).collect();
            let pieces: Vec<&[usize]> = in_powers_of_two(&rows).collect();
            assert_eq!(pieces.concat(), rows);
            assert!(
                pieces
                    .iter()
                    .all(|piece| piece.len().is_power_of_two() && piece.len() <= ROWS)
            );
        }
    }
}
