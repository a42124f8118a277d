//! Its end, and a second one beside it.

use std::io::{Read, Write};

use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use uplink::{FromGateway, GatewayHello, PROTOCOL};

use crate::process::{Wms, folder};

fn hello() -> Message {
    let hello: GatewayHello = serde_json::from_value(json!({
        "protocol": PROTOCOL, "oldest": PROTOCOL, "gateway": "test", "version": "0", "key": "0123456789abcdef",
        "pending": 0, "now": 0,
    }))
    .expect("a hello");
    Message::text(serde_json::to_string(&FromGateway::Hello(hello)).expect("text"))
}

/// A page that is open, at its stream.
fn stream(wms: &Wms, path: &str, cookie: &str) -> std::net::TcpStream {
    let mut stream = wms.connect(1).expect("connects");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nAccept: text/event-stream\r\n\r\n",
        wms.address
    )
    .expect("asked");
    let mut first = [0; 12];
    stream.read_exact(&mut first).expect("answered");
    assert_eq!(&first, b"HTTP/1.1 200");
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn r4_it_ends_while_pages_and_gateways_are_there() {
    let mut wms = Wms::start();
    let cookie = wms.sign_in("zhang");
    let run = wms.run(&cookie, 1);
    let teacher = wms.sign_in("li");
    let mut open = vec![
        stream(&wms, &format!("/runs/{run}/live?after=0"), &cookie),
        stream(&wms, "/live", &teacher),
    ];
    // Somebody who says nothing more.
    let mut silent = wms.connect(1).expect("connects");
    silent
        .write_all(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
        .expect("begun");
    let (mut gateway, _) = connect_async(format!("ws://{}/uplink", wms.address))
        .await
        .expect("connects");
    gateway.send(hello()).await.expect("said");
    assert!(matches!(gateway.next().await, Some(Ok(Message::Text(_)))), "welcomed");
    wms.terminate();
    while let Some(Ok(message)) = gateway.next().await {
        if message.is_close() {
            break;
        }
    }
    assert!(wms.end().success(), "{}", wms.log());
    for stream in &mut open {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).expect("ended, not broken off");
        assert!(rest.ends_with(b"0\r\n\r\n"), "a stream ends as streams end");
    }
}

#[test]
fn r4_a_second_one_on_the_same_file_is_refused() {
    let folder = folder();
    let mut first = Wms::start_in(folder.path(), "");
    let cookie = first.sign_in("zhang");
    let run = first.run(&cookie, 1);
    let mut second = Wms::spawn(folder.path(), "");
    assert!(!second.end().success());
    assert!(second.log().contains("another WMS serves from"), "{}", second.log());
    assert_eq!(first.scan(&cookie, run, "still", "CMD-CONFIRM").status, 200);
    // Killed, it holds nothing.
    first.kill();
    let third = Wms::start_in(folder.path(), "");
    let cookie = third.sign_in("zhang");
    assert_eq!(third.scan(&cookie, run, "again", "12000152400012").status, 200);
}
