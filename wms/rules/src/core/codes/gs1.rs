//! GS1 element strings (GS1 General Specifications, 3 and 7.8): fields one after another, each led by its application
//! identifier. A field of the table of predefined lengths ends after them; every other ends at FNC1, which scanners send
//! as GS (0x1D), or at the end of the code. Where that can't be, the code is refused: a length that is guessed makes two
//! fields of one.

use super::{GS, Gtin, check_digit_holds};

/// What a code of element strings says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elements {
    fields: Vec<Field>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Application identifier, 2 to 4 digits.
    pub ai: String,
    /// What it says, as it was written.
    pub value: String,
}

/// Why element strings can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("GS1 field ({ai}): {why}")]
pub struct Gs1Error {
    /// Application identifier; where none is known, the digits that stand for it.
    pub ai: String,
    /// What is wrong with it.
    pub why: Gs1Fault,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Gs1Fault {
    /// No application identifier begins so.
    #[error("there is no such field")]
    Unknown,
    /// It ends before its last character, or is empty.
    #[error("cut off")]
    Short,
    /// It is longer than it may be: the separator behind it is missing.
    #[error("too long: no separator behind it")]
    TooLong,
    /// A character that can't stand there.
    #[error("a character that can't stand there")]
    Character,
    /// Its check digit is wrong.
    #[error("wrong check digit")]
    CheckDigit,
    /// No such day.
    #[error("no such date")]
    Date,
    /// It is there twice, with two values.
    #[error("there twice")]
    Twice,
    /// It lacks the field that it belongs to, or stands beside one that it can't.
    #[error("does not go with the other fields")]
    Alone,
}

impl Gs1Fault {
    /// Key of its sentence in the locale files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unknown => "gs1.unknown",
            Self::Short => "gs1.short",
            Self::TooLong => "gs1.too_long",
            Self::Character => "gs1.character",
            Self::CheckDigit => "gs1.check_digit",
            Self::Date => "gs1.date",
            Self::Twice => "gs1.twice",
            Self::Alone => "gs1.alone",
        }
    }
}

/// What may stand in a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    /// Digits.
    Digits,
    /// Digits, the last of them the check digit.
    Checked,
    /// YYMMDD; day 00 is the end of the month.
    Date,
    /// GS1's 82 characters.
    Text,
}

/// How a field is built.
#[derive(Clone, Copy)]
struct Form {
    /// Digits of the identifier.
    ai: usize,
    content: Content,
    /// Longest value.
    most: usize,
    /// Whether it always has that length, and ends by it.
    fixed: bool,
}

impl Elements {
    /// Reads element strings as a scanner sends them: without the symbology identifier, GS for FNC1.
    ///
    /// # Errors
    /// The first field that can't be read.
    pub fn parse(code: &str) -> Result<Self, Gs1Error> {
        let mut read = Self::default();
        // A reader that sends no symbology identifier may send the first FNC1.
        let mut rest = code.strip_prefix(GS).unwrap_or(code);
        while !rest.is_empty() {
            let form = form(rest).ok_or_else(|| fault(rest.chars().take(2).collect::<String>(), Gs1Fault::Unknown))?;
            let (ai, behind) = rest
                .split_at_checked(form.ai)
                .ok_or_else(|| fault(rest, Gs1Fault::Short))?;
            let end = behind.find(GS).unwrap_or(behind.len());
            let end = if form.fixed { end.min(form.most) } else { end };
            // A cut within a character that has no place in GS1 at all.
            let (value, behind) = behind
                .split_at_checked(end)
                .ok_or_else(|| fault(ai, Gs1Fault::Character))?;
            read.take(ai, value, form)?;
            rest = behind.strip_prefix(GS).unwrap_or(behind);
        }
        read.whole()
    }

