//! GTINs: one number, however many digits it is written with.

use std::fmt;

/// Lengths in which a GTIN is written: GTIN-8, UPC-A, EAN-13, GTIN-14.
const LENGTHS: [usize; 4] = [8, 12, 13, 14];

/// A GTIN. Shown with 14 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(u64);

impl Gtin {
    /// Of 8, 12, 13 or 14 digits with a right check digit; none where it is none. `036000291452`, `0036000291452` and
    /// `00036000291452` are one.
    pub fn parse(digits: &str) -> Option<Self> {
        if !LENGTHS.contains(&digits.len()) || !check_digit_holds(digits) {
            return None;
        }
        digits.parse().ok().map(Self)
    }
}

impl fmt::Display for Gtin {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:014}", self.0)
    }
}

/// Whether the last of these digits is their check digit (GS1 General Specifications, 7.9: weights 3 and 1 from the
/// right, sum to the next ten). Of a GTIN and an SSCC alike.
pub fn check_digit_holds(digits: &str) -> bool {
    if digits.len() < 2 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let sum: u32 = digits
        .bytes()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn check_digits() {
        for good in [
            "2000152400039",
            "12000152400036",
            "036000291452",
            "96385074",
            "106141411234567897",
        ] {
            assert!(check_digit_holds(good), "{good}");
        }
        for bad in ["2000152400038", "200015240003", "", "0", "20001524000a9"] {
            assert!(!check_digit_holds(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn leading_zeros_make_no_other_number(number in 0_u64..1_000_000_000_000) {
            let body = number * 10;
            let digits = (0..10).map(|check| format!("{:013}", body + check)).find(|digits| check_digit_holds(digits));
            let digits = digits.expect("one of ten");
            let gtin = Gtin::parse(&digits);
            prop_assert!(gtin.is_some());
            prop_assert_eq!(Gtin::parse(&format!("0{digits}")), gtin);
            if let Some(upc) = digits.strip_prefix('0') {
                prop_assert_eq!(Gtin::parse(upc), gtin);
            }
        }

        #[test]
        fn one_wrong_digit_is_no_gtin(at in 0_usize..13, by in 1_u8..10) {
            let mut digits = *b"2000152400039";
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            prop_assert_eq!(Gtin::parse(std::str::from_utf8(&digits).expect("digits")), None);
        }
    }
}
