//! People stand by number in rows that are never changed: one person's words are handed out and erased without them.

use rules::core::crew::{By, Role};
use rules::core::paper::PaperKind;
use rules::{Act, ActEnvelope, Actor};
use sqlx::Row;
use wms::engine::App;
use wms::identity::{Accounts, NewAccount};
use wms::store::{self, ERASED, chain, check, person};

use crate::common::hands;
use crate::{Home, on_both, start};

on_both!(
    no_row_holds_a_name_or_own_words,
    one_person_is_handed_out_and_erased,
    a_changed_act_breaks_the_chain,
    changed_words_are_found,
);

const NAME: &str = "欧阳修竹";
const OWN: &str = "车上少一箱，司机说在路上";

/// A run whose log a student wrote; and the student's number.
async fn written(app: &App) -> (i64, i64) {
    let accounts = Accounts::new(app.db().clone());
    let student = NewAccount {
        login: "ouyang",
        name: NAME,
        role: Role::Student,
        group: Some("第1组"),
        password: None,
    };
    let id = accounts.add(student, 1).await.expect("made");
    let run = start(app, 1).await;
    let by_hand = async |nth: i64, act: Act| {
        let envelope = ActEnvelope {
            source: format!("person:{id}:{nth}"),
            at: 1_800_000_000_000 + nth,
            certain: true,
            actor: Actor::Person {
                id,
                role: Role::Student,
            },
            act,
        };
        app.act(run, envelope).await.expect("taken")
    };
    hands::receive(app, run).await;
    while hands::pick_one(app, run).await {}
    hands::check_and_hand_over(app, run).await;
    by_hand(1, Act::WriteLog { text: OWN.into() }).await;
    (run, id)
}

/// Everything that stands in the rows of acts.
async fn rows(app: &App) -> Vec<String> {
    let sql = "SELECT source, actor, act, changes, answer FROM act ORDER BY run_id, no";
    let rows = sqlx::query(sql).fetch_all(&app.db().pool).await.expect("read");
    let text = |row: &sqlx::any::AnyRow| {
        (0..5)
            .map(|column| row.try_get::<String, _>(column).expect("text"))
            .collect::<String>()
    };
    rows.iter().map(text).collect()
}

async fn no_row_holds_a_name_or_own_words(home: &Home) {
    let app = home.app().await;
    let (run, id) = written(&app).await;
    for row in rows(&app).await {
        assert!(!row.contains(NAME) && !row.contains("司机"), "{row}");
    }
    // They are there all the same, in memory and read back.
    let again = home.app().await;
    for app in [&app, &again] {
        let state = app.run_state(run).await.expect("run");
        assert_eq!(state.ground.log.as_deref(), Some(OWN));
        let log = state.ground.paper(PaperKind::WorkLog, None).expect("made");
        assert_eq!(log.made_by, By::Person { id });
    }
    let sql = "SELECT person, hand, place, day, run_millis, outcome FROM act WHERE run_id = $1 AND person IS NOT NULL ORDER BY no";
    let row = sqlx::query(sql)
        .bind(run)
        .fetch_all(&app.db().pool)
        .await
        .expect("read");
    let last = row.last().expect("a row");
    assert_eq!(last.try_get::<i64, _>("person").expect("number"), id);
    assert_eq!(last.try_get::<String, _>("outcome").expect("outcome"), "right");
    assert!(last.try_get::<i64, _>("run_millis").expect("time") > 0);
    assert_eq!(check(app.db(), run).await.expect("check").differences, []);
}

async fn one_person_is_handed_out_and_erased(home: &Home) {
    let app = home.app().await;
    let (run, id) = written(&app).await;
    let before = rows(&app).await;
    assert!(person::export(app.db(), "nobody").await.expect("asked").is_none());
    let file = person::export(app.db(), "ouyang").await.expect("asked").expect("there");
    let text = serde_json::to_string(&file).expect("JSON");
    assert!(text.contains(NAME) && text.contains(OWN), "{text}");
    assert_eq!(file.acts.len(), 1);

    let erased = person::erase(app.db(), "ouyang").await.expect("asked").expect("there");
    assert_eq!((erased.texts, erased.kept), (1, 0));
    assert_eq!(rows(&app).await, before, "no act was changed");
    assert!(person::erase(app.db(), "ouyang").await.expect("asked").is_none());
    assert_eq!(check(app.db(), run).await.expect("check").differences, []);
    let again = home.app().await;
    let state = again.run_state(run).await.expect("it replays");
    assert_eq!(state.ground.log.as_deref(), Some(ERASED));
    let names = Accounts::new(app.db().clone()).names().await.expect("names");
    assert_eq!(names.person(id), format!("#{id}"));
    let left = person::export(app.db(), &format!("erased-{id}"))
        .await
        .expect("asked")
        .expect("there");
    let text = serde_json::to_string(&left).expect("JSON");
    assert!(!text.contains(NAME) && !text.contains("司机"), "{text}");
}

async fn a_changed_act_breaks_the_chain(home: &Home) {
    let app = home.app().await;
    let (run, _) = written(&app).await;
    assert_eq!(
        chain::broken(&app.db().pool, run).await.expect("read"),
        Vec::<i64>::new()
    );
    let off = match app.db().backend {
        store::Backend::Sqlite => "DROP TRIGGER act_is_never_changed",
        store::Backend::Postgres => "ALTER TABLE act DISABLE TRIGGER ALL",
    };
    sqlx::query(off)
        .execute(&app.db().pool)
        .await
        .expect("whoever may do that may do anything");
    sqlx::query("UPDATE act SET at = at + 1 WHERE run_id = $1 AND no = 5")
        .bind(run)
        .execute(&app.db().pool)
        .await
        .expect("changed");
    assert_eq!(chain::broken(&app.db().pool, run).await.expect("read"), [6]);
    let report = check(app.db(), run).await.expect("check");
    assert!(
        report.differences.iter().any(|found| found.what.starts_with("act 6: ")),
        "{report:?}"
    );
}

async fn changed_words_are_found(home: &Home) {
    let app = home.app().await;
    let (run, _) = written(&app).await;
    let log = store::last_act(app.db(), run).await.expect("a run");
    sqlx::query("UPDATE free_text SET texts = '[\"something else\"]'")
        .execute(&app.db().pool)
        .await
        .expect("changed");
    let report = check(app.db(), run).await.expect("check");
    assert!(
        report
            .differences
            .iter()
            .any(|found| found.what.starts_with(&format!("act {log}: "))),
        "{report:?}"
    );
}