    /// Reads element strings as they are printed beneath the bars: `(01)12000152400036(10)260821`.
    ///
    /// # Errors
    /// The first field that can't be read.
    pub fn parse_printed(code: &str) -> Result<Self, Gs1Error> {
        let mut read = Self::default();
        let mut rest = code;
        while !rest.is_empty() {
            let (ai, behind) =
                bracketed(rest).ok_or_else(|| fault(rest.chars().take(4).collect::<String>(), Gs1Fault::Unknown))?;
            let known = form(ai).filter(|form| form.ai == ai.len());
            let form = known.ok_or_else(|| fault(ai, Gs1Fault::Unknown))?;
            let opens = |(at, _): &(usize, char)| behind.get(*at..).and_then(bracketed).is_some();
            let end = behind.char_indices().find(opens).map_or(behind.len(), |(at, _)| at);
            let (value, behind) = behind.split_at(end);
            read.take(ai, value, form)?;
            rest = behind;
        }
        read.whole()
    }

    /// What a field says; none where it is not there.
    pub fn get(&self, ai: &str) -> Option<&str> {
        let field = self.fields.iter().find(|field| field.ai == ai)?;
        Some(&field.value)
    }

    /// All fields, used or not, as they stood.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The goods, and how many of what the number names: (01) is one, (02) comes with its count (37).
    pub fn goods(&self) -> Option<(Gtin, i64)> {
        if let Some(gtin) = self.get("01").and_then(Gtin::parse) {
            return Some((gtin, 1));
        }
        let gtin = self.get("02").and_then(Gtin::parse)?;
        Some((gtin, self.get("37")?.parse().ok()?))
    }

    /// Net weight (310n), in grams; none where it is not there or no whole number of grams.
    pub fn net_grams(&self) -> Option<i64> {
        let field = self.fields.iter().find(|field| field.ai.starts_with("310"))?;
        let decimals: u32 = field.ai.get(3..)?.parse().ok()?;
        let value: i64 = field.value.parse().ok()?;
        let (scaled, per) = (value * 1000, 10_i64.checked_pow(decimals)?);
        (scaled % per == 0).then_some(scaled / per)
    }

    fn take(&mut self, ai: &str, value: &str, form: Form) -> Result<(), Gs1Error> {
        if value.is_empty() || (form.fixed && value.len() < form.most) {
            return Err(fault(ai, Gs1Fault::Short));
        }
        if value.len() > form.most {
            return Err(fault(ai, Gs1Fault::TooLong));
        }
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        let wrong = match form.content {
            Content::Text if !value.bytes().all(is_gs1_character) => Some(Gs1Fault::Character),
            Content::Digits | Content::Checked | Content::Date if !digits => Some(Gs1Fault::Character),
            Content::Checked if !check_digit_holds(value) => Some(Gs1Fault::CheckDigit),
            Content::Date if !is_date(value) => Some(Gs1Fault::Date),
            _ => None,
        };
        if let Some(why) = wrong {
            return Err(fault(ai, why));
        }
        match self.get(ai) {
            Some(known) if known != value => return Err(fault(ai, Gs1Fault::Twice)),
            Some(_) => {}
            None => self.fields.push(Field {
                ai: ai.to_owned(),
                value: value.to_owned(),
            }),
        }
        Ok(())
    }

    /// Fields that only mean something together: contents (02) with their count (37), and no item (01) beside them.
    fn whole(self) -> Result<Self, Gs1Error> {
        let there = |ai| self.get(ai).is_some();
        let nothing = |ai: &str| self.get(ai).is_some_and(|value| value.bytes().all(|byte| byte == b'0'));
        if self.is_empty() {
            return Err(fault("", Gs1Fault::Short));
        }
        if there("02") && (!there("37") || there("01")) {
            return Err(fault("02", Gs1Fault::Alone));
        }
        if there("37") && (!there("02") || nothing("37")) {
            return Err(fault("37", Gs1Fault::Alone));
        }
        Ok(self)
    }
}

fn fault(ai: impl Into<String>, why: Gs1Fault) -> Gs1Error {
    Gs1Error { ai: ai.into(), why }
}

