//! Which places there are now.

use std::{
    collections::{BTreeMap, BTreeSet},
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
    /// Which device file lies behind it (device number, inode); 0 for TCP.
    identity: (u64, u64),
}

/// All places, by name. A place that several entries name belongs to the first. One device is one port, however many names
/// it has: under the one it is `open` by, else under the first entry's first.
#[must_use]
pub fn find(configs: &[PortConfig], open: &BTreeSet<String>) -> BTreeMap<String, Found> {
    let mut all = BTreeMap::new();
    let mut named: BTreeMap<u64, String> = BTreeMap::new();
    for config in configs {
        for (name, identity) in places(&config.place) {
            if all.contains_key(&name) {
                continue;
            }
            // TCP has no device.
            if identity.0 != 0 {
                match named.get(&identity.0) {
                    Some(other) if open.contains(other) || !open.contains(&name) => continue,
                    Some(other) => {
                        all.remove(other);
                    }
                    None => {}
                }
                named.insert(identity.0, name.clone());
            }
            let config = config.clone();
            all.insert(name, Found { config, identity });
        }
    }
    all
}

fn places(place: &str) -> Vec<(String, (u64, u64))> {
    if place.starts_with("tcp:") {
        return vec![(place.to_owned(), (0, 0))];
    }
    let path = Path::new(place);
    let mut paths: Vec<PathBuf> = if path.is_dir() {
        fs::read_dir(path)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect()
    } else {
        // A pattern with a fault in it is refused when the configuration is read.
        glob::glob(place).into_iter().flatten().filter_map(Result::ok).collect()
    };
    // A folder gives them as it likes.
    paths.sort();
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
        let found = find(
            &[
                config(place.clone()),
                config(format!("{place}/station-*")),
                config("tcp:a:1".into()),
                config("tcp:b:1".into()),
            ],
            &BTreeSet::new(),
        );
        let names: Vec<&str> = found.keys().map(|name| name.rsplit('/').next().unwrap()).collect();
        assert_eq!(names, ["station-1-shelf", "tcp:a:1", "tcp:b:1"]);
        assert_eq!(found.values().next().unwrap().config.place, place);
    }

    #[test]
    fn another_device_at_the_same_place_is_another_port() {
        let folder = tempfile::tempdir().unwrap();
        let (link, configs) = (folder.path().join("p"), [config(folder.path().display().to_string())]);
        symlink("/dev/null", &link).unwrap();
        let none = BTreeSet::new();
        let first = find(&configs, &none);
        fs::remove_file(&link).unwrap();
        assert!(find(&configs, &none).is_empty());
        symlink("/dev/zero", &link).unwrap();
        assert_ne!(find(&configs, &none), first);
    }

    #[test]
    fn w10_a_device_with_two_names_is_one_port() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let names = |configs: &[PortConfig], open: &[&str]| -> Vec<String> {
            let open = open.iter().map(|name| at(name)).collect();
            let found = find(configs, &open).into_keys();
            found.map(|name| name.rsplit('/').next().unwrap().to_owned()).collect()
        };
        symlink("/dev/null", at("by-id")).unwrap();
        symlink("/dev/null", at("by-path")).unwrap();
        symlink("/dev/zero", at("other")).unwrap();
        let folders = [config(folder.path().display().to_string())];
        assert_eq!(names(&folders, &[]), ["by-id", "other"]);
        // The one it is open by stays, whatever else comes.
        assert_eq!(names(&folders, &["by-path"]), ["by-path", "other"]);
        // A name as it is and a folder that holds it by another.
        let two = [config("/dev/null".into()), folders[0].clone()];
        assert_eq!(names(&two, &[]), ["null", "other"]);
        fs::remove_file(at("by-id")).unwrap();
        assert_eq!(names(&folders, &[]), ["by-path", "other"]);
    }
}
