//! The drill on a database: what is committed is what the rules said, and the check proves it.

use rules::outbound::{computed_grams, lights};
use rules::{Act, RunId, Step};
use wms::engine::App;
use wms::store::{self, check};

use crate::common::hands::{act, pick_one, receive, right, ship};
use crate::{Home, on_both, start};

on_both!(
    the_whole_drill_agrees,
    a_restart_goes_on_where_it_stopped,
    starting_again_leaves_the_old_run,
    two_groups_do_not_see_each_other,
    what_the_check_books_back_agrees,
);

async fn agrees(app: &App, run: RunId) {
    let report = check(app.db(), run).await.expect("check");
    assert!(report.movements > 0 && report.balances > 0);
    assert_eq!(report.differences, []);
}

async fn the_whole_drill_agrees(home: &Home) {
    let app = home.app().await;
    let run = start(&app, 1).await;
    receive(&app, run).await;
    agrees(&app, run).await;
    while pick_one(&app, run).await {}
    agrees(&app, run).await;
    ship(&app, run).await;
    let state = app.run_state(run).await.expect("run");
    assert_eq!(state.step(), Step::Done);
    agrees(&app, run).await;
    let events = store::events(&app.db().pool, run, 0).await.expect("events");
    let numbers: Vec<i64> = events.iter().map(|event| event.no).collect();
    assert_eq!(
        numbers,
        (1..=state.last_act).collect::<Vec<_>>(),
        "acts are numbered without a gap"
    );
    wms::check(&home.url).await.expect("the command agrees");
}

async fn a_restart_goes_on_where_it_stopped(home: &Home) {
    let first = home.app().await;
    let run = start(&first, 1).await;
    receive(&first, run).await;
    assert!(pick_one(&first, run).await);
    let before = first.run_state(run).await.expect("run");
    drop(first);
    let again = home.app().await;
    let after = again.run_state(run).await.expect("run");
    assert_eq!(
        format!("{:?}", after.ground.stock),
        format!("{:?}", before.ground.stock)
    );
    assert_eq!(lights(&after.shipping()), lights(&before.shipping()));
    assert_eq!(
        (after.last_act, after.said.clone()),
        (before.last_act, before.said.clone())
    );
    while pick_one(&again, run).await {}
    ship(&again, run).await;
    agrees(&again, run).await;
}

async fn starting_again_leaves_the_old_run(home: &Home) {
    let app = home.app().await;
    let old = start(&app, 1).await;
    receive(&app, old).await;
    let new = start(&app, 1).await;
    assert_ne!(old, new);
    let (old_state, new_state) = (
        app.run_state(old).await.expect("old"),
        app.run_state(new).await.expect("new"),
    );
    assert!(old_state.ground.closed && !new_state.ground.closed);
    assert_eq!(new_state.step(), Step::Notice);
    assert!(lights(&old_state.shipping()).iter().all(|light| light.tag == 0));
    agrees(&app, old).await;
    agrees(&app, new).await;
    let numbers = |state: &rules::RunState| {
        state
            .ground
            .papers
            .iter()
            .map(|paper| paper.number.clone())
            .collect::<Vec<_>>()
    };
    assert!(
        numbers(&new_state)
            .iter()
            .all(|number| !numbers(&old_state).contains(number)),
        "no number twice"
    );
}

async fn two_groups_do_not_see_each_other(home: &Home) {
    let app = home.app().await;
    let (one, two) = (start(&app, 1).await, start(&app, 2).await);
    let play = |run| {
        let app = app.clone();
        async move {
            receive(&app, run).await;
            while pick_one(&app, run).await {}
            ship(&app, run).await;
        }
    };
    tokio::join!(play(one), play(two));
    for run in [one, two] {
        agrees(&app, run).await;
        assert_eq!(app.run_state(run).await.expect("run").step(), Step::Done);
    }
    let pool = &app.db().pool;
    let (first, second) = (
        store::ledger(pool, one).await.expect("one"),
        store::ledger(pool, two).await.expect("two"),
    );
    // A licence plate carries its run.
    let moves = |lines: &[store::LedgerLine]| {
        let line = |line: &store::LedgerLine| {
            let mut movement = line.movement.clone();
            assert_eq!(
                movement.to.lpn.is_empty(),
                !movement.to.location.starts_with('S') || movement.from.location.starts_with('@')
            );
            movement.to.lpn.clear();
            movement
        };
        lines.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        moves(&first),
        moves(&second),
        "the same work, the same ledger, side by side"
    );
}

/// Of the first order nothing but one unit is in the parcel, and all of it had been confirmed at the lights.
async fn what_the_check_books_back_agrees(home: &Home) {
    let app = home.app().await;
    let run = start(&app, 1).await;
    receive(&app, run).await;
    while pick_one(&app, run).await {}
    right(&app, run, "2000152400015").await;
    right(&app, run, "CMD-SHORT").await;
    agrees(&app, run).await;
    let state = app.run_state(run).await.expect("run");
    let order = &state.outbound.orders[0];
    assert_eq!((order.picked(), state.step()), (1, Step::Weigh(0)));
    let grams = i32::try_from(computed_grams(&state.shipping(), 0)).expect("small");
    // A wrong weight twice: its check begins anew.
    for grams in [grams + 500, grams + 501] {
        act(&app, run, Act::Weight { grams, stable: true }).await;
    }
    right(&app, run, "2000152400015").await;
    act(&app, run, Act::Weight { grams, stable: true }).await;
    let again = home.app().await;
    let read = again.run_state(run).await.expect("run");
    assert_eq!(read.step(), Step::Check(1));
    agrees(&again, run).await;
}
