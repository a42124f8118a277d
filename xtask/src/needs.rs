//! What the tests need beside Rust: Debian packages and Node packages, installed where that is allowed, named where not.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::shell;

/// How to see that something is there.
enum Sign {
    Program(&'static str),
    /// A path with at most one `*` as a whole component.
    File(&'static str),
}

struct Need {
    sign: Sign,
    package: &'static str,
    for_what: &'static str,
}

const fn program(name: &'static str, package: &'static str, for_what: &'static str) -> Need {
    Need {
        sign: Sign::Program(name),
        package,
        for_what,
    }
}

const NEEDS: &[Need] = &[
    program("cc", "gcc", "building SQLite"),
    program("node", "nodejs", "emulated chips and browser tests"),
    program("npm", "npm", "emulated chips and browser tests"),
    program("chromium", "chromium", "browser tests"),
    program("pdftotext", "poppler-utils", "reading the papers' PDF back"),
    program("qpdf", "qpdf", "checking the papers' PDF"),
    program("zbarimg", "zbar-tools", "reading the papers' barcodes back"),
    Need {
        sign: Sign::File("/usr/lib/*/faketime/libfaketimeMT.so.1"),
        package: "libfaketime",
        for_what: "tests of clocks that are set",
    },
    Need {
        sign: Sign::File("/usr/lib/postgresql/*/bin/initdb"),
        package: "postgresql",
        for_what: "the suite on PostgreSQL",
    },
];

/// Packages that build firmware where rustup can't add the chip's target.
const FIRMWARE: &[Need] = &[
    program("arm-none-eabi-objcopy", "binutils-arm-none-eabi", "Pico images"),
    Need {
        sign: Sign::File("/usr/bin/rustc"),
        package: "rustc-web",
        for_what: "Pico images",
    },
    Need {
        sign: Sign::File("/usr/bin/cargo"),
        package: "cargo-web",
        for_what: "Pico images",
    },
    Need {
        sign: Sign::File("/usr/bin/cargo-clippy"),
        package: "rust-web-clippy",
        for_what: "Pico images",
    },
    Need {
        sign: Sign::File("/usr/src/*/library/core/Cargo.toml"),
        package: "rust-web-src",
        for_what: "Pico images",
    },
];

impl Sign {
    fn seen(&self) -> bool {
        match self {
            Self::Program(name) => shell::has(name),
            Self::File(path) => match path.split_once("/*/") {
                None => Path::new(path).exists(),
                Some((above, below)) => {
                    std::fs::read_dir(above).is_ok_and(|dirs| dirs.flatten().any(|dir| dir.path().join(below).exists()))
                }
            },
        }
    }
}

/// Sees to it that everything the tests need is installed.
///
/// # Errors
/// Names what is missing where it may not be installed, or could not be.
pub fn ensure() -> Result<()> {
    let firmware = if rustup_target_installed() { &[] } else { FIRMWARE };
    let missing: Vec<&Need> = NEEDS.iter().chain(firmware).filter(|need| !need.sign.seen()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        eprintln!("── missing: Debian package {} ({})", need.package, need.for_what);
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    let Some(prefix) = installer() else {
        bail!("install them first: sudo apt-get install {}", packages.join(" "));
    };
    let apt = |args: &[&str]| {
        let mut words = prefix.to_vec();
        words.push("apt-get");
        words.extend(args);
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null());
        command
    };
    shell::run("package list", &mut apt(&["update", "-q"]))?;
    let mut install = vec!["install", "-y", "-q", "--no-install-recommends"];
    install.extend(&packages);
    shell::run("packages", &mut apt(&install))?;
    match missing.iter().find(|need| !need.sign.seen()) {
        None => Ok(()),
        Some(need) => bail!(
            "{} was installed but its files are not where they should be",
            need.package
        ),
    }
}

/// The words before `apt-get`, or none where this user may not install.
fn installer() -> Option<&'static [&'static str]> {
    if !shell::has("apt-get") {
        return None;
    }
    let quiet = |program: &str, args: &[&str]| {
        Command::new(program)
            .args(args)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()
    };
    let root = quiet("id", &["-u"]).is_some_and(|out| out.stdout.trim_ascii() == b"0");
    if root {
        return Some(&[]);
    }
    quiet("sudo", &["-n", "true"])
        .is_some_and(|out| out.status.success())
        .then_some(&["sudo", "-n"])
}

/// Whether rustup holds the Pico's target.
pub fn rustup_target_installed() -> bool {
    Command::new("rustup")
        .args(["target", "list", "--installed"])
        .stderr(Stdio::null())
        .output()
        .is_ok_and(|out| {
            String::from_utf8_lossy(&out.stdout)
                .lines()
                .any(|line| line == "thumbv6m-none-eabi")
        })
}

/// Installs the Node packages of a folder from its lock file, unless that was done for this very lock file.
///
/// # Errors
/// When npm fails.
pub fn npm(folder: &str) -> Result<()> {
    let dir = shell::root().join(folder);
    let lock = std::fs::read(dir.join("package-lock.json")).unwrap_or_default();
    let stamp = dir.join("node_modules/.installed-lock");
    if std::fs::read(&stamp).is_ok_and(|done| done == lock) {
        return Ok(());
    }
    let mut command = Command::new("npm");
    command
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&dir);
    shell::run(&format!("Node packages of {folder}"), &mut command)?;
    std::fs::write(stamp, lock)?;
    Ok(())
}
