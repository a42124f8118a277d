//! Rights, and names of files that are not there.

use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::process::Stdio;

use crate::process::{Wms, database, folder, program};

#[test]
fn w8_a_check_makes_nothing() {
    let folder = folder();
    let url = format!("sqlite:{}", folder.path().join("flor.db").display());
    let check = program("").args(["check", "--database", &url]).output().expect("run");
    assert!(!check.status.success(), "{check:?}");
    let said = String::from_utf8_lossy(&check.stderr);
    assert!(said.contains("no database") && said.contains("flor.db"), "{said}");
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        0,
        "nothing was made"
    );
}

fn add_account(url: &str) {
    let words = [
        "add-account",
        "--database",
        url,
        "--login",
        "li",
        "--name",
        "李",
        "--role",
        "instructor",
    ];
    let mut child = program("").args(words).stdin(Stdio::piped()).spawn().expect("started");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(b"correct horse\n").expect("told");
    drop(input);
    assert!(child.wait().expect("ended").success());
}

#[test]
fn w8_what_root_makes_in_a_service_s_folder_is_the_service_s() {
    const SERVICE: u32 = 65_534;
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let folder = folder();
    std::os::unix::fs::chown(folder.path(), Some(SERVICE), Some(SERVICE)).expect("given");
    add_account(&format!("sqlite:{}", database(folder.path()).display()));
    let files: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().collect();
    assert!(!files.is_empty());
    for file in files {
        assert_eq!(file.metadata().expect("there").uid(), SERVICE, "{:?}", file.path());
    }
}

#[test]
fn w8_a_database_that_this_user_may_not_write_is_refused_at_the_start() {
    let folder = folder();
    let url = format!("sqlite:{}", database(folder.path()).display());
    add_account(&url);
    for entry in std::fs::read_dir(folder.path()).expect("a folder").flatten() {
        std::fs::set_permissions(entry.path(), std::fs::Permissions::from_mode(0o444)).expect("set");
    }
    // Root may do anything, so it runs without its powers.
    let root = rustix::process::geteuid().is_root();
    let mut wms = Wms::spawn(
        folder.path(),
        if root {
            "exec setpriv --bounding-set=-all --inh-caps=-all \"$0\" \"$@\";"
        } else {
            ""
        },
    );
    assert!(!wms.end().success(), "{}", wms.log());
    assert!(wms.log().contains("can't be written"), "{}", wms.log());
}
