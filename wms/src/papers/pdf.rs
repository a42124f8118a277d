//! A form as A4 PDF: points (1/72 inch) from the top left, text set on its baseline.

use std::sync::LazyLock;

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use super::{Align, Cell, PaperView};
use crate::fonts;
use crate::labels::{NotEncodable, code128};
use crate::locale::Words;

pub(super) const WIDTH: f32 = 595.0;
pub(super) const HEIGHT: f32 = 842.0;
const LEFT: f32 = 42.0;
const RIGHT: f32 = WIDTH - 46.0;
/// Lowest line of the table; the foot stands below.
const BOTTOM: f32 = HEIGHT - 54.0;
const BODY: f32 = 9.0;
const LEADING: f32 = 12.5;
const PAD: f32 = 4.0;

static REGULAR: LazyLock<Option<Font>> = LazyLock::new(|| Font::new(fonts::REGULAR.to_vec().into(), 0));
static BOLD: LazyLock<Option<Font>> = LazyLock::new(|| Font::new(fonts::BOLD.to_vec().into(), 0));

/// Why a paper can't be set.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// Its number can't be a barcode.
    #[error(transparent)]
    Number(#[from] NotEncodable),
    /// The typefaces compiled in are damaged.
    #[error("the typefaces of this program are damaged: install it again")]
    Typeface,
    /// The PDF library refused.
    #[error("the PDF could not be written: {0}")]
    Library(String),
}

/// The form as a PDF file.
///
/// # Errors
/// Where the number is not printable ASCII (it is the form's barcode), or the PDF can't be written.
pub fn pdf(paper: &PaperView, words: &Words) -> Result<Vec<u8>, PdfError> {
    let faces = Faces::load()?;
    let modules = code128::modules(&paper.number)?;
    let widths = column_widths(paper);
    let pages = paginate(paper, &widths);

    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(format!("{} {}", paper.title, paper.number))
            .language(words.lang.html().to_owned())
            .creator("Cangxun".to_owned()),
    );
    for (index, rows) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| PdfError::Library("page size".into()))?;
        let mut page = document.start_page_with(settings);
        let mut pen = Pen::new(page.surface(), &faces);
        let last = index + 1 == pages.len();
        let y = head(&mut pen, paper, &modules, index == 0);
        let y = table(&mut pen, paper, &widths, &paper.rows[rows.clone()], y, last);
        if last {
            closing(&mut pen, paper, y);
        }
        foot(
            &mut pen,
            paper,
            &words.fill("paper.page", &[("page", &(index + 1)), ("pages", &pages.len())]),
        );
        drop(pen);
        page.finish();
    }
    document
        .finish()
        .map_err(|error| PdfError::Library(format!("{error:?}")))
}

/// Both typefaces.
pub(super) struct Faces {
    regular: Font,
    bold: Font,
}

impl Faces {
    pub(super) fn load() -> Result<Self, PdfError> {
        Ok(Self {
            regular: REGULAR.clone().ok_or(PdfError::Typeface)?,
            bold: BOLD.clone().ok_or(PdfError::Typeface)?,
        })
    }
}

/// Draws on one page.
pub(super) struct Pen<'a, 'f> {
    surface: Surface<'a>,
    faces: &'f Faces,
}

impl<'a, 'f> Pen<'a, 'f> {
    pub(super) const fn new(surface: Surface<'a>, faces: &'f Faces) -> Self {
        Self { surface, faces }
    }

    pub(super) fn text(&mut self, x: f32, y: f32, size: f32, bold: bool, text: &str) {
        let face = if bold { &self.faces.bold } else { &self.faces.regular };
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill::default()));
        self.surface.draw_text(
            Point::from_xy(x, y),
            face.clone(),
            size,
            text,
            false,
            TextDirection::Auto,
        );
    }

    pub(super) fn centred(&mut self, middle: f32, y: f32, size: f32, bold: bool, text: &str) {
        self.text(middle - fonts::width(text, size, bold) / 2.0, y, size, bold, text);
    }

    pub(super) fn filled(&mut self, rects: impl IntoIterator<Item = (f32, f32, f32, f32)>, grey: u8) {
        let mut path = PathBuilder::new();
        for (x, y, width, height) in rects {
            if let Some(rect) = Rect::from_xywh(x, y, width, height) {
                path.push_rect(rect);
            }
        }
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill {
            paint: rgb::Color::new(grey, grey, grey).into(),
            ..Fill::default()
        }));
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }

    pub(super) fn framed(&mut self, x: f32, y: f32, width: f32, height: f32, line: f32) {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            path.push_rect(rect);
        }
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke {
            width: line,
            ..Stroke::default()
        }));
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }
}

