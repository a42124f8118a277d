//! `gateway doctor`: asks the running gateway, or, where none runs, looks for itself.

use std::{net::SocketAddr, path::Path, time::Duration};

use device_profiles::Profiles;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc,
    time::{Instant, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

use crate::{
    clock::Clock,
    config::PortConfig,
    data,
    fleet::{Fleet, Input, status::Status},
    outbox::queue::Queue,
    ports,
    words::Lang,
};

/// How long a running gateway may take to answer.
const ANSWER: Duration = Duration::from_secs(2);
/// How long to listen at the ports when looking for oneself: a bus of 32 at 115,200 baud is found in that time.
const LOOKING: Duration = Duration::from_secs(4);
/// Longest status read, bytes.
const MOST: u64 = 4 * 1024 * 1024;

/// Where a status came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// From the gateway that runs there.
    Running(SocketAddr),
    /// From looking for oneself; no gateway runs.
    Own,
}

/// The status of the gateway whose data folder this is, or of the ports themselves.
pub async fn examine(
    folder: Option<&Path>,
    ports: Vec<PortConfig>,
    profiles: Profiles,
    lang: Lang,
) -> (Source, Status) {
    if let Some(address) = folder.and_then(data::status_address)
        && let Some(status) = ask(address).await
    {
        return (Source::Running(address), status);
    }
    (Source::Own, look(ports, profiles, lang).await)
}

/// Asks the gateway at this address.
pub async fn ask(address: SocketAddr) -> Option<Status> {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await.ok()?;
        let request = format!("GET /status HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.take(MOST).read_to_end(&mut answer).await.ok()?;
        Some(answer)
    };
    let answer = timeout(ANSWER, exchange).await.ok()??;
    let body = answer.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    serde_json::from_slice(answer.get(body..)?).ok()
}

/// Opens the ports and listens a while. Events that come are left with their nodes: nothing is acknowledged.
async fn look(configs: Vec<PortConfig>, profiles: Profiles, lang: Lang) -> Status {
    let clock = Clock::default();
    let stop = CancellationToken::new();
    let (told, mut inbox) = mpsc::channel(64);
    let supervision = tokio::spawn(ports::supervise(configs, clock, lang, told, stop.clone()));
    let mut fleet = Fleet::new(Queue::new(Vec::new(), 1, usize::MAX), &[], profiles, lang);
    let until = Instant::now() + LOOKING;
    // Doors are kept open, and nothing is said through them.
    let mut doors = Vec::new();
    while let Ok(Some(told)) = timeout_at(until, inbox.recv()).await {
        let input = match told {
            ports::Told::Opened(port, door) => {
                doors.push(door);
                Input::PortOpened(port)
            }
            ports::Told::Report(port, report) => Input::Port(port, report),
            ports::Told::Closed(port, why) => Input::PortClosed { port, why },
            ports::Told::Forgotten(port) => Input::PortForgotten(port),
        };
        fleet.handle(input, clock.unix(), &mut Vec::new());
    }
    let status = fleet.status();
    stop.cancel();
    // The supervisor may still have something to tell; it ends once nobody listens.
    drop(inbox);
    let _ = supervision.await;
    status
}
