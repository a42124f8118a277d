//! What people do with papers: hand in, sign, accept, send back, write the log.

use crate::area;
use crate::core::act::Actor;
use crate::core::crew::{By, Role};
use crate::core::ground::{Change, Ground};
use crate::core::paper::{Paper, PaperKind, PaperState};
use crate::core::sentence::Sentence;
use crate::core::words::Words;

/// What is decided about papers.
type Decision = area::Decision<Change>;

/// Longest text on a paper, in characters; what is longer is cut.
const LONGEST: usize = 2000;

fn handed_in(number: &str) -> Change {
    Change::PaperMoved {
        number: number.to_owned(),
        state: PaperState::Submitted,
        remark: String::new(),
    }
}

/// The receipt is made from what was counted and handed in, and the notice with it. `wave_waits`: orders come next.
pub(crate) fn submit_receipt(ground: &Ground, wave_waits: bool, by: &By, at: i64) -> Decision {
    let number = ground.next_number(PaperKind::Receipt, 0);
    let signed = |number: &str, as_whom: &str| Change::Signed {
        number: number.to_owned(),
        as_whom: as_whom.to_owned(),
        by: by.clone(),
        at,
    };
    let made = Change::PaperMade {
        number: number.clone(),
        kind: PaperKind::Receipt,
        order: None,
        by: by.clone(),
        at,
    };
    let mut changes = vec![made, handed_in(&number), signed(&number, "receiver")];
    if let Some(notice) = ground.paper(PaperKind::InboundNotice, None) {
        changes.push(handed_in(&notice.number));
        changes.push(signed(&notice.number, "keeper"));
    }
    let words = Words::right(Sentence::new("receive.submitted").with("number", number));
    let words = if wave_waits {
        words.then(Sentence::new("receive.submitted_then"))
    } else {
        words.then_after()
    };
    Decision {
        changes,
        words: Some(words),
    }
}

/// A paper is signed, once by each who should.
pub(crate) fn sign(ground: &Ground, number: &str, as_whom: &str, actor: &Actor, at: i64) -> Decision {
    let Some(paper) = ground.papers.iter().find(|paper| paper.number == number) else {
        return Decision::only(Words::wrong(Sentence::new("signing.no_paper").with("number", number)));
    };
    let Actor::Person { id, role } = actor else {
        return Decision::only(Words::wrong(Sentence::new("signing.no_person")));
    };
    let as_teacher = as_whom == "teacher";
    if !paper.kind.signers().contains(&as_whom) || as_teacher != (*role == Role::Instructor) {
        return Decision::only(Words::wrong(Sentence::new("signing.not_you").with("number", number)));
    }
    if paper.signatures.iter().any(|signed| signed.as_whom == as_whom) {
        return Decision::only(Words::wrong(Sentence::new("signing.already").with("number", number)));
    }
    let signed = Change::Signed {
        number: number.to_owned(),
        as_whom: as_whom.to_owned(),
        by: By::Person { id: *id },
        at,
    };
    let was = Sentence::new("signing.signed").with("number", number);
    Decision {
        changes: vec![signed],
        words: Some(Words::right(was)),
    }
}

