//! Which tree a command works on, and which folder its builds go to. Two checkouts never share a build: cargo gives both
//! the same fingerprints and goes by file times alone, so one would be handed the other's programs.

use std::io::{ErrorKind, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};

/// Names, in a folder of builds, the checkout that builds there.
const OWNER: &str = "cangxun-checkout";
/// Says that this program was just built anew, so that it never is twice.
const ANEW: &str = "CANGXUN_XTASK_ANEW";
/// What this program was made of: another checkout's may have been built into the same folder.
const SOURCES: &[(&str, &str)] = &[
    ("arrows.rs", include_str!("arrows.rs")),
    ("bench.rs", include_str!("bench.rs")),
    ("firmware.rs", include_str!("firmware.rs")),
    ("firmware/elf.rs", include_str!("firmware/elf.rs")),
    ("firmware/uf2.rs", include_str!("firmware/uf2.rs")),
    ("main.rs", include_str!("main.rs")),
    ("needs.rs", include_str!("needs.rs")),
    ("shell.rs", include_str!("shell.rs")),
    ("test.rs", include_str!("test.rs")),
    ("tree.rs", include_str!("tree.rs")),
    ("up.rs", include_str!("up.rs")),
];

static TREE: OnceLock<Tree> = OnceLock::new();

/// Where this command works.
pub struct Tree {
    /// The workspace's root.
    pub root: PathBuf,
    /// Where its builds go.
    pub target: PathBuf,
}

/// The tree this command was called in, with a folder for its builds that no other tree builds into. [`settle`] has found it.
pub fn here() -> &'static Tree {
    TREE.get_or_init(|| Tree {
        root: PathBuf::from("."),
        target: PathBuf::from("target"),
    })
}

/// Finds the tree this command was called in. Where this program was made of other sources than stand there, the right one
/// is built and takes over.
///
/// # Errors
/// Outside of a checkout, or where the folder for builds can't be had.
pub fn settle() -> Result<()> {
    let root = root()?;
    let target = claim(&wanted(&root)?, &root)?;
    let src = root.join("xtask/src");
    let differs = SOURCES
        .iter()
        .any(|(name, text)| std::fs::read_to_string(src.join(name)).ok().as_deref() != Some(text));
    if differs {
        if std::env::var_os(ANEW).is_some() {
            bail!("{} was changed while it was built: try again", src.display());
        }
        forget(&target, &root)?;
        let mut anew = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        anew.args(["run", "--quiet", "--package", "xtask", "--manifest-path"])
            .arg(root.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&target)
            .arg("--")
            .args(std::env::args_os().skip(1))
            .env(ANEW, "1");
        return Err(anew.exec()).context("cargo could not be started");
    }
    let _ = TREE.set(Tree { root, target });
    Ok(())
}

/// The workspace's root: cargo says at run time whose command it runs. What was compiled in may be another checkout's.
fn root() -> Result<PathBuf> {
    let said = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let from = match said.filter(|folder| folder.ends_with("xtask")) {
        Some(folder) => folder,
        None => std::env::current_dir()?,
    };
    let root = from
        .ancestors()
        .find(|folder| folder.join("xtask/Cargo.toml").is_file());
    let root = root.with_context(|| format!("{} is in no checkout of Cangxun", from.display()))?;
    Ok(root.canonicalize()?)
}

/// The folder asked for by `CARGO_TARGET_DIR`, or this checkout's own below the user's cache.
fn wanted(root: &Path) -> Result<PathBuf> {
    match std::env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty()) {
        Some(dir) => Ok(std::path::absolute(dir)?),
        None => Ok(crate::shell::cache_dir().join("targets").join(own_name(root))),
    }
}

