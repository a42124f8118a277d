//! Texts whose parts stay together on a line.

/// A text as HTML in which no line breaks within a code (`S-01-01-03`) or before the size of a thing (`洗衣液 2kg`).
pub fn whole(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or(' ');
    let escaped = |from: usize, to: usize, html: &mut String| {
        for one in (from..to).map(at) {
            match one {
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '&' => html.push_str("&amp;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                one => html.push(one),
            }
        }
    };
    let mut html = String::with_capacity(text.len());
    let mut index = 0;
    while index < chars.len() {
        match code_end(&at, index, chars.len()).or_else(|| size_end(&at, index)) {
            Some(end) => {
                html.push_str(r#"<span class="nb">"#);
                escaped(index, end, &mut html);
                html.push_str("</span>");
                index = end;
            }
            None => {
                escaped(index, index + 1, &mut html);
                index += 1;
            }
        }
    }
    html
}

/// Where the code ends that begins here: letters, digits and a hyphen between them.
fn code_end(at: &impl Fn(usize) -> char, from: usize, length: usize) -> Option<usize> {
    let of_code = |index: usize| at(index).is_ascii_alphanumeric() || "-_./".contains(at(index));
    let begins = at(from).is_ascii_alphanumeric() && (from == 0 || !of_code(from - 1));
    let end = (from..length).find(|index| !of_code(*index)).unwrap_or(length);
    let hyphen = || (from + 1..end.saturating_sub(1)).any(|index| at(index) == '-');
    (begins && hyphen()).then_some(end)
}

/// Where the size ends that follows the character here: a space, a number, a unit in Latin letters.
fn size_end(at: &impl Fn(usize) -> char, from: usize) -> Option<usize> {
    if at(from).is_whitespace() || at(from + 1) != ' ' || !at(from + 2).is_ascii_digit() {
        return None;
    }
    let unit = (from + 2..).find(|index| !(at(*index).is_ascii_digit() || at(*index) == '.'))?;
    let end = (unit..).find(|index| !at(*index).is_ascii_alphabetic())?;
    (end > unit && !at(end).is_ascii_digit()).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p4_codes_and_sizes_are_whole() {
        for (text, html) in [
            ("S-01-01-03", r#"<span class="nb">S-01-01-03</span>"#),
            ("去 S-01-01-03，取", r#"去 <span class="nb">S-01-01-03</span>，取"#),
            ("洗衣液 2kg", r#"洗衣<span class="nb">液 2kg</span>"#),
            (
                "RY006 洗洁精 1.1kg × 3",
                r#"RY006 洗洁<span class="nb">精 1.1kg</span> × 3"#,
            ),
            ("第 2 次 3 kg", "第 2 次 3 kg"),
            ("a - b", "a - b"),
            ("<b>\"&'", "&lt;b&gt;&quot;&amp;&#39;"),
            ("", ""),
        ] {
            assert_eq!(whole(text), html, "{text}");
        }
    }
}
