//! Print jobs: labels that wait for a printer, and how far each has come.

use rules::RunId;
use rules::core::label::LabelSpec;
use sqlx::{Any, Row, Transaction};

use super::{Db, StoreError};

/// A label that is not on paper yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    /// The run that asked for it.
    pub run: RunId,
    /// Number of the job.
    pub job: u32,
    /// What it says.
    pub label: LabelSpec,
}

/// Labels of the run at a station that are not on paper yet. Not those of runs that are over: nobody waits for them at the
/// printer.
///
/// # Errors
/// Where the database refuses, or a row can't be read.
pub async fn waiting_labels(db: &Db, station: i64) -> Result<Vec<Waits>, StoreError> {
    let sql = "SELECT p.run_id, p.job, p.label FROM print_job p JOIN station s ON s.id = p.station_id AND s.run_id = p.run_id \
               WHERE p.station_id = $1 AND p.state IN ('queued', 'sent', 'taken', 'waiting') ORDER BY p.job";
    let mut labels = Vec::new();
    for row in sqlx::query(sql).bind(station).fetch_all(&db.pool).await? {
        let label: String = row.try_get("label")?;
        labels.push(Waits {
            run: row.try_get("run_id")?,
            job: u32::try_from(row.try_get::<i64, _>("job")?).unwrap_or_default(),
            label: serde_json::from_str(&label)?,
        });
    }
    Ok(labels)
}

/// Says how far a label has come.
///
/// # Errors
/// Where the database refuses.
pub async fn set_print_state(
    tx: &mut Transaction<'static, Any>,
    run: RunId,
    job: u32,
    state: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE print_job SET state = $1 WHERE run_id = $2 AND job = $3 AND state <> 'printed'")
        .bind(state)
        .bind(run)
        .bind(i64::from(job))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
