//! A gateway, as far as the WMS sees one.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use uplink::{
    Age, Desire, DesireBody, DeviceEvent, DeviceId, DeviceKind, DeviceReport, DeviceState, EventBody, EventKey,
    FromGateway, FromWms, GatewayHello, Key, Light, PROTOCOL, Progress, Stage, Verdict,
};

use crate::server::Server;
use crate::{OTHER_SHELF, PRINTER, SCANNER, SHELF};

/// Long enough for any machine; a test ends as soon as the word comes.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long silence is listened to.
const QUIET: Duration = Duration::from_millis(300);

pub struct Gateway {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    lights: HashMap<String, Vec<Light>>,
}

pub fn printer(state: DeviceState) -> DeviceReport {
    DeviceReport {
        state,
        ..device(PRINTER, 1, DeviceKind::Printer, "printer", 1)
    }
}

pub fn shelf(id: &str, station: u8) -> DeviceReport {
    device(id, station, DeviceKind::Shelf, "shelf", 24)
}

pub fn scanner(id: &str, station: u8) -> DeviceReport {
    device(id, station, DeviceKind::Scanner, "scanner", 1)
}

pub fn scale(id: &str, station: u8) -> DeviceReport {
    device(id, station, DeviceKind::Scale, "scale", 1)
}

fn device(id: &str, station: u8, kind: DeviceKind, name: &str, units: u8) -> DeviceReport {
    DeviceReport {
        device: DeviceId(id.into()),
        kind,
        profile: format!("cangxun-{name}"),
        port: format!("station-{station}-{name}"),
        firmware: "0.1.0".into(),
        units,
        state: DeviceState::Online,
        last_seen: 1,
        retransmissions: 0,
        pending: 0,
    }
}

pub fn event(device: &str, number: u32, body: EventBody) -> FromGateway {
    event_at(wms::clock::now(), device, number, body)
}

pub fn event_at(at: i64, device: &str, number: u32, body: EventBody) -> FromGateway {
    aged(at, None, device, number, body)
}

pub fn aged(at: i64, age: Option<Age>, device: &str, number: u32, body: EventBody) -> FromGateway {
    FromGateway::Event(DeviceEvent {
        key: EventKey {
            device: DeviceId(device.into()),
            boot: 7,
            event: number,
        },
        at,
        age,
        moment: None,
        body,
    })
}

/// The confirm key of a position whose light has this tag.
pub fn confirm(device: &str, number: u32, position: u8, tag: u32) -> FromGateway {
    let body = EventBody::Key {
        position,
        key: Key::Confirm,
        count: Some(2),
        tag,
    };
    event(device, number, body)
}

impl Gateway {
    /// With shelf, scanner and printer at station 1, and another shelf at station 2.
    pub async fn connect(server: &Server) -> Self {
        Self::with_clock(server, wms::clock::now()).await
    }

    /// Of another name than the others.
    pub async fn named(server: &Server, name: &str) -> Self {
        Self::greet(server, name, wms::clock::now()).await
    }

    /// Whose own clock says so.
    pub async fn with_clock(server: &Server, now: i64) -> Self {
        Self::greet(server, "test", now).await
    }

    async fn greet(server: &Server, name: &str, now: i64) -> Self {
        let (socket, _) = connect_async(format!("ws://{}/uplink", server.address))
            .await
            .expect("connects");
        let mut gateway = Self {
            socket,
            lights: HashMap::new(),
        };
        let hello = GatewayHello {
            protocol: PROTOCOL,
            oldest: PROTOCOL,
            gateway: name.into(),
            version: "0".into(),
            key: "key".into(),
            pending: 0,
            now,
        };
        gateway.say(FromGateway::Hello(hello)).await;
        assert!(matches!(gateway.hear().await, FromWms::Welcome { .. }));
        let printer = device(PRINTER, 1, DeviceKind::Printer, "printer", 1);
        let scanner = scanner(SCANNER, 1);
        let devices = vec![shelf(SHELF, 1), shelf(OTHER_SHELF, 2), scanner, printer];
        gateway.say(FromGateway::Fleet { devices }).await;
        gateway
    }

    pub async fn say(&mut self, word: FromGateway) {
        let text = serde_json::to_string(&word).expect("text");
        self.socket.send(Message::text(text)).await.expect("the session stands");
    }

    async fn hear(&mut self) -> FromWms {
        self.hear_after("").await
    }

