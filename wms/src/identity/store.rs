//! Accounts and sessions in the database.

use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};
use tokio::sync::Semaphore;

use super::{Account, Group, Mark, PasswordError, Role, SESSION_MILLIS, Token, hash_password, verify_password};

/// Why something about an account could not be done.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The database refused.
    #[error("accounts could not be read or written: {0}")]
    Database(#[from] sqlx::Error),
    /// The password is no good.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes: {0}")]
    Random(#[from] getrandom::Error),
    /// A login is taken.
    #[error("the login {login:?} is taken: choose another")]
    LoginTaken {
        /// Which.
        login: String,
    },
    /// The database holds something this program does not know.
    #[error("account {id} has a role this program does not know: {role:?}")]
    UnknownRole {
        /// Account.
        id: i64,
        /// What stands there.
        role: String,
    },
    /// A task was cut off while the server ends.
    #[error("the server is ending")]
    Ending,
}

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    /// What they sign in with.
    pub login: &'a str,
    /// Name as it is shown.
    pub name: &'a str,
    /// Role.
    pub role: Role,
    /// Name of a student's group; made where it is new.
    pub group: Option<&'a str>,
    /// Without one the account can't sign in by password.
    pub password: Option<&'a str>,
}

/// The accounts and sessions of one database.
#[derive(Clone, Debug)]
pub struct Accounts {
    pool: AnyPool,
}

/// Columns of an account with its group, from `FROM` on.
macro_rules! account_sql {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.login, a.name, a.role, a.group_id, g.name AS group_name ",
            "FROM account a LEFT JOIN student_group g ON g.id = a.group_id ",
            $rest
        )
    };
}

impl Accounts {
    /// On a database whose migrations have run.
    pub fn new(pool: AnyPool) -> Self {
        Self { pool }
    }

