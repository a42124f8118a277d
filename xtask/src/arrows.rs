//! Who may know whom: each room of a crate knows those before it and none behind it.
//!
//! The words of a source are read as Rust reads them, so that neither a comment nor a string counts and neither `super::`, a
//! full path in the middle of a function nor a macro's inside is overlooked.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::shell;

/// The rooms of a crate, lowest first. Those on one level don't know each other. What is in no room (`lib.rs`, `main.rs`)
/// knows all.
struct House {
    /// Folder of the crate.
    crate_dir: &'static str,
    /// Levels of rooms: names of modules below the root.
    levels: &'static [&'static [&'static str]],
    /// Crates that this one must do without.
    without: &'static [&'static str],
    /// A crate that one room alone may name.
    kept: &'static [(&'static str, &'static str)],
}

const HOUSES: &[House] = &[
    House {
        crate_dir: "wms/rules",
        levels: &[
            &["core"],
            &["area", "locale"],
            &["inbound", "outbound", "papers", "printing"],
            &["areas", "scenario"],
            &["event"],
            &["run", "stored"],
            &["decide"],
            &["played"],
            &["tests"],
        ],
        without: &[
            "tokio",
            "sqlx",
            "axum",
            "hyper",
            "krilla",
            "ab_glyph",
            "rustix",
            "getrandom",
            "tracing",
            "print",
            "wms",
        ],
        kept: &[],
    },
    House {
        crate_dir: "wms/print",
        levels: &[&["fonts"], &["svg", "labels"], &["papers"]],
        without: &["tokio", "sqlx", "axum", "hyper", "rustix", "wms"],
        kept: &[],
    },
    House {
        crate_dir: "wms",
        levels: &[
            &["clock", "panics"],
            &["serve"],
            &["store"],
            &["identity"],
            &["engine"],
            &["floor"],
            &["http"],
            &["access"],
            &["api"],
            &["pages"],
        ],
        without: &["krilla", "ab_glyph"],
        kept: &[("sqlx", "store")],
    },
];

/// A word from below to above.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wrong {
    file: PathBuf,
    line: usize,
    what: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file.display(), self.line, self.what)
    }
}

/// Looks at all houses.
pub fn run() -> Result<()> {
    let mut all = Vec::new();
    for house in HOUSES {
        let root = shell::root().join(house.crate_dir);
        all.extend(house.look(&root)?);
        all.extend(house.rooms(&root)?);
    }
    if all.is_empty() {
        return Ok(());
    }
    for wrong in &all {
        eprintln!("── {wrong}");
    }
    bail!(
        "{} words lead from a room to one above it (xtask/src/arrows.rs names the order)",
        all.len()
    );
}

impl House {
    /// All that is wrong in a crate's folder.
    fn look(&self, root: &Path) -> Result<Vec<Wrong>> {
        let mut wrong = self.dependencies(root)?;
        let mut files = Vec::new();
        sources(&root.join("src"), &mut files)?;
        for file in files {
            let text = fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
            let inside = file.strip_prefix(root.join("src")).unwrap_or(&file);
            let module = module_of(inside);
            wrong.extend(self.words(&file, &module, &text)?);
            wrong.extend(self.templates(root, &file, &module, &text)?);
        }
        wrong.dedup();
        Ok(wrong)
    }

    /// Rooms that are not on the list, and those on the list that are not there.
    fn rooms(&self, root: &Path) -> Result<Vec<Wrong>> {
        let mut files = Vec::new();
        sources(&root.join("src"), &mut files)?;
        let inside = |file: &PathBuf| module_of(file.strip_prefix(root.join("src")).unwrap_or(file));
        let there: BTreeSet<String> = files
            .iter()
            .filter_map(|file| inside(file).into_iter().next())
            .collect();
        let listed = || self.levels.iter().flat_map(|level| level.iter());
        let new = there.iter().filter(|room| self.level(room).is_none());
        let gone = listed().filter(|room| !there.contains(**room));
        let wrong = |what: String| Wrong {
            file: root.join("src"),
            line: 0,
            what,
        };
        Ok(new
            .map(|room| wrong(format!("{room} has no level")))
            .chain(gone.map(|room| wrong(format!("{room} is no room any more"))))
            .collect())
    }

