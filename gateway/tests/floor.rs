//! From a node's event to the WMS's commit and back, over TCP and pseudo terminals.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::time::Duration;

use common::{Gateway, config, node::Node, within, wms::Wms};
use gateway::clock::Clock;
use link::{
    message::{Command, EventId, NodeKind, Verdict},
    session::{Outcome, Refusal},
};
use tokio::io::AsyncWriteExt;
use uplink::{Colour, Desire, DesireBody, DeviceId, EventBody, Light, Mode, Stage};

#[tokio::test]
async fn a_scan_is_committed_answered_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xa1, 7, 1));
    let (address, _line) = node.listen().await;
    let gateway = Gateway::start(config(folder.path(), wms.address, &[format!("tcp:{address}")]));
    let event = node.scan("6901234567892");
    let verdict = node
        .when("a verdict", |commands| {
            commands.iter().find_map(|command| match command {
                Command::Verdict { event, verdict } => Some((*event, *verdict)),
                _ => None,
            })
        })
        .await;
    assert_eq!(verdict, (EventId(event), Verdict::Right));
    node.relieved().await;
    let status = gateway
        .when("all is committed", |status| status.events.pending == 0)
        .await;
    assert_eq!(status.devices[0].profile, "cangxun-scanner");
    assert_eq!(status.devices[0].firmware, "1.2.3+1a2b3c4d");
    // The start of the boot and the scan.
    wms.with(|ledger| {
        assert_eq!(
            ledger.events.iter().map(|event| event.key.event).collect::<Vec<_>>(),
            [1, event]
        )
    });
    within("a clean end", gateway.stop()).await.unwrap();
}

#[tokio::test]
async fn what_happened_before_the_gateway_began_keeps_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xa6, 7, 1));
    let (old, young) = (Duration::from_secs(45), Duration::from_secs(5));
    let now = Clock::default().unix();
    let scans = [(node.scan_ago("old", old), old), (node.scan_ago("young", young), young)];
    let (address, _line) = node.listen().await;
    let _gateway = Gateway::start(config(folder.path(), wms.address, &[format!("tcp:{address}")]));
    for (number, ago) in scans {
        let at = wms
            .when("the scan", |ledger| {
                let mut events = ledger.events.iter();
                Some(events.find(|event| event.key.event == number)?.at)
            })
            .await;
        let off = at - (now - ago.as_millis() as i64);
        assert!(off.abs() < 1_000, "{ago:?} ago, told {off} ms off");
    }
    // What is long over is not answered at the device any more.
    let judged = |commands: &[Command]| {
        commands.iter().find_map(|command| match command {
            Command::Verdict { event, .. } => Some(event.0),
            _ => None,
        })
    };
    assert_eq!(node.when("a verdict", judged).await, scans[1].0);
}

fn lights(number: u64, node: &Node, count: u16) -> Desire {
    let light = Light {
        colour: Colour::B,
        mode: Mode::Blink,
        count: Some(count),
        adjustable: true,
        tag: 9,
    };
    Desire {
        device: DeviceId(node.name()),
        number,
        body: DesireBody::Lights { lights: vec![light] },
    }
}

/// The count shown at position 0 by the newest lights.
fn shown(commands: &[Command]) -> Option<u16> {
    commands.iter().rev().find_map(|command| match command {
        Command::Lights { lights, .. } => Some(lights[0].count.unwrap_or(0)),
        _ => None,
    })
}

#[tokio::test]
async fn while_the_wms_is_away_scans_are_kept_and_caught_up_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xa2, 7, 1));
    let (address, _line) = node.listen().await;
    let gateway = Gateway::start(config(folder.path(), wms.address, &[format!("tcp:{address}")]));
    wms.when("the restart's event", |ledger| {
        (!ledger.events.is_empty()).then_some(())
    })
    .await;
    let (address, ledger) = wms.kill().await;
    node.when("amber", |commands| {
        commands.contains(&Command::Online(false)).then_some(())
    })
    .await;
    let codes: Vec<String> = (0..40).map(|number| format!("code {number}")).collect();
    let mut last = 0;
    for code in &codes {
        last = node.scan(code);
    }
    let stored = Command::Verdict {
        event: EventId(last),
        verdict: Verdict::Stored,
    };
    node.when("stored", |commands| commands.contains(&stored).then_some(()))
        .await;
    node.relieved().await;
    let status = gateway.when("all wait", |status| status.events.pending == 40).await;
    assert!(!status.uplink.online && status.uplink.why.is_some());

    let wms = Wms::start_at(address, ledger).await;
    node.when("green again", |commands| {
        (commands.last_online() == Some(true)).then_some(())
    })
    .await;
    let came = wms
        .when("all 40", |ledger| {
            let scans = ledger.events.iter().filter_map(|event| match &event.body {
                EventBody::Scan { code, .. } => Some(code.clone()),
                _ => None,
            });
            Some(scans.collect::<Vec<_>>()).filter(|scans| scans.len() >= 40)
        })
        .await;
    assert_eq!(came, codes);
    gateway
        .when("nothing waits", |status| {
            status.events.pending == 0 && status.uplink.online
        })
        .await;
    assert_eq!(wms.with(|ledger| ledger.hellos.last().unwrap().pending), 40);
}

