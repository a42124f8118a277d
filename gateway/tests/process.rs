//! The gateway as a process: killed at any moment, ended politely, started wrongly.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::{fs, time::Duration};

use common::{
    node::Node,
    process::{Running, command, complaint, output},
    until,
    wms::Wms,
};
use gateway::{data, diagnostics::doctor};
use link::message::NodeKind;
use uplink::EventBody;

/// A person scans on while the gateway is killed again and again, at moments that a seed draws.
#[tokio::test]
async fn killed_at_any_moment_it_loses_nothing_and_tells_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xe1, 7, 1));
    let (address, _line) = node.listen().await;
    let port = format!("tcp:{address}");
    let mut dice = fastrand::Rng::with_seed(20_260_807);
    let mut gateway = Some(Running::start(wms.address, folder.path(), &[&port]));
    let mut codes = Vec::new();
    for round in 0..25 {
        for number in 0..dice.u32(1..6) {
            let code = format!("round {round} code {number}");
            node.scan(&code);
            codes.push(code);
            tokio::time::sleep(Duration::from_millis(dice.u64(0..4))).await;
        }
        // A third of the rounds kill at once, others after the gateway had time to do some of its work.
        tokio::time::sleep(Duration::from_millis(dice.u64(0..3) * dice.u64(0..60))).await;
        if let Some(running) = gateway.take() {
            running.kill();
        }
        gateway = Some(Running::start(wms.address, folder.path(), &[&port]));
    }
    let scans = |ledger: &mut common::wms::Ledger| {
        let code = |event: &uplink::DeviceEvent| match &event.body {
            EventBody::Scan { code, .. } => Some(code.clone()),
            _ => None,
        };
        let scans: Vec<String> = ledger.events.iter().filter_map(code).collect();
        (scans.len() >= codes.len()).then_some(scans)
    };
    let came = wms.when("every scan", scans).await;
    assert_eq!(came, codes, "in order, each once");
    node.relieved().await;
}

#[tokio::test]
async fn ended_politely_it_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let wms = Wms::start().await;
    let mut gateway = Running::start(wms.address, folder.path(), &["tcp:127.0.0.1:1"]);
    wms.when("a session", |ledger| (!ledger.hellos.is_empty()).then_some(()))
        .await;
    let pid = rustix::process::Pid::from_child(&gateway.0);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let status = until("the end", async || gateway.0.try_wait().unwrap()).await;
    assert!(status.success(), "{status}");
}

#[tokio::test]
async fn the_doctor_speaks_for_the_gateway_that_runs_and_looks_itself_where_none_does() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scale, 0xe2, 7, 1));
    let (address, _line) = node.listen().await;
    let (port, data) = (format!("tcp:{address}"), folder.path().join("data"));
    let gateway = Running::start(wms.address, &data, &[&port]);
    let online = async || {
        let status = doctor::ask(data::status_address(&data)?).await?;
        (status.uplink.online && status.devices.len() == 1).then_some(())
    };
    until("device and WMS", online).await;
    let ask = |lang: &'static str| {
        let data = data.display().to_string();
        let port = port.clone();
        tokio::task::spawn_blocking(move || {
            let mut command = command(&["doctor", "--data", &data, "--ports", &port]);
            command.args(["--lang", lang]).output().unwrap()
        })
    };
    let said = ask("en").await.unwrap();
    let text = String::from_utf8(said.stdout).unwrap();
    for part in [
        "is running",
        "WMS: connected",
        "scale 00000000000000e2",
        "cangxun-scale",
        "1.2.3+1a2b3c4d",
        "online",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    assert!(said.status.success());
    gateway.kill();
    let said = ask("zh").await.unwrap();
    let text = String::from_utf8(said.stdout).unwrap();
    for part in ["没有网关在运行", "秤 00000000000000e2", "在线"] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    assert!(said.status.success(), "where nobody runs there is no WMS to miss");
}

#[test]
fn the_doctor_who_finds_nothing_says_that_a_hand_is_wanted() {
    let ports = tempfile::tempdir().unwrap();
    let said = output(&["doctor", "--ports", &ports.path().display().to_string()]);
    let text = String::from_utf8(said.stdout).unwrap();
    assert!(text.contains("No ports found"), "{text}");
    assert_eq!(said.status.code(), Some(2));
}

