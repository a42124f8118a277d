//! What stays of a run: papers, ledger, events.

use askama::Template;

use super::station::RunHead;
use crate::locale::Words;
use crate::papers::PaperView;
use crate::web::Frame;

/// A paper in the list.
#[derive(Clone, Debug, Default)]
pub struct PaperRow {
    /// Number.
    pub number: String,
    /// What it is.
    pub kind: String,
    /// What it is about.
    pub about: String,
    /// State.
    pub state: String,
    /// Style of the state.
    pub class: &'static str,
    /// When and by whom it was made.
    pub made: String,
}

/// All papers of a run.
#[derive(Template)]
#[template(path = "papers.html")]
pub struct PapersPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Which run.
    pub run: RunHead,
    /// Papers.
    pub rows: Vec<PaperRow>,
}

/// One paper.
#[derive(Template)]
#[template(path = "paper.html")]
pub struct PaperPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Which run.
    pub run: RunHead,
    /// The form.
    pub paper: PaperView,
    /// Its number as Code 128.
    pub barcode: String,
    /// State.
    pub state: String,
    /// Style of the state.
    pub state_class: &'static str,
    /// Why it was sent back.
    pub remark: String,
    /// As whom the reader may sign: name in the rules, name for people.
    pub to_sign: Vec<(String, String)>,
    /// Whether the reader may accept it or send it back.
    pub may_judge: bool,
    /// Whether it is the work log and may be written.
    pub is_log: bool,
    /// What the log says.
    pub log_text: String,
}

/// One balance.
#[derive(Clone, Debug, Default)]
pub struct BalanceRow {
    /// Where.
    pub location: String,
    /// What.
    pub goods: String,
    /// Of which lot.
    pub lot: String,
    /// How many, with unit.
    pub quantity: String,
    /// Of these promised.
    pub reserved: String,
}

/// One movement.
#[derive(Clone, Debug, Default)]
pub struct MovementRow {
    /// The act it came of.
    pub act: i64,
    /// When.
    pub time: String,
    /// What.
    pub goods: String,
    /// Of which lot.
    pub lot: String,
    /// From where.
    pub from: String,
    /// To where.
    pub to: String,
    /// How many, with unit.
    pub quantity: String,
}

/// What the check of the ledger found.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// Whether all agrees.
    pub holds: bool,
    /// In words.
    pub text: String,
}

/// The stock ledger.
#[derive(Template)]
#[template(path = "ledger.html")]
pub struct LedgerPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Which run.
    pub run: RunHead,
    /// Goods to filter by: code and name.
    pub goods: Vec<(String, String)>,
    /// Goods shown; empty for all.
    pub filter_sku: String,
    /// Location shown; empty for all.
    pub filter_location: String,
    /// What the check found, where it was asked for.
    pub proof: Option<Proof>,
    /// Balances.
    pub balances: Vec<BalanceRow>,
    /// Movements, newest first.
    pub movements: Vec<MovementRow>,
}

/// One act.
#[derive(Clone, Debug, Default)]
pub struct EventRow {
    /// Number.
    pub no: i64,
    /// When.
    pub time: String,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// Style.
    pub class: &'static str,
    /// Mark.
    pub mark: &'static str,
    /// What was said.
    pub said: String,
}

/// Everything that happened in a run.
#[derive(Template)]
#[template(path = "events.html")]
pub struct EventsPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// Which run.
    pub run: RunHead,
    /// Acts, newest first.
    pub rows: Vec<EventRow>,
    /// Number of the work log.
    pub log_paper: Option<String>,
}
