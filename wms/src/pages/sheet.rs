//! Tables to keep: as a CSV file (RFC 4180, with a byte order mark so that Excel reads the Chinese), and as an Excel file,
//! whose cells stay what they are: a lot `0012` or `1E5` is text, a quantity a number.

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::once;
use futures_util::{Stream, StreamExt, TryStreamExt};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::http::Fault;

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Most characters of a cell, as Excel counts them: in UTF-16.
const MOST_UNITS: usize = 32_767;

/// A file to keep: Excel where the address asked for ends with `.xlsx`, else CSV. `figures`: columns of numbers, from 0.
///
/// # Errors
/// Where the table is more than Excel holds.
pub async fn file<const N: usize>(
    address: &str,
    name: &str,
    head: [&str; N],
    figures: &'static [usize],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<Response, Fault> {
    if is_excel(address) {
        return workbook(name, head, figures, rows.collect()).await;
    }
    let mut text = String::from("\u{feff}");
    line(&mut text, head.iter().copied());
    for row in rows {
        line(&mut text, row.iter().map(String::as_str));
    }
    Ok((headers(CSV, name, "csv"), text).into_response())
}

/// The same of a table that is read piece by piece; as CSV it is sent while it is read. Where a piece can't be read the
/// connection breaks off: a file that ends early is never taken for whole.
///
/// # Errors
/// Of an Excel file: where a piece can't be read, or the table is more than Excel holds.
pub async fn stream<const N: usize, E>(
    address: &str,
    name: &str,
    head: [&str; N],
    figures: &'static [usize],
    pieces: impl Stream<Item = Result<Vec<[String; N]>, E>> + Send + 'static,
) -> Result<Response, Fault>
where
    E: std::error::Error + Send + Sync + 'static,
{
    if is_excel(address) {
        let pieces: Vec<_> = pieces.try_collect().await.map_err(|error| Fault::ours(&error))?;
        return workbook(name, head, figures, pieces.into_iter().flatten().collect()).await;
    }
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
    Ok((headers(CSV, name, "csv"), Body::from_stream(whole)).into_response())
}

fn is_excel(address: &str) -> bool {
    address.ends_with(".xlsx")
}

async fn workbook<const N: usize>(
    name: &str,
    head: [&str; N],
    figures: &'static [usize],
    rows: Vec<[String; N]>,
) -> Result<Response, Fault> {
    let head = head.map(str::to_owned);
    // Thousands of lines take a while: not in an async task.
    let bytes = tokio::task::spawn_blocking(move || excel(&head, figures, &rows))
        .await
        .map_err(|error| Fault::ours(&error))?;
    let bytes = bytes.map_err(|error| Fault::ours(&error))?;
    Ok((headers(XLSX, name, "xlsx"), bytes).into_response())
}

fn headers(kind: &str, name: &str, end: &str) -> [(header::HeaderName, String); 2] {
    [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.{end}\""),
        ),
    ]
}

fn excel<const N: usize>(head: &[String; N], figures: &[usize], rows: &[[String; N]]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    // Text stays text when somebody edits it.
    let text = Format::new().set_num_format("@");
    for (column, head) in (0..).zip(head) {
        sheet.write_string_with_format(0, column, head, &bold)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            let figure = figures
                .contains(&usize::from(column))
                .then(|| cell.parse::<f64>().ok())
                .flatten();
            match figure.filter(|figure| figure.is_finite()) {
                Some(figure) => sheet.write_number(line, column, figure)?,
                None => sheet.write_string_with_format(line, column, held(cell), &text)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    book.save_to_buffer()
}

/// As much of a text as a cell holds.
fn held(cell: &str) -> &str {
    let mut units = 0;
    let too_many = |(_, c): &(usize, char)| {
        units += c.len_utf16();
        units > MOST_UNITS
    };
    cell.char_indices().find(too_many).map_or(cell, |(at, _)| &cell[..at])
}

/// Whether a spreadsheet would take it for a formula. It looks behind white space and what nobody sees, and takes signs of
/// full width for those of half width.
fn is_formula(cell: &str) -> bool {
    if cell.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let seen = cell.trim_start_matches(|c: char| c.is_whitespace() || print::fonts::is_invisible(c));
    let is_number = || {
        let digits = seen.strip_prefix(['+', '-']).unwrap_or(seen);
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
            && digits.parse::<f64>().is_ok()
    };
    seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !is_number()
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        // What a spreadsheet would take for a formula is kept as text.
        let guard = if is_formula(cell) { "'" } else { "" };
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
    use calamine::{Data, Reader, Xlsx};

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

    #[test]
    fn p6_no_formula_hides_behind_what_is_not_seen() {
        for before in [
            "", " ", "\r", "\n", "\t", "\r\n \t", "\u{a0}", "\u{3000}", "\u{feff}", "\u{200b}", "\0",
        ] {
            for formula in [
                "=1+1",
                "+cmd|' /C calc'!A0",
                "-1+1",
                "@SUM(A1)",
                "＝1+1",
                "-inf",
                "+nan",
                "-1E5",
            ] {
                let mut text = String::new();
                line(&mut text, [format!("{before}{formula}").as_str()].into_iter());
                assert!(text.starts_with('\'') || text.starts_with("\"'"), "{text:?}");
            }
        }
        for plain in ["-12", "+5", "-0.5", "12", "0012", "1E5", "RY001", "·", "a=b", ""] {
            let mut text = String::new();
            line(&mut text, [plain].into_iter());
            assert_eq!(text, format!("{plain}\r\n"));
        }
    }

    #[test]
    fn p6_an_excel_file_keeps_lots_as_they_are() {
        let head = ["批次", "数量"].map(str::to_owned);
        let lots = [
            "0012",
            "1E5",
            "2026-08-21",
            "=1+1",
            "1/2",
            "true",
            "",
            "\n=2",
            "http://x.cn",
            "陈堃",
        ];
        let rows: Vec<[String; 2]> = lots.iter().map(|lot| [(*lot).to_owned(), "-144".to_owned()]).collect();
        let bytes = excel(&head, &[1], &rows).expect("written");
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("Excel reads it");
        let name = book.sheet_names()[0].clone();
        let sheet = book.worksheet_range(&name).expect("a sheet");
        assert_eq!(sheet.get_value((0, 0)), Some(&Data::String("批次".into())));
        for (line, lot) in (1..).zip(lots) {
            let cell = sheet.get_value((line, 0)).cloned().unwrap_or(Data::Empty);
            let same = cell == Data::String(lot.into()) || (lot.is_empty() && cell == Data::Empty);
            assert!(same, "{lot:?} became {cell:?}");
            assert_eq!(
                sheet.get_value((line, 1)),
                Some(&Data::Float(-144.0)),
                "a quantity is a number"
            );
        }
        let formulas = book.worksheet_formula(&name).expect("read");
        assert!(formulas.used_cells().next().is_none(), "no formula");
        let long = "很".repeat(MOST_UNITS + 9);
        assert_eq!(held(&long).chars().count(), MOST_UNITS);
    }
}
