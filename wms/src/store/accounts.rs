//! Accounts, their groups and sessions. Secrets come hashed and are handed out hashed.

use rules::core::crew::{Account, Group, Role};
use sqlx::Row;
use sqlx::any::AnyRow;
use uplink::UnixMillis;

use super::{Db, StoreError, Unique};

/// An account to be kept.
#[derive(Clone, Debug)]
pub struct NewRow<'a> {
    /// What they sign in with.
    pub login: &'a str,
    /// Name as it is shown.
    pub name: &'a str,
    /// Role.
    pub role: Role,
    /// Number of a student's group.
    pub group: Option<i64>,
    /// Hash of the password.
    pub password: Option<&'a str>,
    /// When it was made.
    pub at: UnixMillis,
}

/// Columns of an account with its group, from `FROM` on.
macro_rules! account_sql {
    ($rest:literal) => {
        account_sql!(""; $rest)
    };
    ($more:literal; $rest:literal) => {
        concat!(
            "SELECT a.id, a.login, a.name, a.role, a.group_id, g.name AS group_name", $more, " ",
            "FROM account a LEFT JOIN student_group g ON g.id = a.group_id ",
            $rest
        )
    };
}

/// Makes an account and gives its number; none where its login or its number was taken a moment ago.
///
/// # Errors
/// Where the database refuses.
pub async fn add(db: &Db, new: &NewRow<'_>) -> Result<Option<i64>, StoreError> {
    let added = sqlx::query(
        "INSERT INTO account (id, login, name, role, group_id, password, created_at) \
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6 FROM account RETURNING id",
    )
    .bind(new.login.to_owned())
    .bind(new.name.to_owned())
    .bind(new.role.code())
    .bind(new.group)
    .bind(new.password.map(str::to_owned))
    .bind(new.at)
    .fetch_one(&db.pool)
    .await
    .map_err(StoreError::from);
    match added {
        Ok(row) => Ok(Some(row.try_get("id")?)),
        Err(error) if matches!(error.taken(), Some(Unique::Login | Unique::Account)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The number of a group by its name; made where it is new.
///
/// # Errors
/// Where the database refuses.
pub async fn group(db: &Db, name: &str) -> Result<i64, StoreError> {
    sqlx::query(
        "INSERT INTO student_group (id, name) SELECT COALESCE(MAX(id), 0) + 1, $1 FROM student_group WHERE 1 = 1 \
         ON CONFLICT (name) DO NOTHING",
    )
    .bind(name.to_owned())
    .execute(&db.pool)
    .await?;
    let row = sqlx::query("SELECT id FROM student_group WHERE name = $1")
        .bind(name.to_owned())
        .fetch_one(&db.pool);
    Ok(row.await?.try_get("id")?)
}

/// All groups, by number.
///
/// # Errors
/// Where the database refuses.
pub async fn groups(db: &Db) -> Result<Vec<Group>, StoreError> {
    let rows = sqlx::query("SELECT id, name FROM student_group ORDER BY id")
        .fetch_all(&db.pool)
        .await?;
    let group = |row: &AnyRow| {
        Ok(Group {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
        })
    };
    rows.iter().map(group).collect()
}

/// All accounts, by number.
///
/// # Errors
/// Where the database refuses.
pub async fn all(db: &Db) -> Result<Vec<Account>, StoreError> {
    let rows = sqlx::query(account_sql!("ORDER BY a.id")).fetch_all(&db.pool).await?;
    rows.iter().map(account).collect()
}

/// Number and name of every account.
///
/// # Errors
/// Where the database refuses.
pub async fn names(db: &Db) -> Result<Vec<(i64, String)>, StoreError> {
    let rows = sqlx::query("SELECT id, name FROM account").fetch_all(&db.pool).await?;
    let name = |row: &AnyRow| Ok((row.try_get("id")?, row.try_get("name")?));
    rows.iter().map(name).collect()
}

/// The account of a login.
///
/// # Errors
/// Where the database refuses.
pub async fn by_login(db: &Db, login: &str) -> Result<Option<Account>, StoreError> {
    let sql = account_sql!("WHERE a.login = $1");
    let row = sqlx::query(sql).bind(login.to_owned()).fetch_optional(&db.pool).await?;
    row.as_ref().map(account).transpose()
}

/// The hash of an account's password, where there is one.
///
/// # Errors
/// Where the database refuses.
pub async fn secret(db: &Db, login: &str) -> Result<Option<String>, StoreError> {
    // Nobody is called so, and PostgreSQL would refuse the question.
    if login.contains('\0') {
        return Ok(None);
    }
    let row = sqlx::query("SELECT password FROM account WHERE login = $1")
        .bind(login.to_owned())
        .fetch_optional(&db.pool)
        .await?;
    Ok(row.map(|row| row.try_get("password")).transpose()?.flatten())
}

/// Keeps a session by its token's hash, and forgets those that have ended.
///
/// # Errors
/// Where the database refuses.
pub async fn open_session(
    db: &Db,
    token_hash: Vec<u8>,
    account: i64,
    (now, until): (UnixMillis, UnixMillis),
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM session WHERE expires_at <= $1")
        .bind(now)
        .execute(&db.pool)
        .await?;
    sqlx::query("INSERT INTO session (token_hash, account_id, created_at, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(token_hash)
        .bind(account)
        .bind(now)
        .bind(until)
        .execute(&db.pool)
        .await?;
    Ok(())
}

/// Whose session this is, and until when; nobody's where it has ended.
///
/// # Errors
/// Where the database refuses.
pub async fn by_session(
    db: &Db,
    token_hash: &[u8],
    now: UnixMillis,
) -> Result<Option<(Account, UnixMillis)>, StoreError> {
    let sql = account_sql!(", s.expires_at"; "JOIN session s ON s.account_id = a.id WHERE s.token_hash = $1 AND s.expires_at > $2");
    let row = sqlx::query(sql)
        .bind(token_hash.to_vec())
        .bind(now)
        .fetch_optional(&db.pool)
        .await?;
    row.as_ref()
        .map(|row| Ok((account(row)?, row.try_get("expires_at")?)))
        .transpose()
}

/// Ends a session.
///
/// # Errors
/// Where the database refuses.
pub async fn close_session(db: &Db, token_hash: Vec<u8>) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM session WHERE token_hash = $1")
        .bind(token_hash)
        .execute(&db.pool)
        .await?;
    Ok(())
}

/// Ends all sessions of an account, wherever they are.
///
/// # Errors
/// Where the database refuses.
pub async fn close_sessions(db: &Db, account: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM session WHERE account_id = $1")
        .bind(account)
        .execute(&db.pool)
        .await?;
    Ok(())
}

fn account(row: &AnyRow) -> Result<Account, StoreError> {
    let (id, role): (i64, String) = (row.try_get("id")?, row.try_get("role")?);
    let group: Option<i64> = row.try_get("group_id")?;
    Ok(Account {
        id,
        login: row.try_get("login")?,
        name: row.try_get("name")?,
        role: Role::from_code(&role).ok_or(StoreError::UnknownRole { id, role })?,
        group: match group {
            Some(id) => Some(Group {
                id,
                name: row.try_get("group_name")?,
            }),
            None => None,
        },
    })
}
