//! What stands where on a form: the columns' widths, the lines of each cell, and what comes onto which page.

use super::pdf::{BODY, BOTTOM, LEADING, LEFT, PAD, RIGHT};
use super::{Align, Cell, PaperView};
use crate::fonts;

/// A code that is too wide for its column is set smaller, down to this.
const SMALLEST: f32 = 6.5;
/// A text up to this width, in points, is a name and stays on one line.
const NAME: f32 = 100.0;
/// Room between table and remarks.
const GAP: f32 = 6.0;
/// A line of the table that goes on to the next page has at least so many lines of text on each.
const FEWEST: usize = 2;
/// Most lines of text of a field in the head.
const FIELD_LINES: usize = 8;
/// Most lines of text of a signature.
const SIGNATURE_LINES: usize = 4;

/// What a line of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Heading,
    Line,
    Total,
}

/// A cell with its place and its lines.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub x: f32,
    pub width: f32,
    pub align: Align,
    pub differs: bool,
    pub bold: bool,
    pub size: f32,
    pub lines: Vec<String>,
}

/// A line of the table, or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub kind: Kind,
    pub cells: Vec<Placed>,
}

impl Row {
    fn new(paper: &PaperView, widths: &[f32], cells: &[Cell], kind: Kind) -> Self {
        Self {
            kind,
            cells: place(paper, widths, cells, kind),
        }
    }

    fn lines(&self) -> usize {
        self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1).max(1)
    }

    pub fn height(&self) -> f32 {
        self.lines() as f32 * LEADING + 2.0 * PAD - 1.0
    }

    /// How many lines of text such a row has within a height.
    fn fitting(height: f32) -> usize {
        // Not negative, and far below what a float holds exactly.
        ((height - 2.0 * PAD + 1.0) / LEADING).max(0.0) as usize
    }

    /// What comes after the first so many lines of text, as a row of its own.
    fn split_off(&mut self, lines: usize) -> Self {
        let mut rest = self.clone();
        for (cell, rest) in self.cells.iter_mut().zip(&mut rest.cells) {
            rest.lines = cell.lines.split_off(lines.min(cell.lines.len()));
        }
        rest
    }
}

/// What stands on a page below its head, from the top.
#[derive(Clone, Debug)]
pub(super) enum Block {
    Row(Row),
    Gap,
    Remark(String),
    /// Each signature's lines.
    Signatures(Vec<Vec<String>>),
}

impl Block {
    pub fn height(&self) -> f32 {
        match self {
            Self::Row(row) => row.height(),
            Self::Gap => GAP,
            Self::Remark(_) => LEADING,
            Self::Signatures(signatures) => signature_base(signatures) + 10.0,
        }
    }
}

/// How far below their top the rule is that signatures stand on.
pub(super) fn signature_base(signatures: &[Vec<String>]) -> f32 {
    let lines = signatures.iter().map(Vec::len).max().unwrap_or(0);
    34.0 + lines.saturating_sub(2) as f32 * LEADING
}

/// A role and the room left for who signs: text, its width, room.
pub(super) fn signature_room(paper: &PaperView, role: &str) -> (String, f32, f32) {
    let column = (RIGHT - LEFT) / paper.signatures.len().max(1) as f32;
    let role = format!("{role}：");
    let wide = fonts::width(&role, BODY, false);
    (role, wide, (column - wide - 12.0).max(24.0))
}

/// The lines of each field in the head.
pub(super) fn field_lines(paper: &PaperView) -> Vec<Vec<String>> {
    let room = (RIGHT - LEFT) / 3.0 - 8.0;
    let lines = |field: &super::Field| capped(&format!("{}：{}", field.name, field.value), room, FIELD_LINES);
    paper.fields.iter().map(lines).collect()
}

/// Wrapped, with … where there are too many lines.
fn capped(text: &str, room: f32, most: usize) -> Vec<String> {
    let mut lines = fonts::wrap(text, BODY, false, room);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = fonts::fit(&format!("{last}……"), BODY, false, room);
        }
    }
    lines
}

/// Where the table begins on the first page, and on the others.
pub(super) fn head_end(paper: &PaperView, first: bool) -> f32 {
    if !first {
        return 86.0;
    }
    let lines = field_lines(paper);
    let heights = lines
        .chunks(3)
        .map(|line| line.iter().map(Vec::len).max().unwrap_or(1) as f32 * LEADING + 2.0);
    90.0 + heights.sum::<f32>()
}

