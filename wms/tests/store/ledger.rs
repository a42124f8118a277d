//! The database guards itself: what was booked is never changed, and no balance goes below zero.

use rules::{Act, ActEnvelope, Actor};
use wms::store::{self, StoreError, Unique, check};

use crate::{Home, envelope, on_both, start};

on_both!(
    what_was_booked_is_never_changed,
    balances_stay_legal,
    errors_name_their_constraint,
    a_tampered_balance_is_found,
    a_repeat_gets_the_first_answer,
    a_repeat_from_long_ago_is_read_back,
    acts_of_a_missing_run_are_refused,
    many_hands_at_once_are_put_in_order,
    the_proof_holds_while_the_run_goes_on,
);

async fn what_was_booked_is_never_changed(home: &Home) {
    let app = home.app().await;
    start(&app, 1).await;
    for sql in [
        "UPDATE movement SET quantity = 1",
        "DELETE FROM movement",
        "UPDATE act SET answer = '{}'",
        "DELETE FROM act",
    ] {
        let refused = sqlx::query(sql).execute(&app.db().pool).await;
        assert!(refused.is_err(), "{sql} was allowed");
    }
}

async fn balances_stay_legal(home: &Home) {
    let app = home.app().await;
    start(&app, 1).await;
    for sql in [
        "UPDATE balance SET quantity = -1 WHERE location = 'A-01-01-01'",
        "UPDATE balance SET reserved = quantity + 1 WHERE location = 'A-01-01-01'",
        "UPDATE balance SET reserved = -1 WHERE location = 'A-01-01-01'",
    ] {
        let refused = sqlx::query(sql).execute(&app.db().pool).await;
        assert!(refused.is_err(), "{sql} was allowed");
    }
}

/// On either database by the same name.
async fn errors_name_their_constraint(home: &Home) {
    let app = home.app().await;
    start(&app, 1).await;
    for (again, unique) in [
        (
            "INSERT INTO act (run_id, no, source, at, arrived_at, actor, act, changes, answer) \
             SELECT run_id, no, 'another', at, arrived_at, actor, act, changes, answer FROM act WHERE no = 1",
            Unique::ActNumber,
        ),
        (
            "INSERT INTO act (run_id, no, source, at, arrived_at, actor, act, changes, answer) \
             SELECT run_id, 99, source, at, arrived_at, actor, act, changes, answer FROM act WHERE no = 1",
            Unique::ActSource,
        ),
        (
            "INSERT INTO student_group SELECT 77, name FROM student_group WHERE id = 1",
            Unique::GroupName,
        ),
        (
            "INSERT INTO run (id, scenario_id, scenario, group_id, group_name, station_id, day, day_run, started_at, last_act) \
             SELECT 77, scenario_id, scenario, group_id, group_name, station_id, day, day_run, started_at, 0 FROM run",
            Unique::RunOfDay,
        ),
        ("INSERT INTO station SELECT * FROM station", Unique::Other),
    ] {
        let refused = sqlx::query(again).execute(&app.db().pool).await.expect_err(again);
        assert_eq!(StoreError::from(refused).taken(), Some(unique), "{again}");
    }
    let other = sqlx::query("INSERT INTO act (run_id) VALUES (1)")
        .execute(&app.db().pool)
        .await;
    assert_eq!(StoreError::from(other.expect_err("not null")).taken(), None);
}

async fn a_tampered_balance_is_found(home: &Home) {
    let app = home.app().await;
    let run = start(&app, 1).await;
    assert_eq!(check(app.db(), run).await.expect("check").differences, []);
    sqlx::query("UPDATE balance SET quantity = quantity + 1 WHERE location = 'A-01-01-03'")
        .execute(&app.db().pool)
        .await
        .expect("tampered");
    let report = check(app.db(), run).await.expect("check");
    assert!(
        report
            .differences
            .iter()
            .any(|difference| difference.what.contains("A-01-01-03")),
        "{report:?}"
    );
    assert!(
        wms::check(&home.url)
            .await
            .expect_err("differs")
            .to_string()
            .contains("A-01-01-03")
    );
}

