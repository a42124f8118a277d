//! The papers of a run, as the work has filled them so far.

use print::papers::{Align, Cell, Column, Field, PaperView, Signature};
use rules::RunState;
use rules::core::clock::Zone;
use rules::core::label::LabelSpec;
use rules::core::paper::{Paper, PaperKind};
use rules::locale::Words;
use uplink::PrintOutcome;

use crate::identity::Names;

/// How papers are shown: in which words, by which clock, under which names.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The reader's words.
    pub w: &'a Words,
    /// The zone whose time they show.
    pub zone: &'a Zone,
    /// People's names.
    pub names: &'a Names,
}

/// A paper of a run.
pub fn view(run: &RunState, paper: &Paper, shown: &Shown<'_>) -> PaperView {
    let w = shown.w;
    let mut view = PaperView {
        school: w.get("paper.school").to_owned(),
        title: w.get(paper.kind.key()).to_owned(),
        number: paper.number.clone(),
        signatures: signatures(run, paper, shown),
        copy: w.get("paper.copy").to_owned(),
        foot: w.fill(
            "paper.foot",
            &[("group", &run.ground.head.group_name), ("run", &run.ground.head.id)],
        ),
        ..PaperView::default()
    };
    match paper.kind {
        PaperKind::InboundNotice => notice(run, paper, shown, &mut view),
        PaperKind::Receipt => receipt(run, paper, shown, &mut view),
        PaperKind::PickList => pick_list(run, paper, shown, &mut view),
        PaperKind::OutboundOrder => outbound_order(run, paper, shown, &mut view),
        PaperKind::WorkLog => work_log(run, paper, shown, &mut view),
    }
    view
}

/// What a paper is about, for lists.
pub fn about(run: &RunState, paper: &Paper) -> String {
    match paper.order.and_then(|order| run.outbound.orders.get(order)) {
        Some(order) => format!("{} {}", order.number, order.customer),
        None => match paper.kind {
            PaperKind::InboundNotice | PaperKind::Receipt => run.ground.scenario.owner.clone(),
            _ => run.ground.head.group_name.clone(),
        },
    }
}

/// Name of the role that signs.
pub fn signer(as_whom: &str, w: &Words) -> String {
    w.get(&format!("sign.{as_whom}")).to_owned()
}

fn signatures(run: &RunState, paper: &Paper, shown: &Shown<'_>) -> Vec<Signature> {
    let (w, zone) = (shown.w, shown.zone);
    let signed = |as_whom: &str| {
        let signature = paper
            .signatures
            .iter()
            .rev()
            .find(|signature| signature.as_whom == as_whom);
        signature
            .map(|signature| {
                format!(
                    "{} {}",
                    shown.names.by(&signature.by, &run.ground.head.group_name),
                    zone.time_on(signature.at, paper.made_at)
                )
            })
            .unwrap_or_default()
    };
    paper
        .kind
        .signers()
        .iter()
        .map(|as_whom| Signature::new(signer(as_whom, w), signed(as_whom)))
        .collect()
}

fn columns(w: &Words, columns: &[(&str, u16, Align)]) -> Vec<Column> {
    columns
        .iter()
        .map(|(key, share, align)| Column::new(w.get(key), *share, *align))
        .collect()
}

fn field(w: &Words, key: &str, value: impl Into<String>) -> Field {
    Field::new(w.get(key), value)
}

fn common(run: &RunState, paper: &Paper, shown: &Shown<'_>) -> Vec<Field> {
    let (w, zone) = (shown.w, shown.zone);
    vec![
        field(
            w,
            "paper.made_by",
            shown.names.by(&paper.made_by, &run.ground.head.group_name),
        ),
        field(w, "paper.date", zone.date(paper.made_at)),
        field(w, "paper.station", run.ground.head.station.to_string()),
    ]
}

/// Code, name and unit of goods.
fn goods(run: &RunState, sku: &str) -> [Cell; 3] {
    let name = run.ground.goods.sku(sku).map_or(sku, |sku| &sku.name);
    [Cell::new(sku), Cell::new(name), Cell::new(run.ground.goods.unit(sku))]
}

fn difference(expected: i64, found: i64) -> Cell {
    let text = match found - expected {
        0 => "0".to_owned(),
        more @ 1.. => format!("+{more}"),
        less => format!("−{}", -less),
    };
    Cell::new(text).differing(found != expected)
}

fn kilograms(grams: i64) -> String {
    format!("{}.{:02} kg", grams / 1000, grams % 1000 / 10)
}

