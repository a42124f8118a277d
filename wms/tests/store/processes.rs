//! Two WMS processes on one PostgreSQL serve one floor.

use std::time::Duration;

use rules::outbound::lights;
use rules::{Act, RunId};
use tokio::time::timeout;
use wms::engine::App;
use wms::store::check;

use crate::common::hands::{pick_one, receive, ship};
use crate::{Home, act, scan, start};

/// Long enough for any machine; a test ends as soon as the word comes.
const PATIENCE: Duration = Duration::from_secs(30);

async fn hears(live: &mut tokio::sync::broadcast::Receiver<wms::engine::MovedOn>, run: RunId, no: i64) {
    let heard = async {
        loop {
            let moved = live.recv().await.expect("word");
            if moved.run == run && moved.no >= no {
                return;
            }
        }
    };
    timeout(PATIENCE, heard).await.expect("the word comes");
}

/// Waits until a process listens: it hears an act of the other.
async fn listening(one: &App, two: &App, run: RunId) {
    let mut live = two.subscribe();
    loop {
        let no = scan(one, run, "nonsense").await.no.expect("number");
        if timeout(Duration::from_millis(200), hears(&mut live, run, no))
            .await
            .is_ok()
        {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_taken_by_one_is_seen_by_the_other() {
    let home = Home::postgres();
    let (one, two) = (home.app().await, home.app().await);
    let run = start(&one, 1).await;
    receive(&one, run).await;
    listening(&one, &two, run).await;
    let mut live = two.subscribe();
    let before = lights(&two.run_state(run).await.expect("run").shipping());
    assert!(pick_one(&one, run).await);
    let no = one.run_state(run).await.expect("run").last_act;
    hears(&mut live, run, no).await;
    let after = two.run_state(run).await.expect("run");
    assert_eq!(after.last_act, no);
    assert_ne!(lights(&after.shipping()), before);
    assert_eq!(
        lights(&after.shipping()),
        lights(&one.run_state(run).await.expect("run").shipping())
    );
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
