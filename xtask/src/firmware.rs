//! `cargo xtask firmware`: the Pico images of five devices, held against their budget.
//!
//! Two ways to compile for the chip, whichever the machine offers: rustup's target, or Debian's compiler with the
//! library built from Debian's source package.

mod elf;
mod uf2;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{needs, shell};

const TARGET: &str = "thumbv6m-none-eabi";
/// The images, by the name of their binary; a printer's depends on its head.
const NAMES: [&str; 6] = ["shelf", "scanner", "printer", "printer-low", "scale", "bridge"];
/// Most bytes of flash an image may take.
const FLASH_BUDGET: u32 = 128 * 1024;
/// Most bytes of RAM, without the stack, which gets what is left of the same 64 KiB.
const RAM_BUDGET: u32 = 64 * 1024;
/// What the stack must be left with.
const STACK_LEAST: u32 = 8 * 1024;

/// Where the images come to lie: `NAME.elf`, `NAME.bin`, `NAME.uf2`.
pub fn images() -> PathBuf {
    shell::target_dir().join("firmware-images")
}

/// Builds all images and prints flash and RAM of each beside the budget.
///
/// # Errors
/// When the machine has no compiler for the chip (saying what to install), a build fails, or an image is over its budget.
pub fn run() -> Result<()> {
    let built = compile()?;
    let folder = images();
    std::fs::create_dir_all(&folder).with_context(|| format!("{} can't be made", folder.display()))?;
    println!(
        "{:<12}{:>18}{:>7}{:>18}{:>7}",
        "image", "flash, bytes", "", "RAM, bytes", ""
    );
    let mut over = Vec::new();
    for name in NAMES {
        let path = built.join(name);
        let bytes = std::fs::read(&path).with_context(|| format!("{} can't be read", path.display()))?;
        let image = elf::parse(&bytes).with_context(|| format!("{} is not an image for the chip", path.display()))?;
        let (flash, ram) = (u32::try_from(image.flash.len())?, image.ram_bytes);
        println!(
            "{name:<12}{flash:>18}{:>6.0}%{ram:>18}{:>6.0}%",
            percent(flash, FLASH_BUDGET),
            percent(ram, RAM_BUDGET),
        );
        if flash > FLASH_BUDGET || ram + STACK_LEAST > RAM_BUDGET {
            over.push(name);
        }
        write_changed(&folder.join(name).with_extension("elf"), &bytes)?;
        write_changed(
            &folder.join(name).with_extension("uf2"),
            &uf2::pack(elf::FLASH_START, &image.flash),
        )?;
        write_changed(&folder.join(name).with_extension("bin"), &image.flash)?;
    }
    println!(
        "{:<12}{FLASH_BUDGET:>18}{:>7}{RAM_BUDGET:>18}  (stack of at least {STACK_LEAST} within)",
        "budget", ""
    );
    println!("images in {}", folder.display());
    if over.is_empty() {
        Ok(())
    } else {
        bail!("over the budget: {}", over.join(", "))
    }
}

fn percent(part: u32, whole: u32) -> f64 {
    100.0 * f64::from(part) / f64::from(whole)
}

/// Holds the images' code against clippy, where the chip's compiler has one.
///
/// # Errors
/// When clippy finds anything.
pub fn lints() -> Result<()> {
    let compiler = Compiler::find()?;
    if compiler == Compiler::Debian && !Path::new("/usr/bin/cargo-clippy").is_file() {
        eprintln!("── clippy of the images: left out, Debian package rust-web-clippy is not installed");
        return Ok(());
    }
    let mut cargo = compiler.cargo("clippy")?;
    shell::run("clippy of the images", cargo.args(["--", "-D", "warnings"]))
}

/// Compiles the images with whichever compiler is here; the folder with the binaries.
fn compile() -> Result<PathBuf> {
    let mut cargo = Compiler::find()?.cargo("build")?;
    cargo
        .env("CANGXUN_FIRMWARE_COMMIT", last_commit())
        .env("RUSTFLAGS", short_paths());
    shell::run("Pico images", &mut cargo)?;
    Ok(build_dir().join(TARGET).join("release"))
}

