//! The database: SQLite by default, PostgreSQL for many floors. One SQL text serves both, because only whole numbers, text
//! and bytes are kept.

use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{Any, AnyConnection, AnyPool, Connection, Row, Transaction};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::Health;
use super::memory::Fleet;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a request waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(5);
/// A connection that does not answer for so long is dead, though nobody said so.
const ALIVE: Duration = Duration::from_secs(1);
/// How long a new server waits for the one before it to let go of the file.
const HANDOVER: Duration = Duration::from_secs(6);

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// A file; one writer.
    Sqlite,
    /// A server; several writers and several WMS processes.
    Postgres,
}

/// Why a database can't be used.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Neither of the two kinds.
    #[error("database {url:?} is neither sqlite:FILE nor postgres://…")]
    Url {
        /// As given, without its password.
        url: String,
    },
    /// It can't be opened.
    #[error(
        "database {url} can't be opened: {error}. Check that the folder exists and may be written, or that the server runs"
    )]
    Open {
        /// Without its password.
        url: String,
        /// Why.
        error: sqlx::Error,
    },
    /// There is no such file, and none is to be made.
    #[error("there is no database {url}; check the name. Nothing was made")]
    Missing {
        /// As given.
        url: String,
    },
    /// It can be read, but not written.
    #[error(
        "database {url} can't be written: {error}. Give the file and its folder to the user that runs this ({user}), \
         or make room on the disk"
    )]
    Unwritable {
        /// Without its password.
        url: String,
        /// Number of the user.
        user: u32,
        /// Why.
        error: sqlx::Error,
    },
    /// Another server uses it.
    #[error("another WMS serves from {url}: end it first, or give this one another database")]
    InUse {
        /// As given.
        url: String,
    },
    /// The lock beside it can't be had.
    #[error("the lock {lock} can't be had: {error}. The folder must be writable for this user")]
    Lock {
        /// The file.
        lock: String,
        /// Why.
        error: std::io::Error,
    },
    /// It holds something else.
    #[error(
        "database {url} is not one of this WMS ({why}). Nothing was changed; give another name, and a new one is made"
    )]
    NotOurs {
        /// Without its password.
        url: String,
        /// What was found.
        why: String,
    },
    /// A newer WMS has written it.
    #[error(
        "database {url} was written by a newer WMS (schema {found}, this one knows {known}). Start that version, or a newer one"
    )]
    Newer {
        /// Without its password.
        url: String,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Its schema could not be brought up to date.
    #[error("database {url} could not be brought up to date: {error}")]
    Migrate {
        /// Without its password.
        url: String,
        /// Why.
        error: MigrateError,
    },
    /// It refused.
    #[error("the database refused: {0}")]
    Sql(#[from] sqlx::Error),
}

/// A file of a SQLite database that is not there any more, or is another one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the database file {} was taken away while this WMS ran: nothing is kept any more. End it, put the file back (or a \
     backup of it), start it again", .path.display()
)]
pub struct Gone {
    /// Which.
    pub path: PathBuf,
}

/// A file as it was when the database was opened.
#[derive(Debug)]
struct Known {
    path: PathBuf,
    /// Device and number of the file.
    id: (u64, u64),
}

impl Known {
    fn of(path: PathBuf) -> Option<Self> {
        let id = identity(&path)?;
        Some(Self { path, id })
    }
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.dev(), about.ino()))
}

/// Whether a database that is not there is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Make {
    Yes,
    No,
}

/// An open database, up to date.
#[derive(Clone, Debug)]
pub struct Db {
    /// Its connections.
    pub pool: AnyPool,
    /// Which it is.
    pub backend: Backend,
    /// As given; holds a password.
    url: String,
    health: Health,
    hears: bool,
    pub(super) fleet: Arc<Fleet>,
    /// The files of a SQLite database: it, and its log.
    files: Arc<[Known]>,
    /// A connection that does nothing: while it is open, SQLite never removes the log.
    keeper: Option<Arc<Mutex<AnyConnection>>>,
}

