//! Where a line of text may end. A code, a number with its unit, a date stay whole, and so does a name with its size
//! (`洗衣液 2kg`); Chinese breaks between characters, but no line begins with a closing mark.

use super::{advance, width};

/// Longest Chinese name, in characters, that is kept together with the size behind it.
const LONGEST_NAME: usize = 10;

/// No line begins with one of these.
const CLOSING: &str = "，。、；：！？）》〉」』】〕｝”’…—·,.;:!?)]}%％℃";
/// No line ends with one of these.
const OPENING: &str = "（《〈「『【〔｛“‘([{#№￥";

/// Whether it belongs to a script that is written without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The pieces of a paragraph that no line breaks, in order; spaces stand at their ends.
fn pieces(text: &str) -> Vec<&str> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |index: usize| chars.get(index).map(|(_, c)| *c);
    let mut kept = vec![false; chars.len()];
    keep_names(&chars, &mut kept);
    let mut pieces = Vec::new();
    let mut from = 0;
    for index in 1..chars.len() {
        let (before, here) = (chars[index - 1].1, chars[index].1);
        let breaks = if kept[index] || here == ' ' || CLOSING.contains(here) || OPENING.contains(before) {
            false
        } else if before == ' ' {
            // What follows a name is its size: 抽纸 3层.
            let name_before = index >= 2 && at(index - 2).is_some_and(is_wide);
            !(name_before && here.is_ascii_digit())
        } else if before.is_ascii_digit() {
            // A figure keeps its unit: 3层, 12箱.
            false
        } else {
            is_wide(before) || is_wide(here)
        };
        if breaks {
            pieces.push(&text[chars[from].0..chars[index].0]);
            from = index;
        }
    }
    if let Some((start, _)) = chars.get(from) {
        pieces.push(&text[*start..]);
    }
    pieces
}

/// Marks the characters of a name that begins a phrase and has its size behind it.
fn keep_names(chars: &[(usize, char)], kept: &mut [bool]) {
    let is_hanzi = |c: char| is_wide(c) && !CLOSING.contains(c) && !OPENING.contains(c);
    let mut start = 0;
    while start < chars.len() {
        let length = chars[start..].iter().take_while(|(_, c)| is_hanzi(*c)).count();
        let end = start + length;
        let sized = chars.get(end).is_some_and(|(_, c)| *c == ' ')
            && chars.get(end + 1).is_some_and(|(_, c)| c.is_ascii_digit());
        if sized && (1..=LONGEST_NAME).contains(&length) {
            kept[start + 1..end].fill(true);
        }
        start += length.max(1);
    }
}

/// Width of the widest piece that no line should break.
pub fn widest(text: &str, size: f32, bold: bool) -> f32 {
    let of = |piece: &str| width(piece.trim_end(), size, bold);
    text.split('\n').flat_map(pieces).map(of).fold(0.0, f32::max)
}

/// Breaks a text into lines no wider than `room`; inside a code only where a line can't hold it.
pub fn wrap(text: &str, size: f32, bold: bool, room: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for piece in pieces(paragraph) {
            let whole = width(&line, size, bold) + width(piece.trim_end(), size, bold);
            if whole > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(piece);
            while width(line.trim_end(), size, bold) > room && line.chars().count() > 1 {
                let rest = line.split_off(torn(&line, size, bold, room));
                lines.push(std::mem::replace(&mut line, rest));
            }
        }
        lines.push(line);
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Where a line is torn that has no place to break: behind a hyphen, else as late as it fits, but behind one character at
/// least.
fn torn(line: &str, size: f32, bold: bool, room: f32) -> usize {
    let mut wide = 0.0;
    let (mut fits, mut hyphen) = (0, None);
    for (at, c) in line.char_indices() {
        wide += advance(c, size, bold);
        let end = at + c.len_utf8();
        if wide > room && fits > 0 {
            break;
        }
        fits = end;
        if matches!(c, '-' | '/' | '_') && end < line.len() {
            hyphen = Some(end);
        }
    }
    hyphen.unwrap_or(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        for text in [
            "洗洁精1.1kg短少一箱双方签认",
            "one two three four",
            "",
            "W",
            "第一\n第二",
            "RK-20261123-0012-01",
            "，。，。，。，。，。",
        ] {
            let lines = wrap(text, 10.0, false, 45.0);
            assert!(lines.iter().all(|line| width(line, 10.0, false) <= 45.0), "{lines:?}");
            let joined: String = lines.concat().replace(' ', "");
            assert_eq!(joined, text.replace([' ', '\n'], ""));
        }
    }

    /// Whatever the room, as long as a line can hold it with the marks around it.
    #[test]
    fn p4_codes_names_and_sizes_stay_whole() {
        let text =
            "CK-0002 短拣：S-01-01-03 RY001 洗衣液 2kg 应拣 3 瓶，实拣 2 瓶（2026-08-21），抽纸 3层130抽，12.5kg。";
        for room in 50..=300_u16 {
            let lines = wrap(text, 9.0, false, f32::from(room));
            for whole in [
                "CK-0002",
                "S-01-01-03",
                "RY001",
                "洗衣液 2kg",
                "2026-08-21",
                "抽纸 3层",
                "12.5kg",
            ] {
                if width(whole, 9.0, false) + 30.0 < f32::from(room) {
                    assert!(
                        lines.iter().any(|line| line.contains(whole)),
                        "{whole} in {room}: {lines:#?}"
                    );
                }
            }
            for line in &lines {
                assert!(width(line, 9.0, false) <= f32::from(room), "{line} in {room}");
                assert!(
                    !line.starts_with(['，', '。', '）', '：']) && !line.ends_with('（'),
                    "{line} in {room}"
                );
            }
        }
    }
}
