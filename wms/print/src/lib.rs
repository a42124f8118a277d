//! What comes out on paper: forms as PDF, sheets of barcodes, labels as the print head burns them.

pub mod fonts;
pub mod labels;
pub mod papers;
pub mod svg;