/// The checkout's name, and its whole path as a number.
fn own_name(root: &Path) -> String {
    // FNV-1a: the same in every build, as std's hashes are not promised to be.
    let number = root
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
            (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let name = root.file_name().unwrap_or_default().to_string_lossy();
    format!("{name}-{number:016x}")
}

/// Takes a folder for this checkout. Where another one builds there, it is a folder of our own within; where that one is
/// gone, or nobody knows who built there, what it made of the workspace's own packages is forgotten and the rest is kept.
fn claim(wanted: &Path, root: &Path) -> Result<PathBuf> {
    let failed = || format!("{} can't be used for builds", wanted.display());
    std::fs::create_dir_all(wanted).with_context(failed)?;
    let sign = wanted.join(OWNER);
    loop {
        match std::fs::read(&sign) {
            Ok(owner) if owner == root.as_os_str().as_encoded_bytes() => return Ok(wanted.to_path_buf()),
            Ok(owner) if is_checkout(&owner) => {
                if wanted.ends_with(own_name(root)) {
                    bail!(
                        "{} is another checkout's: give another CARGO_TARGET_DIR",
                        wanted.display()
                    );
                }
                return claim(&wanted.join(own_name(root)), root);
            }
            Ok(_) => {
                // Of two that find it so, one moves the sign away.
                let aside = wanted.join(format!("{OWNER}.{}", std::process::id()));
                if std::fs::rename(&sign, &aside).is_ok() {
                    std::fs::remove_file(&aside).with_context(failed)?;
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => match std::fs::File::create_new(&sign) {
                Ok(mut file) => {
                    file.write_all(root.as_os_str().as_encoded_bytes())
                        .with_context(failed)?;
                    forget(wanted, root)?;
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error).with_context(failed),
            },
            Err(error) => return Err(error).with_context(failed),
        }
    }
}

fn is_checkout(path: &[u8]) -> bool {
    std::str::from_utf8(path).is_ok_and(|path| Path::new(path).join("xtask/Cargo.toml").is_file())
}

/// Lets cargo build all packages of this tree anew in a folder, and keep what they depend on.
fn forget(target: &Path, root: &Path) -> Result<()> {
    let mut packages = Vec::new();
    names(root, 4, &mut packages)?;
    // PROFILE, or firmware/CHIP/PROFILE.
    let mut folders = vec![(target.to_path_buf(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in std::fs::read_dir(&folder)?
            .flatten()
            .filter(|entry| entry.path().is_dir())
        {
            if entry.file_name() == ".fingerprint" {
                for print in std::fs::read_dir(entry.path())?.flatten() {
                    let name = print.file_name().to_string_lossy().into_owned();
                    let package = name.rsplit_once('-').map_or("", |(package, _)| package);
                    if packages.iter().any(|ours| ours == package) {
                        std::fs::remove_dir_all(print.path())?;
                    }
                }
            } else if depth < 3
                && !["deps", "build", "incremental", "examples"]
                    .iter()
                    .any(|no| entry.file_name() == *no)
            {
                folders.push((entry.path(), depth + 1));
            }
        }
    }
    Ok(())
}

/// Names of the packages in a folder and so many levels below.
fn names(folder: &Path, levels: u8, found: &mut Vec<String>) -> Result<()> {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let name = manifest.lines().find_map(|line| line.strip_prefix("name = \""));
    found.extend(name.and_then(|name| name.split('"').next()).map(str::to_owned));
    if levels == 0 {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)?.flatten() {
        let name = entry.file_name();
        let skipped = name == "target" || name == "node_modules" || name.as_encoded_bytes().starts_with(b".");
        if !skipped && entry.file_type()?.is_dir() {
            names(&entry.path(), levels - 1, found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r16_this_program_knows_all_it_was_made_of() {
        let src = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("run by cargo")).join("src");
        let mut files = Vec::new();
        let mut folders = vec![src.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("readable").flatten() {
                match entry.path() {
                    path if path.is_dir() => folders.push(path),
                    path => files.push(path.strip_prefix(&src).expect("below").display().to_string()),
                }
            }
        }
        files.sort();
        let known: Vec<&str> = SOURCES.iter().map(|(name, _)| *name).collect();
        assert_eq!(files, known);
    }
}
