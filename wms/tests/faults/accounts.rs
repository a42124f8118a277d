//! Rights, and names of files that are not there.

use std::os::unix::fs::PermissionsExt;
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

#[test]
fn w8_a_database_that_this_user_may_not_write_is_refused_at_the_start() {
    let folder = folder();
    let url = format!("sqlite:{}", database(folder.path()).display());
    let added = program("")
        .args([
            "add-account",
            "--database",
            &url,
            "--login",
            "li",
            "--name",
            "李",
            "--role",
            "instructor",
        ])
        .stdin(Stdio::piped())
        .spawn()
        .and_then(|mut child| {
            use std::io::Write;
            child.stdin.take().expect("its input").write_all(b"correct horse\n")?;
            child.wait()
        });
    assert!(added.expect("run").success());
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
