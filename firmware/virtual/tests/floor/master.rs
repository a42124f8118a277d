//! The link's master on a port, as a gateway has it.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use link::master::{Answer, Line, Output};
use link::message::{Command, Event, EventBody, EventId, Hello, PositionLight};
use link::{Instant, MAX_FRAME};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_serial::{SerialPortBuilderExt, SerialStream};

/// Longest a test waits; nothing is decided by it but failure.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Master {
    line: SerialStream,
    link: Box<link::master::Master<1>>,
    begin: std::time::Instant,
    token: u32,
    kept: VecDeque<Event>,
    pub(crate) hello: Hello,
}

impl Master {
    /// Opens the port, once it is there, and waits for the node behind it.
    pub(crate) async fn open(port: PathBuf) -> Self {
        let line = tokio::time::timeout(PATIENCE, async {
            loop {
                match tokio_serial::new(port.to_string_lossy(), 115_200).open_native_async() {
                    Ok(line) => return line,
                    Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
                }
            }
        })
        .await
        .expect("the port appears");
        let seed = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_nanos() as u64;
        let mut link = Box::new(link::master::Master::new(Line::Duplex, seed));
        let begin = std::time::Instant::now();
        let mut line = line;
        let hello = loop {
            if let Output::Up { hello, .. } = next(&mut line, &mut link, begin).await {
                break hello;
            }
        };
        Self {
            line,
            link,
            begin,
            token: 0,
            kept: VecDeque::new(),
            hello,
        }
    }

    /// The next thing the link has to say but `OnWire`.
    pub(crate) async fn output(&mut self) -> Output {
        loop {
            match next(&mut self.line, &mut self.link, self.begin).await {
                Output::OnWire { .. } => {}
                output => return output,
            }
        }
    }

    /// The next event, which is committed at once.
    pub(crate) async fn event(&mut self) -> Event {
        if let Some(event) = self.kept.pop_front() {
            return event;
        }
        loop {
            if let Output::Event { uid, boot, event, .. } = self.output().await {
                self.link.committed(uid, boot, event.id);
                return event;
            }
        }
    }

    /// The next event other than that of starting.
    pub(crate) async fn deed(&mut self) -> (EventId, EventBody) {
        loop {
            let event = self.event().await;
            if !matches!(event.body, EventBody::Restarted { .. }) {
                return (event.id, event.body);
            }
        }
    }

    /// Sends a command and gives its answer; events that come meanwhile are committed and kept for [`Self::deed`].
    pub(crate) async fn command(&mut self, command: Command) -> Answer {
        self.token += 1;
        self.link
            .send(self.hello.uid, self.token, command)
            .expect("a session and room");
        loop {
            match self.output().await {
                Output::Answered { token, answer, .. } if token == self.token => return answer,
                Output::Event { uid, boot, event, .. } => {
                    self.link.committed(uid, boot, event.id);
                    self.kept.push_back(event);
                }
                output => panic!("while waiting for an answer: {output:?}"),
            }
        }
    }

    pub(crate) async fn light(&mut self, position: u8, light: PositionLight) {
        let lights = Command::Lights {
            first: position,
            lights: [light].into_iter().collect(),
        };
        assert_eq!(self.command(lights).await, Answer::Taken);
    }
}

async fn next(line: &mut SerialStream, link: &mut link::master::Master<1>, begin: std::time::Instant) -> Output {
    let now = || Instant(begin.elapsed().as_micros() as u64);
    let mut frame = [0; MAX_FRAME];
    let mut bytes = [0; 256];
    tokio::time::timeout(PATIENCE, async {
        loop {
            while let Some(length) = link.transmit(now(), &mut frame) {
                line.write_all(&frame[..length]).await.expect("the port takes bytes");
            }
            if let Some(output) = link.next_output() {
                return output;
            }
            let wake = link
                .wake_at()
                .map_or(PATIENCE, |at| Duration::from_micros(at.since(now())));
            tokio::select! {
                read = line.read(&mut bytes) => {
                    let length = read.expect("the port gives bytes");
                    let mut rest = &bytes[..length];
                    while !rest.is_empty() {
                        let taken = link.receive(rest, now());
                        rest = &rest[taken..];
                        if taken == 0 {
                            panic!("outputs wait to be fetched");
                        }
                    }
                }
                () = tokio::time::sleep(wake) => {}
            }
        }
    })
    .await
    .expect("something happens on the line")
}
