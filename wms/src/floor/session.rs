//! One gateway's session: its word comes in, answers and wishes go out.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use futures_util::{SinkExt, StreamExt};
use tokio::sync::{Notify, broadcast, mpsc};
use uplink::{
    DeviceEvent, DeviceId, DeviceReport, FromGateway, FromWms, GatewayHello, MAX_MESSAGE, OLDEST_PROTOCOL, PROTOCOL,
    Progress, Refusal, Stage,
};

use super::wishes::{Wish, Wishes};
use super::{Floor, OUTBOX, events, fleet};
use crate::clock;
use crate::training::{MovedOn, RunId, store};

/// `GET /uplink`: a gateway knocks.
pub async fn uplink(State(floor): State<Floor>, upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .max_message_size(MAX_MESSAGE)
        .on_upgrade(async move |socket| serve(floor, socket).await)
}

async fn serve(floor: Floor, socket: WebSocket) {
    let (mut sink, mut stream) = socket.split();
    let Some(hello) = greeted(&mut stream).await else {
        return;
    };
    let hello = match hello.and_then(|hello| admit(&floor, hello)) {
        Ok(hello) => hello,
        Err(refusal) => {
            tracing::warn!(%refusal, "a gateway was refused");
            if let Some(text) = text(&FromWms::Refused(refusal)) {
                let _ = sink.send(text).await;
            }
            let _ = sink.close().await;
            return;
        }
    };
    tracing::info!(
        gateway = hello.gateway,
        version = hello.version,
        pending = hello.pending,
        "a gateway came"
    );
    let (out, mut outgoing) = mpsc::channel::<FromWms>(OUTBOX);
    let writer = tokio::spawn(async move {
        while let Some(message) = outgoing.recv().await {
            let Some(text) = text(&message) else { continue };
            if sink.send(text).await.is_err() {
                break;
            }
        }
        let _ = sink.close().await;
    });
    let welcome = FromWms::Welcome {
        protocol: PROTOCOL.min(hello.protocol),
        now: clock::now(),
    };
    let mut session = Session {
        live: floor.app().subscribe(),
        floor,
        gateway: hello.gateway,
        out,
        voices: HashMap::new(),
        wishes: Wishes::default(),
        labels: HashMap::new(),
        stuck: Arc::default(),
    };
    if session.out.send(welcome).await.is_ok() {
        session.run(&mut stream).await;
    }
    session.leave().await;
    drop(session);
    let _ = writer.await;
}

/// The gateway's first message; none where it went away before.
async fn greeted(
    stream: &mut (impl StreamExt<Item = Result<Message, axum::Error>> + Unpin),
) -> Option<Result<GatewayHello, Refusal>> {
    loop {
        match stream.next().await?.ok()? {
            Message::Text(text) => {
                return Some(match serde_json::from_str(&text) {
                    Ok(FromGateway::Hello(hello)) => Ok(hello),
                    Ok(_) => Err(Refusal::Malformed {
                        detail: "the first message is a hello".into(),
                    }),
                    Err(error) => Err(Refusal::Malformed {
                        detail: error.to_string(),
                    }),
                });
            }
            Message::Close(_) => return None,
            _ => {}
        }
    }
}

fn admit(floor: &Floor, hello: GatewayHello) -> Result<GatewayHello, Refusal> {
    if hello.protocol < OLDEST_PROTOCOL || hello.oldest > PROTOCOL {
        return Err(Refusal::Protocol {
            gateway: hello.protocol,
            gateway_oldest: hello.oldest,
            wms: PROTOCOL,
            wms_oldest: OLDEST_PROTOCOL,
        });
    }
    if !same(hello.key.as_bytes(), floor.key().as_bytes()) {
        return Err(Refusal::Key);
    }
    Ok(hello)
}

/// Compares without telling by its time where two keys differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn text(message: &FromWms) -> Option<Message> {
    match serde_json::to_string(message) {
        Ok(text) => Some(Message::Text(Utf8Bytes::from(text))),
        Err(error) => {
            tracing::error!(%error, "a message to a gateway can't be written");
            None
        }
    }
}

struct Session {
    floor: Floor,
    gateway: String,
    live: broadcast::Receiver<MovedOn>,
    out: mpsc::Sender<FromWms>,
    /// Each device's events are taken in order; devices don't wait for each other.
    voices: HashMap<DeviceId, mpsc::UnboundedSender<DeviceEvent>>,
    wishes: Wishes,
    /// Labels on their way, by device and number of the desire.
    labels: HashMap<(DeviceId, u64), (RunId, u32)>,
    /// Told when an event could not be taken: the session ends, and the gateway brings it again with its next.
    stuck: Arc<Notify>,
}

impl Session {
    async fn run(&mut self, stream: &mut (impl StreamExt<Item = Result<Message, axum::Error>> + Unpin)) {
        let stuck = Arc::clone(&self.stuck);
        loop {
            let done = tokio::select! {
                () = stuck.notified() => return,
                message = stream.next() => match message {
                    Some(Ok(Message::Text(text))) => self.hear(&text).await,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => Ok(()),
                },
                moved = self.live.recv() => match moved {
                    Ok(moved) => self.moved(moved).await,
                    Err(broadcast::error::RecvError::Lagged(_)) => self.wish_all().await,
                    Err(broadcast::error::RecvError::Closed) => return,
                },
            };
            if let Err(error) = done {
                tracing::error!(%error, gateway = self.gateway, "the floor could not follow; the gateway is asked to begin anew");
                return;
            }
        }
    }

