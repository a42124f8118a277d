//! Many stations on one gateway's session, as the WMS sees them: lights come, each lit position is confirmed, one hand a
//! station, no hand rests.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use floor_tests::KEY;
use futures_util::{SinkExt, StreamExt};
use tokio::sync::{Barrier, mpsc};
use tokio::task::JoinHandle;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use uplink::{
    DesireBody, DeviceEvent, DeviceId, DeviceKind, DeviceReport, DeviceState, EventBody, EventKey, FromGateway,
    FromWms, GatewayHello, Key, Light, Progress, Stage, Verdict,
};

/// A station that says nothing for so long has stopped.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the WMS tells a shelf.
enum Word {
    Lights(Vec<Light>),
    Answer(Option<Verdict>),
}

/// Stations whose hands wait for the start.
pub struct Stations {
    hands: Vec<JoinHandle<Result<Vec<f64>>>>,
    start: Arc<Barrier>,
}

fn id(station: u32, kind: u32) -> DeviceId {
    DeviceId(format!(
        "{:016x}",
        0x5649_5254_0000_0000_u64 + u64::from(station * 256 + kind)
    ))
}

fn report(station: u32, number: u32, kind: DeviceKind, name: &str, units: u8) -> DeviceReport {
    DeviceReport {
        device: id(station, number),
        kind,
        profile: format!("cangxun-{name}"),
        port: format!("station-{station}-{name}"),
        firmware: "0.1.0".to_owned(),
        units,
        state: DeviceState::Online,
        last_seen: 0,
        retransmissions: 0,
        pending: 0,
    }
}

impl Stations {
    /// Connects to the WMS on this port as the gateway of stations 1 to `count`, each with four devices; every hand is to
    /// make `picks` picks.
    ///
    /// # Errors
    /// When the WMS does not welcome it.
    pub async fn connect(port: u16, count: u32, picks: usize) -> Result<Self> {
        let (socket, _) = connect_async(format!("ws://127.0.0.1:{port}/uplink")).await?;
        let (mut sink, mut stream) = socket.split();
        let (out, mut messages) = mpsc::unbounded_channel::<FromGateway>();
        let _ = out.send(FromGateway::Hello(GatewayHello {
            protocol: uplink::PROTOCOL,
            oldest: uplink::OLDEST_PROTOCOL,
            gateway: "bench".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            key: KEY.to_owned(),
            pending: 0,
            now: wms::clock::now(),
        }));
        let devices = (1..=count).flat_map(|station| {
            [
                report(station, 0, DeviceKind::Shelf, "shelf", 24),
                report(station, 1, DeviceKind::Scanner, "scanner", 1),
                report(station, 2, DeviceKind::Printer, "printer", 1),
                report(station, 3, DeviceKind::Scale, "scale", 1),
            ]
        });
        let _ = out.send(FromGateway::Fleet {
            devices: devices.collect(),
        });
        tokio::spawn(async move {
            while let Some(message) = messages.recv().await {
                let mut next = Some(message);
                while let Some(message) = next {
                    sink.feed(Message::text(serde_json::to_string(&message)?)).await?;
                    next = messages.try_recv().ok();
                }
                sink.flush().await?;
            }
            anyhow::Ok(())
        });
        let start = Arc::new(Barrier::new(usize::try_from(count)? + 1));
        let mut shelves = HashMap::new();
        let mut hands = Vec::new();
        for station in 1..=count {
            let (tell, told) = mpsc::unbounded_channel();
            shelves.insert(id(station, 0), tell);
            let hand = Hand {
                shelf: id(station, 0),
                out: out.clone(),
                told,
                events: 0,
            };
            hands.push(tokio::spawn(hand.pick(Arc::clone(&start), picks)));
        }
        tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                let Message::Text(text) = message else { continue };
                match serde_json::from_str(&text)? {
                    FromWms::Answer { key, verdict } => {
                        if let Some(shelf) = shelves.get(&key.device) {
                            let _ = shelf.send(Word::Answer(verdict));
                        }
                    }
                    FromWms::Desire(desire) => {
                        if let (DesireBody::Lights { lights }, Some(shelf)) = (desire.body, shelves.get(&desire.device))
                        {
                            let _ = shelf.send(Word::Lights(lights));
                        }
                        for stage in [Stage::OnWire, Stage::Taken] {
                            let _ = out.send(FromGateway::Progress(Progress {
                                device: desire.device.clone(),
                                number: desire.number,
                                stage,
                            }));
                        }
                    }
                    FromWms::Welcome { .. } => {}
                    FromWms::Refused(why) => bail!("refused: {why}"),
                }
            }
            anyhow::Ok(())
        });
        Ok(Self { hands, start })
    }

    /// Waits until every hand sees its first lights, then lets them go.
    pub async fn go(&self) {
        self.start.wait().await;
    }

    /// Waits until every hand is done; milliseconds from each press to its answer.
    ///
    /// # Errors
    /// When one was not answered, or answered wrongly.
    pub async fn done(self) -> Result<Vec<f64>> {
        let mut waits = Vec::new();
        for hand in self.hands {
            waits.extend(hand.await??);
        }
        Ok(waits)
    }
}

struct Hand {
    shelf: DeviceId,
    out: mpsc::UnboundedSender<FromGateway>,
    told: mpsc::UnboundedReceiver<Word>,
    events: u32,
}

impl Hand {
    async fn pick(mut self, start: Arc<Barrier>, picks: usize) -> Result<Vec<f64>> {
        let mut lit = self.lights().await?;
        start.wait().await;
        let mut waits = Vec::with_capacity(picks);
        loop {
            for (position, light) in std::mem::take(&mut lit) {
                let begin = std::time::Instant::now();
                self.press(position, light)?;
                // Lights change with each pick; what they show of this order is known already.
                let verdict = loop {
                    match self.hear().await? {
                        Word::Answer(verdict) => break verdict,
                        Word::Lights(lights) => lit = shining(lights),
                    }
                };
                ensure!(verdict == Some(Verdict::Right), "a pick at {position} is {verdict:?}");
                waits.push(begin.elapsed().as_secs_f64() * 1_000.0);
            }
            if waits.len() >= picks {
                return Ok(waits);
            }
            // The next order's lights: all of them, once the last of this one are out.
            while lit.len() < super::scenario::SLOTS {
                lit = self.lights().await?;
            }
        }
    }

    fn press(&mut self, position: u8, light: Light) -> Result<()> {
        self.events += 1;
        let event = DeviceEvent {
            key: EventKey {
                device: self.shelf.clone(),
                boot: 0x9e37_79b1,
                event: self.events,
            },
            at: wms::clock::now(),
            age: Some(uplink::Age { millis: 0, sure: true }),
            moment: None,
            body: EventBody::Key {
                position,
                key: Key::Confirm,
                count: light.count,
                tag: light.tag,
            },
        };
        self.out.send(FromGateway::Event(event)).context("the session is over")
    }

    async fn hear(&mut self) -> Result<Word> {
        let word = tokio::time::timeout(PATIENCE, self.told.recv()).await;
        word.context("the WMS says nothing any more")?
            .context("the session is over")
    }

    /// The next lights that shine.
    async fn lights(&mut self) -> Result<Vec<(u8, Light)>> {
        loop {
            if let Word::Lights(lights) = self.hear().await? {
                let lit = shining(lights);
                if !lit.is_empty() {
                    return Ok(lit);
                }
            }
        }
    }
}

fn shining(lights: Vec<Light>) -> Vec<(u8, Light)> {
    let lights = (0..).zip(lights);
    lights.filter(|(_, light)| light.tag != 0).collect()
}