async fn a_repeat_gets_the_first_answer(home: &Home) {
    let app = home.app().await;
    let run = start(&app, 1).await;
    let open = envelope(Act::Scan {
        code: "CMD-CONFIRM".into(),
        aim: None,
        seen: None,
    });
    let first = app.act(run, open.clone()).await.expect("taken");
    app.act(
        run,
        envelope(Act::Scan {
            code: "nonsense".into(),
            aim: None,
            seen: None,
        }),
    )
    .await
    .expect("taken");
    assert_eq!(app.act(run, open.clone()).await.expect("again"), first);
    let other = home.app().await;
    assert_eq!(other.act(run, open).await.expect("from another process"), first);
    assert_eq!(other.run_state(run).await.expect("run").last_act, 3);
}

/// What comes again after more acts than anybody remembers is answered all the same, alone and beside others.
async fn a_repeat_from_long_ago_is_read_back(home: &Home) {
    let app = home.app().await;
    let run = start(&app, 1).await;
    let nonsense = || {
        envelope(Act::Scan {
            code: "nonsense".into(),
            aim: None,
            seen: None,
        })
    };
    let old = nonsense();
    let first = app.act(run, old.clone()).await.expect("taken");
    let many = (0..600).map(|_| app.act(run, nonsense()));
    for answer in futures_util::future::join_all(many).await {
        answer.expect("taken");
    }
    let last = store::last_act(app.db(), run).await.expect("a run");
    assert_eq!(app.act(run, old.clone()).await.expect("again"), first);
    let beside = [nonsense(), old, nonsense()].map(|envelope| app.act(run, envelope));
    let answers = futures_util::future::join_all(beside).await;
    assert_eq!(answers[1].as_ref().expect("again"), &first);
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(store::last_act(app.db(), run).await.expect("a run"), last + 2);
    assert_eq!(check(app.db(), run).await.expect("check").differences, []);
}

async fn acts_of_a_missing_run_are_refused(home: &Home) {
    let app = home.app().await;
    let error = app.act(99, envelope(Act::Close)).await.expect_err("no such run");
    assert_eq!(error.to_string(), "there is no run 99");
}

async fn many_hands_at_once_are_put_in_order(home: &Home) {
    let app = home.app().await;
    let (one, two) = (start(&app, 1).await, start(&app, 2).await);
    let mut hands = Vec::new();
    for hand in 0..100 {
        let app = app.clone();
        let run = if hand % 2 == 0 { one } else { two };
        hands.push(tokio::spawn(async move {
            // Each act twice at once, as after a reconnection.
            let envelope = ActEnvelope {
                source: format!("hand:{hand}"),
                actor: Actor::Device {
                    device: format!("d{hand}"),
                },
                ..envelope(Act::Scan {
                    code: "nonsense".into(),
                    aim: None,
                    seen: None,
                })
            };
            let (first, second) = tokio::join!(app.act(run, envelope.clone()), app.act(run, envelope));
            assert_eq!(first.expect("taken"), second.expect("taken"));
        }));
    }
    for hand in hands {
        hand.await.expect("no panic");
    }
    for run in [one, two] {
        assert_eq!(app.run_state(run).await.expect("run").last_act, 51);
    }
}

async fn the_proof_holds_while_the_run_goes_on(home: &Home) {
    let app = home.app().await;
    let work = tokio::spawn({
        let app = app.clone();
        async move {
            // Run after run at one station: its papers, movements and balances come in hundreds of commits.
            for _ in 0..4 {
                let run = start(&app, 1).await;
                crate::common::hands::receive(&app, run).await;
                while crate::common::hands::pick_one(&app, run).await {}
                crate::common::hands::ship(&app, run).await;
            }
        }
    });
    let mut proofs = 0;
    while !work.is_finished() {
        for head in store::heads(app.db(), true).await.expect("runs") {
            let report = check(app.db(), head.id).await.expect("check");
            assert_eq!(report.differences, [], "run {} after {proofs} proofs", head.id);
            proofs += 1;
        }
    }
    work.await.expect("worked");
    assert!(proofs > 5, "{proofs} proofs beside the work");
}
