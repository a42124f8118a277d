//! Several nodes at one port: behind a bridge, and on a plain RS-485 adapter that the gateway itself polls.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU16, Ordering},
    },
    time::Duration,
};

use common::{Gateway, config, wms::Wms};
use gateway::fleet::status::Status;
use link::{
    Instant, MAX_FRAME,
    bridge::Bridge,
    bus::BusTiming,
    message::{BootId, Command, EventBody, Firmware, Key, NodeKind, ResetReason, Uid},
    node::{Identity, Line, NodeLink},
    session::Outcome,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use uplink::{Colour, Desire, DesireBody, DeviceId, Light, Mode};

const BAUD: u32 = 1_000_000;

fn identity(kind: NodeKind, uid: u64) -> Identity {
    let firmware = Firmware {
        major: 1,
        minor: 0,
        patch: 0,
        git: [0; 4],
    };
    let units = if kind == NodeKind::Shelf { 8 } else { 1 };
    Identity {
        kind,
        units,
        uid: Uid(uid),
        firmware,
        settings_crc: 0,
        boot: BootId(5),
        reset: ResetReason::PowerOn,
    }
}

/// A shelf on the bus, and the count it shows at its first position.
struct Shelf {
    link: NodeLink<32>,
    shown: Arc<AtomicU16>,
}

impl Shelf {
    fn new(uid: u64) -> Self {
        let link = NodeLink::new(identity(NodeKind::Shelf, uid), Line::Bus { baud: BAUD }, "");
        Self {
            link,
            shown: Arc::default(),
        }
    }

    fn hear(&mut self, bytes: &[u8], now: Instant) {
        self.link.receive(bytes, now);
        while let Some((request, command)) = self.link.next_command() {
            if let Command::Lights { lights, .. } = &command {
                self.shown.store(lights[0].count.unwrap_or(0), Ordering::Relaxed);
            }
            self.link.answer(request, Outcome::Taken);
        }
    }
}

/// How far ahead of now an answer is let be given, µs: nodes answer to the microsecond, which this process can't wait for.
const AHEAD: u64 = 20_000;

/// The copper: whatever one says, all others hear.
fn bus(shelves: &mut [Shelf], bytes: &[u8], now: Instant) -> Vec<u8> {
    if !bytes.is_empty() {
        shelves.iter_mut().for_each(|shelf| shelf.hear(bytes, now));
    }
    let (mut all, mut frame) = (Vec::new(), [0; MAX_FRAME]);
    for speaker in 0..shelves.len() {
        let Some(at) = shelves[speaker].link.wake_at().filter(|at| *at <= now.after(AHEAD)) else {
            continue;
        };
        while let Some(length) = shelves[speaker].link.transmit(at, &mut frame) {
            let words = &frame[..length];
            for (_, other) in shelves.iter_mut().enumerate().filter(|(other, _)| *other != speaker) {
                other.hear(words, at);
            }
            all.extend_from_slice(words);
        }
    }
    all
}

type Press = Arc<Mutex<Vec<(usize, u8)>>>;

fn press(shelves: &mut [Shelf], presses: &Press, now: Instant) {
    for (shelf, position) in presses.lock().unwrap().drain(..) {
        shelves[shelf].link.push(
            EventBody::Key {
                position,
                key: Key::Confirm,
                count: None,
                tag: 0,
            },
            now,
        );
    }
}

/// A bridge with its row, on a port of its own.
async fn bridged(mut shelves: Vec<Shelf>, presses: Press) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut bridge = Box::new(Bridge::<16>::new(
            identity(NodeKind::Bridge, 0xb0),
            "",
            BusTiming::adapter(BAUD),
        ));
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let origin = std::time::Instant::now();
        let (mut incoming, mut frame) = ([0; 1024], [0; MAX_FRAME]);
        loop {
            let now = Instant(origin.elapsed().as_micros() as u64);
            press(&mut shelves, &presses, now);
            while let Some((request, _)) = bridge.node().next_command() {
                bridge.node().answer(request, Outcome::Taken);
            }
            let asked = bridge.transmit_bus(now, &mut frame).unwrap_or(0);
            let said = bus(&mut shelves, &frame[..asked], now);
            bridge.receive_bus(&said, now);
            while let Some(length) = bridge.transmit_up(now, &mut frame) {
                stream.write_all(&frame[..length]).await.unwrap();
            }
            tokio::select! {
                read = stream.read(&mut incoming) => {
                    let length = read.unwrap();
                    bridge.receive_up(&incoming[..length], Instant(origin.elapsed().as_micros() as u64));
                }
                () = tokio::time::sleep(Duration::from_millis(1)) => {}
            }
        }
    });
    address
}

