//! A one-bit picture as the print head burns it.

use ab_glyph::{Font, ScaleFont, point};
use rules::core::label::HEAD_DOTS;

use crate::fonts;

/// A one-bit picture, rows from the top, most significant bit first, 1 = black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Dots in a row, a multiple of 8.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width / 8` bytes a row.
    pub bits: Vec<u8>,
}

impl Raster {
    /// White paper, as wide as the head.
    pub fn blank(height: usize) -> Self {
        Self {
            width: HEAD_DOTS,
            height,
            bits: vec![0; HEAD_DOTS / 8 * height],
        }
    }

    /// Whether a dot is black; outside is white.
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.bits[y * self.width / 8 + x / 8] & (0x80 >> (x % 8)) != 0
    }

    /// Blackens one dot; outside nothing happens.
    pub fn dot(&mut self, x: usize, y: usize) {
        if x < self.width && y < self.height {
            self.bits[y * self.width / 8 + x / 8] |= 0x80 >> (x % 8);
        }
    }

    /// Blackens a rectangle.
    pub fn rect(&mut self, x: usize, y: usize, width: usize, height: usize) {
        for row in y..y + height {
            for column in x..x + width {
                self.dot(column, row);
            }
        }
    }

    /// Writes one line, its top left at (x, y), at a size in dots.
    pub fn text(&mut self, x: usize, y: usize, size: f32, bold: bool, text: &str) {
        let Some(face) = fonts::face(bold) else { return };
        // The face is taller than its em; scaled so that an em is `size` dots.
        let em = face.height_unscaled() / face.units_per_em().unwrap_or(1000.0);
        let scaled = face.as_scaled(size * em);
        let baseline = y as f32 + size * 0.88;
        let mut pen = x as f32;
        for c in text.chars() {
            let id = scaled.glyph_id(c);
            let glyph = id.with_scale_and_position(scaled.scale(), point(pen, baseline));
            pen += scaled.h_advance(id);
            let Some(outline) = face.outline_glyph(glyph) else {
                continue;
            };
            let bounds = outline.px_bounds();
            outline.draw(|dx, dy, cover| {
                let (px, py) = (bounds.min.x + dx as f32, bounds.min.y + dy as f32);
                if cover >= 0.5 && px >= 0.0 && py >= 0.0 {
                    self.dot(px as usize, py as usize);
                }
            });
        }
    }

    /// Rows in lower-case hexadecimal, as the uplink carries them.
    pub fn hex(&self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = String::with_capacity(self.bits.len() * 2);
        for byte in &self.bits {
            hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
            hex.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        hex
    }

    /// The same picture as a PNG.
    ///
    /// # Errors
    /// Only where the picture's size is impossible (no rows).
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut file = Vec::new();
        let (width, height) = (u32::try_from(self.width), u32::try_from(self.height));
        let mut encoder = png::Encoder::new(&mut file, width.unwrap_or(0), height.unwrap_or(0));
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        // In PNG 1 is white.
        let inverted: Vec<u8> = self.bits.iter().map(|byte| !byte).collect();
        encoder.write_header()?.write_image_data(&inverted)?;
        Ok(file)
    }
}
