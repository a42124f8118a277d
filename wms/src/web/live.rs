//! The stream that keeps pages alive: for a run its act numbers, so that a page which was away asks for what follows;
//! also that a device of its station came, went or broke; for the floor, that something changed.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use futures_util::stream::unfold;
use sqlx::AnyPool;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use super::gate::SignedIn;
use super::leave::while_signed_in;
use super::{Fault, Path, Query, Web};
use crate::api::{After, OfRun};
use crate::floor;
use crate::locale::Lang;
use crate::panics::{self, caught};
use crate::training::{MovedOn, store};

/// How often devices are looked at while somebody watches.
const LOOK: Duration = Duration::from_secs(1);

/// `GET /runs/{run}/live`
///
/// # Errors
/// Where there is no such run, or it is not theirs.
pub async fn run(
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Path(OfRun { run }): Path<OfRun>,
    Query(query): Query<After>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Fault> {
    // Listened to before it is looked at: nothing falls between.
    let moves = web.app.subscribe();
    let mut pulse = web.pulse.subscribe();
    let (state, _) = web.visible_run(&account, run, Lang::default()).await?;
    let station = state.head.station;
    let health = pulse.borrow_and_update().stations.get(&station).copied();
    // After a gap the browser says where it was.
    let resumed = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok())
        .and_then(|id| id.parse().ok());
    let seen = resumed.unwrap_or(query.after);
    let follow = Follow {
        pool: web.app.db().pool.clone(),
        moves,
        again: web.app.again(),
        run,
        seen,
        looked: false,
        pulse,
        station,
        health,
    };
    let stream = while_signed_in(web.gate.clone(), &headers, unfold(follow, Follow::next));
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}

struct Follow {
    pool: AnyPool,
    moves: Receiver<MovedOn>,
    again: watch::Receiver<u64>,
    run: i64,
    seen: i64,
    looked: bool,
    pulse: watch::Receiver<Pulse>,
    station: i64,
    health: Option<u64>,
}

impl Follow {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            let last = if self.looked {
                let moved = tokio::select! {
                    moved = self.moves.recv() => moved,
                    // Word may have been missed.
                    changed = self.again.changed() => changed.map_or(Err(RecvError::Closed), |()| Err(RecvError::Lagged(0))),
                    changed = self.pulse.changed() => {
                        changed.ok()?;
                        let health = self.pulse.borrow_and_update().stations.get(&self.station).copied();
                        // No number: a page that was away asks by the acts, and draws the devices with them.
                        if self.health != health {
                            self.health = health;
                            return Some((Ok(Event::default().data("devices")), self));
                        }
                        continue;
                    }
                };
                match moved {
                    Ok(moved) if moved.run == self.run => moved.no,
                    Ok(_) => continue,
                    Err(RecvError::Lagged(_)) => store::last_act(&self.pool, self.run).await.ok()?,
                    Err(RecvError::Closed) => return None,
                }
            } else {
                self.looked = true;
                store::last_act(&self.pool, self.run).await.ok()?
            };
            if last > self.seen {
                self.seen = last;
                return Some((Ok(Event::default().id(last.to_string()).data(last.to_string())), self));
            }
        }
    }
}

/// `GET /live`: any run, or any device.
pub async fn floor(State(web): State<Web>, headers: HeaderMap) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let state = (web.app.subscribe(), web.pulse.subscribe());
    let stream = unfold(state, |(mut moves, mut pulse)| async move {
        let beat = tokio::select! {
            moved = moves.recv() => !matches!(moved, Err(RecvError::Closed)),
            changed = pulse.changed() => changed.is_ok(),
        };
        beat.then(|| (Ok(Event::default().data("changed")), (moves, pulse)))
    });
    Sse::new(while_signed_in(web.gate.clone(), &headers, stream)).keep_alive(KeepAlive::default())
}

/// What devices are like, as far as a page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pulse {
    /// All that can be told of any device.
    all: u64,
    /// Of each station: which devices it has, whether they answer, what is broken there.
    stations: BTreeMap<i64, u64>,
}

/// Looks at the devices for all watchers together, and tells when something about them changed.
pub fn pulse(floor: floor::Floor) -> watch::Sender<Pulse> {
    let (sender, _) = watch::channel(Pulse::default());
    let beats = sender.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(LOOK).await;
            if beats.receiver_count() == 0 {
                continue;
            }
            let Ok(Ok(now)) = caught("the pulse", feel(&floor)).await else {
                continue;
            };
            beats.send_if_modified(|last| {
                let differs = *last != now;
                *last = now;
                differs
            });
        }
    });
    sender
}

async fn feel(floor: &floor::Floor) -> Result<Pulse, sqlx::Error> {
    let pool = &floor.app().db().pool;
    let devices = floor.devices().await?;
    let complaints = floor::complaints(pool).await?;
    let mut all = DefaultHasher::new();
    let mut stations: BTreeMap<i64, DefaultHasher> = BTreeMap::new();
    // Every page says when the database can't be written.
    let trouble = format!("{:?}", floor.app().db().health().now());
    trouble.hash(&mut all);
    for device in &devices {
        let state = serde_json::to_string(&device.state).unwrap_or_default();
        let complaints: Vec<_> = complaints.iter().filter(|(id, _)| *id == device.id).collect();
        let health = (&device.id, device.station, state, complaints, floor.test(&device.id));
        if let Some(station) = device.station {
            let hasher = stations.entry(station).or_default();
            health.hash(hasher);
            trouble.hash(hasher);
        }
        health.hash(&mut all);
        device.firmware.hash(&mut all);
        floor
            .report(&device.id)
            .map(|report| (report.pending, report.retransmissions))
            .hash(&mut all);
        serde_json::to_string(&floor.stage(&device.id))
            .unwrap_or_default()
            .hash(&mut all);
    }
    (floor.strangeness(), panics::count()).hash(&mut all);
    floor.gateways_away(&devices).hash(&mut all);
    floor.doubled().hash(&mut all);
    floor.clock_set().map(|step| (step.by, step.at)).hash(&mut all);
    for (gateway, ahead) in floor.clocks_apart() {
        // As the page says it, which is by the minute.
        (gateway, ahead / 60_000).hash(&mut all);
    }
    Ok(Pulse {
        all: all.finish(),
        stations: stations.into_iter().map(|(id, hasher)| (id, hasher.finish())).collect(),
    })
}
