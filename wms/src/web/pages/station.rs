//! The station's screen: one thing to do now, the shelf as it shines, one sentence about the last act.

use askama::Template;

use crate::labels::code128;
use crate::locale::Words;
use crate::web::Frame;

/// A run as pages name it.
#[derive(Clone, Debug, Default)]
pub struct RunHead {
    /// Number.
    pub id: i64,
    /// Name of the scenario.
    pub scenario: String,
    /// Name of the station.
    pub station: String,
    /// Name of the group.
    pub group: String,
    /// When it began.
    pub started_at: i64,
    /// Number of its last act.
    pub last_act: i64,
    /// Whether all is done.
    pub done: bool,
}

/// What to do now.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// Verb and how far (`拣货 · 4 / 9 行`).
    pub verb: String,
    /// Place; the biggest word. Empty where the task has none.
    pub place: String,
    /// Goods.
    pub goods: String,
    /// Code, lot, rule.
    pub detail: String,
    /// How many; empty where it is not said (blind count).
    pub quantity: String,
    /// Of what.
    pub unit: String,
    /// What the hands do, for who does it the first time.
    pub hint: String,
}

/// A line of what follows or is done.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Mark (→ ✓ 短).
    pub mark: String,
    /// Its style: `right`, `wait`, or none.
    pub class: &'static str,
    /// What.
    pub text: String,
    /// How many.
    pub quantity: String,
}

/// One position of the shelf.
#[derive(Clone, Debug, Default)]
pub struct Slot {
    /// Level and slot (`02-03`).
    pub label: String,
    /// Style of its light: `a` … `d`, `done`, `wrong`, `wait`, or none.
    pub light: &'static str,
    /// Letter or word of that light, for who does not tell colours.
    pub letter: String,
    /// How it shines: `blink`, `fast`, or none.
    pub mode: &'static str,
    /// What its digits say.
    pub digits: String,
    /// Whether it does not answer.
    pub dead: bool,
}

/// What was said about the last act.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Number of the act.
    pub act: i64,
    /// `right`, `wrong`, `stored`, or `plain` where nothing was judged.
    pub verdict: &'static str,
    /// Mark.
    pub mark: &'static str,
    /// What it was, and what it should have been.
    pub headline: String,
    /// What to do now.
    pub advice: String,
}

/// A button that does what its barcode does.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// What it says.
    pub label: String,
    /// What its barcode says.
    pub code: String,
    /// The one to press next.
    pub primary: bool,
}

impl Command {
    /// Its barcode.
    pub fn barcode(&self) -> String {
        code128::svg(&self.code, 40)
    }
}

/// A stage of the drill.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// Name.
    pub name: String,
    /// `done`, `now` or `later`.
    pub state: &'static str,
}

/// Devices of the station.
#[derive(Clone, Debug, Default)]
pub struct Health {
    /// Style of its chip.
    pub class: &'static str,
    /// What it says.
    pub text: String,
}

/// The page.
#[derive(Template)]
#[template(path = "station.html")]
pub struct StationPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Now, by the server's clock.
    pub now: i64,
    /// Which run.
    pub run: RunHead,
    /// All stages.
    pub stages: Vec<Stage>,
    /// What to do now.
    pub task: Task,
    /// Levels from the top.
    pub shelf: Vec<Vec<Slot>>,
    /// What follows.
    pub next: Vec<Line>,
    /// What is done, newest first.
    pub done: Vec<Line>,
    /// About the last act.
    pub said: Said,
    /// Devices.
    pub health: Health,
    /// Buttons.
    pub commands: Vec<Command>,
}
