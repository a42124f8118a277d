//! The typefaces of papers and labels: Noto Sans SC, reduced to 通用规范汉字表, GB 2312 and the
//! signs people use (`assets/fonts/subset.py`).

mod lines;

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef};
use rules::core::sentence::Sentence;

pub use lines::{widest, wrap};

/// Regular, as a file.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Regular.ttf");
/// Bold, as a file.
pub const BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Bold.ttf");

static REGULAR_FACE: LazyLock<Option<FontRef<'static>>> = LazyLock::new(|| FontRef::try_from_slice(REGULAR).ok());
static BOLD_FACE: LazyLock<Option<FontRef<'static>>> = LazyLock::new(|| FontRef::try_from_slice(BOLD).ok());

/// The face; None only where the compiled-in file is damaged, which a test refuses.
pub fn face(bold: bool) -> Option<&'static FontRef<'static>> {
    if bold {
        BOLD_FACE.as_ref()
    } else {
        REGULAR_FACE.as_ref()
    }
}

/// Whether a character is there to be read by programs alone: joiners, marks of direction, variation selectors.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
        || c.is_control()
}

/// Characters of a text that can't be printed, each once, in the order of the text: papers and labels show a box in their
/// place. Empty where all can.
pub fn missing(text: &str) -> String {
    let lacks = |c: char| {
        !is_invisible(c)
            && [false, true]
                .iter()
                .any(|bold| face(*bold).is_some_and(|face| face.glyph_id(c).0 == 0))
    };
    let mut missing = String::new();
    for c in text.chars().filter(|c| lacks(*c)) {
        if !missing.contains(c) {
            missing.push(c);
        }
    }
    missing
}

/// What to say to somebody who brings a text that papers can't show whole; none where they can.
pub fn unprintable(text: &str) -> Option<Sentence> {
    let missing = missing(text);
    (!missing.is_empty()).then(|| Sentence::new("print.unprintable").with("characters", missing))
}

/// Width of one character at a size, in the size's unit.
fn advance(c: char, size: f32, bold: bool) -> f32 {
    let Some(face) = face(bold) else { return 0.0 };
    if is_invisible(c) {
        return 0.0;
    }
    face.h_advance_unscaled(face.glyph_id(c)) * size / face.units_per_em().unwrap_or(1000.0)
}

/// Width of a text at a size, in the size's unit.
pub fn width(text: &str, size: f32, bold: bool) -> f32 {
    text.chars().map(|c| advance(c, size, bold)).sum()
}

/// The text, shortened with … until it fits `room`.
pub fn fit(text: &str, size: f32, bold: bool, room: f32) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let mut short: String = text.to_owned();
    while short.pop().is_some() {
        let candidate = format!("{short}…");
        if width(&candidate, size, bold) <= room {
            return candidate;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_hold_what_papers_say() {
        for bold in [false, true] {
            let face = face(bold).expect("the face reads");
            for c in "入库单拣货复核交接货架条码洗洁精牙膏湿巾ABCxyz019✓✕…→−×±●№（），。：".chars()
            {
                assert_ne!(face.glyph_id(c).0, 0, "{c} bold={bold}");
            }
        }
    }

    #[test]
    fn p1_every_character_of_the_national_table_is_printed() {
        let table = include_str!("../../assets/fonts/hanzi-8105.txt");
        let hanzi: String = table.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(hanzi.chars().count(), 8105);
        assert_eq!(missing(&hanzi), "");
        assert!(hanzi.contains("玥") && hanzi.contains("堃") && hanzi.contains("𬭎"));
    }

    /// All of GB 2312, which every Chinese keyboard writes, and the forms as wide as a hanzi.
    #[test]
    fn p1_gb_2312_full_width_forms_and_common_signs_are_printed() {
        let gb2312: String = (0xA1..=0xF7_u8)
            .flat_map(|row| (0xA1..=0xFE_u8).map(move |cell| [row, cell]))
            .map(|two| encoding_rs::GB18030.decode(&two).0.into_owned())
            .filter(|text| !text.chars().any(|c| ('\u{e000}'..='\u{f8ff}').contains(&c)))
            .collect();
        assert!(gb2312.chars().count() > 7_445);
        assert_eq!(missing(&gb2312), "");
        let wide: String = ('！'..='～').collect();
        assert_eq!(missing(&wide), "");
        assert_eq!(missing("€£¥￥℃℉㎡㎏㎝½¼™®©①⑳㈠ⅠⅫ‐‑–—…·•※†′″≤≥≈±×÷✓✕李玥ａＢ１"), "");
    }

    #[test]
    fn p1_what_is_missing_is_named_once_and_what_nobody_sees_is_none_of_it() {
        assert_eq!(missing("好\u{200b}的👍，𰻝👍\n"), "👍𰻝");
        let plain = width("李玥", 10.0, false);
        assert!((width("\u{feff}李\u{fe0f}玥\u{200d}", 10.0, false) - plain).abs() < 1e-3);
    }

    #[test]
    fn a_text_is_shortened_to_its_room() {
        assert!(fit("很长很长很长的名字", 10.0, false, 45.0).ends_with('…'));
    }
}