/// A row on a plain adapter.
async fn plain(mut shelves: Vec<Shelf>, presses: Press) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let origin = std::time::Instant::now();
        let mut incoming = [0; 1024];
        loop {
            let length = tokio::select! {
                read = stream.read(&mut incoming) => read.unwrap(),
                () = tokio::time::sleep(Duration::from_millis(1)) => 0,
            };
            let now = Instant(origin.elapsed().as_micros() as u64);
            press(&mut shelves, &presses, now);
            let said = bus(&mut shelves, &incoming[..length], now);
            stream.write_all(&said).await.unwrap();
        }
    });
    address
}

/// Both shelves of a row show what is desired of each, and tell of their keys.
async fn works(wms: &Wms, shelves: [(u64, Arc<AtomicU16>); 2], presses: &Press) {
    for (number, (uid, shown)) in shelves.iter().enumerate() {
        let name = format!("{uid:016x}");
        wms.when("the shelf", |ledger| ledger.devices.contains_key(&name).then_some(()))
            .await;
        let wished = 100 + number as u16;
        let light = Light {
            colour: Colour::A,
            mode: Mode::On,
            count: Some(wished),
            adjustable: false,
            tag: 1,
        };
        wms.desire(Desire {
            device: DeviceId(name.clone()),
            number: 1,
            body: DesireBody::Lights { lights: vec![light] },
        });
        common::until("the count", async || {
            (shown.load(Ordering::Relaxed) == wished).then_some(())
        })
        .await;
        presses.lock().unwrap().push((number, 3));
        wms.when("the key", |ledger| {
            let pressed =
                |event: &uplink::DeviceEvent| matches!(event.body, uplink::EventBody::Key { position: 3, .. });
            ledger
                .events
                .iter()
                .any(|event| event.key.device.0 == name && pressed(event))
                .then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn shelves_behind_a_bridge_are_devices_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, presses) = (Wms::start().await, Press::default());
    let shelves = vec![Shelf::new(0x51), Shelf::new(0x52)];
    let shown = [(0x51, shelves[0].shown.clone()), (0x52, shelves[1].shown.clone())];
    let port = format!("tcp:{}", bridged(shelves, presses.clone()).await);
    let gateway = Gateway::start(config(folder.path(), wms.address, std::slice::from_ref(&port)));
    works(&wms, shown, &presses).await;
    let all = |status: &Status| status.events.pending == 0 && status.devices.len() == 3;
    let status = gateway.when("all committed", all).await;
    let mut models: Vec<_> = status.devices.iter().map(|device| device.profile.as_str()).collect();
    models.sort_unstable();
    assert_eq!(models, ["cangxun-bridge", "cangxun-shelf-24", "cangxun-shelf-24"]);
    assert!(
        status.devices.iter().any(|device| device.port == port),
        "the bridge itself"
    );
    assert_eq!(
        status
            .devices
            .iter()
            .filter(|device| device.port.starts_with(&format!("{port} #")))
            .count(),
        2
    );
}

#[tokio::test]
async fn a_plain_adapter_is_polled_by_the_gateway() {
    let folder = tempfile::tempdir().unwrap();
    let (wms, presses) = (Wms::start().await, Press::default());
    let shelves = vec![Shelf::new(0x61), Shelf::new(0x62)];
    let shown = [(0x61, shelves[0].shown.clone()), (0x62, shelves[1].shown.clone())];
    let mut config = config(
        folder.path(),
        wms.address,
        &[format!("tcp:{}", plain(shelves, presses.clone()).await)],
    );
    (config.ports[0].bus, config.ports[0].baud) = (true, BAUD);
    let gateway = Gateway::start(config);
    works(&wms, shown, &presses).await;
    gateway
        .when("all committed", |status| {
            status.events.pending == 0 && status.devices.len() == 2
        })
        .await;
}
