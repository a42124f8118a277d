//! The stream that keeps pages alive: for a run its act numbers, so that a page which was away asks for what follows;
//! also that a device of its station came, went or broke; for the floor, that something changed. A browser hears of all
//! its pages on one stream: it has six connections for a server, and each stream holds one.

use std::convert::Infallible;
use std::future::ready;
use std::pin::Pin;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::stream::{SelectAll, once, select_all, unfold};
use futures_util::{Stream, StreamExt};
use rules::core::crew::Account;
use rules::core::sentence::Sentence;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use crate::access::visible;
use crate::api::{After, OfRun};
use crate::engine::MovedOn;
use crate::floor::Pulse;
use crate::http::gate::SignedIn;
use crate::http::leave::while_signed_in;
use crate::http::{Fault, Path, Query, Web};
use crate::store::{self, Db};

/// How often a page's stream says that it lives. A page that hears nothing for some of these says so.
const BEAT: Duration = Duration::from_secs(2);

/// So many runs at most on one stream: a browser with a page for each.
const MOST_RUNS: usize = 64;

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
    // After a gap the browser says where it was.
    let resumed = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok())
        .and_then(|id| id.parse().ok());
    let follow = follow(&account, &web, run, resumed.unwrap_or(query.after)).await?;
    let events = follow.map(|news| {
        Ok(match news {
            News::Act(no) => Event::default().id(no.to_string()).data(no.to_string()),
            News::Devices => Event::default().data("devices"),
        })
    });
    let events = while_signed_in(web.gate.clone(), &headers, events);
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// News of a run, from an act on.
async fn follow(account: &Account, web: &Web, run: i64, seen: i64) -> Result<impl Stream<Item = News> + use<>, Fault> {
    // Listened to before it is looked at: nothing falls between.
    let moves = web.app.subscribe();
    let mut pulse = web.pulse.subscribe();
    let state = visible(&web.app, account, run).await?;
    let station = state.ground.head.station;
    let health = pulse.borrow_and_update().stations.get(&station).copied();
    let follow = Follow {
        db: web.app.db().clone(),
        moves,
        again: web.app.again(),
        run,
        seen,
        looked: false,
        pulse,
        station,
        health,
    };
    Ok(unfold(follow, Follow::next))
}

/// What a page is told.
enum News {
    /// The run's last act.
    Act(i64),
    /// A device of its station changed. No number: a page that was away asks by the acts, and draws the devices with them.
    Devices,
}

struct Follow {
    db: Db,
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
    async fn next(mut self) -> Option<(News, Self)> {
        loop {
            let last = if self.looked {
                let moved = tokio::select! {
                    moved = self.moves.recv() => moved,
                    // Word may have been missed.
                    changed = self.again.changed() => changed.map_or(Err(RecvError::Closed), |()| Err(RecvError::Lagged(0))),
                    changed = self.pulse.changed() => {
                        changed.ok()?;
                        let health = self.pulse.borrow_and_update().stations.get(&self.station).copied();
                        if self.health != health {
                            self.health = health;
                            return Some((News::Devices, self));
                        }
                        continue;
                    }
                };
                match moved {
                    Ok(moved) if moved.run == self.run => moved.no,
                    Ok(_) => continue,
                    Err(RecvError::Lagged(_)) => store::last_act(&self.db, self.run).await.ok()?,
                    Err(RecvError::Closed) => return None,
                }
            } else {
                self.looked = true;
                store::last_act(&self.db, self.run).await.ok()?
            };
            if last > self.seen {
                self.seen = last;
                return Some((News::Act(last), self));
            }
        }
    }
}

/// `GET /live`: any run, or any device.
pub async fn floor(State(web): State<Web>, headers: HeaderMap) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = changes(&web).map(|()| Ok(Event::default().data("changed")));
    Sse::new(while_signed_in(web.gate.clone(), &headers, events)).keep_alive(KeepAlive::default())
}

/// Whatever changes on the floor.
fn changes(web: &Web) -> impl Stream<Item = ()> + use<> {
    let state = (web.app.subscribe(), web.pulse.subscribe());
    unfold(state, |(mut moves, mut pulse)| async move {
        let beat = tokio::select! {
            moved = moves.recv() => !matches!(moved, Err(RecvError::Closed)),
            changed = pulse.changed() => changed.is_ok(),
        };
        beat.then_some(((), (moves, pulse)))
    })
}

/// What the pages of one browser show.
#[derive(Deserialize)]
pub struct Shown {
    /// Runs, each with the last act that its pages know: `3.17,4.0`.
    #[serde(default)]
    runs: String,
    /// Whether a page shows the floor.
    #[serde(default)]
    floor: bool,
}

impl Shown {
    fn runs(&self) -> Option<Vec<(i64, i64)>> {
        let run = |text: &str| {
            let (run, seen) = text.split_once('.')?;
            Some((run.parse().ok()?, seen.parse().ok()?))
        };
        let texts = self.runs.split(',').filter(|text| !text.is_empty());
        texts.map(run).collect()
    }
}

/// `GET /live/pages`: news for all pages of one browser, as JSON: `{run, no}` where a run moved on, `{run}` where a device
/// of its station changed or the run is not theirs, `{}` where something on the floor did, `{beat}` every two seconds.
///
/// # Errors
/// Where the runs can't be read, or are too many.
pub async fn pages(
    SignedIn(account): SignedIn,
    State(web): State<Web>,
    Query(shown): Query<Shown>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Fault> {
    let runs = shown.runs().filter(|runs| runs.len() <= MOST_RUNS);
    let runs = runs.ok_or_else(|| Fault::Bad(Sentence::new("live.bad_runs")))?;
    let mut all: SelectAll<Pin<Box<dyn Stream<Item = Value> + Send>>> = select_all([]);
    for (run, seen) in runs {
        match follow(&account, &web, run, seen).await {
            Ok(follow) => all.push(Box::pin(follow.map(move |news| match news {
                News::Act(no) => json!({ "run": run, "no": no }),
                News::Devices => json!({ "run": run }),
            }))),
            // Its page asks and is told; the other pages go on.
            Err(Fault::NotFound) => all.push(Box::pin(once(ready(json!({ "run": run }))))),
            Err(fault) => return Err(fault),
        }
    }
    if shown.floor {
        all.push(Box::pin(changes(&web).map(|()| json!({}))));
    }
    let beats = unfold(tokio::time::interval(BEAT), |mut every| async move {
        every.tick().await;
        Some((json!({ "beat": true }), every))
    });
    all.push(Box::pin(beats));
    let events = all.map(|news| Ok(Event::default().data(news.to_string())));
    Ok(Sse::new(while_signed_in(web.gate.clone(), &headers, events)))
}