impl Db {
    /// Opens a database and brings its schema up to date. A new file is made; one that is not ours is left as it is.
    ///
    /// # Errors
    /// Where it can't be opened, is not ours, or is newer than this program.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        Self::open_or(url, Make::Yes).await
    }

    /// The same for a database that must be there already.
    ///
    /// # Errors
    /// As [`Self::open`], and where there is none.
    pub async fn open_existing(url: &str) -> Result<Self, DbError> {
        Self::open_or(url, Make::No).await
    }

    async fn open_or(url: &str, make: Make) -> Result<Self, DbError> {
        sqlx::any::install_default_drivers();
        let shown = without_password(url);
        let file = sqlite_path(url);
        let (backend, full) = match (&file, url.split_once(':')) {
            (Some(path), _) => (Backend::Sqlite, format!("sqlite://{}?mode=rwc", path.display())),
            (None, Some(("postgres" | "postgresql", _))) => (Backend::Postgres, url.to_owned()),
            _ => return Err(DbError::Url { url: shown }),
        };
        let new = file.as_deref().is_some_and(|path| !path.exists());
        if new && make == Make::No {
            return Err(DbError::Missing { url: shown });
        }
        // One connection by itself first: a pool would try again and again, and then only say that time is up. It changes nothing
        // before it is known that the database is ours.
        let tried = async {
            let mut connection = AnyConnection::connect(&full).await?;
            let tables = tables(backend, &mut connection).await?;
            connection.close().await?;
            Ok(tables)
        };
        let tables = tried.await.map_err(|error: sqlx::Error| {
            // SQLITE_NOTADB
            match error.as_database_error().and_then(|error| error.code()) {
                Some(code) if code == "26" => DbError::NotOurs {
                    url: shown.clone(),
                    why: "the file is no SQLite database".into(),
                },
                _ => DbError::Open {
                    url: shown.clone(),
                    error,
                },
            }
        })?;
        refuse_foreign(&tables, &shown)?;
        if let Some(path) = file.as_deref().filter(|_| new) {
            give_to_folders_owner(path);
        }
        let keeper = match backend {
            Backend::Sqlite => {
                let mut keeper = AnyConnection::connect(&full).await?;
                sqlx::query("PRAGMA journal_mode = WAL").execute(&mut keeper).await?;
                // Only a read opens the log.
                sqlx::query("SELECT COUNT(*) FROM sqlite_master")
                    .fetch_one(&mut keeper)
                    .await?;
                Some(Arc::new(Mutex::new(keeper)))
            }
            Backend::Postgres => None,
        };
        let mut db = Self {
            pool: pool(backend).connect(&full).await?,
            backend,
            url: url.to_owned(),
            health: Health::default(),
            fleet: Arc::default(),
            hears: std::env::var_os("CANGXUN_NOTIFY").is_none_or(|word| word != "off"),
            files: Arc::default(),
            keeper,
        };
        db.migrate(&shown).await?;
        if let Some(path) = file {
            let log = beside(&path, "-wal");
            db.files = [path, log].into_iter().filter_map(Known::of).collect();
        }
        Ok(db)
    }

    /// Takes a SQLite file for one server: two would each believe that nobody else writes. Waits a little for one that is
    /// ending. None on PostgreSQL, where many may serve. The file is taken as long as the lock lives.
    ///
    /// # Errors
    /// Where another server has it, or the lock's file can't be made.
    pub async fn lock(url: &str) -> Result<Option<File>, DbError> {
        let Some(path) = sqlite_path(url) else {
            return Ok(None);
        };
        let lock = beside(&path, ".lock");
        let failed = |error| DbError::Lock {
            lock: lock.display().to_string(),
            error,
        };
        let file = File::options().create(true).append(true).open(&lock).map_err(failed)?;
        let begin = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(file)),
                Err(std::fs::TryLockError::WouldBlock) if begin.elapsed() < HANDOVER => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Err(std::fs::TryLockError::WouldBlock) => return Err(DbError::InUse { url: url.to_owned() }),
                Err(std::fs::TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }

    /// The same database without word between processes.
    #[must_use]
    pub fn deaf(mut self) -> Self {
        self.hears = false;
        self
    }

    /// Whether word between processes is used: `CANGXUN_NOTIFY=off` turns it off, as a pooler between does that passes no
    /// NOTIFY on. All works without it, later.
    pub fn hears(&self) -> bool {
        self.hears
    }

    /// Stations or devices were written in a transaction of the caller's, which is committed.
    pub fn fleet_moved(&self) {
        self.fleet.moved();
    }

    /// How it is.
    pub fn health(&self) -> &Health {
        &self.health
    }

    /// Whether the files that were opened still stand where they stood. Always so on PostgreSQL.
    ///
    /// # Errors
    /// Which does not.
    pub fn intact(&self) -> Result<(), Gone> {
        match self.files.iter().find(|known| identity(&known.path) != Some(known.id)) {
            None => Ok(()),
            Some(known) => Err(Gone {
                path: known.path.clone(),
            }),
        }
    }

    /// Its address with its password, for a connection of another kind.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it is, without a password.
    pub fn shown(&self) -> String {
        without_password(&self.url)
    }

    /// Where the log of a SQLite database was deleted and the database was not, what the log held is still open here: it is
    /// written into the database.
    pub async fn save(&self) {
        let (Some(keeper), Err(gone), Some(file)) = (&self.keeper, self.intact(), self.files.first()) else {
            return;
        };
        if gone.path == file.path {
            return;
        }
        let mut keeper = keeper.lock().await;
        let saved = sqlx::query("PRAGMA wal_checkpoint(FULL)").fetch_one(&mut *keeper).await;
        match saved.and_then(|row| row.try_get::<i64, _>(0)) {
            Ok(0) => tracing::warn!("what the deleted log held was written into the database"),
            Ok(_) => tracing::error!("what the deleted log held could not be saved: somebody reads it"),
            Err(error) => tracing::error!(%error, "what the deleted log held could not be saved"),
        }
    }

    /// Begins a transaction that will write: on SQLite it takes the writer's place at once, or a reader that wants to
    /// write later would fail.
    ///
    /// # Errors
    /// Where the database refuses, or its files were taken away.
    pub async fn begin(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        self.intact().map_err(gone)?;
        match self.backend {
            Backend::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Backend::Postgres => self.pool.begin().await,
        }
    }

    /// Commits what [`Self::begin`] began. Only what stands in files that are still there is kept.
    ///
    /// # Errors
    /// Where the database refuses, or its files were taken away.
    pub async fn commit(&self, tx: Transaction<'static, Any>) -> Result<(), sqlx::Error> {
        tx.commit().await?;
        self.intact().map_err(gone)
    }

    /// Begins a transaction that only reads and sees the database as it is at its first read, whatever is written meanwhile.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn snapshot(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        let begin = match self.backend {
            Backend::Sqlite => "BEGIN DEFERRED",
            Backend::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.pool.begin_with(begin).await
    }

    async fn migrate(&self, shown: &str) -> Result<(), DbError> {
        let migrator = match self.backend {
            Backend::Sqlite => &SQLITE,
            Backend::Postgres => &POSTGRES,
        };
        let known = migrator
            .iter()
            .map(|migration| migration.version)
            .max()
            .unwrap_or_default();
        migrator.run(&self.pool).await.map_err(|error| match error {
            MigrateError::VersionMissing(found) | MigrateError::VersionNotPresent(found) if found > known => {
                DbError::Newer {
                    url: shown.to_owned(),
                    found,
                    known,
                }
            }
            MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => DbError::NotOurs {
                url: shown.to_owned(),
                why: "its schema has another history".into(),
            },
            error => DbError::Migrate {
                url: shown.to_owned(),
                error,
            },
        })
    }
}