fn notice(run: &RunState, paper: &Paper, shown: &Shown<'_>, view: &mut PaperView) {
    let (w, zone) = (shown.w, shown.zone);
    let scenario = &run.ground.scenario;
    view.fields = vec![
        field(w, "paper.owner", &scenario.owner),
        field(w, "paper.supplier", &scenario.supplier),
        field(w, "paper.contract", &scenario.contract),
        field(
            w,
            "paper.expected",
            zone.date_after(run.ground.head.started_at, scenario.inbound.expected_in_days),
        ),
    ];
    view.fields.extend(common(run, paper, shown));
    view.columns = columns(
        w,
        &[
            ("paper.line", 3, Align::Centre),
            ("paper.code", 7, Align::Centre),
            ("paper.name", 14, Align::Left),
            ("paper.unit", 4, Align::Centre),
            ("paper.lot", 8, Align::Centre),
            ("paper.per_case", 5, Align::Right),
            ("paper.cases", 5, Align::Right),
            ("paper.notified", 6, Align::Right),
        ],
    );
    let (mut cases, mut units) = (0, 0);
    for (index, line) in run.inbound.lines.iter().enumerate() {
        let per_case = run.ground.goods.sku(&line.sku).map_or(1, |sku| sku.units_per_case);
        cases += line.cases;
        units += line.cases * per_case;
        let mut row = vec![Cell::new((index + 1).to_string())];
        row.extend(goods(run, &line.sku));
        row.push(Cell::new(&line.lot));
        row.extend([per_case, line.cases, line.cases * per_case].map(|figure| Cell::new(figure.to_string())));
        view.rows.push(row);
    }
    view.total = vec![
        Cell::over(w.get("paper.total"), 6),
        Cell::new(cases.to_string()),
        Cell::new(units.to_string()),
    ];
}

fn receipt(run: &RunState, paper: &Paper, shown: &Shown<'_>, view: &mut PaperView) {
    let w = shown.w;
    let notice = run
        .ground
        .paper(PaperKind::InboundNotice, None)
        .map(|notice| notice.number.clone());
    view.fields = vec![
        field(w, "paper.owner", &run.ground.scenario.owner),
        field(w, "paper.supplier", &run.ground.scenario.supplier),
        field(w, "paper.inbound_notice", notice.unwrap_or_default()),
    ];
    view.fields.extend(common(run, paper, shown));
    view.columns = columns(
        w,
        &[
            ("paper.line", 3, Align::Centre),
            ("paper.code", 6, Align::Centre),
            ("paper.name", 12, Align::Left),
            ("paper.unit", 4, Align::Centre),
            ("paper.lot", 8, Align::Centre),
            ("paper.notified", 5, Align::Right),
            ("paper.received", 5, Align::Right),
            ("paper.difference", 5, Align::Right),
            ("paper.location", 8, Align::Centre),
            ("paper.remark", 12, Align::Left),
        ],
    );
    let (mut all, mut came) = (0, 0);
    for (index, line) in run.inbound.lines.iter().enumerate() {
        let notified = line.cases * run.ground.goods.sku(&line.sku).map_or(1, |sku| sku.units_per_case);
        all += notified;
        came += line.units;
        let location = line
            .placed
            .as_ref()
            .filter(|_| line.put_away)
            .map(|placed| placed.location.clone());
        let differs = line.done && line.units != notified;
        let mut row = vec![Cell::new((index + 1).to_string())];
        row.extend(goods(run, &line.sku));
        row.push(Cell::new(&line.lot));
        row.push(Cell::new(notified.to_string()));
        row.push(Cell::new(line.units.to_string()).differing(differs));
        row.push(if line.done {
            difference(notified, line.units)
        } else {
            Cell::new("")
        });
        row.push(Cell::new(location.unwrap_or_default()));
        row.push(Cell::new(
            line.difference.as_ref().map(|reason| w.say(reason)).unwrap_or_default(),
        ));
        view.rows.push(row);
    }
    view.total = vec![
        Cell::over(w.get("paper.total"), 5),
        Cell::new(all.to_string()),
        Cell::new(came.to_string()),
        difference(all, came),
        Cell::over("", 2),
    ];
    view.remarks = vec![w.get("paper.differences").to_owned()];
}

