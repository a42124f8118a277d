//! The uplink session when the other side is not as it should be.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{
    Gateway, config,
    node::Node,
    until,
    wms::{Manner, Shared, Wms},
};
use futures_util::{SinkExt, StreamExt};
use link::message::NodeKind;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_tungstenite::{accept_async, tungstenite::Message};
use uplink::{FromWms, PROTOCOL, Refusal};

/// Why the gateway says it has no session, where the reason holds this word.
async fn why(gateway: &Gateway, word: &str) -> String {
    let status = gateway
        .when(word, |status| {
            status
                .uplink
                .why
                .as_ref()
                .is_some_and(|why| !status.uplink.online && why.contains(word))
        })
        .await;
    status.uplink.why.unwrap()
}

#[tokio::test]
async fn a_wrong_key_is_told_and_a_right_one_heals_it() {
    let folder = tempfile::tempdir().unwrap();
    let wms = Wms::start().await;
    let mut wrong = config(folder.path(), wms.address, &[]);
    wrong.wms.key = "wrong".into();
    let gateway = Gateway::start(wrong);
    assert!(why(&gateway, "key").await.contains("devices page"));
    gateway.stop().await.unwrap();
    let gateway = Gateway::start(config(folder.path(), wms.address, &[]));
    gateway.when("a session", |status| status.uplink.online).await;
}

#[tokio::test]
async fn a_version_too_old_or_too_new_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for greeting in [
        FromWms::Welcome {
            protocol: PROTOCOL + 1,
            now: 0,
        },
        FromWms::Refused(Refusal::Protocol {
            gateway: PROTOCOL,
            gateway_oldest: 1,
            wms: 9,
            wms_oldest: 8,
        }),
    ] {
        let wms = Wms::start().await;
        wms.with(|ledger| {
            ledger.manner = Manner {
                greeting: Some(serde_json::to_string(&greeting).unwrap()),
                silent: false,
            }
        });
        let gateway = Gateway::start(config(folder.path(), wms.address, &[]));
        why(&gateway, "update the older").await;
        // Once the WMS is brought up to date, nobody has to touch the gateway.
        wms.with(|ledger| ledger.manner = Manner::default());
        gateway.when("a session", |status| status.uplink.online).await;
        gateway.stop().await.unwrap();
    }
}

#[tokio::test]
async fn words_nobody_understands_end_the_session_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xd1, 7, 1));
    let (address, _line) = node.listen().await;
    let gateway = Gateway::start(config(folder.path(), wms.address, &[format!("tcp:{address}")]));
    for (round, noise) in ["{", "[]", "{\"say\":\"sing\"}", "{\"say\":\"desire\",\"device\":7}", ""]
        .into_iter()
        .enumerate()
    {
        wms.when("a session", |ledger| (ledger.hellos.len() > round).then_some(()))
            .await;
        gateway.when("a session", |status| status.uplink.online).await;
        node.scan(&format!("before {round}"));
        wms.say_raw(noise.to_owned());
        node.scan(&format!("after {round}"));
    }
    wms.when("all scans, each once", |ledger| {
        (ledger.events.len() == 11).then_some(())
    })
    .await;
    node.relieved().await;
    gateway.when("nothing waits", |status| status.events.pending == 0).await;
}

#[tokio::test]
async fn answers_that_never_come_hold_up_nothing_at_the_node() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xd2, 7, 1));
    wms.with(|ledger| ledger.manner.silent = true);
    let (address, _line) = node.listen().await;
    let gateway = Gateway::start(config(folder.path(), wms.address, &[format!("tcp:{address}")]));
    node.scan("kept on disk");
    // The disk alone lets the node forget.
    node.relieved().await;
    assert_eq!(gateway.status().await.events.pending, 2);
    let (address, ledger) = wms.kill().await;
    ledger.lock().unwrap().manner.silent = false;
    let wms = Wms::start_at(address, ledger).await;
    gateway
        .when("the repeat is answered", |status| status.events.pending == 0)
        .await;
    wms.with(|ledger| assert_eq!((ledger.events.len(), ledger.repeats), (2, 2)));
}

