//! Every page renders, in both languages, and says nothing that is missing.

use askama::Template;
use print::papers::{Align, Cell, CodeSection, CodeSheet, Column, Field, NamedCode, PaperView, Signature};
use print::svg;
use rules::core::crew::{Account, Group, Role};
use rules::locale::Lang;

use super::asked::Step;
use super::board::{BoardPage, Latest, StationCard};
use super::calibrate::CalibratePage;
use super::codes::CodesPage;
use super::devices::{DeviceRow, DevicesPage, Position};
use super::events::{AsideRow, EventRow, EventsPage};
use super::home::{HomePage, RunCard, ScenarioCard};
use super::ledger::{BalanceRow, DemandRow, LedgerPage, MovementRow, Proof};
use super::papers::{PaperPage, PaperRow, PapersPage};
use super::signals::{Level, SignalsPage};
use super::station::{Button, Health, Line, RunHead, Said, Shelf, Slot, Stage, StationPage, Task};
use super::{Choice, Need, Turn};
use crate::http::Frame;

fn frame(lang: Lang, role: Role) -> Frame {
    let group = (role == Role::Student).then(|| Group {
        id: 1,
        name: "第一组".into(),
    });
    let account = Account {
        id: 1,
        login: "zhang".into(),
        name: "张晨".into(),
        role,
        group,
    };
    Frame {
        zone: rules::core::clock::Zone::default(),
        lang,
        account: Some(account),
        form_token: "token".into(),
        path: "/".into(),
        panel_url: Some("http://127.0.0.1:8090".into()),
        demo: true,
        trouble: None,
    }
}

fn run() -> RunHead {
    RunHead {
        id: 3,
        scenario: "第一次实训：收货、上架、拣货、发货".into(),
        station_id: 1,
        station: "工位 1".into(),
        group: "第一组".into(),
        started_at: 0,
        ended_at: None,
        day: "2026-11-23".into(),
        last_act: 17,
        done: false,
    }
}

fn health() -> Health {
    Health {
        class: "right",
        text: "● 设备 4/4".into(),
        short: "● 4/4".into(),
    }
}

fn station(lang: Lang) -> StationPage {
    let slot = |level: u8, slot: u8| {
        let (light, letter, digits) = match (level, slot) {
            (3, 1) => ("done", "✓", "0"),
            (2, 3) => ("a", "A", "3"),
            (1, 2) => ("b", "B", "12"),
            (2, 1) => ("c", "C", "1"),
            (2, 2) => ("d", "D", "4"),
            _ => ("", "", ""),
        };
        Slot {
            label: format!("{level:02}-{slot:02}"),
            light,
            letter: letter.into(),
            mode: "",
            digits: digits.into(),
            dead: (level, slot) == (1, 6),
        }
    };
    let line = |mark: &str, class, text: &str, quantity: &str| Line {
        mark: mark.into(),
        class,
        text: text.into(),
        quantity: quantity.into(),
    };
    let command = |label: &str, code: &str, primary| Button {
        label: label.into(),
        code: code.into(),
        primary,
    };
    let stage = |name: &str, state| Stage {
        name: name.into(),
        state,
    };
    StationPage {
        frame: frame(lang, Role::Student),
        w: lang.words(),
        now: 1_122_000,
        run: run(),
        stages: vec![
            stage("收货", "done"),
            stage("上架", "done"),
            stage("波次", "done"),
            stage("拣货", "now"),
            stage("复核", "later"),
            stage("称重", "later"),
            stage("交接", "later"),
        ],
        task: Task {
            verb: "拣货 · 4 / 9 行".into(),
            place: "A-01-02-03".into(),
            goods: "洗洁精 1.1kg".into(),
            detail: "RY006 · 批次 2026-06-01 · 先到期先出".into(),
            quantity: "3".into(),
            unit: "瓶".into(),
            hint: "到蓝灯 A 取 3 瓶，按灯旁的确认键。少了，先按 − 减到实数再确认。".into(),
        },
        at_panel: "按 02-03 的确认键".into(),
        shelf: Shelf {
            levels: (1..=3)
                .rev()
                .map(|level| (1..=8).map(|s| slot(level, s)).collect())
                .collect(),
            class: "",
            mark: "✕",
            word: "01-06 坏了".into(),
        },
        next: vec![
            line("→", "", "A-01-01-02 抽纸", "2 提"),
            line("→", "", "A-01-02-02 洗发水", "4 瓶"),
        ],
        done: vec![line("✓", "right", "湿巾 80抽", "2"), line("短", "wait", "毛巾", "3/5")],
        said: Said {
            act: 17,
            verdict: "wrong",
            mark: "✕",
            headline: "这是 RY003 牙膏，应拣 RY006 洗洁精".into(),
            advice: "放回 A-01-01-03，再到蓝灯 A-01-02-03 取洗洁精".into(),
        },
        health: health(),
        commands: vec![
            command("放行波次", "CMD-WAVE", true),
            command("记录短少", "CMD-SHORT", false),
        ],
        link: None,
    }
}

