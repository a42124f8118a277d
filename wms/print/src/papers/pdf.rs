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
use rules::core::code128::{self, NotEncodable};
use rules::locale::Words;

use super::layout::{self, Block, Kind, Row};
use super::{Align, PaperView};
use crate::fonts;

pub(super) const WIDTH: f32 = 595.0;
pub(super) const HEIGHT: f32 = 842.0;
pub(super) const LEFT: f32 = 42.0;
pub(super) const RIGHT: f32 = WIDTH - 46.0;
/// Lowest line of the form; the foot stands below.
pub(super) const BOTTOM: f32 = HEIGHT - 54.0;
pub(super) const BODY: f32 = 9.0;
pub(super) const LEADING: f32 = 12.5;
pub(super) const PAD: f32 = 4.0;

static REGULAR: LazyLock<Option<Font>> = LazyLock::new(|| Font::new(fonts::REGULAR.into(), 0));
static BOLD: LazyLock<Option<Font>> = LazyLock::new(|| Font::new(fonts::BOLD.into(), 0));

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
    let pages = layout::pages(paper);

    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(format!("{} {}", paper.title, paper.number))
            .language(words.lang.html().to_owned())
            .creator("Cangxun".to_owned()),
    );
    for (index, blocks) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| PdfError::Library("page size".into()))?;
        let mut page = document.start_page_with(settings);
        let mut pen = Pen::new(page.surface(), &faces);
        let mut y = head(&mut pen, paper, &modules, index == 0);
        for block in blocks {
            match block {
                Block::Row(row) => table_row(&mut pen, row, y),
                Block::Gap => {}
                Block::Remark(line) => pen.text(LEFT, y + 10.0, BODY, false, line),
                Block::Signatures(signed) => signatures(&mut pen, paper, signed, y),
            }
            y += block.height();
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
        let seen: String = text.chars().filter(|c| !fonts::is_invisible(*c)).collect();
        let face = if bold { &self.faces.bold } else { &self.faces.regular };
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill::default()));
        self.surface.draw_text(
            Point::from_xy(x, y),
            face.clone(),
            size,
            &seen,
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
    for line in layout::field_lines(paper).chunks(3) {
        for (index, texts) in line.iter().enumerate() {
            let x = LEFT + index as f32 * column;
            for (at, text) in texts.iter().enumerate() {
                pen.text(x, y + at as f32 * LEADING, BODY, false, text);
            }
        }
        y += line.iter().map(Vec::len).max().unwrap_or(1) as f32 * LEADING + 2.0;
    }
    y - 4.0
}

fn table_row(pen: &mut Pen<'_, '_>, row: &Row, y: f32) {
    let height = row.height();
    for cell in &row.cells {
        if row.kind == Kind::Heading || cell.differs {
            pen.filled([(cell.x, y, cell.width, height)], if cell.differs { 226 } else { 242 });
        }
        pen.framed(cell.x, y, cell.width, height, 0.6);
        if cell.differs {
            pen.framed(cell.x + 1.0, y + 1.0, cell.width - 2.0, height - 2.0, 1.4);
        }
        let top = y + (height - cell.lines.len() as f32 * LEADING) / 2.0;
        for (index, line) in cell.lines.iter().enumerate() {
            let wide = fonts::width(line, cell.size, cell.bold);
            let x = match cell.align {
                Align::Left => cell.x + PAD,
                Align::Centre => cell.x + (cell.width - wide) / 2.0,
                Align::Right => cell.x + cell.width - PAD - wide,
            };
            pen.text(x, top + index as f32 * LEADING + 9.6, cell.size, cell.bold, line);
        }
    }
}

/// Roles, and on the rule behind each who signed.
fn signatures(pen: &mut Pen<'_, '_>, paper: &PaperView, signed: &[Vec<String>], y: f32) {
    let column = (RIGHT - LEFT) / paper.signatures.len().max(1) as f32;
    let base = y + layout::signature_base(signed);
    for (index, (signature, lines)) in paper.signatures.iter().zip(signed).enumerate() {
        let x = LEFT + index as f32 * column;
        let (role, wide, room) = layout::signature_room(paper, &signature.role);
        pen.text(x, base, BODY, false, &role);
        for (above, text) in lines.iter().rev().enumerate() {
            pen.text(x + wide, base - above as f32 * LEADING, BODY, false, text);
        }
        pen.filled([(x + wide, base + 4.0, room, 0.5)], 0);
    }
}

/// The copy's name down the right edge, the run at the left of the foot, the page at its right.
fn foot(pen: &mut Pen<'_, '_>, paper: &PaperView, page: &str) {
    let wide = fonts::width(page, 8.5, false);
    let mut room = RIGHT - LEFT - wide - 16.0;
    if paper.copy.is_ascii() {
        room = room.min((RIGHT - LEFT - fonts::width(&paper.copy, 8.5, false)) / 2.0 - 12.0);
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
    // A long name of a group goes on below, and keeps off the page's number.
    let mut lines = fonts::wrap(&paper.foot, 8.5, false, room);
    if let Some(second) = lines
        .get(1..)
        .filter(|rest| !rest.is_empty())
        .map(|rest| rest.join(" "))
    {
        lines.truncate(1);
        lines.push(fonts::fit(&second, 8.5, false, room));
    }
    for (below, line) in lines.iter().enumerate() {
        pen.text(LEFT, HEIGHT - 30.0 + below as f32 * 11.0, 8.5, false, line);
    }
    pen.text(RIGHT - wide, HEIGHT - 30.0, 8.5, false, page);
}