#[tokio::test]
async fn r2_an_events_age_goes_along_whenever_it_is_sent_and_outlives_the_gateway() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, node) = (Wms::start().await, Node::new(NodeKind::Scanner, 0xd3, 7, 1));
    wms.with(|ledger| ledger.manner.silent = true);
    let (address, _line) = node.listen().await;
    let gateway = Gateway::start(config(folder.path(), wms.address, &[format!("tcp:{address}")]));
    node.scan("kept");
    node.relieved().await;
    let first = wms.when("the scan", |ledger| ledger.events.last().cloned()).await;
    gateway.stop().await.unwrap();
    let between = std::time::Duration::from_millis(300);
    tokio::time::sleep(between).await;
    let (address, ledger) = wms.kill().await;
    {
        let mut ledger = ledger.lock().unwrap();
        ledger.forget();
        ledger.manner.silent = false;
    }
    let wms = Wms::start_at(address, ledger).await;
    let gateway = Gateway::start(config(folder.path(), wms.address, &[]));
    gateway.when("answered", |status| status.events.pending == 0).await;
    let again = wms.with(|ledger| ledger.events.iter().find(|event| event.key == first.key).cloned());
    let (first, again) = (first.age.unwrap(), again.unwrap().age.unwrap());
    assert!(first.sure && again.sure, "{first:?} {again:?}");
    assert!(
        u128::from(again.millis) >= u128::from(first.millis) + between.as_millis(),
        "{first:?} {again:?}"
    );
}

/// A WMS whose disk is full greets everybody and ends every session.
#[tokio::test]
async fn r10_sessions_of_no_use_come_further_and_further_apart() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gateway = Gateway::start(config(folder.path(), listener.local_addr().unwrap(), &[]));
    let mut greeted = Vec::new();
    for _ in 0..6 {
        let mut socket = accept_async(listener.accept().await.unwrap().0).await.unwrap();
        socket.next().await.unwrap().unwrap();
        greeted.push(std::time::Instant::now());
        let greeting = FromWms::Welcome {
            protocol: PROTOCOL,
            now: 0,
        };
        let greeting = serde_json::to_string(&greeting).unwrap();
        socket.send(Message::text(greeting)).await.unwrap();
        let _ = socket.close(None).await;
    }
    // Halves of 200, 400 … ms: the dice may halve a wait, and nothing makes it shorter.
    let apart: Vec<u128> = greeted
        .windows(2)
        .map(|two| two[1].duration_since(two[0]).as_millis())
        .collect();
    for (apart, least) in apart.iter().zip([100, 200, 400, 800, 1_600]) {
        assert!(*apart >= least, "{apart} ms, not {least}");
    }
    drop(gateway);
}

#[tokio::test]
async fn a_torn_message_is_no_message() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gateway = Gateway::start(config(folder.path(), listener.local_addr().unwrap(), &[]));
    let mut socket = accept_async(listener.accept().await.unwrap().0).await.unwrap();
    socket.next().await.unwrap().unwrap();
    let greeting = serde_json::to_string(&FromWms::Welcome {
        protocol: PROTOCOL,
        now: 0,
    })
    .unwrap();
    socket.send(Message::text(greeting)).await.unwrap();
    gateway.when("a session", |status| status.uplink.online).await;
    // Half a frame, then the line is cut.
    let stream = socket.get_mut();
    stream.write_all(&[0x81, 40, b'{', b'"']).await.unwrap();
    stream.shutdown().await.unwrap();
    drop(socket);
    why(&gateway, "broke").await;
    // It comes back by itself.
    let mut socket = accept_async(listener.accept().await.unwrap().0).await.unwrap();
    assert!(socket.next().await.unwrap().unwrap().is_text());
}

#[tokio::test]
async fn a_server_that_is_no_wms_is_told_apart_from_one_that_is_away() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 1024]).await;
            let _ = stream
                .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                .await;
        }
    });
    let gateway = Gateway::start(config(folder.path(), address, &[]));
    assert!(why(&gateway, "no WMS").await.contains("404"));
    server.abort();
    why(&gateway, "can't be reached").await;
    let _wms = Wms::start_at(address, Shared::default()).await;
    gateway.when("a session", |status| status.uplink.online).await;
}

#[tokio::test]
async fn a_message_beyond_the_limit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let wms = Wms::start().await;
    let gateway = Gateway::start(config(folder.path(), wms.address, &[]));
    gateway.when("a session", |status| status.uplink.online).await;
    wms.say_raw("x".repeat(uplink::MAX_MESSAGE + 1));
    let hellos = until("a second session", async || {
        Some(wms.with(|ledger| ledger.hellos.len())).filter(|n| *n > 1)
    })
    .await;
    assert!(hellos > 1);
}
