//! What the gateway says to people, in Chinese and English, from one catalogue: `locales/messages.toml`.

use std::{collections::HashMap, fmt, str::FromStr, sync::OnceLock};

use device_profiles::{Fault, Problem};
use serde::{Deserialize, Serialize};

const CATALOGUE: &str = include_str!("../locales/messages.toml");

/// A language people are spoken to in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// The language of the person at this terminal: English where `LC_ALL`, `LC_MESSAGES` or `LANG` says so.
    #[must_use]
    pub fn of_environment() -> Self {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
            .map_or(
                Self::Zh,
                |value| if value.starts_with("en") { Self::En } else { Self::Zh },
            )
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "zh" => Ok(Self::Zh),
            "en" => Ok(Self::En),
            _ => Err("zh | en".to_owned()),
        }
    }
}

/// A message of the catalogue with its particulars filled in later, once the reader's language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    id: &'static str,
    args: Vec<(&'static str, Arg)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Arg {
    Plain(String),
    Text(Text),
}

impl Text {
    /// The message `id` of the catalogue.
    #[must_use]
    pub fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// Fills `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, Arg::Plain(value.to_string())));
        self
    }

    /// Fills `{name}` with another message.
    #[must_use]
    pub fn with_text(mut self, name: &'static str, value: Self) -> Self {
        self.args.push((name, Arg::Text(value)));
        self
    }

    /// Its name in the catalogue, for logs and for programs.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The message in `lang`.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let Some(entry) = catalogue().get(self.id) else {
            return self.id.to_owned();
        };
        let template = match lang {
            Lang::Zh => &entry.zh,
            Lang::En => &entry.en,
        };
        // One pass, so that braces inside a particular are never taken for a place to fill.
        let mut out = String::with_capacity(template.len());
        let mut rest = template.as_str();
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            rest = &rest[open..];
            let Some(close) = rest.find('}') else { break };
            let name = &rest[1..close];
            match self.args.iter().find(|(arg, _)| *arg == name) {
                Some((_, Arg::Plain(value))) => out.push_str(value),
                Some((_, Arg::Text(text))) => out.push_str(&text.say(lang)),
                None => out.push_str(&rest[..=close]),
            }
            rest = &rest[close + 1..];
        }
        out.push_str(rest);
        out
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

/// What is wrong with a file, in words.
#[must_use]
pub fn fault_text(fault: &Fault) -> Text {
    let problem = match &fault.problem {
        Problem::Unreadable(cause) => Text::new("fault-unreadable").with("cause", cause),
        Problem::NotUtf8 { encoding: "" } => Text::new("fault-not-utf8"),
        Problem::NotUtf8 { encoding } => Text::new("fault-encoding").with("encoding", encoding),
        Problem::Syntax(detail) => Text::new("fault-syntax").with("detail", detail),
        Problem::UnknownField { field, allowed } => Text::new("fault-unknown-field")
            .with("field", field)
            .with("allowed", allowed),
        Problem::UnknownValue { value, allowed } => Text::new("fault-unknown-value")
            .with("value", value)
            .with("allowed", allowed),
        Problem::Missing { field } => Text::new("fault-missing").with("field", field),
        Problem::WrongType { got, expected } => Text::new("fault-wrong-type")
            .with("got", got)
            .with("expected", expected),
        Problem::OutOfRange { value, allowed } => Text::new("fault-out-of-range")
            .with("value", value)
            .with("allowed", allowed),
        Problem::NotHere { unless } => Text::new("fault-not-here").with("unless", unless),
        Problem::Other(detail) => Text::new("fault-other").with("detail", detail),
    };
    if fault.line == 0 {
        return Text::new("fault-of-file")
            .with("file", &fault.file)
            .with_text("problem", problem);
    }
    if fault.excerpt.is_empty() {
        return Text::new("fault-at-line")
            .with("file", &fault.file)
            .with("line", fault.line)
            .with_text("problem", problem);
    }
    Text::new("fault-at")
        .with("file", &fault.file)
        .with("line", fault.line)
        .with("column", fault.column)
        .with("excerpt", fault.excerpt.trim_end())
        .with_text("problem", problem)
}

#[derive(Deserialize)]
struct Entry {
    zh: String,
    en: String,
}

fn catalogue() -> &'static HashMap<String, Entry> {
    static CELL: OnceLock<HashMap<String, Entry>> = OnceLock::new();
    // The file is part of the program; the test below reads it before anyone else does.
    CELL.get_or_init(|| toml::from_str(CATALOGUE).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    fn places(template: &str) -> BTreeSet<&str> {
        template
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}').map(|(name, _)| name))
            .collect()
    }

    fn used(folder: &Path, ids: &mut BTreeSet<String>) {
        // Put together here, or this very line would count as a use.
        let call = ["Text::new(", "\""].concat();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                used(&path, ids);
            } else {
                let source = fs::read_to_string(&path).unwrap();
                let source = source.split("#[cfg(test)]").next().unwrap_or_default();
                for part in source.split(call.as_str()).skip(1) {
                    ids.insert(part.split('"').next().unwrap_or_default().to_owned());
                }
            }
        }
    }

    #[test]
    fn both_languages_say_everything_with_the_same_particulars() {
        let entries: HashMap<String, Entry> = toml::from_str(CATALOGUE).unwrap();
        for (id, entry) in &entries {
            assert!(
                !entry.zh.trim().is_empty() && !entry.en.trim().is_empty(),
                "{id} lacks a language"
            );
            assert_eq!(
                places(&entry.zh),
                places(&entry.en),
                "{id}: the languages fill different places"
            );
        }
    }

    #[test]
    fn the_catalogue_holds_what_the_code_says_and_nothing_else() {
        let mut ids = BTreeSet::new();
        used(
            &Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("run by cargo")).join("src"),
            &mut ids,
        );
        let known: BTreeSet<String> = catalogue().keys().cloned().collect();
        assert_eq!(ids, known);
    }

    #[test]
    fn particulars_are_not_templates() {
        let text = Text::new("profile-none").with("kind", "{units}").with("units", 3);
        assert!(text.say(Lang::En).contains("{units}"));
    }
}