fn pick_list(run: &RunState, paper: &Paper, shown: &Shown<'_>, view: &mut PaperView) {
    let w = shown.w;
    view.fields = vec![
        field(w, "paper.method", w.get("paper.method_order")),
        field(w, "paper.orders", run.outbound.orders.len().to_string()),
        field(w, "paper.owner", &run.ground.scenario.owner),
    ];
    view.fields.extend(common(run, paper, shown));
    view.columns = columns(
        w,
        &[
            ("paper.line", 3, Align::Centre),
            ("paper.order", 8, Align::Centre),
            ("paper.location", 8, Align::Centre),
            ("paper.code", 6, Align::Centre),
            ("paper.name", 12, Align::Left),
            ("paper.unit", 4, Align::Centre),
            ("paper.lot", 8, Align::Centre),
            ("paper.wanted", 5, Align::Right),
            ("paper.picked", 5, Align::Right),
            ("paper.difference", 5, Align::Right),
        ],
    );
    let (mut wanted, mut picked) = (0, 0);
    for order in &run.outbound.orders {
        let mut picks: Vec<_> = order
            .lines
            .iter()
            .flat_map(|line| line.picks.iter().map(move |pick| (line, pick)))
            .collect();
        picks.sort_by_key(|(_, pick)| pick.position);
        for (line, pick) in picks {
            wanted += pick.wanted;
            picked += pick.picked.unwrap_or_default();
            let mut row = vec![
                Cell::new((view.rows.len() + 1).to_string()),
                Cell::new(&order.number),
                Cell::new(&pick.location),
            ];
            row.extend(goods(run, &line.sku));
            row.push(Cell::new(&pick.lot));
            row.push(Cell::new(pick.wanted.to_string()));
            let differs = pick.picked.is_some_and(|picked| picked != pick.wanted);
            row.push(Cell::new(pick.picked.map(|picked| picked.to_string()).unwrap_or_default()).differing(differs));
            row.push(
                pick.picked
                    .map_or_else(|| Cell::new(""), |picked| difference(pick.wanted, picked)),
            );
            view.rows.push(row);
        }
    }
    view.total = vec![
        Cell::over(w.get("paper.total"), 7),
        Cell::new(wanted.to_string()),
        Cell::new(picked.to_string()),
        Cell::new(""),
    ];
    view.remarks = vec![w.get("paper.differences").to_owned()];
}

fn outbound_order(run: &RunState, paper: &Paper, shown: &Shown<'_>, view: &mut PaperView) {
    let w = shown.w;
    let Some(order) = paper.order.and_then(|order| run.outbound.orders.get(order)) else {
        return;
    };
    view.fields = vec![
        field(w, "paper.order", &order.number),
        field(w, "paper.customer", &order.customer),
        field(w, "paper.address", &order.address),
        field(w, "paper.courier", &order.courier),
        field(w, "paper.weight", order.grams.map(kilograms).unwrap_or_default()),
        field(
            w,
            "paper.handed_over",
            w.get(if order.handed_over { "paper.yes" } else { "paper.no" }),
        ),
    ];
    view.fields.extend(common(run, paper, shown));
    view.columns = columns(
        w,
        &[
            ("paper.line", 3, Align::Centre),
            ("paper.code", 7, Align::Centre),
            ("paper.name", 14, Align::Left),
            ("paper.unit", 4, Align::Centre),
            ("paper.ordered", 6, Align::Right),
            ("paper.picked", 6, Align::Right),
            ("paper.checked", 6, Align::Right),
            ("paper.difference", 6, Align::Right),
        ],
    );
    let mut sums = [0; 3];
    for (index, line) in order.lines.iter().enumerate() {
        let picked = line.picked();
        for (sum, figure) in sums.iter_mut().zip([line.ordered, picked, line.checked]) {
            *sum += figure;
        }
        let settled = line.picks.iter().all(|pick| pick.picked.is_some()) && run.outbound.released;
        let mut row = vec![Cell::new((index + 1).to_string())];
        row.extend(goods(run, &line.sku));
        row.push(Cell::new(line.ordered.to_string()));
        row.push(Cell::new(picked.to_string()).differing(settled && picked != line.ordered));
        row.push(Cell::new(line.checked.to_string()));
        row.push(if settled {
            difference(line.ordered, picked)
        } else {
            Cell::new("")
        });
        view.rows.push(row);
    }
    view.total = vec![Cell::over(w.get("paper.total"), 4)];
    view.total.extend(sums.map(|sum| Cell::new(sum.to_string())));
    view.total.push(Cell::new(""));
    let label = run
        .ground
        .labels
        .iter()
        .filter(|label| label.outcome == Some(PrintOutcome::Done))
        .any(|label| matches!(&label.spec, LabelSpec::Parcel { order: number, .. } if *number == order.number));
    if label {
        view.remarks.push(w.get("paper.parcel_label").to_owned());
    }
    view.remarks.push(w.get("paper.differences").to_owned());
}

fn work_log(run: &RunState, paper: &Paper, shown: &Shown<'_>, view: &mut PaperView) {
    let (w, zone) = (shown.w, shown.zone);
    view.fields = vec![
        field(w, "paper.began", zone.date_time(run.ground.head.started_at)),
        field(w, "paper.step", w.get(run.step().key())),
        field(w, "paper.errors", run.errors.to_string()),
    ];
    view.fields.extend(common(run, paper, shown));
    view.columns = columns(
        w,
        &[
            ("paper.line", 2, Align::Centre),
            ("paper.time", 4, Align::Centre),
            ("paper.exception", 24, Align::Left),
        ],
    );
    let rows = run.ground.notes.iter().enumerate();
    view.rows = rows
        .map(|(index, note)| {
            vec![
                Cell::new((index + 1).to_string()),
                Cell::new(zone.time_on(note.at, paper.made_at)),
                Cell::new(w.say(&note.what)),
            ]
        })
        .collect();
    if let Some(text) = &run.ground.log {
        view.remarks.push(format!("{}：{text}", w.get("paper.in_words")));
    }
}