/// The field that begins here, by the first digits of its identifier. Lengths of fields that no rule uses are not known
/// one by one: all of them end at a separator.
fn form(text: &str) -> Option<Form> {
    let fixed = |ai, content, most| Form {
        ai,
        content,
        most,
        fixed: true,
    };
    let varies = |ai, content, most| Form {
        ai,
        content,
        most,
        fixed: false,
    };
    let number: u8 = text
        .get(..2)
        .filter(|two| two.bytes().all(|b| b.is_ascii_digit()))?
        .parse()
        .ok()?;
    Some(match number {
        0 => fixed(2, Content::Checked, 18),
        1..=3 => fixed(2, Content::Checked, 14),
        4 => fixed(2, Content::Digits, 16),
        10 | 21 | 22 => varies(2, Content::Text, 20),
        11..=13 | 15..=17 => fixed(2, Content::Date, 6),
        14 | 18 | 19 => fixed(2, Content::Digits, 6),
        20 => fixed(2, Content::Digits, 2),
        30 | 37 => varies(2, Content::Digits, 8),
        31..=36 => fixed(4, Content::Digits, 6),
        41 => fixed(3, Content::Checked, 13),
        23..=25 | 40 | 42 | 71 => varies(3, Content::Text, 30),
        39 => varies(4, Content::Digits, 18),
        43 | 70 | 72 | 80..=82 => varies(4, Content::Text, 90),
        90..=99 => varies(2, Content::Text, 90),
        _ => return None,
    })
}

/// `(01)…`: the identifier, and what stands behind it.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (ai, behind) = text.strip_prefix('(')?.split_once(')')?;
    ((2..=4).contains(&ai.len()) && ai.bytes().all(|byte| byte.is_ascii_digit())).then_some((ai, behind))
}

/// Whether a text is meant as element strings in their printed form.
pub fn looks_printed(code: &str) -> bool {
    bracketed(code).is_some()
}

/// GS1's encodable character set 82.
fn is_gs1_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!\"%&'()*+,-./:;<=>?_".contains(&byte)
}

