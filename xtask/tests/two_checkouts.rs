//! Two checkouts that differ, side by side: each command works on the tree it is called in. The checkouts are small ones,
//! with this tree's own `xtask`, alias and `.ci/run`, and programs that only say whose they are.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

/// Times of files tell nothing: all sources are as old as this, older than any build.
const OLD: Duration = Duration::from_secs(1_500_000_000);

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: TempDir::new().expect("a folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A checkout whose programs say its name.
    fn checkout(&self, name: &str) -> PathBuf {
        let ours = ours();
        let root = self.path(name);
        write(
            &root.join("Cargo.toml"),
            &std::fs::read_to_string(ours.join("Cargo.toml"))
                .expect("our manifest")
                .split("\n[profile.dev.package]")
                .next()
                .expect("a first part")
                .lines()
                .filter(|line| !line.contains("{ path = ") && !is_other_member(line))
                .map(|line| format!("{line}\n"))
                .collect::<String>()
                .replace("tests/load", "load"),
        );
        for (package, program) in [("wms", "wms"), ("gateway", "gateway"), ("load", "load")] {
            package_of(&root, package, program, name);
        }
        package_of(&root, "firmware/virtual", "virtual-floor", name);
        let manifest = std::fs::read_to_string(root.join("Cargo.toml")).expect("just written");
        write(
            &root.join("Cargo.toml"),
            &manifest.replace("members = [\n", "members = [\n  \"firmware/virtual\",\n"),
        );
        for file in ["Cargo.lock", ".cargo/config.toml", ".ci/run"] {
            copy(&ours.join(file), &root.join(file));
        }
        copy(&ours.join("xtask/Cargo.toml"), &root.join("xtask/Cargo.toml"));
        copy(&ours.join("xtask/src"), &root.join("xtask/src"));
        age(&root);
        root
    }

    /// Runs a command there; `target` is what `CARGO_TARGET_DIR` says.
    fn run(&self, root: &Path, target: Option<&Path>, command: &[&str]) -> Output {
        let mut run = Command::new(command[0]);
        run.args(&command[1..]).current_dir(root).env_clear();
        for name in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"] {
            run.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        run.env("XDG_CACHE_HOME", self.path("cache"))
            .env("CARGO_NET_OFFLINE", "true")
            .envs(target.map(|target| ("CARGO_TARGET_DIR", target)));
        run.output().expect("started")
    }
}

fn ours() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").expect("run by cargo");
    Path::new(&xtask).parent().expect("a workspace").to_path_buf()
}

/// A member of the workspace that the small checkouts have none of.
fn is_other_member(line: &str) -> bool {
    let member = line.strip_prefix("  \"").and_then(|rest| rest.strip_suffix("\","));
    member.is_some_and(|member| !["gateway", "wms", "tests/load", "xtask"].contains(&member))
}

fn package_of(root: &Path, folder: &str, program: &str, says: &str) {
    write(
        &root.join(folder).join("Cargo.toml"),
        &format!("[package]\nname = \"{program}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
    );
    write(
        &root.join(folder).join("src/main.rs"),
        &format!(
            "fn main() {{\n    println!(\"{program} of {says}\");\n}}\n\n\
             #[test]\nfn is_of_the_first() {{\n    assert_eq!(\"{says}\", \"first\");\n}}\n"
        ),
    );
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.parent().expect("a folder")).expect("made");
    let status = Command::new("cp").arg("-rp").arg(from).arg(to).status().expect("cp");
    assert!(status.success(), "{} is copied", from.display());
}

/// Gives all of a checkout's own files the same old time.
fn age(root: &Path) {
    for entry in std::fs::read_dir(root).expect("readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if entry.file_name() != "target" {
                age(&path);
            }
        } else {
            let file = std::fs::File::options()
                .write(true)
                .open(&path)
                .expect("a file of ours");
            file.set_modified(SystemTime::UNIX_EPOCH + OLD).expect("aged");
        }
    }
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

const BENCH: &[&str] = &["cargo", "xtask", "bench", "--only", "none"];
const CI: &[&str] = &[".ci/run", "--only", "rust"];

/// The second is a copy of the first with all it had built, and then differs.
#[test]
fn r16_two_checkouts_with_the_default_folder() {
    let desk = Desk::new();
    let first = desk.checkout("first");
    let ci = desk.run(&first, None, CI);
    assert!(ci.status.success(), "the first is green: {}", said(&ci));
    let bench = desk.run(&first, None, BENCH);
    assert!(said(&bench).contains("load of first"), "{}", said(&bench));

    let second = desk.path("second");
    copy(&first, &second);
    for (package, program) in [("wms", "wms"), ("load", "load"), ("gateway", "gateway")] {
        package_of(&second, package, program, "second");
    }
    age(&second);
    let bench = desk.run(&second, None, BENCH);
    assert!(said(&bench).contains("load of second"), "{}", said(&bench));
    let ci = desk.run(&second, None, CI);
    assert!(!ci.status.success(), "the second's tests are its own: {}", said(&ci));

    let again = desk.run(&first, None, CI);
    assert!(again.status.success(), "the first is as it was: {}", said(&again));
    assert!(
        !said(&again).contains("Compiling"),
        "and builds nothing: {}",
        said(&again)
    );
    assert!(!desk.path("cache/cangxun/target").exists(), "nothing is shared");
}

/// One folder is given to both, and the second's `xtask` itself is another.
#[test]
fn r16_two_checkouts_with_one_given_folder() {
    let desk = Desk::new();
    let given = desk.path("given");
    let first = desk.checkout("first");
    let second = desk.checkout("second");
    let bench = desk.run(&first, Some(&given), BENCH);
    assert!(said(&bench).contains("load of first"), "{}", said(&bench));
    let bench = desk.run(&second, Some(&given), BENCH);
    assert!(said(&bench).contains("load of second"), "{}", said(&bench));

    let test = second.join("xtask/src/test.rs");
    let changed = std::fs::read_to_string(&test)
        .expect("its source")
        .replace("rustfmt\",\n        run", "rustfmt of the second\",\n        run");
    write(&test, &changed);
    age(&second);
    let list: &[&str] = &["cargo", "xtask", "test", "--list"];
    let steps = desk.run(&second, Some(&given), list);
    assert!(said(&steps).contains("rustfmt of the second"), "{}", said(&steps));
    let steps = desk.run(&first, Some(&given), list);
    assert!(!said(&steps).contains("rustfmt of the second"), "{}", said(&steps));

    // The first is gone, its folder is not: a third takes it over, and nothing in it is taken for the third's.
    std::fs::remove_dir_all(&first).expect("removed");
    let third = desk.checkout("third");
    let bench = desk.run(&third, Some(&given), BENCH);
    assert!(said(&bench).contains("load of third"), "{}", said(&bench));
    assert!(
        !said(&bench).contains("Compiling clap"),
        "what others made is kept: {}",
        said(&bench)
    );
}
