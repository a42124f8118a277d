//! The thread that owns the log: takes what waits, writes it as one group, tells what is now durable.

use std::{
    borrow::Borrow,
    collections::BTreeSet,
    io,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use uplink::DeviceEvent;

use super::{
    record::{Record, Seq},
    waiting::Waiting,
};

/// Records written in one group at most.
const GROUP: usize = 512;
/// How long to wait after a failed write or read.
pub const RETRY: Duration = Duration::from_secs(1);

/// Where records are kept: a [`Log`](super::log::Log), or in tests a disk with faults.
pub trait Store {
    /// Appends all records with one write and one flush to the disk. When it returns, they are there to stay.
    ///
    /// # Errors
    /// Nothing of the group may be relied on.
    fn append<R: Borrow<Record>>(&mut self, records: &[R]) -> io::Result<()>;
    /// Reads events back.
    fn read(&self, seqs: &BTreeSet<Seq>) -> Readings;
    /// Bytes on disk.
    fn size(&self) -> u64;
}

/// What came of reading events back.
#[derive(Debug, Default)]
pub struct Readings {
    /// Whole.
    pub events: Vec<(Seq, DeviceEvent)>,
    /// Not there, or not what was written; they never will be.
    pub spoiled: Vec<Seq>,
    /// The disk refused; the others may be read at another time.
    pub error: Option<io::Error>,
}

/// What the writer may be asked.
#[derive(Debug)]
pub enum Ask {
    /// Keep this.
    Write(Record),
    /// Read these back. Each is told of in time, in [`Report::Fetched`] or [`Report::Spoiled`].
    Fetch(Vec<Seq>),
}

/// What the writer tells.
#[derive(Debug)]
pub enum Report {
    /// These are durable.
    Stored(Vec<Seq>),
    /// As asked for.
    Fetched(Vec<(Seq, DeviceEvent)>),
    /// These can't be read back and never will be.
    Spoiled(Vec<Seq>),
    /// The disk refuses; the writer keeps trying.
    Failing(String),
    /// It takes and gives again.
    Recovered,
}

/// The running thread. It ends, with all that was asked written, when this is closed.
#[derive(Debug)]
pub struct Writer {
    asks: Option<Sender<Ask>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(store: impl Store + Send + 'static, report: impl Fn(Report) + Send + 'static) -> io::Result<Self> {
        let (asks, inbox) = channel();
        let thread = std::thread::Builder::new().name("outbox".into()).spawn(move || {
            let work = Work {
                store,
                report,
                waiting: Waiting::default(),
                fetch: BTreeSet::new(),
                writing: Health::default(),
                reading: Health::default(),
            };
            work.run(&inbox);
        })?;
        Ok(Self {
            asks: Some(asks),
            thread: Some(thread),
        })
    }

    /// Asks; never waits.
    pub fn ask(&self, ask: Ask) {
        if let Some(asks) = &self.asks {
            // The thread lives as long as `asks`.
            let _ = asks.send(ask);
        }
    }

    /// Writes what is left and ends the thread.
    pub fn close(&mut self) {
        self.asks = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.close();
    }
}

/// Whether the disk does one kind of work.
#[derive(Debug, Default)]
struct Health {
    /// Since it failed: when it is tried again.
    retry_at: Option<Instant>,
}

impl Health {
    fn may_try(&self, now: Instant) -> bool {
        self.retry_at.is_none_or(|at| now >= at)
    }
}

struct Work<S, R> {
    store: S,
    report: R,
    waiting: Waiting,
    fetch: BTreeSet<Seq>,
    writing: Health,
    reading: Health,
}

impl<S: Store, R: Fn(Report)> Work<S, R> {
    fn run(mut self, inbox: &Receiver<Ask>) {
        loop {
            let asked = match self.pause() {
                None => inbox.recv().map_err(RecvTimeoutError::from),
                Some(pause) => inbox.recv_timeout(pause),
            };
            let open = !matches!(asked, Err(RecvTimeoutError::Disconnected));
            if let Ok(ask) = asked {
                self.take(ask);
                while let Ok(ask) = inbox.try_recv() {
                    self.take(ask);
                }
            }
            self.write(open);
            self.read();
            if !open {
                while !self.waiting.is_empty() && self.writing.retry_at.is_none() {
                    self.write(open);
                }
                if !self.waiting.is_empty() {
                    let lost = self.waiting.len();
                    tracing::error!(lost, "the outbox could not be written before the end");
                }
                return;
            }
        }
    }

    /// How long nothing is to be done unless something is asked.
    fn pause(&self) -> Option<Duration> {
        let now = Instant::now();
        // A failing disk is tried again although nothing waits: nodes keep their events until it is well.
        let write = self
            .writing
            .retry_at
            .or_else(|| (!self.waiting.is_empty()).then_some(now));
        let read = self.reading.retry_at;
        let at = [write, read].into_iter().flatten().min()?;
        Some(at.saturating_duration_since(now))
    }

    fn take(&mut self, ask: Ask) {
        match ask {
            Ask::Write(record) => self.waiting.push(record),
            Ask::Fetch(seqs) => self.fetch.extend(seqs),
        }
    }

    /// Writes a group. By time alone after a failure: what comes meanwhile waits, and costs nothing but its place.
    fn write(&mut self, open: bool) {
        let began = Instant::now();
        let failing = self.writing.retry_at.is_some();
        if self.waiting.is_empty() && !failing || open && !self.writing.may_try(began) {
            return;
        }
        let group = self.waiting.first(GROUP);
        let count = group.len();
        match self.store.append(&group) {
            Ok(()) => {
                metrics::histogram!("gateway_outbox_write_seconds").record(began.elapsed().as_secs_f64());
                metrics::gauge!("gateway_outbox_bytes").set(self.store.size() as f64);
                self.writing.retry_at = None;
                if failing {
                    self.recovered();
                }
                let stored = self.waiting.written(count);
                if !stored.is_empty() {
                    (self.report)(Report::Stored(stored));
                }
            }
            Err(error) => {
                self.waiting.failed(count);
                self.writing.retry_at = Some(began + RETRY);
                if !failing {
                    (self.report)(Report::Failing(error.to_string()));
                }
            }
        }
    }

    fn read(&mut self) {
        let now = Instant::now();
        if self.fetch.is_empty() || !self.reading.may_try(now) {
            return;
        }
        let Readings { events, spoiled, error } = self.store.read(&self.fetch);
        for seq in events.iter().map(|(seq, _)| seq).chain(&spoiled) {
            self.fetch.remove(seq);
        }
        if !events.is_empty() {
            (self.report)(Report::Fetched(events));
        }
        if !spoiled.is_empty() {
            (self.report)(Report::Spoiled(spoiled));
        }
        let failing = self.reading.retry_at.is_some();
        self.reading.retry_at = error.as_ref().map(|_| now + RETRY);
        match error {
            Some(error) if !failing => (self.report)(Report::Failing(error.to_string())),
            None if failing => self.recovered(),
            _ => {}
        }
    }

    fn recovered(&self) {
        if self.writing.retry_at.is_none() && self.reading.retry_at.is_none() {
            (self.report)(Report::Recovered);
        }
    }
}
