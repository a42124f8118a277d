//! A master on a serial port, as the gateway has one, with nothing above it: tests ask it what nodes said.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use link::bus::BusTiming;
use link::master::{Answer, Line, Master, Output};
use link::message::{Command, Event, EventBody, Hello, Uid};
use link::{Instant, MAX_FRAME};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_serial::{SerialPortBuilderExt, SerialStream};

/// How long a node may take before a test gives up. It only ends what hangs: chips on a busy machine take their time.
const PATIENCE: Duration = Duration::from_secs(240);
/// A bridge and its 32 nodes.
const NODES: usize = 33;

/// A master and the port it speaks on.
pub struct Wire {
    master: Box<Master<NODES>>,
    port: SerialStream,
    begin: std::time::Instant,
    next_token: u32,
    /// What the master has told and nobody has asked for yet.
    told: Vec<Output>,
    commits: bool,
}

impl Wire {
    /// Opens a port with a node, or a bridge and its children, behind it.
    ///
    /// # Errors
    /// When the port can't be opened.
    pub fn open(path: &Path, baud: u32) -> Result<Self> {
        Self::on(path, baud, Line::Duplex)
    }

    /// Opens a plain RS-485 adapter: this master polls the nodes itself.
    ///
    /// # Errors
    /// When the port can't be opened.
    pub fn open_bus(path: &Path, baud: u32) -> Result<Self> {
        // The pair is a pseudo-terminal away, on a machine that is busy with other tests.
        let timing = BusTiming {
            patience: 200_000,
            ..BusTiming::adapter(baud)
        };
        Self::on(path, baud, Line::Bus(timing))
    }

    fn on(path: &Path, baud: u32, line: Line) -> Result<Self> {
        let port = tokio_serial::new(path.to_string_lossy(), baud)
            .open_native_async()
            .with_context(|| format!("{} can't be opened", path.display()))?;
        let begin = std::time::Instant::now();
        let seed = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)?
            .subsec_nanos();
        Ok(Self {
            master: Box::new(Master::new(line, seed.into())),
            port,
            begin,
            next_token: 1,
            told: Vec::new(),
            commits: true,
        })
    }

    /// Whether events are said to be committed as they come, which is so unless this was called.
    pub fn commit_events(&mut self, commits: bool) {
        self.commits = commits;
    }

    fn now(&self) -> Instant {
        Instant(self.begin.elapsed().as_micros() as u64)
    }

    /// Sends what is due, then waits for bytes or until there is more to send.
    async fn turn(&mut self) -> Result<()> {
        let mut frame = [0; MAX_FRAME];
        while let Some(length) = self.master.transmit(self.now(), &mut frame) {
            self.port.write_all(&frame[..length]).await?;
        }
        self.hear();
        let wake = self.master.wake_at().map_or(50_000, |at| at.since(self.now()));
        let mut bytes = [0; 512];
        if let Ok(read) = tokio::time::timeout(Duration::from_micros(wake.max(1)), self.port.read(&mut bytes)).await {
            let count = read?;
            if count == 0 {
                bail!("the port has hung up");
            }
            let mut rest = &bytes[..count];
            while !rest.is_empty() {
                let taken = self.master.receive(rest, self.now());
                rest = &rest[taken..];
                self.hear();
            }
        }
        Ok(())
    }

    fn hear(&mut self) {
        while let Some(output) = self.master.next_output() {
            if let Output::Event { uid, boot, event, .. } = &output
                && self.commits
            {
                self.master.committed(*uid, *boot, event.id);
            }
            self.told.push(output);
        }
    }

    /// Waits for the first output that `pick` takes, and forgets it; others stay for later questions.
    ///
    /// # Errors
    /// After a while, with what was told instead, or when the port fails.
    pub async fn until<T>(&mut self, what: &str, mut pick: impl FnMut(&Output) -> Option<T>) -> Result<T> {
        let deadline = std::time::Instant::now() + PATIENCE;
        loop {
            if let Some((place, picked)) = self
                .told
                .iter()
                .enumerate()
                .find_map(|(i, output)| Some((i, pick(output)?)))
            {
                self.told.remove(place);
                return Ok(picked);
            }
            if std::time::Instant::now() > deadline {
                bail!(
                    "waited {PATIENCE:?} for: {what}; told instead: {:?}; {:?}",
                    self.told,
                    self.master.counters()
                );
            }
            self.turn().await?;
        }
    }

    /// Waits for a node to introduce itself.
    ///
    /// # Errors
    /// As [`Self::until`].
    pub async fn up(&mut self, uid: u64) -> Result<(Hello, u8)> {
        self.until(&format!("node {uid:016x} to come up"), |output| match output {
            Output::Up { hello, address } if hello.uid == Uid(uid) => Some((*hello, *address)),
            _ => None,
        })
        .await
    }

    /// Waits for an event of a node that `pick` takes.
    ///
    /// # Errors
    /// As [`Self::until`].
    pub async fn event<T>(
        &mut self,
        uid: u64,
        what: &str,
        mut pick: impl FnMut(&EventBody) -> Option<T>,
    ) -> Result<(T, Event)> {
        self.until(what, |output| match output {
            Output::Event { uid: of, event, .. } if *of == Uid(uid) => Some((pick(&event.body)?, event.clone())),
            _ => None,
        })
        .await
    }

    /// Sends a command and waits until the node has taken it.
    ///
    /// # Errors
    /// When it is refused or interrupted, or as [`Self::until`].
    pub async fn command(&mut self, uid: u64, command: Command) -> Result<()> {
        self.commands(uid, [command]).await
    }

    /// Sends commands one straight after the other, and waits until the node has taken them all.
    ///
    /// # Errors
    /// As [`Self::command`].
    pub async fn commands(&mut self, uid: u64, commands: impl IntoIterator<Item = Command>) -> Result<()> {
        let mut tokens = Vec::new();
        for command in commands {
            self.master
                .send(Uid(uid), self.next_token, command)
                .map_err(|reason| anyhow::anyhow!("not sent: {reason:?}"))?;
            tokens.push(self.next_token);
            self.next_token += 1;
        }
        for token in tokens {
            self.answered(token).await?;
        }
        Ok(())
    }

    async fn answered(&mut self, token: u32) -> Result<()> {
        let answer = self
            .until("a command to be answered", |output| match output {
                Output::Answered { token: of, answer, .. } if *of == token => Some(*answer),
                _ => None,
            })
            .await?;
        match answer {
            Answer::Taken => Ok(()),
            other => bail!("{other:?}"),
        }
    }

    /// Speaks for a while without asking anything.
    ///
    /// # Errors
    /// When the port fails.
    pub async fn idle(&mut self, time: Duration) -> Result<()> {
        let end = std::time::Instant::now() + time;
        while std::time::Instant::now() < end {
            self.turn().await?;
        }
        Ok(())
    }

    /// What was told and not yet asked for.
    #[must_use]
    pub fn told(&self) -> &[Output] {
        &self.told
    }
}
