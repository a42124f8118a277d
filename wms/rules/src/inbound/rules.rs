//! What may be done with a delivery, and what is said to it.

use std::collections::BTreeSet;

use super::put_away::suggest;
use super::{Change, Decided, Inbound, Line, Placed, Step};
use crate::area::{self, Decision, Desk};
use crate::core::label::LabelSpec;
use crate::core::plan::Location;
use crate::core::sentence::Sentence;
use crate::core::stock::{Movement, RECEIVING, SUPPLIER, Spot};
use crate::core::words::Words;
use crate::core::{codes, ground};

/// `RY003 牙膏 120g`
pub(super) fn called(desk: &Desk<'_, Inbound>, line: &Line) -> String {
    desk.ground.goods.called(&line.sku)
}

/// `2 箱`: whole cases where it comes out even, else units.
pub(super) fn in_cases(desk: &Desk<'_, Inbound>, line: &Line, units: i64) -> String {
    let per_case = desk.ground.goods.sku(&line.sku).map_or(1, |sku| sku.units_per_case);
    if units % per_case == 0 {
        format!("{}", units / per_case)
    } else {
        format!("{}+{}/{per_case}", units / per_case, units % per_case)
    }
}

pub(super) fn announced(desk: &Desk<'_, Inbound>, line: &Line) -> i64 {
    line.cases * desk.ground.goods.sku(&line.sku).map_or(1, |sku| sku.units_per_case)
}

/// A case or a unit of a delivery was scanned.
pub fn count(desk: &Desk<'_, Inbound>, sku: &str, units: i64) -> Decided {
    let Some((index, line)) = desk.own.lines.iter().enumerate().find(|(_, line)| line.sku == sku) else {
        return Decision::only(
            Words::wrong(Sentence::new("receive.not_announced").with("goods", desk.ground.goods.called(sku)))
                .then(Sentence::new("receive.not_announced_then")),
        );
    };
    let name = called(desk, line);
    if line.done {
        return Decision::only(
            Words::wrong(Sentence::new("receive.line_done").with("goods", name))
                .then(Sentence::new("receive.line_done_then")),
        );
    }
    let all = announced(desk, line);
    if units > all - line.units {
        return Decision::only(
            Words::wrong(
                Sentence::new("receive.over")
                    .with("goods", name)
                    .with("cases", line.cases),
            )
            .then(Sentence::new("receive.over_then")),
        );
    }
    let counted = line.units + units;
    let was = Sentence::new("receive.counted")
        .with("goods", name)
        .with("counted", in_cases(desk, line, counted))
        .with("cases", line.cases);
    let then = if counted == all {
        Sentence::new("receive.full")
    } else {
        Sentence::new("receive.go_on")
    };
    Decision {
        changes: vec![Change::Counted { line: index, units }.into()],
        words: Some(Words::right(was).then(then)),
    }
}

/// `CMD-CONFIRM`, or its button, while a delivery is worked on.
pub fn confirm(desk: &Desk<'_, Inbound>) -> Decided {
    match desk.own.step() {
        Some(Step::Notice) => Decision {
            changes: vec![Change::NoticeOpened.into()],
            words: Some(
                Words::right(Sentence::new("receive.opened").with("lines", desk.own.lines.len()))
                    .then(Sentence::new("receive.opened_then")),
            ),
        },
        Some(Step::Receive) => line_done(desk),
        Some(Step::Label) => print_labels(desk),
        _ => Decision::only(
            Words::waiting(Sentence::new("put_away.scan_first")).then(Sentence::new("put_away.scan_first_then")),
        ),
    }
}

fn line_done(desk: &Desk<'_, Inbound>) -> Decided {
    let Some((index, line)) = desk
        .own
        .counting()
        .and_then(|index| Some((index, desk.own.lines.get(index)?)))
    else {
        return Decision::default();
    };
    let all = announced(desk, line);
    if line.units != all {
        let was = Sentence::new("receive.differs")
            .with("goods", called(desk, line))
            .with("counted", in_cases(desk, line, line.units))
            .with("cases", line.cases);
        return Decision::only(Words::wrong(was).then(Sentence::new("receive.differs_then")));
    }
    end_line(desk, index, line, None)
}

