//! Codes: whatever a scanner, a keyboard or a file brings is folded, taken from its symbology, checked and read here, and
//! nowhere else. Pure; knows no goods, no floor and no run: those say what a number or a text means to them.
//!
//! | comes | is |
//! |---|---|
//! | full width, odd hyphens, invisible signs, white space around it | the same code without ([`fold`]) |
//! | a control character inside, a byte that was no text | torn: refused, for what is left is another code |
//! | `]C1`, `]e0` …, told by a scanner or typed; a first FNC1; `(01)…` | GS1 element strings ([`Elements`]) |
//! | 8, 12, 13 or 14 digits with a right check digit | a GTIN ([`Gtin`]): one number in all its spellings |
//! | `CMD-…` | a command |
//! | else | a text in capitals: a location, a label, a paper, an order, or nothing known |
//!
//! Nothing is guessed: element strings are read as such only where symbology or form says so.

mod aim;
mod command;
mod fold;
mod gs1;
mod gtin;
mod number;

pub use aim::Aim;
pub use command::Command;
pub use fold::{fold, key, same, shown};
pub use gs1::{Elements, Field, Gs1Error, Gs1Fault};
pub use gtin::{Gtin, check_digit_holds};
pub use number::{is_of_a_run, licence_plate, paper_number, run_of};

/// FNC1 as scanners send it: GS1's separator.
pub const GS: char = '\u{1d}';

/// What a code is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// A GTIN, and the same as a text, for who does not know the number.
    Item(Gtin, String),
    /// GS1 element strings.
    Elements(Elements),
    /// A command barcode, which does what a button does.
    Command(Command),
    /// A text, as [`key`] has it.
    Text(String),
}

/// Why a code can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing is left of it.
    #[error("the code is empty")]
    Empty,
    /// It lost a character on its way.
    #[error("a character of the code was lost on its way")]
    Torn,
    /// Its element strings are no such.
    #[error(transparent)]
    Gs1(#[from] Gs1Error),
}

/// Reads a code. `aim`: the symbology identifier (`]C1`), where the scanner told one apart from the code.
///
/// # Errors
/// Where it is empty, torn, or element strings that can't be read.
pub fn read(code: &str, aim: Option<&str>) -> Result<Code, Unreadable> {
    let folded = fold(code);
    let (aim, text) = match aim.and_then(Aim::parse) {
        Some(aim) => (Some(aim), folded.as_str()),
        None => Aim::strip(&folded),
    };
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    if fold::is_torn(text) {
        return Err(Unreadable::Torn);
    }
    if aim.is_some_and(Aim::is_gs1) || text.starts_with(GS) {
        return Ok(Code::Elements(Elements::parse(text)?));
    }
    if aim.is_none() && gs1::looks_printed(text) {
        return Ok(Code::Elements(Elements::parse_printed(text)?));
    }
    // An add-on (a magazine's issue) is none of the number's digits.
    let add_on = aim.and_then(|aim| aim.add_on(text.len())).unwrap_or(0);
    let number = text.get(..text.len() - add_on).unwrap_or(text);
    let gtin = Gtin::parse(number).filter(|_| aim.is_none_or(|aim| aim.allows_gtin(number.len())));
    let text = text.to_ascii_uppercase();
    Ok(match (gtin, Command::of(&text)) {
        (Some(gtin), _) => Code::Item(gtin, text),
        (None, Some(command)) => Code::Command(command),
        (None, None) => Code::Text(text),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn item(code: &str, aim: Option<&str>) -> Option<String> {
        match read(code, aim) {
            Ok(Code::Item(gtin, _)) => Some(gtin.to_string()),
            _ => None,
        }
    }

    #[test]
    fn one_number_in_all_its_spellings() {
        let upc = Some("00036000291452".to_owned());
        for (code, aim) in [
            ("036000291452", None),
            ("0036000291452", None),
            ("00036000291452", Some("]I1")),
            ("0036000291452", Some("]E0")),
            ("036000291452", Some("]E0")),
            ("]E00036000291452", None),
            ("００３６０００２９１４５２", None),
            ("\u{feff}0036000291452\u{200b}\r", None),
            ("00036000291452", Some("]C0")),
            // With the issue of a magazine behind it.
            ("003600029145212", Some("]E3")),
        ] {
            assert_eq!(item(code, aim), upc, "{code:?} {aim:?}");
        }
        // An UPC-E of 8 digits is no GTIN-8, an EAN-8 is.
        assert_eq!(item("96385074", Some("]E4")), Some("00000096385074".into()));
        assert_eq!(item("96385074", Some("]E0")), None);
        assert_eq!(item("036000291453", None), None, "wrong check digit");
    }

    #[test]
    fn element_strings_by_symbology_or_form_and_never_by_guess() {
        let code = "011200015240003610260821";
        let Ok(Code::Elements(read_by_aim)) = read(code, Some("]C1")) else {
            panic!("element strings")
        };
        assert_eq!(read_by_aim.get("10"), Some("260821"));
        for typed in [
            format!("]C1{code}"),
            format!("\u{1d}{code}"),
            "(01)12000152400036(10)260821".to_owned(),
            "（01）12000152400036（10）260821".to_owned(),
        ] {
            assert_eq!(read(&typed, None), Ok(Code::Elements(read_by_aim.clone())), "{typed:?}");
        }
        assert_eq!(read(code, None), Ok(Code::Text(code.into())));
        assert_eq!(read(code, Some("]C0")), Ok(Code::Text(code.into())));
        assert!(matches!(read("0112000152400037", Some("]C1")), Err(Unreadable::Gs1(_))));
        assert_eq!(read("]C1", None), Err(Unreadable::Empty));
    }

    #[test]
    fn texts_commands_and_what_is_torn() {
        assert_eq!(read("cmd\u{2011}confirm", None), Ok(Code::Command(Command::Confirm)));
        assert_eq!(read(" a-01-01-01\r\n", None), Ok(Code::Text("A-01-01-01".into())));
        assert_eq!(read("12\u{0}34", None), Err(Unreadable::Torn));
        assert_eq!(read("\u{200b} ", None), Err(Unreadable::Empty));
    }

    proptest! {
        #[test]
        fn nothing_breaks_it_and_case_and_folding_change_nothing(code in any::<String>(), aim in "\\][A-Za-z][0-9]") {
            let _ = read(&code, Some(&aim));
            prop_assert_eq!(read(&code, None), read(&fold(&code), None));
        }

        #[test]
        fn a_text_is_its_key(code in "[A-Za-z][A-Za-z0-9-]{0,20}") {
            match read(&code, None) {
                Ok(Code::Text(text)) => prop_assert_eq!(text, key(&code)),
                Ok(Code::Command(command)) => prop_assert!(same(&code, command.code())),
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }
}
