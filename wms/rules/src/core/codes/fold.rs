//! What a keyboard, an input method or a copied text adds to a code, taken away again.

use super::GS;

/// Half width, plain hyphens, nothing invisible, no white space at the ends. Letters keep their case: `]E0` is another
/// symbology than `]e0`. The same again changes nothing.
pub fn fold(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).map(plain).collect();
    visible.trim().to_owned()
}

/// How codes are compared everywhere: folded, in capitals.
pub fn key(text: &str) -> String {
    fold(text).to_ascii_uppercase()
}

/// Whether two spellings are one code.
pub fn same(one: &str, other: &str) -> bool {
    one == other || key(one) == key(other)
}

/// Whether a folded code lost something on its way: a control character stands inside, or a byte that was no text. What
/// is left is another code than the one on the goods. GS1's separator belongs to its code.
pub fn is_torn(folded: &str) -> bool {
    folded
        .chars()
        .any(|c| (c.is_control() && c != GS) || c == char::REPLACEMENT_CHARACTER)
}

/// A code as people read it: GS1's separator has no picture.
pub fn shown(code: &str) -> String {
    let mut shown = String::with_capacity(code.len());
    for c in code.chars() {
        match c {
            GS => shown.push_str("<GS>"),
            c if c.is_control() => shown.push(char::REPLACEMENT_CHARACTER),
            c => shown.push(c),
        }
    }
    shown
}

fn plain(c: char) -> char {
    match c {
        // Full width: the same signs, 0xFEE0 further on.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        // Hyphens, dashes and the minus sign.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        c => c,
    }
}

/// Signs without width: byte order mark, zero-width spaces and joiners, marks of direction, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_an_input_method_adds_is_taken_away() {
        for (typed, is) in [
            ("２０００１５２４０００３９", "2000152400039"),
            ("CMD\u{2011}CONFIRM", "CMD-CONFIRM"),
            ("\u{feff}4711\u{200b}", "4711"),
            ("47\u{200b}11", "4711"),
            ("\u{3000}Ａ－01—02−03\r\n", "A-01-02-03"),
            ("］Ｃ１（01）", "]C1(01)"),
            ("  ", ""),
        ] {
            assert_eq!(fold(typed), is, "{typed:?}");
        }
        assert!(same("ck‐0001", "CK-0001"));
        assert!(!same("CK-0001", "CK-001"));
    }

    #[test]
    fn what_lost_a_character_is_torn() {
        for torn in ["12\u{0}34", "12\u{1b}34", "12\u{fffd}34", "\u{0}12"] {
            assert!(is_torn(&fold(torn)), "{torn:?}");
        }
        for whole in ["1234\r\n", "10A\u{1d}21B", "\t1234"] {
            assert!(!is_torn(&fold(whole)), "{whole:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert_eq!(key(&key(&text)), key(&text));
            prop_assert!(same(&text, &once));
        }

        #[test]
        fn plain_codes_stay_as_they_are(code in "[!-~]{1,40}") {
            prop_assert_eq!(fold(&code), code.clone());
            prop_assert_eq!(shown(&code), code);
        }

        #[test]
        fn full_width_is_half_width(code in "[!-~]{1,40}") {
            let wide: String = code.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect();
            prop_assert_eq!(fold(&wide), code);
        }
    }
}