    async fn hear(&mut self, text: &str) -> anyhow::Result<()> {
        match serde_json::from_str(text) {
            Ok(FromGateway::Fleet { devices }) => {
                for report in devices {
                    self.report(report).await?;
                }
                self.wish_all().await
            }
            Ok(FromGateway::Device(report)) => {
                let device = report.device.clone();
                self.wishes.forget(&device);
                self.report(report).await?;
                self.wish_all().await
            }
            Ok(FromGateway::Event(event)) => {
                self.event(event);
                Ok(())
            }
            Ok(FromGateway::Progress(progress)) => self.progress(progress).await,
            Ok(FromGateway::Hello(_)) => self.refuse("a second hello").await,
            Err(error) => self.refuse(&error.to_string()).await,
        }
    }

    /// What can't be read is told and passed over: the events behind it must not be lost for it.
    async fn refuse(&self, detail: &str) -> anyhow::Result<()> {
        tracing::warn!(gateway = self.gateway, detail, "a message was not understood");
        Ok(())
    }

    async fn report(&mut self, report: DeviceReport) -> Result<(), sqlx::Error> {
        let floor = self.floor.clone();
        fleet::keep(floor.app().db(), &self.gateway, &report, floor.0.by_port).await?;
        floor.links(|links| {
            links.reach.insert(report.device.clone(), self.out.clone());
            links.reports.insert(report.device.clone(), report);
        });
        Ok(())
    }

    fn event(&mut self, event: DeviceEvent) {
        let device = event.key.device.clone();
        let voice = self.voices.entry(device).or_insert_with(|| {
            let (voice, mut said) = mpsc::unbounded_channel::<DeviceEvent>();
            let (app, out, stuck) = (self.floor.app().clone(), self.out.clone(), Arc::clone(&self.stuck));
            tokio::spawn(async move {
                while let Some(event) = said.recv().await {
                    let key = event.key.clone();
                    match events::take(&app, event).await {
                        Ok(answer) => {
                            let verdict = answer.verdict;
                            if out.send(FromWms::Answer { key, verdict }).await.is_err() {
                                return;
                            }
                        }
                        Err(error) => {
                            // Not answered, and nothing behind it is: the gateway keeps them in order.
                            tracing::error!(%error, device = key.device.0, event = key.event, "an event could not be taken");
                            stuck.notify_one();
                            return;
                        }
                    }
                }
            });
            voice
        });
        let _ = voice.send(event);
    }

    async fn progress(&mut self, progress: Progress) -> anyhow::Result<()> {
        self.floor.came(&progress);
        let Some(&(run, job)) = self.labels.get(&(progress.device.clone(), progress.number)) else {
            return Ok(());
        };
        let state = match &progress.stage {
            Stage::OnWire => "sent",
            Stage::Taken => "taken",
            Stage::Failed { why } => {
                tracing::warn!(run, job, why, "a label could not be printed");
                "failed"
            }
        };
        let mut tx = self.floor.app().db().begin().await?;
        store::set_print_state(&mut tx, run, job, state).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn moved(&mut self, moved: MovedOn) -> anyhow::Result<()> {
        let station = self.floor.app().run_state(moved.run).await?.head.station;
        let devices = fleet::devices(&self.floor.app().db().pool).await?;
        self.wish(station, &devices).await
    }

    async fn wish_all(&mut self) -> anyhow::Result<()> {
        let devices = fleet::devices(&self.floor.app().db().pool).await?;
        let stations: HashSet<i64> = devices.iter().filter_map(|device| device.station).collect();
        for station in stations {
            self.wish(station, &devices).await?;
        }
        Ok(())
    }

    async fn wish(&mut self, station: i64, devices: &[fleet::Device]) -> anyhow::Result<()> {
        let mine: Vec<_> = devices
            .iter()
            .filter(|device| device.gateway == self.gateway)
            .cloned()
            .collect();
        let app = self.floor.app().clone();
        for Wish { device, body, label } in self.wishes.of_station(&app, station, &mine).await? {
            let desire = self.floor.links(|links| links.desire(&device, body));
            if let Some(label) = label {
                self.labels.insert((device, desire.number), label);
            }
            self.out.send(FromWms::Desire(desire)).await?;
        }
        Ok(())
    }

    /// The gateway went: what hangs on it can't be reached, and is not said to be well. A device of which a newer session,
    /// here or in another process, has heard since is left alone.
    async fn leave(&self) {
        tracing::info!(gateway = self.gateway, "a gateway went");
        let mine = |reach: &mpsc::Sender<FromWms>| reach.same_channel(&self.out);
        let gone: Vec<DeviceReport> = self.floor.links(|links| {
            let gone = links.reach.iter().filter(|(_, reach)| mine(reach));
            let gone = gone
                .filter_map(|(device, _)| links.reports.get(device).cloned())
                .collect();
            links.reach.retain(|_, reach| !mine(reach));
            gone
        });
        for report in gone {
            if let Err(error) = fleet::away(&self.floor.app().db().pool, &self.gateway, &report).await {
                tracing::warn!(%error, device = report.device.0, "could not be noted as away");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_compared_whole() {
        for (one, other, equal) in [
            ("abc", "abc", true),
            ("abc", "abd", false),
            ("abc", "ab", false),
            ("", "", true),
        ] {
            assert_eq!(same(one.as_bytes(), other.as_bytes()), equal, "{one} {other}");
        }
    }
}
