//! Labels: what their printing came to, and printing them again.

use uplink::PrintOutcome;

use crate::area::Decision;
use crate::core::codes;
use crate::core::ground::{self, Ground, Label};
use crate::core::sentence::Sentence;
use crate::core::words::{NOW, Words};

/// A label came out, or waits.
pub(crate) fn printed(ground: &Ground, job: u32, outcome: PrintOutcome) -> Decision<ground::Change> {
    let Some(label) = ground.labels.iter().find(|label| label.job == job) else {
        return Decision::default();
    };
    if label.outcome == Some(outcome) || label.outcome == Some(PrintOutcome::Done) {
        return Decision::default();
    }
    let code = label.spec.barcode();
    let words = match outcome {
        // Who was told that it waits is told that it came.
        PrintOutcome::Done if label.outcome.is_some() => {
            let waits = |other: &&Label| other.job != job && !matches!(other.outcome, None | Some(PrintOutcome::Done));
            let then = match ground.labels.iter().filter(waits).count() {
                0 => Sentence::new(NOW),
                rest => Sentence::new("print.out_rest").with("rest", rest),
            };
            return Decision {
                changes: vec![ground::Change::LabelState { job, outcome }],
                words: Some(Words::right(Sentence::new("print.out").with("code", code)).then(then)),
            };
        }
        PrintOutcome::Done => None,
        PrintOutcome::PaperOut => Some((Sentence::new("print.paper_out"), Sentence::new("print.paper_out_then"))),
        PrintOutcome::CoverOpen => Some((
            Sentence::new("print.cover_open"),
            Sentence::new("print.cover_open_then"),
        )),
        PrintOutcome::HeadHot => Some((Sentence::new("print.head_hot"), Sentence::new("print.head_hot_then"))),
        PrintOutcome::Damaged => Some((Sentence::new("print.damaged"), Sentence::new("print.damaged_then"))),
    };
    // A label that waits is nobody's mistake.
    let words = words.map(|(was, then)| Words::waiting(was.with("code", code)).then(then));
    Decision {
        changes: vec![ground::Change::LabelState { job, outcome }],
        words,
    }
}

/// A label is printed again, under a number of its own: printer and gateway do a number once.
pub(crate) fn reprint(ground: &Ground, barcode: &str) -> Decision<ground::Change> {
    let Some(label) = ground
        .labels
        .iter()
        .rfind(|label| codes::same(label.spec.barcode(), barcode))
    else {
        return Decision::only(Words::wrong(Sentence::new("print.no_label").with("code", barcode)).then_now());
    };
    if !ground.may_reprint() {
        return Decision::only(Words::wrong(Sentence::new("print.no_more")).then(Sentence::new("print.no_more_then")));
    }
    Decision {
        changes: vec![ground::Change::LabelQueued {
            job: ground.next_job(0),
            label: label.spec.clone(),
        }],
        words: Some(Words::right(Sentence::new("print.again").with("code", barcode)).then_now()),
    }
}
