//! A session that stands: messages both ways at once, until one way is dead.

use std::{pin::pin, time::Duration};

use futures_util::{Sink, SinkExt, Stream, StreamExt};
use tokio::{
    sync::mpsc,
    time::{Instant, interval, interval_at, timeout},
};
use tokio_tungstenite::tungstenite::{self, Bytes, Message};
use tokio_util::sync::CancellationToken;
use uplink::{FromGateway, FromWms};

use super::{Told, broken, json, read};
use crate::{clock::Clock, words::Text};

/// Messages written with one flush, at most: the WMS is asked between two flushes whether it still hears.
const BATCH: usize = 64;

/// When a session counts as dead.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How often the WMS is asked whether it still hears.
    pub ping: Duration,
    /// Silence after which the session counts as broken, and how long the WMS may take to take what is written.
    pub silence: Duration,
    /// How long a polite end may take.
    pub closing: Duration,
}

/// A message as it is written; `clock` tells an event's age at that moment.
fn words(message: FromGateway, clock: Clock) -> Result<Message, Text> {
    let message = match message {
        FromGateway::Event(mut event) => {
            event.age = Some(clock.age(&event));
            event.moment = None;
            FromGateway::Event(event)
        }
        message => message,
    };
    Ok(Message::text(json(&message)?))
}

/// Carries messages until the session is over; gives whether the WMS answered an event in it, and why it is over. Reading never waits for writing: a WMS that takes nothing more
/// is noticed by its silence, however much there is still to tell it.
pub async fn carry<S>(
    socket: S,
    messages: mpsc::UnboundedReceiver<FromGateway>,
    told: &mpsc::Sender<Told>,
    stop: &CancellationToken,
    clock: Clock,
    patience: Patience,
) -> (bool, Text)
where
    S: Stream<Item = Result<Message, tungstenite::Error>> + Sink<Message, Error = tungstenite::Error>,
{
    let (sink, mut stream) = socket.split();
    let mut writing = pin!(write(sink, messages, stop, clock, patience));
    let (mut heard, mut answered) = (Instant::now(), false);
    let mut look = interval(patience.silence / 8);
    loop {
        tokio::select! {
            message = stream.next() => {
                heard = Instant::now();
                match read(message) {
                    Ok(Some(message)) => {
                        answered |= matches!(message, FromWms::Answer { .. });
                        if told.send(Told::Message(message)).await.is_err() {
                            return (answered, Text::new("uplink-stopping"));
                        }
                    }
                    Ok(None) => {}
                    Err(why) => return (answered, why),
                }
            }
            why = &mut writing => return (answered, why),
            _ = look.tick() => if heard.elapsed() > patience.silence {
                return (answered, Text::new("uplink-silent").with("seconds", patience.silence.as_secs()));
            },
            () = stop.cancelled() => {
                // The writer says goodbye, if it can.
                let ended = timeout(patience.closing, writing).await;
                return (answered, ended.unwrap_or_else(|_| Text::new("uplink-stopping")));
            }
        }
    }
}

/// Writes what waits with few flushes: a press goes at once, a catch-up in large pieces. Gives why it ended.
async fn write(
    mut sink: impl Sink<Message, Error = tungstenite::Error> + Unpin,
    mut messages: mpsc::UnboundedReceiver<FromGateway>,
    stop: &CancellationToken,
    clock: Clock,
    patience: Patience,
) -> Text {
    let mut ping = interval_at(Instant::now() + patience.ping, patience.ping);
    loop {
        let first = tokio::select! {
            Some(message) = messages.recv() => Some(message),
            _ = ping.tick() => None,
            () = stop.cancelled() => {
                let _ = sink.close().await;
                return Text::new("uplink-stopping");
            }
        };
        match timeout(patience.silence, send(&mut sink, first, &mut messages, clock)).await {
            Ok(Ok(())) => {}
            Ok(Err(why)) => return why,
            Err(_) => return Text::new("uplink-stuck").with("seconds", patience.silence.as_secs()),
        }
    }
}

/// The message and those behind it, or a ping, with one flush.
async fn send(
    sink: &mut (impl Sink<Message, Error = tungstenite::Error> + Unpin),
    first: Option<FromGateway>,
    more: &mut mpsc::UnboundedReceiver<FromGateway>,
    clock: Clock,
) -> Result<(), Text> {
    let failed = |error: tungstenite::Error| broken(&error);
    match first {
        None => {
            sink.feed(Message::Ping(Bytes::new())).await.map_err(failed)?;
            let now = FromGateway::Clock { now: clock.unix() };
            sink.feed(words(now, clock)?).await.map_err(failed)?;
        }
        Some(first) => {
            sink.feed(words(first, clock)?).await.map_err(failed)?;
            for _ in 1..BATCH {
                let Ok(message) = more.try_recv() else { break };
                sink.feed(words(message, clock)?).await.map_err(failed)?;
            }
        }
    }
    sink.flush().await.map_err(failed)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio_tungstenite::{WebSocketStream, tungstenite::protocol::Role};
    use uplink::{DeviceId, Progress, Stage};

    use super::*;

    const PATIENCE: Patience = Patience {
        ping: Duration::from_millis(50),
        silence: Duration::from_millis(400),
        closing: Duration::from_millis(100),
    };

    /// A session that has far more to tell than its line holds, and the WMS's end of the line.
    async fn full() -> (DuplexStream, tokio::task::JoinHandle<Text>, CancellationToken) {
        let (near, far) = duplex(4_096);
        let socket = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
        let (outbox, messages) = mpsc::unbounded_channel();
        for number in 0..10_000 {
            let device = DeviceId("00000000000000aa".into());
            let stage = Stage::OnWire;
            outbox
                .send(FromGateway::Progress(Progress { device, number, stage }))
                .unwrap();
        }
        let stop = CancellationToken::new();
        let stopping = stop.clone();
        let session = tokio::spawn(async move {
            let (told, _inbox) = mpsc::channel(8);
            let _outbox = outbox;
            let clock = Clock::default();
            carry(socket, messages, &told, &stopping, clock, PATIENCE).await.1
        });
        (far, session, stop)
    }

    async fn end(session: tokio::task::JoinHandle<Text>) -> String {
        let ended = timeout(Duration::from_secs(10), session).await;
        ended.expect("the session ends").unwrap().id().to_owned()
    }

    #[tokio::test]
    async fn a_line_that_is_cut_while_it_is_written_to_is_noticed_by_its_silence() {
        let (_far, session, _stop) = full().await;
        // Both are true, and it is a matter of milliseconds which is noticed first.
        let why = end(session).await;
        assert!(["uplink-silent", "uplink-stuck"].contains(&why.as_str()), "{why}");
    }

    #[tokio::test]
    async fn a_wms_that_speaks_and_takes_nothing_is_noticed_as_well() {
        let (mut far, session, _stop) = full().await;
        let speaking = tokio::spawn(async move {
            // An empty ping of a server.
            while far.write_all(&[0x89, 0]).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        assert_eq!(end(session).await, "uplink-stuck");
        speaking.abort();
    }

    #[tokio::test]
    async fn a_slow_line_that_moves_is_left_alone() {
        let (mut far, session, stop) = full().await;
        let mut took = 0;
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE.silence * 3 {
            took += far.read(&mut [0; 1_024]).await.unwrap();
            far.write_all(&[0x8a, 0]).await.unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(took > 0 && !session.is_finished());
        stop.cancel();
        assert_eq!(end(session).await, "uplink-stopping");
    }
}
