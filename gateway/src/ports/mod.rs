//! Ports: found, opened, supervised one task each. A broken device never stops another.
//!
//! - [`find`]: which places there are now (folders, globs, `tcp:`).
//! - [`stream`]: opening a place: serial port, pseudo terminal or TCP.
//! - [`task`]: one open port: bytes to and from its driver.
//! - this file: who watches the places and keeps a task for each.

pub mod find;
pub mod stream;
pub mod task;

use std::{collections::BTreeMap, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use tokio::{sync::mpsc, task::spawn_blocking};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::find::{Found, find};
use crate::{
    clock::Clock,
    config::PortConfig,
    drivers::{Report, Tell},
    fleet::PortId,
    words::{Lang, Text},
};

/// How often the places are looked at.
const LOOK: Duration = Duration::from_millis(250);
/// Wait after a failure: the first and the longest.
const RETRY: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));

/// What the ports tell.
#[derive(Debug)]
pub enum Told {
    /// A port is open; what its driver is to hear goes in here.
    Opened(PortId, mpsc::UnboundedSender<Tell>),
    /// Its driver tells something.
    Report(PortId, Report),
    /// It is closed, or could not be opened.
    Closed(PortId, Text),
    /// Its place is gone, and with it the last opening of it.
    Forgotten(PortId),
}

/// Watches the places until `stop`, one task for each; returns when all tasks have ended.
pub async fn supervise(
    configs: Vec<PortConfig>,
    clock: Clock,
    lang: Lang,
    told: mpsc::Sender<Told>,
    stop: CancellationToken,
) {
    let (tasks, configs) = (TaskTracker::new(), Arc::new(configs));
    let mut running: BTreeMap<String, (Found, CancellationToken)> = BTreeMap::new();
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = look.tick() => {}
            () = stop.cancelled() => break,
        }
        // A folder on a disk that hangs is not to hang the floor.
        let (look_at, open) = (Arc::clone(&configs), running.keys().cloned().collect());
        let Ok(mut now) = spawn_blocking(move || find(&look_at, &open)).await else {
            continue;
        };
        running.retain(|name, (found, cancel)| {
            // The same place with another device behind it is another port.
            let stays = now.get(name) == Some(found);
            if !stays {
                cancel.cancel();
            }
            stays
        });
        now.retain(|name, _| !running.contains_key(name));
        for (name, found) in now {
            let cancel = stop.child_token();
            tracing::info!(port = %name, "port found");
            let config = found.config.clone();
            tasks.spawn(keep(name.clone(), config, clock, lang, told.clone(), cancel.clone()));
            running.insert(name, (found, cancel));
        }
    }
    tasks.close();
    tasks.wait().await;
}

/// Opens the port, serves it, and opens it anew, until cancelled; then it is forgotten.
async fn keep(
    name: String,
    config: PortConfig,
    clock: Clock,
    lang: Lang,
    told: mpsc::Sender<Told>,
    cancel: CancellationToken,
) {
    let mut wait = RETRY.0;
    let mut last = None;
    loop {
        let port = PortId {
            name: name.clone(),
            opening: clock.now().0,
        };
        let opened = tokio::select! {
            opened = stream::open(&name, config.baud) => opened,
            () = cancel.cancelled() => Err(Text::new("port-stopping")),
        };
        let mut closing = None;
        let why = match opened {
            Ok(stream) => {
                wait = RETRY.0;
                last = None;
                let (tells, inbox) = mpsc::unbounded_channel();
                if told.send(Told::Opened(port.clone(), tells)).await.is_err() {
                    return;
                }
                let served = task::serve(&port, stream, config.line(), clock, lang, inbox, &told, &cancel);
                // A fault of ours ends this opening of the port alone; with the next its devices tell everything anew.
                match AssertUnwindSafe(served).catch_unwind().await {
                    Ok((why, stream)) => {
                        closing = Some(stream::close(stream));
                        why
                    }
                    Err(_) => {
                        metrics::counter!("gateway_panics_total").increment(1);
                        tracing::error!(port = %port.name, "a fault of ours was caught; where it is stands in the line before");
                        Text::new("port-fault")
                    }
                }
            }
            Err(why) => why,
        };
        let stopping = cancel.is_cancelled();
        if last.as_ref() != Some(&why) && !stopping {
            tracing::warn!("{}", why.say(lang));
        }
        last = Some(why.clone());
        if told.send(Told::Closed(port.clone(), why)).await.is_err() {
            return;
        }
        if stopping {
            // Only now: what is told of a port after it is forgotten would bring it back.
            let _ = told.send(Told::Forgotten(port)).await;
            return;
        }
        tokio::select! {
            () = async {
                // It can't be opened again before it is closed.
                if let Some(closing) = closing {
                    let _ = closing.await;
                }
                tokio::time::sleep(wait).await;
            } => wait = (wait * 2).min(RETRY.1),
            () = cancel.cancelled() => {
                let _ = told.send(Told::Forgotten(port)).await;
                return;
            }
        }
    }
}
