//! Who somebody is: passwords, sessions, and the limit on attempts.

mod accounts;
pub mod demo;
mod names;
mod password;
mod place;
mod session;
mod throttle;

pub use accounts::{Accounts, IdentityError, NewAccount};
pub use names::Names;
pub use password::{PasswordError, hash_password, verify_password};
pub use place::Mark;
pub use session::{SESSION_MILLIS, Token};
pub use throttle::{Place, Throttle, Wait};
