//! `cargo xtask firmware`: the Pico images.

use anyhow::{Result, bail};

/// Builds the images.
pub fn run() -> Result<()> {
    bail!("the images are not there yet")
}
