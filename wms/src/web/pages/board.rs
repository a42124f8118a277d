//! The instructor's board: all stations at a glance, and what needs the instructor.

use askama::Template;

use super::Need;
use super::station::Health;
use crate::locale::Words;
use crate::web::Frame;

/// One station.
#[derive(Clone, Debug, Default)]
pub struct StationCard {
    /// Number.
    pub station_id: i64,
    /// Name.
    pub station: String,
    /// Its run.
    pub run_id: Option<i64>,
    /// Group.
    pub group: String,
    /// What is being done.
    pub step: String,
    /// How far, from 0 to 100.
    pub percent: u8,
    /// When it began.
    pub started_at: i64,
    /// Whether all is done.
    pub done: bool,
    /// Acts that were wrong.
    pub errors: usize,
    /// Devices.
    pub health: Health,
    /// Style of its frame: `bad`, `cut`, or none.
    pub class: &'static str,
}

/// Something that just happened.
#[derive(Clone, Debug, Default)]
pub struct Latest {
    /// When (`10:21:44`).
    pub time: String,
    /// Which group.
    pub group: String,
    /// Style.
    pub class: &'static str,
    /// Mark.
    pub mark: &'static str,
    /// What.
    pub text: String,
}

/// The page.
#[derive(Template)]
#[template(path = "board.html")]
pub struct BoardPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Now, by the server's clock.
    pub now: i64,
    /// How many runs and stations.
    pub summary: String,
    /// Stations, always in the same order.
    pub cards: Vec<StationCard>,
    /// What needs the instructor, worst first.
    pub needs: Vec<Need>,
    /// Newest first.
    pub latest: Vec<Latest>,
}
