//! The ledger and its balances.

use rules::RunId;
use rules::core::stock::{self, Balance, Movement, Spot, Status};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};
use uplink::UnixMillis;

use super::{Db, StoreError};

/// A line of the ledger with the act it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// Number of the act.
    pub no: i64,
    /// Which of the act's lines, from 1.
    pub line: i64,
    /// When.
    pub at: UnixMillis,
    /// What moved.
    pub movement: Movement,
}

/// A run's ledger, in order.
///
/// # Errors
/// Where the database refuses.
pub async fn ledger(db: impl Executor<'_, Database = Any>, run: RunId) -> Result<Vec<LedgerLine>, StoreError> {
    let sql = "SELECT m.no, m.line, a.at, m.sku, m.lot, m.from_location, m.from_lpn, m.from_status, m.to_location, m.to_lpn, m.to_status, m.quantity \
               FROM movement m JOIN act a ON a.run_id = m.run_id AND a.no = m.no WHERE m.run_id = $1 ORDER BY m.no, m.line";
    let rows = sqlx::query(sql).bind(run).fetch_all(db).await?;
    rows.iter().map(ledger_line).collect()
}

/// Which lines of a ledger are looked for; empty texts mean any.
#[derive(Clone, Debug, Default)]
pub struct LedgerFilter<'a> {
    /// Code of the goods.
    pub sku: &'a str,
    /// How the code of one of the two locations begins.
    pub location: &'a str,
    /// Only lines before this one: number of the act, and which of its lines.
    pub before: Option<(i64, i64)>,
}

/// A run's ledger, newest first, so many lines at most.
///
/// # Errors
/// Where the database refuses.
pub async fn ledger_before(
    db: &Db,
    run: RunId,
    filter: &LedgerFilter<'_>,
    most: i64,
) -> Result<Vec<LedgerLine>, StoreError> {
    let (no, line) = filter.before.unwrap_or((i64::MAX, i64::MAX));
    let sql = "SELECT m.no, m.line, a.at, m.sku, m.lot, m.from_location, m.from_lpn, m.from_status, m.to_location, m.to_lpn, m.to_status, m.quantity \
               FROM movement m JOIN act a ON a.run_id = m.run_id AND a.no = m.no \
               WHERE m.run_id = $1 AND (m.no, m.line) < ($2, $3) AND ($4 = '' OR m.sku = $4) AND ($5 = '' \
               OR substr(m.from_location, 1, length($5)) = $5 OR substr(m.to_location, 1, length($5)) = $5) \
               ORDER BY m.no DESC, m.line DESC LIMIT $6";
    let rows = sqlx::query(sql)
        .bind(run)
        .bind(no)
        .bind(line)
        .bind(filter.sku)
        .bind(filter.location)
        .bind(most)
        .fetch_all(&db.pool)
        .await?;
    rows.iter().map(ledger_line).collect()
}

/// A side of a movement, or a balance's, from its three columns.
fn spot(row: &AnyRow, [location, lpn, status]: [&str; 3]) -> Result<Spot, StoreError> {
    let code: String = row.try_get(status)?;
    Ok(Spot {
        location: row.try_get(location)?,
        lpn: row.try_get(lpn)?,
        status: Status::of_code(&code).ok_or(StoreError::UnknownStatus(code))?,
    })
}

fn ledger_line(row: &AnyRow) -> Result<LedgerLine, StoreError> {
    Ok(LedgerLine {
        no: row.try_get("no")?,
        line: row.try_get("line")?,
        at: row.try_get("at")?,
        movement: Movement {
            sku: row.try_get("sku")?,
            lot: row.try_get("lot")?,
            from: spot(row, ["from_location", "from_lpn", "from_status"])?,
            to: spot(row, ["to_location", "to_lpn", "to_status"])?,
            quantity: row.try_get("quantity")?,
        },
    })
}

/// A run's balances, by place.
///
/// # Errors
/// Where the database refuses.
pub async fn balances(
    db: impl Executor<'_, Database = Any>,
    run: RunId,
) -> Result<Vec<(stock::Place, Balance)>, StoreError> {
    let sql = "SELECT location, lpn, sku, lot, status, quantity, reserved FROM balance WHERE run_id = $1 \
         ORDER BY location, lpn, sku, lot, status";
    let rows = sqlx::query(sql).bind(run).fetch_all(db).await?;
    let line = |row: &AnyRow| -> Result<(stock::Place, Balance), StoreError> {
        let spot = spot(row, ["location", "lpn", "status"])?;
        let place = stock::Place::at(
            &spot,
            row.try_get::<String, _>("sku")?,
            row.try_get::<String, _>("lot")?,
        );
        Ok((
            place,
            Balance {
                quantity: row.try_get("quantity")?,
                reserved: row.try_get("reserved")?,
            },
        ))
    };
    rows.iter().map(line).collect()
}
