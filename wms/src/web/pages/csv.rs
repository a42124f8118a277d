//! Tables as CSV files (RFC 4180), with a byte order mark so that Excel reads the Chinese.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// A file to keep.
pub fn file<const N: usize>(name: &str, head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Response {
    let mut text = String::from("\u{feff}");
    line(&mut text, head.iter().copied());
    for row in rows {
        line(&mut text, row.iter().map(String::as_str));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, text).into_response()
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        // What a spreadsheet would take for a formula is kept as text.
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t']) && cell.parse::<f64>().is_err() {
            "'"
        } else {
            ""
        };
        if cell.contains([',', '"', '\n', '\r']) {
            text.push_str(&format!("\"{guard}{}\"", cell.replace('"', "\"\"")));
        } else {
            text.push_str(guard);
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formula_is_run() {
        let mut text = String::new();
        line(
            &mut text,
            ["a", "b,c", "say \"x\"", "=1+1", "-12", "@opening"].into_iter(),
        );
        assert_eq!(text, "a,\"b,c\",\"say \"\"x\"\"\",'=1+1,-12,'@opening\r\n");
    }
}
