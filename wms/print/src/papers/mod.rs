//! Papers: one description of a form, shown on screen and set as A4 PDF; and sheets of barcodes.
//!
//! What stands on a form is filled by the work; this module knows how a form looks, nothing of what it is about.

mod codes;
mod layout;
mod pdf;

pub use codes::{CodeSection, CodeSheet, NamedCode, codes_pdf};
pub use pdf::{PdfError, pdf};

/// A form as it is read: all text in its final words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperView {
    /// School and training centre.
    pub school: String,
    /// Name of the form (`入库单`).
    pub title: String,
    /// Number, also its barcode (`RK-20261123-0012-01`).
    pub number: String,
    /// Head, in three columns.
    pub fields: Vec<Field>,
    /// Columns of the table.
    pub columns: Vec<Column>,
    /// Its lines.
    pub rows: Vec<Vec<Cell>>,
    /// Its last line; none for an empty list.
    pub total: Vec<Cell>,
    /// Below the table.
    pub remarks: Vec<String>,
    /// Who signs.
    pub signatures: Vec<Signature>,
    /// Name of this copy, down the right edge (`第一联　仓库联`).
    pub copy: String,
    /// In the foot: group and run.
    pub foot: String,
}

impl PaperView {
    /// What can't be printed of it, each character once; empty where all can.
    pub fn unprintable(&self) -> String {
        let cells = self.rows.iter().flatten().chain(&self.total).map(|cell| &cell.text);
        let fields = self.fields.iter().flat_map(|field| [&field.name, &field.value]);
        let signatures = self
            .signatures
            .iter()
            .flat_map(|signature| [&signature.role, &signature.signed]);
        let rest = [&self.school, &self.title, &self.number, &self.copy, &self.foot];
        let texts: Vec<&str> = cells
            .chain(fields)
            .chain(signatures)
            .chain(&self.remarks)
            .chain(rest)
            .map(String::as_str)
            .collect();
        crate::fonts::missing(&texts.concat())
    }

    /// The cells of a line, each with the head of its column, for screens too narrow for a table, and its style. A cell
    /// over several columns has no head.
    pub fn headed<'a>(&'a self, cells: &'a [Cell]) -> impl Iterator<Item = (&'a Cell, &'a str, &'static str)> {
        let mut column = 0;
        cells.iter().map(move |cell| {
            let here = self.columns.get(column).filter(|_| cell.span == 1);
            column += usize::from(cell.span.max(1));
            let (head, style) = here.map_or(("", "c"), |column| (column.head.as_str(), column.align.class()));
            (cell, head, style)
        })
    }
}

/// One entry of a form's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
}

impl Field {
    /// A field.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
        }
    }
}

/// One column of a form's table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Head.
    pub head: String,
    /// Share of the width, relative to the other columns.
    pub share: u16,
    /// Where its text stands.
    pub align: Align,
}

impl Column {
    /// A column.
    pub fn new(head: impl Into<String>, share: u16, align: Align) -> Self {
        Self {
            head: head.into(),
            share,
            align,
        }
    }
}

/// Where a column's text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Codes, units.
    #[default]
    Centre,
    /// Figures.
    Right,
}

impl Align {
    /// Name of its style on the page.
    pub fn class(self) -> &'static str {
        match self {
            Self::Left => "l",
            Self::Centre => "c",
            Self::Right => "n",
        }
    }
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Columns it covers; 0 counts as 1.
    pub span: u16,
    /// It differs from what was expected: bold, on grey, thick-ruled, so that it is seen without colour.
    pub differs: bool,
}

impl Cell {
    /// A plain cell.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            span: 1,
            differs: false,
        }
    }

    /// A cell over several columns.
    pub fn over(text: impl Into<String>, span: u16) -> Self {
        Self {
            text: text.into(),
            span,
            differs: false,
        }
    }

    /// The same cell, marked as a difference where `differs`.
    #[must_use]
    pub fn differing(mut self, differs: bool) -> Self {
        self.differs = differs;
        self
    }
}

/// A place to sign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// As whom (`仓管员`).
    pub role: String,
    /// Who and when; empty where not yet signed.
    pub signed: String,
}

impl Signature {
    /// A signature, or the place for one.
    pub fn new(role: impl Into<String>, signed: impl Into<String>) -> Self {
        Self {
            role: role.into(),
            signed: signed.into(),
        }
    }
}

#[cfg(test)]
mod tests;
