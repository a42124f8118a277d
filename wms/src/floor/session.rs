//! One gateway's session: its word comes in, answers and wishes go out.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use futures_util::{SinkExt, StreamExt};
use rules::RunId;
use rules::outbound::lights;
use tokio::sync::{Notify, broadcast, mpsc, watch};
use tokio::time::{Instant, interval, timeout};
use uplink::{
    DesireBody, DeviceEvent, DeviceId, DeviceReport, DeviceState, FromGateway, FromWms, GatewayHello, Light,
    MAX_MESSAGE, OLDEST_PROTOCOL, PROTOCOL, Progress, Refusal, Stage, UnixMillis, Verdict, is_name, moment, plain,
};

use super::holders::{self, SessionId};
use super::time::Happened;
use super::wishes::{Wish, Wishes};
use super::{Floor, OUTBOX, events};
use crate::clock;
use crate::engine::{FloorView, MovedOn};
use crate::panics::caught;
use crate::store::{self, StoreError};

/// A gateway says its hello at once; who says nothing is none.
const HELLO: Duration = Duration::from_secs(10);
/// A gateway that takes nothing for so long is given up; it comes again.
const STUCK: Duration = Duration::from_secs(10);
/// One that says nothing for so long is away: its network was cut, and nobody says goodbye.
const SILENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether one is silent.
const LOOK: Duration = Duration::from_millis(1_250);
/// How often a gateway is asked whether it still hears.
const PING: Duration = Duration::from_secs(3);
/// Events of devices that another gateway has, kept in a session's memory at most; the gateway keeps what is beyond, as all
/// that is not answered.
const HELD: usize = 1_024;

/// `GET /uplink`: a gateway knocks.
pub async fn uplink(State(floor): State<Floor>, upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .max_message_size(MAX_MESSAGE)
        .on_upgrade(async move |socket| serve(floor, socket).await)
}

