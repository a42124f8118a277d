//! Where scenarios come from: the files of `wms/scenarios` are part of the program; a school adds a folder of its own.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use print::fonts;
use rules::core::scenario::Scenario;
use rules::locale::Lang;
use rules::scenario::ScenarioError;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// All scenarios: those shipped, then a folder's.
///
/// # Errors
/// The first file that is wrong, or a folder that can't be read.
pub fn load(folder: Option<&Path>) -> Result<Vec<Scenario>, ScenarioError> {
    let mut scenarios = Vec::new();
    for file in SHIPPED.files() {
        scenarios.push(rules::scenario::parse(
            file.path(),
            file.contents_utf8().unwrap_or_default(),
        )?);
    }
    let Some(folder) = folder else { return Ok(scenarios) };
    let unreadable = |file: &Path, error: std::io::Error| ScenarioError {
        file: file.to_owned(),
        line: 0,
        field: "file".into(),
        why: error.to_string(),
    };
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
    {
        let text = text_file::read(&path).map_err(|error| match error {
            text_file::ReadError::Io(error) => unreadable(&path, error),
            text_file::ReadError::Encoding(told) => in_wrong_encoding(&path, told),
        })?;
        let scenario = rules::scenario::parse(&path, &text)?;
        for (line, characters) in unprintable(&scenario, &text) {
            let file = path.display();
            tracing::warn!(
                "{file}:{line}: the typeface has no {characters:?}; papers and labels show a box: write it in another way"
            );
        }
        // A school's own file takes the place of the one shipped under the same name.
        scenarios.retain(|known| known.id != scenario.id);
        scenarios.push(scenario);
    }
    Ok(scenarios)
}

fn in_wrong_encoding(file: &Path, told: text_file::NotUtf8) -> ScenarioError {
    let words = Lang::of_environment().words();
    let why = match told.encoding {
        text_file::Encoding::Unknown => words.get("scenario.no_text").to_owned(),
        encoding => words.with_one("scenario.encoding", "encoding", encoding.name()),
    };
    ScenarioError {
        file: file.to_owned(),
        line: told.line,
        field: "file".into(),
        why,
    }
}

/// What papers and labels can't show of it: line of its file, from 1, and the characters.
fn unprintable(scenario: &Scenario, text: &str) -> Vec<(usize, String)> {
    let missing = fonts::missing(&serde_json::to_string(scenario).unwrap_or_default());
    let of = |line: &str| missing.chars().filter(|c| line.contains(*c)).collect::<String>();
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_start()));
    lines
        .filter(|(_, line)| !missing.is_empty() && !line.starts_with('#'))
        .map(|(at, line)| (at, of(line)))
        .filter(|(_, found)| !found.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_drill() -> String {
        SHIPPED
            .get_file("first-drill.toml")
            .and_then(|file| file.contents_utf8())
            .expect("shipped")
            .to_owned()
    }

    #[test]
    fn shipped_scenarios_are_right() {
        assert_eq!(load(None).expect("right")[0].id, "first-drill");
    }

    #[test]
    fn p1_what_papers_cant_show_of_a_scenario_is_named_with_its_line() {
        let good = first_drill();
        let scenario = |text: &str| rules::scenario::parse(Path::new("own.toml"), text).expect("right");
        assert_eq!(unprintable(&scenario(&good), &good), []);
        let text = format!("# 𰻝\n{}", good.replacen("zh = \"", "zh = \"👍𰻝玥", 1));
        let line = text.lines().position(|line| line.starts_with("zh = ")).expect("there") + 1;
        assert_eq!(unprintable(&scenario(&text), &text), [(line, "👍𰻝".to_owned())]);
    }

    #[test]
    fn p8_a_file_in_another_encoding_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("own.toml");
        let good = first_drill();
        let chinese = good.lines().position(|line| !line.is_ascii()).expect("there") + 1;
        let gb18030 = encoding_rs::GB18030.encode(&good).0.into_owned();
        let utf16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [&[0xff, 0xfe][..], &utf16].concat();
        for (bytes, name, line) in [
            (gb18030, "GB18030", chinese),
            (utf16, "UTF-16", 1),
            (marked, "UTF-16", 1),
        ] {
            std::fs::write(&path, bytes).expect("written");
            let error = load(Some(folder.path())).expect_err("refused");
            assert_eq!(error.line, line, "{error}");
            assert!(error.why.contains(name) && error.why.contains("UTF-8"), "{error}");
        }
        std::fs::write(&path, format!("\u{feff}{good}")).expect("written");
        assert_eq!(load(Some(folder.path())).expect("Notepad's UTF-8 is right").len(), 1);
        let away = load(Some(&folder.path().join("none")))
            .expect_err("no folder")
            .to_string();
        assert!(!away.contains(":0:"), "{away}");
    }

    #[test]
    fn a_folders_scenario_takes_the_place_of_the_shipped_one() {
        let folder = tempfile::tempdir().expect("folder");
        let own = first_drill().replacen("RY001 = 2", "RY001 = 1", 1);
        std::fs::write(folder.path().join("own.toml"), own).expect("written");
        let scenarios = load(Some(folder.path())).expect("right");
        assert_eq!(
            scenarios.iter().filter(|scenario| scenario.id == "first-drill").count(),
            1
        );
        std::fs::write(folder.path().join("torn.toml"), "id = ").expect("written");
        assert!(load(Some(folder.path())).expect_err("torn").file.ends_with("torn.toml"));
    }
}
