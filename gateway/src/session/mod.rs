//! The session with the WMS: one WebSocket, opened anew whenever it breaks.
//!
//! - [`greeting`]: what is said first, and how the WMS's first word is read; pure.
//! - [`backoff`]: how long to wait before the next try; pure.
//! - [`carry`]: messages both ways, until one way is dead.
//! - this file: the task that begins sessions.

pub mod backoff;
pub mod carry;
pub mod greeting;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use tokio::{
    net::TcpStream,
    sync::mpsc,
    time::{Instant, timeout},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{self, Message, protocol::WebSocketConfig},
};
use tokio_util::sync::CancellationToken;
use uplink::{FromGateway, FromWms, GatewayHello, MAX_MESSAGE};

use self::{
    backoff::Backoff,
    carry::{Patience, carry},
    greeting::{Greeted, greet},
};
use crate::{
    clock::Clock,
    words::{Lang, Text},
};

/// How long connecting and the greeting may take together.
const GREETING: Duration = Duration::from_secs(10);
/// When a session counts as dead.
const PATIENCE: Patience = Patience {
    ping: Duration::from_secs(3),
    silence: Duration::from_secs(10),
    closing: Duration::from_secs(1),
};

/// Where and as whom.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// `ws://host:port/uplink`.
    pub url: String,
    /// Enrolment key.
    pub key: String,
    /// The gateway's own name.
    pub gateway: String,
    /// Language of the log.
    pub lang: Lang,
}

/// What the session tells the fleet.
#[derive(Debug)]
pub enum Told {
    /// It stands; messages for the WMS go in here until it is over.
    Up(mpsc::UnboundedSender<FromGateway>),
    /// It is over, or could not begin; why.
    Down(Text),
    /// The WMS says something.
    Message(FromWms),
}

/// Keeps a session with the WMS until `stop`. `pending` counts the events that wait in the outbox.
pub async fn run(
    enrolment: Enrolment,
    clock: Clock,
    pending: Arc<AtomicU64>,
    told: mpsc::Sender<Told>,
    stop: CancellationToken,
) {
    let mut backoff = Backoff::default();
    let mut last = None;
    loop {
        let hello = greeting::hello(&enrolment, pending.load(Ordering::Relaxed), clock.unix());
        let Ended { of_use, why } = tokio::select! {
            end = session(&enrolment.url, hello, clock, &told, &stop) => end,
            () = stop.cancelled() => return,
        };
        if stop.is_cancelled() {
            return;
        }
        let wait = backoff.next(of_use, fastrand::f64());
        // The same reason again and again says nothing new.
        if of_use || last.as_ref() != Some(&why) {
            tracing::warn!(wait_ms = wait.as_millis() as u64, "{}", why.say(enrolment.lang));
        }
        last = Some(why.clone());
        if told.send(Told::Down(why)).await.is_err() {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stop.cancelled() => return,
        }
    }
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A session that is over, or could not begin.
struct Ended {
    /// Whether something was done in it: an event answered, or it stood for long.
    of_use: bool,
    why: Text,
}

/// One session from the first byte to the last.
async fn session(
    url: &str,
    hello: GatewayHello,
    clock: Clock,
    told: &mpsc::Sender<Told>,
    stop: &CancellationToken,
) -> Ended {
    let failed = |why| Ended { of_use: false, why };
    let socket = match timeout(GREETING, begin(url, hello)).await {
        Ok(Ok(socket)) => socket,
        Ok(Err(why)) => return failed(why),
        Err(_) => return failed(Text::new("uplink-no-greeting").with("url", url)),
    };
    tracing::info!(%url, "uplink stands");
    let (outbox, messages) = mpsc::unbounded_channel();
    if told.send(Told::Up(outbox)).await.is_err() {
        return failed(Text::new("uplink-stopping"));
    }
    let begin = Instant::now();
    let (answered, why) = carry(socket, messages, told, stop, clock, PATIENCE).await;
    Ended {
        of_use: answered || begin.elapsed() >= PATIENCE.silence,
        why,
    }
}

async fn begin(url: &str, hello: GatewayHello) -> Result<Socket, Text> {
    let mut config = WebSocketConfig::default();
    config.max_message_size = Some(MAX_MESSAGE);
    config.max_frame_size = Some(MAX_MESSAGE);
    let connected = connect_async_with_config(url, Some(config), true).await;
    let (mut socket, _) = connected.map_err(|error| unreachable(url, &error))?;
    let text = json(&FromGateway::Hello(hello))?;
    socket.send(Message::text(text)).await.map_err(|error| broken(&error))?;
    loop {
        if let Some(message) = read(socket.next().await)? {
            return match greet(&message) {
                Greeted::Stands => Ok(socket),
                Greeted::Refused(why) => Err(why),
            };
        }
    }
}

fn json(message: &FromGateway) -> Result<String, Text> {
    serde_json::to_string(message).map_err(|error| Text::new("uplink-malformed").with("detail", error))
}

fn read(message: Option<Result<Message, tungstenite::Error>>) -> Result<Option<FromWms>, Text> {
    match message {
        Some(Ok(Message::Text(text))) => serde_json::from_str(&text)
            .map(Some)
            .map_err(|error| Text::new("uplink-malformed").with("detail", error)),
        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Ok(None),
        Some(Ok(Message::Binary(_))) => Err(Text::new("uplink-malformed").with("detail", "binary")),
        Some(Ok(Message::Close(_))) | None => Err(Text::new("uplink-closed")),
        Some(Err(error)) => Err(broken(&error)),
    }
}

fn broken(error: &tungstenite::Error) -> Text {
    Text::new("uplink-broken").with("cause", error)
}

fn unreachable(url: &str, error: &tungstenite::Error) -> Text {
    match error {
        tungstenite::Error::Url(_) => Text::new("uplink-url").with("url", url).with("cause", error),
        tungstenite::Error::Http(response) => Text::new("uplink-not-a-wms")
            .with("url", url)
            .with("status", response.status()),
        _ => Text::new("uplink-unreachable").with("url", url).with("cause", error),
    }
}
