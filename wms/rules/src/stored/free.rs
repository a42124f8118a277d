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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::crew::Role;
    use crate::core::paper::PaperKind;
    use crate::played::{Played, person};

    const OWN: &str = "ownwordsofmine";

    /// Whatever a person writes is found wherever it comes to stand.
    #[test]
    fn no_text_in_own_words_is_overlooked() {
        let mut played = Played::begin();
        played.right("CMD-CONFIRM");
        let short = Act::RecordShort {
            sku: "RY003".into(),
            reason: OWN.into(),
        };
        played.act_by(short, person(Role::Student));
        let mut played = played.events;
        let mut again = Played::begin();
        again.until_wave();
        let number = again
            .run
            .ground
            .paper(PaperKind::Receipt, None)
            .expect("made")
            .number
            .clone();
        let judge = Act::Judge {
            number,
            accept: false,
            remark: OWN.into(),
        };
        again.act_by(judge, person(Role::Instructor));
        again.pick();
        // A unit that is not there at the check, with a reason.
        let order = again.run.outbound.orders[0].clone();
        again.right(&order.number);
        let short = Act::RecordShort {
            sku: order.lines[0].sku.clone(),
            reason: OWN.into(),
        };
        again.act_by(short, person(Role::Student));
        played.extend(again.events);
        let mut last = Played::begin();
        last.until_wave();
        last.pick();
        last.check_and_weigh();
        for number in ["CK-0001", "CK-0002", "CK-0003"] {
            last.right(number);
        }
        last.write_log(OWN);
        played.extend(last.events);
        let with = |event: &Event| serde_json::to_string(event).expect("JSON").contains(OWN);
        assert_eq!(played.iter().filter(|event| with(event)).count(), 4);
        for mut event in played {
            texts(&mut event, &mut |text| *text = "0:hash".into());
            assert!(!with(&event), "{event:?}");
        }
    }
}
