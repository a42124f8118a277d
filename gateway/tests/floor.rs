//! From a node's event to the WMS's commit and back, over TCP and pseudo terminals.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Gateway, config, node::Node, within, wms::Wms};
use link::message::{Command, EventId, NodeKind, Verdict};

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
