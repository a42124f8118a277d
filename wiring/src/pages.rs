//! Tables between markers in `docs/`: `<!-- wiring: NAME -->` … `<!-- end -->`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use crate::check;
use crate::circuit::{Circuit, GROUND, PICO};
use crate::copper::tables;
use crate::data::{Extra, Fault, Kind, Library};
use crate::shelf::{LEVELS, RIBBON, SLOTS};

/// Pages with markers.
pub const PAGES: [&str; 3] = ["docs/wiring.md", "docs/circuits.md", "docs/safety.md"];
const BEGIN: &str = "<!-- wiring: ";
const END: &str = "<!-- end -->";

/// A page with all its tables as they are now.
///
/// # Errors
/// A marker without its end, or one that asks for what is not known.
pub fn rewritten(library: &Library, page: &str, text: &str) -> Result<String, Fault> {
    let fault = |what: String| Fault::Page {
        page: page.to_owned(),
        what,
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once(BEGIN) {
        let (name, after) = marked
            .split_once(" -->\n")
            .ok_or_else(|| fault("a marker does not end".into()))?;
        let (_, after) = after
            .split_once(END)
            .ok_or_else(|| fault(format!("{name} has no {END}")))?;
        let _ = write!(out, "{before}{BEGIN}{name} -->\n{}{END}", section(library, name)?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Rewrites all pages; gives those that changed.
///
/// # Errors
/// As [`rewritten`], or a file can't be read or written.
pub fn write(library: &Library, root: &Path) -> Result<Vec<&'static str>, Fault> {
    let mut changed = Vec::new();
    for page in PAGES {
        let path = root.join(page);
        let file = |error| Fault::File(page.to_owned(), error);
        let text = std::fs::read_to_string(&path).map_err(file)?;
        let new = rewritten(library, page, &text)?;
        if new != text {
            std::fs::write(&path, new).map_err(file)?;
            changed.push(page);
        }
    }
    Ok(changed)
}

/// The text of a marker.
///
/// # Errors
/// Nothing has this name.
pub fn section(library: &Library, name: &str) -> Result<String, Fault> {
    let words: Vec<_> = name.split(' ').collect();
    Ok(match words[..] {
        ["pins", "common"] => pins(&Circuit::of(library, "node")?, None),
        ["pins", image] => pins(&Circuit::of(library, image)?, Some(&Circuit::of(library, "node")?)),
        ["order", "shelf"] => order(&[
            (Circuit::of(library, "shelf")?, 1),
            (Circuit::of(library, "position")?, (LEVELS * SLOTS) as u32),
        ]),
        ["order", circuit] => order(&[(Circuit::of(library, circuit)?, 1)]),
        ["parts", circuit] => parts(&Circuit::of(library, circuit)?),
        ["lines", circuit] => lines(&Circuit::of(library, circuit)?),
        ["ribbon"] => ribbon(&Circuit::of(library, "position")?),
        ["avoid"] => avoid(library),
        ["rails"] => rails(library)?,
        ["sheets"] => sheets(library),
        ["table", "currents"] => tables::currents(),
        ["table", "chains"] => tables::chains(),
        ["table", "feeds"] => tables::feeds(),
        ["table", "bias"] => tables::bias(),
        ["table", "sense"] => tables::sense(),
        _ => {
            return Err(Fault::Page {
                page: name.to_owned(),
                what: "no table is called so".to_owned(),
            });
        }
    })
}

/// The Pico's pins; those of `without` are left out.
fn pins(circuit: &Circuit, without: Option<&Circuit>) -> String {
    let mut text = String::from("| pin | board pin | line | what |\n|---|---|---|---|\n");
    let mut pins: Vec<_> = circuit
        .pico
        .iter()
        .filter(|(name, _)| without.is_none_or(|without| !without.pico.contains_key(*name)))
        .collect();
    pins.sort_by_key(|(_, pin)| pin.gp);
    let pico = circuit.parts.get(PICO).map(|(_, part)| part);
    for (name, pin) in pins {
        let board = pico.and_then(|pico| {
            pico.pins_called(&format!("GP{}", pin.gp))
                .next()
                .map(|pin| pin.n.clone())
        });
        let _ = writeln!(
            text,
            "| GP{} | {} | `{name}` | {} |",
            pin.gp,
            board.as_deref().unwrap_or("on the board"),
            pin.what
        );
    }
    text
}

/// ¥ from fen, without zeros behind.
fn yuan(fen: u64) -> String {
    let text = format!("{}.{:02}", fen / 100, fen % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn fen(price: f64) -> u64 {
    (price * 100.0).round() as u64
}

/// What to order for these circuits, so often.
fn order(circuits: &[(Circuit, u32)]) -> String {
    let mut rows: BTreeMap<(String, String), (u64, u32, String)> = BTreeMap::new();
    let mut extras: Vec<(Extra, u32)> = Vec::new();
    for (circuit, times) in circuits {
        for (fitted, part) in circuit.parts.values() {
            let value = fitted.value().unwrap_or_default();
            let row = rows
                .entry((part.name.clone(), value))
                .or_insert((fen(part.price), 0, part.shop.clone()));
            row.1 += times;
        }
        extras.extend(circuit.extras.iter().map(|extra| (extra.clone(), extra.count * times)));
    }
    let mut text = String::from("| part | words for the shop | number | each, ¥ | sum, ¥ |\n|---|---|---|---|---|\n");
    let mut sum = 0;
    let mut row = |name: String, shop: &str, count: u32, price: u64| {
        sum += price * u64::from(count);
        let _ = writeln!(
            text,
            "| {name} | {shop} | {count} | {} | {} |",
            yuan(price),
            yuan(price * u64::from(count))
        );
    };
    for ((name, value), (price, count, shop)) in &rows {
        let name = if value.is_empty() {
            name.clone()
        } else {
            format!("{name}, {value}")
        };
        row(name, shop, *count, *price);
    }
    for (extra, count) in &extras {
        row(extra.name.clone(), &extra.shop, *count, fen(extra.price));
    }
    let _ = writeln!(text, "| **together** | | | | **{}** |", yuan(sum));
    text
}

/// Each part and what it is there for.
fn parts(circuit: &Circuit) -> String {
    let mut text = String::from("| part | what | for |\n|---|---|---|\n");
    let mut parts: Vec<_> = circuit.parts.iter().collect();
    parts.sort_by_key(|(designation, _)| natural(designation));
    for (designation, (fitted, part)) in parts {
        let value = fitted.value().map(|value| format!(", {value}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {designation} | {}{value} | {} |",
            part.name,
            fitted.why.as_deref().unwrap_or("")
        );
    }
    text
}

/// R2 before R10.
fn natural(designation: &str) -> (String, u32) {
    let letters = designation.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = designation[letters.len()..].parse().unwrap_or(0);
    (letters.to_owned(), number)
}

/// Each line and what it joins.
fn lines(circuit: &Circuit) -> String {
    let mut text = String::from("| line | joins |\n|---|---|\n");
    for (net, pins) in &circuit.nets {
        let mut pins: Vec<_> = pins.iter().collect();
        pins.sort_by_key(|at| (natural(&at.0), at.1.parse::<u32>().unwrap_or(0)));
        let words: Vec<_> = pins.iter().map(|at| with_number(circuit, at)).collect();
        let _ = writeln!(text, "| {net} | {} |", words.join(" · "));
    }
    let open: Vec<_> = circuit.open.iter().map(|at| with_number(circuit, at)).collect();
    if !open.is_empty() {
        let _ = writeln!(text, "| *open, on purpose* | {} |", open.join(" · "));
    }
    text
}

/// `U1.GP0 (1)`: name and number.
fn with_number(circuit: &Circuit, at: &(String, String)) -> String {
    let words = circuit.words(at);
    let named = circuit.pin(at).is_some_and(|pin| pin.label() != pin.n);
    if named && at.1.parse::<u32>().is_ok() {
        format!("{words} ({})", at.1)
    } else {
        words
    }
}

/// The ribbon's wires.
fn ribbon(board: &Circuit) -> String {
    let mut text = String::from("| wire | line | at the board |\n|---|---|---|\n");
    for wire in 1..=RIBBON {
        let net = |connector: &str| {
            board
                .net_of(&(connector.to_owned(), wire.to_string()))
                .unwrap_or("open")
                .to_owned()
        };
        let (before, after) = (net("J1"), net("J2"));
        let (line, what) = if before == after {
            (before, "passes by")
        } else {
            (
                before.trim_end_matches("_IN").to_owned(),
                "goes through: in at J1, out at J2",
            )
        };
        let colour = if wire == 1 { " (red edge)" } else { "" };
        let _ = writeln!(text, "| {wire}{colour} | {line} | {what} |");
    }
    text
}

/// What not to buy.
fn avoid(library: &Library) -> String {
    let parts = library
        .parts
        .values()
        .filter_map(|part| Some((&part.name, &part.shop, part.avoid.as_ref()?)));
    let extras = library.sheets.values().flat_map(|sheet| &sheet.extra);
    let extras = extras.filter_map(|extra| Some((&extra.name, &extra.shop, extra.avoid.as_ref()?)));
    let mut rows: Vec<_> = parts.chain(extras).collect();
    rows.sort();
    let mut text = String::from("| part | buy | not |\n|---|---|---|\n");
    for (name, shop, not) in rows {
        let _ = writeln!(text, "| {name} | {shop} | {not} |");
    }
    text
}

/// Each rail: what it gets, what its parts bear, and which of them bears least.
fn rails(library: &Library) -> Result<String, Fault> {
    let mut text =
        String::from("| board | rail | computed, V | its parts bear, V | the narrowest |\n|---|---|---|---|---|\n");
    for name in ["shelf", "position", "scanner", "printer", "scale", "bridge"] {
        let circuit = Circuit::of(library, name)?;
        for (net, [low, high]) in check::rails(&circuit) {
            let bears = circuit.nets.get(&net).into_iter().flatten().filter_map(|at| {
                let pin = circuit.pin(at).filter(|pin| pin.kind == Kind::PowerIn)?;
                Some((pin.volts?, circuit.parts.get(&at.0)?.1.name.clone()))
            });
            let bears: Vec<_> = bears.collect();
            let least = bears.iter().map(|([least, _], _)| *least).fold(0.0, f64::max);
            let Some((most, narrowest)) = bears
                .iter()
                .map(|([_, most], part)| (*most, part))
                .min_by(|one, other| one.0.total_cmp(&other.0))
                .filter(|_| net != GROUND)
            else {
                continue;
            };
            let _ = writeln!(
                text,
                "| {} | {net} | {low:.2} to {high:.2} | {least} to {most} | {narrowest} |",
                circuit.title
            );
        }
    }
    Ok(text)
}

/// Where numbers are from.
fn sheets(library: &Library) -> String {
    let mut text = String::from("| part | numbers from |\n|---|---|\n");
    for part in library.parts.values() {
        if let Some(sheet) = &part.sheet {
            let _ = writeln!(text, "| {} | {sheet} |", part.name);
        }
    }
    text
}
