//! Pseudo terminals come and go as cables do.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::{
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use common::{Gateway, config, node::Node, process::Running, wms::Wms};
use link::message::{Command, EventId, NodeKind, Verdict};
use tokio::task::JoinHandle;
use tokio_serial::{SerialPort, SerialStream};
use uplink::DeviceState;

/// A cable: the node's end speaks, the far end hangs under a name in the folder.
struct Cable {
    name: PathBuf,
    line: JoinHandle<()>,
}

impl Cable {
    fn plug(folder: &Path, name: &str, node: &Node) -> Self {
        let (near, far) = SerialStream::pair().unwrap();
        let name = folder.join(name);
        symlink(far.name().unwrap(), &name).unwrap();
        let node = node.clone();
        // The far end is held open as well, or the line would hang up before the gateway is there.
        let line = tokio::spawn(async move {
            let _held = far;
            node.speak(near).await;
        });
        Self { name, line }
    }

    fn pull(self) {
        std::fs::remove_file(&self.name).unwrap();
        self.line.abort();
    }
}

async fn right(node: &Node, code: &str) {
    let verdict = Command::Verdict {
        event: EventId(node.scan(code)),
        verdict: Verdict::Right,
    };
    node.when("a verdict", |commands| commands.contains(&verdict).then_some(()))
        .await;
}

#[tokio::test]
async fn a_cable_pulled_and_plugged_again_loses_no_scan() {
    let (data, ports) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xf1, 7, 1));
    let gateway = Gateway::start(config(data.path(), wms.address, &[ports.path().display().to_string()]));
    for round in 0..4 {
        let cable = Cable::plug(ports.path(), "station-1-scanner", &node);
        right(&node, &format!("plugged {round}")).await;
        let status = gateway.when("one device", |status| status.devices.len() == 1).await;
        assert_eq!(status.devices[0].state, DeviceState::Online);
        assert!(status.devices[0].port.ends_with("station-1-scanner"));
        cable.pull();
        node.scan(&format!("pulled {round}"));
        gateway
            .when("offline", |status| status.devices[0].state == DeviceState::Offline)
            .await;
        wms.when("told", |l| {
            (l.devices[&node.name()].state == DeviceState::Offline).then_some(())
        })
        .await;
    }
    let _cable = Cable::plug(ports.path(), "elsewhere", &node);
    node.relieved().await;
    wms.when("all scans and the start", |ledger| {
        (ledger.events.len() == 9).then_some(())
    })
    .await;
    wms.with(|ledger| assert_eq!(ledger.repeats, 0));
}

/// udev names one device by its id and by its place.
#[tokio::test]
async fn w10_a_cable_with_two_names_is_one_port() {
    let (data, ports) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xf3, 7, 1));
    let cable = Cable::plug(ports.path(), "by-id", &node);
    symlink(std::fs::read_link(&cable.name).unwrap(), ports.path().join("by-path")).unwrap();
    let place = [ports.path().display().to_string()];
    let gateway = Gateway::start(config(data.path(), wms.address, &place));
    right(&node, "by one name").await;
    let status = gateway.when("one device", |status| status.devices.len() == 1).await;
    let names: Vec<&String> = status.ports.keys().collect();
    assert!(names.len() == 1 && names[0].ends_with("by-id"), "{names:?}");
    // That name goes, and the device stays.
    std::fs::remove_file(&cable.name).unwrap();
    gateway
        .when("the other name", |status| {
            status.ports.len() == 1
                && status
                    .ports
                    .iter()
                    .all(|(name, port)| name.ends_with("by-path") && port.open)
        })
        .await;
    right(&node, "by the other").await;
    // A name that comes back changes nothing.
    symlink(std::fs::read_link(ports.path().join("by-path")).unwrap(), &cable.name).unwrap();
    right(&node, "still").await;
    cable.pull();
}

#[tokio::test]
async fn a_port_in_use_is_told_and_taken_once_it_is_free() {
    let ports = tempfile::tempdir().unwrap();
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xf2, 7, 1));
    let _cable = Cable::plug(ports.path(), "scanner", &node);
    let place = [ports.path().display().to_string()];
    let first = Running::start(wms.address, one.path(), &[&place[0]]);
    right(&node, "first").await;
    let second = Gateway::start(config(two.path(), wms.address, &place));
    let port = ports.path().join("scanner").display().to_string();
    let status = second.when("told", |status| status.ports.contains_key(&port)).await;
    let why = status.ports[&port].why.clone().unwrap();
    assert!(why.contains("is in use by ") && why.contains("close that one"), "{why}");
    first.kill();
    second
        .when("taken", |status| status.ports[&port].open && status.devices.len() == 1)
        .await;
    right(&node, "second").await;
}

#[tokio::test]
async fn what_is_no_port_is_left_alone_and_what_is_no_terminal_is_told() {
    let (data, ports) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let wms = Wms::start().await;
    std::fs::write(ports.path().join("readme.txt"), "no port").unwrap();
    symlink("/dev/null", ports.path().join("null")).unwrap();
    let gateway = Gateway::start(config(data.path(), wms.address, &[ports.path().display().to_string()]));
    let status = gateway.when("one port", |status| !status.ports.is_empty()).await;
    assert_eq!(status.ports.len(), 1);
    let (name, port) = status.ports.first_key_value().unwrap();
    assert!(
        name.ends_with("null") && port.why.as_ref().unwrap().contains("can't be opened"),
        "{port:?}"
    );
}