/// What may not be broken of a cell: all of a code, a figure, a short name.
fn least(text: &str, align: Align, bold: bool) -> f32 {
    let whole = text
        .split('\n')
        .map(|line| fonts::width(line, BODY, bold))
        .fold(0.0, f32::max);
    match align {
        Align::Left if whole > NAME => fonts::widest(text, BODY, bold),
        _ => whole,
    }
}

/// The columns' widths: by their shares, but none narrower than what it has to hold, as long as the sheet has room.
pub(super) fn column_widths(paper: &PaperView) -> Vec<f32> {
    let all = RIGHT - LEFT;
    let shares: f32 = paper.columns.iter().map(|column| f32::from(column.share.max(1))).sum();
    let share: Vec<f32> = paper
        .columns
        .iter()
        .map(|column| all * f32::from(column.share.max(1)) / shares)
        .collect();
    let mut needed: Vec<f32> = paper
        .columns
        .iter()
        .map(|column| fonts::widest(&column.head, BODY, false) + 2.0 * PAD)
        .collect();
    for cells in paper.rows.iter().chain([&paper.total]) {
        let mut from = 0;
        for cell in cells {
            let span = usize::from(cell.span.max(1));
            if let (1, Some(column), Some(needed)) = (span, paper.columns.get(from), needed.get_mut(from)) {
                *needed = needed.max(least(&cell.text, column.align, true) + 2.0 * PAD + 0.1);
            }
            from += span;
        }
    }
    if needed.iter().sum::<f32>() > all {
        let scale = all / needed.iter().sum::<f32>();
        return needed.into_iter().map(|width| width * scale).collect();
    }
    let lack: f32 = share
        .iter()
        .zip(&needed)
        .map(|(share, needed)| (needed - share).max(0.0))
        .sum();
    let spare: f32 = share
        .iter()
        .zip(&needed)
        .map(|(share, needed)| (share - needed).max(0.0))
        .sum();
    let give = if spare > 0.0 { lack / spare } else { 0.0 };
    share
        .into_iter()
        .zip(needed)
        .map(|(share, needed)| {
            if share < needed {
                needed
            } else {
                share - (share - needed) * give
            }
        })
        .collect()
}

/// Cells where they stand; what is beyond the last column is left out.
fn place(paper: &PaperView, widths: &[f32], cells: &[Cell], kind: Kind) -> Vec<Placed> {
    let mut column = 0;
    cells
        .iter()
        .map_while(|cell| {
            let from = column;
            column = (from + usize::from(cell.span.max(1))).min(widths.len());
            let x = LEFT + widths.get(..from)?.iter().sum::<f32>();
            let width = widths
                .get(from..column)
                .filter(|covered| !covered.is_empty())?
                .iter()
                .sum();
            let align = match kind {
                Kind::Heading => Align::Centre,
                _ if cell.span > 1 => Align::Centre,
                _ => paper.columns.get(from).map_or(Align::Centre, |column| column.align),
            };
            let bold = cell.differs || kind == Kind::Total;
            let room = width - 2.0 * PAD;
            let wide = least(&cell.text, align, bold);
            let size = if kind == Kind::Heading || wide <= room {
                BODY
            } else {
                (BODY * room / wide).max(SMALLEST)
            };
            let lines = fonts::wrap(&cell.text, size, bold, room);
            let differs = cell.differs;
            Some(Placed {
                x,
                width,
                align,
                differs,
                bold,
                size,
                lines,
            })
        })
        .collect()
}

fn heading(paper: &PaperView, widths: &[f32]) -> Option<Row> {
    let cells: Vec<Cell> = paper
        .columns
        .iter()
        .map(|column| Cell::new(column.head.clone()))
        .collect();
    (!widths.is_empty()).then(|| Row::new(paper, widths, &cells, Kind::Heading))
}

/// Everything below the table's last line.
fn closing(paper: &PaperView, widths: &[f32]) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !paper.total.is_empty() && !widths.is_empty() {
        blocks.push(Block::Row(Row::new(paper, widths, &paper.total, Kind::Total)));
    }
    blocks.push(Block::Gap);
    for remark in &paper.remarks {
        blocks.extend(
            fonts::wrap(remark, BODY, false, RIGHT - LEFT)
                .into_iter()
                .map(Block::Remark),
        );
    }
    if !paper.signatures.is_empty() {
        let signed = paper.signatures.iter().map(|signature| {
            let (_, _, room) = signature_room(paper, &signature.role);
            capped(&signature.signed, room, SIGNATURE_LINES)
        });
        blocks.push(Block::Signatures(signed.collect()));
    }
    blocks
}

