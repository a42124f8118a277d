//! Labels: one definition, from which the printer's raster and the picture on the page are made.
//!
//! 8 dots a millimetre. Dense Chinese characters smear below 24 dots, so no text is smaller.

mod raster;

pub use raster::Raster;

use rules::core::code128;
use rules::core::label::{self, Arrow, HEAD_DOTS, LabelError, LabelSpec};
use rules::locale::Lang;

use crate::fonts;

/// Smallest text, in dots.
const SMALLEST: f32 = 24.0;
/// White at the left and right edge, in dots.
const MARGIN: usize = 12;
/// Height of a 60 × 40 mm label, in dots.
const HEIGHT: usize = 320;

/// The label as the print head burns it. Captions are in the school's language.
///
/// # Errors
/// Where the barcode's content can't be encoded or does not fit the head.
pub fn raster(spec: &LabelSpec, lang: Lang) -> Result<Raster, LabelError> {
    let words = lang.words();
    let mut paper = Raster::blank(HEIGHT);
    match spec {
        LabelSpec::Goods {
            lpn,
            sku,
            name,
            lot,
            quantity,
        } => {
            line(&mut paper, 10, 40.0, true, name);
            line(&mut paper, 60, 30.0, false, sku);
            let from_right = fonts::width(quantity, 44.0, true) as usize + MARGIN;
            paper.text(HEAD_DOTS.saturating_sub(from_right), 52, 44.0, true, quantity);
            if !lot.is_empty() {
                line(
                    &mut paper,
                    104,
                    30.0,
                    false,
                    &format!("{} {lot}", words.get("label.lot")),
                );
            }
            code(&mut paper, 150, 110, lpn)?;
            centred(&mut paper, 268, 34.0, lpn);
        }
        LabelSpec::Location { code: location, arrow } => {
            let size = fitting(location, 72.0, HEAD_DOTS - 2 * MARGIN - 60);
            paper.text(MARGIN, 16 + (72.0 - size) as usize / 2, size, true, location);
            draw_arrow(&mut paper, HEAD_DOTS - MARGIN - 48, 20, *arrow);
            code(&mut paper, 116, 150, location)?;
            centred(&mut paper, 276, 30.0, words.get("label.location"));
        }
        LabelSpec::Parcel {
            order,
            customer,
            weight,
            parcel,
        } => {
            line(&mut paper, 10, 40.0, true, customer);
            line(
                &mut paper,
                62,
                32.0,
                false,
                &format!("{} {weight}", words.get("label.weight")),
            );
            line(
                &mut paper,
                104,
                32.0,
                false,
                &format!("{} {parcel}", words.get("label.parcel")),
            );
            let note = words.get("label.teaching");
            let from_right = fonts::width(note, 28.0, false) as usize + MARGIN;
            paper.text(HEAD_DOTS.saturating_sub(from_right), 106, 28.0, false, note);
            code(&mut paper, 150, 110, order)?;
            centred(&mut paper, 268, 34.0, order);
        }
    }
    Ok(paper)
}

/// The largest size up to `size`, not below the smallest, at which a text fits.
fn fitting(text: &str, size: f32, room: usize) -> f32 {
    let wide = fonts::width(text, size, true);
    if wide <= room as f32 {
        size
    } else {
        (size * room as f32 / wide).max(SMALLEST)
    }
}

fn line(paper: &mut Raster, y: usize, size: f32, bold: bool, text: &str) {
    let room = HEAD_DOTS - 2 * MARGIN;
    let size = fitting(text, size, room);
    paper.text(MARGIN, y, size, bold, &fonts::fit(text, size, bold, room as f32));
}

fn centred(paper: &mut Raster, y: usize, size: f32, text: &str) {
    let size = fitting(text, size, HEAD_DOTS - 2 * MARGIN);
    let wide = fonts::width(text, size, true) as usize;
    paper.text(HEAD_DOTS.saturating_sub(wide) / 2, y, size, true, text);
}

/// A Code 128 in the middle, its modules as wide as fits, at least 2 dots: 0.25 mm, what a hand scanner reads for sure.
/// A Code 128 in the middle, its modules as wide as fits.
fn code(paper: &mut Raster, y: usize, height: usize, content: &str) -> Result<(), LabelError> {
    let (modules, module) = label::bars(content)?;
    let left = (HEAD_DOTS - modules.len() * module) / 2;
    for (first, length) in code128::bars(&modules) {
        paper.rect(left + first * module, y, length * module, height);
    }
    Ok(())
}

