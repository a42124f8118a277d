//! The mark that a browser keeps once somebody has signed in there: who guesses an account's password from elsewhere does
//! not keep its owner out here.
//!
//! Nothing is stored for it. Its seal is made from the hash of the account's password, which nobody outside the database
//! knows; with a new password all marks are void. It opens nothing by itself: the password is asked all the same.

use sha2::{Digest, Sha256};

/// A browser's number.
const NUMBER: usize = 16;

/// A browser in which an account was signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    number: [u8; NUMBER],
    seal: [u8; 32],
}

impl Mark {
    /// A new one for the account of this password hash.
    ///
    /// # Errors
    /// Where the system gives no random bytes.
    pub fn new(secret: &str) -> Result<Self, getrandom::Error> {
        let mut number = [0; NUMBER];
        getrandom::fill(&mut number)?;
        Ok(Self {
            number,
            seal: seal(secret, &number),
        })
    }

    /// As the cookie carries it: 96 hexadecimal digits.
    pub fn to_cookie(&self) -> String {
        let bytes = self.number.iter().chain(&self.seal);
        bytes.map(|byte| format!("{byte:02x}")).collect()
    }

    /// From a cookie, where it is this account's.
    pub fn from_cookie(text: &str, secret: &str) -> Option<Self> {
        if text.len() != 2 * (NUMBER + 32) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let byte = |at: usize| u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok();
        let bytes: Vec<u8> = (0..NUMBER + 32).map_while(byte).collect();
        let number = bytes.first_chunk::<NUMBER>()?;
        let whole = seal(secret, number);
        // As long wherever they differ.
        let differs = whole
            .iter()
            .zip(bytes.get(NUMBER..)?)
            .fold(0, |differs, (a, b)| differs | (a ^ b));
        (differs == 0).then_some(Self {
            number: *number,
            seal: whole,
        })
    }

    /// The browser's number.
    pub fn number(&self) -> u128 {
        u128::from_be_bytes(self.number)
    }
}

fn seal(secret: &str, number: &[u8; NUMBER]) -> [u8; 32] {
    let key = Sha256::new().chain_update(b"browser").chain_update(secret).finalize();
    let inner = Sha256::new().chain_update(key).chain_update(number).finalize();
    Sha256::new().chain_update(key).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_one_account_s_alone() {
        let mark = Mark::new("$argon2id$one").expect("random");
        let cookie = mark.to_cookie();
        assert_eq!(Mark::from_cookie(&cookie, "$argon2id$one"), Some(mark.clone()));
        assert_ne!(mark.number(), Mark::new("$argon2id$one").expect("random").number());
        assert_eq!(Mark::from_cookie(&cookie, "$argon2id$two"), None, "another's");
        let forged = format!("{}{}", if cookie.starts_with('0') { '1' } else { '0' }, &cookie[1..]);
        for bad in ["", "0", &forged, &cookie[2..], &format!("{cookie}00"), &"é".repeat(48)] {
            assert_eq!(Mark::from_cookie(bad, "$argon2id$one"), None, "{bad:?}");
        }
    }
}
