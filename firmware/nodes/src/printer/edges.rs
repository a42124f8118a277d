//! Where the next label's edge is: the sensor sees it some rows before it comes under the head.

use super::Paper;

/// Follows the paper row by row. At most one edge may be between sensor and head: labels are longer than that.
pub struct Edges {
    /// Rows from the sensor on to the head.
    ahead: u16,
    /// A gap has been seen, and no label after it.
    gap: bool,
    /// Rows until the edge that was seen last is under the head.
    coming: Option<u16>,
}

impl Edges {
    /// Nothing seen yet.
    pub const fn new(ahead: u16) -> Self {
        Self {
            ahead,
            gap: false,
            coming: None,
        }
    }

    /// The paper may have been moved by hand.
    pub const fn forget(&mut self) {
        *self = Self::new(self.ahead);
    }

    /// This is under the sensor.
    pub fn seen(&mut self, paper: Paper) {
        self.gap |= paper == Paper::Gap;
    }

    /// The paper has moved a row, and this is under the sensor now.
    pub fn moved(&mut self, paper: Paper) {
        self.coming = self.coming.and_then(|rows| rows.checked_sub(1));
        if paper == Paper::Label && core::mem::take(&mut self.gap) {
            self.coming = Some(self.ahead);
        }
        self.seen(paper);
    }

    /// Whether a label's edge is under the head.
    pub const fn here(&self) -> bool {
        matches!(self.coming, Some(0))
    }
}