    /// Makes an account.
    ///
    /// # Errors
    /// Where the login is taken, the password too short, or the database refuses.
    pub async fn add(&self, new: NewAccount<'_>, now: i64) -> Result<i64, IdentityError> {
        let password = match new.password {
            Some(password) => Some(hash_in_background(password.to_owned()).await?),
            None => None,
        };
        let group = match new.group {
            Some(name) => Some(self.group(name).await?),
            None => None,
        };
        // A number that rises within one database; a collision of two at once is refused by the key and tried again.
        for _ in 0..8 {
            let added = sqlx::query(
                "INSERT INTO account (id, login, name, role, group_id, password, created_at) \
                 SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6 FROM account RETURNING id",
            )
            .bind(new.login.to_owned())
            .bind(new.name.to_owned())
            .bind(new.role.code())
            .bind(group)
            .bind(password.clone())
            .bind(now)
            .fetch_one(&self.pool)
            .await;
            match added {
                Ok(row) => return Ok(row.try_get("id")?),
                Err(error) if is_taken(&error) => {
                    if self.by_login(new.login).await?.is_some() {
                        return Err(IdentityError::LoginTaken {
                            login: new.login.to_owned(),
                        });
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(IdentityError::LoginTaken {
            login: new.login.to_owned(),
        })
    }

    /// The number of a group by its name; made where it is new.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn group(&self, name: &str) -> Result<i64, IdentityError> {
        sqlx::query(
            "INSERT INTO student_group (id, name) SELECT COALESCE(MAX(id), 0) + 1, $1 FROM student_group WHERE 1 = 1 \
             ON CONFLICT (name) DO NOTHING",
        )
        .bind(name.to_owned())
        .execute(&self.pool)
        .await?;
        let row = sqlx::query("SELECT id FROM student_group WHERE name = $1")
            .bind(name.to_owned())
            .fetch_one(&self.pool);
        Ok(row.await?.try_get("id")?)
    }

    /// All groups, by number.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn groups(&self) -> Result<Vec<Group>, IdentityError> {
        let rows = sqlx::query("SELECT id, name FROM student_group ORDER BY id")
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Group {
                    id: row.try_get("id")?,
                    name: row.try_get("name")?,
                })
            })
            .collect()
    }

    /// All accounts, by number.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn all(&self) -> Result<Vec<Account>, IdentityError> {
        let rows = sqlx::query(account_sql!("ORDER BY a.id")).fetch_all(&self.pool).await?;
        rows.iter().map(account).collect()
    }

    /// The account of a login.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn by_login(&self, login: &str) -> Result<Option<Account>, IdentityError> {
        let sql = account_sql!("WHERE a.login = $1");
        let row = sqlx::query(sql)
            .bind(login.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(account).transpose()
    }

    /// The account whose login and password these are. Takes as long where there is none.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn by_password(&self, login: &str, password: &str) -> Result<Option<Account>, IdentityError> {
        let hash = self.secret(login).await?;
        let password = password.to_owned();
        if hashing(move || verify_password(&password, hash.as_deref())).await? {
            self.by_login(login).await
        } else {
            Ok(None)
        }
    }

    /// The hash of an account's password, where there is one.
    async fn secret(&self, login: &str) -> Result<Option<String>, IdentityError> {
        // Nobody is called so, and PostgreSQL would refuse the question.
        if login.contains('\0') {
            return Ok(None);
        }
        let row = sqlx::query("SELECT password FROM account WHERE login = $1")
            .bind(login.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|row| row.try_get("password")).transpose()?.flatten())
    }

    /// A mark for the browser in which somebody signed in by password.
    ///
    /// # Errors
    /// Where the database refuses, or the system gives no random bytes.
    pub async fn new_mark(&self, login: &str) -> Result<Option<Mark>, IdentityError> {
        let secret = self.secret(login).await?;
        Ok(secret.map(|secret| Mark::new(&secret)).transpose()?)
    }

    /// The mark that a browser shows, where it is this account's.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn mark(&self, login: &str, cookie: &str) -> Result<Option<Mark>, IdentityError> {
        let secret = self.secret(login).await?;
        Ok(secret.and_then(|secret| Mark::from_cookie(cookie, &secret)))
    }

    /// Opens a session, and forgets those that have ended.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn open_session(&self, account: i64, now: i64) -> Result<Token, IdentityError> {
        let token = Token::random()?;
        sqlx::query("DELETE FROM session WHERE expires_at <= $1")
            .bind(now)
            .execute(&self.pool)
            .await?;
        sqlx::query("INSERT INTO session (token_hash, account_id, created_at, expires_at) VALUES ($1, $2, $3, $4)")
            .bind(token.hash())
            .bind(account)
            .bind(now)
            .bind(now + SESSION_MILLIS)
            .execute(&self.pool)
            .await?;
        Ok(token)
    }

    /// Whose session this is; nobody's where it has ended.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn by_session(&self, token: &Token, now: i64) -> Result<Option<Account>, IdentityError> {
        let sql = account_sql!("JOIN session s ON s.account_id = a.id WHERE s.token_hash = $1 AND s.expires_at > $2");
        let row = sqlx::query(sql)
            .bind(token.hash())
            .bind(now)
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(account).transpose()
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn close_session(&self, token: &Token) -> Result<(), IdentityError> {
        sqlx::query("DELETE FROM session WHERE token_hash = $1")
            .bind(token.hash())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

impl Accounts {
    /// Ends all sessions of an account, wherever they are.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn close_sessions(&self, account: i64) -> Result<(), IdentityError> {
        sqlx::query("DELETE FROM session WHERE account_id = $1")
            .bind(account)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

/// Passwords hashed at once. Each takes 19 MiB and some tens of milliseconds of a core: a class that signs in together waits
/// a second rather than filling the machine.
static HASHING: Semaphore = Semaphore::const_new(2);

async fn hash_in_background(password: String) -> Result<String, IdentityError> {
    Ok(hashing(move || hash_password(&password)).await??)
}

/// Does it beside the tasks, as soon as there is a place. The work holds the place: a guest who leaves meanwhile makes no
/// room for more.
async fn hashing<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, IdentityError> {
    let permit = HASHING.acquire().await.map_err(|_| IdentityError::Ending)?;
    let done = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    });
    done.await.map_err(|_| IdentityError::Ending)
}

fn is_taken(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(|error| error.is_unique_violation())
}

fn account(row: &AnyRow) -> Result<Account, IdentityError> {
    let (id, role): (i64, String) = (row.try_get("id")?, row.try_get("role")?);
    let group: Option<i64> = row.try_get("group_id")?;
    Ok(Account {
        id,
        login: row.try_get("login")?,
        name: row.try_get("name")?,
        role: Role::from_code(&role).ok_or(IdentityError::UnknownRole { id, role })?,
        group: match group {
            Some(id) => Some(Group {
                id,
                name: row.try_get("group_name")?,
            }),
            None => None,
        },
    })
}