fn home(lang: Lang) -> HomePage {
    let card = RunCard {
        run: run(),
        step: "拣货 4/9".into(),
        percent: 44,
        ..RunCard::default()
    };
    let choice = |id, name: &str| Choice {
        id,
        name: name.into(),
        chosen: id == 1,
    };
    HomePage {
        frame: frame(lang, Role::Student),
        w: lang.words(),
        now: 0,
        who: "张晨，第一组学生。".into(),
        current: vec![card],
        may_start: true,
        scenarios: vec![ScenarioCard {
            id: "first-drill".into(),
            title: "第一次实训：收货、上架、拣货、发货".into(),
            brief: "一车日用品到货，三行货，逐箱扫描清点，有差异就记录，贴标签后上架；随后三张订单要发货。".into(),
        }],
        stations: vec![choice(1, "工位 1"), choice(2, "工位 2")],
        groups: vec![choice(1, "第一组")],
    }
}

fn board(lang: Lang) -> BoardPage {
    let card = |station_id, class, errors| StationCard {
        station_id,
        station: format!("工位 {station_id}"),
        run_id: (station_id < 3).then_some(3),
        group: "第一组".into(),
        step: "拣货 6/9".into(),
        percent: 66,
        errors,
        health: health(),
        class,
        ..StationCard::default()
    };
    BoardPage {
        frame: frame(lang, Role::Instructor),
        w: lang.words(),
        now: 900_000,
        summary: "2 个场次进行中 · 3 个工位".into(),
        cards: vec![card(1, "", 1), card(2, "bad", 6), card(3, "", 0)],
        needs: vec![Need {
            class: "wrong-text",
            mark: "✕",
            who: "第二组".into(),
            text: "同一错误三次：不看灯，按纸单拣".into(),
            href: "/runs/4".into(),
            act: "看屏幕".into(),
        }],
        latest: vec![Latest {
            time: "10:21:44".into(),
            group: "第二组".into(),
            class: "wrong-text",
            mark: "✕",
            text: "这是 RY003 牙膏，应拣 RY006 洗洁精".into(),
        }],
    }
}

fn devices(lang: Lang) -> DevicesPage {
    let row = |id: &str, kind: &str, state_class, state: &str| DeviceRow {
        id: id.into(),
        kind: kind.into(),
        stations: vec![Choice {
            id: 1,
            name: "工位 1".into(),
            chosen: true,
        }],
        state_class,
        state: state.into(),
        last: "10:21:44".into(),
        firmware: "1.3.0+1a2b3c4d".into(),
        resent: 3,
        pending: 0,
        told: "设备已收".into(),
        tests: true,
        signals: true,
        calibrates: true,
        testing: "自检中".into(),
        stoppable: id.starts_with('e'),
        shelf: vec![vec![Position {
            label: "01-01".into(),
            dead: true,
        }]],
    };
    DevicesPage {
        frame: frame(lang, Role::Technician),
        w: lang.words(),
        now: 0,
        summary: "网关 1 台 · 设备 2 台".into(),
        rows: vec![
            row("e66138935f2a9c11", "电子标签货架", "right", "● 在线"),
            row("e66138935f2a9c12", "扫描器", "wait", "… 断线，存 12 条"),
        ],
        todo: vec![Need {
            class: "wait-text",
            mark: "…",
            who: "扫描器".into(),
            text: "查 USB 线".into(),
            ..Need::default()
        }],
        key: "demo-key".into(),
    }
}

