//! Passwords, kept as argon2id.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// Fewest characters of a password.
pub const SHORTEST: usize = 8;

/// The hash of a password nobody has.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Y2FuZ3h1bi1ub2JvZHk$nYwgwz1eVXqnjmeuuJmmRpAcgzFJMr7LFvdQPg0SeMQ";

/// Why a password is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error("a password has at least {SHORTEST} characters")]
    TooShort,
    /// The hash could not be made.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
}

/// The hash to keep, with a salt of its own. Takes some tens of milliseconds: not for an async task.
///
/// # Errors
/// Where the password is too short or the system gives no random bytes.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < SHORTEST {
        return Err(PasswordError::TooShort);
    }
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string())
        .map_err(|error| PasswordError::Hash(error.to_string()))
}

/// Whether a password is the one that was hashed. Takes as long without a hash, so that the time does not tell which
/// accounts exist.
pub fn verify_password(password: &str, hash: Option<&str>) -> bool {
    let parsed = PasswordHash::new(hash.unwrap_or(NOBODY));
    let same = parsed.is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
    same && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_password_fits() {
        let hash = hash_password("correct horse").expect("hashed");
        assert!(hash.starts_with("$argon2id$"));
        assert_ne!(
            hash,
            hash_password("correct horse").expect("hashed"),
            "each hash has its own salt"
        );
        assert!(verify_password("correct horse", Some(&hash)));
        for wrong in ["", "correct", "correct horse ", "CORRECT HORSE"] {
            assert!(!verify_password(wrong, Some(&hash)), "{wrong:?}");
        }
        assert!(!verify_password("correct horse", None));
        assert!(!verify_password("correct horse", Some("not a hash")));
        assert_eq!(hash_password("short"), Err(PasswordError::TooShort));
    }

    /// The stand-in for accounts that don't exist costs as much as a real one: same method, same parameters.
    #[test]
    fn nobody_s_hash_is_computed_like_a_real_one() {
        let real = hash_password("correct horse").expect("hashed");
        let parameters = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(parameters(NOBODY), parameters(&real));
        assert_eq!(
            NOBODY.len(),
            "$argon2id$v=19$m=19456,t=2,p=1$Y2FuZ3h1bi1ub2JvZHk$".len() + 43
        );
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
