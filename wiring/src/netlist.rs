//! KiCad's net list (s-expressions), for who wants to lay out a board: File → Import → Netlist in its board editor.

use std::fmt::Write;

use crate::circuit::Circuit;

/// The net list of a circuit.
#[must_use]
pub fn kicad(circuit: &Circuit) -> String {
    let mut text = String::from("(export (version \"E\")\n");
    let _ = writeln!(text, "  (design (source {}) (tool \"wiring\"))", quoted(&circuit.name));
    text.push_str("  (components\n");
    for (designation, (fitted, part)) in &circuit.parts {
        let value = fitted.value().unwrap_or_else(|| part.name.clone());
        let _ = writeln!(
            text,
            "    (comp (ref {}) (value {}) (footprint {}))",
            quoted(designation),
            quoted(&value),
            quoted(&part.footprint)
        );
    }
    text.push_str("  )\n  (nets\n");
    for (code, (net, pins)) in circuit.nets.iter().enumerate() {
        let _ = writeln!(text, "    (net (code \"{}\") (name {})", code + 1, quoted(net));
        for (designation, pin) in pins {
            let _ = writeln!(text, "      (node (ref {}) (pin {}))", quoted(designation), quoted(pin));
        }
        text.push_str("    )\n");
    }
    text.push_str("  )\n)\n");
    text
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
