//! Files taken away while the WMS runs.

use crate::process::{Wms, database, folder};

fn beside(wms: &Wms, ending: &str) -> std::path::PathBuf {
    wms.folder.join(format!("floor.db{ending}"))
}

fn refused_and_told(wms: &Wms, cookie: &str, run: i64) {
    let refused = wms.scan(cookie, run, "lost", "12000152400012");
    assert_eq!(refused.status, 503, "an act is refused: {refused:?}");
    let page = wms.get(&format!("/runs/{run}"), Some(cookie));
    assert_eq!(page.status, 503, "pages don't show what would be gone: {page:?}");
    assert!(page.body.contains("class=\"trouble\""), "and say why: {page:?}");
    let health = wms.until_health(503);
    assert!(health.body.contains("taken away"), "{health:?}");
    let begin = std::time::Instant::now();
    while !wms.log().contains("taken away") {
        assert!(begin.elapsed().as_secs() < 60, "{}", wms.log());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

#[test]
fn r11_a_database_file_taken_away_is_noticed_and_refused() {
    let wms = Wms::start();
    let cookie = wms.sign_in("zhang");
    let run = wms.run(&cookie, 1);
    let away = beside(&wms, ".away");
    std::fs::rename(database(&wms.folder), &away).expect("moved");
    refused_and_told(&wms, &cookie, run);
    // Another file of its name is not it.
    std::fs::copy(&away, database(&wms.folder)).expect("copied");
    refused_and_told(&wms, &cookie, run);
    // The same one is.
    std::fs::rename(&away, database(&wms.folder)).expect("moved back");
    wms.until_health(200);
    assert_eq!(wms.scan(&cookie, run, "kept", "CMD-CONFIRM").status, 200);
}

#[test]
fn r11_a_log_deleted_while_it_runs_costs_nothing_that_was_answered() {
    let folder = folder();
    let mut wms = Wms::start_in(folder.path(), "");
    let cookie = wms.sign_in("zhang");
    let run = wms.run(&cookie, 1);
    assert_eq!(wms.scan(&cookie, run, "first", "CMD-CONFIRM").status, 200);
    let acts = wms.last_act(&cookie, run);
    std::fs::remove_file(beside(&wms, "-wal")).expect("deleted");
    refused_and_told(&wms, &cookie, run);
    wms.terminate();
    wms.end();
    assert!(wms.log().contains("was written into the database"), "{}", wms.log());
    let wms = Wms::start_in(folder.path(), "");
    let cookie = wms.sign_in("zhang");
    assert_eq!(wms.last_act(&cookie, run), acts, "what was answered is there");
    assert_eq!(wms.scan(&cookie, run, "next", "12000152400012").status, 200);
}
