//! Passwords, kept as argon2id.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Argon2, Block, Params};

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
    let failed = |error: &dyn std::fmt::Display| PasswordError::Hash(error.to_string());
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| failed(&error))?;
    let salt = Salt::new(&bytes).map_err(|error| failed(&error))?;
    let argon = Argon2::default();
    let hash = PasswordHash {
        algorithm: argon2::ARGON2ID_IDENT,
        version: Some(argon2::Version::default().into()),
        params: ParamsString::try_from(argon.params()).map_err(|error| failed(&error))?,
        salt: Some(salt),
        hash: Some(output(&argon, password, &salt, Params::DEFAULT_OUTPUT_LEN).map_err(|error| failed(&error))?),
    };
    Ok(hash.to_string())
}

/// Whether a password is the one that was hashed. Takes as long without a hash, so that the time does not tell which
/// accounts exist.
pub fn verify_password(password: &str, hash: Option<&str>) -> bool {
    hash.is_some() & fits(password, hash.unwrap_or(NOBODY)).unwrap_or(false)
}

/// None: the hash can't be read.
fn fits(password: &str, hash: &str) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let params = Params::try_from(&hash).ok()?;
    let version = argon2::Version::try_from(hash.version?).ok()?;
    let algorithm = argon2::Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let kept = hash.hash?;
    let argon = Argon2::new(algorithm, version, params);
    let found = output(&argon, password, &hash.salt?, kept.len()).ok()?;
    // Compared without telling by its time where they differ.
    Some(kept == found)
}

/// Memory of one hash, in blocks of 1 KiB. Beyond 32 MiB an allocation is always a mapping of its own, which goes back to the
/// system when it is freed; smaller ones stay with each thread that ever hashed. Only what is filled is taken.
const MAPPED: usize = 40 * 1024;

fn output(argon: &Argon2<'_>, password: &str, salt: &Salt, length: usize) -> Result<Output, argon2::Error> {
    let mut memory: Vec<Block> = Vec::with_capacity(MAPPED.max(argon.params().block_count()));
    memory.resize(argon.params().block_count(), Block::new());
    let mut bytes = vec![0; length];
    argon.hash_password_into_with_memory(password.as_bytes(), salt, &mut bytes, &mut memory)?;
    Output::new(&bytes).map_err(|_| argon2::Error::OutputTooLong)
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