    fn level(&self, room: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.contains(&room))
    }

    /// Crates among the dependencies that this one must do without. What tests need is nobody's room.
    fn dependencies(&self, root: &Path) -> Result<Vec<Wrong>> {
        let file = root.join("Cargo.toml");
        let text = fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
        let mut wrong = Vec::new();
        let mut inside = false;
        for (at, line) in text.lines().enumerate() {
            if line.starts_with('[') {
                inside = line.trim() == "[dependencies]";
            }
            let name = line.split(['=', '.', ' ']).next().unwrap_or_default().trim();
            if inside && self.without.contains(&name) {
                wrong.push(Wrong {
                    file: file.clone(),
                    line: at + 1,
                    what: format!("does without {name}"),
                });
            }
        }
        Ok(wrong)
    }

    /// Words of a source that lead to a room above its own.
    fn words(&self, file: &Path, module: &[String], text: &str) -> Result<Vec<Wrong>> {
        let tokens: TokenStream = text
            .parse()
            .map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))?;
        let mut paths = Vec::new();
        read(tokens, module, &mut paths);
        let here = module.first().map_or("", String::as_str);
        let mut wrong = Vec::new();
        for Found { path, line } in paths {
            let mut tell = |what: String| {
                wrong.push(Wrong {
                    file: file.to_owned(),
                    line,
                    what,
                });
            };
            match path {
                Named::Ours(there) => {
                    let Some(to) = self.level(&there) else { continue };
                    let Some(from) = self.level(here) else { continue };
                    if there != here && to >= from {
                        tell(format!("{here} knows nothing of {there}"));
                    }
                }
                Named::Crate(name) => {
                    if let Some((_, room)) = self.kept.iter().find(|(kept, room)| *kept == name && *room != here) {
                        tell(format!("{name} is named in {room} alone"));
                    }
                }
                Named::Hidden(what) => tell(what),
            }
        }
        Ok(wrong)
    }

    /// What a template names is named by the room whose page it is, and so is what the template stands in.
    fn templates(&self, root: &Path, file: &Path, module: &[String], text: &str) -> Result<Vec<Wrong>> {
        let here = module.first().map_or("", String::as_str);
        let Some(from) = self.level(here) else {
            return Ok(Vec::new());
        };
        let mut names: Vec<String> = quoted_after(text, "path = \"");
        let mut wrong = Vec::new();
        let mut seen = 0;
        while let Some(name) = names.get(seen).cloned() {
            seen += 1;
            let template = root.join("templates").join(&name);
            let Ok(text) = fs::read_to_string(&template) else {
                continue;
            };
            for next in ["extends \"", "include \"", "import \""] {
                for inner in quoted_after(&text, next) {
                    if !names.contains(&inner) {
                        names.push(inner);
                    }
                }
            }
            for (at, line) in text.lines().enumerate() {
                for there in line.split("crate::").skip(1) {
                    let there: String = there.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    if self.level(&there).is_some_and(|to| there != here && to >= from) {
                        wrong.push(Wrong {
                            file: template.clone(),
                            line: at + 1,
                            what: format!(
                                "{here}, whose page this is ({}), knows nothing of {there}",
                                file.display()
                            ),
                        });
                    }
                }
            }
        }
        Ok(wrong)
    }
}

fn quoted_after(text: &str, before: &str) -> Vec<String> {
    let after = text.split(before).skip(1);
    after
        .filter_map(|rest| rest.split_once('"').map(|(name, _)| name.to_owned()))
        .collect()
}

/// All Rust files below a folder, in order.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            sources(&path, files)?;
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// The module that a file is: `floor/session.rs` is `floor::session`, `floor/mod.rs` is `floor`, `lib.rs` the root.
fn module_of(file: &Path) -> Vec<String> {
    let names = file.with_extension("");
    let mut module: Vec<String> = names.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|name| name == "mod")
        || (module.len() == 1 && matches!(module.first().map(String::as_str), Some("lib" | "main")))
    {
        module.pop();
    }
    module
}

#[derive(Debug, PartialEq, Eq)]
enum Named {
    /// A module below our own root.
    Ours(String),
    /// The first name of a path that begins elsewhere.
    Crate(String),
    /// A way round: what it is.
    Hidden(String),
}

#[derive(Debug, PartialEq, Eq)]
struct Found {
    path: Named,
    line: usize,
}

/// Reads the paths of a stream of words in this module.
fn read(tokens: TokenStream, module: &[String], found: &mut Vec<Found>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Group(group) => {
                // `#[path = "…"]` would put a file elsewhere than it stands.
                let mut inner = group.stream().into_iter();
                if group.delimiter() == Delimiter::Bracket
                    && matches!(inner.next(), Some(TokenTree::Ident(name)) if name == "path")
                    && matches!(inner.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
                {
                    found.push(Found {
                        path: Named::Hidden("a file stands where its module is: no #[path]".into()),
                        line: group.span_open().start().line,
                    });
                }
                read(group.stream(), module, found);
                at += 1;
            }
            // A module within the file: `super` is one less there.
            TokenTree::Ident(word) if word == "mod" => match (tokens.get(at + 1), tokens.get(at + 2)) {
                (Some(TokenTree::Ident(name)), Some(TokenTree::Group(inner))) => {
                    let mut within = module.to_vec();
                    within.push(name.to_string());
                    read(inner.stream(), &within, found);
                    at += 3;
                }
                _ => at += 1,
            },
            TokenTree::Ident(_) => at = path(&tokens, at, module, found),
            _ => at += 1,
        }
    }
}