fn calibrate(lang: Lang) -> CalibratePage {
    CalibratePage {
        frame: frame(lang, Role::Technician),
        w: lang.words(),
        now: 0,
        device: "e66141040396b12f".into(),
        hindered: "设备的网关不在线".into(),
        empty: Step {
            class: "right-text",
            mark: "✓",
            came: "设备已收".into(),
            open: true,
        },
        weight: Step::default(),
        grams: 20_000,
        zeroed: 7,
        bounds: (2_000, 30_000),
        done: true,
    }
}

fn signals(lang: Lang) -> SignalsPage {
    let level = |value, name: &str| Level {
        value,
        name: name.into(),
        chosen: value == 96,
    };
    SignalsPage {
        frame: frame(lang, Role::Technician),
        w: lang.words(),
        now: 0,
        device: "e66141040396b12f".into(),
        kind: "扫描器".into(),
        hindered: "设备的网关不在线".into(),
        brightness: vec![level(32, "暗"), level(96, "中（出厂）")],
        volume: vec![level(0, "静音")],
        asked: Step {
            class: "right-text",
            mark: "✓",
            came: "设备已收".into(),
            open: true,
        },
    }
}

fn paper(lang: Lang) -> PaperPage {
    let heads = [
        ("序", 3, Align::Centre),
        ("货品名称", 14, Align::Left),
        ("应收", 5, Align::Right),
        ("实收", 5, Align::Right),
    ];
    let view = PaperView {
        school: "某某职业技术学校 · 仓储实训中心".into(),
        title: "入库单".into(),
        number: "RK-20261123-0012-01".into(),
        fields: vec![Field::new("货主", "晴野电商"), Field::new("供应商", "云帆日化")],
        columns: heads
            .into_iter()
            .map(|(head, share, align)| Column::new(head, share, align))
            .collect(),
        rows: vec![vec![
            Cell::new("1"),
            Cell::new("牙膏 120g"),
            Cell::new("216"),
            Cell::new("144").differing(true),
        ]],
        total: vec![Cell::over("合计", 2), Cell::new("216"), Cell::new("144")],
        remarks: vec!["差异以粗框标出。".into()],
        signatures: vec![Signature::new("仓管员", "张晨 10:21:44"), Signature::new("送货人", "")],
        copy: "第一联　仓库联".into(),
        foot: "第一组 · 场次 3".into(),
    };
    PaperPage {
        frame: frame(lang, Role::Instructor),
        w: lang.words(),
        run: run(),
        barcode: svg::code128(&view.number, 40),
        paper: view,
        state: "草稿".into(),
        state_class: "",
        remark: String::new(),
        unprintable: String::new(),
        to_sign: vec![("keeper".into(), "仓管员".into())],
        may_judge: true,
        may_hand_in: true,
        log_text: Some("三行到货。".into()),
    }
}

