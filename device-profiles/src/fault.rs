//! What is wrong with a file, and where: file, line, column, field, and what would be right.

use std::{fmt, ops::Range};

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

/// Something wrong with a TOML file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// Line from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// The line itself.
    pub excerpt: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The file can't be read.
    Unreadable(String),
    /// The file is no text, or in another encoding: its name, empty where it is not known.
    NotUtf8 {
        /// What editors call it.
        encoding: &'static str,
    },
    /// It is not TOML.
    Syntax(String),
    /// A field that doesn't exist.
    UnknownField {
        /// As it stands there.
        field: String,
        /// What may stand there.
        allowed: String,
    },
    /// A word that means nothing here.
    UnknownValue {
        /// As it stands there.
        value: String,
        /// What may stand there.
        allowed: String,
    },
    /// A field that must be there.
    Missing {
        /// Which.
        field: String,
    },
    /// A number where a word belongs, and the like.
    WrongType {
        /// What stands there.
        got: String,
        /// What belongs there.
        expected: String,
    },
    /// Of the right type, and yet impossible.
    OutOfRange {
        /// What stands there.
        value: String,
        /// What may stand there.
        allowed: String,
    },
    /// A field that has no place in such a file.
    NotHere {
        /// Where it would have one.
        unless: &'static str,
    },
    /// Anything else.
    Other(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(cause) => write!(f, "can't be read: {cause}"),
            Self::NotUtf8 { encoding: "" } => write!(f, "is not UTF-8 text"),
            Self::NotUtf8 { encoding } => write!(f, "is {encoding}, not UTF-8: save it as UTF-8"),
            Self::Syntax(detail) => write!(f, "not TOML: {detail}"),
            Self::UnknownField { field, allowed } => write!(f, "unknown field `{field}`; allowed: {allowed}"),
            Self::UnknownValue { value, allowed } => write!(f, "unknown value `{value}`; allowed: {allowed}"),
            Self::Missing { field } => write!(f, "`{field}` is missing"),
            Self::WrongType { got, expected } => write!(f, "{got} where {expected} belongs"),
            Self::OutOfRange { value, allowed } => write!(f, "`{value}` is out of range; allowed: {allowed}"),
            Self::NotHere { unless } => write!(f, "has no place here; only with {unless}"),
            Self::Other(detail) => f.write_str(detail),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return write!(f, "{}: {}", self.file, self.problem);
        }
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.problem)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// A file that was not read.
    #[must_use]
    pub fn unread(file: &str, error: text_file::ReadError) -> Self {
        match error {
            text_file::ReadError::Io(error) => Self::of_file(file, Problem::Unreadable(error.to_string())),
            text_file::ReadError::Encoding(told) => Self {
                line: told.line,
                column: 1,
                ..Self::of_file(
                    file,
                    Problem::NotUtf8 {
                        encoding: told.encoding.name(),
                    },
                )
            },
        }
    }

    /// A fault of the whole file.
    #[must_use]
    pub fn of_file(file: &str, problem: Problem) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            column: 0,
            excerpt: String::new(),
            problem,
        }
    }
}

/// One step down into a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The field of this name.
    Key(&'static str),
    /// The item at this index, from 0.
    At(usize),
}

/// A TOML file being read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl<'a> Source<'a> {
    /// A file's text under its name.
    #[must_use]
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text }
    }

    /// Reads it.
    ///
    /// # Errors
    /// The first thing wrong, and where.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        if let Err(error) = DeTable::parse(self.text) {
            let problem = Problem::Syntax(error.message().trim_end().replace('\n', "; "));
            return Err(self.fault(error.span(), problem));
        }
        toml::from_str(self.text).map_err(|error| self.fault(error.span(), of_serde(error.message())))
    }

    /// A fault at a field, or at the table that lacks it.
    #[must_use]
    pub fn fault_at(&self, path: &[Part], problem: Problem) -> Fault {
        self.fault(self.find(path), problem)
    }

    fn find(&self, path: &[Part]) -> Option<Range<usize>> {
        let table = DeTable::parse(self.text).ok()?;
        let mut span = Some(table.span());
        let mut value = DeValue::Table(table.into_inner());
        for part in path {
            let (place, next) = match (part, &value) {
                (Part::Key(key), DeValue::Table(table)) => {
                    let (found, value) = table.get_key_value(*key)?;
                    (found.span(), value.get_ref().clone())
                }
                (Part::At(index), DeValue::Array(items)) => {
                    let item = items.get(*index)?;
                    (item.span(), item.get_ref().clone())
                }
                _ => return span,
            };
            span = Some(place);
            value = next;
        }
        span
    }

    fn fault(&self, span: Option<Range<usize>>, problem: Problem) -> Fault {
        let Some(span) = span else {
            return Fault::of_file(self.file, problem);
        };
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Fault {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            excerpt: self.text[line_start..].lines().next().unwrap_or_default().to_owned(),
            problem,
        }
    }
}

/// serde tells in English what it found; these are its fixed forms.
fn of_serde(message: &str) -> Problem {
    let message = message.trim_end();
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    let split = |text: &str, at: &str| text.split_once(at).map(|(a, b)| (a.to_owned(), b.to_owned()));
    let list = |text: &str| text.trim_start_matches("one of ").replace('`', "");
    if let Some((found, allowed)) = message
        .strip_prefix("unknown field ")
        .and_then(|rest| split(rest, ", expected "))
    {
        return Problem::UnknownField {
            field: quoted(&found),
            allowed: list(&allowed),
        };
    }
    if let Some((found, allowed)) = message
        .strip_prefix("unknown variant ")
        .and_then(|rest| split(rest, ", expected "))
    {
        return Problem::UnknownValue {
            value: quoted(&found),
            allowed: list(&allowed),
        };
    }
    if let Some(rest) = message.strip_prefix("missing field ") {
        return Problem::Missing { field: quoted(rest) };
    }
    if let Some((got, expected)) = message
        .strip_prefix("invalid type: ")
        .and_then(|rest| split(rest, ", expected "))
    {
        return Problem::WrongType { got, expected };
    }
    if let Some((value, allowed)) = message
        .strip_prefix("invalid value: ")
        .and_then(|rest| split(rest, ", expected "))
    {
        return Problem::OutOfRange {
            value: value.replace('`', ""),
            allowed,
        };
    }
    Problem::Other(message.replace('\n', "; "))
}