#[tokio::test]
async fn metrics_tell_what_came_and_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xe3, 7, 1));
    let (address, _line) = node.listen().await;
    let _gateway = Running::start(wms.address, folder.path(), &[&format!("tcp:{address}")]);
    wms.when("the start", |ledger| (!ledger.events.is_empty()).then_some(()))
        .await;
    node.scan("counted");
    let wished = [
        "gateway_events_total{stage=\"came\"} 2",
        "gateway_events_total{stage=\"committed\"} 2",
        "gateway_events_pending 0",
        "gateway_devices{state=\"online\"} 1",
        "gateway_uplink_online 1",
        "gateway_answer_seconds_count",
        "gateway_outbox_write_seconds_bucket",
    ];
    let all = async || {
        let address = data::status_address(folder.path())?;
        let text = get(address, "/metrics").await?;
        wished.iter().all(|line| text.contains(line)).then_some(())
    };
    until("all lines", all).await;
}

async fn get(address: std::net::SocketAddr, path: &str) -> Option<String> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address).await.ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await.ok()?;
    Some(text)
}

#[test]
fn a_wrong_start_is_told_in_words_that_help() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let good = ["run", "--wms", "ws://127.0.0.1:1/uplink", "--key", "k"];
    let with = |more: &[&str]| complaint(&[&good[..], more].concat());
    assert!(with(&[]).contains("--data is missing"));
    assert!(complaint(&["run", "--key", "k", "--wms", "http://x", "--data", "d"]).contains("ws://host:port/uplink"));
    assert!(with(&["--data", &at("d"), "--ports", "tcp:nowhere"]).contains("tcp:host:port"));

    // A file where the folder should be: refused for root as well.
    fs::write(at("file"), "").unwrap();
    assert!(with(&["--data", &at("file")]).contains("choose another with --data"));

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert!(with(&["--data", &at("d"), "--metrics", &address]).contains("takes a free one"));

    fs::create_dir_all(folder.path().join("d/outbox")).unwrap();
    fs::write(
        folder.path().join("d/outbox/00000007.log"),
        "cangxun outbox9\nsomething newer",
    )
    .unwrap();
    assert!(with(&["--data", &at("d"), "--metrics", "127.0.0.1:0"]).contains("newer version"));

    fs::write(
        at("g.toml"),
        include_str!("../gateway.example.toml").replace("baud", "bauds"),
    )
    .unwrap();
    let said = complaint(&["run", "--config", &at("g.toml")]);
    assert!(
        said.contains("there is no field `bauds`") && said.contains("baud, bus") && said.contains("line"),
        "{said}"
    );
    assert!(complaint(&["run", "--config", &at("absent.toml")]).contains("check path"));
}

#[tokio::test]
async fn two_gateways_do_not_share_a_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let wms = Wms::start().await;
    let _first = Running::start(wms.address, folder.path(), &["tcp:127.0.0.1:1"]);
    wms.when("a session", |ledger| (!ledger.hellos.is_empty()).then_some(()))
        .await;
    let data = folder.path().display().to_string();
    let said = complaint(&["run", "--wms", "ws://127.0.0.1:1/", "--key", "k", "--data", &data]);
    assert!(said.contains("in use by another gateway"), "{said}");
}

#[test]
fn profiles_are_checked_by_file_line_and_field() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.toml");
    let good = include_str!("../../device-profiles/profiles/cangxun-scale.toml");
    fs::write(&path, good).unwrap();
    let words = ["profile", "check", path.to_str().unwrap()];
    assert!(output(&words).status.success());
    fs::write(&path, good.replace("most_grams = 30_000", "most_grams = \"much\"")).unwrap();
    let said = complaint(&words);
    assert!(
        said.contains("p.toml, line 27, column 14") && said.contains("u32"),
        "{said}"
    );
    // In Chinese for whoever reads Chinese.
    let said = command(&words[..2])
        .args(&words[2..])
        .env("LC_ALL", "zh_CN.UTF-8")
        .output()
        .unwrap();
    assert!(String::from_utf8(said.stderr).unwrap().contains("第 27 行第 14 列"));
    assert!(output(&["profile", "list"]).stdout.starts_with(b"cangxun-bridge"));
}
