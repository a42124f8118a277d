//! Currents, drops, bias: arithmetic over how a floor is wired. Each number has its source beside it.

/// Resistance of copper at 20 °C, Ω·mm²/m. At 60 °C it is 16 % more.
pub const COPPER: f64 = 0.0175;
/// A wire of the ribbon, AWG 28, mm².
pub const RIBBON_WIRE: f64 = 0.081;
/// Wires of the ribbon that carry 5 V, and as good as many that carry it back.
pub const RIBBON_WIRES: f64 = 4.0;
/// A contact of a ribbon's plug, Ω: what makers of IDC plugs promise at most.
pub const CONTACT: f64 = 0.02;
/// A resettable fuse of 1.1 A, Ω, warm: check your part's sheet.
pub const FUSE: f64 = 0.25;
/// What a position may have at least, V: the last board's measurement.
pub const LAST_BOARD: f64 = 4.6;

/// A WS2812B that is dark, A.
const LIGHT_IDLE: f64 = 0.001;
/// One of its three colours at 255, A: 20 mA for the common kind, 12 mA for those called V5.
const COLOUR: f64 = 0.020;
/// A segment: (4.9 V − 1.9 V) ÷ 1.5 kΩ.
const SEGMENT: f64 = 0.002;
/// The firmware's white of 255, and its brightness as it starts: `nodes::colour`, `link::message::Settings`.
const WHITE: f64 = 220.0;
const BRIGHTNESS: f64 = 96.0;
/// Pico, level shifters, transceiver, A.
const CARRIER: f64 = 0.06;

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Nothing.
    Dark,
    /// White everywhere at the brightness the firmware starts with, and "888".
    Start,
    /// White everywhere at brightness 255, and "888".
    Full,
    /// Every light at its most and every segment: what no program prevents.
    Worst,
}

/// A position's current, A.
#[must_use]
pub fn position(show: Show) -> f64 {
    let white = |brightness: f64| LIGHT_IDLE + 3.0 * COLOUR * WHITE * brightness / (255.0 * 255.0);
    match show {
        Show::Dark => LIGHT_IDLE,
        Show::Start => white(BRIGHTNESS) + 21.0 * SEGMENT,
        Show::Full => white(255.0) + 21.0 * SEGMENT,
        Show::Worst => LIGHT_IDLE + 3.0 * COLOUR + 24.0 * SEGMENT,
    }
}

/// Current of so many positions with their carriers, one for 24, A.
#[must_use]
pub fn current(positions: u32, show: Show) -> f64 {
    f64::from(positions) * position(show) + f64::from(positions.div_ceil(24)) * CARRIER
}

/// A piece of line from one board to the next: pitch (m), cross-section of one wire (mm²), wires side by side. Ω, there and back.
#[must_use]
pub fn piece(pitch: f64, area: f64, wires: f64) -> f64 {
    2.0 * (pitch * COPPER / area + 2.0 * CONTACT) / wires
}

/// Volts lost from the fed end of a chain of boards to its last, each drawing the same.
#[must_use]
pub fn chain(boards: u32, each: f64, piece: f64) -> f64 {
    each * piece * f64::from(boards * (boards + 1)) / 2.0
}

/// Volts lost on a feed of two wires.
#[must_use]
pub fn feed(amperes: f64, metres: f64, area: f64) -> f64 {
    amperes * 2.0 * metres * COPPER / area
}

/// Volts at the last board of a level of 8 that is fed at its fourth.
#[must_use]
pub fn last_board(supply: f64, show: Show, metres: f64, area: f64, pitch: f64) -> f64 {
    let level = 8.0 * position(show);
    supply
        - level * FUSE
        - feed(level, metres, area)
        - chain(4, position(show), piece(pitch, RIBBON_WIRE, RIBBON_WIRES))
}

/// How far A stands above B while nobody speaks, V: `ohms` from A to the supply and from B to ground, terminators of 120 Ω,
/// and loads of a part of the standard's 12 kΩ from each line.
#[must_use]
pub fn bias(supply: f64, ohms: f64, terminators: u32, loads: u32, part: f64) -> f64 {
    let conductance = f64::from(terminators) / 120.0 + f64::from(loads) * part / 24_000.0;
    let pair = conductance.recip();
    supply * pair / (2.0 * ohms + pair)
}

/// What a receiver that is not fail-safe needs to read a one, V.
pub const RECEIVER: f64 = 0.2;

/// What the chip certainly takes for low, V (RP2040 Datasheet, 5.2.3: V_IL at 3.3 V).
pub const SURELY_LOW: f64 = 0.8;

/// The lowest a sense line gets with so many keys of one slot down, at worst, V: the diode's drop, and the slot's pin at the
/// sheet's V_OL of 0.5 V for its `strength` (mA), carried on in proportion.
#[must_use]
pub fn sense_low(keys: u32, diode: f64, strength: f64) -> f64 {
    let each = 3.4 / 4_700.0 + 3.4 / 50_000.0;
    let own_pull = 220.0 * 3.4 / 50_000.0;
    diode + own_pull + f64::from(keys) * each * 0.5 / (strength / 1_000.0)
}

