//! The school's zone: numbers, dates and times are its own, wherever the server stands.

use std::process::Command;

use rules::core::clock::Zone;
use rules::core::paper::PaperKind;
use rules::{Act, ActEnvelope, Actor};
use wms::store;

use crate::common::hands;
use crate::{Home, on_both};

on_both!(
    w6_numbers_and_papers_bear_the_school_s_day,
    w6_a_signature_after_midnight_bears_its_date
);

/// Two zones 25 hours apart never have the same date.
async fn w6_numbers_and_papers_bear_the_school_s_day(home: &Home) {
    let mut days = Vec::new();
    for (station, name) in [("1", "Pacific/Kiritimati"), ("2", "Pacific/Pago_Pago")] {
        let zone = Zone::of_name(name).expect("known");
        let server = home.server_in(true, zone.clone()).await;
        let teacher = server.sign_in("chen").await;
        let run = server.start(&teacher, station, "1").await;
        let state = server.app.run_state(run).await.expect("run");
        let began = state.ground.head.started_at;
        let (day, date) = (zone.day(began), zone.date(began));
        assert_eq!(state.ground.head.day, day, "{name}");
        let notice = state.ground.paper(PaperKind::InboundNotice, None).expect("a notice");
        assert_eq!(notice.number, format!("RT-{day}-{run:04}-01"), "{name}");
        let screen = format!("/runs/{run}");
        let paper = server
            .page(&teacher, &format!("{screen}/papers/{}", notice.number))
            .await;
        assert!(
            paper.contains(&format!("日期：{date}")) && paper.contains(&format!("预计到货：{date}")),
            "{name}"
        );
        let events = server.page(&teacher, &format!("{screen}/events")).await;
        assert!(events.contains(&date), "{name}: the page bears its day");
        let first = store::events(&server.app.db().pool, run, 0).await.expect("read")[0].at;
        assert!(events.contains(&format!(">{}<", zone.time_on(first, began))), "{name}");
        for file in ["ledger.csv", "events.csv", "papers.csv"] {
            let csv = server.page(&teacher, &format!("{screen}/{file}")).await;
            assert!(csv.contains(&format!("{date} ")), "{name}: {file}: {csv}");
        }
        days.push(day);
    }
    assert_ne!(days[0], days[1]);
}

/// 2026-12-31 23:59:50 in Beijing.
const LATE: i64 = 1_798_732_790_000;

async fn w6_a_signature_after_midnight_bears_its_date(home: &Home) {
    let server = home.server(true).await;
    let student = server.sign_in("zhang").await;
    let run = server.start(&student, "1", "1").await;
    hands::receive(&server.app, run).await;
    while hands::pick_one(&server.app, run).await {}
    let act = async |at: i64, id: i64, act: Act| {
        let envelope = ActEnvelope {
            source: format!("zone:{at}"),
            at,
            certain: true,
            actor: Actor::Person {
                id,
                role: match act {
                    Act::Sign { .. } => rules::core::crew::Role::Instructor,
                    _ => rules::core::crew::Role::Student,
                },
            },
            act,
        };
        server.app.act(run, envelope).await.expect("taken")
    };
    hands::check_and_hand_over(&server.app, run).await;
    let text = "做完了。".to_owned();
    act(LATE, 1, Act::WriteLog { text }).await;
    let state = server.app.run_state(run).await.expect("run");
    let number = state
        .ground
        .paper(PaperKind::WorkLog, None)
        .expect("made")
        .number
        .clone();
    let as_whom = "teacher".to_owned();
    let sign = Act::Sign {
        number: number.clone(),
        as_whom,
    };
    act(LATE + 15_000, 5, sign).await;
    let page = server.page(&student, &format!("/runs/{run}/papers/{number}")).await;
    for there in ["日期：2026-12-31", ">张晨 23:59:50<", ">陈老师 2027-01-01 00:00:05<"] {
        assert!(page.contains(there), "{there} is missing");
    }
}

/// A wrong zone would be noticed months later, on a paper: it is refused at the start, in words.
#[test]
fn w6_a_wrong_zone_is_refused_at_the_start() {
    let folder = tempfile::tempdir().expect("folder");
    // Taken, so that a server which would begin ends as well, and says something else.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let listen = taken.local_addr().expect("its address").to_string();
    let complaint = |arguments: &[&str], environment: Option<&str>| {
        let mut wms = Command::new(env!("CARGO_BIN_EXE_wms"));
        wms.arg("serve")
            .args(["--key", "0123456789abcdef", "--listen", &listen]);
        wms.args(arguments)
            .env_remove("CANGXUN_TIME_ZONE")
            .current_dir(folder.path());
        if let Some(zone) = environment {
            wms.env("CANGXUN_TIME_ZONE", zone);
        }
        let ended = wms.output().expect("runs");
        assert!(!ended.status.success());
        String::from_utf8_lossy(&ended.stderr).into_owned()
    };
    for said in [
        complaint(&["--time-zone", "Asia/Beijing"], None),
        complaint(&[], Some("Asia/Beijing")),
    ] {
        assert!(
            said.contains("there is no time zone \"Asia/Beijing\"") && said.contains("Asia/Shanghai"),
            "{said}"
        );
    }
    assert!(
        std::fs::read_dir(folder.path()).expect("read").next().is_none(),
        "nothing was begun"
    );
}
