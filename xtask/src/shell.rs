//! Running other programs: where, with what, and saying so.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::tree;

/// The root of the workspace that this command was called in.
pub fn root() -> PathBuf {
    tree::here().root.clone()
}

/// Where builds go: `CARGO_TARGET_DIR`, or a folder below the user's cache; never one that another checkout builds into.
pub fn target_dir() -> PathBuf {
    tree::here().target.clone()
}

/// The project's folder below the user's cache.
pub fn cache_dir() -> PathBuf {
    let home = std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    std::env::var_os("XDG_CACHE_HOME")
        .map_or_else(|| home.join(".cache"), PathBuf::from)
        .join("cangxun")
}

/// A cargo command in the workspace, building into [`target_dir`].
pub fn cargo<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(args)
        .current_dir(root())
        .env("CARGO_TARGET_DIR", target_dir());
    command
}

/// Any command in the workspace.
pub fn program<S: AsRef<OsStr>>(name: &str, args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(name);
    command.args(args).current_dir(root());
    command
}

/// Runs a command to its end with its output shown.
///
/// # Errors
/// When it can't be started, or ends with anything but success.
pub fn run(title: &str, command: &mut Command) -> Result<()> {
    eprintln!("── {title}");
    let begin = Instant::now();
    let status = command
        .status()
        .with_context(|| format!("{title}: could not start {command:?}"))?;
    if !status.success() {
        bail!("{title}: {command:?} ended with {status}");
    }
    eprintln!("── {title}: {:.0} s", begin.elapsed().as_secs_f32());
    Ok(())
}

/// Whether a program is on the PATH.
pub fn has(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(name).is_file()))
}
