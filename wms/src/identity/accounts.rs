//! Accounts and sessions: what is secret about them is hashed here, on its way to the database and back.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rules::core::crew::{Account, Group, Role};
use tokio::sync::Semaphore;
use uplink::UnixMillis;

use super::{Mark, Names, PasswordError, SESSION_MILLIS, Token, hash_password, verify_password};
use crate::store::accounts::{self, NewRow};
use crate::store::{Db, StoreError};

/// Why something about an account could not be done.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The database refused.
    #[error("accounts could not be read or written: {0}")]
    Store(#[from] StoreError),
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
    db: Db,
    /// Who was seen a moment ago, by the hash of the token.
    seen: Arc<Mutex<HashMap<Vec<u8>, Seen>>>,
    /// Counts sessions ended here: who was looked up meanwhile is not believed.
    ended: Arc<AtomicU64>,
}

/// A session that stood when it was looked at.
#[derive(Clone, Debug)]
struct Seen {
    account: Account,
    until: UnixMillis,
    looked: Instant,
}

/// A session looked at so long ago is looked at again: so late is seen what another process ended.
const FRESH: Duration = Duration::from_secs(2);
/// Sessions from which on those seen long ago are forgotten.
const MANY: usize = 1024;

impl Accounts {
    /// On a database whose migrations have run.
    pub fn new(db: Db) -> Self {
        Self {
            db,
            seen: Arc::default(),
            ended: Arc::default(),
        }
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
            Some(name) => Some(accounts::group(&self.db, name).await?),
            None => None,
        };
        let row = NewRow {
            login: new.login,
            name: new.name,
            role: new.role,
            group,
            password: password.as_deref(),
            at: now,
        };
        // Where the login is free it was the number that somebody else took a moment ago: the next is tried.
        for _ in 0..8 {
            if let Some(id) = accounts::add(&self.db, &row).await? {
                return Ok(id);
            }
            if self.by_login(new.login).await?.is_some() {
                break;
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
        Ok(accounts::group(&self.db, name).await?)
    }

    /// All groups, by number.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn groups(&self) -> Result<Vec<Group>, IdentityError> {
        Ok(accounts::groups(&self.db).await?)
    }

    /// All accounts, by number.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn all(&self) -> Result<Vec<Account>, IdentityError> {
        Ok(accounts::all(&self.db).await?)
    }

    /// The names of all people.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn names(&self) -> Result<Names, IdentityError> {
        Ok(accounts::names(&self.db).await?.into_iter().collect())
    }

    /// The account of a login.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn by_login(&self, login: &str) -> Result<Option<Account>, IdentityError> {
        Ok(accounts::by_login(&self.db, login).await?)
    }

    /// The account whose login and password these are. Takes as long where there is none.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn by_password(&self, login: &str, password: &str) -> Result<Option<Account>, IdentityError> {
        let hash = accounts::secret(&self.db, login).await?;
        let password = password.to_owned();
        if hashing(move || verify_password(&password, hash.as_deref())).await? {
            self.by_login(login).await
        } else {
            Ok(None)
        }
    }

    /// A mark for the browser in which somebody signed in by password.
    ///
    /// # Errors
    /// Where the database refuses, or the system gives no random bytes.
    pub async fn new_mark(&self, login: &str) -> Result<Option<Mark>, IdentityError> {
        let secret = accounts::secret(&self.db, login).await?;
        Ok(secret.map(|secret| Mark::new(&secret)).transpose()?)
    }

    /// The mark that a browser shows, where it is this account's.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn mark(&self, login: &str, cookie: &str) -> Result<Option<Mark>, IdentityError> {
        let secret = accounts::secret(&self.db, login).await?;
        Ok(secret.and_then(|secret| Mark::from_cookie(cookie, &secret)))
    }

    /// Opens a session, and forgets those that have ended.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn open_session(&self, account: i64, now: i64) -> Result<Token, IdentityError> {
        let token = Token::random()?;
        accounts::open_session(&self.db, token.hash(), account, (now, now + SESSION_MILLIS)).await?;
        Ok(token)
    }

    /// Whose session this is; nobody's where it has ended.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn by_session(&self, token: &Token, now: i64) -> Result<Option<Account>, IdentityError> {
        let hash = token.hash();
        let seen = self.seen(|seen| seen.get(&hash).cloned());
        if let Some(seen) = seen.filter(|seen| seen.looked.elapsed() < FRESH && now < seen.until) {
            return Ok(Some(seen.account));
        }
        let (looked, ended) = (Instant::now(), self.ended.load(Ordering::Acquire));
        let found = accounts::by_session(&self.db, &hash, now).await?;
        self.seen(|seen| {
            if seen.len() >= MANY {
                seen.retain(|_, seen| seen.looked.elapsed() < FRESH);
            }
            match &found {
                Some((account, until)) if self.ended.load(Ordering::Acquire) == ended => {
                    let account = account.clone();
                    let until = *until;
                    seen.insert(hash, Seen { account, until, looked });
                }
                _ => {
                    seen.remove(&hash);
                }
            }
        });
        Ok(found.map(|(account, _)| account))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn close_session(&self, token: &Token) -> Result<(), IdentityError> {
        accounts::close_session(&self.db, token.hash()).await?;
        self.ended.fetch_add(1, Ordering::AcqRel);
        self.seen(|seen| seen.remove(&token.hash()));
        Ok(())
    }

    /// Ends all sessions of an account, wherever they are.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn close_sessions(&self, account: i64) -> Result<(), IdentityError> {
        accounts::close_sessions(&self.db, account).await?;
        self.ended.fetch_add(1, Ordering::AcqRel);
        self.seen(|seen| seen.retain(|_, seen| seen.account.id != account));
        Ok(())
    }

    fn seen<T>(&self, act: impl FnOnce(&mut HashMap<Vec<u8>, Seen>) -> T) -> T {
        act(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
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
