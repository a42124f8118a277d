//! The barcodes of a scenario, to print and hang up where real scanners are used.

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use print::papers::{self, CodeSection, CodeSheet, NamedCode};
use rules::Scenario;
use rules::core::goods::Command;
use rules::locale::{Lang, Words};

use super::of_web::text;
use crate::http::{Fault, Frame, Path, Web};

/// The page.
#[derive(Template)]
#[template(path = "codes.html")]
pub struct CodesPage {
    /// Frame.
    pub frame: Frame,
    /// Words.
    pub w: &'static Words,
    /// The scenario's name in addresses.
    pub scenario: String,
    /// What there is to scan.
    pub sheet: CodeSheet,
}

fn find<'a>(web: &'a Web, id: &str) -> Result<&'a Scenario, Fault> {
    web.app
        .scenarios()
        .iter()
        .find(|scenario| scenario.id == id)
        .ok_or(Fault::NotFound)
}

/// `GET /scenarios/{scenario}/codes`
pub async fn page(frame: Frame, State(web): State<Web>, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let scenario = find(&web, &id)?;
    let w = frame.words();
    let page = CodesPage {
        sheet: sheet(scenario, frame.lang),
        scenario: scenario.id.clone(),
        w,
        frame,
    };
    Ok(Html(page.render()?))
}

/// `GET /scenarios/{scenario}/codes.pdf`
pub async fn pdf(frame: Frame, State(web): State<Web>, Path(id): Path<String>) -> Result<Response, Fault> {
    let sheet = sheet(find(&web, &id)?, frame.lang);
    let w = frame.words();
    // Setting type takes some tens of milliseconds: not in an async task.
    let pdf = tokio::task::spawn_blocking(move || papers::codes_pdf(&sheet, w))
        .await
        .map_err(|error| Fault::ours(&error))?;
    let pdf = pdf.map_err(|error| Fault::ours(&error))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"codes-{id}.pdf\""),
        ),
    ];
    Ok((headers, pdf).into_response())
}

/// All that is scanned in a scenario. Areas are not: no step asks for one.
fn sheet(scenario: &Scenario, lang: Lang) -> CodeSheet {
    let w = lang.words();
    let command = |command: &Command| {
        let key = match command {
            Command::Confirm => "codes.confirm",
            Command::Short => "codes.short",
            Command::Next => "codes.next",
            Command::Back => "codes.back",
        };
        NamedCode::new(w.get(key), command.code())
    };
    let place = |code: String| NamedCode::new(code.clone(), code);
    let section = |key: &str, codes: Vec<NamedCode>| CodeSection {
        title: w.get(key).to_owned(),
        codes,
    };
    let floor = &scenario.floor;
    let units = scenario.sku.iter();
    let units = units.map(|sku| NamedCode::new(format!("{} {} · {}", sku.code, sku.name, sku.unit), &sku.gtin13));
    let cases = scenario.sku.iter().map(|sku| {
        let name = format!("{} {} × {} {}", sku.code, sku.name, sku.units_per_case, sku.unit);
        NamedCode::new(name, &sku.case_gtin14)
    });
    let orders = scenario.order.iter();
    let orders = orders.map(|order| NamedCode::new(format!("{} {}", order.number, order.customer), &order.number));
    CodeSheet {
        title: format!("{} · {}", w.get("codes.title"), text(&scenario.title, lang)),
        about: w.get("codes.about").to_owned(),
        sections: vec![
            section("codes.commands", Command::ALL.iter().map(command).collect()),
            section("codes.cases", cases.collect()),
            section("codes.units", units.collect()),
            section("codes.orders", orders.collect()),
            section("codes.shelf", floor.pick_codes().map(place).collect()),
            section("codes.rack", floor.rack_codes().map(place).collect()),
        ],
    }
}
