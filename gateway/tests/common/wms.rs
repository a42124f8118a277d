//! A WMS reduced to the uplink's contract: greets, commits each event once, answers repeats alike, says what it is told to.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use futures_util::{SinkExt, StreamExt};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{broadcast, watch},
    task::JoinHandle,
};
use tokio_tungstenite::{accept_async, tungstenite::Message};
use uplink::{
    Desire, DeviceEvent, DeviceReport, EventBody, EventKey, FromGateway, FromWms, GatewayHello, PROTOCOL, Progress,
    Refusal, Verdict,
};

pub const KEY: &str = "right key";

/// How it behaves at the next greeting.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// Says this instead of the usual greeting.
    pub greeting: Option<String>,
    /// Commits, and says nothing of it.
    pub silent: bool,
}

/// What it knows; survives its restarts.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Committed, in the order of commits.
    pub events: Vec<DeviceEvent>,
    answers: BTreeMap<EventKey, Option<Verdict>>,
    /// How often events came that were committed before.
    pub repeats: usize,
    pub hellos: Vec<GatewayHello>,
    pub devices: BTreeMap<String, DeviceReport>,
    pub progress: Vec<Progress>,
    pub manner: Manner,
}

impl Ledger {
    /// As if it had never committed anything.
    pub fn forget(&mut self) {
        self.events.clear();
        self.answers.clear();
        self.repeats = 0;
    }
}

pub type Shared = Arc<Mutex<Ledger>>;

/// A running WMS.
pub struct Wms {
    pub address: SocketAddr,
    pub ledger: Shared,
    says: broadcast::Sender<String>,
    closed: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Wms {
    pub async fn start() -> Self {
        Self::start_at("127.0.0.1:0".parse().unwrap(), Shared::default()).await
    }

    /// At a given address with what it knew before.
    pub async fn start_at(address: SocketAddr, ledger: Shared) -> Self {
        let listener = super::until("the address is free", async || TcpListener::bind(address).await.ok()).await;
        let address = listener.local_addr().unwrap();
        let (says, _) = broadcast::channel(64);
        let (closed, closing) = watch::channel(false);
        let task = tokio::spawn(accept(listener, ledger.clone(), says.clone(), closing));
        Self {
            address,
            ledger,
            says,
            closed,
            task,
        }
    }

    /// Ends it at once, connections and all.
    pub async fn kill(self) -> (SocketAddr, Shared) {
        self.closed.send(true).unwrap();
        let _ = self.task.await;
        (self.address, self.ledger)
    }

    pub fn say(&self, message: &FromWms) {
        self.say_raw(serde_json::to_string(message).unwrap());
    }

    pub fn say_raw(&self, text: String) {
        self.says.send(text).unwrap();
    }

    pub fn desire(&self, desire: Desire) {
        self.say(&FromWms::Desire(desire));
    }

    pub fn with<T>(&self, look: impl FnOnce(&mut Ledger) -> T) -> T {
        look(&mut self.ledger.lock().unwrap())
    }

    /// Waits until what it knows is as wished.
    pub async fn when<T>(&self, what: &str, look: impl Fn(&mut Ledger) -> Option<T>) -> T {
        super::until(what, async || self.with(&look)).await
    }
}

async fn accept(
    listener: TcpListener,
    ledger: Shared,
    says: broadcast::Sender<String>,
    mut closing: watch::Receiver<bool>,
) {
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted.unwrap();
                let (ledger, says, mut closing) = (ledger.clone(), says.subscribe(), closing.clone());
                tokio::spawn(async move {
                    tokio::select! {
                        _ = session(stream, &ledger, says) => {}
                        _ = closing.changed() => {}
                    }
                });
            }
            _ = closing.changed() => return,
        }
    }
}

async fn session(stream: TcpStream, ledger: &Shared, mut says: broadcast::Receiver<String>) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut socket = accept_async(stream).await.ok()?;
    let text = socket.next().await?.ok()?.into_text().ok()?;
    let FromGateway::Hello(hello) = serde_json::from_str(&text).ok()? else {
        return None;
    };
    let right = hello.key == KEY;
    let manner = {
        let mut ledger = ledger.lock().unwrap();
        ledger.hellos.push(hello);
        ledger.manner.clone()
    };
    let greeting = match &manner.greeting {
        Some(greeting) => greeting.clone(),
        None if right => serde_json::to_string(&FromWms::Welcome {
            protocol: PROTOCOL,
            now: 0,
        })
        .unwrap(),
        None => serde_json::to_string(&FromWms::Refused(Refusal::Key)).unwrap(),
    };
    socket.send(Message::text(greeting)).await.ok()?;
    if !right || manner.greeting.is_some() {
        let _ = socket.close(None).await;
        return None;
    }
    loop {
        tokio::select! {
            message = socket.next() => {
                let Message::Text(text) = message?.ok()? else { continue };
                let message = serde_json::from_str(&text).expect("the gateway keeps the contract");
                if let Some(answer) = take(message, ledger).filter(|_| !manner.silent) {
                    socket.send(Message::text(serde_json::to_string(&answer).unwrap())).await.ok()?;
                }
            }
            text = says.recv() => socket.send(Message::text(text.ok()?)).await.ok()?,
        }
    }
}

fn take(message: FromGateway, ledger: &Shared) -> Option<FromWms> {
    let mut ledger = ledger.lock().unwrap();
    match message {
        FromGateway::Clock { .. } => {}
        FromGateway::Hello(_) => panic!("a second hello"),
        FromGateway::Fleet { devices } => {
            for device in devices {
                ledger.devices.insert(device.device.0.clone(), device);
            }
        }
        FromGateway::Device(device) => {
            ledger.devices.insert(device.device.0.clone(), device);
        }
        FromGateway::Progress(progress) => ledger.progress.push(progress),
        FromGateway::Event(event) => {
            let key = event.key.clone();
            if let Some(verdict) = ledger.answers.get(&key).copied() {
                ledger.repeats += 1;
                return Some(FromWms::Answer { key, verdict });
            }
            let verdict = match &event.body {
                EventBody::Scan { code, .. } if code.starts_with("wrong") => Some(Verdict::Wrong),
                EventBody::Scan { .. } | EventBody::Key { .. } => Some(Verdict::Right),
                _ => None,
            };
            ledger.answers.insert(key.clone(), verdict);
            ledger.events.push(event);
            return Some(FromWms::Answer { key, verdict });
        }
    }
    None
}