/// An arrow 48 dots wide and 64 high.
fn draw_arrow(paper: &mut Raster, x: usize, y: usize, arrow: Arrow) {
    for row in 0..64 {
        let from_tip = match arrow {
            Arrow::Up => row,
            Arrow::Down => 63 - row,
        };
        let half = if from_tip < 32 { from_tip * 24 / 32 } else { 8 };
        paper.rect(x + 24 - half, y + row, half * 2, 1);
    }
}

#[cfg(test)]
mod tests {
    use rxing::common::HybridBinarizer;
    use rxing::oned::Code128Reader;
    use rxing::{BinaryBitmap, Luma8LuminanceSource, Reader};

    use super::*;

    fn read_back(raster: &Raster) -> String {
        let mut grey = Vec::new();
        for y in 0..raster.height {
            for x in 0..raster.width {
                grey.push(if raster.is_black(x, y) { 0 } else { 255 });
            }
        }
        let source = Luma8LuminanceSource::new(grey, raster.width as u32, raster.height as u32).expect("picture");
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        Code128Reader
            .decode(&mut bitmap)
            .expect("a code is found")
            .getText()
            .to_owned()
    }

    fn specs() -> Vec<LabelSpec> {
        vec![
            LabelSpec::Goods {
                lpn: "LP-0001-007".into(),
                sku: "RY006".into(),
                name: "洗洁精 1.1kg".into(),
                lot: "2026-08-15".into(),
                quantity: "48 瓶".into(),
            },
            LabelSpec::Location {
                code: "A-01-02-03".into(),
                arrow: Arrow::Up,
            },
            LabelSpec::Location {
                code: "S-02-03-04".into(),
                arrow: Arrow::Down,
            },
            LabelSpec::Parcel {
                order: "CK-20261123-1".into(),
                customer: "王**".into(),
                weight: "3.62 kg".into(),
                parcel: "1/1".into(),
            },
        ]
    }

    #[test]
    fn every_label_scans_back() {
        for spec in specs() {
            let raster = raster(&spec, Lang::Zh).expect("made");
            assert_eq!(
                (raster.width, raster.bits.len()),
                (HEAD_DOTS, HEAD_DOTS / 8 * raster.height)
            );
            assert_eq!(read_back(&raster), spec.barcode());
        }
    }

    #[test]
    fn the_picture_is_the_raster() {
        for (index, spec) in specs().into_iter().enumerate() {
            let raster = raster(&spec, Lang::Zh).expect("made");
            let file = raster.png().expect("png");
            let mut reader = png::Decoder::new(std::io::Cursor::new(&file))
                .read_info()
                .expect("header");
            let mut bits = vec![0; reader.output_buffer_size().expect("size")];
            reader.next_frame(&mut bits).expect("picture");
            assert!(bits.iter().zip(&raster.bits).all(|(png, raster)| *png == !raster));
            if let Some(folder) = std::env::var_os("CANGXUN_PICTURES") {
                std::fs::write(std::path::Path::new(&folder).join(format!("label-{index}.png")), &file)
                    .expect("written");
            }
        }
    }

    #[test]
    fn a_label_that_cant_be_scanned_is_refused() {
        let location = |code: &str| LabelSpec::Location {
            code: code.into(),
            arrow: Arrow::Up,
        };
        assert!(matches!(
            raster(&location("货位"), Lang::Zh),
            Err(LabelError::NotEncodable(_))
        ));
        assert!(matches!(
            raster(&location("A-LOCATION-FAR-TOO-LONG"), Lang::Zh),
            Err(LabelError::TooWide { .. })
        ));
    }

    #[test]
    fn a_long_name_is_shortened_not_cut() {
        let spec = LabelSpec::Goods {
            lpn: "LP-1".into(),
            sku: "RY001".into(),
            name: "特别特别特别特别特别特别特别特别特别特别长的名字".into(),
            lot: String::new(),
            quantity: "1 瓶".into(),
        };
        assert_eq!(read_back(&raster(&spec, Lang::Zh).expect("made")), "LP-1");
    }

    #[test]
    fn rows_in_hexadecimal() {
        let mut raster = Raster::blank(1);
        raster.dot(0, 0);
        raster.dot(15, 0);
        assert_eq!(&raster.hex()[..6], "800100");
        assert_eq!(raster.hex().len(), 96);
    }
}
