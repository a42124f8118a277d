//! A gateway's session with the WMS, over a real socket: what comes is answered, what is to be shown is told once.

#![allow(clippy::expect_used, missing_docs, reason = "a test's helpers may fail the test")]

mod gateway;
#[path = "../common/home.rs"]
mod home;
mod hostile;
mod nul;
mod server;

use axum::http::StatusCode;
use gateway::{Gateway, confirm, shelf};
use home::Home;
use server::{Server, counted_and_labelled};
use uplink::{Age, DesireBody, DeviceState, EventBody, FromGateway, Key, Light, PrintOutcome, Stage, Verdict};

const SHELF: &str = "5649525400000101";
const OTHER_SHELF: &str = "5649525400000201";
const SCANNER: &str = "5649525400000102";
const PRINTER: &str = "5649525400000103";
const SCALE: &str = "5649525400000104";

fn lit(lights: &[Light]) -> Vec<usize> {
    let lights = lights.iter().enumerate();
    lights
        .filter(|(_, light)| light.tag != 0)
        .map(|(position, _)| position)
        .collect()
}

/// A drill at station 1 with its first order lit, and a gateway with a shelf there and one at station 2.
async fn picking(server: &Server) -> (i64, Gateway) {
    let mut gateway = Gateway::connect(server).await;
    let run = server.start(1).await;
    server.receive(run).await;
    let lights = gateway.until_lit(SHELF).await;
    assert_eq!(lit(&lights), [0, 2]);
    (run, gateway)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_is_answered_and_the_shelf_told_what_is_left() {
    let server = Server::sqlite().await;
    let (_, mut gateway) = picking(&server).await;
    let lights = gateway.lights_of(SHELF);
    gateway.say(confirm(SHELF, 1, 0, lights[0].tag)).await;
    assert_eq!(gateway.answer(SHELF, 1).await, Some(Verdict::Right));
    gateway.until(SHELF, |lights| lit(lights) == [2]).await;
    // The same event again: the first answer, and nothing new to show.
    gateway.say(confirm(SHELF, 1, 0, lights[0].tag)).await;
    assert_eq!(gateway.answer(SHELF, 1).await, Some(Verdict::Right));
    gateway.is_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn word_of_a_label_that_no_run_asked_for_stops_nothing() {
    let server = Server::sqlite().await;
    let (_, mut gateway) = picking(&server).await;
    let body = EventBody::Printed {
        job: 77_001,
        outcome: PrintOutcome::Done,
    };
    gateway.say(gateway::event(PRINTER, 1, body)).await;
    assert_eq!(gateway.answer(PRINTER, 1).await, Some(Verdict::Wrong));
    let lights = gateway.lights_of(SHELF);
    gateway.say(confirm(SHELF, 1, 0, lights[0].tag)).await;
    assert_eq!(
        gateway.answer(SHELF, 1).await,
        Some(Verdict::Right),
        "the same session still serves"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn counters_alone_make_nothing_be_told_again() {
    let server = Server::sqlite().await;
    let (_, mut gateway) = picking(&server).await;
    let mut report = shelf(SHELF, 1);
    (report.pending, report.retransmissions) = (3, 17);
    gateway.say(FromGateway::Device(report)).await;
    gateway.is_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shelf_given_to_another_station_shows_what_belongs_there() {
    let server = Server::sqlite().await;
    moves_between_stations(&server, &server).await;
}

/// The technician's page is served by another process than the one that holds the gateway.
#[tokio::test(flavor = "multi_thread")]
async fn a_shelf_given_away_by_another_process_does_so_too() {
    let home = Home::postgres();
    let (one, two) = (Server::on(&home.url).await, Server::on(&home.url).await);
    moves_between_stations(&one, &two).await;
}

async fn moves_between_stations(server: &Server, page: &Server) {
    let (_, mut gateway) = picking(server).await;
    page.assign(OTHER_SHELF, Some(1)).await;
    gateway.until(OTHER_SHELF, |lights| lit(lights) == [0, 2]).await;
    page.assign(SHELF, Some(2)).await;
    gateway.until(SHELF, |lights| lit(lights).is_empty()).await;
    page.assign(OTHER_SHELF, None).await;
    gateway.until(OTHER_SHELF, |lights| lit(lights).is_empty()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_run_takes_the_shelf_over_at_once() {
    let server = Server::sqlite().await;
    let (old, mut gateway) = picking(&server).await;
    let new = server.start(1).await;
    assert_ne!(old, new);
    gateway.until(SHELF, |lights| lit(lights).is_empty()).await;
    let answers = gateway.lights_of(SHELF);
    assert_eq!(lit(&answers), [] as [usize; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_went_and_came_is_reported_as_it_is() {
    let server = Server::sqlite().await;
    let (_, mut gateway) = picking(&server).await;
    let mut report = shelf(SHELF, 1);
    report.state = DeviceState::Offline;
    gateway.say(FromGateway::Device(report)).await;
    server.until_state(SHELF, &DeviceState::Offline).await;
    gateway.say(FromGateway::Device(shelf(SHELF, 1))).await;
    server.until_state(SHELF, &DeviceState::Online).await;
}

/// A gateway that is gone is not counted as there, nor its cable blamed; a device's last answer is no time of connection.
#[tokio::test(flavor = "multi_thread")]
async fn w11_the_devices_page_says_of_gateways_and_answers_what_is_so() {
    let server = Server::sqlite().await;
    let (_, gateway) = picking(&server).await;
    let page = server.page("sun", "/devices").await.1;
    assert!(page.contains("网关 1 台，在线 1 · 设备 4 台，在线 4"), "{page}");
    assert_eq!(page.matches("正在应答").count(), 4);
    drop(gateway);
    for device in [SHELF, OTHER_SHELF, PRINTER] {
        server.until_state(device, &DeviceState::Offline).await;
    }
    let page = server.page("sun", "/devices").await.1;
    assert!(page.contains("网关 1 台，在线 0 · 设备 4 台，在线 0"), "{page}");
    assert!(
        page.contains("检查它的电源和网络") && !page.contains("查线和电源"),
        "{page}"
    );
    assert!(!page.contains("正在应答"));
}

#[tokio::test(flavor = "multi_thread")]
async fn w11_labels_that_no_printer_takes_are_said_to_wait() {
    let server = Server::sqlite().await;
    let mut gateway = Gateway::connect(&server).await;
    let run = server.start(1).await;
    server.scan_all("zhang", run, &counted_and_labelled()).await;
    let screen = format!("/runs/{run}");
    assert!(!server.page("zhang", &screen).await.1.contains("打印机断线"));
    gateway
        .say(FromGateway::Device(gateway::printer(DeviceState::Offline)))
        .await;
    server.until_state(PRINTER, &DeviceState::Offline).await;
    assert!(
        server
            .page("zhang", &screen)
            .await
            .1
            .contains("打印机断线，3 张标签在等")
    );
    server.assign(PRINTER, Some(2)).await;
    assert!(
        server
            .page("zhang", &screen)
            .await
            .1
            .contains("没有打印机，3 张标签没有印")
    );
}

/// What was scanned before a run began is none of that run's, whatever the gateway's clock says.
#[tokio::test(flavor = "multi_thread")]
async fn what_waited_since_before_the_run_is_kept_and_no_act() {
    let server = Server::sqlite().await;
    let run = server.start(1).await;
    // What a device did later has a higher number, and is of the run that its earlier acts are of.
    for (number, clock_off) in [(300, 0), (200, 3_600_000), (100, -3_600_000)] {
        let now = wms::clock::now() + clock_off;
        let mut gateway = Gateway::with_clock(&server, now).await;
        let scanner = SCANNER;
        let scan = || EventBody::Scan {
            aim: None,
            code: format!("4711/{clock_off}"),
        };
        let before = server.last_act(run).await;
        gateway
            .say(gateway::event_at(now - 60_000, scanner, number, scan()))
            .await;
        assert_eq!(gateway.answer(scanner, number).await, None);
        assert_eq!(server.last_act(run).await, before, "kept, and no act");
        gateway.say(gateway::event_at(now, scanner, number + 1, scan())).await;
        assert_eq!(gateway.answer(scanner, number + 1).await, Some(Verdict::Wrong));
        assert_eq!(server.last_act(run).await, before + 1, "an act of this run");
    }
}

/// A scan made so long ago, by the gateway's word.
fn scanned(number: u32, millis: u64, sure: bool) -> FromGateway {
    let body = EventBody::Scan {
        aim: None,
        // The same code again would be a repeat, and no mistake.
        code: format!("47{number:04}"),
    };
    // A wall clock of long ago, which nobody believes.
    gateway::aged(86_400_000, Some(Age { millis, sure }), SCANNER, number, body)
}

/// What is not of this run is told on its page and counted, and what is uncertain is marked.
#[tokio::test(flavor = "multi_thread")]
async fn r2_what_is_set_aside_is_told_and_what_is_uncertain_is_marked() {
    let server = Server::sqlite().await;
    let mut gateway = Gateway::connect(&server).await;
    // Nobody's: no run is there.
    gateway.say(scanned(1, 0, true)).await;
    assert_eq!(gateway.answer(SCANNER, 1).await, Some(Verdict::Wrong));
    let run = server.start(1).await;
    assert_eq!(server.get(&format!("/api/runs/{run}")).await["aside"], 0);
    for (number, age) in [(2, 60_000), (3, u64::MAX)] {
        gateway.say(scanned(number, age, true)).await;
        assert_eq!(gateway.answer(SCANNER, number).await, None);
    }
    for (number, sure) in [(4, true), (5, false)] {
        gateway.say(scanned(number, 0, sure)).await;
        assert_eq!(gateway.answer(SCANNER, number).await, Some(Verdict::Wrong));
    }
    assert_eq!(server.get(&format!("/api/runs/{run}")).await["aside"], 2);
    let events = server.get(&format!("/api/runs/{run}/events?after=1")).await;
    let certain: Vec<_> = events
        .as_array()
        .expect("acts")
        .iter()
        .map(|act| &act["certain"])
        .collect();
    assert_eq!(certain, [true, false]);
    let page = server.shown("zhang", &format!("/runs/{run}/events")).await;
    assert!(
        page.contains("2 次操作未计入本次作业") && page.contains("在本次作业开始之前"),
        "{page}"
    );
    assert!(page.contains("（不确定）"), "{page}");
    // Nothing that can be seen: no code, though a run is open.
    let nothing = EventBody::Scan {
        aim: None,
        code: "\u{200b}".into(),
    };
    gateway.say(gateway::event(SCANNER, 6, nothing)).await;
    assert_eq!(gateway.answer(SCANNER, 6).await, Some(Verdict::Wrong));
    let page = server.shown("zhang", &format!("/runs/{run}/events")).await;
    assert!(
        page.contains("3 次操作未计入") && page.contains("扫到的不是条码：空的，或太长"),
        "{page}"
    );
    assert!(server.shown("sun", "/devices").await.contains("未计入：3"));
}

/// The machine that made the run has started anew, its clock 8 h wrong before: only the wall clock reaches there.
#[tokio::test(flavor = "multi_thread")]
async fn w5_over_a_start_of_the_machine_arrival_and_order_count() {
    let home = Home::postgres();
    let first = Server::on(&home.url).await;
    let mut gateway = Gateway::connect(&first).await;
    let run = first.start(1).await;
    gateway.say(scanned(1, 0, true)).await;
    assert_eq!(gateway.answer(SCANNER, 1).await, Some(Verdict::Wrong));
    drop(gateway);
    first.machine_starts_anew(run, 8 * 3_600_000).await;

    let server = Server::on(&home.url).await;
    let mut gateway = Gateway::connect(&server).await;
    let other = || EventBody::Key {
        position: 0,
        key: Key::Confirm,
        count: None,
        tag: 0,
    };
    let hour = Some(Age {
        millis: 3_600_000,
        sure: true,
    });
    // New since the server knows the run; old, and after an act of it; old, from a device that has done nothing in it.
    gateway.say(scanned(2, 0, true)).await;
    assert_eq!(gateway.answer(SCANNER, 2).await, Some(Verdict::Wrong));
    gateway.say(scanned(3, 3_600_000, true)).await;
    assert_eq!(gateway.answer(SCANNER, 3).await, Some(Verdict::Wrong));
    gateway.say(gateway::aged(0, hour, SHELF, 1, other())).await;
    assert_eq!(gateway.answer(SHELF, 1).await, None);
    let events = server.get(&format!("/api/runs/{run}/events?after=2")).await;
    let certain: Vec<_> = events
        .as_array()
        .expect("acts")
        .iter()
        .map(|act| &act["certain"])
        .collect();
    assert_eq!(certain, [true, false]);
    assert_eq!(server.get(&format!("/api/runs/{run}")).await["aside"], 1);
}

/// A gateway's clock is told wrong where it is, at any time in its session.
#[tokio::test(flavor = "multi_thread")]
async fn w5_a_wrong_clock_is_told_on_the_devices_page() {
    let server = Server::sqlite().await;
    let mut gateway = Gateway::connect(&server).await;
    gateway.say(scanned(1, 0, true)).await;
    gateway.answer(SCANNER, 1).await;
    assert!(!server.shown("sun", "/devices").await.contains("时钟比服务器"));
    let now = wms::clock::now() + 7 * 60_000 + 30_000;
    gateway.say(FromGateway::Clock { now }).await;
    gateway.say(scanned(2, 0, true)).await;
    gateway.answer(SCANNER, 2).await;
    assert!(server.shown("sun", "/devices").await.contains("时钟比服务器快 7 分钟"));
}

/// The network is cut: no goodbye, and no answer to any question.
#[tokio::test(flavor = "multi_thread")]
async fn r5_a_gateway_that_is_cut_off_is_away_and_said_once() {
    let server = Server::sqlite().await;
    let mut gateway = Gateway::connect(&server).await;
    let run = server.start(1).await;
    gateway.say(scanned(1, 0, true)).await;
    gateway.answer(SCANNER, 1).await;
    server.until_state(SHELF, &DeviceState::Online).await;
    // From here on nobody reads or writes at its end, and the connection stands.
    server.until_state(SHELF, &DeviceState::Offline).await;
    let devices = server.shown("sun", "/devices").await;
    assert_eq!(devices.matches("检查它的电源和网络").count(), 1, "{devices}");
    assert!(
        !devices.contains("查线和电源"),
        "no cable of a device is to blame: {devices}"
    );
    let board = server.shown("chen", "/board").await;
    assert_eq!(board.matches("检查它的电源和网络").count(), 1, "{board}");
    assert!(!board.contains("设备全部断线"), "{board}");
    assert_eq!(server.last_act(run).await, 2);
    drop(gateway);
}

/// A server that starts has heard from nobody yet, whatever its rows say.
#[tokio::test(flavor = "multi_thread")]
async fn r5_a_server_that_starts_calls_nobody_online() {
    let server = Server::sqlite().await;
    let mut gateway = Gateway::connect(&server).await;
    gateway.say(scanned(1, 0, true)).await;
    gateway.answer(SCANNER, 1).await;
    assert!(server.shown("sun", "/devices").await.contains("● 在线"));
    server.says_online(SHELF).await;
    drop(gateway);
    server.until_state(SHELF, &DeviceState::Offline).await;
    // As a server leaves it that is killed while the gateway is there.
    server.says_online(SHELF).await;
    let devices = server.shown("sun", "/devices").await;
    assert!(!devices.contains("● 在线"), "{devices}");
}

/// A second gateway names a device that is at another, and tells of scans that it never made.
#[tokio::test(flavor = "multi_thread")]
async fn r14_a_device_belongs_to_its_gateway_until_it_moves() {
    let server = Server::sqlite().await;
    let mut first = Gateway::connect(&server).await;
    let run = server.start(1).await;
    first.say(scanned(1, 0, true)).await;
    first.answer(SCANNER, 1).await;
    let mut second = Gateway::named(&server, "second").await;
    second.say(scanned(2, 0, true)).await;
    // Messages are taken in order: after this answer the one before was taken, or put off.
    second
        .say(gateway::aged(
            0,
            None,
            "5649525400000999",
            1,
            EventBody::Lost { count: 1 },
        ))
        .await;
    second.answer("5649525400000999", 1).await;
    server.identify(SCANNER).await;
    first.is_asked_to_identify(SCANNER).await;
    first.say(scanned(2, 0, true)).await;
    assert_eq!(first.answer(SCANNER, 2).await, Some(Verdict::Wrong));
    assert_eq!(server.last_act(run).await, 3, "the real scan is an act");
    let devices = server.shown("sun", "/devices").await;
    assert!(devices.contains("此设备由 test 使用，second 也上报了它"), "{devices}");
    // It is carried over.
    let mut gone = gateway::scanner(SCANNER, 1);
    gone.state = DeviceState::Offline;
    first.say(FromGateway::Device(gone)).await;
    assert_eq!(
        second.answer(SCANNER, 2).await,
        Some(Verdict::Wrong),
        "its first answer"
    );
    assert_eq!(server.last_act(run).await, 3, "nothing twice");
    server.until_at(SCANNER, "second").await;
    server.identify(SCANNER).await;
    second.is_asked_to_identify(SCANNER).await;
}

/// More was told of a device than waits in memory: none of it is passed over, and its order stands.
#[tokio::test(flavor = "multi_thread")]
async fn r14_a_device_that_moves_with_much_to_tell_is_heard_in_order() {
    const MANY: u32 = 1_100;
    let server = Server::sqlite().await;
    let mut first = Gateway::connect(&server).await;
    let run = server.start(1).await;
    first.say(scanned(1, 0, true)).await;
    first.answer(SCANNER, 1).await;
    let mut second = Gateway::named(&server, "second").await;
    for number in 2..=MANY {
        second.say(scanned(number, 0, true)).await;
    }
    // Messages are taken in order: after this answer those before were put off.
    let other = gateway::aged(0, None, "5649525400000999", 1, EventBody::Lost { count: 1 });
    second.say(other).await;
    second.answer("5649525400000999", 1).await;
    let mut gone = gateway::scanner(SCANNER, 1);
    gone.state = DeviceState::Offline;
    first.say(FromGateway::Device(gone)).await;
    second.until_ended().await;
    let mut second = Gateway::named(&server, "second").await;
    for number in 2..=MANY {
        second.say(scanned(number, 0, true)).await;
    }
    second.answer(SCANNER, MANY).await;
    let acts = server.get(&format!("/api/runs/{run}/events?after=1")).await;
    let codes: Vec<_> = acts
        .as_array()
        .expect("acts")
        .iter()
        .map(|act| act["act"]["code"].clone())
        .collect();
    let expected: Vec<_> = (1..=MANY).map(|number| format!("47{number:04}")).collect();
    assert_eq!(codes, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_student_takes_no_station_from_another_group_at_work() {
    let server = Server::sqlite().await;
    let run = server.start(1).await;
    let taken = server.try_start("wang", 1).await;
    assert_eq!(taken, StatusCode::CONFLICT);
    assert_eq!(server.last_act(run).await, 1, "the run goes on");
    assert_eq!(server.try_start("wang", 2).await, StatusCode::OK);
}

/// Two clicks, or two people: one run, and none that nobody can reach.
#[tokio::test(flavor = "multi_thread")]
async fn starts_at_one_moment_leave_one_run_open() {
    let server = Server::sqlite().await;
    let (one, two, three) = tokio::join!(server.start(1), server.start(1), server.start(1));
    let open = server.open_runs().await;
    assert_eq!(open.len(), 1, "of {one}, {two} and {three} one goes on: {open:?}");
    assert!([one, two, three].contains(&open[0]));
}

/// The station's power strip was off: printer and gateway have forgotten what they had.
#[tokio::test(flavor = "multi_thread")]
async fn labels_not_yet_on_paper_are_wished_again_with_a_new_session() {
    let server = Server::sqlite().await;
    let mut gateway = Gateway::connect(&server).await;
    let run = server.start(1).await;
    server.receive(run).await;
    let mut taken = Vec::new();
    while taken.len() < 3 {
        taken.push(gateway.takes_label(&taken).await);
    }
    let outcomes = [PrintOutcome::Done, PrintOutcome::PaperOut];
    for ((number, job), outcome) in (1..).zip(&taken).zip(outcomes) {
        let printed = EventBody::Printed { job: *job, outcome };
        gateway.say(gateway::event(PRINTER, number, printed)).await;
        gateway.answer(PRINTER, number).await;
    }
    drop(gateway);

    let mut gateway = Gateway::connect(&server).await;
    let again = [gateway.takes_label(&[]).await, gateway.takes_label(&[]).await];
    assert_eq!(
        again,
        [taken[1], taken[2]],
        "the same numbers, without what is on paper"
    );
    gateway.until(OTHER_SHELF, |_| true).await;
    gateway.is_quiet().await;
    drop(gateway);

    // A run that is over wants no paper any more.
    server.start(1).await;
    let mut gateway = Gateway::connect(&server).await;
    gateway.until(OTHER_SHELF, |_| true).await;
    gateway.is_quiet().await;
}

/// A test is led by words, can be stopped, and leaves a shelf at work alone.
#[tokio::test(flavor = "multi_thread")]
async fn w9_a_self_test_leads_can_be_stopped_and_leaves_a_shelf_at_work_alone() {
    let server = Server::sqlite().await;
    let (run, mut gateway) = picking(&server).await;
    let devices = async || server.page("sun", "/devices").await.1;
    assert_eq!(
        server.at_device(SHELF, "test", "").await,
        StatusCode::CONFLICT,
        "its lights are somebody's work"
    );
    assert!(!devices().await.contains("自检中"));

    // The other is dark: hands are led, position by position.
    gateway.until(OTHER_SHELF, |_| true).await;
    assert!(server.at_device(OTHER_SHELF, "test", "").await.is_redirection());
    assert_eq!(gateway.asked(OTHER_SHELF).await, DesireBody::SelfTest);
    assert!(
        devices()
            .await
            .contains("自检中，已判 0 / 24 位：按亮白灯那一位的确认键")
    );
    let tested = |position, pressed| EventBody::Tested { position, pressed };
    gateway.say(gateway::event(OTHER_SHELF, 1, tested(0, true))).await;
    gateway.answer(OTHER_SHELF, 1).await;
    assert!(devices().await.contains("已判 1 / 24 位"));
    assert!(server.at_device(OTHER_SHELF, "test/stop", "").await.is_redirection());
    assert_eq!(gateway.asked(OTHER_SHELF).await, DesireBody::Identify { seconds: 0 });
    assert!(!devices().await.contains("自检中"));

    // Work that comes ends a test, and the station's page says which it is.
    let other = server.start_as("wang", 2).await;
    assert!(server.at_device(OTHER_SHELF, "test", "").await.is_redirection());
    let (_, page) = server.page("wang", &format!("/runs/{other}")).await;
    assert!(page.contains("自检中：按亮白灯那一位的确认键"));
    server.receive_as("wang", other).await;
    gateway.until_lit(OTHER_SHELF).await;
    let (_, page) = server.page("wang", &format!("/runs/{other}")).await;
    assert!(!page.contains("自检中"));
    assert_ne!(run, other);
}

/// The page leads from the empty platform to a known weight, and says what came of each.
#[tokio::test(flavor = "multi_thread")]
async fn h12_a_page_leads_through_the_calibration_of_a_scale() {
    let server = Server::sqlite().await;
    let mut gateway = Gateway::connect(&server).await;
    gateway.say(FromGateway::Device(gateway::scale(SCALE, 1))).await;
    server.until_state(SCALE, &DeviceState::Online).await;
    assert!(
        server
            .page("sun", "/devices")
            .await
            .1
            .contains(&format!("/devices/{SCALE}/calibrate"))
    );
    let page = async |at: &str| {
        let (status, page) = server.page("sun", at).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        page
    };
    let weight_is_open = |page: &str| !page.contains(" disabled>");
    assert!(!weight_is_open(&page(&format!("/devices/{SCALE}/calibrate")).await));

    // Something still moves on it: said in the gateway's words, and asked again.
    let busy = Stage::Failed {
        why: "节点正忙：请稍后再试".into(),
    };
    let (mut status, mut at) = server.led_from_device(SCALE, "calibrate", "&grams=0&empty=0").await;
    assert!(status.is_redirection());
    assert!(page(&at).await.contains("已请求，等设备回话"));
    assert_eq!(gateway.asked_and(SCALE, busy).await, DesireBody::Calibrate { grams: 0 });
    server.until_page("sun", &at, "节点正忙").await;
    assert!(!weight_is_open(&page(&at).await));

    (status, at) = server.led_from_device(SCALE, "calibrate", "&grams=0&empty=0").await;
    assert!(status.is_redirection());
    assert_eq!(
        gateway.asked_and(SCALE, Stage::Taken).await,
        DesireBody::Calibrate { grams: 0 }
    );
    server.until_page("sun", &at, "✓ 设备已收").await;
    assert!(weight_is_open(&page(&at).await));

    let empty = at.rsplit('=').next().unwrap();
    for bad in ["1999", "30001"] {
        let fields = format!("&grams={bad}&empty={empty}");
        assert_eq!(
            server.at_device(SCALE, "calibrate", &fields).await,
            StatusCode::BAD_REQUEST
        );
    }
    let (_, at) = server
        .led_from_device(SCALE, "calibrate", &format!("&grams=20000&empty={empty}"))
        .await;
    let asked = gateway.asked_and(SCALE, Stage::Taken).await;
    assert_eq!(asked, DesireBody::Calibrate { grams: 20_000 });
    server.until_page("sun", &at, "校准已存进秤里").await;
    // Nobody else's page, and no other device's.
    let (status, _) = server.page("zhang", &format!("/devices/{SCALE}/calibrate")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    gateway.until(OTHER_SHELF, |_| true).await;
    let (status, _) = server.page("sun", &format!("/devices/{OTHER_SHELF}/calibrate")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

/// A technician sets lamps and tones on a page; the device keeps them.
#[tokio::test(flavor = "multi_thread")]
async fn lamps_and_tones_are_set_on_a_page_and_kept_in_the_device() {
    let server = Server::sqlite().await;
    let mut gateway = Gateway::connect(&server).await;
    gateway.until(SHELF, |_| true).await;
    server.until_state(SCANNER, &DeviceState::Online).await;
    let devices = server.page("sun", "/devices").await.1;
    assert!(devices.contains(&format!("/devices/{SCANNER}/signals")));
    let (_, page) = server.page("sun", &format!("/devices/{SHELF}/signals")).await;
    assert!(
        page.contains("name=\"brightness\"") && !page.contains("name=\"volume\""),
        "no tones: {page}"
    );
    for bad in [
        "&brightness=0&volume=2",
        "&brightness=96&volume=4",
        "&brightness=97&volume=2",
    ] {
        assert_eq!(
            server.at_device(SCANNER, "signals", bad).await,
            StatusCode::BAD_REQUEST,
            "{bad}"
        );
    }
    let (status, at) = server
        .led_from_device(SCANNER, "signals", "&brightness=255&volume=1")
        .await;
    assert!(status.is_redirection());
    let asked = gateway.asked_and(SCANNER, Stage::Taken).await;
    let wanted = DesireBody::Signals {
        brightness: 255,
        volume: 1,
    };
    assert_eq!(asked, wanted);
    server.until_page("sun", &at, "✓ 设备已收").await;
    let (_, page) = server.page("sun", &at).await;
    assert!(page.contains("value=\"255\" selected"), "{page}");
    let (status, _) = server.page("zhang", &format!("/devices/{SCANNER}/signals")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

/// The symbology and the separators that the scanner's node tells reach the rules.
#[tokio::test(flavor = "multi_thread")]
async fn s3_element_strings_of_a_scanner_count_goods() {
    let server = Server::sqlite().await;
    let mut gateway = Gateway::connect(&server).await;
    gateway.say(FromGateway::Device(gateway::scanner(SCANNER, 1))).await;
    server.until_state(SCANNER, &DeviceState::Online).await;
    server.start(1).await;
    let scan = |aim: Option<&str>, code: &str| EventBody::Scan {
        aim: aim.map(Into::into),
        code: code.into(),
    };
    let element_string = "10260821\u{1d}0112000152400036";
    for (number, body, verdict) in [
        (1, scan(None, "CMD-CONFIRM"), Verdict::Right),
        (2, scan(Some("]C1"), element_string), Verdict::Right),
        // Without the symbology it is no such code: nothing is guessed.
        (3, scan(None, "10260822\u{1d}0112000152400036"), Verdict::Wrong),
        (4, scan(Some("]C1"), "10260821\u{1d}17271231"), Verdict::Neutral),
        // A third case of three: the first of them was counted as one.
        (5, scan(Some("]I1"), "12000152400036"), Verdict::Right),
        (6, scan(Some("]E0"), "02000152400039"), Verdict::Right),
        (7, scan(Some("]C0"), "12000152400036"), Verdict::Wrong),
    ] {
        gateway.say(gateway::event(SCANNER, number, body)).await;
        assert_eq!(gateway.answer(SCANNER, number).await, Some(verdict), "event {number}");
    }
}

/// What lay on the scale when it started is taken away: it is told to begin at zero anew. What is old is not.
#[tokio::test(flavor = "multi_thread")]
async fn w2_a_scale_below_zero_is_told_to_tare() {
    let server = Server::sqlite().await;
    let mut gateway = Gateway::connect(&server).await;
    gateway.say(FromGateway::Device(gateway::scale(SCALE, 1))).await;
    server.until_state(SCALE, &DeviceState::Online).await;
    server.start(1).await;
    let weight = |grams, stable| EventBody::Weight { grams, stable };
    gateway.say(gateway::event(SCALE, 1, weight(-800, true))).await;
    gateway.until_tare(SCALE).await;
    let long_ago = wms::clock::now() - 60_000;
    for (number, at, body) in [
        (2, wms::clock::now(), weight(0, true)),
        (3, wms::clock::now(), weight(-800, false)),
        (4, wms::clock::now(), weight(4630, true)),
        (5, long_ago, weight(-800, true)),
    ] {
        gateway.say(gateway::event_at(at, SCALE, number, body)).await;
        gateway.answer(SCALE, number).await;
    }
    gateway.is_quiet().await;
}