/// A line is counted to its end: what came lies in the receiving area from now on.
pub(super) fn end_line(desk: &Desk<'_, Inbound>, index: usize, line: &Line, difference: Option<Sentence>) -> Decided {
    let mut changes = Vec::new();
    if line.units > 0 {
        changes.push(
            ground::Change::Moved(Movement {
                sku: line.sku.clone(),
                lot: line.lot.clone(),
                from: SUPPLIER.into(),
                to: RECEIVING.into(),
                quantity: line.units,
            })
            .into(),
        );
    }
    let was = match &difference {
        Some(reason) => Sentence::new("receive.short_recorded")
            .with("goods", called(desk, line))
            .with("missing", in_cases(desk, line, announced(desk, line) - line.units))
            .with_sentence("reason", reason.clone()),
        None => Sentence::new("receive.line_complete")
            .with("goods", called(desk, line))
            .with("cases", line.cases),
    };
    changes.push(
        Change::LineDone {
            line: index,
            difference,
        }
        .into(),
    );
    let rest = desk.own.lines.iter().filter(|line| !line.done).count() - 1;
    let words = Words::right(was);
    let words = match rest {
        0 if area::after(desk.own, &changes, Inbound::apply).step() == Some(Step::Label) => {
            words.then(Sentence::new("receive.all_done_then"))
        }
        // Where nothing came there is nothing to label.
        0 => words.then_after(),
        rest => words.then(Sentence::new("receive.next_line").with("rest", rest)),
    };
    Decision {
        changes,
        words: Some(words),
    }
}

/// One label for each line that came, with where it should go.
fn print_labels(desk: &Desk<'_, Inbound>) -> Decided {
    let mut changes = Vec::new();
    let mut given = BTreeSet::new();
    let mut count = 0;
    for (index, line) in desk.own.lines.iter().enumerate().filter(|(_, line)| line.units > 0) {
        let Some(sku) = desk.ground.goods.sku(&line.sku) else {
            continue;
        };
        let place = suggest(
            &desk.ground.scenario.floor,
            &desk.ground.stock,
            sku,
            &line.lot,
            line.units,
            &given,
        );
        let Some((location, reason)) = place else {
            return Decision::only(
                Words::wrong(Sentence::new("put_away.no_room").with("goods", called(desk, line)))
                    .then(Sentence::new("put_away.no_room_then")),
            );
        };
        given.insert(location.clone());
        let lpn = codes::licence_plate(desk.ground.head.id, index);
        changes.push(
            ground::Change::LabelQueued {
                job: desk.ground.next_job(count),
                label: LabelSpec::Goods {
                    lpn: lpn.clone(),
                    sku: sku.code.clone(),
                    name: sku.name.clone(),
                    lot: line.lot.clone(),
                    quantity: format!("{} {}", line.units, sku.unit),
                },
            }
            .into(),
        );
        changes.push(
            Change::Placed {
                line: index,
                lpn,
                location,
                reason,
            }
            .into(),
        );
        count += 1;
    }
    let words =
        Words::right(Sentence::new("receive.labels").with("count", count)).then(Sentence::new("receive.labels_then"));
    Decision {
        changes,
        words: Some(words),
    }
}