fn records(lang: Lang) -> [(&'static str, String); 3] {
    let papers = PapersPage {
        frame: frame(lang, Role::Student),
        w: lang.words(),
        run: run(),
        rows: vec![PaperRow {
            number: "RK-20261123-0012-01".into(),
            kind: "入库单".into(),
            about: "晴野电商".into(),
            state: "草稿".into(),
            class: "",
            made: "10:21 张晨".into(),
        }],
        labels: vec![(1, "LP-0001-001".into())],
        may_reprint: true,
    };
    let turn = || Turn {
        shown: "1–1".into(),
        older: Some("/older".into()),
        newer: Some("/newer".into()),
    };
    let ledger = LedgerPage {
        frame: frame(lang, Role::Student),
        w: lang.words(),
        run: run(),
        goods: vec![("RY006".into(), "洗洁精 1.1kg".into())],
        filter_sku: "RY006".into(),
        filter_location: String::new(),
        proof: Some(Proof {
            holds: true,
            text: "12 条流水与 9 条结存相符".into(),
        }),
        balances: vec![BalanceRow {
            location: "A-01-02-03".into(),
            goods: "RY006 洗洁精".into(),
            ..BalanceRow::default()
        }],
        demand: vec![DemandRow {
            order: "SO-1".into(),
            goods: "RY006 洗洁精".into(),
            ..DemandRow::default()
        }],
        movements: vec![MovementRow {
            act: 3,
            goods: "RY006 洗洁精".into(),
            from: "R".into(),
            ..MovementRow::default()
        }],
        turn: turn(),
    };
    let events = EventsPage {
        frame: frame(lang, Role::Student),
        w: lang.words(),
        run: run(),
        rows: vec![EventRow {
            no: 1,
            time: "10:21:44".into(),
            who: "张晨".into(),
            ..EventRow::default()
        }],
        turn: turn(),
        aside: "2 次操作未计入本次作业".into(),
        asides: vec![AsideRow {
            time: "10:20:01".into(),
            what: "扫描 4711".into(),
            why: "在本次作业开始之前".into(),
        }],
        log_paper: Some("RZ-20261123-0012-01".into()),
        may_log: true,
    };
    [
        ("papers", papers.render().expect("rendered")),
        ("ledger", ledger.render().expect("rendered")),
        ("events", events.render().expect("rendered")),
    ]
}

fn codes(lang: Lang) -> CodesPage {
    CodesPage {
        frame: frame(lang, Role::Instructor),
        w: lang.words(),
        scenario: "first-drill".into(),
        sheet: CodeSheet {
            title: "扫描码表".into(),
            sections: vec![CodeSection {
                title: "命令".into(),
                codes: vec![NamedCode::new("确认", "CMD-CONFIRM"), NamedCode::new("A-01", "A-01")],
            }],
            ..CodeSheet::default()
        },
    }
}

fn all(lang: Lang) -> Vec<(&'static str, String)> {
    let mut pages = vec![
        ("station", station(lang).render().expect("rendered")),
        ("home", home(lang).render().expect("rendered")),
        ("board", board(lang).render().expect("rendered")),
        ("devices", devices(lang).render().expect("rendered")),
        ("calibrate", calibrate(lang).render().expect("rendered")),
        ("signals", signals(lang).render().expect("rendered")),
        ("paper", paper(lang).render().expect("rendered")),
        ("codes", codes(lang).render().expect("rendered")),
    ];
    pages.extend(records(lang));
    pages
}

#[test]
fn every_page_renders_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        for (name, html) in all(lang) {
            assert!(html.contains(&format!("<html lang=\"{}\"", lang.html())), "{name}");
            assert!(html.contains("<h1"), "{name} has no heading");
            assert!(
                !html.contains("style=\""),
                "{name}: the content policy forbids styles in elements"
            );
            assert!(
                !html.contains("onclick"),
                "{name}: the content policy forbids scripts in elements"
            );
            if let Some(folder) = std::env::var_os("CANGXUN_PICTURES") {
                let file = std::path::Path::new(&folder).join(format!("{name}-{}.html", lang.code()));
                std::fs::write(file, &html).expect("written");
            }
        }
    }
}

/// What people type is shown, never run.
#[test]
fn what_comes_from_outside_is_escaped() {
    let mut page = station(Lang::Zh);
    page.task.goods = "<script>alert(1)</script>".into();
    page.run.group = "\"><img src=x>".into();
    let html = page.render().expect("rendered");
    assert!(!html.contains("<script>alert") && !html.contains("<img src=x>"));
}
