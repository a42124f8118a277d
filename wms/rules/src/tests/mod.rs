//! The rules, act by act, without a database.

mod bad_input;
mod codes;
mod doubles;
mod drill;
mod judged;
mod mended;
mod pressed;
mod random;
mod truthful;
mod weighed;

use uplink::Key;

use crate::act::{Act, Actor, Event, Mark, Words};
use crate::change::Change;
use crate::core::crew::Role;
use crate::core::paper::{Paper, PaperKind, PaperState};
use crate::decide::decide;
use crate::played::{Played, changed, person, zh};
use crate::run::{RunState, Step};
use crate::scenario::Scenario;
