//! Disks that are full for a while, or can't be written at all.

use crate::process::{Wms, database, program};

#[test]
fn r1_a_full_disk_is_over_when_there_is_room_again() {
    let wms = Wms::start();
    let cookie = wms.sign_in("zhang");
    let run = wms.run(&cookie, 1);
    assert_eq!(wms.scan(&cookie, run, "before", "CMD-CONFIRM").status, 200);
    let acts = wms.last_act(&cookie, run);
    assert_eq!(wms.get("/health", None).status, 200);

    wms.room(Some(1));
    for number in 0..20 {
        let refused = wms.scan(&cookie, run, &format!("full-{number}"), "12000152400012");
        assert_eq!(refused.status, 503, "{number}: {refused:?}");
    }
    let health = wms.until_health(503);
    assert!(health.body.contains("can't be written"), "{health:?}");
    let page = wms.get(&format!("/runs/{run}"), Some(&cookie));
    assert!(
        page.status == 200 && page.body.contains("class=\"trouble\""),
        "pages tell: {page:?}"
    );
    assert_eq!(wms.last_act(&cookie, run), acts, "nothing was booked");

    wms.room(None);
    wms.until_health(200);
    for number in 0..20 {
        let taken = wms.scan(&cookie, run, &format!("full-{number}"), "12000152400012");
        assert_eq!(taken.status, 200, "{number}: {taken:?}\n{}", wms.log());
    }
    assert_eq!(wms.last_act(&cookie, run), acts + 20);
    let page = wms.get(&format!("/runs/{run}"), Some(&cookie));
    assert!(!page.body.contains("class=\"trouble\""), "and it is over");
    let url = format!("sqlite:{}", database(&wms.folder).display());
    let check = program("").args(["check", "--database", &url]).status().expect("run");
    assert!(check.success());
}
