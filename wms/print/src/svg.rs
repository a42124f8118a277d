//! Barcodes as pictures for pages.

use rules::core::code128::{QUIET, bars, modules};

/// As an SVG image, with its quiet zones; scaled by the page's style. Empty where it can't be encoded.
pub fn code128(content: &str, height: usize) -> String {
    use std::fmt::Write;
    let Ok(modules) = modules(content) else {
        return String::new();
    };
    let width = modules.len() + 2 * QUIET;
    let mut path = String::new();
    for (first, length) in bars(&modules) {
        // Writing to a String does not fail.
        let _ = write!(path, "M{} 0h{length}v{height}h-{length}z", first + QUIET);
    }
    format!(
        r#"<svg class="code128" viewBox="0 0 {width} {height}" preserveAspectRatio="none" role="img" aria-label="{label}" shape-rendering="crispEdges"><path d="{path}"/></svg>"#,
        label = content
            .replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('<', "&lt;"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cant_be_a_code_is_no_picture() {
        assert!(code128("CMD-OK", 40).starts_with("<svg"));
        for bad in ["", "入库单", "a\nb"] {
            assert_eq!(code128(bad, 40), "");
        }
    }
}