/// School, title, number with its barcode, and on the first page the fields. Gives where the table begins.
fn head(pen: &mut Pen<'_, '_>, paper: &PaperView, modules: &[bool], first: bool) -> f32 {
    // 1 point a module is 0.35 mm: read by any hand scanner; a longer number gets narrower bars.
    let module = (150.0 / modules.len() as f32).min(1.0);
    let left = RIGHT - modules.len() as f32 * module;
    let bars = code128::bars(modules);
    pen.filled(
        bars.into_iter()
            .map(|(at, length)| (left + at as f32 * module, 34.0, length as f32 * module, 26.0)),
        0,
    );
    // In the middle of the sheet, or as near to it as the barcode's quiet zone lets a longer name come.
    let begin = |wide: f32| ((LEFT + RIGHT - wide) / 2.0).min(left - 12.0 - wide).max(LEFT);
    let school = fonts::fit(&paper.school, 10.5, false, left - 12.0 - LEFT);
    pen.text(begin(fonts::width(&school, 10.5, false)), 44.0, 10.5, false, &school);
    // A form's title is spaced: half a character between characters.
    let size = 18.0;
    let characters = paper.title.chars().count() as f32;
    let spacing = if paper.title.is_ascii() { 0.0 } else { size / 2.0 };
    let wide = fonts::width(&paper.title, size, true) + spacing * (characters - 1.0).max(0.0);
    let mut x = begin(wide);
    if spacing == 0.0 {
        let title = fonts::fit(&paper.title, size, true, left - 12.0 - LEFT);
        pen.text(x, 68.0, size, true, &title);
    } else {
        for c in paper.title.chars() {
            let c = c.to_string();
            pen.text(x, 68.0, size, true, &c);
            x += fonts::width(&c, size, true) + spacing;
        }
    }
    pen.centred((left + RIGHT) / 2.0, 70.0, 8.5, false, &paper.number);
    if !first {
        return 86.0;
    }
    let column = (RIGHT - LEFT) / 3.0;
    let mut y = 94.0;
    for line in paper.fields.chunks(3) {
        let mut lines = 1;
        for (index, field) in line.iter().enumerate() {
            let x = LEFT + index as f32 * column;
            let text = format!("{}：{}", field.name, field.value);
            let wrapped = fonts::wrap(&text, BODY, false, column - 8.0);
            for (at, text) in wrapped.iter().enumerate() {
                pen.text(x, y + at as f32 * LEADING, BODY, false, text);
            }
            lines = lines.max(wrapped.len());
        }
        y += lines as f32 * LEADING + 2.0;
    }
    y - 4.0
}

/// Height of the head as [`head`] draws it.
fn head_end(paper: &PaperView, first: bool) -> f32 {
    if !first {
        return 86.0;
    }
    let room = (RIGHT - LEFT) / 3.0 - 8.0;
    let lines =
        |field: &super::Field| fonts::wrap(&format!("{}：{}", field.name, field.value), BODY, false, room).len();
    let heights = paper
        .fields
        .chunks(3)
        .map(|line| line.iter().map(lines).max().unwrap_or(1) as f32 * LEADING + 2.0);
    90.0 + heights.sum::<f32>()
}

fn column_widths(paper: &PaperView) -> Vec<f32> {
    let shares: f32 = paper.columns.iter().map(|column| f32::from(column.share.max(1))).sum();
    paper
        .columns
        .iter()
        .map(|column| (RIGHT - LEFT) * f32::from(column.share.max(1)) / shares)
        .collect()
}

fn cell_lines(cell: &Cell, width: f32) -> Vec<String> {
    fonts::wrap(&cell.text, BODY, cell.differs, width - 2.0 * PAD)
}

/// Cells with the columns they cover: first column and width.
fn placed<'a>(cells: &'a [Cell], widths: &'a [f32]) -> impl Iterator<Item = (&'a Cell, usize, f32, f32)> {
    let mut column = 0;
    cells.iter().map_while(move |cell| {
        let from = column;
        let to = (from + usize::from(cell.span.max(1))).min(widths.len());
        column = to;
        let x = LEFT + widths.get(..from)?.iter().sum::<f32>();
        let width = widths.get(from..to).filter(|covered| !covered.is_empty())?.iter().sum();
        Some((cell, from, x, width))
    })
}

fn row_height(cells: &[Cell], widths: &[f32]) -> f32 {
    let lines = placed(cells, widths)
        .map(|(cell, _, _, width)| cell_lines(cell, width).len())
        .max()
        .unwrap_or(1);
    lines as f32 * LEADING + 2.0 * PAD - 1.0
}

fn heading(paper: &PaperView) -> Vec<Cell> {
    paper
        .columns
        .iter()
        .map(|column| Cell::new(column.head.clone()))
        .collect()
}