async fn tables(backend: Backend, connection: &mut AnyConnection) -> Result<Vec<String>, sqlx::Error> {
    let all = sqlx::query(match backend {
        Backend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        Backend::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables \
             WHERE table_schema = current_schema()"
        }
    });
    let rows = all.fetch_all(connection).await?;
    rows.iter().map(|row| row.try_get("name")).collect()
}

/// A database with these tables is new or ours.
fn refuse_foreign(tables: &[String], shown: &str) -> Result<(), DbError> {
    let has = |name: &str| tables.iter().any(|table| table == name);
    let migrated_only = tables.len() == 1 && has("_sqlx_migrations");
    if tables.is_empty() || migrated_only || (has("_sqlx_migrations") && has("student_group")) {
        return Ok(());
    }
    let some: Vec<&str> = tables.iter().take(3).map(String::as_str).collect();
    Err(DbError::NotOurs {
        url: shown.to_owned(),
        why: format!("it holds the tables {}", some.join(", ")),
    })
}

/// Connections that are each as new when they are handed out: one whose commit or rollback failed is thrown away, and so is
/// one that does not answer.
fn pool(backend: Backend) -> AnyPoolOptions {
    let size = match backend {
        Backend::Sqlite => 6,
        Backend::Postgres => 16,
    };
    AnyPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(ACQUIRE)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if backend == Backend::Sqlite {
                    // FULL: a commit that was answered survives a power cut.
                    for pragma in [
                        "PRAGMA busy_timeout = 10000",
                        "PRAGMA journal_mode = WAL",
                        "PRAGMA synchronous = FULL",
                        "PRAGMA foreign_keys = ON",
                    ] {
                        sqlx::query(pragma).execute(&mut *connection).await?;
                    }
                }
                Ok(())
            })
        })
        // Our own test instead: theirs would wait for a dead peer as long as the request may wait.
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(answers(connection)))
        .after_release(|connection, _| {
            Box::pin(async move {
                if !connection.is_in_transaction() {
                    return Ok(true);
                }
                // Its rollback may be on its way.
                answers(connection).await
            })
        })
}

