//! A sheet of barcodes to print, cut and hang up: command barcodes, goods, locations, orders. A4, three in a row.

use krilla::Document;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use rules::core::code128;
use rules::locale::Words;

use super::pdf::{Faces, HEIGHT, PdfError, Pen, WIDTH};
use crate::fonts;

const MARGIN: f32 = 34.0;
const COLUMNS: usize = 3;
const CELL_WIDTH: f32 = (WIDTH - 2.0 * MARGIN) / COLUMNS as f32;
const CELL_HEIGHT: f32 = 84.0;
const HEADING: f32 = 24.0;
const TOP: f32 = 70.0;
const BOTTOM: f32 = HEIGHT - 36.0;
/// Height of the bars: 13 mm.
const BARS: f32 = 37.0;
/// Where the bars begin within a cell.
const BARS_TOP: f32 = 26.0;

/// Barcodes of a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeSheet {
    /// What it is.
    pub title: String,
    /// What for.
    pub about: String,
    /// Sections, in order.
    pub sections: Vec<CodeSection>,
}

/// Barcodes of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeSection {
    /// Kind.
    pub title: String,
    /// Its barcodes.
    pub codes: Vec<NamedCode>,
}

/// One barcode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedCode {
    /// What people call it.
    pub name: String,
    /// What the barcode says.
    pub code: String,
}

impl NamedCode {
    /// A barcode with its name.
    pub fn new(name: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            code: code.into(),
        }
    }

    /// As an image for a page.
    pub fn barcode(&self) -> String {
        crate::svg::code128(&self.code, 40)
    }
}

/// Where something stands: page from 0, points from the top left.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    page: usize,
    x: f32,
    y: f32,
}

enum Piece<'a> {
    Heading(&'a str),
    Code(&'a NamedCode),
}

/// Where everything stands. A heading never stands without its first row.
fn lay_out(sheet: &CodeSheet) -> Vec<(Place, Piece<'_>)> {
    let mut pieces = Vec::new();
    let (mut page, mut y) = (0, TOP);
    for section in sheet.sections.iter().filter(|section| !section.codes.is_empty()) {
        if y + HEADING + CELL_HEIGHT > BOTTOM {
            (page, y) = (page + 1, TOP);
        }
        pieces.push((Place { page, x: MARGIN, y }, Piece::Heading(&section.title)));
        y += HEADING;
        for row in section.codes.chunks(COLUMNS) {
            if y + CELL_HEIGHT > BOTTOM {
                (page, y) = (page + 1, TOP);
            }
            for (column, code) in row.iter().enumerate() {
                let x = MARGIN + column as f32 * CELL_WIDTH;
                pieces.push((Place { page, x, y }, Piece::Code(code)));
            }
            y += CELL_HEIGHT;
        }
        y += 8.0;
    }
    pieces
}

/// The sheet as a PDF file.
///
/// # Errors
/// Where a code is not printable ASCII, or the PDF can't be written.
pub fn codes_pdf(sheet: &CodeSheet, words: &Words) -> Result<Vec<u8>, PdfError> {
    let faces = Faces::load()?;
    let pieces = lay_out(sheet);
    let pages = pieces.last().map_or(1, |(place, _)| place.page + 1);
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(sheet.title.clone())
            .language(words.lang.html().to_owned())
            .creator("Cangxun".to_owned()),
    );
    for number in 0..pages {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| PdfError::Library("page size".into()))?;
        let mut page = document.start_page_with(settings);
        let mut pen = Pen::new(page.surface(), &faces);
        pen.text(
            MARGIN,
            38.0,
            15.0,
            true,
            &fonts::fit(&sheet.title, 15.0, true, WIDTH - 2.0 * MARGIN),
        );
        let about = fonts::wrap(&sheet.about, 8.5, false, WIDTH - 2.0 * MARGIN);
        for (line, text) in about.iter().take(2).enumerate() {
            pen.text(MARGIN, 52.0 + line as f32 * 11.0, 8.5, false, text);
        }
        for (place, piece) in pieces.iter().filter(|(place, _)| place.page == number) {
            match piece {
                Piece::Heading(title) => pen.text(place.x, place.y + 17.0, 12.0, true, title),
                Piece::Code(code) => cell(&mut pen, *place, code)?,
            }
        }
        let foot = words.fill("paper.page", &[("page", &(number + 1)), ("pages", &pages)]);
        pen.text(
            WIDTH - MARGIN - fonts::width(&foot, 8.5, false),
            HEIGHT - 22.0,
            8.5,
            false,
            &foot,
        );
        drop(pen);
        page.finish();
    }
    document
        .finish()
        .map_err(|error| PdfError::Library(format!("{error:?}")))
}