    /// The next word; what was said before it stands in the failure.
    async fn hear_after(&mut self, said: &str) -> FromWms {
        // Pings are no words.
        let end = Instant::now() + PATIENCE;
        loop {
            let message = timeout_at(end, self.socket.next()).await;
            let message = message.unwrap_or_else(|_| panic!("no word after {said}"));
            let message = message.unwrap_or_else(|| panic!("the session ended after {said}"));
            let Message::Text(text) = message.expect("a message") else {
                continue;
            };
            let word = serde_json::from_str(&text).expect("understood");
            if let FromWms::Desire(desire) = &word
                && let DesireBody::Lights { lights } = &desire.body
            {
                self.lights.insert(desire.device.0.clone(), lights.clone());
            }
            return word;
        }
    }

    /// What a shelf was told last.
    pub fn lights_of(&self, shelf: &str) -> Vec<Light> {
        self.lights.get(shelf).cloned().unwrap_or_default()
    }

    /// Waits until a shelf is told such lights.
    pub async fn until(&mut self, shelf: &str, so: impl Fn(&[Light]) -> bool) -> Vec<Light> {
        while !self.lights.get(shelf).is_some_and(|lights| so(lights)) {
            self.hear().await;
        }
        self.lights_of(shelf)
    }

    pub async fn until_lit(&mut self, shelf: &str) -> Vec<Light> {
        self.until(shelf, |lights| lights.iter().any(|light| light.tag != 0))
            .await
    }

    /// Hears all that comes until the session ends.
    pub async fn until_ended(&mut self) {
        while let Some(Ok(_)) = timeout(PATIENCE, self.socket.next()).await.expect("it never ends") {}
    }

    /// Waits for the answer to an event of this boot.
    pub async fn answer(&mut self, device: &str, number: u32) -> Option<Verdict> {
        loop {
            if let FromWms::Answer { key, verdict } = self.hear().await
                && key.device.0 == device
                && key.event == number
            {
                return verdict;
            }
        }
    }

    /// The same; what was said stands in the failure.
    pub async fn answer_or(&mut self, device: &str, number: u32, said: &str) {
        loop {
            if let FromWms::Answer { key, .. } = self.hear_after(said).await
                && key.device.0 == device
                && key.event == number
            {
                return;
            }
        }
    }

    /// Waits until a device is asked for something that is neither lights nor a label.
    pub async fn asked(&mut self, device: &str) -> DesireBody {
        self.asked_for(device).await.body
    }

    /// The same, and how far it came.
    pub async fn asked_and(&mut self, device: &str, stage: Stage) -> DesireBody {
        let Desire { device, number, body } = self.asked_for(device).await;
        self.say(FromGateway::Progress(Progress { device, number, stage }))
            .await;
        body
    }

    async fn asked_for(&mut self, device: &str) -> Desire {
        loop {
            if let FromWms::Desire(desire) = self.hear().await
                && desire.device.0 == device
                && !matches!(desire.body, DesireBody::Lights { .. } | DesireBody::Print { .. })
            {
                return desire;
            }
        }
    }

    /// Waits until the printer is asked for a label other than these; gives its job, and says that the printer has it.
    pub async fn takes_label(&mut self, but: &[u32]) -> u32 {
        loop {
            let FromWms::Desire(desire) = self.hear().await else {
                continue;
            };
            let DesireBody::Print { job, .. } = desire.body else {
                continue;
            };
            if !but.contains(&job) {
                let taken = Progress {
                    device: desire.device,
                    number: desire.number,
                    stage: Stage::Taken,
                };
                self.say(FromGateway::Progress(taken)).await;
                return job;
            }
        }
    }

    /// Waits until somebody looks for a device here.
    pub async fn is_asked_to_identify(&mut self, device: &str) {
        loop {
            if let FromWms::Desire(desire) = self.hear().await
                && desire.device.0 == device
                && matches!(desire.body, DesireBody::Identify { .. })
            {
                return;
            }
        }
    }

    /// Waits until a device is told to take its load for nothing.
    pub async fn until_tare(&mut self, device: &str) {
        loop {
            if let FromWms::Desire(desire) = self.hear().await
                && desire.device.0 == device
                && desire.body == DesireBody::Tare
            {
                return;
            }
        }
    }

    /// Nothing is told for a while.
    pub async fn is_quiet(&mut self) {
        let word = timeout(QUIET, self.hear()).await;
        assert!(word.is_err(), "{word:?}");
    }
}
