//! Which places there are now.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{FileTypeExt, MetadataExt},
    path::{Path, PathBuf},
};

use crate::config::PortConfig;

/// A place where a port may be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How it is to be opened.
    pub config: PortConfig,
    /// Which device file lies behind it (device, inode); 0 for TCP.
    identity: (u64, u64),
}

/// All places, by name. A place that several entries name belongs to the first.
#[must_use]
pub fn find(configs: &[PortConfig]) -> BTreeMap<String, Found> {
    let mut all = BTreeMap::new();
    for config in configs {
        for (name, identity) in places(&config.place) {
            all.entry(name).or_insert_with(|| Found {
                config: config.clone(),
                identity,
            });
        }
    }
    all
}

fn places(place: &str) -> Vec<(String, (u64, u64))> {
    if place.starts_with("tcp:") {
        return vec![(place.to_owned(), (0, 0))];
    }
    let path = Path::new(place);
    let paths: Vec<PathBuf> = if path.is_dir() {
        fs::read_dir(path)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect()
    } else {
        // A pattern with a fault in it is refused when the configuration is read.
        glob::glob(place).into_iter().flatten().filter_map(Result::ok).collect()
    };
    paths
        .into_iter()
        .filter_map(|path| Some((path.to_str()?.to_owned(), identity(&path)?)))
        .collect()
}

/// Of a character device, seen through symbolic links; nothing else is a port.
fn identity(path: &Path) -> Option<(u64, u64)> {
    let hidden = path.file_name()?.to_str()?.starts_with('.');
    let meta = fs::metadata(path).ok()?;
    (!hidden && meta.file_type().is_char_device()).then(|| (meta.rdev(), meta.ino()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn config(place: String) -> PortConfig {
        PortConfig {
            place,
            ..PortConfig::default()
        }
    }

    #[test]
    fn only_devices_are_ports_and_each_once() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("notes.txt"), "no port").unwrap();
        symlink("/dev/null", at("station-1-shelf")).unwrap();
        symlink("/dev/zero", at(".hidden")).unwrap();
        symlink("/nowhere", at("dangling")).unwrap();
        let place = folder.path().display().to_string();
        let found = find(&[
            config(place.clone()),
            config(format!("{place}/station-*")),
            config("tcp:a:1".into()),
        ]);
        let names: Vec<&str> = found.keys().map(|name| name.rsplit('/').next().unwrap()).collect();
        assert_eq!(names, ["station-1-shelf", "tcp:a:1"]);
        assert_eq!(found.values().next().unwrap().config.place, place);
    }

    #[test]
    fn another_device_at_the_same_place_is_another_port() {
        let folder = tempfile::tempdir().unwrap();
        let (link, configs) = (folder.path().join("p"), [config(folder.path().display().to_string())]);
        symlink("/dev/null", &link).unwrap();
        let first = find(&configs);
        fs::remove_file(&link).unwrap();
        assert!(find(&configs).is_empty());
        symlink("/dev/zero", &link).unwrap();
        assert_ne!(find(&configs), first);
    }
}
