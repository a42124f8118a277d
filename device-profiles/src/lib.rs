//! One page of data for each device model: what it is, how it is joined, by what it is known.
//!
//! A profile says what a *model* is like, never where one device of it hangs: that stands in the gateway's
//! configuration. Profiles live in `profiles/`, one TOML file each, and are part of the program; a folder of further ones
//! can be read beside them. `schema.json` describes the files for editors.

pub mod fault;
mod profile;

use std::{collections::BTreeMap, path::Path};

use include_dir::{Dir, include_dir};

pub use fault::{Fault, Part, Problem, Source};
pub use profile::{
    DriverName, Kind, Link, MatchRules, Name, Printer, Profile, Scale, Transport, Units, UsbId, read_profile, schema,
};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/profiles");

/// All profiles known.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    by_model: BTreeMap<String, Profile>,
}

impl Profiles {
    /// Those that are part of the program.
    ///
    /// # Errors
    /// A file that is part of the program has a fault; a test keeps that from happening.
    pub fn embedded() -> Result<Self, Fault> {
        let mut profiles = Self::default();
        for file in EMBEDDED.files() {
            let name = file.path().display().to_string();
            let text = file
                .contents_utf8()
                .ok_or_else(|| Fault::of_file(&name, Problem::NotUtf8 { encoding: "" }))?;
            profiles.add(&name, text)?;
        }
        Ok(profiles)
    }

    /// Adds every `*.toml` of a folder. A model that is known already is replaced.
    ///
    /// # Errors
    /// The folder can't be read, or the first file with a fault.
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), Fault> {
        let unreadable = |path: &Path, error: std::io::Error| {
            Fault::of_file(&path.display().to_string(), Problem::Unreadable(error.to_string()))
        };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
            let path = entry.map_err(|error| unreadable(folder, error))?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        for path in paths {
            let file = path.display().to_string();
            let text = text_file::read(&path).map_err(|error| Fault::unread(&file, error))?;
            self.add(&file, &text)?;
        }
        Ok(())
    }

    /// Adds one profile from its text; `file` names it in faults.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), Fault> {
        let profile = read_profile(file, text)?;
        self.by_model.insert(profile.model.clone(), profile);
        Ok(())
    }

    /// By its model's name.
    #[must_use]
    pub fn get(&self, model: &str) -> Option<&Profile> {
        self.by_model.get(model)
    }

    /// All, by model.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.by_model.values()
    }

    /// The profile of a device that introduced itself to `driver` as of this kind, with so many units. Where several
    /// fit, the one that is made for the fewest units.
    #[must_use]
    pub fn find(&self, driver: DriverName, kind: Kind, units: u8) -> Option<&Profile> {
        self.iter()
            .filter(|profile| profile.driver == driver && profile.matches.fits(kind, units))
            .min_by_key(|profile| profile.matches.units.most)
    }

    /// The profiles that a USB device with these ids may have.
    pub fn of_usb(&self, vendor: u16, product: u16) -> impl Iterator<Item = &Profile> {
        self.iter()
            .filter(move |profile| profile.matches.usb.contains(&UsbId { vendor, product }))
    }
}
