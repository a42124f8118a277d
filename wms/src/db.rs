//! The database: SQLite by default, PostgreSQL for many floors. One SQL text serves both, because only whole numbers, text
//! and bytes are kept.

use std::borrow::Cow;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{Any, AnyConnection, AnyPool, Connection, Row, Transaction};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

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

/// An open database, up to date.
#[derive(Clone, Debug)]
pub struct Db {
    /// Its connections.
    pub pool: AnyPool,
    /// Which it is.
    pub backend: Backend,
    /// As given; holds a password.
    url: String,
}

impl Db {
    /// Opens a database and brings its schema up to date. A new file is made; one that is not ours is left as it is.
    ///
    /// # Errors
    /// Where it can't be opened, is not ours, or is newer than this program.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        sqlx::any::install_default_drivers();
        let shown = without_password(url);
        let (backend, full) = match url.split_once(':') {
            Some(("sqlite", path)) => {
                let path = path.strip_prefix("//").unwrap_or(path);
                (Backend::Sqlite, Cow::Owned(format!("sqlite://{path}?mode=rwc")))
            }
            Some(("postgres" | "postgresql", _)) => (Backend::Postgres, Cow::Borrowed(url)),
            _ => return Err(DbError::Url { url: shown }),
        };
        let options = AnyPoolOptions::new()
            .acquire_timeout(Duration::from_secs(10))
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
            });
        let size = match backend {
            Backend::Sqlite => 6,
            Backend::Postgres => 16,
        };
        // One connection by itself first: a pool would try again and again, and then only say that time is up.
        let tried = async {
            let mut connection = AnyConnection::connect(&full).await?;
            if backend == Backend::Sqlite {
                sqlx::query("PRAGMA schema_version").execute(&mut connection).await?;
            }
            connection.close().await
        };
        tried.await.map_err(|error| {
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
        let pool = options.max_connections(size).connect(&full).await?;
        let db = Self {
            pool,
            backend,
            url: url.to_owned(),
        };
        db.refuse_foreign(&shown).await?;
        db.migrate(&shown).await?;
        Ok(db)
    }

    /// Its address with its password, for a connection of another kind.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it is, without a password.
    pub fn shown(&self) -> String {
        without_password(&self.url)
    }

    /// Begins a transaction that will write: on SQLite it takes the writer's place at once, or a reader that wants to
    /// write later would fail.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn begin(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self.backend {
            Backend::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Backend::Postgres => self.pool.begin().await,
        }
    }

    /// Begins a transaction that only reads and sees the database as it is at its first read, whatever is written meanwhile.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn snapshot(pool: &AnyPool) -> Result<Transaction<'static, Any>, sqlx::Error> {
        let begin = match pool.connect_options().database_url.scheme() {
            "sqlite" => "BEGIN DEFERRED",
            _ => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        pool.begin_with(begin).await
    }

    async fn refuse_foreign(&self, shown: &str) -> Result<(), DbError> {
        let tables: Vec<String> = sqlx::query(match self.backend {
            Backend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            Backend::Postgres => {
                "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables \
                 WHERE table_schema = current_schema()"
            }
        })
        .fetch_all(&self.pool)
        .await?
        .iter()
        .map(|row| row.try_get("name"))
        .collect::<Result<_, _>>()?;
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

/// Whether a key was there already.
pub fn is_taken(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(|error| error.is_unique_violation())
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
