//! People to try the product with: `--demo` seeds them and lets anyone sign in as one of them with a click.

use rules::core::crew::Role;

use super::{Accounts, IdentityError, NewAccount};

/// Login, name, role, group.
const PEOPLE: [(&str, &str, Role, Option<&str>); 6] = [
    ("zhang", "张晨", Role::Student, Some("第一组")),
    ("li", "李悦", Role::Student, Some("第一组")),
    ("wang", "王朗", Role::Student, Some("第二组")),
    ("zhao", "赵宁", Role::Student, Some("第二组")),
    ("chen", "陈老师", Role::Instructor, None),
    ("sun", "孙技师", Role::Technician, None),
];

/// Whether a login is one of the demo's.
pub fn is_demo(login: &str) -> bool {
    PEOPLE.iter().any(|(demo, ..)| *demo == login)
}

/// Makes those who are not yet there; without passwords, so that they can't sign in once the demo is off.
///
/// # Errors
/// Where the database refuses.
pub async fn seed(accounts: &Accounts, now: i64) -> Result<(), IdentityError> {
    for (login, name, role, group) in PEOPLE {
        if accounts.by_login(login).await?.is_none() {
            match accounts
                .add(
                    NewAccount {
                        login,
                        name,
                        role,
                        group,
                        password: None,
                    },
                    now,
                )
                .await
            {
                // Another process seeds the same database.
                Ok(_) | Err(IdentityError::LoginTaken { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}
