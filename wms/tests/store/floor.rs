//! What devices say is kept once, with the act it became.

use rules::{Act, ActEnvelope, Actor, Answer};
use uplink::{DeviceEvent, DeviceId, EventBody, EventKey};
use wms::store::{self, Heard, NO_ANSWER, commit::insert_heard, complaints};

use crate::{Home, on_both, start};

on_both!(
    a_device_event_is_taken_once,
    a_device_event_of_an_old_run_is_not_booked_in_the_new,
    r12_what_a_device_says_of_itself_is_kept_beside_its_events
);

fn heard(event: u32) -> (ActEnvelope, Heard) {
    let key = EventKey {
        device: DeviceId("00000000000000aa".into()),
        boot: 5,
        event,
    };
    let envelope = ActEnvelope {
        source: ActEnvelope::device_source(&key),
        at: 10,
        certain: true,
        actor: Actor::Device {
            device: key.device.0.clone(),
        },
        act: Act::Scan {
            code: "CMD-CONFIRM".into(),
            aim: None,
            seen: None,
        },
    };
    let body = EventBody::Scan {
        aim: None,
        code: "CMD-CONFIRM".into(),
    };
    (
        envelope,
        Heard {
            event: DeviceEvent {
                key,
                at: 10,
                age: None,
                moment: None,
                body,
            },
            arrived_at: 20,
        },
    )
}

async fn a_device_event_is_taken_once(home: &Home) {
    let app = home.app().await;
    let run = start(&app, 1).await;
    let (envelope, said) = heard(1);
    let key = said.event.key.clone();
    let first = app
        .hear(run, envelope.clone(), Some(said.clone()))
        .await
        .expect("taken");
    assert_eq!(app.hear(run, envelope, Some(said)).await.expect("again"), first);
    assert_eq!(app.run_state(run).await.expect("run").last_act, 2);
    assert_eq!(store::before(app.db(), &key).await.expect("kept").answer, Some(first));
    for sql in ["UPDATE device_event SET boot = 1", "DELETE FROM device_event"] {
        assert!(
            sqlx::query(sql).execute(&app.db().pool).await.is_err(),
            "{sql} was allowed"
        );
    }
}

/// The gateway repeats an event whose answer was lost, and meanwhile a new run began at the station.
async fn a_device_event_of_an_old_run_is_not_booked_in_the_new(home: &Home) {
    let app = home.app().await;
    let old = start(&app, 1).await;
    let (envelope, said) = heard(1);
    let first = app
        .hear(old, envelope.clone(), Some(said.clone()))
        .await
        .expect("taken");
    let new = start(&app, 1).await;
    let again = app.hear(new, envelope, Some(said.clone())).await;
    assert_eq!(
        app.run_state(new).await.expect("run").last_act,
        1,
        "nothing was booked: {again:?}"
    );
    assert_eq!(
        store::before(app.db(), &said.event.key).await.expect("kept").answer,
        Some(first)
    );
}

async fn r12_what_a_device_says_of_itself_is_kept_beside_its_events(home: &Home) {
    let app = home.app().await;
    let pool = &app.db().pool;
    let shelf = DeviceId("00000000000000aa".into());
    let (_, said) = heard(0);
    let says = async |event: u32, body: EventBody| {
        let mut heard = said.clone();
        heard.event.key.event = event;
        heard.event.body = body;
        heard.arrived_at = 100 + i64::from(event);
        let mut tx = app.db().begin().await.expect("begun");
        let answer = Answer {
            run: None,
            no: None,
            words: None,
            verdict: None,
        };
        insert_heard(&mut tx, &heard, None, &answer).await.expect("kept");
        tx.commit().await.expect("committed");
        app.db().fleet_moved();
    };
    assert!(complaints(app.db()).await.expect("read").is_empty());
    let stuck = |position| EventBody::Fault {
        fault: "key_stuck".into(),
        position: Some(position),
    };
    let tested = |position, pressed| EventBody::Tested { position, pressed };
    says(1, stuck(3)).await;
    says(2, tested(4, false)).await;
    says(3, stuck(5)).await;
    says(4, tested(5, true)).await;
    let found = async || -> Vec<(String, String, Option<u8>)> {
        let found = complaints(app.db()).await.expect("read").into_iter();
        found
            .map(|(device, complaint)| (device.0, complaint.fault, complaint.position))
            .collect()
    };
    let of = |fault: &str, position| (shelf.0.clone(), fault.to_owned(), position);
    assert_eq!(found().await, [of("key_stuck", Some(3)), of(NO_ANSWER, Some(4))]);
    let restarted = || EventBody::Restarted {
        reason: "power".into(),
        panic: String::new(),
    };
    says(6, restarted()).await;
    assert_eq!(
        found().await,
        [of(NO_ANSWER, Some(4))],
        "it says anew what it still finds"
    );
    let whole = EventBody::Fault {
        fault: "load_cell".into(),
        position: None,
    };
    says(7, whole).await;
    says(8, stuck(4)).await;
    says(9, stuck(4)).await;
    says(10, tested(5, false)).await;
    let all = [
        of(NO_ANSWER, Some(4)),
        of("load_cell", None),
        of("key_stuck", Some(4)),
        of(NO_ANSWER, Some(5)),
    ];
    assert_eq!(found().await, all);
    // As a database that is older than the table finds it.
    let migration = match app.db().backend {
        store::Backend::Sqlite => include_str!("../../migrations/sqlite/0006_reads.sql"),
        store::Backend::Postgres => include_str!("../../migrations/postgres/0006_reads.sql"),
    };
    let fill = &migration[migration.find("INSERT INTO").expect("filled")..];
    sqlx::query("DELETE FROM device_complaint")
        .execute(pool)
        .await
        .expect("emptied");
    sqlx::query(fill).execute(pool).await.expect("filled");
    assert_eq!(found().await, all, "from the events alone");
    says(11, tested(4, true)).await;
    assert_eq!(found().await, [of("load_cell", None), of(NO_ANSWER, Some(5))]);
}
