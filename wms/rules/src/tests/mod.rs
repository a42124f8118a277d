//! The rules, act by act, without a database.

mod bad_input;
mod codes;
mod doubles;
mod drill;
mod judged;
mod mended;
mod own_words;
mod pressed;
mod random;
mod truthful;
mod weighed;

use uplink::Key;

use crate::areas::Change;
use crate::core::act::{Act, Actor};
use crate::core::crew::Role;
use crate::core::paper::{Paper, PaperKind, PaperState};
use crate::core::scenario::Scenario;
use crate::core::words::{Mark, Words};
use crate::decide::decide;
use crate::event::Event;
use crate::played::{Played, changed, person, zh};
use crate::run::{RunState, Step};