/// Which rows stand on which page. The last page has room for total, remarks and signatures.
fn paginate(paper: &PaperView, widths: &[f32]) -> Vec<std::ops::Range<usize>> {
    let heading = row_height(&heading(paper), widths);
    let remarks: usize = paper
        .remarks
        .iter()
        .map(|text| fonts::wrap(text, BODY, false, RIGHT - LEFT).len())
        .sum();
    let total = if paper.total.is_empty() {
        0.0
    } else {
        row_height(&paper.total, widths)
    };
    let signatures = if paper.signatures.is_empty() { 0.0 } else { 50.0 };
    let closing = total + remarks as f32 * LEADING + signatures + 10.0;

    let mut pages = Vec::new();
    let mut start = 0;
    let mut y = head_end(paper, true) + heading;
    for (index, row) in paper.rows.iter().enumerate() {
        let height = row_height(row, widths);
        // The last row takes total and signatures along: they never stand alone on a page.
        let needed = if index + 1 == paper.rows.len() {
            height + closing
        } else {
            height
        };
        if y + needed > BOTTOM && index > start {
            pages.push(start..index);
            start = index;
            y = head_end(paper, false) + heading;
        }
        y += height;
    }
    pages.push(start..paper.rows.len());
    pages
}

fn table(pen: &mut Pen<'_, '_>, paper: &PaperView, widths: &[f32], rows: &[Vec<Cell>], mut y: f32, last: bool) -> f32 {
    if widths.is_empty() {
        return y;
    }
    y = table_row(pen, paper, widths, &heading(paper), y, Kind::Heading);
    for row in rows {
        y = table_row(pen, paper, widths, row, y, Kind::Line);
    }
    if last && !paper.total.is_empty() {
        y = table_row(pen, paper, widths, &paper.total, y, Kind::Total);
    }
    y
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Heading,
    Line,
    Total,
}

fn table_row(pen: &mut Pen<'_, '_>, paper: &PaperView, widths: &[f32], cells: &[Cell], y: f32, kind: Kind) -> f32 {
    let height = row_height(cells, widths);
    for (cell, column, x, width) in placed(cells, widths) {
        let bold = cell.differs || kind == Kind::Total;
        if kind == Kind::Heading || cell.differs {
            pen.filled([(x, y, width, height)], if cell.differs { 226 } else { 242 });
        }
        pen.framed(x, y, width, height, 0.6);
        if cell.differs {
            pen.framed(x + 1.0, y + 1.0, width - 2.0, height - 2.0, 1.4);
        }
        let align = match kind {
            Kind::Heading => Align::Centre,
            _ if cell.span > 1 => Align::Centre,
            _ => paper.columns.get(column).map_or(Align::Centre, |column| column.align),
        };
        let lines = cell_lines(cell, width);
        let top = y + (height - lines.len() as f32 * LEADING) / 2.0;
        for (index, line) in lines.iter().enumerate() {
            let wide = fonts::width(line, BODY, bold);
            let x = match align {
                Align::Left => x + PAD,
                Align::Centre => x + (width - wide) / 2.0,
                Align::Right => x + width - PAD - wide,
            };
            pen.text(x, top + index as f32 * LEADING + 9.6, BODY, bold, line);
        }
    }
    y + height
}

/// Remarks and signatures.
fn closing(pen: &mut Pen<'_, '_>, paper: &PaperView, y: f32) {
    let mut y = y + 16.0;
    for remark in &paper.remarks {
        for line in fonts::wrap(remark, BODY, false, RIGHT - LEFT) {
            pen.text(LEFT, y, BODY, false, &line);
            y += LEADING;
        }
    }
    let column = (RIGHT - LEFT) / paper.signatures.len().max(1) as f32;
    for (index, signature) in paper.signatures.iter().enumerate() {
        let x = LEFT + index as f32 * column;
        let role = format!("{}：", signature.role);
        pen.text(x, y + 24.0, BODY, false, &role);
        let from = x + fonts::width(&role, BODY, false);
        let room = column - fonts::width(&role, BODY, false) - 12.0;
        // At most two lines, the last one on the rule.
        let lines = fonts::wrap(&signature.signed, BODY, false, room);
        for (above, text) in lines.iter().take(2).rev().enumerate() {
            pen.text(from, y + 24.0 - above as f32 * LEADING, BODY, false, text);
        }
        pen.filled([(from, y + 28.0, room, 0.5)], 0);
    }
}

/// The copy's name down the right edge, the run at the left of the foot, the page at its right.
fn foot(pen: &mut Pen<'_, '_>, paper: &PaperView, page: &str) {
    if paper.copy.is_ascii() {
        // Latin words are not set letter above letter.
        pen.centred((LEFT + RIGHT) / 2.0, HEIGHT - 30.0, 8.5, false, &paper.copy);
    } else {
        let mut y = 190.0;
        for c in paper.copy.chars() {
            let c = c.to_string();
            pen.centred(RIGHT + 20.0, y, 9.5, false, &c);
            y += 12.5;
        }
    }
    pen.text(LEFT, HEIGHT - 30.0, 8.5, false, &paper.foot);
    pen.text(RIGHT - fonts::width(page, 8.5, false), HEIGHT - 30.0, 8.5, false, page);
}