/// Reads one path that begins here, with all that its braces hold; gives where it ends.
fn path(tokens: &[TokenTree], begin: usize, module: &[String], found: &mut Vec<Found>) -> usize {
    let mut names = Vec::new();
    let mut at = begin;
    // `::sqlx` and `a.sqlx` begin before the name; a field is no path.
    let is_field = begin > 0 && matches!(&tokens[begin - 1], TokenTree::Punct(punct) if punct.as_char() == '.');
    while let Some(TokenTree::Ident(name)) = tokens.get(at) {
        names.push((name.to_string(), name.span().start().line));
        at += 1;
        if !colons(tokens, at) {
            break;
        }
        at += 2;
    }
    let braces = match tokens.get(at) {
        Some(TokenTree::Group(group))
            if group.delimiter() == Delimiter::Brace && at > begin + 1 && colons(tokens, at - 2) =>
        {
            Some(group)
        }
        _ => None,
    };
    if let Some(group) = braces {
        at += 1;
        for branch in branches(group.stream()) {
            let mut whole = names.clone();
            tree(&branch, &mut whole, module, found);
        }
        return at;
    }
    let renamed = names.len() == 1
        && names.first().is_some_and(|(name, _)| name == "crate")
        && matches!(tokens.get(at), Some(TokenTree::Ident(word)) if word == "as");
    if renamed {
        found.push(Found {
            path: Named::Hidden("the crate has no other name".into()),
            line: names.first().map_or(0, |(_, line)| *line),
        });
    } else if !is_field {
        found.extend(resolve(&names, module));
    }
    at
}

/// One branch between the braces of a `use`, after what stood before them.
fn tree(tokens: &[TokenTree], names: &mut Vec<(String, usize)>, module: &[String], found: &mut Vec<Found>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(name) if name == "as" => break,
            TokenTree::Ident(name) => names.push((name.to_string(), name.span().start().line)),
            TokenTree::Group(group) => {
                for branch in branches(group.stream()) {
                    tree(&branch, &mut names.clone(), module, found);
                }
                return;
            }
            _ => {}
        }
        at += 1;
    }
    found.extend(resolve(names, module));
}

fn branches(stream: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut all = vec![Vec::new()];
    for token in stream {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => all.push(Vec::new()),
            _ => {
                if let Some(last) = all.last_mut() {
                    last.push(token);
                }
            }
        }
    }
    all.retain(|branch| !branch.is_empty());
    all
}

fn colons(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    colon(tokens.get(at)) && colon(tokens.get(at + 1))
}

