//! Code 128: the bars of labels, papers and the commands on the screen.

use rxing::oned::{Code128Writer, OneDimensionalCodeWriter};

/// White on each side that a scanner needs, in modules.
pub const QUIET: usize = 10;

/// Why a content can't be a Code 128.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{content:?} can't be a Code 128: 1 to 80 printable ASCII characters")]
pub struct NotEncodable {
    content: String,
}

/// The bars without the quiet zones: one module each, true = black.
///
/// # Errors
/// Where the content is empty, longer than 80 characters or not printable ASCII.
pub fn modules(content: &str) -> Result<Vec<bool>, NotEncodable> {
    let refused = || NotEncodable {
        content: content.to_owned(),
    };
    let printable = content.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    if content.is_empty() || content.len() > 80 || !printable {
        return Err(refused());
    }
    Code128Writer.encode_oned(content).map_err(|_| refused())
}

/// Runs of black: first module and length in modules.
pub fn bars(modules: &[bool]) -> Vec<(usize, usize)> {
    let mut bars: Vec<(usize, usize)> = Vec::new();
    for (at, _) in modules.iter().enumerate().filter(|(_, black)| **black) {
        match bars.last_mut() {
            Some((first, length)) if *first + *length == at => *length += 1,
            _ => bars.push((at, 1)),
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_runs() {
        assert_eq!(bars(&[true, true, false, true]), [(0, 2), (3, 1)]);
        // Start B, 1 character, check, stop: 11 + 11 + 11 + 13 modules.
        assert_eq!(modules("A").expect("encodes").len(), 46);
    }

    #[test]
    fn what_cant_be_a_code_is_refused() {
        for bad in ["", "入库单", "a\nb", &"x".repeat(81)] {
            assert!(modules(bad).is_err(), "{bad:?}");
        }
    }
}
