//! What pages and papers say of a run is true of it.

use rules::core::clock::Zone;
use rules::core::paper::PaperKind;
use rules::locale::Lang;
use rules::played::{Played, zh};
use rules::{Act, RunState, Step};
use uplink::PrintOutcome;

use super::{forms, station, task};
use crate::identity::Names;

/// What was queued is not called printed, neither on the screen nor on paper.
#[test]
fn w11_a_label_is_called_printed_when_it_is() {
    let mut played = Played::begin();
    played.until_wave();
    played.pick();
    played.right("CK-0001");
    for line in Vec::clone(&played.run.outbound.orders[0].lines) {
        for _ in 0..line.picked() {
            let unit = played.unit(&line.sku);
            played.right(&unit);
        }
    }
    let grams = rules::outbound::computed_grams(&played.run.shipping(), 0) as i32;
    let words = zh(&played.weigh(grams));
    assert!(words.contains("标签印出来就贴上"), "{words}");
    let remarks = |run: &RunState| {
        let paper = run.ground.paper(PaperKind::OutboundOrder, Some(0)).expect("made");
        let shown = forms::Shown {
            w: Lang::Zh.words(),
            zone: &Zone::default(),
            names: &Names::default(),
        };
        forms::view(run, paper, &shown).remarks.concat()
    };
    assert!(!remarks(&played.run).contains("标签已打印"), "{}", remarks(&played.run));
    let job = played.run.ground.labels.last().expect("queued").job;
    played.act(Act::Printed {
        job,
        outcome: PrintOutcome::Done,
    });
    assert!(remarks(&played.run).contains("标签已打印"), "{}", remarks(&played.run));
}

/// What the task's hint promises is there: the receipt is made when it is handed in, the label names no location.
#[test]
fn w11_hints_promise_what_is_there() {
    let w = Lang::Zh.words();
    let mut played = Played::begin();
    played.receive();
    assert_eq!(played.run.step(), Step::Label);
    let hint = task::task(&played.run, w).hint;
    played.right("CMD-NEXT");
    let label = serde_json::to_string(&played.run.ground.labels[0].spec).expect("json");
    let placed = played.run.inbound.lines[0].placed.clone().expect("placed");
    assert!(label.contains(&placed.location) || !hint.contains("标签会写"), "{hint}");
    for line in played.run.inbound.lines.clone() {
        let placed = line.placed.expect("placed");
        played.right(&placed.location);
        played.right(&placed.lpn);
    }
    assert_eq!(played.run.step(), Step::Receipt);
    let hint = task::task(&played.run, w).hint;
    assert!(
        played.run.ground.paper(PaperKind::Receipt, None).is_some() || !hint.contains("已自动填好"),
        "{hint}"
    );
}

/// The second time in a row is told in the headline, the first and another between are not.
#[test]
fn s6_a_repeat_s_headline_says_how_often() {
    let mut played = Played::begin();
    let code = |code: &str| Act::Scan {
        code: code.into(),
        aim: None,
        seen: None,
    };
    played.act_after(code("4712"), 5_000);
    played.act_after(code("4711"), 5_000);
    let said = station::said(&played.run, Lang::Zh.words());
    assert!(!said.headline.contains("第"), "{}", said.headline);
    played.act_after(code("4711"), 5_000);
    let said = station::said(&played.run, Lang::Zh.words());
    assert!(said.headline.starts_with("第 2 次"), "{}", said.headline);
}