async fn serve(floor: Floor, socket: WebSocket) {
    let mut stay = floor.0.ending.stay();
    let (mut sink, mut stream) = socket.split();
    let hello = tokio::select! {
        hello = timeout(HELLO, greeted(&mut stream)) => hello,
        () = stay.over() => return,
    };
    // Gone, or silent for so long that it is no gateway.
    let Ok(Some(hello)) = hello else {
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
        let mut waiting = Vec::new();
        // What waits goes with one flush.
        let mut ping = interval(PING);
        loop {
            tokio::select! {
                many = outgoing.recv_many(&mut waiting, OUTBOX) => if many == 0 { break },
                _ = ping.tick() => {
                    let ping = Message::Ping(Bytes::new());
                    if !matches!(timeout(STUCK, sink.send(ping)).await, Ok(Ok(()))) {
                        return;
                    }
                }
            }
            for text in waiting.drain(..).filter_map(|message| text(&message)) {
                if !matches!(timeout(STUCK, sink.feed(text)).await, Ok(Ok(()))) {
                    return;
                }
            }
            if !matches!(timeout(STUCK, sink.flush()).await, Ok(Ok(()))) {
                return;
            }
        }
        let _ = timeout(STUCK, sink.close()).await;
    });
    let welcome = FromWms::Welcome {
        protocol: PROTOCOL.min(hello.protocol),
        now: clock::now(),
    };
    let id = floor.links(|links| links.holders.came(&hello.gateway));
    let mut session = Session {
        id,
        let_go: floor.0.let_go.subscribe(),
        waiting: HashMap::new(),
        held: Vec::new(),
        beyond: HashSet::new(),
        written: HashMap::new(),
        live: floor.app().subscribe(),
        again: floor.app().again(),
        ahead: floor.links(|links| links.clocks.told(&hello.gateway, hello.now, clock::now())),
        floor,
        gateway: hello.gateway,
        out,
        voices: HashMap::new(),
        wishes: Wishes::default(),
        devices: Vec::new(),
        runs: HashMap::new(),
        labels: HashMap::new(),
        stuck: Arc::default(),
    };
    if session.out.send(welcome).await.is_ok() {
        // Whatever ends it, its devices are not said to be there any more.
        tokio::select! {
            _ = caught("a gateway's session", session.run(&mut stream)) => {}
            () = stay.over() => {}
        }
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
    // PostgreSQL keeps it in no text.
    if hello.gateway.contains('\0') {
        return Err(Refusal::Malformed {
            detail: "the gateway's name holds a NUL".into(),
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
    id: SessionId,
    gateway: String,
    /// By how much the gateway's wall clock is ahead of ours, as it said last (ms).
    ahead: i64,
    live: broadcast::Receiver<MovedOn>,
    /// Changes when everything must be looked at anew.
    again: watch::Receiver<u64>,
    out: mpsc::Sender<FromWms>,
    /// Each device's events are taken in order; devices don't wait for each other.
    voices: HashMap<DeviceId, mpsc::UnboundedSender<(DeviceEvent, Happened)>>,
    wishes: Wishes,
    /// This gateway's devices and their stations.
    devices: Vec<store::Device>,
    /// The newest run at each station: what older ones still do there is not shown.
    runs: HashMap<i64, RunId>,
    /// Labels on their way, by device and number of the desire.
    labels: HashMap<(DeviceId, u64), (RunId, u32)>,
    /// Changes when a device may have changed its gateway.
    let_go: watch::Receiver<u64>,
    /// What this gateway reports of devices that another has.
    waiting: HashMap<DeviceId, DeviceReport>,
    /// What it says that they did: neither taken nor answered until they are its own.
    held: Vec<(DeviceEvent, Happened)>,
    /// Devices of which more was told than is held: the gateway has it, and brings it with its next session.
    beyond: HashSet<DeviceId>,
    /// When each device was last seen, as its row says by this session: wall clocks have no order.
    written: HashMap<DeviceId, UnixMillis>,
    /// Told when an event could not be taken: the session ends, and the gateway brings it again with its next.
    stuck: Arc<Notify>,
}

impl Session {
    async fn run(&mut self, stream: &mut (impl StreamExt<Item = Result<Message, axum::Error>> + Unpin)) {
        let stuck = Arc::clone(&self.stuck);
        let mut heard = Instant::now();
        let mut look = interval(LOOK);
        loop {
            let done = tokio::select! {
                () = stuck.notified() => return,
                // Its writer has given the gateway up.
                () = self.out.closed() => return,
                message = stream.next() => {
                    heard = Instant::now();
                    match message {
                        Some(Ok(Message::Text(text))) => self.hear(&text).await,
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                        Some(Ok(_)) => Ok(()),
                    }
                }
                _ = look.tick() => {
                    if heard.elapsed() > SILENCE {
                        tracing::warn!(gateway = self.gateway, seconds = SILENCE.as_secs(), "a gateway is silent");
                        return;
                    }
                    Ok(())
                }
                Ok(()) = self.let_go.changed() => self.take_over().await,
                moved = self.live.recv() => match moved {
                    Ok(moved) => self.moved(moved).await,
                    Err(broadcast::error::RecvError::Lagged(_)) => self.wish_all().await,
                    Err(broadcast::error::RecvError::Closed) => return,
                },
                // The server outlives its sessions, so this ends with it alone.
                Ok(()) = self.again.changed() => self.wish_all().await,
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
                // Its gateway tells a device that starts again what it was told before; counters concern the pages alone.
                let known = self.devices.iter().find(|device| device.id == report.device);
                if known.is_some_and(|known| known.is_as(&report)) {
                    let report = self.by_our_clock(report);
                    self.floor
                        .links(|links| links.reports.insert(report.device.clone(), report));
                    return Ok(());
                }
                self.report(report).await?;
                self.wish_all().await
            }
            // It can't be kept under such a name, and the gateway must not bring it for ever.
            Ok(FromGateway::Event(DeviceEvent { key, .. })) if !is_name(&key.device) => {
                tracing::warn!(gateway = self.gateway, device = ?key.device.0, "an event of a device of this name is not kept");
                let verdict = Some(Verdict::Wrong);
                Ok(self.out.send(FromWms::Answer { key, verdict }).await?)
            }
            Ok(FromGateway::Event(event)) => {
                let happened = Happened::of(&event, self.ahead, clock::moment(), clock::now());
                self.event(event, happened);
                Ok(())
            }
            Ok(FromGateway::Progress(progress)) => self.progress(progress).await,
            Ok(FromGateway::Clock { now }) => {
                let told = |links: &mut super::Links| links.clocks.told(&self.gateway, now, clock::now());
                self.ahead = self.floor.links(told);
                Ok(())
            }
            Ok(FromGateway::Hello(_)) => self.refuse("a second hello").await,
            Err(error) => self.refuse(&error.to_string()).await,
        }
    }

    /// What can't be read is told and passed over: the events behind it must not be lost for it.
    async fn refuse(&self, detail: &str) -> anyhow::Result<()> {
        tracing::warn!(gateway = self.gateway, detail, "a message was not understood");
        Ok(())
    }

    async fn report(&mut self, mut report: DeviceReport) -> Result<(), StoreError> {
        if !is_name(&report.device) {
            tracing::warn!(gateway = self.gateway, device = ?report.device.0, "a device of this name is passed over");
            return Ok(());
        }
        for word in [&mut report.profile, &mut report.port, &mut report.firmware] {
            *word = plain(word);
        }
        if let DeviceState::Unusable { why } = &mut report.state {
            *why = plain(why);
        }
        report.last_seen = moment(report.last_seen).unwrap_or_default();
        let known = self.floor.clone();
        match known.links(|links| links.holders.reports(self.id, &report.device, &report.state)) {
            holders::Report::Counts => self.keep(report).await,
            holders::Report::LetsGo => {
                self.waiting.remove(&report.device);
                self.keep(report).await?;
                known.let_go();
                Ok(())
            }
            holders::Report::Waits => {
                if report.state == DeviceState::Offline {
                    self.waiting.remove(&report.device);
                    return Ok(());
                }
                let news = self.waiting.insert(report.device.clone(), report.clone()).is_none();
                if news {
                    let device = report.device.0;
                    tracing::warn!(
                        gateway = self.gateway,
                        device,
                        "it names a device that another gateway has"
                    );
                }
                Ok(())
            }
        }
    }

    /// Devices that another gateway has let go are this one's, if it names them.
    async fn take_over(&mut self) -> anyhow::Result<()> {
        let mut any = false;
        for (device, report) in std::mem::take(&mut self.waiting) {
            let free = self.floor.links(|links| links.holders.counts(self.id, &device));
            if free {
                self.report(report).await?;
                any = true;
            } else {
                self.waiting.insert(device, report);
            }
        }
        let counts = |device| self.floor.links(|links| links.holders.counts(self.id, device));
        if let Some(device) = self.beyond.iter().find(|device| counts(device)) {
            anyhow::bail!("{} is its own now, and of it more was told than is held", device.0);
        }
        for (event, happened) in std::mem::take(&mut self.held) {
            self.event(event, happened);
        }
        if any { self.wish_all().await } else { Ok(()) }
    }

    async fn keep(&mut self, report: DeviceReport) -> Result<(), StoreError> {
        let report = self.by_our_clock(report);
        let floor = self.floor.clone();
        store::keep_device(floor.app().db(), &self.gateway, &report, floor.0.by_port).await?;
        self.written.insert(report.device.clone(), report.last_seen);
        floor.links(|links| {
            links.reach.insert(report.device.clone(), self.out.clone());
            links.reports.insert(report.device.clone(), report);
        });
        Ok(())
    }

    /// The gateway tells by its own wall clock when a device answered last.
    fn by_our_clock(&self, mut report: DeviceReport) -> DeviceReport {
        if report.last_seen > 0 {
            report.last_seen = report
                .last_seen
                .saturating_sub(self.ahead)
                .clamp(1, clock::now().max(1));
        }
        report
    }

    fn event(&mut self, event: DeviceEvent, happened: Happened) {
        let device = event.key.device.clone();
        let waits = self.beyond.contains(&device) || self.held.iter().any(|(held, _)| held.key.device == device);
        if waits || !self.floor.links(|links| links.holders.counts(self.id, &device)) {
            // A number said ahead of the device would take the place of what it really does.
            if self.held.len() < HELD && !self.beyond.contains(&device) {
                self.held.push((event, happened));
            } else {
                self.beyond.insert(device);
            }
            return;
        }
        let voice = self.voices.entry(device).or_insert_with(|| {
            let (voice, mut said) = mpsc::unbounded_channel::<(DeviceEvent, Happened)>();
            let (floor, out, stuck) = (self.floor.clone(), self.out.clone(), Arc::clone(&self.stuck));
            tokio::spawn(async move {
                while let Some((event, happened)) = said.recv().await {
                    let key = event.key.clone();
                    let below_zero = events::is_below_zero_now(&event, happened).then(|| key.device.clone());
                    let taken = if floor.links(|links| links.fatal.contains(&key)) {
                        events::keep_unread(floor.app(), event).await
                    } else {
                        match caught("an event", events::take(&floor, event, happened)).await {
                            Ok(taken) => taken,
                            Err(fault) => {
                                tracing::error!(%fault, device = key.device.0, event = key.event, "the session ends");
                                floor.links(|links| links.fatal.insert(key));
                                stuck.notify_one();
                                return;
                            }
                        }
                    };
                    match taken {
                        Ok(answer) => {
                            let verdict = answer.verdict;
                            if out.send(FromWms::Answer { key, verdict }).await.is_err() {
                                return;
                            }
                            if let Some(scale) = below_zero {
                                // It is told on the page too, with the key that does the same.
                                let _ = floor.ask(&scale, DesireBody::Tare);
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
        let _ = voice.send((event, happened));
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
        self.floor.app().db().commit(tx).await?;
        Ok(())
    }

    async fn moved(&mut self, moved: MovedOn) -> anyhow::Result<()> {
        let view = match moved.floor {
            Some(view) => view,
            None => {
                let state = self.floor.app().run_state(moved.run).await?;
                Arc::new(FloorView {
                    station: state.ground.head.station,
                    lights: lights(&state.shipping()),
                    // What another process wrote is looked up.
                    labels: true,
                })
            }
        };
        self.floor.app().known_since(moved.run);
        let newest = self.runs.entry(view.station).or_insert(moved.run);
        *newest = moved.run.max(*newest);
        let shown = (moved.run == *newest).then_some(view.lights.as_slice());
        self.wish(view.station, shown, view.labels).await
    }

    /// Looks at everything anew: devices, stations, what each should show.
    async fn wish_all(&mut self) -> anyhow::Result<()> {
        let app = self.floor.app().clone();
        let devices = store::devices(app.db()).await?;
        self.devices = devices
            .into_iter()
            .filter(|device| device.gateway == self.gateway)
            .collect();
        let stations = store::stations(app.db()).await?;
        self.runs = stations
            .iter()
            .filter_map(|station| Some((station.id, station.run?)))
            .collect();
        let here: BTreeSet<i64> = self.devices.iter().filter_map(|device| device.station).collect();
        for station in here {
            let shown = match self.runs.get(&station) {
                Some(run) => lights(&app.run_state(*run).await?.shipping()),
                None => Vec::new(),
            };
            self.wish(station, Some(&shown), true).await?;
        }
        // Taken from its station, a shelf goes dark.
        let nowhere = self.devices.iter().filter(|device| device.station.is_none());
        let wishes: Vec<Wish> = nowhere.filter_map(|device| self.wishes.lights(device, &[])).collect();
        self.send(wishes).await
    }

    /// What the devices of a station should do now that they were not told yet: show these lights, print its labels.
    async fn wish(&mut self, station: i64, lights: Option<&[Light]>, labels: bool) -> anyhow::Result<()> {
        let here = self.devices.iter().filter(|device| device.station == Some(station));
        let mut wishes = Vec::new();
        for device in here {
            wishes.extend(lights.and_then(|lights| self.wishes.lights(device, lights)));
            if labels && device.kind == "printer" {
                let pool = self.floor.app().db();
                wishes.extend(self.wishes.labels(pool, station, device).await?);
            }
        }
        self.send(wishes).await
    }

    async fn send(&mut self, wishes: Vec<Wish>) -> anyhow::Result<()> {
        for Wish { device, body, label } in wishes {
            if matches!(&body, DesireBody::Lights { lights } if lights.iter().any(|light| light.tag != 0)) {
                self.floor.at_work(&device);
            }
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
        self.floor.links(|links| {
            if links.holders.went(&self.gateway, self.id) {
                links.clocks.gone(&self.gateway);
                tracing::info!(gateway = self.gateway, "a gateway went");
            }
        });
        let mine = |reach: &mpsc::Sender<FromWms>| reach.same_channel(&self.out);
        let gone: Vec<DeviceId> = self.floor.links(|links| {
            let gone = links.reach.iter().filter(|(_, reach)| mine(reach));
            let gone = gone.map(|(device, _)| device.clone()).collect();
            links.reach.retain(|_, reach| !mine(reach));
            gone
        });
        let gone = gone.iter().filter_map(|device| self.written.get_key_value(device));
        for (device, last_seen) in gone {
            if let Err(error) = store::away(self.floor.app().db(), &self.gateway, device, *last_seen).await {
                tracing::warn!(%error, device = device.0, "could not be noted as away");
            }
        }
        self.floor.let_go();
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
