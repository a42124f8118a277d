//! Where people's own words stand in an act and in what came of it. On disk they stand apart, so that one person's can be
//! erased without a row of the chain being changed.

use crate::areas::Change;
use crate::core::act::Act;
use crate::core::ground;
use crate::core::sentence::{Particular, Sentence};
use crate::event::Event;
use crate::inbound;

/// The sentence that carries a reason in somebody's own words, and the name of its particular.
const GIVEN: (&str, &str) = ("receive.reason_given", "text");

/// Shows every text in people's own words of an act to `visit`, which may put another in its place; always in the same order.
pub fn texts(event: &mut Event, visit: &mut impl FnMut(&mut String)) {
    match &mut event.act {
        Act::RecordShort { reason: text, .. } | Act::WriteLog { text } | Act::Judge { remark: text, .. } => visit(text),
        Act::Open
        | Act::Scan { .. }
        | Act::Key { .. }
        | Act::Weight { .. }
        | Act::Printed { .. }
        | Act::Reprint { .. }
        | Act::Sign { .. }
        | Act::HandIn { .. }
        | Act::Close => {}
    }
    for change in &mut event.changes {
        match change {
            Change::Ground(ground::Change::PaperMoved { remark: text, .. } | ground::Change::LogWritten { text }) => {
                visit(text);
            }
            Change::Ground(ground::Change::Noted { what, .. }) => said(what, visit),
            Change::Inbound(inbound::Change::LineDone {
                difference: Some(difference),
                ..
            }) => said(difference, visit),
            Change::Ground(_) | Change::Inbound(_) | Change::Outbound(_) => {}
        }
    }
    if let Some(words) = &mut event.words {
        said(&mut words.was, visit);
        words.then.iter_mut().for_each(|then| said(then, visit));
    }
}

fn said(sentence: &mut Sentence, visit: &mut impl FnMut(&mut String)) {
    let is_given = sentence.key == GIVEN.0;
    for (name, particular) in &mut sentence.with {
        match particular {
            Particular::Text(text) if is_given && name == GIVEN.1 => visit(text),
            Particular::Text(_) => {}
            Particular::Sentence(inner) => said(inner, visit),
        }
    }
}
