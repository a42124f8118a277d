//! The words of pages, papers and answers, in Chinese and English.
//!
//! They live in `wms/locales/*.toml`, one key a string, tables nested for order. A placeholder is `{name}`. What the rules say
//! is a [`Sentence`], so that each reader hears it in their own language.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::core::sentence::{Particular, Sentence};

/// A language the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// From a short code (`zh`, `en`); anything else is Chinese.
    pub fn from_code(code: &str) -> Self {
        match code {
            "en" => Self::En,
            _ => Self::Zh,
        }
    }

    /// The language of the person at this terminal: English where `LC_ALL`, `LC_MESSAGES` or `LANG` says so.
    pub fn of_environment() -> Self {
        let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        said.map_or(
            Self::Zh,
            |value| if value.starts_with("en") { Self::En } else { Self::Zh },
        )
    }

    /// Its short code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// As HTML's `lang` wants it.
    pub fn html(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Its words.
    pub fn words(self) -> &'static Words {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }
}

/// All strings of one language.
#[derive(Debug)]
pub struct Words {
    /// Which.
    pub lang: Lang,
    texts: HashMap<String, String>,
}

static ZH: LazyLock<Words> = LazyLock::new(|| Words::read(Lang::Zh, include_str!("../../locales/zh.toml")));
static EN: LazyLock<Words> = LazyLock::new(|| Words::read(Lang::En, include_str!("../../locales/en.toml")));

impl Words {
    fn read(lang: Lang, source: &str) -> Self {
        let mut texts = HashMap::new();
        // The files are compiled in and read by a test; without words the pages still stand, showing keys.
        if let Ok(table) = source.parse::<toml::Table>() {
            flatten("", &toml::Value::Table(table), &mut texts);
        }
        Self { lang, texts }
    }

    /// The string of a key; the key itself where it is missing, which a test refuses.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// The string of a key with `{name}` replaced by what is given for `name`.
    pub fn fill(&self, key: &str, particulars: &[(&str, &dyn Display)]) -> String {
        fill(self.get(key), |name| {
            particulars
                .iter()
                .find(|(given, _)| *given == name)
                .map(|(_, value)| value.to_string())
        })
    }

    /// The string of a key with one particular; for templates.
    pub fn with_one(&self, key: &str, name: &str, value: impl Display) -> String {
        self.fill(key, &[(name, &value)])
    }

    /// A sentence in this language.
    pub fn say(&self, sentence: &Sentence) -> String {
        fill(self.get(&sentence.key), |name| {
            sentence.with.get(name).map(|value| match value {
                Particular::Text(text) => text.clone(),
                Particular::Sentence(sentence) => self.say(sentence),
            })
        })
    }
}

fn flatten(prefix: &str, value: &toml::Value, texts: &mut HashMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (name, inner) in table {
                let key = if prefix.is_empty() {
                    name.clone()
                } else {
                    format!("{prefix}.{name}")
                };
                flatten(&key, inner, texts);
            }
        }
        toml::Value::String(text) => {
            texts.insert(prefix.to_owned(), text.clone());
        }
        // A locale file holds strings only: a test refuses a key without one.
        _ => {}
    }
}

/// Replaces `{name}`; a name nobody gives stays as it is, so that it is seen.
fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match value(name) {
            Some(given) => out.push_str(&given),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}').map(|(name, _)| name))
            .collect()
    }

    #[test]
    fn both_languages_hold_the_same_keys_and_placeholders() {
        let (zh, en) = (Lang::Zh.words(), Lang::En.words());
        assert!(!zh.texts.is_empty());
        let keys = |words: &Words| words.texts.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(
            keys(zh).symmetric_difference(&keys(en)).collect::<Vec<_>>(),
            Vec::<&String>::new()
        );
        for (key, text) in &zh.texts {
            assert_eq!(placeholders(text), placeholders(en.get(key)), "placeholders of {key}");
            assert!(!text.is_empty() && !en.get(key).is_empty(), "{key} is empty");
        }
    }

    /// Every key named in the source or a template exists.
    #[test]
    fn no_string_is_missing() {
        let root = std::env::var_os("CARGO_MANIFEST_DIR").expect("run by cargo");
        let root = Path::new(&root);
        let mut missing = Vec::new();
        let mut seen = 0;
        for folder in ["src", "../print/src", "../src", "../templates"] {
            walk(&root.join(folder), &mut |path, text| {
                for key in keys_in(text) {
                    seen += 1;
                    if !Lang::Zh.words().has(key) {
                        missing.push(format!("{key} in {}", path.display()));
                    }
                }
            });
        }
        assert!(seen > 500, "the search for keys found only {seen}");
        assert!(missing.is_empty(), "missing: {missing:#?}");
    }

    /// Quoted words that look like a key: their first part is a table of the locale files.
    fn keys_in(text: &str) -> impl Iterator<Item = &str> {
        const FILES: [&str; 10] = ["css", "csv", "html", "js", "json", "pdf", "png", "svg", "toml", "xlsx"];
        let sections: BTreeSet<_> = Lang::Zh
            .words()
            .texts
            .keys()
            .filter_map(|key| key.split('.').next())
            .collect();
        text.split('"').filter(move |word| {
            let plain = word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c));
            let parts = word.split_once('.');
            let file = word.rsplit('.').next().is_some_and(|end| FILES.contains(&end));
            plain && !file && parts.is_some_and(|(first, rest)| sections.contains(first) && !rest.is_empty())
        })
    }

    fn walk(folder: &Path, visit: &mut impl FnMut(&Path, &str)) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, visit);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                visit(&path, &text);
            }
        }
    }

    #[test]
    fn a_sentence_is_said_with_its_particulars() {
        assert_eq!(
            fill("这是 {a}，{b}", |name| (name == "a").then(|| "RY003".into())),
            "这是 RY003，{b}"
        );
        assert_eq!(fill("open { brace", |_| None), "open { brace");
        let inner = Sentence::new("test.absent");
        let sentence = Sentence::new("test.{what}").with_sentence("what", inner).with("n", 3);
        assert_eq!(Lang::En.words().say(&sentence), "test.test.absent");
        let json = serde_json::to_string(&sentence).expect("json");
        assert_eq!(serde_json::from_str::<Sentence>(&json).expect("back"), sentence);
    }
}
