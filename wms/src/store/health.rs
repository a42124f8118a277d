//! Whether the database can be written, found by writing to it: what `/health` and the pages say.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, Notify, watch};
use tokio::time::timeout;

use super::{Db, DbError, Gone};
use crate::clock;

/// How often the files of a database are looked at, and a sick one is tried again.
const LOOK: Duration = Duration::from_secs(1);
/// An answer that old is given again: asking often must not mean writing often.
const FRESH: Duration = Duration::from_secs(2);
/// A database that takes longer to write one row can't be written.
const PATIENCE: Duration = Duration::from_secs(5);

/// How the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wellness {
    /// It takes what is written.
    Well,
    /// It can be read, but not written, and why.
    Unwritable(String),
    /// Its files were taken away while this program ran.
    Gone(Gone),
}

/// How the database is, known to all who ask. It is looked at by [`Health::watch`] and by [`Health::ask`].
#[derive(Clone, Debug)]
pub struct Health(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    now: watch::Sender<Wellness>,
    doubt: Notify,
    looked: Mutex<Option<Instant>>,
}

impl Default for Health {
    fn default() -> Self {
        Self(Arc::new(Inner {
            now: watch::Sender::new(Wellness::Well),
            doubt: Notify::new(),
            looked: Mutex::new(None),
        }))
    }
}

impl Health {
    /// As it was when it was last looked at.
    pub fn now(&self) -> Wellness {
        self.0.now.borrow().clone()
    }

    /// Something could not be written: the database is looked at soon.
    pub fn doubt(&self) {
        self.0.doubt.notify_one();
    }

    /// As it is now, or was a moment ago.
    pub async fn ask(&self, db: &Db) -> Wellness {
        let mut looked = self.0.looked.lock().await;
        if looked.is_none_or(|at| at.elapsed() > FRESH) || db.intact().is_err() {
            self.look(db).await;
            *looked = Some(Instant::now());
        }
        self.now()
    }

    /// Looks at the database's files again and again, and writes to it while it is in doubt, until it is well. Never ends.
    pub async fn watch(self, db: Db) {
        loop {
            let doubted = timeout(LOOK, self.0.doubt.notified()).await.is_ok();
            let sick = self.now() != Wellness::Well;
            if doubted || sick || db.intact().is_err() {
                self.look(&db).await;
            }
            if doubted {
                // Many who complain at once are one reason to look.
                tokio::time::sleep(LOOK / 4).await;
            }
        }
    }

    async fn look(&self, db: &Db) {
        if let Err(gone) = db.intact() {
            self.lost(db, gone).await;
            return;
        }
        self.found(match timeout(PATIENCE, write(db)).await {
            Ok(Ok(())) => Wellness::Well,
            Ok(Err(error)) => Wellness::Unwritable(error.to_string()),
            Err(_) => Wellness::Unwritable(format!("it did not answer within {} s", PATIENCE.as_secs())),
        });
    }

    /// Its files are gone: what can be saved of them is, once.
    pub async fn lost(&self, db: &Db, gone: Gone) {
        if !matches!(self.now(), Wellness::Gone(_)) {
            db.save().await;
        }
        self.found(Wellness::Gone(gone));
    }

    fn found(&self, found: Wellness) {
        self.0.now.send_if_modified(|now| {
            if *now == found {
                return false;
            }
            match &found {
                Wellness::Well => tracing::info!("the database can be written again"),
                Wellness::Unwritable(why) => tracing::error!(why, "the database can't be written; acts are refused"),
                Wellness::Gone(gone) => tracing::error!("{gone}"),
            }
            *now = found;
            true
        });
    }
}

/// Writes the one row that is there for it.
///
/// # Errors
/// Where the database does not take it.
pub async fn write(db: &Db) -> Result<(), sqlx::Error> {
    let mut tx = db.begin().await?;
    sqlx::query("INSERT INTO health (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at")
        .bind(clock::now())
        .execute(&mut *tx)
        .await?;
    db.commit(tx).await
}

/// The same before anything is served. Where this user may not write, nothing ever will be, so it is refused; a full disk
/// is told while it lasts.
///
/// # Errors
/// Where the rights are missing.
pub async fn write_first(db: &Db) -> Result<(), DbError> {
    let Err(error) = write(db).await else { return Ok(()) };
    // SQLITE_READONLY and SQLITE_CANTOPEN; of PostgreSQL "insufficient privilege" and "read only transaction".
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    let number = code.as_deref().and_then(|code| code.parse::<u32>().ok());
    let forbidden = match code.as_deref() {
        Some("42501" | "25006") => true,
        Some(code) if code.len() < 5 => number.is_some_and(|number| matches!(number & 0xff, 8 | 14)),
        _ => false,
    };
    if forbidden {
        return Err(DbError::Unwritable {
            url: db.shown(),
            user: std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").map_err(sqlx::Error::Io)?),
            error,
        });
    }
    db.health().doubt();
    Ok(())
}