/// Whether a connection answers and is in no transaction. After a failed write SQLite has rolled back by itself, the rollback
/// that follows fails, and the connection would count itself in that transaction for ever.
async fn answers(connection: &mut AnyConnection) -> Result<bool, sqlx::Error> {
    match timeout(ALIVE, connection.ping()).await {
        Ok(answer) => answer.map(|()| !connection.is_in_transaction()),
        Err(_) => Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())),
    }
}

fn gone(gone: Gone) -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::other(gone))
}

/// The file of a SQLite address.
fn sqlite_path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    Some(path.strip_prefix("//").unwrap_or(path).into())
}

/// A file beside another, by what is added to its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// What root makes in somebody's folder is theirs, or the service could not write what `add-account` made.
fn give_to_folders_owner(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Ok(folder) = std::fs::metadata(folder.unwrap_or(Path::new("."))) else {
        return;
    };
    let ours = std::fs::metadata(path).is_ok_and(|file| file.uid() == folder.uid());
    if !ours && let Err(error) = std::os::unix::fs::chown(path, Some(folder.uid()), Some(folder.gid())) {
        tracing::debug!(%error, path = %path.display(), "stays its maker's");
    }
}

/// Whether this is the database's trouble and not what was asked: a full or broken disk, a lost or silent server. What was
/// asked can be asked again.
pub fn is_trouble(error: &sqlx::Error) -> bool {
    use sqlx::Error;
    match error {
        Error::Io(_) | Error::Tls(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => true,
        Error::Protocol(_) | Error::BeginFailed | Error::InvalidSavePointStatement => true,
        Error::Database(error) => error.code().is_some_and(|code| match code.parse::<u32>() {
            // SQLite's extended codes carry the plain one in their last byte: BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT,
            // FULL, CANTOPEN, PROTOCOL. PostgreSQL's have five characters: server, connection, resources, system.
            Ok(number) if code.len() < 5 => matches!(number & 0xff, 5..=8 | 10 | 11 | 13..=15),
            _ => ["08", "25", "53", "57", "58", "XX"]
                .iter()
                .any(|class| code.starts_with(class)),
        }),
        _ => false,
    }
}

/// An address that may be shown.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let name = user.split_once(':').map_or(user, |(name, _)| name);
            format!("{scheme}://{name}@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(without_password("postgres://a:secret@h/d"), "postgres://a@h/d");
        assert_eq!(without_password("postgres://h/d"), "postgres://h/d");
        assert_eq!(without_password("sqlite:x.db"), "sqlite:x.db");
    }
}
