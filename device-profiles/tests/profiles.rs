//! The profiles that are part of the program, and what is said of faulty ones.

#![allow(clippy::unwrap_used)]

use device_profiles::{DriverName, Fault, Kind, Problem, Profiles, read_profile, schema};
use proptest::prelude::*;

const SHELF: &str = include_str!("../profiles/cangxun-shelf-24.toml");
const PRINTER: &str = include_str!("../profiles/cangxun-printer-384.toml");

#[test]
fn every_profile_is_whole_and_lies_under_its_own_name() {
    let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap() + "/profiles";
    let mut on_disk: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    on_disk.sort();
    let embedded: Vec<String> = Profiles::embedded()
        .unwrap()
        .iter()
        .map(|profile| profile.model.clone())
        .collect();
    assert_eq!(embedded, on_disk);
}

#[test]
fn our_five_nodes_are_found_by_what_they_say() {
    let profiles = Profiles::embedded().unwrap();
    let model = |kind, units| {
        profiles
            .find(DriverName::Link, kind, units)
            .map(|profile| profile.model.as_str())
    };
    assert_eq!(model(Kind::Shelf, 24), Some("cangxun-shelf-24"));
    assert_eq!(model(Kind::Shelf, 8), Some("cangxun-shelf-24"));
    assert_eq!(model(Kind::Shelf, 25), None);
    assert_eq!(model(Kind::Scanner, 1), Some("cangxun-scanner"));
    assert_eq!(model(Kind::Printer, 1), Some("cangxun-printer-384"));
    assert_eq!(model(Kind::Scale, 1), Some("cangxun-scale"));
    assert_eq!(model(Kind::Bridge, 1), Some("cangxun-bridge"));
}

/// After a change of the types: `UPDATE_SCHEMA=1 cargo test -p device-profiles`.
#[test]
fn the_committed_schema_is_the_types() {
    let path = std::env::var("CARGO_MANIFEST_DIR").unwrap() + "/schema.json";
    let now = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap_or_default(),
        now,
        "run again with UPDATE_SCHEMA=1"
    );
}

fn fault(text: &str) -> Fault {
    read_profile("x.toml", text).unwrap_err()
}

/// Each row: what is changed in a good profile, where the fault must be shown, what it must be.
#[test]
fn faults_are_shown_where_they_are() {
    type Case = (&'static str, &'static str, &'static str, (usize, usize), Problem);
    let cases: [Case; 9] = [
        (
            SHELF,
            "kind = \"shelf\"",
            "kind = \"shelve\"",
            (3, 8),
            Problem::UnknownValue {
                value: "shelve".into(),
                allowed: "shelf, scanner, printer, scale, bridge".into(),
            },
        ),
        (
            SHELF,
            "units = 24",
            "units = 25",
            (6, 1),
            Problem::OutOfRange {
                value: "25".into(),
                allowed: "1–24".into(),
            },
        ),
        (
            SHELF,
            "units = 24",
            "units = \"24\"",
            (6, 9),
            Problem::WrongType {
                got: "string \"24\"".into(),
                expected: "u8".into(),
            },
        ),
        (
            SHELF,
            "units = 24",
            "units = 300",
            (6, 9),
            Problem::OutOfRange {
                value: "integer 300".into(),
                allowed: "u8".into(),
            },
        ),
        (
            SHELF,
            "baud = 115_200",
            "baud = 5",
            (23, 1),
            Problem::OutOfRange {
                value: "5".into(),
                allowed: "1200–3000000".into(),
            },
        ),
        (
            SHELF,
            "baud = 115_200",
            "",
            (21, 1),
            Problem::Missing { field: "baud".into() },
        ),
        (
            SHELF,
            "units = { least = 1, most = 24 }",
            "units = { least = 9, most = 2 }",
            (15, 1),
            Problem::OutOfRange {
                value: "9–2".into(),
                allowed: "1 ≤ least ≤ most ≤ 24".into(),
            },
        ),
        (
            PRINTER,
            "dots = 384",
            "dots = 380",
            (23, 1),
            Problem::OutOfRange {
                value: "380".into(),
                allowed: "8, 16, … 1520".into(),
            },
        ),
        (
            PRINTER,
            "kind = \"printer\"",
            "kind = \"scanner\"",
            (22, 2),
            Problem::NotHere {
                unless: "kind = \"printer\"",
            },
        ),
    ];
    for (good, from, to, (line, column), problem) in cases {
        assert!(good.contains(from), "{from}");
        let fault = fault(&good.replacen(from, to, 1));
        assert_eq!(
            (&fault.problem, fault.line, fault.column),
            (&problem, line, column),
            "{to}: {fault}"
        );
        assert!(fault.to_string().starts_with(&format!("x.toml:{line}:{column}: ")));
    }
}

#[test]
fn unknown_and_missing_fields_and_broken_text_are_told() {
    let unknown = fault(&SHELF.replacen("maker", "brand", 1));
    let Problem::UnknownField { field, allowed } = &unknown.problem else {
        panic!("{unknown:?}")
    };
    assert_eq!((field.as_str(), unknown.line), ("brand", 4));
    assert!(allowed.contains("maker"));
    let missing = fault(&SHELF.replacen("driver = \"link\"\n", "", 1));
    assert_eq!(missing.problem, Problem::Missing { field: "driver".into() });
    let broken = fault("model = \"x\nkind = 3");
    assert!(
        matches!(broken.problem, Problem::Syntax(_)) && broken.line == 1,
        "{broken:?}"
    );
}

proptest! {
    /// Whatever a file holds, reading it ends with a profile or with a fault that lies within the file.
    #[test]
    fn no_text_confounds_the_reader(cut in 0_usize..600, noise in ".{0,20}") {
        let at = SHELF.char_indices().map(|(at, _)| at).nth(cut.min(300)).unwrap_or(0);
        let text = format!("{}{noise}{}", &SHELF[..at], &SHELF[at..]);
        if let Err(fault) = read_profile("x.toml", &text) {
            prop_assert!(fault.line <= text.lines().count() + 1);
        }
    }
}

#[test]
fn p8_a_profile_in_another_encoding_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let text = "model = \"own\"\nmaker = \"某某电子厂\"\n";
    std::fs::write(folder.path().join("own.toml"), encoding_rs::GB18030.encode(text).0).unwrap();
    let fault = Profiles::default().add_folder(folder.path()).unwrap_err();
    assert_eq!(fault.line, 2);
    assert!(fault.to_string().contains("GB18030"), "{fault}");
}
