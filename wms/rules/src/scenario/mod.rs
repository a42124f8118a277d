//! Scenarios: task briefs as data.

mod check;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::core::goods::Sku;
use crate::core::plan::{FloorPlan, Location};

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A task brief with all that it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Name in addresses and rows (`first-drill`).
    pub id: String,
    /// Title.
    pub title: Text,
    /// Situation and demands.
    pub brief: Text,
    /// Whose goods they are.
    pub owner: String,
    /// Who delivers.
    pub supplier: String,
    /// Contract.
    pub contract: String,
    /// Parcels.
    pub packing: Packing,
    /// Goods.
    pub sku: Vec<Sku>,
    /// Locations.
    pub floor: FloorPlan,
    /// Stock when a run begins.
    pub stock: Vec<OpeningStock>,
    /// What is announced, and what comes.
    pub inbound: Notice,
    /// What customers ordered.
    pub order: Vec<OrderSpec>,
    /// Where the shelf holds something else than the book says.
    #[serde(default)]
    pub physical: Vec<Physical>,
}

/// How parcels are packed and weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packing {
    /// Weight of an empty carton, in grams.
    pub carton_g: i64,
    /// A parcel may weigh so many percent more or less than computed …
    pub tolerance_percent: i64,
    /// … or so many grams, whichever is more.
    pub tolerance_g: i64,
}

/// Stock at a location when a run begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningStock {
    /// Where.
    pub location: String,
    /// What.
    pub sku: String,
    /// How many.
    pub units: i64,
    /// Date of production; empty for undated goods.
    #[serde(default)]
    pub lot: String,
}

/// An inbound notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Days from the run's day to the expected arrival.
    #[serde(default)]
    pub expected_in_days: i64,
    /// Lines.
    pub line: Vec<NoticeLine>,
}

/// A line of an inbound notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeLine {
    /// What.
    pub sku: String,
    /// Cases announced.
    pub cases: i64,
    /// Date of production; empty for undated goods.
    #[serde(default)]
    pub lot: String,
    /// What the truck really brings: the difference is the exercise.
    pub arrives: Arrival,
}

/// What the truck really brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// Cases.
    pub cases: i64,
}

/// A customer's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderSpec {
    /// Number.
    pub number: String,
    /// For whom, masked.
    pub customer: String,
    /// To where, masked.
    pub address: String,
    /// Who carries it.
    pub courier: String,
    /// Units of each of the goods.
    pub lines: BTreeMap<String, i64>,
}

/// What really lies at a location, where it is not what the book says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Physical {
    /// Where.
    pub location: String,
    /// What.
    pub sku: String,
    /// How many.
    pub units: i64,
}

/// What is wrong with a scenario file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {field}: {why}", place(file, *line))]
pub struct ScenarioError {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1; 0 where the file can't be read at all.
    pub line: usize,
    /// The field (`stock[2].sku`).
    pub field: String,
    /// What is wrong with it and what would be right.
    pub why: String,
}

/// `FILE:LINE`, or the file alone where no line is meant.
fn place(file: &Path, line: usize) -> String {
    match line {
        0 => file.display().to_string(),
        line => format!("{}:{line}", file.display()),
    }
}

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(file: &Path, text: &str) -> Result<Self, ScenarioError> {
        let fault = |line, field: String, why: String| ScenarioError {
            file: file.to_owned(),
            line,
            field,
            why,
        };
        let scenario: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
            fault(line, field_of_line(text, line), error.message().replace('\n', " "))
        })?;
        scenario.validate(&mut |table, index, field, why| {
            let line = line_of(text, table, index, field);
            let place = index.map_or_else(|| table.to_owned(), |index| format!("{table}[{index}]"));
            Err(fault(
                line,
                if field.is_empty() {
                    place
                } else {
                    format!("{place}.{field}")
                },
                why,
            ))
        })?;
        Ok(scenario)
    }

    /// Whether a code is a location of its floor.
    pub fn is_location(&self, code: &str) -> bool {
        self.floor.location(code).is_some()
    }

    /// The light's position of a location.
    pub fn position(&self, code: &str) -> Option<u8> {
        match self.floor.location(code) {
            Some(Location::Pick { position }) => Some(position),
            _ => None,
        }
    }
}

/// The line where a table's field stands: the header's `index`-th occurrence, then the first line that begins with the field.
fn line_of(text: &str, table: &str, index: Option<usize>, field: &str) -> usize {
    let header = index.map_or_else(|| format!("[{table}]"), |_| format!("[[{table}]]"));
    let lines = || text.lines().enumerate().map(|(number, line)| (number + 1, line.trim()));
    let start = if table.is_empty() {
        0
    } else {
        lines()
            .filter(|(_, line)| *line == header)
            .nth(index.unwrap_or(0))
            .map_or(0, |(number, _)| number)
    };
    let inside = lines().skip(start).take_while(|(_, line)| !line.starts_with('['));
    let is_field = |line: &str| line.split(['=', '.']).next().is_some_and(|name| name.trim() == field);
    inside
        .filter(|(_, line)| is_field(line))
        .map(|(number, _)| number)
        .next()
        .unwrap_or(start.max(1))
}

/// The field that a line sets; the table it opens where it sets none.
fn field_of_line(text: &str, line: usize) -> String {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    line.split('=')
        .next()
        .unwrap_or_default()
        .trim()
        .trim_matches(['[', ']'])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_name_file_line_and_field() {
        let good = include_str!("../../../scenarios/first-drill.toml");
        let line = |needle: &str| good.lines().position(|line| line.starts_with(needle)).expect("there") + 1;
        for (from, to, at, field) in [
            (
                "gtin13 = \"2000152400015\"",
                "gtin13 = \"2000152400016\"",
                line("gtin13"),
                "sku[0].gtin13",
            ),
            (
                "location = \"A-01-01-01\"",
                "location = \"A-01-09-01\"",
                line("location = \"A-01-01-01\""),
                "stock[0].location",
            ),
            ("units = 6", "units = \"six\"", line("units = 6"), "units"),
            ("units = 6", "unit = 6", line("units = 6"), "unit"),
            ("id = \"first-drill\"", "id = \"First drill\"", line("id = "), ".id"),
            (
                "number = \"CK-0001\"",
                "number = \"订单1\"",
                line("number = "),
                "order[0].number",
            ),
            (
                "number = \"CK-0001\"",
                "number = \"CK-0001-OF-A-CUSTOMER-WITH-MUCH-TO-SAY\"",
                line("number = "),
                "order[0].number",
            ),
            (
                "number = \"CK-0001\"",
                "number = \"A-01-01-01\"",
                line("number = "),
                "order[0].number",
            ),
            (
                "[inbound]\n",
                "[inbound]\nexpected_in_days = -1\n",
                line("[inbound]") + 1,
                "inbound.expected_in_days",
            ),
        ] {
            let error = Scenario::parse(Path::new("bad.toml"), &good.replacen(from, to, 1)).expect_err("refused");
            assert_eq!((error.line, error.field.as_str()), (at, field), "{error}");
            assert!(error.to_string().starts_with(&format!("bad.toml:{at}: ")), "{error}");
        }
    }
}
