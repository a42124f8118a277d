//! What is kept apart of an act.

use super::*;
use crate::stored::free::texts;

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
    // Handed in again: the teacher's words are not the student's, and stand in no act of theirs.
    let receipt = again.run.ground.paper(PaperKind::Receipt, None).expect("made").clone();
    let number = receipt.number.clone();
    again.act_by(Act::HandIn { number }, person(Role::Student));
    let receipt = again.run.ground.paper(PaperKind::Receipt, None).expect("made");
    assert_eq!(receipt.remark, OWN, "it stays on the paper until it is judged anew");
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
