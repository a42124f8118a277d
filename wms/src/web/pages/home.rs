//! The first page: continue, begin, begin again.

use askama::Template;

use super::Choice;
use super::station::RunHead;
use crate::locale::Words;
use crate::web::Frame;

/// A run that is going on, or just ended.
#[derive(Clone, Debug, Default)]
pub struct RunCard {
    /// Which.
    pub run: RunHead,
    /// Its scenario's id.
    pub scenario_id: String,
    /// Its station's number.
    pub station_id: i64,
    /// Its group's number.
    pub group_id: i64,
    /// What is being done.
    pub step: String,
    /// How far, from 0 to 100.
    pub percent: u8,
}

/// A scenario to choose.
#[derive(Clone, Debug, Default)]
pub struct ScenarioCard {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Brief.
    pub brief: String,
}

/// The page.
#[derive(Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Now, by the server's clock.
    pub now: i64,
    /// The reader's runs.
    pub current: Vec<RunCard>,
    /// Whether they may begin one.
    pub may_start: bool,
    /// What can be begun.
    pub scenarios: Vec<ScenarioCard>,
    /// Where.
    pub stations: Vec<Choice>,
    /// By whom.
    pub groups: Vec<Choice>,
}
