//! The technician's page: every device, and what to do first.

use askama::Template;

use super::{Choice, Need};
use crate::locale::Words;
use crate::web::Frame;

/// One device.
#[derive(Clone, Debug, Default)]
pub struct DeviceRow {
    /// Its name.
    pub id: String,
    /// What it is.
    pub kind: String,
    /// Stations, its own chosen.
    pub stations: Vec<Choice>,
    /// Style of its state.
    pub state_class: &'static str,
    /// State.
    pub state: String,
    /// When it last answered.
    pub last: String,
    /// Firmware.
    pub firmware: String,
    /// Frames sent again.
    pub resent: u64,
    /// Events not yet committed.
    pub pending: u64,
    /// How far the last thing it was told has come.
    pub told: String,
    /// Whether it can test itself.
    pub tests: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "devices.html")]
pub struct DevicesPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Now, by the server's clock.
    pub now: i64,
    /// How many gateways and devices.
    pub summary: String,
    /// All devices.
    pub rows: Vec<DeviceRow>,
    /// What to do first.
    pub todo: Vec<Need>,
    /// The key with which gateways enrol.
    pub key: String,
}
