//! The gateway's configuration: one TOML file, `gateway.example.toml` with comments, or flags for a quick start.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use device_profiles::{Fault, Part, Problem, Source};
use link::{bus::BusTiming, master::Line};
use serde::Deserialize;

use crate::words::Lang;

/// Everything that can be set.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Language of messages that go into logs and to the WMS.
    #[serde(default)]
    pub language: Lang,
    /// Folder for the outbox and the gateway's name.
    pub data: PathBuf,
    /// The WMS.
    pub wms: WmsConfig,
    /// What waits for the WMS.
    #[serde(default)]
    pub outbox: OutboxConfig,
    /// The local status port.
    #[serde(default)]
    pub status: StatusConfig,
    /// Where devices are looked for.
    #[serde(default)]
    pub ports: Vec<PortConfig>,
    /// A folder of further device profiles.
    #[serde(default)]
    pub profiles: Option<PathBuf>,
}

/// The WMS.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WmsConfig {
    /// `ws://host:port/uplink`.
    pub url: String,
    /// Enrolment key, from the WMS's devices page.
    pub key: String,
}

/// The local status port.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusConfig {
    /// Address of `/metrics` and `/status`; port 0 takes a free one.
    pub listen: SocketAddr,
}

impl Default for StatusConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 9464)),
        }
    }
}

/// What waits for the WMS.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutboxConfig {
    /// Events on disk, 1,000 to 1,000,000; beyond it nodes keep theirs. One takes some 430 bytes of memory and 250 of disk.
    pub most_events: usize,
}

impl Default for OutboxConfig {
    fn default() -> Self {
        Self { most_events: 100_000 }
    }
}

/// Where devices are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortConfig {
    /// A device file, a folder, a pattern with `*`, or `tcp:host:port`.
    pub place: String,
    /// Speed in baud; USB and pseudo terminals take no notice of it.
    #[serde(default = "usual_baud")]
    pub baud: u32,
    /// Whether a plain RS-485 adapter with several nodes hangs there, which the gateway itself polls.
    #[serde(default)]
    pub bus: bool,
}

fn usual_baud() -> u32 {
    115_200
}

impl PortConfig {
    /// For a place given as a flag.
    #[must_use]
    pub fn of_place(place: String) -> Self {
        Self {
            place,
            baud: usual_baud(),
            bus: false,
        }
    }

    /// The line its master speaks on.
    #[must_use]
    pub fn line(&self) -> Line {
        if self.bus {
            Line::Bus(BusTiming::adapter(self.baud))
        } else {
            Line::Duplex
        }
    }
}

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    /// The first thing wrong with it, and where.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let file = path.display().to_string();
        let text = text_file::read(path).map_err(|error| Fault::unread(&file, error))?;
        Self::parse(&file, &text)
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// The first thing wrong with it, and where.
    pub fn parse(file: &str, text: &str) -> Result<Self, Fault> {
        let source = Source::new(file, text);
        let config: Self = source.read()?;
        if let Err((path, value, allowed)) = config.check() {
            return Err(source.fault_at(
                &path,
                Problem::OutOfRange {
                    value,
                    allowed: allowed.to_owned(),
                },
            ));
        }
        Ok(config)
    }

    fn check(&self) -> Result<(), (Vec<Part>, String, &'static str)> {
        if !is_websocket(&self.wms.url) {
            return Err((
                vec![Part::Key("wms"), Part::Key("url")],
                self.wms.url.clone(),
                "ws://host:port/uplink",
            ));
        }
        if self.wms.key.trim().is_empty() {
            return Err((
                vec![Part::Key("wms"), Part::Key("key")],
                String::new(),
                "WMS → 设备 · Devices",
            ));
        }
        if !(1_000..=1_000_000).contains(&self.outbox.most_events) {
            return Err((
                vec![Part::Key("outbox"), Part::Key("most_events")],
                self.outbox.most_events.to_string(),
                "1000–1000000",
            ));
        }
        for (index, port) in self.ports.iter().enumerate() {
            let at = |key| vec![Part::Key("ports"), Part::At(index), Part::Key(key)];
            if !is_place(&port.place) {
                return Err((at("place"), port.place.clone(), "/dev/… | /dev/…* | tcp:host:port"));
            }
            if !(1_200..=3_000_000).contains(&port.baud) {
                return Err((at("baud"), port.baud.to_string(), "1200–3000000"));
            }
        }
        Ok(())
    }
}

/// Whether this is where a WMS may be.
#[must_use]
pub fn is_websocket(url: &str) -> bool {
    url.strip_prefix("ws://")
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
}

/// Whether this names places for ports.
#[must_use]
pub fn is_place(place: &str) -> bool {
    if let Some(address) = place.strip_prefix("tcp:") {
        let port = address
            .rsplit_once(':')
            .and_then(|(host, port)| Some((host, port.parse::<u16>().ok()?)));
        return port.is_some_and(|(host, port)| !host.is_empty() && port > 0);
    }
    !place.is_empty() && glob::Pattern::new(place).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../gateway.example.toml");

    #[test]
    fn the_example_is_read_and_says_what_is_used_when_nothing_is_said() {
        let config = Config::parse("gateway.example.toml", EXAMPLE).unwrap();
        assert_eq!(config.status, StatusConfig::default());
        assert_eq!(config.outbox, OutboxConfig::default());
        assert!(config.ports.iter().any(|port| port.bus && port.baud == 250_000));
    }

    #[test]
    fn p8_a_configuration_in_another_encoding_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gateway.toml");
        let text = format!("{EXAMPLE}\n# 中文\n");
        let chinese = text.lines().position(|line| !line.is_ascii()).unwrap() + 1;
        let gb18030 = encoding_rs::GB18030.encode(&text).0.into_owned();
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, name, line) in [(gb18030, "GB18030", chinese), (utf16, "UTF-16", 1)] {
            std::fs::write(&path, bytes).unwrap();
            let fault = Config::read(&path).unwrap_err();
            assert_eq!(fault.line, line);
            for lang in [Lang::Zh, Lang::En] {
                let said = crate::words::fault_text(&fault).say(lang);
                assert!(
                    said.contains(name) && said.contains("UTF-8") && !said.contains("权限"),
                    "{said}"
                );
            }
        }
        std::fs::write(&path, format!("\u{feff}{text}")).unwrap();
        Config::read(&path).unwrap();
    }

    #[test]
    fn faults_name_line_and_field() {
        for (from, to, field) in [
            ("language", "langauge", "langauge"),
            ("ws://", "http://", "http://"),
            ("baud = 250_000", "baud = 99", "99"),
            ("tcp:192.168.1.50:4001", "tcp:192.168.1.50", "tcp:192.168.1.50"),
            ("bus = true", "bus = 1", "integer"),
            ("most_events = 100_000", "most_events = 5", "1000–1000000"),
        ] {
            assert!(EXAMPLE.contains(from), "{from}");
            let fault = Config::parse("g.toml", &EXAMPLE.replacen(from, to, 1)).unwrap_err();
            assert!(fault.line > 0 && fault.excerpt.contains(to), "{fault:?}");
            assert!(fault.to_string().contains(field), "{fault}");
        }
    }
}
