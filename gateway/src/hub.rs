//! The one task that joins ports, fleet, outbox and uplink: takes what happened, carries out what the fleet decides.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use device_profiles::Profiles;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use uplink::{FromGateway, Moment, UnixMillis};

use crate::{
    clock::Clock,
    config::Config,
    data::DataFolder,
    diagnostics,
    drivers::Tell,
    fleet::{Effect, Fleet, Input, PortId, status::Status},
    outbox::{
        log::{Log, SEGMENT_BYTES},
        queue::Queue,
        writer::{self, Writer},
    },
    ports, session,
    words::Text,
};

/// How many messages may wait for the hub before their senders wait too.
const INBOX: usize = 1_024;
/// How long the end may take before it is forced.
const ENDING: Duration = Duration::from_secs(3);

/// A wall clock that moves by so much more or less than time does was set, ms.
const STEP: i64 = 2_000;

/// Asks the hub for the status of everything.
pub type StatusRequest = oneshot::Sender<Status>;

/// Runs a gateway until `stop`.
///
/// # Errors
/// It could not begin; why, and what to do, in words.
pub async fn run(config: Config, profiles: Profiles, stop: CancellationToken) -> Result<(), Text> {
    let data = DataFolder::open(&config.data)?;
    let opened = Log::open(&data.outbox(), SEGMENT_BYTES).map_err(|error| error.text().clone())?;
    for torn in &opened.torn {
        tracing::warn!(
            path = %torn.path.display(), offset = torn.offset, dropped = torn.dropped,
            "the outbox's last write was cut short; no event in it had been acknowledged"
        );
    }
    let clock = Clock::default();
    let (asks, status_requests) = mpsc::channel(16);
    let address = diagnostics::http::serve(config.status.listen, asks, stop.clone()).await?;
    if let Err(error) = data.leave_address(address) {
        tracing::warn!(%error, "the status port's address could not be left in the data folder");
    }
    tracing::info!(gateway = data.name(), %address, pending = opened.pending.len(), "gateway started");

    let (reports, outbox) = mpsc::channel(INBOX);
    let writer = Writer::start(opened.log, move |report| {
        // Once the hub is gone there is nobody left to tell.
        let _ = reports.blocking_send(report);
    })
    .map_err(|error| {
        Text::new("outbox-broken")
            .with("path", config.data.display())
            .with("cause", error)
    })?;

    let (port_reports, from_ports) = mpsc::channel(INBOX);
    let supervision = tokio::spawn(ports::supervise(
        config.ports.clone(),
        clock,
        config.language,
        port_reports,
        stop.clone(),
    ));
    let (session_reports, from_session) = mpsc::channel(INBOX);
    let pending = Arc::new(AtomicU64::new(opened.pending.len() as u64));
    let enrolment = session::Enrolment {
        url: config.wms.url.clone(),
        key: config.wms.key.clone(),
        gateway: data.name().to_owned(),
        lang: config.language,
    };
    let uplink = tokio::spawn(session::run(
        enrolment,
        clock,
        pending.clone(),
        session_reports,
        stop.clone(),
    ));

    let hub = Hub {
        fleet: Fleet::new(
            Queue::new(opened.pending, opened.next, config.outbox.most_events),
            &opened.printed,
            profiles,
            config.language,
        ),
        clock,
        writer,
        doors: HashMap::new(),
        wms: None,
        pending,
        name: data.name().to_owned(),
        effects: Vec::new(),
        showed: (clock.moment(), clock.unix()),
    };
    hub.run(Inboxes {
        from_ports,
        from_session,
        outbox,
        status_requests,
    })
    .await;
    if tokio::time::timeout(ENDING, async { tokio::join!(supervision, uplink) })
        .await
        .is_err()
    {
        tracing::warn!("some tasks did not end in time");
    }
    tracing::info!("gateway stopped");
    Ok(())
}

