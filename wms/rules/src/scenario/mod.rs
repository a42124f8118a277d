//! Scenario files: read, and refused with the place of what is wrong.

mod check;

use std::path::{Path, PathBuf};

use crate::core::scenario::Scenario;

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

/// Reads a scenario file.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn parse(file: &Path, text: &str) -> Result<Scenario, ScenarioError> {
    let fault = |line, field: String, why: String| ScenarioError {
        file: file.to_owned(),
        line,
        field,
        why,
    };
    let scenario: Scenario = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
        fault(line, field_of_line(text, line), error.message().replace('\n', " "))
    })?;
    check::validate(&scenario, &mut |table, index, field, why| {
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
            let error = parse(Path::new("bad.toml"), &good.replacen(from, to, 1)).expect_err("refused");
            assert_eq!((error.line, error.field.as_str()), (at, field), "{error}");
            assert!(error.to_string().starts_with(&format!("bad.toml:{at}: ")), "{error}");
        }
    }
}