/// BAT43 at 2 mA and 1N4148 at 1 mA, at most, V.
pub const SCHOTTKY: f64 = 0.33;
/// See [`SCHOTTKY`].
pub const SILICON: f64 = 0.72;

/// Tables for the pages.
pub mod tables {
    use std::fmt::Write;

    use super::*;

    /// Currents by number of positions.
    #[must_use]
    pub fn currents() -> String {
        let mut text = String::from(
            "| positions | dark, A | as it starts, A | full white + \"888\", A | everything at most, A | from 24 V (90 %), A |\n|---|---|---|---|---|---|\n",
        );
        for (positions, words) in [
            (8, "8 (a level)"),
            (24, "24 (a shelf)"),
            (200, "200 (9 carriers)"),
            (768, "768 (a row of 32 shelves)"),
        ] {
            let amperes = |show| current(positions, show);
            let worst = amperes(Show::Worst);
            let _ = writeln!(
                text,
                "| {words} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} |",
                amperes(Show::Dark),
                amperes(Show::Start),
                amperes(Show::Full),
                worst,
                worst * 5.0 / 24.0 / 0.9,
            );
        }
        text
    }

    /// What is lost along one chain fed at its end.
    #[must_use]
    pub fn chains() -> String {
        let wires = [
            ("one ribbon wire 0.08 mm²", RIBBON_WIRE, 1.0),
            ("our ribbon, 4 × 0.08 mm²", RIBBON_WIRE, RIBBON_WIRES),
            ("0.5 mm²", 0.5, 1.0),
            ("0.75 mm²", 0.75, 1.0),
            ("1.5 mm²", 1.5, 1.0),
        ];
        let mut text = String::from("| boards in one chain | pitch |");
        wires.iter().for_each(|(name, ..)| {
            let _ = write!(text, " {name} |");
        });
        text.push_str("\n|---|---|---|---|---|---|---|\n");
        for boards in [8, 24, 200] {
            for pitch in [0.10, 0.15] {
                let _ = write!(text, "| {boards} | {:.0} cm |", pitch * 100.0);
                for (_, area, wires) in wires {
                    let piece = piece(pitch, area, wires);
                    let lost = |show| chain(boards, position(show), piece);
                    let words = |volts: f64| {
                        if volts > 5.0 {
                            "all".to_owned()
                        } else {
                            format!("{volts:.2}")
                        }
                    };
                    let _ = write!(text, " {} / {} |", words(lost(Show::Start)), words(lost(Show::Worst)));
                }
                text.push('\n');
            }
        }
        text
    }

    /// Volts at the last board of a level, by feed.
    #[must_use]
    pub fn feeds() -> String {
        let areas = [0.3, 0.5, 0.75, 1.5];
        let mut text = String::from("| length of the feed |");
        areas.iter().for_each(|area| {
            let _ = write!(text, " {area} mm² |");
        });
        text.push_str("\n|---|---|---|---|---|\n");
        for metres in [0.5, 1.0, 2.0, 4.0] {
            let _ = write!(text, "| {metres} m |");
            for area in areas {
                let volts = |show| last_board(5.0, show, metres, area, 0.12);
                let (full, worst) = (volts(Show::Full), volts(Show::Worst));
                let mark = if worst < LAST_BOARD { " ✗" } else { "" };
                let _ = write!(text, " {full:.2} / {worst:.2}{mark} |");
            }
            text.push('\n');
        }
        text
    }

    /// Bias by number of nodes.
    #[must_use]
    pub fn bias() -> String {
        let mut text = String::from(
            "| nodes, and the bridge | 1/8 load, 2 × 120 Ω | whole loads (MAX3485), 2 × 120 Ω | 120 Ω left on every module |\n|---|---|---|---|\n",
        );
        for nodes in [1, 8, 16, 32] {
            let loads = nodes + 1;
            let millivolts = |terminators, part| 1_000.0 * super::bias(3.2, 390.0, terminators, loads, part);
            let _ = writeln!(
                text,
                "| {nodes} | {:.0} mV | {:.0} mV | {:.0} mV |",
                millivolts(2, 0.125),
                millivolts(2, 1.0),
                millivolts(loads, 1.0)
            );
        }
        text
    }

    /// How low a sense line gets.
    #[must_use]
    pub fn sense() -> String {
        let mut text = String::from(
            "| keys of one slot down | BAT43, 4 mA (as the chip starts) | BAT43, 12 mA | 1N4148, 4 mA |\n|---|---|---|---|\n",
        );
        for keys in [1, 3, 9] {
            let volts = |diode, strength| {
                let low = sense_low(keys, diode, strength);
                format!("{low:.2} V{}", if low > SURELY_LOW { " ✗" } else { "" })
            };
            let _ = writeln!(
                text,
                "| {keys} | {} | {} | {} |",
                volts(SCHOTTKY, 4.0),
                volts(SCHOTTKY, 12.0),
                volts(SILICON, 4.0)
            );
        }
        text
    }
}