fn build_dir() -> PathBuf {
    shell::target_dir().join("firmware")
}

/// The two ways to compile for the chip.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Compiler {
    Rustup,
    Debian,
}

impl Compiler {
    /// The one that is here.
    fn find() -> Result<Self> {
        if needs::rustup_target_installed() {
            return Ok(Self::Rustup);
        }
        let programs = ["/usr/bin/rustc", "/usr/bin/cargo"];
        if programs.iter().all(|program| Path::new(program).is_file()) && rust_lld().is_some() {
            return Ok(Self::Debian);
        }
        bail!(
            "no compiler for the Pico here. Either: rustup target add {TARGET}\n\
             or, on Debian and where rustup can't fetch that: apt-get install rustc-web cargo-web rust-web-src \
             (with a rustup toolchain beside it, for its rust-lld)"
        )
    }

    /// A cargo command for the images.
    fn cargo(self, subcommand: &str) -> Result<Command> {
        let mut cargo = match self {
            Self::Rustup => Command::new("cargo"),
            Self::Debian => Command::new("/usr/bin/cargo"),
        };
        cargo.arg(subcommand);
        if self == Self::Debian {
            for (variable, _) in std::env::vars_os() {
                // What a surrounding cargo of another version says of itself must not reach this one.
                let name = variable.to_string_lossy();
                if name.starts_with("CARGO_PKG_") || name == "RUSTUP_TOOLCHAIN" || name == "CARGO" {
                    cargo.env_remove(&variable);
                }
            }
            let linker = rust_lld().context("rustup's rust-lld has gone")?;
            // Its own subcommands before rustup's of the same name.
            let path = std::env::var_os("PATH").unwrap_or_default();
            let path = std::env::join_paths(
                [PathBuf::from("/usr/bin")]
                    .into_iter()
                    .chain(std::env::split_paths(&path)),
            )?;
            cargo
                .env("PATH", path)
                .env("RUSTC", "/usr/bin/rustc")
                // The compiler is stable; building its library from source is not, yet.
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_THUMBV6M_NONE_EABI_LINKER", linker)
                .arg("-Zbuild-std=core,alloc");
        }
        cargo
            .args(["--release", "--bins", "--locked", "--target", TARGET, "--target-dir"])
            .arg(build_dir())
            .current_dir(shell::root().join("firmware/pico"))
            .env_remove("CARGO_TARGET_DIR")
            .env("CANGXUN_FIRMWARE_COMMIT", last_commit())
            .env("RUSTFLAGS", short_paths());
        Ok(cargo)
    }
}

/// The linker that comes with the host's toolchain.
fn rust_lld() -> Option<PathBuf> {
    let output = Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(shell::root())
        .output()
        .ok()?;
    let sysroot = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    let hosts = std::fs::read_dir(sysroot.join("lib/rustlib")).ok()?;
    hosts
        .flatten()
        .map(|host| host.path().join("bin/rust-lld"))
        .find(|path| path.is_file())
}

/// The last commit that touched the firmware: the images change when it does and not otherwise. Empty outside of git.
fn last_commit() -> String {
    let output = shell::program("git", ["log", "-1", "--format=%H", "--", "firmware"]).output();
    output
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default()
}

/// Keeps the builder's folders out of panic messages, which are short on RAM and read by strangers.
fn short_paths() -> String {
    let home = std::env::var("CARGO_HOME")
        .or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")))
        .unwrap_or_default();
    let root = shell::root().join("firmware");
    let mut flags = format!("--remap-path-prefix={}=", root.display());
    if let Ok(indexes) = std::fs::read_dir(format!("{home}/registry/src")) {
        for index in indexes.flatten() {
            flags += &format!(" --remap-path-prefix={}=", index.path().display());
        }
    }
    flags
}

/// Writes a file unless it holds just that, so that its time says when the image last changed.
fn write_changed(path: &Path, bytes: &[u8]) -> Result<()> {
    if std::fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    // Whole or not at all: a test may be reading the one before.
    let part = path.with_extension("part");
    std::fs::write(&part, bytes)
        .and_then(|()| std::fs::rename(&part, path))
        .with_context(|| format!("{} can't be written", path.display()))
}
