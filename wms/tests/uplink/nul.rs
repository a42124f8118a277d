//! Strings that a database does not take.

use uplink::{EventBody, FromGateway, Verdict};

use crate::gateway::{Gateway, event, shelf};
use crate::{Home, SHELF, Server};

#[tokio::test(flavor = "multi_thread")]
async fn r1_a_nul_in_a_devices_words_stops_nothing() {
    let home = Home::postgres();
    let server = Server::on(&home.url).await;
    let mut gateway = Gateway::connect(&server).await;
    let mut report = shelf(SHELF, 1);
    report.firmware = "0.1\0.0".into();
    let mut nobody = shelf("56\0", 1);
    nobody.port = "station-1-\0".into();
    gateway.say(FromGateway::Device(report)).await;
    gateway.say(FromGateway::Device(nobody)).await;
    let body = EventBody::Scan {
        code: "12\u{0}34".into(),
        aim: None,
    };
    gateway.say(event(SHELF, 1, body.clone())).await;
    assert_eq!(gateway.answer(SHELF, 1).await, Some(Verdict::Wrong));
    gateway.say(event("56\0", 1, body)).await;
    assert_eq!(gateway.answer("56\0", 1).await, Some(Verdict::Wrong));
}