/// A location was scanned while goods wait to be put away.
pub fn aim(desk: &Desk<'_, Inbound>, location: &str) -> Decided {
    let waiting = || {
        desk.own
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.units > 0 && !line.put_away)
    };
    let belongs = waiting().find(|(_, line)| {
        line.placed
            .as_ref()
            .is_some_and(|placed| codes::same(&placed.location, location))
    });
    if let Some((index, line)) = belongs {
        let lpn = line
            .placed
            .as_ref()
            .map(|placed| placed.lpn.clone())
            .unwrap_or_default();
        let was = Sentence::new("put_away.aimed")
            .with("location", location)
            .with("goods", called(desk, line));
        return Decision {
            changes: vec![Change::Aimed { line: Some(index) }.into()],
            words: Some(Words::right(was).then(Sentence::new("put_away.aimed_then").with("lpn", lpn))),
        };
    }
    let wanted = waiting().find_map(|(_, line)| Some((line.placed.as_ref()?.location.clone(), called(desk, line))));
    let (should, goods) = wanted.unwrap_or_default();
    let was = Sentence::new("put_away.wrong_location")
        .with("location", location)
        .with("should", &should);
    let then = Sentence::new("put_away.wrong_location_then")
        .with("should", should)
        .with("goods", goods);
    Decision::only(Words::wrong(was).then(then))
}

/// The location scanned is forgotten.
pub fn back(desk: &Desk<'_, Inbound>) -> Decided {
    if desk.own.aimed.is_none() {
        return Decision::only(Words::waiting(Sentence::new("put_away.nothing_to_forget")).then_now());
    }
    Decision {
        changes: vec![Change::Aimed { line: None }.into()],
        words: Some(
            Words::waiting(Sentence::new("put_away.forgotten")).then(Sentence::new("put_away.scan_first_then")),
        ),
    }
}

/// Where goods lie once they are put away: in the rack they stay on their licence plate, on the shelf they are laid out loose.
fn kept_on_plate(desk: &Desk<'_, Inbound>, placed: &Placed) -> Spot {
    match desk.ground.scenario.floor.location(&placed.location) {
        Some(Location::Rack { .. }) => Spot::on(&placed.location, &placed.lpn),
        _ => placed.location.as_str().into(),
    }
}

/// A label was scanned, or the barcode on the goods themselves.
pub fn scan_label(desk: &Desk<'_, Inbound>, index: usize) -> Decided {
    let Some((line, placed)) = desk
        .own
        .lines
        .get(index)
        .and_then(|line| Some((line, line.placed.as_ref()?)))
    else {
        return Decision::only(Words::wrong(Sentence::new("receive.no_line")).then_now());
    };
    let name = called(desk, line);
    if line.put_away {
        let was = Sentence::new("put_away.already")
            .with("goods", name)
            .with("location", &placed.location);
        return Decision::only(Words::wrong(was).then_now());
    }
    match desk.own.aimed {
        None => Decision::only(
            Words::waiting(Sentence::new("put_away.location_first").with("goods", name))
                .then(Sentence::new("put_away.location_first_then").with("location", &placed.location)),
        ),
        Some(aimed) if aimed != index => {
            let other = desk.own.lines.get(aimed);
            let location = other
                .and_then(|line| Some(line.placed.as_ref()?.location.clone()))
                .unwrap_or_default();
            let should = other.map(|line| called(desk, line)).unwrap_or_default();
            let was = Sentence::new("put_away.wrong_goods")
                .with("goods", name)
                .with("location", location)
                .with("should", should);
            Decision::only(
                Words::wrong(was).then(Sentence::new("put_away.wrong_goods_then").with("location", &placed.location)),
            )
        }
        Some(_) => {
            let unit = desk.ground.goods.unit(&line.sku);
            let was = Sentence::new("put_away.done")
                .with("goods", name)
                .with("quantity", format!("{} {unit}", line.units))
                .with("location", &placed.location);
            let rest = desk
                .own
                .lines
                .iter()
                .filter(|line| line.units > 0 && !line.put_away)
                .count()
                - 1;
            let then = if rest == 0 {
                Sentence::new("put_away.all_done_then")
            } else {
                Sentence::new("put_away.next").with("rest", rest)
            };
            let movement = Movement {
                sku: line.sku.clone(),
                lot: line.lot.clone(),
                from: RECEIVING.into(),
                to: kept_on_plate(desk, placed),
                quantity: line.units,
            };
            Decision {
                changes: vec![
                    ground::Change::Moved(movement).into(),
                    Change::PutAway { line: index }.into(),
                ],
                words: Some(Words::right(was).then(then)),
            }
        }
    }
}