/// The teacher accepts a paper that was handed in, or sends it back with a reason.
pub(crate) fn judge(ground: &Ground, number: &str, accept: bool, remark: &str, actor: &Actor) -> Decision {
    let Some(paper) = ground.papers.iter().find(|paper| paper.number == number) else {
        return Decision::only(Words::wrong(Sentence::new("signing.no_paper").with("number", number)));
    };
    if !matches!(
        actor,
        Actor::Person {
            role: Role::Instructor,
            ..
        }
    ) {
        return Decision::only(Words::wrong(Sentence::new("signing.not_you").with("number", number)));
    }
    if !matches!(paper.state, PaperState::Submitted | PaperState::Returned) {
        return Decision::only(Words::wrong(
            Sentence::new("judge.not_handed_in").with("number", number),
        ));
    }
    let remark: String = remark.trim().chars().take(LONGEST).collect();
    if accept && !remark.is_empty() {
        // Who writes why it goes back does not mean to accept it.
        return Decision::only(
            Words::wrong(Sentence::new("judge.remark_and_accept").with("number", number))
                .then(Sentence::new("judge.remark_and_accept_then")),
        );
    }
    if !accept && remark.is_empty() {
        return Decision::only(Words::wrong(Sentence::new("judge.why").with("number", number)));
    }
    let (state, remark, was) = if accept {
        (PaperState::Accepted, String::new(), Sentence::new("judge.accepted"))
    } else {
        (PaperState::Returned, remark, Sentence::new("judge.returned"))
    };
    Decision {
        changes: vec![Change::PaperMoved {
            number: number.to_owned(),
            state,
            remark,
        }],
        // What goes back is not done: no tick, and nobody's mistake on the floor.
        words: Some(if accept {
            Words::right(was.with("number", number))
        } else {
            Words::waiting(was.with("number", number))
        }),
    }
}

/// A paper that was sent back is handed in again by the group. Why it was sent back stays on it until it is judged anew.
pub(crate) fn hand_in(ground: &Ground, number: &str, actor: &Actor) -> Decision {
    let Some(paper) = ground.papers.iter().find(|paper| paper.number == number) else {
        return Decision::only(Words::wrong(Sentence::new("signing.no_paper").with("number", number)));
    };
    let is_student = matches!(
        actor,
        Actor::Person {
            role: Role::Student,
            ..
        }
    );
    if !is_student {
        return Decision::only(Words::wrong(Sentence::new("signing.not_you").with("number", number)));
    }
    if paper.state != PaperState::Returned {
        return Decision::only(Words::wrong(Sentence::new("judge.not_returned").with("number", number)));
    }
    Decision {
        changes: vec![handed_in(&paper.number)],
        words: Some(Words::right(
            Sentence::new("judge.handed_in_again").with("number", number),
        )),
    }
}

/// The log that was sent back, if it was.
pub(crate) fn returned_log(ground: &Ground) -> Option<&Paper> {
    ground
        .paper(PaperKind::WorkLog, None)
        .filter(|paper| paper.state == PaperState::Returned)
}

/// The work log is written, signed and handed in; once it was sent back, written anew and handed in again.
/// `is_due`: all else is done.
pub(crate) fn write_log(ground: &Ground, is_due: bool, text: &str, by: &By, at: i64) -> Decision {
    let returned = returned_log(ground);
    if !is_due && returned.is_none() {
        return Decision::only(Words::wrong(Sentence::new("log.not_now")).then_after());
    }
    let text: String = text.trim().chars().take(LONGEST).collect();
    if text.is_empty() {
        return Decision::only(
            Words::wrong(Sentence::new("log.needs_words")).then(Sentence::new("log.needs_words_then")),
        );
    }
    if let Some(paper) = returned {
        let was = Sentence::new("judge.handed_in_again").with("number", &paper.number);
        return Decision {
            words: Some(Words::right(was)),
            changes: vec![Change::LogWritten { text }, handed_in(&paper.number)],
        };
    }
    let number = ground.next_number(PaperKind::WorkLog, 0);
    let was = Sentence::new("log.written").with("number", &number);
    let words = Words::right(was).then(Sentence::new("drill.done_then"));
    // Of an order that had nothing to ship no parcel was handed over: its paper goes in with the log.
    let drafts = ground.papers.iter().filter(|paper| paper.state == PaperState::Draft);
    let mut changes: Vec<Change> = drafts.map(|paper| handed_in(&paper.number)).collect();
    changes.extend([
        Change::PaperMade {
            number: number.clone(),
            kind: PaperKind::WorkLog,
            order: None,
            by: by.clone(),
            at,
        },
        Change::LogWritten { text },
        Change::Signed {
            number: number.clone(),
            as_whom: "student".into(),
            by: by.clone(),
            at,
        },
        handed_in(&number),
    ]);
    Decision {
        changes,
        words: Some(words),
    }
}