struct Inboxes {
    from_ports: mpsc::Receiver<ports::Told>,
    from_session: mpsc::Receiver<session::Told>,
    outbox: mpsc::Receiver<writer::Report>,
    status_requests: mpsc::Receiver<StatusRequest>,
}

struct Hub {
    fleet: Fleet,
    clock: Clock,
    writer: Writer,
    doors: HashMap<PortId, mpsc::UnboundedSender<Tell>>,
    wms: Option<mpsc::UnboundedSender<FromGateway>>,
    pending: Arc<AtomicU64>,
    name: String,
    effects: Vec<Effect>,
    /// The clock that is never set and the wall clock, when last looked at.
    showed: (Moment, UnixMillis),
}

impl Hub {
    /// Until the ports' supervision has ended, which is when the gateway stops.
    async fn run(mut self, mut inboxes: Inboxes) {
        let mut second = tokio::time::interval(Duration::from_secs(1));
        loop {
            tokio::select! {
                told = inboxes.from_ports.recv() => match told {
                    Some(told) => self.port(told),
                    None => break,
                },
                Some(told) = inboxes.from_session.recv() => self.session(told),
                Some(report) = inboxes.outbox.recv() => self.take(Input::Outbox(report)),
                Some(request) = inboxes.status_requests.recv() => {
                    let mut status = self.fleet.status();
                    status.gateway.clone_from(&self.name);
                    let _ = request.send(status);
                }
                _ = second.tick() => {
                    self.look_at_clock();
                    self.take(Input::Tick);
                }
            }
        }
        // The writer may wait to tell something; what it tells now concerns nobody, what it writes does.
        drop(inboxes.outbox);
        let mut writer = self.writer;
        let _ = tokio::task::spawn_blocking(move || writer.close()).await;
    }

    /// A wall clock that is set changes nothing here, and people wonder about the times they read.
    fn look_at_clock(&mut self) {
        let (moment, wall) = (self.clock.moment(), self.clock.unix());
        let (then, showed) = std::mem::replace(&mut self.showed, (moment, wall));
        let by = wall.saturating_sub(showed) - moment.millis.saturating_sub(then.millis);
        if by.saturating_abs() >= STEP {
            tracing::warn!(by_ms = by, "this machine's clock was set; events go by their age");
            metrics::counter!("gateway_clock_steps_total").increment(1);
        }
    }

    fn port(&mut self, told: ports::Told) {
        match told {
            ports::Told::Opened(port, door) => {
                self.doors.insert(port.clone(), door);
                self.take(Input::PortOpened(port));
            }
            ports::Told::Report(port, report) => self.take(Input::Port(port, report)),
            ports::Told::Closed(port, why) => {
                self.doors.remove(&port);
                self.take(Input::PortClosed { port, why });
            }
            ports::Told::Forgotten(port) => self.take(Input::PortForgotten(port)),
        }
    }

    fn session(&mut self, told: session::Told) {
        match told {
            session::Told::Up(wms) => {
                self.wms = Some(wms);
                self.take(Input::UplinkUp);
            }
            session::Told::Down(why) => {
                self.wms = None;
                self.take(Input::UplinkDown(why));
            }
            session::Told::Message(message) => self.take(Input::Uplink(message)),
        }
    }

    fn take(&mut self, input: Input) {
        self.fleet.handle(input, self.clock.unix(), &mut self.effects);
        for effect in self.effects.drain(..) {
            match effect {
                Effect::Tell(port, tell) => {
                    // A door that is shut belongs to a port whose end is about to be told.
                    if let Some(door) = self.doors.get(&port) {
                        let _ = door.send(tell);
                    }
                }
                Effect::Keep(record) => self.writer.ask(writer::Ask::Write(record)),
                Effect::Fetch(seqs) => self.writer.ask(writer::Ask::Fetch(seqs)),
                Effect::Say(message) => {
                    if let Some(wms) = &self.wms {
                        let _ = wms.send(message);
                    }
                }
            }
        }
        self.pending.store(self.fleet.pending() as u64, Ordering::Relaxed);
    }
}