/// Pages being filled.
struct Flow<'a> {
    paper: &'a PaperView,
    heading: Option<Row>,
    pages: Vec<Vec<Block>>,
    y: f32,
}

impl Flow<'_> {
    fn begin_page(&mut self) {
        self.y = head_end(self.paper, self.pages.is_empty());
        self.pages.push(Vec::new());
    }

    fn put(&mut self, block: Block) {
        self.y += block.height();
        if let Some(page) = self.pages.last_mut() {
            page.push(block);
        }
    }

    /// Height of the table's heads, where a row to come needs them on this page.
    fn heads(&self, group: &[Block]) -> f32 {
        let has_row = |blocks: &[Block]| blocks.iter().any(|block| matches!(block, Block::Row(_)));
        let needs = has_row(group) && !self.pages.last().is_some_and(|page| has_row(page));
        self.heading.as_ref().filter(|_| needs).map_or(0.0, Row::height)
    }

    fn is_empty(&self) -> bool {
        self.pages.last().is_none_or(Vec::is_empty)
    }

    /// Sets what should stay together; taken apart only where no page can hold it.
    fn set(&mut self, group: Vec<Block>) {
        let height: f32 = group.iter().map(Block::height).sum();
        if self.y + self.heads(&group) + height > BOTTOM && !self.is_empty() {
            let fresh = head_end(self.paper, false) + self.heading.as_ref().map_or(0.0, Row::height);
            let [Block::Row(row)] = &group[..] else {
                if fresh + height > BOTTOM && group.len() > 1 {
                    return group.into_iter().for_each(|block| self.set(vec![block]));
                }
                self.begin_page();
                return self.set(group);
            };
            // A row that no page can hold begins here, where some of it fits.
            let fits = Row::fitting(BOTTOM - self.y - self.heads(&group));
            if fresh + row.height() <= BOTTOM || fits < FEWEST {
                self.begin_page();
                return self.set(group);
            }
        }
        if self.heads(&group) > 0.0
            && let Some(heading) = self.heading.clone()
        {
            self.put(Block::Row(heading));
        }
        for block in group {
            match block {
                Block::Row(row) => self.set_row(row),
                block => {
                    if self.y + block.height() > BOTTOM && !self.is_empty() {
                        self.begin_page();
                    }
                    self.put(block);
                }
            }
        }
    }

    fn set_row(&mut self, mut row: Row) {
        while self.y + row.height() > BOTTOM {
            let fits = Row::fitting(BOTTOM - self.y).max(1);
            if fits >= row.lines() {
                break;
            }
            let rest = row.split_off(fits);
            self.put(Block::Row(row));
            self.begin_page();
            if let Some(heading) = self.heading.clone() {
                self.put(Block::Row(heading));
            }
            row = rest;
        }
        self.put(Block::Row(row));
    }
}

/// What stands on which page. Signatures never stand alone: the table's last line goes with them, or, where remarks fill
/// more than a page, the last of these.
pub(super) fn pages(paper: &PaperView) -> Vec<Vec<Block>> {
    let widths = column_widths(paper);
    let heading = heading(paper, &widths);
    let mut rows: Vec<Block> = Vec::new();
    if !widths.is_empty() {
        let row = |cells: &Vec<Cell>| Block::Row(Row::new(paper, &widths, cells, Kind::Line));
        rows.extend(paper.rows.iter().map(row));
    }
    let mut closing = closing(paper, &widths);
    let room = BOTTOM - head_end(paper, false) - heading.as_ref().map_or(0.0, Row::height);
    let mut flow = Flow {
        paper,
        heading,
        pages: Vec::new(),
        y: 0.0,
    };
    flow.begin_page();
    if rows.is_empty()
        && let Some(heading) = flow.heading.clone()
    {
        flow.put(Block::Row(heading));
    }
    let last = rows.pop();
    for row in rows {
        flow.set(vec![row]);
    }
    let height: f32 = last.iter().chain(&closing).map(Block::height).sum();
    if height <= room {
        flow.set(last.into_iter().chain(closing).collect());
    } else {
        // The total goes with the last line, the signatures with the last two lines of remarks.
        let total = closing
            .iter()
            .take_while(|block| matches!(block, Block::Row(_)))
            .count();
        let mut rest = closing.split_off(total);
        let end = rest.split_off(rest.len().saturating_sub(3));
        flow.set(last.into_iter().chain(closing).collect());
        for block in rest {
            flow.set(vec![block]);
        }
        flow.set(end);
    }
    flow.pages
}
