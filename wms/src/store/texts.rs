//! People's own words, apart from the acts they belong to: an act keeps a salted hash of each, so that what stands here is
//! proved by the chain and can be erased without it.

use rules::stored::free;
use rules::{Event, RunId};
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use super::StoreError;
use super::chain::hex;

/// What stands for a text that was erased.
pub const ERASED: &str = "（已删除 / erased）";

/// The texts of one act, on their way into the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Texts {
    pub(super) run: RunId,
    pub(super) no: i64,
    pub(super) person: Option<i64>,
    /// Random, erased with them: who has an act's hash alone can't try words against it.
    pub(super) salt: String,
    pub(super) texts: Vec<String>,
}

/// Takes the texts out of an act; none where there are none.
///
/// # Errors
/// Where the system gives no random bytes.
pub(super) fn apart(event: &mut Event) -> Result<Option<Texts>, StoreError> {
    let mut own_words = false;
    free::texts(event, &mut |text| own_words |= !text.is_empty());
    if !own_words {
        return Ok(None);
    }
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    let salt = hex(&bytes);
    let mut texts: Vec<String> = Vec::new();
    free::texts(event, &mut |text| {
        if text.is_empty() {
            return;
        }
        let nth = texts.iter().position(|known| known == text).unwrap_or_else(|| {
            texts.push(text.clone());
            texts.len() - 1
        });
        *text = format!("{nth}:{}", hash(&salt, text));
    });
    Ok(Some(Texts {
        run: event.run,
        no: event.no,
        person: event.actor.person(),
        salt,
        texts,
    }))
}

/// Puts them back where they stood.
///
/// # Errors
/// Where the row can't be read.
pub(super) fn back(event: &mut Event, row: &AnyRow) -> Result<(), StoreError> {
    let texts: Option<String> = row.try_get("texts")?;
    let texts: Vec<String> = texts.map_or_else(|| Ok(Vec::new()), |texts| serde_json::from_str(&texts))?;
    free::texts(event, &mut |text| {
        if text.is_empty() {
            return;
        }
        let nth = text.split_once(':').and_then(|(nth, _)| nth.parse::<usize>().ok());
        *text = nth
            .and_then(|nth| texts.get(nth).cloned())
            .unwrap_or_else(|| ERASED.to_owned());
    });
    Ok(())
}

fn hash(salt: &str, text: &str) -> String {
    hex(&Sha256::new().chain_update(salt).chain_update(text).finalize())
}

/// Acts of a run whose own words are not those that were kept with them.
///
/// # Errors
/// Where the database refuses, or a row can't be read.
pub(super) async fn changed(db: impl Executor<'_, Database = Any>, run: RunId) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT t.no, t.salt, t.texts, a.act, a.changes, a.answer FROM free_text t \
               JOIN act a ON a.run_id = t.run_id AND a.no = t.no WHERE t.run_id = $1 ORDER BY t.no";
    let mut changed = Vec::new();
    for row in sqlx::query(sql).bind(run).fetch_all(db).await? {
        let (salt, texts): (String, String) = (row.try_get("salt")?, row.try_get("texts")?);
        let texts: Vec<String> = serde_json::from_str(&texts)?;
        let kept = [
            row.try_get::<String, _>("act")?,
            row.try_get("changes")?,
            row.try_get("answer")?,
        ];
        let stands = |token: String| kept.iter().any(|kept| kept.contains(&token));
        let all = texts
            .iter()
            .enumerate()
            .all(|(nth, text)| stands(format!("\"{nth}:{}\"", hash(&salt, text))));
        if !all {
            changed.push(row.try_get("no")?);
        }
    }
    Ok(changed)
}