#[tokio::test]
async fn what_waits_outlives_the_gateway() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xa3, 7, 1));
    let (wms_address, ledger) = wms.kill().await;
    let (address, line) = node.listen().await;
    let gateway = Gateway::start(config(folder.path(), wms_address, &[format!("tcp:{address}")]));
    let scan = node.scan("kept");
    node.relieved().await;
    gateway.stop().await.unwrap();
    // The node is gone for good: what it said lives in the outbox alone.
    line.abort();
    let wms = Wms::start_at(wms_address, ledger).await;
    let gateway = Gateway::start(config(folder.path(), wms.address, &[]));
    let event = wms
        .when("the scan", |ledger| {
            ledger.events.iter().find(|e| e.key.event == scan).cloned()
        })
        .await;
    assert_eq!(event.key.device.0, node.name());
    gateway.when("nothing waits", |status| status.events.pending == 0).await;
    gateway.stop().await.unwrap();
    // Nor is it told a third time.
    let gateway = Gateway::start(config(folder.path(), wms.address, &[]));
    wms.when("a third hello", |ledger| {
        ledger.hellos.get(1).map(|hello| assert_eq!(hello.pending, 0))
    })
    .await;
    gateway.stop().await.unwrap();
}

#[tokio::test]
async fn the_newest_lights_are_shown_and_shown_again_to_a_shelf_that_returns() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Shelf, 0xb1, 3, 24));
    let (address, line) = node.listen().await;
    let port = format!("tcp:{address}");
    let _gateway = Gateway::start(config(folder.path(), wms.address, &[port]));
    // Desired before the shelf has ever answered, as after a gateway's restart.
    wms.when("a session", |ledger| (!ledger.hellos.is_empty()).then_some(()))
        .await;
    for number in 1..=50 {
        wms.desire(lights(number, &node, number as u16));
    }
    node.when("the last lights", |commands| {
        (shown(commands) == Some(50)).then_some(())
    })
    .await;
    assert!(node.commands().len() < 60, "what is out of date is not all sent");
    let taken = |ledger: &mut common::wms::Ledger| {
        let of_last: Vec<_> = ledger
            .progress
            .iter()
            .filter(|p| p.number == 50)
            .map(|p| p.stage.clone())
            .collect();
        (of_last == [Stage::OnWire, Stage::Taken]).then_some(())
    };
    wms.when("on the wire, then taken", taken).await;

    // Another boot of the same shelf at the same place.
    line.abort();
    let again = Node::new(NodeKind::Shelf, 0xb1, 4, 24);
    let listener = common::until("the port is free", async || {
        tokio::net::TcpListener::bind(address).await.ok()
    })
    .await;
    let reborn = again.clone();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        reborn.speak(stream).await;
    });
    again
        .when("the same lights", |commands| {
            (shown(commands) == Some(50)).then_some(())
        })
        .await;
}