/// YYMMDD. Years without a century: 29 February of 2000 + YY, which is that of 1900 + YY for all but 1900.
fn is_date(value: &str) -> bool {
    let two = |at: usize| value.get(at..at + 2).and_then(|two| two.parse::<i8>().ok());
    let (Some(year), Some(month), Some(day)) = (two(0), two(2), two(4)) else {
        return false;
    };
    jiff::civil::Date::new(2000 + i16::from(year), month, day.max(1)).is_ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(code: &str) -> Result<Vec<(String, String)>, Gs1Error> {
        let fields = |read: Elements| read.fields.into_iter().map(|field| (field.ai, field.value)).collect();
        Elements::parse(code).map(fields)
    }

    fn why(code: &str) -> (String, Gs1Fault) {
        let error = Elements::parse(code).expect_err(code);
        (error.ai, error.why)
    }

    #[test]
    fn fields_end_by_their_length_at_the_separator_or_at_the_end() {
        let field = |ai: &str, value: &str| (ai.to_owned(), value.to_owned());
        assert_eq!(
            read("011200015240003610260821"),
            Ok(vec![field("01", "12000152400036"), field("10", "260821")])
        );
        assert_eq!(
            read("10260821\u{1d}0112000152400036"),
            Ok(vec![field("10", "260821"), field("01", "12000152400036")])
        );
        // A separator behind a field of known length does no harm, nor one at the end.
        assert_eq!(
            read("\u{1d}0112000152400036\u{1d}21AB\u{1d}"),
            Ok(vec![field("01", "12000152400036"), field("21", "AB")])
        );
        // What no rule uses is kept.
        assert_eq!(
            read("3103001250400PO-7\u{1d}8020XYZ\u{1d}91inside"),
            Ok(vec![
                field("3103", "001250"),
                field("400", "PO-7"),
                field("8020", "XYZ"),
                field("91", "inside")
            ])
        );
    }

    #[test]
    fn what_can_not_be_is_refused_with_its_field() {
        use Gs1Fault::*;
        for (code, ai, fault) in [
            ("0112000152400037", "01", CheckDigit),
            ("01120001524000", "01", Short),
            ("0112000152400036\u{1d}10", "10", Short),
            ("10123456789012345678901", "10", TooLong),
            ("02120001524000363724260821171231", "37", TooLong),
            ("17260230", "17", Date),
            ("11261301", "11", Date),
            ("10AB CD", "10", Character),
            ("10长", "10", Character),
            ("0112000152400036051", "05", Unknown),
            ("0112000152400036X", "X", Unknown),
            ("10A\u{1d}10B", "10", Twice),
            ("0212000152400036", "02", Alone),
            ("3705", "37", Alone),
            ("02120001524000363700", "37", Alone),
            ("", "", Short),
        ] {
            assert_eq!(why(code), (ai.to_owned(), fault), "{code:?}");
        }
        assert!(read("17240200").is_ok(), "the end of a month");
        assert!(read("17240229").is_ok(), "a leap day");
    }

    #[test]
    fn goods_and_weight() {
        let read = |code: &str| Elements::parse(code).expect("read");
        let gtin = Gtin::parse("12000152400036").expect("one");
        assert_eq!(read("0112000152400036").goods(), Some((gtin, 1)));
        assert_eq!(read("02120001524000363724").goods(), Some((gtin, 24)));
        assert_eq!(read("00106141411234567897").goods(), None);
        assert_eq!(read("3103001250").net_grams(), Some(1250));
        assert_eq!(read("3101000015").net_grams(), Some(1500));
        assert_eq!(read("3105000001").net_grams(), None);
    }

    #[test]
    fn as_it_is_printed() {
        let printed = Elements::parse_printed("(01)12000152400036(10)A(1)B(17)271231").expect("read");
        assert_eq!(printed.get("10"), Some("A(1)B"));
        assert_eq!(printed.get("17"), Some("271231"));
        for bad in ["(05)1", "(01)1200015240003", "(310)001250", "(10)"] {
            assert!(Elements::parse_printed(bad).is_err(), "{bad}");
        }
    }

    /// A field that may stand in any code: identifier, value, whether it needs a separator.
    fn field() -> impl Strategy<Value = (&'static str, String, bool)> {
        prop_oneof![
            Just(("01", "12000152400036".to_owned(), false)),
            Just(("00", "106141411234567897".to_owned(), false)),
            "[0-9A-Za-z/.-]{1,20}".prop_map(|lot| ("10", lot, true)),
            "[0-9A-Za-z_-]{1,20}".prop_map(|serial| ("21", serial, true)),
            (24_u8..40, 1_u8..13, 0_u8..29).prop_map(|(y, m, d)| ("17", format!("{y:02}{m:02}{d:02}"), false)),
            (0_u32..1_000_000).prop_map(|weight| ("3103", format!("{weight:06}"), false)),
            "[0-9A-Z]{1,30}".prop_map(|order| ("400", order, true)),
            "[0-9A-Z]{1,90}".prop_map(|inside| ("99", inside, true)),
        ]
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(fields in prop::collection::vec(field(), 1..6)) {
            let mut unlike: Vec<(&str, String, bool)> = Vec::new();
            for field in fields {
                if unlike.iter().all(|known| known.0 != field.0) {
                    unlike.push(field);
                }
            }
            let mut code = String::new();
            let mut printed = String::new();
            for (index, (ai, value, open)) in unlike.iter().enumerate() {
                code += ai;
                code += value;
                if *open && index + 1 < unlike.len() {
                    code.push(GS);
                }
                printed += &format!("({ai}){value}");
            }
            let expected: Vec<_> = unlike.iter().map(|(ai, value, _)| ((*ai).to_owned(), value.clone())).collect();
            prop_assert_eq!(read(&code), Ok(expected));
            prop_assert_eq!(Elements::parse_printed(&printed), Elements::parse(&code));
        }

        #[test]
        fn whatever_comes_is_read_or_refused(code in any::<String>(), digits in "[0-9\u{1d}]{0,60}") {
            let _ = Elements::parse(&code);
            let _ = Elements::parse_printed(&code);
            if let Ok(read) = Elements::parse(&digits) {
                // Nothing is lost: all that is not a separator stands in a field, unless it stood there twice.
                let kept: usize = read.fields().iter().map(|field| field.ai.len() + field.value.len()).sum();
                prop_assert!(kept <= digits.len());
                prop_assert!(!read.is_empty());
            }
        }
    }
}
