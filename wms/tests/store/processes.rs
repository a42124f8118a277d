//! Two WMS processes on one PostgreSQL serve one floor.

use std::sync::Arc;
use std::time::Duration;

use rules::core::crew::Role;
use rules::outbound::lights;
use rules::{Act, RunId, RunState};
use tokio::time::timeout;
use wms::engine::App;
use wms::identity::{Accounts, NewAccount};
use wms::store::check;

use crate::common::hands::{pick_one, receive, ship};
use crate::{Home, act, start};

/// Long enough for any machine; a test ends as soon as the word comes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until a process shows a run as it is after an act, looking when it is told to.
async fn sees(app: &App, run: RunId, no: i64) -> Arc<RunState> {
    let (mut moves, mut again) = (app.subscribe(), app.again());
    let seen = async {
        loop {
            let state = app.run_state(run).await.expect("run");
            if state.last_act >= no {
                return state;
            }
            tokio::select! {
                moved = moves.recv() => drop(moved.expect("word")),
                told = again.changed() => told.expect("told to look"),
            }
        }
    };
    timeout(PATIENCE, seen).await.expect("it is seen")
}

async fn one_sees_what_the_other_takes(one: &App, two: &App) {
    let run = start(one, 1).await;
    receive(one, run).await;
    let no = one.run_state(run).await.expect("run").last_act;
    let before = lights(&sees(two, run, no).await.shipping());
    assert!(pick_one(one, run).await);
    let state = one.run_state(run).await.expect("run");
    let after = sees(two, run, state.last_act).await;
    assert_eq!(after.last_act, state.last_act);
    assert_ne!(lights(&after.shipping()), before);
    assert_eq!(lights(&after.shipping()), lights(&state.shipping()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_taken_by_one_is_seen_by_the_other() {
    let home = Home::postgres();
    let (one, two) = (home.app().await, home.app().await);
    one_sees_what_the_other_takes(&one, &two).await;
}

/// As behind a pooler that passes no NOTIFY on: all is seen, later.
#[tokio::test(flavor = "multi_thread")]
async fn without_word_between_them_all_is_seen() {
    let home = Home::postgres();
    let (one, two) = (home.deaf_app().await, home.deaf_app().await);
    one_sees_what_the_other_takes(&one, &two).await;
}

/// Signed out here, signed out there: within 5 s, though no word goes between them.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_ended_by_one_is_over_at_the_other() {
    let home = Home::postgres();
    let one = Accounts::new(home.deaf_app().await.db().clone());
    let two = Accounts::new(home.deaf_app().await.db().clone());
    let teacher = NewAccount {
        login: "chen",
        name: "陈老师",
        role: Role::Instructor,
        group: None,
        password: None,
    };
    let id = one.add(teacher, 1).await.expect("made");
    let token = one.open_session(id, 1).await.expect("signed in");
    assert!(two.by_session(&token, 2).await.expect("asked").is_some());
    one.close_session(&token).await.expect("signed out");
    assert!(
        one.by_session(&token, 2).await.expect("asked").is_none(),
        "here at once"
    );
    let over = async {
        while two.by_session(&token, 2).await.expect("asked").is_some() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, over).await.expect("there soon");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_may_act_in_one_run() {
    let home = Home::postgres();
    let (one, two) = (home.app().await, home.app().await);
    let run = start(&one, 1).await;
    receive(&one, run).await;
    let noise = |app: App| async move {
        for _ in 0..20 {
            act(
                &app,
                run,
                Act::Scan {
                    code: "nonsense".into(),
                    aim: None,
                    seen: None,
                },
            )
            .await;
        }
    };
    let pick = async { while pick_one(&one, run).await {} };
    tokio::join!(pick, noise(one.clone()), noise(two.clone()));
    ship(&two, run).await;
    assert_eq!(check(one.db(), run).await.expect("check").differences, []);
}
