//! What devices say, turned into acts of the run at their station.

use rules::core::codes::Aim;
use rules::{Act, ActEnvelope, Actor, Answer, RunId, outbound, run_of_job};
use uplink::{DeviceEvent, EventBody, EventKey, Verdict, believe};

use super::Floor;
use super::time::Happened;
use crate::clock;
use crate::engine::{ActError, App};
use crate::store::{self, Before, Heard, Made, StoreError, Unique, Why, commit};

/// An event so young tells what is (ms). A scale needs half a second to come to rest at another weight.
const JUST_NOW: i64 = 2_000;

/// Keeps an event and gives the answer to it, the first time and each time it comes again.
///
/// # Errors
/// Where it could not be kept: the gateway keeps it and sends it again.
pub async fn take(floor: &Floor, mut event: DeviceEvent, happened: Happened) -> Result<Answer, ActError> {
    let app = floor.app();
    let arrived_at = clock::now();
    event.at = happened.wall(clock::moment(), arrived_at);
    let Before { answer, run, device } = store::before(app.db(), &event.key).await?;
    if let Some(answer) = answer {
        return Ok(answer);
    }
    let heard = Heard { event, arrived_at };
    if let Err(strange) = believe(device, &heard.event.body) {
        let EventKey { device, event, .. } = &heard.event.key;
        tracing::warn!(?strange, device = device.0, event, "an event is kept, but not believed");
        floor.is_strange(device, strange);
        return keep(app, &heard, None, Some(Verdict::Wrong)).await;
    }
    if let EventBody::Tested { position, .. } = heard.event.body {
        floor.tested(&heard.event.key.device, position);
    }
    let (within, certain) = match &run {
        Some(run) if !matches!(heard.event.body, EventBody::Printed { .. }) => {
            within(app, &heard, run, happened).await?
        }
        _ => (true, happened.certain),
    };
    let run = run.map(|made| made.run);
    if !within {
        // It waited somewhere while a new run began at its station, perhaps another group's: it is none of theirs.
        let aside = is_work(&heard.event.body).then_some((Why::BeforeRun, run));
        return keep(app, &heard, aside, None).await;
    }
    match act_of(&heard.event.body, run) {
        Meaning::Act(run, act) => {
            let envelope = ActEnvelope {
                source: ActEnvelope::device_source(&heard.event.key),
                at: heard.event.at,
                certain,
                actor: Actor::Device {
                    device: heard.event.key.device.0.clone(),
                },
                act,
            };
            match app.hear(run, envelope, Some(heard.clone())).await {
                // It can never become an act. Refused, it would come again and again, and all that follows it would wait.
                Err(error @ (ActError::NoRun(_) | ActError::Stock(_) | ActError::Clash(_) | ActError::Fault(_))) => {
                    let key = &heard.event.key;
                    tracing::warn!(%error, device = key.device.0, event = key.event, "an event is kept, but means nothing");
                    keep(app, &heard, Some((Why::NoSuch, Some(run))), Some(Verdict::Wrong)).await
                }
                taken => taken,
            }
        }
        Meaning::Aside(why, run) => keep(app, &heard, Some((why, run)), Some(Verdict::Wrong)).await,
        Meaning::Nothing => keep(app, &heard, None, None).await,
    }
}

/// Whether it was done in this run, and whether its time is certain. Where clocks leave a doubt, the order of the device's
/// own events may not.
async fn within(app: &App, heard: &Heard, run: &Made, happened: Happened) -> Result<(bool, bool), StoreError> {
    let known = app.known_since(run.run);
    let (within, certain) = happened.within(run, known, clock::moment(), heard.arrived_at);
    if !within && !certain && store::follows_act_of(app.db(), &heard.event.key, run.run).await? {
        return Ok((true, false));
    }
    Ok((within, certain))
}

/// Whether a person did it, for the work: it is told of if nothing comes of it.
fn is_work(body: &EventBody) -> bool {
    match body {
        EventBody::Key { .. } | EventBody::Scan { .. } => true,
        EventBody::Weight { stable, .. } => *stable,
        _ => false,
    }
}

/// Whether a scale has just come to rest below zero: what lay on it when it began was taken away. Not where that was long
/// ago, for what lies there now is not known, and a parcel must not become nothing.
pub fn is_below_zero_now(event: &DeviceEvent, happened: Happened) -> bool {
    match event.body {
        EventBody::Weight { grams, stable: true } => {
            outbound::is_below_zero(i64::from(grams)) && happened.age(clock::moment()) < JUST_NOW
        }
        _ => false,
    }
}

/// What an event means.
enum Meaning {
    /// An act of a run.
    Act(RunId, Act),
    /// A person's work of which nothing comes, at the station of this run: the device says that it was in vain.
    Aside(Why, Option<RunId>),
    /// Nothing to a run.
    Nothing,
}

fn act_of(body: &EventBody, run: Option<RunId>) -> Meaning {
    let act = match body {
        EventBody::Key {
            position,
            key,
            count,
            tag,
        } => Act::Key {
            position: *position,
            key: *key,
            count: *count,
            tag: *tag,
        },
        EventBody::Scan { aim, code } => Act::Scan {
            code: code.trim().to_owned(),
            aim: aim.clone().filter(|aim| Aim::parse(aim).is_some()),
            seen: None,
        },
        EventBody::Weight { grams, stable } => Act::Weight {
            grams: *grams,
            stable: *stable,
        },
        EventBody::Printed { job, outcome } => {
            // A label belongs to the run that ordered it, even if the station has gone on to another.
            let act = Act::Printed {
                job: *job,
                outcome: *outcome,
            };
            return Meaning::Act(run_of_job(*job), act);
        }
        _ => return Meaning::Nothing,
    };
    match run {
        _ if !act.fits() => Meaning::Aside(Why::NoCode, run),
        Some(run) => Meaning::Act(run, act),
        // Nobody's work: a scale tells weights all day.
        None if matches!(act, Act::Weight { .. }) => Meaning::Nothing,
        None => Meaning::Aside(Why::NoRun, None),
    }
}

/// Keeps an event as it came and makes nothing of it: something in it was more than this program could bear.
///
/// # Errors
/// As [`take`].
pub async fn keep_unread(app: &App, event: DeviceEvent) -> Result<Answer, ActError> {
    if let Some(answer) = store::before(app.db(), &event.key).await?.answer {
        return Ok(answer);
    }
    let arrived_at = clock::now();
    keep(app, &Heard { event, arrived_at }, None, Some(Verdict::Wrong)).await
}

async fn keep(
    app: &App,
    heard: &Heard,
    aside: Option<(Why, Option<RunId>)>,
    verdict: Option<Verdict>,
) -> Result<Answer, ActError> {
    if let Some((why, run)) = aside {
        let key = &heard.event.key;
        tracing::warn!(
            device = key.device.0,
            event = key.event,
            why = why.code(),
            run,
            "set aside: it becomes no act"
        );
    }
    let answer = Answer {
        run: None,
        no: None,
        words: None,
        verdict,
    };
    let mut tx = app.db().begin().await.map_err(StoreError::from)?;
    match commit::insert_heard(&mut tx, heard, aside, &answer).await {
        Ok(()) => {
            app.db().commit(tx).await.map_err(StoreError::from)?;
            app.db().fleet_moved();
        }
        Err(error) if error.taken() == Some(Unique::DeviceEvent) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(answer)
}
