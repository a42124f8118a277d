//! Nodes made of the link's own node end.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use link::{
    Instant, MAX_FRAME,
    message::{BootId, Command, EventBody, Firmware, NodeKind, ResetReason, Uid},
    node::{Identity, Line, NodeLink},
    session::Outcome,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split},
    net::TcpListener,
    sync::mpsc,
    task::JoinHandle,
};

/// How long ago a node has started when a test makes it.
const AGE: Duration = Duration::from_secs(60);

/// A node; its memory outlives its lines, as a chip's does.
#[derive(Clone)]
pub struct Node {
    shared: Arc<Mutex<Inner>>,
    wake: mpsc::UnboundedSender<()>,
    waker: Arc<tokio::sync::Mutex<mpsc::UnboundedReceiver<()>>>,
    pub uid: Uid,
}

struct Inner {
    link: NodeLink<64>,
    origin: std::time::Instant,
    commands: Vec<Command>,
    answers: BTreeMap<&'static str, Outcome>,
}

impl Inner {
    fn now(&self) -> Instant {
        Instant(self.origin.elapsed().as_micros() as u64)
    }
}

/// The kind of a command, to answer all of a kind alike.
fn kind(command: &Command) -> &'static str {
    match command {
        Command::PrintStart { .. } => "print start",
        Command::PrintRows { .. } => "print rows",
        Command::PrintEnd { .. } => "print end",
        Command::Lights { .. } => "lights",
        _ => "other",
    }
}

impl Node {
    pub fn new(kind: NodeKind, uid: u64, boot: u32, units: u8) -> Self {
        let identity = Identity {
            kind,
            units,
            uid: Uid(uid),
            firmware: Firmware {
                major: 1,
                minor: 2,
                patch: 3,
                git: [0x1a, 0x2b, 0x3c, 0x4d],
            },
            settings_crc: 0,
            boot: BootId(boot),
            reset: ResetReason::PowerOn,
        };
        let inner = Inner {
            link: NodeLink::new(identity, Line::Duplex, ""),
            origin: std::time::Instant::now() - AGE,
            commands: Vec::new(),
            answers: BTreeMap::new(),
        };
        let (wake, waker) = mpsc::unbounded_channel();
        Self {
            shared: Arc::new(Mutex::new(inner)),
            wake,
            waker: Arc::new(tokio::sync::Mutex::new(waker)),
            uid: Uid(uid),
        }
    }

    pub fn name(&self) -> String {
        format!("{:016x}", self.uid.0)
    }

    /// Something happens at the node.
    pub fn push(&self, body: EventBody) -> u32 {
        self.push_ago(body, Duration::ZERO)
    }

    /// Something has happened at the node, so long ago.
    pub fn push_ago(&self, body: EventBody, ago: Duration) -> u32 {
        let mut inner = self.shared.lock().unwrap();
        let at = Instant(inner.now().0 - ago.as_micros() as u64);
        let event = inner.link.push(body, at);
        self.wake.send(()).unwrap();
        event.0
    }

    pub fn scan(&self, code: &str) -> u32 {
        self.scan_ago(code, Duration::ZERO)
    }

    pub fn scan_ago(&self, code: &str, ago: Duration) -> u32 {
        let code = heapless::Vec::from_slice(code.as_bytes()).unwrap();
        self.push_ago(
            EventBody::Scan {
                aim: Some(*b"]C1"),
                code,
            },
            ago,
        )
    }

    /// From now on answers commands of this kind so.
    pub fn answer(&self, kind: &'static str, outcome: Option<Outcome>) {
        let mut inner = self.shared.lock().unwrap();
        match outcome {
            Some(outcome) => inner.answers.insert(kind, outcome),
            None => inner.answers.remove(kind),
        };
    }

    pub fn commands(&self) -> Vec<Command> {
        self.shared.lock().unwrap().commands.clone()
    }

    pub fn unacknowledged(&self) -> usize {
        self.shared.lock().unwrap().link.unacknowledged()
    }

    /// Waits for a command.
    pub async fn when<T>(&self, what: &str, look: impl Fn(&[Command]) -> Option<T>) -> T {
        super::until(what, async || look(&self.shared.lock().unwrap().commands)).await
    }

    /// Waits until the gateway has let it forget everything.
    pub async fn relieved(&self) {
        super::until("the node may forget", async || {
            (self.unacknowledged() == 0).then_some(())
        })
        .await;
    }

    /// Speaks on this line until it breaks.
    pub async fn speak(&self, stream: impl AsyncRead + AsyncWrite + Unpin) {
        let mut waker = self.waker.lock().await;
        let (mut reader, mut writer) = split(stream);
        let (mut incoming, mut frame) = ([0; 1024], [0; MAX_FRAME]);
        loop {
            let (mut out, mut wake) = (Vec::new(), None);
            {
                let mut inner = self.shared.lock().unwrap();
                let now = inner.now();
                while let Some((request, command)) = inner.link.next_command() {
                    let outcome = inner.answers.get(kind(&command)).copied().unwrap_or(Outcome::Taken);
                    inner.link.answer(request, outcome);
                    inner.commands.push(command);
                }
                while let Some(length) = inner.link.transmit(now, &mut frame) {
                    out.extend_from_slice(&frame[..length]);
                }
                if let Some(at) = inner.link.wake_at() {
                    wake = Some(Duration::from_micros(at.since(now)));
                }
            }
            if writer.write_all(&out).await.is_err() {
                return;
            }
            tokio::select! {
                read = reader.read(&mut incoming) => match read {
                    Ok(length) if length > 0 => {
                        let mut inner = self.shared.lock().unwrap();
                        let now = inner.now();
                        inner.link.receive(&incoming[..length], now);
                    }
                    _ => return,
                },
                _ = waker.recv() => {}
                () = tokio::time::sleep(wake.unwrap_or(Duration::from_secs(1))) => {}
            }
        }
    }

    /// Listens as a serial port server would; one line after another.
    pub async fn listen(&self) -> (SocketAddr, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let node = self.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).unwrap();
                node.speak(stream).await;
            }
        });
        (address, task)
    }
}