/// Name, bars, and what they say; a hairline around it to cut along.
fn cell(pen: &mut Pen<'_, '_>, place: Place, code: &NamedCode) -> Result<(), PdfError> {
    let Place { x, y, .. } = place;
    let middle = x + CELL_WIDTH / 2.0;
    pen.framed(x, y, CELL_WIDTH, CELL_HEIGHT, 0.3);
    let room = CELL_WIDTH - 12.0;
    // A name that is the code itself (a location) is said once, large.
    if code.name == code.code {
        pen.centred(middle, y + 20.0, 17.0, true, &code.code);
    } else {
        let fits = |size: &f32| fonts::width(&code.name, *size, true) <= room;
        let size = [11.0, 10.0, 9.0].into_iter().find(fits).unwrap_or(8.0);
        pen.centred(middle, y + 17.0, size, true, &fonts::fit(&code.name, size, true, room));
        pen.centred(middle, y + CELL_HEIGHT - 8.0, 9.0, false, &code.code);
    }
    let modules = code128::modules(&code.code)?;
    // 1 point a module is 0.35 mm: read by any hand scanner; a longer code gets narrower bars.
    let module = ((CELL_WIDTH - 4.0) / (modules.len() + 2 * code128::QUIET) as f32).min(1.0);
    let left = middle - modules.len() as f32 * module / 2.0;
    let bars = code128::bars(&modules);
    pen.filled(
        bars.into_iter()
            .map(|(at, length)| (left + at as f32 * module, y + BARS_TOP, length as f32 * module, BARS)),
        0,
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{pictures, read_code, run};
    use super::*;
    use rules::locale::Lang;

    /// Each barcode is scanned from the picture of its page at the place where it was set.
    #[test]
    fn every_code_of_a_sheet_scans_back() {
        let locations = (1..=40).map(|slot| format!("A-01-01-{slot:02}"));
        let sheet = CodeSheet {
            title: "扫描码表 · 第一次实训".into(),
            about: "打印、裁开、挂上。".into(),
            sections: vec![
                CodeSection {
                    title: "命令".into(),
                    codes: vec![
                        NamedCode::new("确认", "CMD-CONFIRM"),
                        NamedCode::new("记录短少", "CMD-SHORT"),
                    ],
                },
                CodeSection {
                    title: "货品".into(),
                    codes: vec![
                        NamedCode::new("牙膏 120g · 支", "2000152400039"),
                        NamedCode::new("牙膏 120g · 箱", "12000152400036"),
                    ],
                },
                CodeSection::default(),
                CodeSection {
                    title: "货位".into(),
                    codes: locations.map(|code| NamedCode::new(code.clone(), code)).collect(),
                },
            ],
        };
        let folder = tempfile::tempdir().expect("folder");
        let file = codes_pdf(&sheet, Lang::Zh.words()).expect("set");
        std::fs::write(folder.path().join("paper.pdf"), file).expect("written");
        run("qpdf", &["--check", "paper.pdf"], folder.path());
        let pages = pictures(folder.path());
        let mut codes = 0;
        for (place, piece) in lay_out(&sheet) {
            let Piece::Code(code) = piece else { continue };
            let inside = (place.x + 1.0, place.y + BARS_TOP, CELL_WIDTH - 2.0, BARS);
            assert_eq!(read_code(&pages[place.page], inside), code.code);
            codes += 1;
        }
        assert_eq!((codes, pages.len()), (44, 3));
        let text = run("pdftotext", &["-layout", "paper.pdf", "-"], folder.path());
        assert!(text.contains("记录短少") && text.contains("第 3 页，共 3 页"), "{text}");
    }

    #[test]
    fn a_heading_goes_with_its_first_row() {
        let codes = |count: usize| vec![NamedCode::new("x", "X-1"); count];
        let section = |count| CodeSection {
            title: "t".into(),
            codes: codes(count),
        };
        for count in 1..80 {
            let sheet = CodeSheet {
                sections: vec![section(count), section(1)],
                ..CodeSheet::default()
            };
            let pieces = lay_out(&sheet);
            let [.., (heading, Piece::Heading(_)), (row, Piece::Code(_))] = &pieces[..] else {
                panic!("a heading, then its row");
            };
            assert_eq!(heading.page, row.page, "{count}");
            assert!(row.y + CELL_HEIGHT <= BOTTOM, "{count}");
        }
    }
}
