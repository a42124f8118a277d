//! A session: 256 random bits in a cookie, of which the database keeps only the hash.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::store::hex;

/// How long a session lasts: a school day.
pub const SESSION_MILLIS: i64 = 12 * 60 * 60 * 1000;

/// What the cookie carries.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(secret)")
    }
}

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// Where the system gives no random bytes.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// As the cookie carries it: 64 hexadecimal digits.
    pub fn to_cookie(&self) -> String {
        hex(&self.0)
    }

    /// From a cookie.
    pub fn from_cookie(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            if !digits.iter().all(u8::is_ascii_hexdigit) {
                return None;
            }
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// What the database keeps.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }

    /// What a form of this session carries: known to our pages, not to another site's.
    pub fn form_token(&self) -> String {
        hex(&Sha256::new().chain_update(b"form").chain_update(self.0).finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_from_its_cookie_and_from_nothing_else() {
        let token = Token::random().expect("random");
        assert_eq!(Token::from_cookie(&token.to_cookie()), Some(token.clone()));
        assert_ne!(token, Token::random().expect("random"));
        assert_ne!(token.form_token(), token.to_cookie());
        assert_ne!(hex(&token.hash()), token.form_token());
        for bad in ["", "ab", &"g".repeat(64), &"+1".repeat(32), &"é".repeat(32)] {
            assert_eq!(Token::from_cookie(bad), None, "{bad:?}");
        }
        assert!(!format!("{token:?}").contains(&token.to_cookie()));
    }
}
