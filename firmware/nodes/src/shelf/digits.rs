//! Three seven-segment digits at each position.

/// Segments of one digit: bit 0 = a (top), then clockwise b to f, bit 6 = g (middle), bit 7 = point.
pub type Segments = u8;

/// Three digits, left to right.
pub type Digits = [Segments; 3];

/// All dark.
pub const DARK: Digits = [0; 3];

const FONT: [Segments; 10] = [0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f];

/// The digits of a number, without leading zeros; more than 999 shows as 999.
#[must_use]
pub const fn number(value: u16) -> Digits {
    let value = if value > 999 { 999 } else { value };
    [
        if value >= 100 {
            FONT[(value / 100) as usize % 10]
        } else {
            0
        },
        if value >= 10 {
            FONT[(value / 10) as usize % 10]
        } else {
            0
        },
        FONT[value as usize % 10],
    ]
}

/// The number three digits show; none where they are dark or show no number.
#[must_use]
pub fn read(digits: Digits) -> Option<u16> {
    if digits == DARK {
        return None;
    }
    digits.iter().try_fold(0, |sum, segments| {
        if *segments == 0 {
            return (sum == 0).then_some(0);
        }
        FONT.iter()
            .position(|font| font == segments)
            .map(|digit| sum * 10 + digit as u16)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_reads_back() {
        for value in 0..=999 {
            assert_eq!(read(number(value)), Some(value));
        }
        assert_eq!(read(DARK), None);
        assert_eq!(read([0x79, 0x50, 0x50]), None);
    }

    #[test]
    fn leading_zeros_are_dark_and_the_last_digit_is_not() {
        assert_eq!(number(0), [0, 0, 0x3f]);
        assert_eq!(number(40), [0, 0x66, 0x3f]);
        assert_eq!(number(1000), number(999));
    }
}