#[tokio::test]
async fn a_label_is_printed_once_however_often_it_is_desired() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Printer, 0xc1, 3, 1));
    let (address, _line) = node.listen().await;
    let port = format!("tcp:{address}");
    let gateway = Gateway::start(config(folder.path(), wms.address, std::slice::from_ref(&port)));
    wms.when("the printer", |ledger| {
        ledger.devices.contains_key(&node.name()).then_some(())
    })
    .await;
    let raster: String = (0..48 * 200)
        .map(|at: u32| format!("{:02x}", at.wrapping_mul(2_654_435_761) >> 24))
        .collect();
    let print = |number| {
        let body = DesireBody::Print {
            job: 77,
            width: 384,
            height: 200,
            raster: raster.clone(),
        };
        Desire {
            device: DeviceId(node.name()),
            number,
            body,
        }
    };
    // Busy with another label at first.
    node.answer("print start", Some(Outcome::Refused(Refusal::Busy)));
    wms.desire(print(1));
    node.when("a first try", |commands| (!commands.starts().is_empty()).then_some(()))
        .await;
    node.answer("print start", None);
    let taken = |number| {
        move |ledger: &mut common::wms::Ledger| {
            ledger
                .progress
                .iter()
                .any(|p| p.number == number && p.stage == Stage::Taken)
                .then_some(())
        }
    };
    wms.when("taken", taken(1)).await;
    let printed = |node: &Node| {
        node.commands()
            .iter()
            .filter(|c| matches!(c, Command::PrintEnd { .. }))
            .count()
    };
    assert_eq!(printed(&node), 1);
    wms.desire(print(2));
    wms.when("taken as before", taken(2)).await;
    assert_eq!(printed(&node), 1);

    // Nor does a gateway that has just started print what was on paper before.
    node.push(link::message::EventBody::Printed {
        job: 77,
        outcome: link::message::PrintOutcome::Done,
    });
    node.relieved().await;
    gateway.stop().await.unwrap();
    let again = Gateway::start(config(folder.path(), wms.address, std::slice::from_ref(&port)));
    again
        .when("the printer is back", |status| {
            status.uplink.online && !status.devices.is_empty()
        })
        .await;
    wms.desire(print(4));
    wms.when("taken before the restart", taken(4)).await;
    assert_eq!(printed(&node), 1);

    // A label no printer could take is refused in words.
    let body = DesireBody::Print {
        job: 78,
        width: 383,
        height: 1,
        raster: "00".into(),
    };
    wms.desire(Desire {
        device: DeviceId(node.name()),
        number: 3,
        body,
    });
    let why = wms
        .when("why not", |ledger| {
            ledger.progress.iter().find_map(|progress| match &progress.stage {
                Stage::Failed { why } if progress.number == 3 => Some(why.clone()),
                _ => None,
            })
        })
        .await;
    assert!(why.contains("multiple of 8"), "{why}");
}

#[tokio::test]
async fn a_broken_device_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, good) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xa5, 7, 1));
    let (address, _line) = good.listen().await;
    // Speaks without end and says nothing that a node would.
    let noise = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let noisy = noise.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = noise.accept().await.unwrap();
        let mut state = 1_u32;
        loop {
            let bytes: Vec<u8> = std::iter::repeat_with(|| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                // A frame's end now and then, so that whole frames of nonsense arrive.
                if state >> 27 == 0 { 0 } else { (state >> 24) as u8 }
            })
            .take(512)
            .collect();
            if stream.write_all(&bytes).await.is_err() {
                return;
            }
            tokio::task::yield_now().await;
        }
    });
    let ports = [
        format!("tcp:{noisy}"),
        "tcp:127.0.0.1:1".to_owned(),
        format!("tcp:{address}"),
    ];
    let gateway = Gateway::start(config(folder.path(), wms.address, &ports));
    for number in 0..20 {
        let event = good.scan(&format!("wrong {number}"));
        let verdict = Command::Verdict {
            event: EventId(event),
            verdict: Verdict::Wrong,
        };
        good.when("a verdict", |commands| commands.contains(&verdict).then_some(()))
            .await;
    }
    let status = gateway.when("three ports", |status| status.ports.len() == 3).await;
    let closed = &status.ports["tcp:127.0.0.1:1"];
    assert!(
        !closed.open && closed.why.as_ref().unwrap().contains("127.0.0.1:1"),
        "{closed:?}"
    );
    assert!(status.ports[&ports[0]].open);
    assert_eq!(status.devices.len(), 1);
}

/// What tests ask of a list of commands.
trait Commands {
    fn last_online(&self) -> Option<bool>;
    fn starts(&self) -> Vec<u32>;
}

impl Commands for [Command] {
    fn last_online(&self) -> Option<bool> {
        self.iter().rev().find_map(|command| match command {
            Command::Online(online) => Some(*online),
            _ => None,
        })
    }

    fn starts(&self) -> Vec<u32> {
        let job = |command: &Command| match command {
            Command::PrintStart { job, .. } => Some(*job),
            _ => None,
        };
        self.iter().filter_map(job).collect()
    }
}
