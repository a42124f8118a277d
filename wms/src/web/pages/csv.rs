//! Tables as CSV files (RFC 4180), with a byte order mark so that Excel reads the Chinese.

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::once;
use futures_util::{Stream, StreamExt};

/// A file to keep.
pub fn file<const N: usize>(name: &str, head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Response {
    let mut text = String::from("\u{feff}");
    line(&mut text, head.iter().copied());
    for row in rows {
        line(&mut text, row.iter().map(String::as_str));
    }
    (headers(name), text).into_response()
}

/// A file that is sent while it is read. Where a piece can't be read the connection breaks off: a file that ends early is
/// never taken for whole.
pub fn stream<const N: usize, E>(
    name: &str,
    head: [&str; N],
    pieces: impl Stream<Item = Result<Vec<[String; N]>, E>> + Send + 'static,
) -> Response
where
    E: std::error::Error + Send + Sync + 'static,
{
    let mut text = String::from("\u{feff}");
    line(&mut text, head.iter().copied());
    let pieces = pieces.map(|rows| {
        let mut text = String::new();
        for row in rows.inspect_err(|error| tracing::error!(%error, "a file could not be read to its end"))? {
            line(&mut text, row.iter().map(String::as_str));
        }
        Ok::<_, E>(text)
    });
    let whole = once(async move { Ok(text) }).chain(pieces);
    (headers(name), Body::from_stream(whole)).into_response()
}

fn headers(name: &str) -> [(header::HeaderName, String); 2] {
    [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ]
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
