//! The circuits of boards and nodes as data (`circuits/*.toml`), and what follows from it.
//!
//! | module | what |
//! |---|---|
//! | [`data`] | the files as they are written |
//! | [`circuit`] | one circuit with its blocks put in, every pin on its net |
//! | [`check`] | electrical rules |
//! | [`shelf`] | a carrier and its 24 position boards joined by ribbons, and the lines followed through it |
//! | [`firmware`] | pins as the images and the emulated boards have them |
//! | [`copper`] | currents, drops, bias: tables |
//! | [`netlist`] | KiCad's net list |
//! | [`pages`] | tables between markers in `docs/` |

pub mod check;
pub mod circuit;
pub mod copper;
pub mod data;
pub mod firmware;
pub mod netlist;
pub mod pages;
pub mod shelf;

use std::path::PathBuf;

/// The checkout in which cargo runs this.
///
/// # Errors
/// When it is not run by cargo.
pub fn root() -> Result<PathBuf, data::Fault> {
    std::env::var_os("CARGO_MANIFEST_DIR")
        .and_then(|own| PathBuf::from(own).parent().map(PathBuf::from))
        .ok_or(data::Fault::NotByCargo)
}