/// Where a path leads: to a module below our root, or into a crate.
fn resolve(names: &[(String, usize)], module: &[String]) -> Option<Found> {
    let (first, line) = names.first()?;
    let mut place: Vec<String> = Vec::new();
    let mut rest = names.iter().map(|(name, _)| name.as_str()).peekable();
    match first.as_str() {
        "crate" => {
            rest.next();
        }
        "self" | "super" => {
            place = module.to_vec();
            while let Some(step) = rest.next_if(|name| matches!(*name, "self" | "super")) {
                if step == "super" {
                    place.pop();
                }
            }
        }
        // A path of one name says nothing of where it leads.
        _ if names.len() == 1 => return None,
        name => {
            return Some(Found {
                path: Named::Crate(name.to_owned()),
                line: *line,
            });
        }
    }
    place.extend(rest.map(str::to_owned));
    let room = place.into_iter().next()?;
    Some(Found {
        path: Named::Ours(room),
        line: *line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUSE: House = House {
        crate_dir: "",
        levels: &[&["low", "beside"], &["middle"], &["high"]],
        without: &["tokio"],
        kept: &[("sqlx", "low")],
    };

    /// A crate with one file at a place.
    fn planted(place: &str, text: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("src").join(place);
        fs::create_dir_all(file.parent().expect("inside")).expect("made");
        fs::write(folder.path().join("Cargo.toml"), "[dependencies]\nserde = \"1\"\n").expect("written");
        fs::write(&file, text).expect("written");
        let wrong = HOUSE.look(folder.path()).expect("read");
        wrong
            .into_iter()
            .map(|wrong| format!("{}: {}", wrong.line, wrong.what))
            .collect()
    }

    #[test]
    fn what_leads_down_is_right() {
        for (place, text) in [
            (
                "high/page.rs",
                "use crate::middle::X;\nuse super::other::Y;\nfn f() { crate::low::g() }",
            ),
            ("middle.rs", "use crate::{low::{a, b}, beside};\nuse std::fmt;"),
            (
                "low/mod.rs",
                "use self::inner::X;\nuse sqlx::Row;\nmod inner { use super::Y; }",
            ),
            ("lib.rs", "pub use crate::high::page;\nmod low;"),
            ("low/mod.rs", "// crate::high\nconst A: &str = \"crate::high::x\";"),
            ("middle.rs", "fn f(x: X) { x.sqlx; let crate_high = 1; }"),
        ] {
            assert_eq!(planted(place, text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_planted_super_is_found() {
        for (place, text) in [
            ("low/deep/file.rs", "fn f() {}\nuse super::super::super::high::X;"),
            ("low/mod.rs", "\nuse super::high;"),
            ("low.rs", "\nmod tests { fn f() { super::super::high::page() } }"),
            ("low/mod.rs", "\nuse super::{beside2, high::{self, X}};"),
        ] {
            assert_eq!(planted(place, text), ["2: low knows nothing of high"], "{text}");
        }
    }

    #[test]
    fn a_planted_full_path_is_found() {
        for text in [
            "\nfn f() { let x = crate::high::page(1)?; }",
            "\nfn f(x: &crate::high::X) {}",
            "\nfn f() { assert!(crate::high::is(), \"{}\", 1); }",
            "\nuse crate::{low::x, high as h};",
            "\nuse crate :: high :: *;",
            "\npub use crate::high::X as Y;",
        ] {
            assert_eq!(
                planted("middle/x.rs", text),
                ["2: middle knows nothing of high"],
                "{text}"
            );
        }
        assert_eq!(
            planted("low.rs", "\nuse crate::beside::X;"),
            ["2: low knows nothing of beside"]
        );
    }

    #[test]
    fn ways_round_are_found() {
        assert_eq!(planted("low.rs", "use crate as ours;").len(), 1);
        assert_eq!(planted("low.rs", "#[path = \"../x.rs\"]\nmod x;").len(), 1);
        assert_eq!(
            planted("middle.rs", "use sqlx::Row;"),
            ["1: sqlx is named in low alone"]
        );
        assert_eq!(planted("high/x.rs", "fn f() -> Result<(), sqlx::Error> {}").len(), 1);
    }

    #[test]
    fn a_crate_does_without_what_it_should() {
        let folder = tempfile::tempdir().expect("folder");
        fs::create_dir_all(folder.path().join("src")).expect("made");
        let manifest = "[dependencies]\ntokio = { workspace = true }\n[dev-dependencies]\ntokio.workspace = true\n";
        fs::write(folder.path().join("Cargo.toml"), manifest).expect("written");
        let wrong = HOUSE.look(folder.path()).expect("read");
        assert_eq!(wrong.iter().map(|wrong| wrong.line).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn a_template_belongs_to_its_page() {
        let folder = tempfile::tempdir().expect("folder");
        let root = folder.path();
        fs::create_dir_all(root.join("src/middle")).expect("made");
        fs::create_dir_all(root.join("templates")).expect("made");
        fs::write(root.join("Cargo.toml"), "").expect("written");
        fs::write(
            root.join("src/middle/mod.rs"),
            "#[template(path = \"a.html\")] struct A;",
        )
        .expect("written");
        fs::write(root.join("templates/a.html"), "{% extends \"base.html\" %}").expect("written");
        fs::write(
            root.join("templates/base.html"),
            "\n{{ crate::high::x() }}{{ crate::low::x() }}",
        )
        .expect("written");
        let wrong = HOUSE.look(root).expect("read");
        assert_eq!(wrong.iter().map(|wrong| wrong.line).collect::<Vec<_>>(), [2]);
    }

    /// A room that is not on the list would be held by nobody, and one that is there no more hides what took its place.
    #[test]
    fn the_list_holds_each_room() {
        let folder = tempfile::tempdir().expect("folder");
        for room in ["low", "beside", "high", "new"] {
            fs::create_dir_all(folder.path().join("src").join(room)).expect("made");
            fs::write(folder.path().join("src").join(room).join("mod.rs"), "").expect("written");
        }
        let wrong = HOUSE.rooms(folder.path()).expect("read");
        let told: Vec<_> = wrong.into_iter().map(|wrong| wrong.what).collect();
        assert_eq!(told, ["new has no level", "middle is no room any more"]);
    }
}
