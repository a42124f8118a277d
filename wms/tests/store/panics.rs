//! A run whose rows this program can't bear stops itself alone.

use wms::engine::App;

use crate::{Home, on_both, start};

on_both!(r7_a_run_that_can_not_be_read_stops_no_other);

async fn r7_a_run_that_can_not_be_read_stops_no_other(home: &Home) {
    let bad = {
        let app = home.app().await;
        let bad = start(&app, 1).await;
        // More than can be reckoned with, as only a hand or a spoiled disk writes it.
        let moved = format!(
            r#"{{"change":"moved","sku":"x","lot":"","from":"@opening","to":"R","quantity":{}}}"#,
            i64::MAX
        );
        let sql = "INSERT INTO act (run_id, no, source, at, arrived_at, actor, act, changes, answer) \
                   VALUES ($1, 2, 'spoiled', 1, 1, '{\"who\":\"system\"}', '{\"do\":\"close\"}', $2, $3)";
        let written = sqlx::query(sql).bind(bad).bind(format!("[{moved},{moved}]"));
        let written = written.bind(format!(r#"{{"run":{bad},"no":2,"words":null,"verdict":null}}"#));
        written.execute(&app.db().pool).await.expect("written");
        let moved_on = sqlx::query("UPDATE run SET last_act = 2 WHERE id = $1").bind(bad);
        moved_on.execute(&app.db().pool).await.expect("moved on");
        app.db().pool.close().await;
        bad
    };
    let db = wms::store::Db::open(&home.url).await.expect("opens");
    let app = App::new(db, wms::engine::scenarios::load(None).expect("scenarios"));
    for _ in 0..2 {
        assert!(app.run_state(bad).await.is_err(), "it can't be read");
    }
    // Every clerk still works: four runs in a row are of four clerks.
    for _ in 0..4 {
        let run = start(&app, 2).await;
        assert_eq!(app.run_state(run).await.expect("it goes on").last_act, 1);
    }
}
