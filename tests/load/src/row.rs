//! One line of the table, and one of JSON.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use serde::Serialize;

/// A figure beside the limit it is held against.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// The figure.
    pub measured: f64,
    /// The limit, measured or computed in the same run; none where the budget is an absolute.
    pub limit: Option<f64>,
    /// Unit of both.
    pub unit: &'static str,
    /// What the plan allows: of the ratio where there is a limit, else of the figure.
    pub budget: Budget,
    /// How it was taken.
    pub how: String,
}

/// What the plan allows.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// Not more.
    AtMost(f64),
    /// Not less.
    AtLeast(f64),
    /// Only shown.
    Shown,
}

impl Row {
    /// The figure as a multiple of its limit.
    pub fn ratio(&self) -> Option<f64> {
        self.limit
            .filter(|limit| *limit > 0.0)
            .map(|limit| self.measured / limit)
    }

    fn within(&self) -> Option<bool> {
        let held = self.ratio().unwrap_or(self.measured);
        match self.budget {
            Budget::AtMost(most) => Some(held <= most),
            Budget::AtLeast(least) => Some(held >= least),
            Budget::Shown => None,
        }
    }
}

/// Prints the table and appends one JSON line each to a file.
///
/// # Errors
/// When the file can't be written.
pub fn print(rows: &[Row], file: &Path) -> Result<()> {
    println!(
        "{:<58}{:>12}{:>12}{:>9}{:>12}",
        "what", "measured", "limit", "ratio", "budget"
    );
    let mut out = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
    for row in rows {
        let number = |value: Option<f64>| value.map_or_else(|| "—".into(), |value| format!("{value:.2}"));
        let budget = match row.budget {
            Budget::AtMost(most) => format!("≤ {most}"),
            Budget::AtLeast(least) => format!("≥ {least}"),
            Budget::Shown => "—".into(),
        };
        let mark = match row.within() {
            Some(true) => "✓",
            Some(false) => "✕",
            None => " ",
        };
        println!(
            "{:<58}{:>9.2} {:<3}{:>11}{:>9}{:>12} {mark}",
            row.what,
            row.measured,
            row.unit,
            number(row.limit),
            number(row.ratio()),
            budget
        );
        writeln!(out, "{}", serde_json::to_string(row)?)?;
    }
    Ok(())
}

/// The value below which so many hundredths of the samples lie.
pub fn percentile(samples: &mut [f64], hundredths: usize) -> f64 {
    samples.sort_by(f64::total_cmp);
    let last = samples.len().saturating_sub(1);
    samples
        .get((samples.len() * hundredths / 100).min(last))
        .copied()
        .unwrap_or_default()
}
