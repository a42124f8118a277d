//! AIM symbology identifiers (ISO/IEC 15424): `]`, a letter, a digit, before what was read.

/// In which symbology a code was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    letter: char,
    modifier: char,
}

impl Aim {
    /// Of its three characters (`]C1`); none where it is no identifier.
    pub fn parse(text: &str) -> Option<Self> {
        match Self::strip(text) {
            (aim, "") => aim,
            _ => None,
        }
    }

    /// Takes an identifier from the front of a folded code, as a scanner that types sends it.
    pub fn strip(code: &str) -> (Option<Self>, &str) {
        let mut chars = code.chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(']'), Some(letter), Some(modifier))
                if letter.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() =>
            {
                (Some(Self { letter, modifier }), chars.as_str())
            }
            _ => (None, code),
        }
    }

    /// Whether what follows is GS1 element strings: GS1-128, GS1 DataBar and composites, GS1 DataMatrix, GS1 QR, GS1 DotCode.
    pub fn is_gs1(self) -> bool {
        matches!(
            (self.letter, self.modifier),
            ('C', '1') | ('e', '0'..='2') | ('d', '2') | ('Q', '3') | ('J', '1')
        )
    }

    /// Whether digits of this number may be a GTIN here. EAN and UPC: 12 or 13 digits, or 14 where the scanner fills them
    /// up; 8 in EAN-8 alone (an UPC-E of 8 digits is another number). In other symbologies, and where it is not known, all lengths.
    pub fn allows_gtin(self, digits: usize) -> bool {
        match (self.letter, self.modifier) {
            ('E', '0' | '3') => matches!(digits, 12..=14),
            ('E', '4') => digits == 8,
            // An add-on by itself.
            ('E', _) => false,
            _ => true,
        }
    }

    /// Digits of an add-on behind a GTIN of 13 (`]E3`).
    pub fn add_on(self, digits: usize) -> Option<usize> {
        match (self.letter, self.modifier, digits) {
            ('E', '3', 15) => Some(2),
            ('E', '3', 18) => Some(5),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_told_from_its_code() {
        let c1 = Aim::parse("]C1").expect("one");
        assert_eq!(Aim::strip("]C10112"), (Some(c1), "0112"));
        assert!(c1.is_gs1());
        for none in ["", "]C", "C1]", "]11", "]C-", "]C12", "]长1"] {
            assert_eq!(Aim::parse(none), None, "{none}");
        }
        let gs1 = |text: &str| Aim::parse(text).is_some_and(Aim::is_gs1);
        assert!(["]C1", "]e0", "]e1", "]d2", "]Q3", "]J1"].into_iter().all(gs1));
        assert!(
            !["]E0", "]E4", "]C0", "]C2", "]d1", "]Q1", "]I1", "]A0"]
                .into_iter()
                .any(gs1)
        );
    }
}
