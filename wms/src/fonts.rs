//! The typefaces of papers and labels: Noto Sans SC, reduced to GB 2312 (`assets/fonts/README.md`).

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef};

/// Regular, as a file.
pub const REGULAR: &[u8] = include_bytes!("../assets/fonts/NotoSansSC-Regular.ttf");
/// Bold, as a file.
pub const BOLD: &[u8] = include_bytes!("../assets/fonts/NotoSansSC-Bold.ttf");

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

/// Width of a text at a size, in the size's unit.
pub fn width(text: &str, size: f32, bold: bool) -> f32 {
    let Some(face) = face(bold) else { return 0.0 };
    let units = face.units_per_em().unwrap_or(1000.0);
    text.chars()
        .map(|c| face.h_advance_unscaled(face.glyph_id(c)))
        .sum::<f32>()
        * size
        / units
}

/// Breaks a text into lines no wider than `room`; at spaces where there are any, else between characters.
pub fn wrap(text: &str, size: f32, bold: bool, room: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for c in paragraph.chars() {
            line.push(c);
            if line.chars().count() < 2 || width(&line, size, bold) <= room {
                continue;
            }
            let keep = line
                .rfind(' ')
                .filter(|at| *at > 0)
                .map_or(line.len() - c.len_utf8(), |at| at + 1);
            let next = line.split_off(keep);
            lines.push(line.trim_end().to_owned());
            line = next;
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
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
    fn lines_fit_and_nothing_is_lost() {
        for text in [
            "洗洁精1.1kg短少一箱双方签认",
            "one two three four",
            "",
            "W",
            "第一\n第二",
        ] {
            let lines = wrap(text, 10.0, false, 45.0);
            assert!(lines.iter().all(|line| width(line, 10.0, false) <= 45.0), "{lines:?}");
            let joined: String = lines.concat().replace(' ', "");
            assert_eq!(joined, text.replace([' ', '\n'], ""));
        }
        assert!(fit("很长很长很长的名字", 10.0, false, 45.0).ends_with('…'));
    }
}
