//! The thread that owns the log: takes what waits, writes it as one group, tells what is now durable.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use uplink::DeviceEvent;

use super::{
    log::Log,
    record::{Record, Seq},
};

/// Records written in one group at most.
const GROUP: usize = 512;
/// How long to wait after a failed write.
const RETRY: Duration = Duration::from_secs(1);

/// What the writer may be asked.
#[derive(Debug)]
pub enum Ask {
    /// Keep this.
    Write(Record),
    /// Read these back.
    Fetch(Vec<Seq>),
}

/// What the writer tells.
#[derive(Debug)]
pub enum Report {
    /// These are durable.
    Stored(Vec<Seq>),
    /// As asked for.
    Fetched(Vec<(Seq, DeviceEvent)>),
    /// The disk refuses; the writer keeps trying.
    Failing(String),
    /// It takes again.
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
    pub fn start(log: Log, report: impl Fn(Report) + Send + 'static) -> std::io::Result<Self> {
        let (asks, inbox) = channel();
        let thread = std::thread::Builder::new()
            .name("outbox".into())
            .spawn(move || run(log, &inbox, &report))?;
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

fn run(mut log: Log, inbox: &Receiver<Ask>, report: &impl Fn(Report)) {
    let mut group: Vec<Record> = Vec::with_capacity(GROUP);
    let mut failing = false;
    let mut open = true;
    while open || !group.is_empty() {
        let mut fetch = Vec::new();
        if group.is_empty() {
            match inbox.recv() {
                Ok(ask) => sort(ask, &mut group, &mut fetch),
                Err(_) => break,
            }
        } else {
            // A failed group waits; asks that come meanwhile are not lost, and reading back still works.
            match inbox.recv_timeout(RETRY) {
                Ok(ask) => sort(ask, &mut group, &mut fetch),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => open = false,
            }
        }
        while group.len() < GROUP
            && let Ok(ask) = inbox.try_recv()
        {
            sort(ask, &mut group, &mut fetch);
        }
        if !group.is_empty() {
            let began = Instant::now();
            match log.append(&group) {
                Ok(()) => {
                    metrics::histogram!("gateway_outbox_write_seconds").record(began.elapsed().as_secs_f64());
                    metrics::gauge!("gateway_outbox_bytes").set(log.size() as f64);
                    if failing {
                        failing = false;
                        report(Report::Recovered);
                    }
                    let stored = group.drain(..).filter_map(|record| match record {
                        Record::Event(seq, _) => Some(seq),
                        Record::Answered(_) | Record::Printed(_) => None,
                    });
                    let stored: Vec<Seq> = stored.collect();
                    if !stored.is_empty() {
                        report(Report::Stored(stored));
                    }
                }
                Err(error) => {
                    if !failing {
                        failing = true;
                        report(Report::Failing(error.to_string()));
                    }
                    if !open {
                        tracing::error!(lost = group.len(), "the outbox could not be written before the end");
                        break;
                    }
                }
            }
        }
        if !fetch.is_empty() {
            match log.read(&fetch) {
                Ok(events) => report(Report::Fetched(events)),
                Err(error) => report(Report::Failing(error.to_string())),
            }
        }
    }
}

fn sort(ask: Ask, group: &mut Vec<Record>, fetch: &mut Vec<Seq>) {
    match ask {
        Ask::Write(record) => group.push(record),
        Ask::Fetch(seqs) => fetch.extend(seqs),
    }
}
